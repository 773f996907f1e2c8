"""Findings and measures: added, changed, carried out, spoken about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditKind
from aktsom.core.audit.recording import record, service
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now
from aktsom.measures.access import measures_visible_to
from aktsom.measures.models import ActionPlan, Finding, Measure, MeasureDeed, MeasureView
from aktsom.measures.rules import MeasureLevel, MeasureState, PartyKind, PlanAccessKind, PlanObstacle, PlanState
from aktsom.measures.services.plans import refuse_when_changed_meanwhile, tell_of_measure


@dataclass(frozen=True)
class MeasureDraft:
    """What somebody wrote about a measure. Only ``what`` and ``level`` are needed to keep it."""

    what: str
    level: MeasureLevel
    finding: Finding | None = None
    adaptation: str = ""
    rhythm: str = ""
    task: str = ""
    responsible: Any = None
    carried_out_by: Any = None
    starts_on: date | None = None
    ends_on: date | None = None
    evaluate_on: date | None = None
    is_immediate: bool = False
    catalogue_code: str = ""


@service(Event.FINDING_ADDED, action=Action.ACTION_PLAN_WRITE, on="plan")
def add_finding(*, by: Actor, plan: ActionPlan, text: str, source_ref: str = "") -> Finding:
    """Write down something the measures must answer."""
    _refuse_ended(plan)
    return Finding.objects.create(
        plan=plan, content_key_id=plan.content_key_id, text=text, source_ref=source_ref, added_by_id=by.own_id, added_at=now()
    )


@service(Event.MEASURE_ADDED, action=Action.ACTION_PLAN_WRITE, on="plan")
def add_measure(*, by: Actor, plan: ActionPlan, draft: MeasureDraft) -> Measure:
    """Add a measure. An immediate one runs from this moment, before any plan is in force (ACT-22)."""
    _refuse_ended(plan)
    measure = Measure(plan=plan, content_key_id=plan.content_key_id, added_at=now())
    _write(measure, draft, by)
    measure.state = MeasureState.RUNNING if draft.is_immediate else MeasureState.PLANNED
    measure.save()
    plan.not_needed.filter(ended_at=None).update(ended_at=now())  # with a measure there must be a written plan (§ 12-4)
    if draft.is_immediate:
        tell_of_measure(by=by, measure=measure)
    return measure


@service(Event.MEASURE_CHANGED, action=Action.ACTION_PLAN_WRITE, on="measure")
def change_measure(*, by: Actor, measure: Measure, draft: MeasureDraft) -> Measure:
    """Change a measure in the working text. What was in force stays in its version."""
    _refuse_over(measure)
    refuse_when_changed_meanwhile(measure)
    before = {measure.responsible_id, measure.carried_out_by_id}
    _write(measure, draft, by)
    measure.save()
    if measure.state == MeasureState.RUNNING and {measure.responsible_id, measure.carried_out_by_id} - before:
        tell_of_measure(by=by, measure=measure)
    return measure


def _refuse_ended(plan: ActionPlan) -> None:
    if plan.state == PlanState.ENDED:
        raise Refused([PlanObstacle.ENDED])


def _refuse_over(measure: Measure) -> None:
    _refuse_ended(measure.plan)
    if measure.state == MeasureState.ENDED:
        raise Refused([PlanObstacle.MEASURE_ENDED])


def _write(measure: Measure, draft: MeasureDraft, by: Actor) -> None:
    measure.changed_by_id, measure.changed_at = by.own_id, now()
    measure.what = draft.what
    measure.level = draft.level
    measure.finding = draft.finding
    measure.adaptation = draft.adaptation
    measure.rhythm = draft.rhythm
    measure.task = draft.task
    measure.responsible = draft.responsible
    measure.carried_out_by = draft.carried_out_by
    measure.starts_on = draft.starts_on
    measure.ends_on = draft.ends_on
    measure.evaluate_on = draft.evaluate_on
    measure.is_immediate = draft.is_immediate
    measure.catalogue_code = draft.catalogue_code


@service(Event.MEASURE_CHANGED, action=Action.ACTION_PLAN_WRITE, on="measure")
def end_measure(*, by: Actor, measure: Measure) -> Measure:
    """End a measure that was planned or running."""
    _refuse_over(measure)
    measure.state, measure.ended_at = MeasureState.ENDED, now()
    measure.save(update_fields=["state", "ended_at"])
    return measure


@service(Event.MEASURE_DONE, action=Action.MEASURE_MARK_DONE, on="measure")
def mark_done(*, by: Actor, measure: Measure, done_on: date, note: str = "") -> Measure:
    """Mark that the measure was carried out on a day (ACT-15).

    A measure that lies in several plans is done in all of those where it is hers; what she adds stands only here (ACT-18).
    """
    moment = now()
    others = _shared_and_hers(by, measure)
    for one in (measure, *others):
        MeasureDeed.objects.create(
            plan_id=one.plan_id,
            measure=one,
            content_key_id=one.content_key_id,
            done_on=done_on,
            done_by_id=by.own_id,
            note=note if one is measure else "",
            marked_at=moment,
        )
    record(by, Event.MEASURE_DONE, AuditKind.WRITE, others)
    return measure


def _shared_and_hers(by: Actor, measure: Measure) -> list[Measure]:
    """Return the same measure in other plans, where she herself answers for it or carries it out."""
    if not measure.shared_ref or by.person_id is None:
        return []
    hers = Q(responsible_id=by.person_id) | Q(carried_out_by_id=by.person_id)
    same = measures_visible_to(by).filter(hers, shared_ref=measure.shared_ref).exclude(pk=measure.pk)
    return list(same.exclude(state=MeasureState.ENDED).order_by("id"))


@service(Event.MEASURE_VIEW_SAID, action=Action.ACTION_PLAN_WRITE, on="measure")
def say_view(
    *,
    by: Actor,
    measure: Measure,
    party: PartyKind,
    person: Any,
    text: str,
    disagrees: bool = False,
    schools_reason: str = "",
) -> Measure:
    """Write what the pupil or a guardian says about a measure, and the school's reason when it decides otherwise."""
    MeasureView.objects.create(
        plan_id=measure.plan_id,
        measure=measure,
        content_key_id=measure.content_key_id,
        party=party,
        person=person,
        text=text,
        disagrees=disagrees,
        schools_reason=schools_reason,
        said_at=now(),
        written_by_id=by.own_id,
    )
    return measure


@service(Event.MEASURE_VIEW_SAID, action=Action.ACTION_PLAN_SAY_VIEW, on="measure")
def say_own_view(*, by: Actor, measure: Measure, text: str = "", disagrees: bool = False, said_works: str = "") -> Measure:
    """The pupil or a guardian writes what she thinks of a measure herself (HRG-08)."""
    _refuse_over(measure)
    person_id: Any = by.person_id
    MeasureView.objects.create(
        plan_id=measure.plan_id,
        measure=measure,
        content_key_id=measure.content_key_id,
        party=PartyKind.PUPIL if by.person_id == measure.plan.pupil_id else PartyKind.GUARDIAN,
        person_id=person_id,
        text=text,
        disagrees=disagrees,
        said_works=said_works,
        said_at=now(),
        written_by_id=person_id,
    )
    _tell_those_who_work(by, measure)
    return measure


def _tell_those_who_work(by: Actor, measure: Measure) -> None:
    """Tell those who work with the plan that somebody has said something, not who and not what."""
    workers = measure.plan.accesses.filter(kind=PlanAccessKind.WORKER, valid_until=None).values_list("person_id", flat=True)
    notify(
        by=by,
        person_ids=[pk for pk in workers if pk != by.person_id],
        code="family.wrote",
        occasion=f"{measure.public_id}:{now().isoformat()}",
        path=reverse("measures:plan-detail", args=[measure.plan.public_id]),
        scope=measure.scope(),
    )
