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

CODES = {ReminderKind.SOON: "measure.soon", ReminderKind.LATE: "measure.late", ReminderKind.LOOK: "evaluation.due"}


def occasion_of_measure(measure: Measure, kind: ReminderKind) -> str:
    """Return what a reminder of a measure is for, so that it comes once for each day the plan sets."""
    day = measure.evaluate_on if kind == ReminderKind.LOOK else measure.starts_on
    return f"{measure.public_id}:{kind}:{day}"


def occasion_of_evaluation(plan: ActionPlan) -> str:
    """Return what a reminder of an evaluation is for."""
    return f"{plan.public_id}:{plan.evaluate_on}"


@service(Event.MEASURE_REMINDED, action=Action.JOB_RUN, on="measure")
def remind_of_measure(*, by: Actor, measure: Measure, kind: ReminderKind) -> Measure:
    """Remind of a measure: those who have it before it begins, or when nobody has marked it (ACT-15).

    On the day the measure itself is to be looked at, those who work with the plan are reminded (EVL-01). When nobody of
    them is there any longer, those who lead the school are.
    """
    plan, looks = measure.plan, kind == ReminderKind.LOOK
    theirs = [measure.responsible_id, measure.carried_out_by_id]
    people = _evaluating(plan) if looks else [pk for pk in theirs if pk is not None]
    page = ("measures:plan-evaluate", plan.public_id) if looks else ("measures:measure-task", measure.public_id)
    notify(
        by=by,
        person_ids=_still_there(plan, people) or _still_there(plan, _leaders(plan)),
        code=CODES[kind],
        occasion=occasion_of_measure(measure, kind),
        path=reverse(page[0], args=[page[1]]),
        scope=measure.scope(),
    )
    return measure


@service(Event.ACTION_PLAN_REMINDED, action=Action.JOB_RUN, on="plan")
def remind_of_evaluation(*, by: Actor, plan: ActionPlan) -> ActionPlan:
    """Remind of the evaluation: those who do it before the day, and those who lead the school when the day has passed (EVL-01)."""
    late = plan.evaluate_on is not None and plan.evaluate_on < today()
    evaluators = [plan.evaluator_id] if plan.evaluator_id is not None else []
    people = [*_leaders(plan), *evaluators] if late else _evaluating(plan)
    notify(
        by=by,
        person_ids=_still_there(plan, people) or _still_there(plan, _leaders(plan)),
        code="evaluation.late" if late else "evaluation.due",
        occasion=occasion_of_evaluation(plan),
        path=reverse("measures:plan-evaluate", args=[plan.public_id]),
        scope=plan.scope(),
    )
    return plan


def _evaluating(plan: ActionPlan) -> list[int]:
    """Return who evaluates: the one the plan names, and those who work with it."""
    workers = plan.accesses.filter(kind=PlanAccessKind.WORKER, valid_until=None).values_list("person_id", flat=True)
    return [pk for pk in (plan.evaluator_id, *workers) if pk is not None]


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
