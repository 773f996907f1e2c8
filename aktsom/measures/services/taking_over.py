"""What one person had to do in a plan gets a new person who has said yes (ORG-16)."""

from __future__ import annotations

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import OutOfReach
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now
from aktsom.measures.access import forget_roles
from aktsom.measures.models import ActionPlan, Measure, PlanAccess
from aktsom.measures.rules import MeasureState, PlanAccessKind, PlanState


@service(Event.DUTY_TAKEN_OVER, action=Action.HANDOVER_ANSWER)
def take_over_plan_work(*, by: Actor, file_ref: str, from_person_id: int, ends: bool) -> ActionPlan:
    """Let the one who said yes work with the plan of this file; the one before no longer does when ``ends``.

    Whoever leads the school has asked her; the domain that keeps the question has seen to that.
    """
    plan = _plan(by, file_ref=file_ref)
    workers = plan.accesses.filter(kind=PlanAccessKind.WORKER, valid_until=None)
    if ends and from_person_id != by.own_id:
        workers.filter(person_id=from_person_id).update(valid_until=now())
    if not workers.filter(person_id=by.own_id).exists():
        PlanAccess.objects.create(
            plan=plan, content_key_id=plan.content_key_id, person_id=by.own_id, kind=PlanAccessKind.WORKER, valid_from=now()
        )
    forget_roles(plan)
    return plan


@service(Event.DUTY_TAKEN_OVER, action=Action.HANDOVER_ANSWER)
def take_over_evaluation(*, by: Actor, public_id: str) -> ActionPlan:
    """Let the one who said yes evaluate the plan, on the day that stands in it."""
    plan = _plan(by, public_id=public_id)
    plan.evaluator_id = by.person_id
    plan.save(update_fields=["evaluator"])
    return plan


@service(Event.DUTY_TAKEN_OVER, action=Action.HANDOVER_ANSWER)
def take_over_measure(*, by: Actor, public_id: str, from_person_id: int) -> Measure:
    """Let the one who said yes have a measure the way the one before had it: to answer for it, to do it, or both."""
    measure: Measure | None = Measure.objects.select_related("plan").exclude(state=MeasureState.ENDED).filter(public_id=public_id).first()
    if measure is None:
        raise OutOfReach(Measure._meta.label, public_id)
    _plan(by, public_id=measure.plan.public_id)
    for name in ("responsible_id", "carried_out_by_id"):
        if getattr(measure, name) == from_person_id:
            setattr(measure, name, by.person_id)
    measure.save(update_fields=["responsible", "carried_out_by"])
    return measure


def _plan(by: Actor, **which: str) -> ActionPlan:
    """Return the plan, unless it is over or she is shut out of it."""
    plan: ActionPlan | None = ActionPlan.objects.filter(**which).exclude(state=PlanState.ENDED).first()
    if plan is None or plan.accesses.filter(kind=PlanAccessKind.EXCLUDED, valid_until=None, person_id=by.own_id).exists():
        raise OutOfReach(ActionPlan._meta.label, "")
    return plan
