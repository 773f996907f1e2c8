"""Sessions in the database under a keyed sum of their key, so that a copy of the database signs nobody in."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.crypto import salted_hmac

LENGTH = 40  # hexadecimal digits, 160 bits: what the column holds


def kept_as(session_key: str) -> str:
    """Return what a session is found by in the database. The key itself lies only in the person's browser."""
    return salted_hmac("aktsom.session", session_key, algorithm="sha256").hexdigest()[:LENGTH]


class SessionStore(DatabaseStore):
    """Django's sessions, found by a sum nobody can turn round."""

    def _get_session_from_db(self) -> Any:
        own = self.session_key
        self._session_key = kept_as(own or "")  # what Django looks for; it becomes None when there is no such session
        found = super()._get_session_from_db()  # type: ignore[misc]
        if found is not None:
            self._session_key = own
        return found

    def exists(self, session_key: str) -> bool:
        return super().exists(kept_as(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.session_key = kept_as(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            super().delete(kept_as(key))


__all__ = ["SessionStore", "kept_as"]
