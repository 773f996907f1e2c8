"""The choice that no plan is needed, and what a measure needs from the leadership."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now, today
from aktsom.measures.models import ActionPlan, Measure, PlanAccess, PlanNotNeeded, ResourceRequest
from aktsom.measures.rules import (
    MeasureState,
    PlanAccessKind,
    PupilAnswer,
    RequestObstacle,
    RequestOutcome,
    obstacles_to_answering_request,
    obstacles_to_deciding_none_needed,
)
from aktsom.people.selectors import deputies, head_teachers, owner_handlers


@service(Event.ACTION_PLAN_NOT_NEEDED, action=Action.ACTION_PLAN_DECIDE_NONE, on="plan")
def decide_no_plan_needed(*, by: Actor, plan: ActionPlan, pupil_answer: PupilAnswer, pupil_words: str, reason: str) -> ActionPlan:
    """Decide that no written plan is needed. Raise Refused unless the pupil says it is safe and nothing has to be done (ACT-06)."""
    obstacles = obstacles_to_deciding_none_needed(
        state=plan.state,
        version=plan.version,
        open_measures=plan.measures.exclude(state=MeasureState.ENDED).count(),
        pupil_answer=pupil_answer,
        pupil_words=pupil_words,
        reason=reason,
    )
    if obstacles:
        raise Refused(obstacles)
    plan.not_needed.filter(ended_at=None).update(ended_at=now())
    PlanNotNeeded.objects.create(
        plan=plan,
        content_key_id=plan.content_key_id,
        reason=reason,
        pupil_answer=pupil_answer,
        pupil_words=pupil_words,
        decided_by_id=by.own_id,
        decided_at=now(),
    )
    return plan


@service(Event.RESOURCE_ASKED, action=Action.ACTION_PLAN_WRITE, on="measure")
def ask_for_resources(*, by: Actor, measure: Measure, wish: str) -> Measure:
    """Ask the leadership for people, a room or money a measure needs. The measure does not wait for the answer (ACT-23)."""
    if not wish.strip():
        raise Refused([RequestObstacle.NO_WISH])
    request = ResourceRequest.objects.create(
        plan_id=measure.plan_id,
        measure=measure,
        content_key_id=measure.content_key_id,
        wish=wish,
        asked_by_id=by.own_id,
        asked_at=now(),
    )
    _tell(by, request, [person.pk for person in _leaders(measure.plan)], "resource.asked")
    return measure


@service(Event.RESOURCE_ANSWERED, action=Action.RESOURCE_ANSWER, on="measure")
def answer_request(*, by: Actor, measure: Measure, request: ResourceRequest, outcome: RequestOutcome, answer: str) -> Measure:
    """Answer what a measure needs, and let the one who asked know. A «no» ends no measure."""
    standing = ResourceRequest.objects.select_for_update().get(pk=request.pk, measure=measure)
    obstacles = obstacles_to_answering_request(outcome=outcome, answer=answer, is_answered=standing.answered_at is not None)
    if obstacles:
        raise Refused(obstacles)
    standing.outcome, standing.answer = outcome, answer
    standing.answered_by_id, standing.answered_at = by.own_id, now()
    standing.save()
    _tell(by, standing, [standing.asked_by_id], "resource.answered")
    return measure


def _leaders(plan: ActionPlan) -> list[Any]:
    if plan.is_withheld:
        return owner_handlers(plan.owner_id, today())
    return [*head_teachers(plan.school_id, today()), *deputies(plan.school_id, today())]


def _tell(by: Actor, request: ResourceRequest, person_ids: list[int], code: str) -> None:
    """Put a notice to those who are not shut out of the plan."""
    barred = set(
        PlanAccess.objects.filter(plan_id=request.plan_id, kind=PlanAccessKind.EXCLUDED, valid_until=None).values_list(
            "person_id", flat=True
        )
    )
    people = [pk for pk in dict.fromkeys(person_ids) if pk not in barred and pk != by.person_id]
    path = reverse("measures:plan-detail", args=[request.plan.public_id])
    notify(by=by, person_ids=people, code=code, occasion=f"{request.public_id}:{code}", path=path, scope=request.scope())
