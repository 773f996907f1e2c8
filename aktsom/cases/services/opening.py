"""A report becomes a case, or joins one. What was said in it is there when the investigation starts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aktsom.cases.access import shut_out_of
from aktsom.cases.facts import day_of
from aktsom.cases.models import Case, CasePart, CaseReport, CaseWorker
from aktsom.cases.rules import (
    CaseKind,
    CaseRole,
    CaseState,
    ExclusionReason,
    PartKind,
    WorkObstacle,
    obstacles_to_joining,
    obstacles_to_opening,
    obstacles_to_working,
)
from aktsom.cases.services.asking import ask_in_some_weeks
from aktsom.cases.services.barring import let_back, shut_out
from aktsom.cases.services.records import tell, touch, write
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.core.vault.services import content_key_for
from aktsom.measures.services import start_action_plan
from aktsom.people.rules import Attendance
from aktsom.people.selectors import current_enrolment, head_teachers, owner_handlers, works_at
from aktsom.plans.selectors import NoProcedure, procedure_of
from aktsom.reports.access import may_be_meant_in
from aktsom.reports.rules import Route, Seriousness
from aktsom.reports.services import bar_from_report, end_sharing_report, mark_in_case, share_report


@service(Event.CASE_OPENED, action=Action.CASE_OPEN, on="report")
def open_case(*, by: Actor, report: Any, pupil: Any, handlers: Sequence[Any]) -> Case:
    """Open a case from a report: the pupil's part, who works with it, who is shut out, and an empty plan to fill early.

    Whoever has read the report and sets somebody to work with it has judged that a written name does not mean her.
    Raise Refused with OpeningObstacle or WorkObstacle reasons.
    """
    accused = accused_of(report)
    _refuse_wrong_opening(report, pupil, handlers, accused)
    for person in handlers:
        let_back(by, [report], person.pk)
    case = _new_case(report, pupil)
    own = CasePart.objects.create(case=case, content_key_id=case.content_key_id, kind=PartKind.PUPIL, person=pupil, added_at=case.opened_at)
    for person in handlers:
        CaseWorker.objects.create(
            case=case,
            content_key_id=case.content_key_id,
            person=person,
            role=CaseRole.HANDLER,
            appointed_by_id=by.person_id,
            valid_from=case.opened_at,
        )
    start_action_plan(
        by=by,
        pupil=pupil,
        school=report.school,
        content_key=case.content_key,
        file_ref=case.public_id,
        is_withheld=case.is_withheld,
        workers=[person.pk for person in handlers],
        shut_out=sorted(accused | may_be_meant_in(report)),
    )
    _take_in(by, case, report)
    told_by = report.reporter_id is not None and report.reporter_id != pupil.pk
    ask_in_some_weeks(by, case, own, reporter_is_somebody_else=told_by)
    tell(by, case, [person.pk for person in handlers], "case.appointed", "opened")
    if not case.is_withheld:
        tell(by, case, [head.pk for head in head_teachers(case.school_id, today())], "case.opened", "opened")
    return case


@service(Event.REPORT_JOINED, action=Action.CASE_OPEN, on="report")
def join_report(*, by: Actor, case: Case, report: Any) -> CaseReport:
    """Put one more report into a case the actor reaches. A closed case is opened first, by its own deed."""
    obstacles = obstacles_to_joining(
        same_school=case.school_id == report.school_id,
        same_withholding=case.is_withheld == report.is_withheld,
        already_there=case.case_reports.filter(report=report).exists(),
    )
    if obstacles:
        raise Refused(obstacles)
    joined = _take_in(by, case, report)
    workers = CaseWorker.objects.filter(case=case, role=CaseRole.HANDLER, valid_until=None)
    tell(by, case, workers.values_list("person_id", flat=True), "case.changed", joined.public_id)
    return joined


def accused_of(report: Any) -> frozenset[int]:
    """Return the registered people the report is about."""
    return frozenset(report.accused.exclude(person=None).values_list("person_id", flat=True))


def _refuse_wrong_opening(report: Any, pupil: Any, handlers: Sequence[Any], accused: frozenset[int]) -> None:
    enrolment = current_enrolment(pupil.pk, today()) if pupil is not None else None
    open_already = Case.objects.filter(pupil=pupil, school_id=report.school_id, state=CaseState.OPEN, is_withheld=report.is_withheld)
    obstacles: list[Any] = obstacles_to_opening(
        has_pupil=pupil is not None,
        at_school=enrolment is not None and enrolment.school_id == report.school_id,
        is_pupil=enrolment is None or enrolment.attends_as == Attendance.PUPIL,
        has_open_case=pupil is not None and open_already.exists(),
        handlers=frozenset(person.pk for person in handlers),
        accused=accused,
    )
    if obstacles:
        raise Refused(obstacles)
    for person in handlers:
        unfit = unfit_for_work(report.school_id, report.owner_id, report.is_withheld, person)
        if unfit:
            raise Refused(unfit)


def unfit_for_work(school_id: int, owner_id: int, is_withheld: bool, person: Any) -> list[WorkObstacle]:
    """Return why somebody cannot be handler where the case is: at the school, or at the owner when it is withheld."""
    at_owner = person in owner_handlers(owner_id, today())
    at_school = works_at(person.pk, school_id, today())
    return obstacles_to_working(
        role=CaseRole.HANDLER,
        shut_out=False,
        at_work=at_owner or at_school,
        withheld_from_her=is_withheld and not at_owner,
        already=False,
        today=today(),
    )


def _new_case(report: Any, pupil: Any) -> Case:
    moment = now()
    known = [at for at in (report.first_known_at, report.noticed_at, report.received_at) if at is not None]
    return Case.objects.create(
        pupil=pupil,
        school_id=report.school_id,
        owner_id=report.owner_id,
        content_key=content_key_for(owner_ref=report.owner_id, kind="case"),
        kind=CaseKind.ORDINARY if report.route == Route.ORDINARY else CaseKind.STAFF,
        is_withheld=report.is_withheld,
        is_serious=_is_serious(report),
        procedure_code=_procedure_code(report.school_id),
        opened_at=moment,
        first_known_at=min(known),
        raised_with_head_on=day_of(report.known_to_head_at or report.received_at),
        last_touched_at=moment,
    )


def _procedure_code(school_id: int) -> str:
    try:
        return procedure_of(school_id).code
    except NoProcedure:
        return ""


def _is_serious(report: Any) -> bool:
    latest = report.assessments.order_by("-assessed_at", "-id").values_list("seriousness", flat=True).first()
    return bool(latest == Seriousness.SERIOUS)


def _take_in(by: Actor, case: Case, report: Any) -> CaseReport:
    """Join the report, shut out those it is about and those a name in it can mean, and let a graver report make the case graver."""
    joined = write(CaseReport, case, report=report, joined_at=now())
    accused = accused_of(report)
    for person_id in sorted(accused):
        shut_out(by, case, person_id, ExclusionReason.ACCUSED)
    for person_id in sorted(may_be_meant_in(report) - accused):
        shut_out(by, case, person_id, ExclusionReason.MAY_BE)
    not_told = case.exclusions.filter(reason=ExclusionReason.UNTOLD).values_list("person_id", flat=True)
    for person_id in sorted(shut_out_of(case) - accused - set(not_told)):
        bar_from_report(by=by, report=report, person_id=person_id)
    case.is_serious = case.is_serious or _is_serious(report)
    case.kind = case.kind if report.route == Route.ORDINARY else CaseKind.STAFF
    case.save(update_fields=["is_serious", "kind"])
    share_with_handlers(by, case, report)
    mark_in_case(by=by, report=report)
    touch(case)
    return joined


def share_with_handlers(by: Actor, case: Case, report: Any) -> None:
    """Let those who work with the whole case read the report and answer the one who sent it (RCV-07)."""
    if case.is_withheld:
        return
    handlers = CaseWorker.objects.filter(case=case, role=CaseRole.HANDLER, valid_until=None).select_related("person")
    for worker in handlers:
        share_report(by=by, report=report, person=worker.person)


def stop_sharing(by: Actor, case: Case, person_id: int) -> None:
    """End somebody's reading of the reports that came with working in the case."""
    for joined in case.case_reports.select_related("report"):
        end_sharing_report(by=by, report=joined.report, person=person_id)
