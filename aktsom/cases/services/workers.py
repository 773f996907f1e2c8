"""Who works with the case: handlers, helpers for a time, and those who must never meet it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from aktsom.cases.access import inside_owner_or_school, shut_out_of, working_now
from aktsom.cases.models import Case, CaseExclusion, CasePart, CaseWorker
from aktsom.cases.rules import CaseRole, ExclusionReason, WorkObstacle, obstacles_to_working
from aktsom.cases.services.barring import shut_out
from aktsom.cases.services.opening import share_with_handlers, stop_sharing
from aktsom.cases.services.records import inside_walls, plan_of, tell, touch, write
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.measures.services import end_sharing, share_action_plan
from aktsom.people.selectors import head_teachers, owner_recipients


@service(Event.CASE_HANDLER_APPOINTED, action=Action.CASE_APPOINT, on="case")
def appoint_handler(*, by: Actor, case: Case, person: Any) -> CaseWorker:
    """Let somebody work with the whole case. The adult the pupil chose stays whatever handler is appointed (NEG-60)."""
    _refuse_unfit(case, person, CaseRole.HANDLER)
    worker = write(CaseWorker, case, person=person, role=CaseRole.HANDLER, appointed_by_id=by.person_id, valid_from=now())
    share_action_plan(by=by, plan=plan_of(by, case), person=person)
    for joined in case.case_reports.select_related("report"):
        share_with_handlers(by, case, joined.report)
    tell(by, case, [person.pk], "case.appointed", worker.public_id)
    return worker


@service(Event.CASE_HANDLER_APPOINTED, action=Action.CASE_APPOINT, on="case")
def add_helper(*, by: Actor, case: Case, person: Any, part: CasePart, reason: str, valid_until: date) -> CaseWorker:
    """Let somebody help with one part, for a time, with a written reason (INV-09, PRV-02)."""
    _refuse_unfit(case, person, CaseRole.HELPER, reason=reason, valid_until=valid_until, part=part)
    worker = write(
        CaseWorker,
        case,
        person=person,
        role=CaseRole.HELPER,
        part=inside_walls(by, case, part),
        reason=reason,
        appointed_by_id=by.person_id,
        valid_from=now(),
        valid_until=end_of(valid_until),
    )
    tell(by, case, [person.pk], "case.appointed", worker.public_id)
    return worker


@service(Event.CASE_HANDLER_APPOINTED, action=Action.CASE_APPOINT, on="case")
def extend_help(*, by: Actor, case: Case, worker: CaseWorker, reason: str, valid_until: date) -> CaseWorker:
    """Let somebody help for longer, with a new reason. The first stretch ends and stays to be read (PRV-02)."""
    if worker.part is None:
        raise Refused([WorkObstacle.NO_PART])
    worker.valid_until = now()
    worker.save(update_fields=["valid_until"])
    longer: CaseWorker = add_helper(by=by, case=case, person=worker.person, part=worker.part, reason=reason, valid_until=valid_until)
    return longer


@service(Event.CASE_HANDLER_ENDED, action=Action.CASE_APPOINT, on="case")
def end_work(*, by: Actor, case: Case, worker: CaseWorker) -> CaseWorker:
    """Somebody no longer works with the case. What she wrote stays."""
    worker.valid_until = now()
    worker.save(update_fields=["valid_until"])
    if worker.role == CaseRole.HANDLER:
        end_sharing(by=by, plan=plan_of(by, case), person=worker.person)
        stop_sharing(by, case, worker.person_id)
    touch(case)
    return worker


@service(Event.CASE_PERSON_EXCLUDED, action=Action.CASE_EXCLUDE, on="case")
def exclude_person(*, by: Actor, case: Case, person: Any, reason: ExclusionReason = ExclusionReason.CONFLICT) -> CaseExclusion:
    """Shut somebody out for good: too near the pupil or the matter, or the one a report is about (NEG-02)."""
    exclusion = shut_out(by, case, person.pk, reason)
    touch(case)
    heads = [] if case.is_withheld else [head.pk for head in head_teachers(case.school_id, today())]
    tell(by, case, heads, "case.changed", exclusion.public_id)
    return exclusion


@service(Event.CASE_HANDLER_MISSED, action=Action.JOB_RUN, on="case")
def tell_of_missing_handler(*, by: Actor, case: Case) -> Case:
    """Tell those responsible that nobody works with the case any longer (NEG-45). At most once a day to each."""
    if case.is_withheld:
        people = owner_recipients(case.owner_id, "leadership", today(), case.school_id)
    else:
        people = head_teachers(case.school_id, today())
    tell(by, case, [person.pk for person in people], "case.no_handler", today().isoformat())
    return case


def end_of(day: date) -> datetime:
    """Return the last moment of a day in Norway, so that the named day is included."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def _refuse_unfit(
    case: Case, person: Any, role: CaseRole, *, reason: str = "", valid_until: date | None = None, part: CasePart | None = None
) -> None:
    at_school, at_owner = inside_owner_or_school(case, person.pk)
    rows = CaseWorker.objects.filter(working_now(), case=case, person=person)
    obstacles = obstacles_to_working(
        role=role,
        shut_out=person.pk in shut_out_of(case),
        at_work=at_school or at_owner,
        withheld_from_her=case.is_withheld and not at_owner,
        already=rows.filter(role=role, part=part).exists(),
        reason=reason,
        valid_until=valid_until,
        today=today(),
        has_part=part is not None,
    )
    if obstacles:
        raise Refused(obstacles)
