"""Text locked on a device to one account: opened for her, and for nobody and nothing else."""

import base64
import os
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from aktsom.core.vault.personal import CURVE, LARGEST, PURPOSE, Locked, NotHers, lock_of, unlock

WORDS = "Hun gråt 😢"


def locked_to(user_id: int, *, bound_to: str = "one") -> Locked:
    """Do what the browser does."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, base64.b64decode(lock_of(user_id)))
    own, nonce = ec.generate_private_key(CURVE), os.urandom(12)
    key = HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(own.exchange(ec.ECDH(), theirs))
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    parts = (point, nonce, AESGCM(key).encrypt(nonce, WORDS.encode(), bound_to.encode()))
    return Locked(*(base64.b64encode(part).decode() for part in parts), bound_to)


def test_text_opens_for_the_one_it_was_locked_to_and_nobody_else() -> None:
    locked = locked_to(7)

    assert unlock(7, locked) == WORDS
    with pytest.raises(NotHers):
        unlock(8, locked)


def test_lock_is_the_same_every_time_and_another_for_each() -> None:
    assert lock_of(7) == lock_of(7)
    assert lock_of(7) != lock_of(8)
    assert len(base64.b64decode(lock_of(7))) == 65


@pytest.mark.parametrize("name", ["one_time", "nonce", "text", "token"])
@pytest.mark.parametrize("wrong", ["", "AAAA", "ikke base64!", "A" * (LARGEST + 4)])
def test_text_that_was_changed_or_is_none_does_not_open(name: str, wrong: str) -> None:
    with pytest.raises(NotHers):
        unlock(7, replace(locked_to(7), **{name: wrong}))
