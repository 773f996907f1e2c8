"""That no plan is needed, and what measures have asked the leadership for."""

from __future__ import annotations

from aktsom.measures.models import ActionPlan, Measure, PlanNotNeeded, ResourceRequest


def none_needed(plan: ActionPlan) -> PlanNotNeeded | None:
    """Return the choice that no plan is needed, as long as it holds."""
    return plan.not_needed.filter(ended_at=None).select_related("decided_by").first()


def decisions_of_none(plan: ActionPlan) -> list[PlanNotNeeded]:
    """Return every time it was decided that no plan is needed, oldest first."""
    return list(plan.not_needed.select_related("decided_by"))


def request_of(measure: Measure, public_id: str) -> ResourceRequest | None:
    """Return something that was asked for this measure."""
    return measure.requests.select_related("asked_by", "answered_by").filter(public_id=public_id).first()
