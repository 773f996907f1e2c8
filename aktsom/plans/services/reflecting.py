"""A team writes down what it agreed on, and later what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.plans.models import TeamAgreement
from aktsom.plans.rules.reflection import obstacles_to_agreeing


@service(Event.TEAM_AGREED, action=Action.TEAM_AGREEMENT_KEEP, on="school")
def agree_in_team(
    *,
    by: Actor,
    school: Any,
    card: str,
    who: str,
    talked_on: date,
    text: str,
    follow_up_on: date | None = None,
    names: list[str] | None = None,
) -> TeamAgreement:
    """Keep what the team agreed on. Raises Refused for an empty text, a day that cannot be, or a pupil's name."""
    obstacles = obstacles_to_agreeing(
        text=text, talked_on=talked_on, follow_up_on=follow_up_on, today=today(), names=names or []
    )  # fmt: skip
    if obstacles:
        raise Refused(obstacles)
    return TeamAgreement.objects.create(
        school=school, card=card, who=who.strip(), talked_on=talked_on, text=text.strip(), follow_up_on=follow_up_on,
        written_by_id=by.own_id, written_at=now(),
    )  # fmt: skip


@service(Event.TEAM_FOLLOWED_UP, action=Action.TEAM_AGREEMENT_KEEP, on="agreement")
def follow_up_agreement(*, by: Actor, agreement: TeamAgreement, outcome: str, names: list[str] | None = None) -> TeamAgreement:
    """Write how it went. Anybody at the school may: it is the team's. Raises Refused for an empty text or a pupil's name."""
    obstacles = obstacles_to_agreeing(text=outcome, talked_on=today(), follow_up_on=None, today=today(), names=names or [])
    if obstacles:
        raise Refused(obstacles)
    agreement.outcome, agreement.followed_up_on = outcome.strip(), today()
    agreement.save(update_fields=["outcome", "followed_up_on"])
    return agreement


@service(Event.TEAM_AGREEMENT_REMOVED, action=Action.TEAM_AGREEMENT_KEEP, on="agreement")
def remove_agreement(*, by: Actor, agreement: TeamAgreement) -> None:
    """Remove what one wrote oneself. Raises Refused for somebody else's."""
    if agreement.written_by_id != by.own_id:
        raise Refused(["Bare den som skrev det, kan slette det."])
    agreement.delete()
