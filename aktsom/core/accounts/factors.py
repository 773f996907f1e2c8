"""Whether an account has a second factor, and sealing its secrets anew when the master key changes."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator

from aktsom.core.vault.sealing import current_master_key

SECRETS = {"secret", "seed", "migrated_codes"}  # what allauth seals through the adapter
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_authenticator(user: Any) -> bool:
    """Return whether the account has an app or a passkey, recovery codes not counted."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())


def confirm_path(user: Any) -> str:
    """Return the name of the page where the account's second factor is used once more."""
    has_app = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()
    return "mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn"


def authenticator_made(sender: Any, request: Any, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """Count a new authenticator as used, since setting it up proves it (allauth's ``added`` and ``reset``).

    Recovery codes are marked as seen at once: allauth would do it when they are shown, and a page that shows never writes.
    """
    if authenticator.type in FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    else:
        authenticator.wrap().mark_as_viewed()


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
