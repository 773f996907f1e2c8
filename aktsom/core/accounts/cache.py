"""The shared cache in the database, as plain JSON: counters, marks and open pages that are kept ready.

Django's own database cache keeps its values as pickles, and reading a pickle runs what it says. Whoever can write in the
table could then run code where the keys are. Here a value is text that is only read. Counting up is one statement, so two
workers never count the same try once.
"""

from __future__ import annotations

import base64
import contextlib
import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import connection

from aktsom.core.timing.clock import now

FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)
TIDIED_ONCE_IN = 100  # writes
BYTES = "bytes"
# The table is the one of the settings and of the rule that lets a page that only reads count tries (core.audit.middleware).
READ = 'SELECT cache_key, value FROM "core_cache" WHERE expires > %s AND cache_key IN '
PUT = (
    'INSERT INTO "core_cache" (cache_key, value, expires) VALUES (%s, %s, %s) '
    "ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"
)
ONLY_OLD = ' WHERE "core_cache".expires <= %s'
COUNT_UP = 'UPDATE "core_cache" SET value = CAST(CAST(value AS BIGINT) + %s AS TEXT) WHERE cache_key = %s AND expires > %s RETURNING value'
TOUCH = 'UPDATE "core_cache" SET expires = %s WHERE cache_key = %s AND expires > %s'
REMOVE = 'DELETE FROM "core_cache" WHERE cache_key = %s'
REMOVE_OLD = 'DELETE FROM "core_cache" WHERE expires <= %s'
REMOVE_FIRST = 'DELETE FROM "core_cache" WHERE cache_key IN (SELECT cache_key FROM "core_cache" ORDER BY expires LIMIT %s)'


def as_text(value: Any) -> str:
    """Return a value as it is kept. Raises TypeError for what is neither JSON nor bytes."""
    return json.dumps({BYTES: base64.b64encode(value).decode()} if isinstance(value, bytes) else value)


def from_text(text: str) -> Any:
    """Return a value as it was before it was kept; a tuple comes back as a list. Raises ValueError for what we never wrote."""
    value = json.loads(text)
    return base64.b64decode(value[BYTES]) if isinstance(value, dict) and set(value) == {BYTES} else value


class JsonCache(BaseDatabaseCache):  # type: ignore[misc]
    """A cache all workers share, in the table Django's own command makes."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self.get_many([key], version).get(key, default)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        names = {self.make_and_validate_key(key, version=version): key for key in keys}
        if not names:
            return {}
        found = _ask(f"{READ}({', '.join(['%s'] * len(names))})", [_moment(now()), *names])
        kept = {}
        for name, text in found:
            with contextlib.suppress(ValueError):  # what an earlier version kept in another form counts as missing
                kept[names[name]] = from_text(text)
        return kept

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        _do(PUT, self._row(key, value, timeout, version))
        if secrets.randbelow(TIDIED_ONCE_IN) == 0:
            self.tidy()

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return _do(PUT + ONLY_OLD, [*self._row(key, value, timeout, version), _moment(now())]) == 1

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        found = _ask(COUNT_UP, [delta, self.make_and_validate_key(key, version=version), _moment(now())])
        if not found:
            raise ValueError(f"Key '{key}' not found")
        return int(found[0][0])

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return _do(TOUCH, [self._until(timeout), self.make_and_validate_key(key, version=version), _moment(now())]) == 1

    def delete(self, key: str, version: int | None = None) -> bool:
        return _do(REMOVE, [self.make_and_validate_key(key, version=version)]) == 1

    def has_key(self, key: str, version: int | None = None) -> bool:
        return key in self.get_many([key], version)

    def clear(self) -> None:
        _do('DELETE FROM "core_cache"', [])

    def tidy(self) -> None:
        """Throw away what is too old, and what goes first when there is too much."""
        _do(REMOVE_OLD, [_moment(now())])
        ((amount,),) = _ask('SELECT count(*) FROM "core_cache"', [])
        if amount > self._max_entries:
            _do(REMOVE_FIRST, [amount - self._max_entries // 2])

    def _row(self, key: str, value: Any, timeout: Any, version: int | None) -> list[Any]:
        return [self.make_and_validate_key(key, version=version), as_text(value), self._until(timeout)]

    def _until(self, timeout: Any) -> Any:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return _moment(FOR_EVER if seconds is None else now() + timedelta(seconds=seconds))


def _moment(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at.replace(microsecond=0))


def _ask(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _do(sql: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)
