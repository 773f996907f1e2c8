"""What «I dag» says of cases that were opened in an emergency and that nobody has looked through yet."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from aktsom.cases.selectors.emergency import emergencies_to_review
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.insight.needs import Need, Weight


def emergency_needs(actor: Actor) -> Iterator[Need]:
    """Return one line for each opening that waits to be looked through by whoever answers for the case (PRV-02)."""
    if not actor.schools_where(Action.EMERGENCY_REVIEW) and not actor.owners_as(Role.OWNER_HANDLER):
        return
    for opened in emergencies_to_review(actor):
        yield Need(
            weight=Weight.NOW,
            since=opened.opened_at.isoformat(),
            what=_("En sak er åpnet i en nødssituasjon"),
            why=_("%(name)s åpnet den. Snakk sammen, og skriv om det var grunn til det.") % {"name": opened.person},
            url=reverse("cases:emergency-review", args=[opened.case.public_id, opened.public_id]),
            action=_("Se gjennom"),
            school_id=opened.case.school_id,
            when=opened.opened_at,
            when_is=_("Åpnet"),
        )
