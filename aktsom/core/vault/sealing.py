"""AES-256-GCM in three levels: the master key wraps owners' keys, these wrap content keys, these seal text.

Every level is bound to where it stands (additional data), so a sealed text moved to another row, column or case does
not open.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from aktsom.config import env

KEY_BYTES = 32
NONCE_BYTES = 12
PREFIX = "v1"
SEALED_FORM = re.compile(rf"{PREFIX}\.[0-9a-z]+\.[A-Za-z0-9_-]{{38,}}={{0,2}}")  # nonce and tag alone are 38 characters


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
            key_id, key = _key_on(line)
            if key_id in keys:
                raise MasterKeyMissing(f"Two master keys are called «{key_id}».")
            keys[key_id] = key
    return keys


def _key_on(line: str) -> tuple[str, bytes]:
    try:
        key_id, encoded = line.split()
        key = base64.b64decode(encoded, validate=True)
    except ValueError:
        raise MasterKeyMissing("A line of the master key file is not a name and a key in base64.") from None
    if len(key) != KEY_BYTES:
        raise MasterKeyMissing("A master key must be 32 bytes in base64.")
    return key_id, key


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
    except (InvalidTag, ValueError):  # ValueError: shorter than a nonce
        raise ContentTampered(f"Sealed content does not fit its place ({place.split(':')[0]}).") from None


def sealed(key: bytes, text: str, *, key_id: str, place: str) -> str:
    """Return the stored form of ``text``: version, key and sealed bytes, readable as ASCII."""
    locked = lock(key, text.encode(errors="replace"), place)
    return f"{PREFIX}.{key_id}.{base64.urlsafe_b64encode(locked).decode()}"


def opened(key: bytes, stored: str, *, key_id: str, place: str) -> str:
    """Return the text of a stored form."""
    if not is_sealed(stored):
        raise ContentTampered("What lies in a sealed column is not sealed.")
    _, stored_key, body = stored.split(".")
    if stored_key != key_id:
        raise ContentTampered("Sealed content names another key.")
    try:
        locked = base64.urlsafe_b64decode(body)
    except binascii.Error:
        raise ContentTampered("Sealed content is cut off.") from None
    return unlock(key, locked, place).decode()


def is_sealed(stored: str) -> bool:
    """Return whether a text has the stored form. It says nothing of whether it opens."""
    return SEALED_FORM.fullmatch(stored) is not None
