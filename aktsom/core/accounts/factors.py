"""Whether an account has a second factor, and sealing its secrets anew when the master key changes."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator

from aktsom.core.vault.sealing import current_master_key

SECRETS = {"secret", "seed", "migrated_codes"}  # what allauth seals through the adapter


def has_authenticator(user: Any) -> bool:
    """Return whether the account has an app or a passkey, recovery codes not counted."""
    return bool(
        Authenticator.objects.filter(user_id=user.pk, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]).exists()
    )


def reseal_factors() -> int:
    """Seal the secrets of every second factor with the current master key; return how many factors were changed."""
    changed = 0
    for factor in Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN):
        resealed = {name: _resealed(value) if name in SECRETS else value for name, value in factor.data.items()}
        if resealed != factor.data:
            factor.data = resealed
            factor.save(update_fields=["data"])
            changed += 1
    return changed


def _resealed(value: Any) -> Any:
    if isinstance(value, list):
        return [_resealed(one) for one in value]
    if value.rsplit(".", 1)[0] == current_master_key()[0]:
        return value
    return get_adapter().encrypt(get_adapter().decrypt(value))
