"""How many action plans wait for their evaluation, by school, for those who lead or own it. No names, no text (OWN-02)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q

from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.measures.models import ActionPlan, PlanAccess
from aktsom.measures.rules import PlanAccessKind, PlanState

LEADING = (Role.HEAD_TEACHER, Role.DEPUTY)


def overdue_evaluations(actor: Actor, school_ids: Iterable[int]) -> dict[int, int]:
    """Return how many plans in force are past their day, by school. What is withheld from a school is counted for the owner alone.

    A plan the actor is shut out of is not counted.
    """
    led, owned = actor.schools_as(*LEADING), actor.owners_as(Role.OWNER_HANDLER)
    works_at = actor.schools_as(Role.STAFF)
    met = Q(school_id__in=led, is_withheld=False) | Q(owner_id__in=owned) & (Q(is_withheld=False) | ~Q(school_id__in=works_at))
    rows = PlanAccess.objects.filter(plan_id=OuterRef("pk"), person_id=actor.own_id, kind=PlanAccessKind.EXCLUDED, valid_until=None)
    plans = ActionPlan.objects.filter(met, school_id__in=list(school_ids), state=PlanState.IN_FORCE, evaluate_on__lt=today()).exclude(
        Exists(rows)
    )
    return dict(plans.order_by("school_id").values_list("school_id").annotate(amount=Count("id")))
