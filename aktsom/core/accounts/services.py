"""Reset a colleague's second factor."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import NotAllowed
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import notify


@service(Event.SECOND_FACTOR_RESET, action=Action.ACCOUNT_RESET_FACTOR, on="school")
def reset_second_factor(*, by: Actor, school: Any, person: Any) -> Any:
    """Take away somebody else's authenticators, so that she sets up new ones; she is told. Never one's own."""
    if person.user_id is None or person.user_id == by.user_id:
        raise NotAllowed(Action.ACCOUNT_RESET_FACTOR, school)
    removed = Authenticator.objects.filter(user_id=person.user_id).delete()[0]
    occasion = f"{person.public_id}:{removed}:{school.public_id}"
    notify(by=by, person_ids=[person.pk], code="account.factor_reset", occasion=occasion, path="/konto/2fa/", scope=school.scope())
    return school
