"""How allauth behaves here: nobody signs up by herself, and second-factor secrets lie sealed (tech.md section 6)."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from aktsom.core.vault import sealing

PLACE = "second-factor"
WRONG_CODE = _("Koden stemte ikke. Vent på den neste koden i appen, og skriv den.")
# What is said after a deed, by allauth's own name for it. What is not here is not said: that one is signed in is seen.
SAID = {
    "account/messages/password_changed.txt": _("Passordet er byttet."),
    "mfa/messages/totp_activated.txt": _("Appen er tatt i bruk."),
    "mfa/messages/totp_deactivated.txt": _("Appen er ikke lenger i bruk."),
    "mfa/messages/webauthn_added.txt": _("Nøkkelen er lagt inn."),
    "mfa/messages/webauthn_removed.txt": _("Nøkkelen er tatt bort."),
    "mfa/messages/recovery_codes_generated.txt": _("Du har fått koder å ta vare på."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from the school's lists, never from an open form."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("Brukernavnet og passordet hører ikke sammen. Se etter om det er store bokstaver, og prøv igjen."),
        "too_many_login_attempts": _("Det er prøvd for mange ganger. Vent fem minutter, og prøv igjen. Ingenting er borte."),
        "incorrect_password": _("Passordet stemte ikke. Prøv igjen."),
        "enter_current_password": _("Det er ikke passordet du har nå. Prøv igjen."),
        "incorrect_code": WRONG_CODE,
        "rate_limited": _("Det er prøvd for mange ganger. Vent litt, og prøv igjen."),
        "account_inactive": _("Kontoen er stengt. Spør skolens ledelse om å åpne den igjen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message or SAID.get(message_template or "")
        if said:
            super().add_message(request, level, extra_tags=extra_tags, message=str(said))

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return with_language(answer, user.language)


def with_language(response: HttpResponse, language: str, *, remember: bool = True) -> HttpResponse:
    """Let the browser know the person's language, also on the pages before sign-in; for a year, or until it closes."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600 if remember else None,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _factor_key(master: bytes) -> bytes:
    return hashlib.sha256(b"aktsom second factor" + master).digest()


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP secrets and recovery seeds are sealed with a key made from the master key."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": _("Sett opp en app eller en nøkkel først. Så kan du lage koder."),
    }

    def encrypt(self, text: str) -> str:
        key_id, master = sealing.current_master_key()
        locked = sealing.lock(_factor_key(master), text.encode(), PLACE)
        return f"{key_id}.{base64.urlsafe_b64encode(locked).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        key_id, body = encrypted_text.rsplit(".", 1)
        key = _factor_key(sealing.master_key(key_id))
        return sealing.unlock(key, base64.urlsafe_b64decode(body), PLACE).decode()

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - named as allauth names it
        return ""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Aktsom"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.username, "name": user.username}
