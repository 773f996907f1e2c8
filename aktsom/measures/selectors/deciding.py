"""That no plan is needed, and what measures have asked the leadership for."""

from __future__ import annotations

from aktsom.measures.models import ActionPlan, Measure, PlanNotNeeded, ResourceRequest


def none_needed(plan: ActionPlan) -> PlanNotNeeded | None:
    """Return the choice that no plan is needed, as long as it holds."""
    return plan.not_needed.filter(ended_at=None).select_related("decided_by").first()


def requests_by_measure(plan: ActionPlan) -> dict[int, list[ResourceRequest]]:
    """Return what was asked for each measure of the plan, oldest first."""
    found: dict[int, list[ResourceRequest]] = {}
    for request in plan.requests.select_related("asked_by", "answered_by"):
        found.setdefault(request.measure_id, []).append(request)
    return found


def request_of(measure: Measure, public_id: str) -> ResourceRequest | None:
    """Return something that was asked for this measure."""
    return measure.requests.select_related("asked_by", "answered_by").filter(public_id=public_id).first()
