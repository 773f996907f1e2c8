"""Whether an account has a second factor."""

from typing import Any

from allauth.mfa.models import Authenticator


def has_authenticator(user: Any) -> bool:
    """Return whether the account has an app or a passkey, recovery codes not counted."""
    return bool(
        Authenticator.objects.filter(user_id=user.pk, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]).exists()
    )
