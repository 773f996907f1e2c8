"""Accounts as pages ask for them."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.mfa.models import Authenticator

from aktsom.core.access.actor import Actor
from aktsom.core.accounts.models import FactorReset, User

SHOWN = 20


def users_with_factor(user_ids: Iterable[int | None]) -> set[int]:
    """Return the accounts among ``user_ids`` that have an app or a passkey."""
    wanted = [user_id for user_id in user_ids if user_id is not None]
    types = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return set(Authenticator.objects.filter(user_id__in=wanted, type__in=types).values_list("user_id", flat=True))


def has_accounts() -> bool:
    """Return whether anybody at all has an account here. Where nobody has, nobody has begun."""
    return User.objects.exists()


def is_unused(user: User) -> bool:
    """Return whether nobody has taken the account into use: no password chosen, never signed in."""
    return user.last_login is None and not user.has_usable_password()


def users_in_use(user_ids: Iterable[int | None]) -> set[int]:
    """Return the accounts among ``user_ids`` that somebody has taken into use."""
    users = User.objects.filter(pk__in=[user_id for user_id in user_ids if user_id is not None])
    return {user.pk for user in users if not is_unused(user)}


def factor_resets(actor: Actor, school_id: int) -> list[FactorReset]:
    """Return the 20 newest resets at a school the caller has come through the door to."""
    return list(FactorReset.objects.filter(school_ref=school_id).order_by("-at", "-pk")[:SHOWN])
