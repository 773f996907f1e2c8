"""Plans and measures as pages and other domains ask for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.measures.access import measures_visible_to, plans_visible_to
from aktsom.measures.models import ActionPlan, Evaluation, Finding, Measure, MeasureDeed, PlanVersion
from aktsom.measures.rules import MeasureFacts, MeasureState, MeterPoint, PlanState, meter, obstacles_to_putting_in_force


def plan_of_file(actor: Actor, file_ref: str) -> ActionPlan | None:
    """Return the plan kept in this file, if the actor can meet it."""
    return plans_visible_to(actor).filter(file_ref=file_ref).first()


def plans_of_files(actor: Actor, file_refs: Iterable[str]) -> dict[str, ActionPlan]:
    """Return the plans of several files by file, for lists. No text is unsealed."""
    plans = plans_visible_to(actor).filter(file_ref__in=list(file_refs)).defer("problem")
    return {plan.file_ref: plan for plan in plans}


def open_measures(plan: ActionPlan) -> list[Measure]:
    """Return the measures that are planned or running, oldest first."""
    return list(
        plan.measures.exclude(state=MeasureState.ENDED)
        .select_related("finding", "responsible", "carried_out_by")
        .prefetch_related("views__person", Prefetch("deeds", MeasureDeed.objects.select_related("done_by").order_by("-done_on")))
    )


def ended_measures(plan: ActionPlan) -> list[Measure]:
    """Return the measures that are over, last ended first."""
    return list(plan.measures.filter(state=MeasureState.ENDED).select_related("finding", "responsible").order_by("-ended_at"))


def findings(plan: ActionPlan) -> list[Finding]:
    """Return what the measures must answer, oldest first."""
    return list(plan.findings.select_related("added_by"))


def evaluations(plan: ActionPlan) -> list[Evaluation]:
    """Return the evaluations, oldest first, with what was said of each measure."""
    return list(plan.evaluations.select_related("evaluated_by").prefetch_related("measures__measure"))


def latest_evaluation(plan: ActionPlan) -> Evaluation | None:
    """Return the last evaluation, by the day it was held."""
    return plan.evaluations.order_by("-held_on", "-id").first()


def pupil_answers(plan: ActionPlan) -> list[str]:
    """Return the pupil's answers to «how is it now», oldest first."""
    return list(plan.evaluations.values_list("pupil_answer", flat=True))


def versions(plan: ActionPlan) -> list[PlanVersion]:
    """Return every version as it was put in force, newest first."""
    return list(plan.versions.select_related("put_in_force_by").order_by("-number"))


@dataclass(frozen=True)
class MeterLine:
    """One of the Act's five points and whether it is in place (§ 12-4 third paragraph)."""

    point: MeterPoint
    letter: str
    is_in_place: bool

    @property
    def label(self) -> str:
        return str(self.point.label)


def plan_meter(plan: ActionPlan) -> list[MeterLine]:
    """Return the quiet meter of the plan: the five points in the Act's order."""
    measures = [measure for measure in plan.measures.all() if measure.state != MeasureState.ENDED]
    obstacles = obstacles_to_putting_in_force(
        state=plan.state,
        has_problem=bool(plan.problem.strip()),
        measures=[
            MeasureFacts(
                has_finding=measure.finding_id is not None,
                has_start=measure.starts_on is not None,
                has_responsible=measure.responsible_id is not None and measure.carried_out_by_id is not None,
            )
            for measure in measures
        ],
        evaluate_on=plan.evaluate_on,
        today=today(),
        version=0,
        reason="",
    )
    return [MeterLine(*line) for line in meter(obstacles, has_measures=bool(measures))]


def my_measures(actor: Actor) -> QuerySet[Measure]:
    """Return the measures the actor answers for or carries out, the earliest start first."""
    mine = Q(responsible_id=actor.person_id) | Q(carried_out_by_id=actor.person_id)
    return (
        measures_visible_to(actor)
        .filter(mine)
        .exclude(state=MeasureState.ENDED)
        .exclude(Q(is_immediate=False) & ~Q(plan__state=PlanState.IN_FORCE))
        .order_by("starts_on", "id")
    )


def evaluations_due(actor: Actor, *, until: date) -> QuerySet[ActionPlan]:
    """Return the plans in force with an evaluation on or before ``until`` that the actor works with or leads."""
    at_work = Q(school_id__in=actor.schools_as(Role.STAFF)) | Q(owner_id__in=actor.owners_as(Role.OWNER_HANDLER))
    return (
        plans_visible_to(actor)
        .filter(at_work, state=PlanState.IN_FORCE, evaluate_on__lte=until)
        .defer("problem")
        .order_by("evaluate_on", "id")
    )
