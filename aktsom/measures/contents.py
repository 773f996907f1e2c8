"""What a plan holds right now: the facts the rule asks about, and the whole of it as a version keeps it."""

from __future__ import annotations

from typing import Any

from aktsom.core.timing.clock import today
from aktsom.measures.models import ActionPlan, Measure
from aktsom.measures.rules import MeasureFacts, MeasureState, PlanObstacle, obstacles_to_putting_in_force


def plan_obstacles(plan: ActionPlan, *, reason: str = "") -> list[PlanObstacle]:
    """Return what keeps this plan from being put in force today."""
    return obstacles_to_putting_in_force(
        state=plan.state,
        has_problem=bool(plan.problem.strip()),
        measures=[facts_of(measure) for measure in plan.measures.all() if measure.state != MeasureState.ENDED],
        evaluate_on=plan.evaluate_on,
        today=today(),
        version=plan.version,
        reason=reason,
    )


def facts_of(measure: Measure) -> MeasureFacts:
    """Return what the rule needs to know of a measure."""
    return MeasureFacts(
        has_finding=measure.finding_id is not None,
        has_start=measure.starts_on is not None,
        has_responsible=measure.responsible_id is not None and measure.carried_out_by_id is not None,
    )


def snapshot(plan: ActionPlan) -> dict[str, Any]:
    """Return the plan whole, as it is put in force, with people by primary key."""
    findings = {finding.pk: finding for finding in plan.findings.all()}
    return {
        "problem": plan.problem,
        "evaluate_on": plan.evaluate_on.isoformat() if plan.evaluate_on else "",
        "evaluator": plan.evaluator_id,
        "findings": [{"id": finding.public_id, "text": finding.text} for finding in findings.values()],
        "measures": [
            {
                "id": measure.public_id,
                "level": measure.level,
                "what": measure.what,
                "adaptation": measure.adaptation,
                "rhythm": measure.rhythm,
                "finding": findings[measure.finding_id].public_id if measure.finding_id in findings else "",
                "responsible": measure.responsible_id,
                "carried_out_by": measure.carried_out_by_id,
                "starts_on": measure.starts_on.isoformat() if measure.starts_on else "",
                "ends_on": measure.ends_on.isoformat() if measure.ends_on else "",
                "is_immediate": measure.is_immediate,
            }
            | ({"evaluate_on": measure.evaluate_on.isoformat()} if measure.evaluate_on else {})
            for measure in plan.measures.all()
            if measure.state != MeasureState.ENDED
        ],
    }
