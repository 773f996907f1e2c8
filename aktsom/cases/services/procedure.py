"""The school's own procedure in a case: no plan needed, steps that were thought of, and Statsforvalteren taking it up."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from aktsom.cases.access import owners_told_and_shut_out
from aktsom.cases.facts import facts_of, with_facts
from aktsom.cases.models import Case, CaseWorker, GovernorDeadline, GovernorEntry, StepMark
from aktsom.cases.rules import CaseRole
from aktsom.cases.rules.procedure import (
    Consideration,
    obstacles_to_answering_governor,
    obstacles_to_governor_deadline,
    obstacles_to_marking,
    obstacles_to_no_plan,
    obstacles_to_noting_governor,
)
from aktsom.cases.services.records import plan_of, tell, touch, write
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused, require
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.measures.rules import PupilAnswer
from aktsom.measures.services import decide_no_plan_needed
from aktsom.people.selectors import head_teachers
from aktsom.reports.rules import NoticePurpose
from aktsom.reports.services import notify_owner


def decide_no_plan(*, by: Actor, case: Case, pupil_answer: PupilAnswer, pupil_words: str, reason: str) -> Any:
    """Decide that no plan is needed, from what was found out and the pupil's own words. The event is the plan's own (ACT-06)."""
    require(by, Action.ACTION_PLAN_DECIDE_NONE, case)
    facts = facts_of(with_facts(Case.objects.filter(pk=case.pk)).get(), None)
    obstacles = obstacles_to_no_plan(
        state=facts.state, pupil_hearing=facts.pupil_hearing, notes=facts.notes, has_analysis=facts.has_analysis
    )
    if obstacles:
        raise Refused(obstacles)
    return decide_no_plan_needed(by=by, plan=plan_of(by, case), pupil_answer=pupil_answer, pupil_words=pupil_words, reason=reason)


@service(Event.CASE_STEP_MARKED, action=Action.CASE_HEAR, on="case")
def mark_step(*, by: Actor, case: Case, step: Consideration, was_needed: bool, on: date, text: str = "") -> StepMark:
    """Write that something the school's procedure asks for was done, or was not needed here and why (INV-08, 10, 11, 12)."""
    obstacles = obstacles_to_marking(was_needed=was_needed, text=text, on=on, today=today())
    if obstacles:
        raise Refused(obstacles)
    return write(StepMark, case, step=step, was_needed=was_needed, on=on, text=text, written_by_id=by.own_id, written_at=now())


@service(Event.CASE_GOVERNOR_NOTED, action=Action.CASE_NOTE_GOVERNOR, on="case")
def note_governor(*, by: Actor, case: Case, known_on: date, text: str = "") -> GovernorEntry:
    """Write that Statsforvalteren has taken the case up: it is serious from now on, and the owner is told (ESC-04)."""
    obstacles = obstacles_to_noting_governor(known_on=known_on, today=today(), is_noted=case.governor_entries.exists())
    if obstacles:
        raise Refused(obstacles)
    entry = write(GovernorEntry, case, known_on=known_on, text=text, written_by_id=by.own_id, written_at=now())
    case.is_serious = True
    case.save(update_fields=["is_serious"])
    told_before, _out = owners_told_and_shut_out(case)
    if not case.is_withheld:
        _tell_owner(by, case)
    handlers = CaseWorker.objects.filter(case=case, role=CaseRole.HANDLER, valid_until=None).values_list("person_id", flat=True)
    heads = [] if case.is_withheld else [head.pk for head in head_teachers(case.school_id, today())]
    tell(by, case, [*handlers, *heads, *told_before], "case.governor", entry.public_id)
    return entry


@service(Event.GOVERNOR_DEADLINE_SET, action=Action.CASE_NOTE_GOVERNOR, on="case")
def set_governor_deadline(*, by: Actor, case: Case, due_on: date, text: str) -> GovernorDeadline:
    """Write in a day Statsforvalteren has set. It is reminded of, and nothing in the case waits for it (NEG-42, NEG-43)."""
    obstacles = obstacles_to_governor_deadline(text=text, is_noted=case.governor_entries.exists())
    if obstacles:
        raise Refused(obstacles)
    return write(GovernorDeadline, case, due_on=due_on, text=text, written_by_id=by.own_id, written_at=now())


@service(Event.GOVERNOR_DEADLINE_ANSWERED, action=Action.CASE_NOTE_GOVERNOR, on="case")
def answer_governor(*, by: Actor, case: Case, wanted: GovernorDeadline, answered_on: date) -> GovernorDeadline:
    """Write that Statsforvalteren has got what it asked for."""
    obstacles = obstacles_to_answering_governor(answered_on=answered_on, today=today(), is_answered=wanted.answered_on is not None)
    if obstacles:
        raise Refused(obstacles)
    wanted.answered_on, wanted.answered_by_id = answered_on, by.own_id
    wanted.save(update_fields=["answered_on", "answered_by"])
    touch(case)
    return wanted


def _tell_owner(by: Actor, case: Case) -> None:
    """Tell the owner as of a serious case, through the newest report; the owner gets it once."""
    joined = case.case_reports.select_related("report").order_by("-joined_at", "-id").first()
    if joined is not None:
        notify_owner(by=by, report=joined.report, purpose=NoticePurpose.SERIOUS, reason=_("Statsforvalteren har tatt opp saken."))
