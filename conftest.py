"""Set-up for every test: the cast, and no key held over. The environment is set in tests/environment.py."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("aktsom", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("aktsom")

KEPT_SECONDS = 7 * 24 * 3600

if TYPE_CHECKING:  # type checking only
    from tests.cast import Cast


@pytest.fixture(autouse=True)
def _forgotten_keys() -> Iterator[None]:
    """A test never reads with a key another test unwrapped."""
    from aktsom.core.vault.keyring import forget_keys

    forget_keys()
    yield
    forget_keys()


@pytest.fixture(autouse=True, scope="session")
def _addresses() -> None:
    """The addresses are read once with the settings as they are, before a test changes one for itself."""
    from django.urls import get_resolver

    list(get_resolver().url_patterns)


@pytest.fixture
def cast(db: None) -> Cast:
    """The seventeen people of Solvik skole and Fjordvik skole."""
    from tests.cast import build_cast

    return build_cast()


@pytest.fixture(scope="session")
def _database_template(request: pytest.FixtureRequest) -> Path | None:
    """The file a migrated SQLite database is kept in between runs; its name changes with any migration or package."""
    from django.conf import settings as django_settings

    if "sqlite" not in django_settings.DATABASES["default"]["ENGINE"]:
        return None
    root = Path(__file__).parent
    parts = [*sorted(root.glob("aktsom/**/migrations/*.py")), *sorted(root.glob("requirements/*.txt")), root / "aktsom/config/settings.py"]
    digest = hashlib.sha256(b"".join(str(part.relative_to(root)).encode() + part.read_bytes() for part in parts)).hexdigest()[:16]
    return Path(request.config.cache.mkdir("aktsom-database")) / f"{digest}.sqlite3"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, _database_template: Path | None) -> None:
    """When a migrated database is kept, the migrations are not run again."""
    from django.db import connections

    if _database_template is not None and _database_template.exists():
        connections["default"].settings_dict["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, _database_template: Path | None) -> None:
    """Fill the test database from the one that is kept, or keep this one. It takes ten seconds otherwise, in each worker."""
    from django.db import connection

    if _database_template is None:
        return
    with django_db_blocker.unblock():
        connection.ensure_connection()
        if not connection.settings_dict["TEST"]["MIGRATE"]:
            with closing(sqlite3.connect(_database_template)) as kept:
                kept.backup(connection.connection)
            return
        unfinished = _database_template.with_suffix(f".{os.getpid()}")
        for old in _database_template.parent.glob("*.sqlite3"):
            if time.time() - old.stat().st_mtime > KEPT_SECONDS:
                old.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished)) as kept:
            connection.connection.backup(kept)
        unfinished.rename(_database_template)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what tests/slow.txt names, so that «./test --fast» leaves it out (tools/slow_tests.py writes it).

    On PostgreSQL what asks no database is left out: its answer on SQLite is its answer everywhere.
    """
    from django.db import connection

    if connection.vendor != "sqlite":
        asking = {"django_db", "own_database", "db", "transactional_db", "live_server", "django_db_setup"}
        asks = {item: asking & {*item.fixturenames, *(mark.name for mark in item.iter_markers())} for item in items}  # type: ignore[attr-defined]
        config.hook.pytest_deselected(items=[item for item in items if not asks[item]])
        items[:] = [item for item in items if asks[item]]
    slow = set((Path(__file__).parent / "tests" / "slow.txt").read_text(encoding="utf-8").split())
    for item in items:
        if item.nodeid.partition("[")[0] in slow:
            item.add_marker(pytest.mark.slow)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-matrix", action="store_true", help="Write the access matrix anew; read the difference before committing.")
