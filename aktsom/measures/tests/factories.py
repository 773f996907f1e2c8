"""Action plans in the situations tests need, without a case around them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from aktsom.core.access.actor import system_actor
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import now, today
from aktsom.core.vault.services import content_key_for
from aktsom.measures import services
from aktsom.measures.models import ActionPlan, Measure, PlanAccess
from aktsom.measures.rules import MeasureDecision, MeasureLevel, PlanAccessKind, PupilAnswer
from aktsom.measures.services import EvaluationDraft, MeasureDraft, MeasureVerdict
from tests.cast import Cast

BUILDER = system_actor("test")


@contextmanager
def building() -> Iterator[None]:
    """Let a test write records directly."""
    with unit_of_work(BUILDER, "test"):
        yield


def make_plan(
    cast: Cast,
    *,
    workers: tuple[str, ...] = ("case_handler",),
    shut_out: tuple[str, ...] = (),
    is_withheld: bool = False,
    guardians_told: bool = True,
    pupil: str = "pupil",
    file_ref: str = "file00000001",
) -> ActionPlan:
    """Write a plan that somebody has begun on."""
    with building():
        plan = ActionPlan.objects.create(
            pupil=cast.person(pupil),
            school=cast.school,
            owner=cast.owner,
            content_key=content_key_for(owner_ref=cast.owner.pk, kind="case"),
            file_ref=file_ref,
            is_withheld=is_withheld,
            guardians_told=guardians_told,
            started_at=now(),
        )
        for kind, names in ((PlanAccessKind.WORKER, workers), (PlanAccessKind.EXCLUDED, shut_out)):
            for name in names:
                PlanAccess.objects.create(
                    plan=plan, content_key_id=plan.content_key_id, person=cast.person(name), kind=kind, valid_from=plan.started_at
                )
    return plan


def worker_of(plan: ActionPlan) -> str:
    """Return who in the cast writes in the plan."""
    return "owner_handler" if plan.is_withheld else "case_handler"


def measure_draft(cast: Cast, plan: ActionPlan, **changes: Any) -> MeasureDraft:
    """Return a measure with everything the Act asks for."""
    finding = plan.findings.first() or services.add_finding(by=cast.actor(worker_of(plan)), plan=plan, text="Ingen voksne ved ballbingen.")
    values: dict[str, Any] = {
        "what": "En voksen er ved ballbingen.",
        "level": MeasureLevel.GROUP,
        "finding": finding,
        "task": "Vær ved ballbingen i storefri.",
        "responsible": cast.person("contact_teacher"),
        "carried_out_by": cast.person("teacher_without_relation"),
        "starts_on": today(),
    }
    return MeasureDraft(**(values | changes))


def add_measure(cast: Cast, plan: ActionPlan, **changes: Any) -> Measure:
    return services.add_measure(by=cast.actor(worker_of(plan)), plan=plan, draft=measure_draft(cast, plan, **changes))


def complete(cast: Cast, plan: ActionPlan, *, measures: int = 1) -> ActionPlan:
    """Write all five points of the Act in the plan."""
    services.write_problem(
        by=cast.actor(worker_of(plan)), plan=plan, problem="Ylva er alene i storefri.", evaluate_on=today() + timedelta(days=14)
    )
    for _number in range(measures):
        add_measure(cast, plan)
    return plan


def plan_in_force(cast: Cast, *, measures: int = 1, **wishes: Any) -> ActionPlan:
    plan = complete(cast, make_plan(cast, **wishes), measures=measures)
    return services.put_in_force(by=cast.actor(worker_of(plan)), plan=plan)


def evaluation_draft(plan: ActionPlan, said: PupilAnswer = PupilAnswer.BETTER, **changes: Any) -> EvaluationDraft:
    """Return an evaluation that answers everything."""
    values: dict[str, Any] = {
        "held_on": today(),
        "pupil_answer": said,
        "pupil_words": "Litt bedre i storefri.",
        "next_on": today() + timedelta(days=14),
        "verdicts": [
            MeasureVerdict(measure=measure, was_done=True, decision=MeasureDecision.KEEP, reason="Det hjelper.")
            for measure in plan.measures.exclude(state="ended")
        ],
    }
    return EvaluationDraft(**(values | changes))


def evaluate(cast: Cast, plan: ActionPlan, said: PupilAnswer = PupilAnswer.BETTER, **changes: Any) -> Any:
    return services.evaluate(by=cast.actor(worker_of(plan)), plan=plan, draft=evaluation_draft(plan, said, **changes))
