"""Evaluate the plan: every measure, the pupil's own answer, and when to look again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.measures.models import ActionPlan, Evaluation, Measure, MeasureEvaluation
from aktsom.measures.rules import MeasureDecision, MeasureState, PupilAnswer, obstacles_to_evaluating


@dataclass(frozen=True)
class MeasureVerdict:
    """How one measure went and what happens to it."""

    measure: Measure
    was_done: bool
    decision: MeasureDecision
    reason: str
    effect: str = ""


@dataclass(frozen=True)
class EvaluationDraft:
    """What was found out at one evaluation."""

    held_on: date
    pupil_answer: PupilAnswer
    verdicts: Sequence[MeasureVerdict]
    pupil_words: str = ""
    guardians_words: str = ""
    staff_words: str = ""
    next_on: date | None = None
    is_final: bool = False
    pupil_left: bool = False


@service(Event.ACTION_PLAN_EVALUATED, action=Action.ACTION_PLAN_EVALUATE, on="plan")
def evaluate(*, by: Actor, plan: ActionPlan, draft: EvaluationDraft) -> Evaluation:
    """Write down an evaluation and carry out its decisions. Raise Refused with what is missing."""
    running = plan.measures.exclude(state=MeasureState.ENDED).values_list("pk", flat=True)
    obstacles = obstacles_to_evaluating(
        state=plan.state,
        running=list(running),
        evaluated={verdict.measure.pk: verdict.reason for verdict in draft.verdicts},
        pupil_answer=draft.pupil_answer,
        pupil_words=draft.pupil_words,
        next_on=draft.next_on,
        held_on=draft.held_on,
        today=today(),
        is_final=draft.is_final,
        pupil_left=draft.pupil_left,
    )
    if obstacles:
        raise Refused(obstacles)
    evaluation = _written(plan, draft, by)
    for verdict in draft.verdicts:
        _carry_out(plan, evaluation, verdict)
    if draft.next_on is not None:
        plan.evaluate_on = draft.next_on
        plan.save(update_fields=["evaluate_on"])
    return evaluation


def _written(plan: ActionPlan, draft: EvaluationDraft, by: Actor) -> Evaluation:
    return Evaluation.objects.create(
        plan=plan,
        content_key_id=plan.content_key_id,
        held_on=draft.held_on,
        evaluated_by_id=by.own_id,
        pupil_answer=draft.pupil_answer,
        pupil_words=draft.pupil_words,
        guardians_words=draft.guardians_words,
        staff_words=draft.staff_words,
        next_on=draft.next_on,
        is_final=draft.is_final,
        written_at=now(),
    )


def _carry_out(plan: ActionPlan, evaluation: Evaluation, verdict: MeasureVerdict) -> None:
    MeasureEvaluation.objects.create(
        plan=plan,
        content_key_id=plan.content_key_id,
        evaluation=evaluation,
        measure=verdict.measure,
        was_done=verdict.was_done,
        effect=verdict.effect,
        decision=verdict.decision,
        reason=verdict.reason,
    )
    if verdict.decision == MeasureDecision.END:
        verdict.measure.state, verdict.measure.ended_at = MeasureState.ENDED, now()
        verdict.measure.save(update_fields=["state", "ended_at"])
