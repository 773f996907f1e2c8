"""Sealed bytes on disk, under random names, in a folder no web server reaches."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.conf import settings

from aktsom.core.vault import sealing
from aktsom.core.vault.keyring import key_of


def _path(stored_name: str) -> Path:
    if not stored_name.isalnum():
        raise ValueError("A stored name has only letters and digits.")
    return Path(settings.AKTSOM_FILES_DIR) / stored_name[:2] / stored_name


def put(content_key_id: int, content: bytes) -> str:
    """Seal ``content`` under the key, write it to disk and return its random name."""
    _, key = key_of(content_key_id)
    if key is None:
        raise sealing.ContentDestroyed("Nothing can be written under a destroyed key.")
    stored_name = secrets.token_hex(20)
    path = _path(stored_name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sealing.lock(key, content, f"file:{stored_name}"))
    return stored_name


def get(content_key_id: int, stored_name: str) -> bytes:
    """Return the content; raise ContentDestroyed when its key is gone, ContentTampered when it was changed."""
    _, key = key_of(content_key_id)
    if key is None:
        raise sealing.ContentDestroyed("The content was destroyed.")
    return sealing.unlock(key, _path(stored_name).read_bytes(), f"file:{stored_name}")
