"""Open duties get a named person who has said yes; who is away; somebody is asked again; a pupil begins at another school."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from aktsom.cases.access import LEADING, inside_owner_or_school, shut_out_of, working_now
from aktsom.cases.duties import OpenDuty, duties_led, own_duties, people_away
from aktsom.cases.models import Absence, Agreement, Case, CaseWorker, Conversation, Handover
from aktsom.cases.rules import CaseRole
from aktsom.cases.rules.continuity import (
    DeclineReason,
    DutyKind,
    HandoverObstacle,
    HandoverReason,
    HandoverState,
    obstacles_to_answering,
    obstacles_to_proposing,
)
from aktsom.cases.services.records import touch, write
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now, today
from aktsom.measures.services.taking_over import take_over_evaluation, take_over_measure, take_over_plan_work
from aktsom.people.selectors import works_at
from aktsom.people.services.standing_in import take_over_delegation
from aktsom.reports.access import is_kept_from_report
from aktsom.reports.services import take_over_report

IN_PLAN = (DutyKind.RESPONSIBLE, DutyKind.CARRIED_OUT_BY)


@service(Event.HANDOVER_PROPOSED, action=Action.HANDOVER_PROPOSE)
def propose_handover(*, by: Actor, duty: OpenDuty, to: Any, reason: HandoverReason) -> Handover:
    """Ask somebody to take over one duty. Until she says yes it stays where it was, in the head teacher's list."""
    obstacles = obstacles_to_proposing(
        is_held=duty.code in {held.code for held in (*own_duties(by), *duties_led(by))},
        chosen=to is not None,
        at_work=to is not None and _at_work(duty, to.pk),
        shut_out=to is not None and _is_shut_out(duty, to.pk),
        is_away=to is not None and bool(people_away([to.pk], duty.school_id)),
        same=to is not None and to.pk == duty.person_id,
        stays=reason == HandoverReason.STAYS,
        asked_already=duty.is_asked,
    )
    if obstacles:
        raise Refused(obstacles)
    handover = Handover.objects.create(
        school_id=duty.school_id,
        owner_id=duty.owner_id,
        case=duty.case,
        is_withheld=duty.case is not None and duty.case.is_withheld,
        kind=duty.kind,
        object_ref=duty.object_ref,
        reason=reason,
        from_person_id=duty.person_id,
        to_person=to,
        proposed_by_id=by.own_id,
        proposed_at=now(),
    )
    _tell(by, handover, [to.pk], "handover.asked")
    return handover


def _is_shut_out(duty: OpenDuty, person_id: int) -> bool:
    """Return whether she never meets what the duty is about: shut out of the case, or of a report no case follows up yet."""
    if duty.kind == DutyKind.REPORT:
        return is_kept_from_report(person_id, duty.object_ref)
    return duty.case is not None and person_id in shut_out_of(duty.case)


def _at_work(duty: OpenDuty, person_id: int) -> bool:
    """Return whether she works where the duty is: at the owner for what the school does not know of, else at the school."""
    if duty.case is None:
        return works_at(person_id, duty.school_id, today())
    at_school, at_owner = inside_owner_or_school(duty.case, person_id)
    return at_owner if duty.case.is_withheld else at_school or at_owner


@service(Event.HANDOVER_ACCEPTED, action=Action.HANDOVER_ANSWER, on="handover")
def accept_handover(*, by: Actor, handover: Handover) -> Handover:
    """Say yes: from now on the duty is hers, with its days as they were. The one before is free of it unless only away."""
    _refuse_wrong_answer(by, handover)
    if handover.case is not None and by.own_id in shut_out_of(handover.case):
        raise Refused([HandoverObstacle.SHUT_OUT])
    if handover.reason != HandoverReason.STAYS:
        _take_over(by, handover, ends=handover.reason != HandoverReason.AWAY)
    return _answer(by, handover, HandoverState.ACCEPTED, "handover.accepted")


@service(Event.HANDOVER_DECLINED, action=Action.HANDOVER_ANSWER, on="handover")
def decline_handover(*, by: Actor, handover: Handover, reason: DeclineReason | None) -> Handover:
    """Say no, with one of a few reasons. The duty stays in the list until somebody says yes."""
    _refuse_wrong_answer(by, handover)
    if reason is None:
        raise Refused([HandoverObstacle.NO_REASON])
    handover.decline_reason = reason
    return _answer(by, handover, HandoverState.DECLINED, "handover.declined")


@service(Event.HANDOVER_WITHDRAWN, action=Action.HANDOVER_PROPOSE, on="handover")
def withdraw_handover(*, by: Actor, handover: Handover) -> Handover:
    """Take the question back, so that somebody else can be asked: the one who asked, or whoever leads the school."""
    leads = handover.school_id in by.schools_as(*LEADING) and not handover.is_withheld
    obstacles = obstacles_to_answering(state=handover.state, is_hers=leads or by.own_id == handover.proposed_by_id)
    if obstacles:
        raise Refused(obstacles)
    return _answer(by, handover, HandoverState.WITHDRAWN, "")


def _refuse_wrong_answer(by: Actor, handover: Handover) -> None:
    obstacles = obstacles_to_answering(state=handover.state, is_hers=by.own_id == handover.to_person_id)
    if obstacles:
        raise Refused(obstacles)


def _answer(by: Actor, handover: Handover, state: HandoverState, code: str) -> Handover:
    handover.state, handover.answered_at = state, now()
    handover.save(update_fields=["state", "answered_at", "decline_reason"])
    if code:
        _tell(by, handover, [handover.proposed_by_id, handover.from_person_id], code)
    return handover


def _tell(by: Actor, handover: Handover, person_ids: list[int], code: str) -> None:
    barred = shut_out_of(handover.case) if handover.case is not None else frozenset()
    people = [pk for pk in dict.fromkeys(person_ids) if pk != by.person_id and pk not in barred]
    if people:
        path = reverse("cases:handover-list")
        notify(by=by, person_ids=people, code=code, occasion=handover.public_id, path=path, scope=handover.scope())


def _take_over(by: Actor, handover: Handover, *, ends: bool) -> None:
    before, ref = handover.from_person_id, handover.object_ref
    if handover.kind == DutyKind.CASE_HANDLER and handover.case is not None:
        _take_over_case(by, handover.case, before, ends=ends)
    elif handover.kind == DutyKind.EVALUATOR:
        take_over_evaluation(by=by, public_id=ref)
        if handover.case is not None:
            take_over_plan_work(by=by, file_ref=handover.case.public_id, from_person_id=before, ends=False)
    elif handover.kind in IN_PLAN:
        take_over_measure(by=by, public_id=ref, from_person_id=before)
    elif handover.kind == DutyKind.CONVERSATION:
        _move(Conversation, "held_by_id", ref, by)
    elif handover.kind == DutyKind.AGREEMENT:
        _move(Agreement, "follow_up_by_id", ref, by)
    elif handover.kind == DutyKind.REPORT:
        take_over_report(by=by, public_id=ref, from_person_id=before, ends=ends)
    else:
        take_over_delegation(by=by, public_id=ref, ends=ends)


def _take_over_case(by: Actor, case: Case, before: int, *, ends: bool) -> None:
    """The whole case follows: its plan, its reports, its planned talks and agreements that nobody else holds."""
    rows = CaseWorker.objects.filter(working_now(), case=case, role=CaseRole.HANDLER)
    if not rows.filter(person_id=by.own_id).exists():
        write(CaseWorker, case, person_id=by.own_id, role=CaseRole.HANDLER, appointed_by_id=by.own_id, valid_from=now())
    take_over_plan_work(by=by, file_ref=case.public_id, from_person_id=before, ends=ends)
    if not case.is_withheld:
        for public_id in case.case_reports.values_list("report__public_id", flat=True):
            take_over_report(by=by, public_id=public_id, from_person_id=before, ends=ends)
    if ends:
        rows.filter(person_id=before).update(valid_until=now())
    touch(case)


def _move(model: Any, name: str, ref: str, by: Actor) -> None:
    record = model.objects.select_related("case").get(public_id=ref)
    setattr(record, name, by.own_id)
    record.save(update_fields=[name.removesuffix("_id")])
    touch(record.case)


@service(Event.ABSENCE_REGISTERED, action=Action.ABSENCE_REGISTER, on="school")
def register_absence(*, by: Actor, school: Any, person: Any, first_day: date, last_day: date | None = None) -> Absence:
    """Write that a colleague is away, never why. Her open duties come into the head teacher's list the same day."""
    return Absence.objects.create(
        school=school, person=person, first_day=first_day, last_day=last_day, registered_by_id=by.own_id, registered_at=now()
    )


@service(Event.ABSENCE_ENDED, action=Action.ABSENCE_REGISTER, on="school")
def end_absence(*, by: Actor, school: Any, absence: Absence) -> Absence:
    """Write that she is back. One that has not begun never was."""
    if absence.first_day >= today():
        absence.delete()
        return absence
    absence.last_day = date.fromordinal(today().toordinal() - 1)
    absence.save(update_fields=["last_day"])
    return absence


@service(Event.DUTY_HOLDER_MISSED, action=Action.JOB_RUN, on="school")
def tell_of_duties_without_holder(*, by: Actor, school: Any, person_ids: list[int], mark: str) -> Any:
    """Tell those who lead the school that duties need a new person. Once for each set of duties, not every hour."""
    notify(
        by=by,
        person_ids=person_ids,
        code="duty.without_holder",
        occasion=f"{school.public_id}:{mark}",
        path=reverse("cases:handover-list"),
        scope=school.scope(),
    )
    return school
