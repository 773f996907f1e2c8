"""Text a device locks to one person while it has no network: anybody can close it, and only she can have it opened.

The device gets a public key. What it locks with that, nobody who holds the device can open again, not even she: the
private key is never there. The service opens it for the one who is signed in (decision 0021).
"""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

CURVE = ec.SECP256R1()  # the curve every browser has
LAST = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551 - 1  # the largest private key on it
PURPOSE = b"aktsom uten nett"
LARGEST = 400_000  # bytes of one locked text


class NotHers(ValueError):
    """It was locked to somebody else, or changed on the way, or is no locked text."""


@dataclass(frozen=True)
class Locked:
    """What a device kept: its own one-time public key, the nonce, the text, and the token it is bound to. All in base64."""

    one_time: str
    nonce: str
    text: str
    token: str


def lock_of(user_id: int) -> str:
    """Return the public key a device locks text to this account with, in base64. It tells nothing of who she is."""
    point = _private(user_id).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.b64encode(point).decode()


def unlock(user_id: int, locked: Locked) -> str:
    """Return the text that was locked to this account. Raises NotHers."""
    try:
        one_time = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, _bytes(locked.one_time))
        shared = _private(user_id).exchange(ec.ECDH(), one_time)
        key = HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(shared)
        return AESGCM(key).decrypt(_bytes(locked.nonce), _bytes(locked.text), locked.token.encode()).decode()
    except (ValueError, InvalidTag) as wrong:
        raise NotHers from wrong


def _private(user_id: int) -> ec.EllipticCurvePrivateKey:
    drawn = hmac.new(settings.SECRET_KEY.encode(), b"%s:%d" % (PURPOSE, user_id), "sha512").digest()
    return ec.derive_private_key(int.from_bytes(drawn) % LAST + 1, CURVE)


def _bytes(text: str) -> bytes:
    if len(text) > LARGEST:
        raise NotHers
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as wrong:
        raise NotHers from wrong
