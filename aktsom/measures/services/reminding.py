"""The worker reminds of measures and evaluations. Every reminder is without name and content, and comes once."""

from __future__ import annotations

from django.urls import reverse

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import today
from aktsom.measures.models import ActionPlan, Measure
from aktsom.measures.rules import PlanAccessKind, ReminderKind
from aktsom.people.selectors import deputies, head_teachers, owner_handlers, works_at

CODES = {ReminderKind.SOON: "measure.soon", ReminderKind.LATE: "measure.late"}


def occasion_of_measure(measure: Measure, kind: ReminderKind) -> str:
    """Return what a reminder of a measure is for, so that it comes once for each day the plan sets."""
    return f"{measure.public_id}:{kind}:{measure.starts_on}"


def occasion_of_evaluation(plan: ActionPlan) -> str:
    """Return what a reminder of an evaluation is for."""
    return f"{plan.public_id}:{plan.evaluate_on}"


@service(Event.MEASURE_REMINDED, action=Action.JOB_RUN, on="measure")
def remind_of_measure(*, by: Actor, measure: Measure, kind: ReminderKind) -> Measure:
    """Remind those who answer for a measure or carry it out: before it begins, or when nobody has marked it (ACT-15)."""
    people = [pk for pk in dict.fromkeys((measure.responsible_id, measure.carried_out_by_id)) if pk is not None]
    notify(
        by=by,
        person_ids=_still_there(measure.plan, people),
        code=CODES[kind],
        occasion=occasion_of_measure(measure, kind),
        path=reverse("measures:measure-task", args=[measure.public_id]),
        scope=measure.scope(),
    )
    return measure


@service(Event.ACTION_PLAN_REMINDED, action=Action.JOB_RUN, on="plan")
def remind_of_evaluation(*, by: Actor, plan: ActionPlan) -> ActionPlan:
    """Remind of the evaluation: those who do it before the day, and those who lead the school when the day has passed (EVL-01)."""
    late = plan.evaluate_on is not None and plan.evaluate_on < today()
    workers = plan.accesses.filter(kind=PlanAccessKind.WORKER, valid_until=None).values_list("person_id", flat=True)
    evaluators = [plan.evaluator_id] if plan.evaluator_id is not None else []
    people = [*_leaders(plan), *evaluators] if late else [*evaluators, *workers]
    notify(
        by=by,
        person_ids=_still_there(plan, people),
        code="evaluation.late" if late else "evaluation.due",
        occasion=occasion_of_evaluation(plan),
        path=reverse("measures:plan-evaluate", args=[plan.public_id]),
        scope=plan.scope(),
    )
    return plan


def _leaders(plan: ActionPlan) -> list[int]:
    if plan.is_withheld:
        return [person.pk for person in owner_handlers(plan.owner_id, today())]
    return [person.pk for person in (*head_teachers(plan.school_id, today()), *deputies(plan.school_id, today()))]


def _still_there(plan: ActionPlan, people: list[int]) -> list[int]:
    """Return those who still work where the plan is and are not shut out of it."""
    barred = set(plan.accesses.filter(kind=PlanAccessKind.EXCLUDED, valid_until=None).values_list("person_id", flat=True))
    at_owner = {person.pk for person in owner_handlers(plan.owner_id, today())}
    wanted = [pk for pk in dict.fromkeys(people) if pk not in barred]
    return [pk for pk in wanted if pk in at_owner or (not plan.is_withheld and works_at(pk, plan.school_id, today()))]
