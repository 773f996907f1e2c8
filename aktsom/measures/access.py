"""Who meets an action plan, and who meets only the task of one measure."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import register_reach, through
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import now
from aktsom.measures.models import ActionPlan, Evaluation, Finding, Measure, PlanAccess
from aktsom.measures.rules import MeasureState, PlanAccessKind, PlanState

LEADING = (Role.HEAD_TEACHER, Role.DEPUTY)


def _at_work(actor: Actor) -> Q:
    """Return the condition that the actor still works at the plan's school or owner, so that ended relations end."""
    return Q(school_id__in=actor.schools_as(Role.STAFF)) | Q(owner_id__in=actor.owners_as(Role.OWNER_HANDLER))


def _accesses(actor: Actor, kind: PlanAccessKind) -> QuerySet[PlanAccess]:
    rows = PlanAccess.objects.filter(plan_id=OuterRef("pk"), person_id=actor.own_id, kind=kind, valid_from__lte=now())
    return rows.filter(Q(valid_until=None) | Q(valid_until__gt=now()))


def _worked_on(actor: Actor) -> Q:
    return _at_work(actor) & Q(Exists(_accesses(actor, PlanAccessKind.WORKER)))


def _led(actor: Actor) -> Q:
    return Q(school_id__in=actor.schools_as(*LEADING), is_withheld=False)


def _family(actor: Actor) -> Q:
    """Return the condition of the pupil's own plan, and the guardian's who may follow it, once it has been in force.

    Before it is decided that guardians are told, no guardian meets it, also one who is registered later (PRV-09).
    """
    own = Q(pupil_id=actor.person_id) | Q(pupil_id__in=actor.child_ids, guardians_told=True)
    return own & Q(in_force_at__isnull=False)


def plans_visible_to(actor: Actor) -> QuerySet[ActionPlan]:
    """Return the plans the actor can meet; those shut out never do, whatever else they are."""
    plans = ActionPlan.objects.select_related("pupil", "school", "owner", "evaluator", "changed_by")
    if actor.is_system:
        return plans
    if actor.person_id is None:
        return plans.none()
    reach = _worked_on(actor) | _led(actor) | _family(actor)
    return plans.filter(reach).exclude(Exists(_accesses(actor, PlanAccessKind.EXCLUDED)))


def plans_once_in_force() -> QuerySet[ActionPlan]:
    """Return the plans that are or have been in force, for a condition in the domain that holds the file; nothing of them is read."""
    return ActionPlan.objects.filter(in_force_at__isnull=False)


def roles_towards_plan(actor: Actor, plan: ActionPlan) -> frozenset[Role]:
    """Return the relation roles: worker, owner's handler of a withheld plan, pupil, guardian; asked once for each record."""
    kept: dict[Actor, frozenset[Role]] = plan.__dict__.setdefault("kept_roles", {})
    if actor not in kept:
        kept[actor] = _roles_now(actor, plan)
    return kept[actor]


def forget_roles(plan: ActionPlan) -> None:
    """Forget what is kept on the record, because who works with the plan has changed."""
    plan.__dict__.pop("kept_roles", None)


def _roles_now(actor: Actor, plan: ActionPlan) -> frozenset[Role]:
    roles: set[Role] = set()
    if ActionPlan.objects.filter(_worked_on(actor), pk=plan.pk).exists():
        roles.add(Role.CASE_OWNER_HANDLER if plan.is_withheld else Role.CASE_HANDLER)
    if actor.person_id == plan.pupil_id:
        roles.add(Role.CASE_PUPIL)
    if plan.pupil_id in actor.child_ids:
        roles.add(Role.CASE_GUARDIAN)
    return frozenset(roles)


def get_action_plan(actor: Actor, action: Action, public_id: str) -> ActionPlan:
    """Return the plan, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(ActionPlan, actor, action, public_id)


def measures_visible_to(actor: Actor) -> QuerySet[Measure]:
    """Return the measures of the plans the actor can meet, and those she herself answers for or carries out."""
    measures = Measure.objects.select_related("plan", "plan__school", "responsible", "carried_out_by")
    if actor.is_system:
        return measures
    if actor.person_id is None:
        return measures.none()
    reach = _given(actor) | Q(plan_id__in=plans_visible_to(actor).values("pk"))
    return measures.filter(reach).exclude(_out_of_plan(actor))


def measures_given_to(actor: Actor) -> QuerySet[Measure]:
    """Return the measures the actor herself answers for or carries out, for her own list; whatever else she meets is left out."""
    if actor.person_id is None:
        return Measure.objects.none()
    return Measure.objects.select_related("plan").filter(_given(actor)).exclude(_out_of_plan(actor))


def _given(actor: Actor) -> Q:
    mine = Q(responsible_id=actor.person_id) | Q(carried_out_by_id=actor.person_id)
    at_work = Q(plan__school_id__in=actor.schools_as(Role.STAFF)) | Q(plan__owner_id__in=actor.owners_as(Role.OWNER_HANDLER))
    return mine & at_work & ~Q(state=MeasureState.ENDED) & (Q(is_immediate=True) | ~Q(plan__state=PlanState.DRAFT))


def _out_of_plan(actor: Actor) -> Exists:
    rows = PlanAccess.objects.filter(plan_id=OuterRef("plan_id"), person_id=actor.own_id)
    return Exists(rows.filter(kind=PlanAccessKind.EXCLUDED, valid_until=None))


def roles_towards_measure(actor: Actor, measure: Measure) -> frozenset[Role]:
    """Return the roles towards the plan, and responsible for whoever answers for the measure or carries it out."""
    roles = roles_towards_plan(actor, measure.plan)
    if actor.person_id in {measure.responsible_id, measure.carried_out_by_id} and actor.person_id is not None:
        roles |= {Role.MEASURE_RESPONSIBLE}
    return roles


def get_measure(actor: Actor, action: Action, public_id: str) -> Measure:
    """Return the measure, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(Measure, actor, action, public_id)


def findings_visible_to(actor: Actor) -> QuerySet[Finding]:
    """Return the findings of the plans the actor can meet."""
    return Finding.objects.select_related("plan").filter(plan_id__in=plans_visible_to(actor).values("pk"))


def evaluations_visible_to(actor: Actor) -> QuerySet[Evaluation]:
    """Return the evaluations of the plans the actor can meet."""
    return Evaluation.objects.select_related("plan").filter(plan_id__in=plans_visible_to(actor).values("pk"))


register_reach(ActionPlan, plans_visible_to, roles_towards_plan)
register_reach(Measure, measures_visible_to, roles_towards_measure)
register_reach(Finding, findings_visible_to, lambda actor, finding: roles_towards_plan(actor, finding.plan))
register_reach(Evaluation, evaluations_visible_to, lambda actor, evaluation: roles_towards_plan(actor, evaluation.plan))
