"""The plan as a whole: started, shared, put in force, told, ended, taken up again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now
from aktsom.measures.access import forget_roles
from aktsom.measures.contents import plan_obstacles, snapshot
from aktsom.measures.models import ActionPlan, Measure, PlanAccess, PlanTelling, PlanVersion
from aktsom.measures.rules import Acceptance, MeasureState, PartyKind, PlanAccessKind, PlanObstacle, PlanState

if TYPE_CHECKING:  # type checking only
    from aktsom.core.vault.models import ContentKey


@service(Event.ACTION_PLAN_STARTED, action=Action.ACTION_PLAN_START)
def start_action_plan(
    *,
    by: Actor,
    pupil: Any,
    school: Any,
    content_key: ContentKey,
    file_ref: str,
    is_withheld: bool = False,
    workers: Collection[int] = (),
    shut_out: Collection[int] = (),
) -> ActionPlan:
    """Begin a pupil's plan early, before the investigation is complete (ACT-07), with those who work with it or never meet it."""
    plan = ActionPlan.objects.create(
        pupil=pupil,
        school=school,
        owner_id=school.owner_id,
        content_key=content_key,
        file_ref=file_ref,
        is_withheld=is_withheld,
        started_at=now(),
    )
    for kind, people in ((PlanAccessKind.WORKER, workers), (PlanAccessKind.EXCLUDED, shut_out)):
        for person_id in people:
            PlanAccess.objects.create(
                plan=plan, content_key_id=plan.content_key_id, person_id=person_id, kind=kind, valid_from=plan.started_at
            )
    return plan


@service(Event.ACTION_PLAN_CHANGED, action=Action.ACTION_PLAN_WRITE, on="plan")
def share_action_plan(*, by: Actor, plan: ActionPlan, person: Any) -> ActionPlan:
    """Let somebody work with the plan. Doing it twice changes nothing."""
    forget_roles(plan)
    current = plan.accesses.filter(person=person, kind=PlanAccessKind.WORKER, valid_until=None)
    if not current.exists():
        PlanAccess.objects.create(
            plan=plan, content_key_id=plan.content_key_id, person=person, kind=PlanAccessKind.WORKER, valid_from=now()
        )
    return plan


@service(Event.ACTION_PLAN_CHANGED, action=Action.ACTION_PLAN_WRITE, on="plan")
def end_sharing(*, by: Actor, plan: ActionPlan, person: Any) -> ActionPlan:
    """Somebody no longer works with the plan."""
    forget_roles(plan)
    plan.accesses.filter(person=person, kind=PlanAccessKind.WORKER, valid_until=None).update(valid_until=now())
    return plan


@service(Event.ACTION_PLAN_CHANGED, action=Action.ACTION_PLAN_WRITE, on="plan")
def exclude_from_action_plan(*, by: Actor, plan: ActionPlan, person: Any) -> ActionPlan:
    """Shut somebody out of the plan for good: the accused, or somebody too near (NEG-02)."""
    forget_roles(plan)
    plan.accesses.filter(person=person, kind=PlanAccessKind.WORKER, valid_until=None).update(valid_until=now())
    if not plan.accesses.filter(person=person, kind=PlanAccessKind.EXCLUDED, valid_until=None).exists():
        PlanAccess.objects.create(
            plan=plan, content_key_id=plan.content_key_id, person=person, kind=PlanAccessKind.EXCLUDED, valid_from=now()
        )
    return plan


@service(Event.ACTION_PLAN_CHANGED, action=Action.ACTION_PLAN_WRITE, on="plan")
def let_back_to_action_plan(*, by: Actor, plan: ActionPlan, person: Any) -> ActionPlan:
    """Let a guardian who was not told meet the plan after all. The accused are never let back; the case sees to that."""
    plan.accesses.filter(person=person, kind=PlanAccessKind.EXCLUDED, valid_until=None).update(valid_until=now())
    return plan


@service(Event.ACTION_PLAN_CHANGED, action=Action.ACTION_PLAN_WRITE, on="plan")
def tell_guardians_of_plan(*, by: Actor, plan: ActionPlan, told: bool) -> ActionPlan:
    """Open the plan for guardians who may follow, or shut it, as it was decided in the file it is kept in."""
    plan.guardians_told = told
    plan.save(update_fields=["guardians_told"])
    return plan


@service(Event.ACTION_PLAN_CHANGED, action=Action.ACTION_PLAN_WRITE, on="plan")
def write_problem(*, by: Actor, plan: ActionPlan, problem: str, evaluate_on: date | None, evaluator: Any = None) -> ActionPlan:
    """Write which problem the measures shall solve and when they are evaluated (§ 12-4 third paragraph a and e)."""
    _refuse_ended(plan)
    if plan.state == PlanState.IN_FORCE and evaluate_on is None:
        raise Refused([PlanObstacle.NO_EVALUATION_DATE])
    refuse_when_changed_meanwhile(plan)
    plan.problem = problem
    plan.evaluate_on = evaluate_on
    plan.evaluator = evaluator
    plan.changed_by_id, plan.changed_at = by.own_id, now()
    plan.save(update_fields=["problem", "evaluate_on", "evaluator", "changed_by", "changed_at"])
    return plan


@service(Event.ACTION_PLAN_PUT_IN_FORCE, action=Action.ACTION_PLAN_PUT_IN_FORCE, on="plan")
def put_in_force(*, by: Actor, plan: ActionPlan, reason: str = "") -> ActionPlan:
    """Put the plan, or its next version, in force. Raise Refused with what the Act still asks for."""
    obstacles = plan_obstacles(plan, reason=reason)
    if obstacles:
        raise Refused(obstacles)
    moment = now()
    PlanVersion.objects.create(  # type: ignore[misc]  # the obstacles have seen to the date, and content is sealed JSON
        plan=plan,
        content_key_id=plan.content_key_id,
        number=plan.version + 1,
        content=snapshot(plan),
        reason=reason,
        evaluate_on=plan.evaluate_on,
        put_in_force_by_id=by.own_id,
        put_in_force_at=moment,
    )
    plan.version += 1
    plan.state = PlanState.IN_FORCE
    plan.in_force_at = plan.in_force_at or moment
    plan.save(update_fields=["version", "state", "in_force_at"])
    for measure in plan.measures.filter(state=MeasureState.PLANNED):
        measure.state = MeasureState.RUNNING
        measure.save(update_fields=["state"])
        tell_of_measure(by=by, measure=measure)
    return plan


@service(Event.ACTION_PLAN_TOLD, action=Action.ACTION_PLAN_WRITE, on="plan")
def tell_party(
    *,
    by: Actor,
    plan: ActionPlan,
    party: PartyKind,
    person: Any,
    told_on: date,
    acceptance: Acceptance,
    objection: str = "",
) -> ActionPlan:
    """Write that the pupil or a guardian was told of the plan, and what she answered. It never delays a measure."""
    PlanTelling.objects.create(
        plan=plan,
        content_key_id=plan.content_key_id,
        version=plan.version,
        party=party,
        person=person,
        told_on=told_on,
        acceptance=acceptance,
        objection=objection,
        told_by_id=by.own_id,
    )
    return plan


@service(Event.ACTION_PLAN_ENDED, action=Action.ACTION_PLAN_EVALUATE, on="plan")
def end_action_plan(*, by: Actor, plan: ActionPlan) -> ActionPlan:
    """End the plan when the case is closed. Whether it may be closed is the case's rule."""
    moment = now()
    for measure in plan.measures.filter(~Q(state=MeasureState.ENDED)):
        measure.state, measure.ended_at = MeasureState.ENDED, moment
        measure.save(update_fields=["state", "ended_at"])
    plan.state, plan.ended_at = PlanState.ENDED, moment
    plan.save(update_fields=["state", "ended_at"])
    return plan


@service(Event.ACTION_PLAN_TAKEN_UP_AGAIN, action=Action.ACTION_PLAN_WRITE, on="plan")
def take_up_again(*, by: Actor, plan: ActionPlan) -> ActionPlan:
    """Take the plan up again as a draft with everything it held; the versions stay."""
    plan.state, plan.ended_at = PlanState.DRAFT, None
    plan.save(update_fields=["state", "ended_at"])
    plan.not_needed.filter(ended_at=None).update(ended_at=now())
    return plan


def refuse_when_changed_meanwhile(record: ActionPlan | Measure) -> None:
    """Refuse when somebody else wrote the same text after this one was read; the row is held until the deed is done."""
    standing = type(record).objects.select_for_update().filter(pk=record.pk).values_list("changed_at", flat=True).get()
    if standing != record.changed_at:
        raise Refused([PlanObstacle.CHANGED_MEANWHILE])


def tell_of_measure(*, by: Actor, measure: Measure) -> None:
    """Tell those who answer for a measure or carry it out that they have it, without saying what it is (ACT-16)."""
    people = [pk for pk in (measure.responsible_id, measure.carried_out_by_id) if pk is not None and pk != by.person_id]
    if people:
        notify(
            by=by,
            person_ids=people,
            code="measure.given",
            occasion=f"{measure.public_id}:given",
            path=reverse("measures:measure-task", args=[measure.public_id]),
            scope=measure.scope(),
        )


def _refuse_ended(plan: ActionPlan) -> None:
    if plan.state == PlanState.ENDED:
        raise Refused([PlanObstacle.ENDED])
