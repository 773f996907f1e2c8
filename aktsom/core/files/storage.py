"""Sealed bytes on disk, under random names, in a folder no web server reaches."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from aktsom.core.timing.clock import now
from aktsom.core.vault import sealing
from aktsom.core.vault.keyring import key_of

UNFINISHED = ".part"


def _path(stored_name: str) -> Path:
    if not (stored_name.isascii() and stored_name.isalnum()):
        raise ValueError("A stored name has only letters and digits.")
    return Path(settings.AKTSOM_FILES_DIR) / stored_name[:2] / stored_name


def _open_key(content_key_id: int) -> bytes:
    _, key = key_of(content_key_id)
    if key is None:
        raise sealing.ContentDestroyed("The key of this content was destroyed.")
    return key


def put(content_key_id: int, content: bytes) -> str:
    """Seal ``content`` under the key, write it to disk and return its random name."""
    stored_name = secrets.token_hex(20)
    _write_whole(_path(stored_name), sealing.lock(_open_key(content_key_id), content, f"file:{stored_name}"))
    return stored_name


def _write_whole(path: Path, sealed: bytes) -> None:
    """Write beside, then rename: whoever looks meets the whole file or none. Only the service's own account may read it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(path.name + UNFINISHED)
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        minute = int(now().timestamp()) // 60 * 60
        os.utime(beside, (minute, minute))  # a file tells no more than the minute somebody sent it
        beside.rename(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def get(content_key_id: int, stored_name: str) -> bytes:
    """Return the content; raise ContentDestroyed when its key is gone, ContentTampered when it was changed."""
    return sealing.unlock(_open_key(content_key_id), _path(stored_name).read_bytes(), f"file:{stored_name}")


def fingerprint(content_key_id: int, content: bytes) -> str:
    """Return a keyed sum: it shows whether content is the same, and tells nothing to one without the key."""
    return hmac.new(_open_key(content_key_id), b"fingerprint" + content, hashlib.sha256).hexdigest()


def stored_names() -> Iterator[tuple[str, float]]:
    """Return the name of every file in the folder, also an unfinished one, and when it was last changed."""
    for path in Path(settings.AKTSOM_FILES_DIR).glob("*/*"):
        if path.is_file():
            yield path.name, path.stat().st_mtime


def remove(name: str) -> None:
    """Remove one file no record points to."""
    (_path(name.removesuffix(UNFINISHED)).parent / name).unlink(missing_ok=True)
