"""Measures and plans whose day calls for a reminder nobody has had yet."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q

from aktsom.core.access.actor import Actor
from aktsom.core.notify.selectors import told_of
from aktsom.core.timing.calendar import add_working_days
from aktsom.core.timing.clock import today
from aktsom.measures.access import measures_visible_to, plans_visible_to
from aktsom.measures.models import ActionPlan, Measure, MeasureDeed, MeasureEvaluation
from aktsom.measures.rules import MeasureState, PlanState, ReminderKind, reminder_of_measure

LOOKED_BACK = timedelta(days=60)  # a measure that began long before the job ran first is not warned of now
CODES = {ReminderKind.SOON: "measure.soon", ReminderKind.LATE: "measure.late", ReminderKind.LOOK: "evaluation.due"}


def measures_to_remind_of(actor: Actor) -> list[tuple[Measure, ReminderKind]]:
    """Return the measures that begin the next working day, that nobody has marked, or that are to be looked at, with which it is."""
    day = today()
    soon = add_working_days(day, 1)
    someone = Q(responsible__isnull=False) | Q(carried_out_by__isnull=False)
    gives = Q(is_immediate=True) & ~Q(plan__state=PlanState.ENDED) | Q(plan__state=PlanState.IN_FORCE)
    done = MeasureDeed.objects.filter(measure_id=OuterRef("pk"), done_on__gte=OuterRef("starts_on"))
    rows = measures_visible_to(actor).filter(someone, gives, starts_on__gte=day - LOOKED_BACK, starts_on__lte=soon)
    waiting = list(rows.exclude(state=MeasureState.ENDED).annotate(is_done=Exists(done)).defer("what", "adaptation", "rhythm", "task"))
    kinds = [(row, reminder_of_measure(starts_on=row.starts_on, is_done=row.is_done, next_working_day=soon, today=day)) for row in waiting]
    wanted = [(row, kind) for row, kind in kinds if kind is not None]
    wanted += [(row, ReminderKind.LOOK) for row in _to_look_at(actor, soon)]
    told = told_of(codes=CODES.values(), occasions=[_occasion(*pair) for pair in wanted])
    return [pair for pair in wanted if (CODES[pair[1]], _occasion(*pair)) not in told]


def _occasion(measure: Measure, kind: ReminderKind) -> str:
    return f"{measure.public_id}:{kind}:{measure.evaluate_on if kind == ReminderKind.LOOK else measure.starts_on}"


def _to_look_at(actor: Actor, until: date) -> list[Measure]:
    """Return the measures with a day of their own on or before ``until`` that no evaluation has looked at since."""
    looked = MeasureEvaluation.objects.filter(measure_id=OuterRef("pk"), evaluation__held_on__gte=OuterRef("evaluate_on"))
    rows = measures_visible_to(actor).filter(plan__state=PlanState.IN_FORCE, evaluate_on__lte=until).exclude(Exists(looked))
    return list(rows.exclude(state=MeasureState.ENDED).defer("what", "adaptation", "rhythm", "task").order_by("evaluate_on", "id"))


def evaluations_to_remind_of(actor: Actor) -> list[ActionPlan]:
    """Return the plans in force that are evaluated within a working day, or should have been, and nobody was told."""
    day = today()
    rows = plans_visible_to(actor).filter(state=PlanState.IN_FORCE, evaluate_on__lte=add_working_days(day, 1)).defer("problem")
    plans = list(rows.order_by(F("evaluate_on"), "id"))
    told = told_of(codes=("evaluation.due", "evaluation.late"), occasions=[f"{plan.public_id}:{plan.evaluate_on}" for plan in plans])
    return [plan for plan in plans if (_code(plan), f"{plan.public_id}:{plan.evaluate_on}") not in told]


def _code(plan: ActionPlan) -> str:
    return "evaluation.late" if plan.evaluate_on is not None and plan.evaluate_on < today() else "evaluation.due"
