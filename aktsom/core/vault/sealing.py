"""AES-256-GCM in three levels: the master key wraps owners' keys, these wrap content keys, these seal text.

Every level is bound to where it stands (additional data), so a sealed text moved to another row, column or case does
not open.
"""

from __future__ import annotations

import base64
import os
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from aktsom.config import env

KEY_BYTES = 32
NONCE_BYTES = 12
PREFIX = "v1"


class MasterKeyMissing(RuntimeError):
    """No master key is set, or not the one that wrapped this key."""


class ContentDestroyed(RuntimeError):
    """The key was destroyed, and with it the content."""


class ContentTampered(RuntimeError):
    """The sealed text does not fit the place it stands in, or was changed."""


@lru_cache(maxsize=4)
def _parse(single: str, file: str, changed: float) -> dict[str, bytes]:
    lines = [f"env {single}"] if single else Path(file).read_text(encoding="ascii").splitlines()
    keys = {}
    for line in lines:
        if line.strip() and not line.startswith("#"):
            key_id, encoded = line.split()
            key = base64.b64decode(encoded)
            if len(key) != KEY_BYTES:
                raise MasterKeyMissing("A master key must be 32 bytes in base64.")
            keys[key_id] = key
    return keys


def master_keys() -> dict[str, bytes]:
    """Return the master keys by id, the current one first; raise MasterKeyMissing when there is none."""
    single, file = env.MASTER_KEY.text, env.MASTER_KEY_FILE.text
    if not single and not (file and Path(file).exists()):
        raise MasterKeyMissing("No master key: set AKTSOM_MASTER_KEY or AKTSOM_MASTER_KEY_FILE.")
    keys = _parse(single, file, 0.0 if single else Path(file).stat().st_mtime)
    if not keys:
        raise MasterKeyMissing("The master key file is empty.")
    return keys


def current_master_key() -> tuple[str, bytes]:
    """Return the id and bytes of the master key new keys are wrapped with."""
    return next(iter(master_keys().items()))


def master_key(key_id: str) -> bytes:
    """Return one master key; raise MasterKeyMissing when it is not set."""
    try:
        return master_keys()[key_id]
    except KeyError:
        raise MasterKeyMissing(f"Master key «{key_id}» is not set.") from None


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


def lock(key: bytes, content: bytes, place: str) -> bytes:
    """Return nonce and ciphertext of ``content``, bound to ``place``."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def unlock(key: bytes, locked: bytes, place: str) -> bytes:
    """Return the content; raise ContentTampered when key, text or place is not the right one."""
    try:
        return AESGCM(key).decrypt(bytes(locked[:NONCE_BYTES]), bytes(locked[NONCE_BYTES:]), place.encode())
    except InvalidTag:
        raise ContentTampered(f"Sealed content does not fit its place ({place.split(':')[0]}).") from None


def sealed(key: bytes, text: str, *, key_id: str, place: str) -> str:
    """Return the stored form of ``text``: version, key and sealed bytes, readable as ASCII."""
    return f"{PREFIX}.{key_id}.{base64.urlsafe_b64encode(lock(key, text.encode(), place)).decode()}"


def opened(key: bytes, stored: str, *, key_id: str, place: str) -> str:
    """Return the text of a stored form."""
    version, stored_key, body = stored.split(".", 2)
    if version != PREFIX or stored_key != key_id:
        raise ContentTampered("Sealed content names another key.")
    return unlock(key, base64.urlsafe_b64decode(body), place).decode()
