"""End a case, and open it again with everything it held."""

from __future__ import annotations

from datetime import date

from aktsom.cases.facts import closing_obstacles
from aktsom.cases.models import Case, CaseTurn
from aktsom.cases.rules import CaseState, ClosingReason, obstacles_to_reopening
from aktsom.cases.services.records import plan_of, tell, write
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.measures.services import end_action_plan, take_up_again
from aktsom.people.selectors import head_teachers


@service(Event.CASE_CLOSED, action=Action.CASE_CLOSE, on="case")
def close_case(*, by: Actor, case: Case, reason: ClosingReason, note: str, control_on: date | None = None, why_already: str = "") -> Case:
    """Close the case when the pupil again has it safe and good, or has left the school. Raise Refused with what is missing."""
    obstacles = closing_obstacles(by, case, reason=reason, note=note, why_already=why_already)
    if obstacles:
        raise Refused(obstacles)
    case.state = CaseState.CLOSED
    case.closed_at = now()
    case.closing_reason = reason
    case.control_on = control_on
    case.save(update_fields=["state", "closed_at", "closing_reason", "control_on"])
    text = "\n\n".join(part for part in (note.strip(), why_already.strip()) if part)
    write(CaseTurn, case, state=CaseState.CLOSED, closing_reason=reason, text=text, turned_by_id=by.person_id, turned_at=now())
    end_action_plan(by=by, plan=plan_of(by, case))
    return case


@service(Event.CASE_REOPENED, action=Action.CASE_REOPEN, on="case")
def reopen_case(*, by: Actor, case: Case, note: str) -> Case:
    """Open the case again: people, papers, plan and dates are there as they were (EVL-09)."""
    obstacles = obstacles_to_reopening(state=case.state, note=note)
    if obstacles:
        raise Refused(obstacles)
    case.state, case.closed_at, case.closing_reason, case.control_on = CaseState.OPEN, None, "", None
    case.save(update_fields=["state", "closed_at", "closing_reason", "control_on"])
    turn = write(CaseTurn, case, state=CaseState.OPEN, text=note, turned_by_id=by.person_id, turned_at=now())
    take_up_again(by=by, plan=plan_of(by, case))
    if not case.is_withheld:
        tell(by, case, [head.pk for head in head_teachers(case.school_id, today())], "case.reopened", turn.public_id)
    return case
