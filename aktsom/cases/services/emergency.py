"""A case is opened in an emergency, and looked through afterwards."""

from __future__ import annotations

from typing import Any

from aktsom.cases.access import case_in_emergency, shut_out_of
from aktsom.cases.models import Case, EmergencyAccess
from aktsom.cases.rules.emergency import EmergencyObstacle, ReviewOutcome, emergency_end, obstacles_to_emergency, obstacles_to_review
from aktsom.cases.services.records import tell, write
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.people.selectors import deputies, head_teachers, owner_handlers, owner_recipients


def open_in_emergency(*, by: Actor, pupil: Any, reason: str) -> EmergencyAccess:
    """Open the pupil's own part in an emergency. A try that finds nothing to open is written in the log too."""
    try:
        return open_for_some_hours(by=by, pupil=pupil, reason=reason)
    except Refused as refused:
        if EmergencyObstacle.NO_CASE in refused.reasons:
            note_attempt(by=by, pupil=pupil)
        raise


@service(Event.EMERGENCY_TRIED, action=Action.EMERGENCY_OPEN)
def note_attempt(*, by: Actor, pupil: Any) -> Any:
    """Write who tried to open a case for whom. The line is the same whether there was no case or one she is shut out of."""
    return pupil


@service(Event.EMERGENCY_OPENED, action=Action.EMERGENCY_OPEN)
def open_for_some_hours(*, by: Actor, pupil: Any, reason: str) -> EmergencyAccess:
    """Open the pupil's own part for some hours, with the reason first. Those responsible are told at once, without content."""
    case = case_in_emergency(by, pupil.pk)
    obstacles = obstacles_to_emergency(reason=reason, has_case=case is not None)
    if case is None or obstacles:
        raise Refused(obstacles)
    moment = now()
    opened = write(EmergencyAccess, case, person_id=by.own_id, reason=reason, opened_at=moment, valid_until=emergency_end(moment))
    tell(by, case, watchers(case, but=by.own_id), "case.emergency", opened.public_id, page="cases:case-people")
    return opened


def watchers(case: Case, *, but: int) -> list[int]:
    """Return who looks through it: the head teacher and her deputy; the owner's people when there are none or it is withheld."""
    barred = shut_out_of(case) | {but}
    at_school = [] if case.is_withheld else [*head_teachers(case.school_id, today()), *deputies(case.school_id, today())]
    watching = [person.pk for person in at_school if person.pk not in barred]
    at_owner = [*owner_recipients(case.owner_id, "leadership", today(), case.school_id), *owner_handlers(case.owner_id, today())]
    return watching or [person.pk for person in at_owner if person.pk not in barred]


@service(Event.EMERGENCY_REVIEWED, action=Action.EMERGENCY_REVIEW, on="case")
def review_emergency(*, by: Actor, case: Case, opened: EmergencyAccess, outcome: ReviewOutcome, text: str = "") -> EmergencyAccess:
    """Look through why the case was opened. When there was no need, it is shut at once."""
    obstacles = obstacles_to_review(is_own=opened.person_id == by.own_id, is_done=bool(opened.outcome), outcome=outcome, text=text)
    if obstacles:
        raise Refused(obstacles)
    opened.outcome, opened.review = outcome, text
    opened.reviewed_by_id, opened.reviewed_at = by.own_id, now()
    if outcome == ReviewOutcome.NOT_NEEDED:
        opened.valid_until = min(opened.valid_until, now())
    opened.save()
    return opened
