"""The pupil and the guardians are invited to take part in making the plan (§ 10-2). An answer never delays a measure."""

from __future__ import annotations

from datetime import date
from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.measures.models import ActionPlan, PlanInvitation
from aktsom.measures.rules import InvitationAnswer, PartyKind, obstacles_to_inviting


@service(Event.ACTION_PLAN_INVITED, action=Action.ACTION_PLAN_WRITE, on="plan")
def invite_party(
    *,
    by: Actor,
    plan: ActionPlan,
    party: PartyKind,
    person: Any,
    invited_on: date,
    answer: InvitationAnswer,
    took_part_on: date | None = None,
) -> ActionPlan:
    """Write that somebody was invited, what she answered, and when she took part; writing again corrects it."""
    obstacles = obstacles_to_inviting(invited_on=invited_on, took_part_on=took_part_on, today=today())
    if obstacles:
        raise Refused(obstacles)
    row = PlanInvitation.objects.filter(plan=plan, person=person).first() or PlanInvitation(plan=plan, person=person)
    row.content_key_id, row.party = plan.content_key_id, party
    row.invited_on, row.answer, row.took_part_on = invited_on, answer, took_part_on
    row.written_by_id, row.written_at = by.own_id, now()
    row.save()
    return plan
