"""How allauth behaves here: nobody signs up by herself, and second-factor secrets lie sealed (tech.md section 6)."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from aktsom.core.vault import sealing

PLACE = "second-factor"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from the school's lists, never from an open form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def _factor_key(master: bytes) -> bytes:
    return hashlib.sha256(b"aktsom second factor" + master).digest()


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP secrets and recovery seeds are sealed with a key made from the master key."""

    def encrypt(self, text: str) -> str:
        key_id, master = sealing.current_master_key()
        locked = sealing.lock(_factor_key(master), text.encode(), PLACE)
        return f"{key_id}.{base64.urlsafe_b64encode(locked).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        key_id, body = encrypted_text.rsplit(".", 1)
        key = _factor_key(sealing.master_key(key_id))
        return sealing.unlock(key, base64.urlsafe_b64decode(body), PLACE).decode()

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.username, "name": user.username}
