"""Set-up for every test: the cast, and no key held over. The environment is set in tests/environment.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("aktsom", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("aktsom")

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


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-matrix", action="store_true", help="Write the access matrix anew; read the difference before committing.")
