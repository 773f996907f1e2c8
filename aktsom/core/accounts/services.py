"""Reset a colleague's second factor, and choose one's language."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import NotAllowed
from aktsom.core.accounts.models import FactorReset, ResetReason, User
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now


@service(Event.SECOND_FACTOR_RESET, action=Action.ACCOUNT_RESET_FACTOR, on="school")
def reset_second_factor(*, by: Actor, school: Any, person: Any, reason: ResetReason | str) -> FactorReset:
    """Take away somebody else's authenticators, so that she sets up new ones; she is told. Never one's own.

    Sessions she, or whoever holds her telephone, opened with them no longer count as opened with two factors.
    """
    if person.user_id is None or person.user_id == by.user_id:
        raise NotAllowed(Action.ACCOUNT_RESET_FACTOR, school)
    Authenticator.objects.filter(user_id=person.user_id).delete()
    User.objects.filter(pk=person.user_id).update(factors_reset_at=now())
    reset = FactorReset.objects.create(
        person_ref=person.pk, by_ref=by.person_id, school_ref=school.pk, reason=ResetReason(reason), at=now()
    )
    notify(
        by=by, person_ids=[person.pk], code="account.factor_reset", occasion=f"reset:{reset.pk}", path="/konto/2fa/", scope=school.scope()
    )
    return reset


def choose_language(*, user: User, language: str) -> None:
    """Remember which language the person reads best. Not a record of anybody, so no event tells of it."""
    User.objects.filter(pk=user.pk).update(language=language)
