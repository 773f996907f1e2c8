"""Which plans a measure can be laid in too, and which it lies in: only those the person works with herself."""

from __future__ import annotations

from dataclasses import dataclass

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import may
from aktsom.measures.access import measures_visible_to, plans_visible_to
from aktsom.measures.models import ActionPlan, Measure
from aktsom.measures.rules import MeasureState, PlanState


@dataclass(frozen=True)
class SharedWith:
    """Another plan the measure lies in, that the person works with too."""

    pupil: str
    plan_id: str
    measure_id: str


def shareable_plans(actor: Actor, measure: Measure) -> list[ActionPlan]:
    """Return the other plans at the school that the actor writes in and the measure does not lie in, by the pupil's name."""
    plans = plans_visible_to(actor).filter(school_id=measure.plan.school_id, is_withheld=False).exclude(state=PlanState.ENDED)
    others = plans.exclude(pk=measure.plan_id).defer("problem")
    if measure.shared_ref:
        lies_in = Measure.objects.filter(shared_ref=measure.shared_ref).exclude(state=MeasureState.ENDED)
        others = others.exclude(pk__in=lies_in.values("plan_id"))
    return [plan for plan in others.order_by("pupil__folded_name", "id") if may(actor, Action.ACTION_PLAN_WRITE, plan)]


def shared_with(actor: Actor, measure: Measure) -> list[SharedWith]:
    """Return the other plans the measure lies in, of those the actor works with; the rest do not exist for her."""
    if not measure.shared_ref:
        return []
    mine = plans_visible_to(actor).values("pk")
    rows = measures_visible_to(actor).filter(shared_ref=measure.shared_ref, plan__in=mine).exclude(pk=measure.pk)
    found = rows.exclude(state=MeasureState.ENDED).select_related("plan__pupil").order_by("id")
    return [
        SharedWith(str(row.plan.pupil), row.plan.public_id, row.public_id)
        for row in found
        if may(actor, Action.ACTION_PLAN_WRITE, row.plan)
    ]
