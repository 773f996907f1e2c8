"""One measure in several pupils' plans, without either plan saying whose the others are (ACT-18)."""

from __future__ import annotations

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused, require
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditKind
from aktsom.core.audit.recording import record, service
from aktsom.core.identifiers import new_public_id
from aktsom.core.privacy.names import names_in
from aktsom.core.timing.clock import now
from aktsom.measures.models import ActionPlan, Finding, Measure
from aktsom.measures.rules import MeasureState, PlanAccessKind, obstacles_to_sharing


@service(Event.MEASURE_SHARED, action=Action.ACTION_PLAN_WRITE, on="measure")
def share_measure(*, by: Actor, measure: Measure, plan: ActionPlan, finding: Finding | None = None) -> Measure:
    """Lay a measure for the class, the group or the school in another pupil's plan too. Raise Refused with what hinders it.

    Only what is done, when, how often and by whom goes along. Why it fits there is written in that plan, from its own
    findings; the two plans share nothing but a mark that nobody can read a name from.
    """
    require(by, Action.ACTION_PLAN_WRITE, plan)
    obstacles = obstacles_to_sharing(
        level=measure.level,
        state=measure.state,
        other_state=plan.state,
        already_there=_lies_in(measure, plan),
        same_school=plan.school_id == measure.plan.school_id,
        is_withheld=plan.is_withheld or measure.plan.is_withheld,
        names_pupil=bool(names_in(_text(measure), [str(measure.plan.pupil)])),
    )
    if obstacles:
        raise Refused(obstacles)
    if not measure.shared_ref:
        measure.shared_ref = new_public_id()
        measure.save(update_fields=["shared_ref"])
    laid = _laid_in(by, measure, plan, finding)
    plan.not_needed.filter(ended_at=None).update(ended_at=now())
    record(by, Event.MEASURE_SHARED, AuditKind.WRITE, [laid])
    return measure


def _laid_in(by: Actor, measure: Measure, plan: ActionPlan, finding: Finding | None) -> Measure:
    same = ("level", "is_immediate", "catalogue_code", "what", "rhythm", "task", "starts_on", "ends_on", "shared_ref")
    barred = set(plan.accesses.filter(kind=PlanAccessKind.EXCLUDED, valid_until=None).values_list("person_id", flat=True))
    people = {name: getattr(measure, name) for name in ("responsible_id", "carried_out_by_id") if getattr(measure, name) not in barred}
    return Measure.objects.create(
        plan=plan,
        content_key_id=plan.content_key_id,
        finding=finding if finding is not None and finding.plan_id == plan.pk else None,
        state=MeasureState.RUNNING if measure.is_immediate else MeasureState.PLANNED,
        added_at=now(),
        changed_by_id=by.own_id,
        changed_at=now(),
        **{name: getattr(measure, name) for name in same},
        **people,
    )


def _lies_in(measure: Measure, plan: ActionPlan) -> bool:
    if plan.pk == measure.plan_id:
        return True
    same = plan.measures.filter(shared_ref=measure.shared_ref).exclude(state=MeasureState.ENDED)
    return bool(measure.shared_ref) and same.exists()


def _text(measure: Measure) -> str:
    return "\n".join([measure.what, measure.rhythm, measure.task])
