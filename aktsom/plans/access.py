"""A plan in force is public (offentleglova § 3); a draft is for those who work where it is written."""

from django.db.models import Q, QuerySet

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import register_reach, through
from aktsom.core.access.roles import Role
from aktsom.plans.models import (
    CatalogueEntry,
    ChosenProcedure,
    EnvironmentPlan,
    PlanEdition,
    PlanReading,
    PlanResource,
    PlanReview,
    ReviewAnswer,
    TeamAgreement,
)
from aktsom.plans.rules.editions import EditionState
from aktsom.plans.rules.resources import ResourceKind

PUBLISHED = (EditionState.IN_FORCE, EditionState.REPLACED)


def procedures_visible_to(actor: Actor) -> QuerySet[ChosenProcedure]:
    """Return every school's chosen procedure."""
    return ChosenProcedure.objects.all()


def catalogue_visible_to(actor: Actor) -> QuerySet[CatalogueEntry]:
    """Return the measures schools have put into their catalogues. They are about nobody, and no secret."""
    return CatalogueEntry.objects.all()


def plans_visible_to(actor: Actor) -> QuerySet[EnvironmentPlan]:
    """Return the plans that have been in force, and those of the schools and owners the actor works for."""
    plans = EnvironmentPlan.objects.select_related("school", "owner")
    if actor.is_system:
        return plans
    published = PlanEdition.objects.filter(state__in=PUBLISHED).values("plan_id")
    return plans.filter(_at_work(actor) | Q(pk__in=published))


def editions_visible_to(actor: Actor) -> QuerySet[PlanEdition]:
    """Return editions that are or were in force, and the drafts where the actor works."""
    editions = PlanEdition.objects.select_related("plan__school", "plan__owner")
    return editions if actor.is_system else editions.filter(_at_work(actor, "plan__") | Q(state__in=PUBLISHED))


def reviews_visible_to(actor: Actor) -> QuerySet[PlanReview]:
    """Return the yearly evaluations of the plans where the actor works."""
    reviews = PlanReview.objects.select_related("plan__school", "plan__owner")
    return reviews if actor.is_system else reviews.filter(_at_work(actor, "plan__"))


def answers_visible_to(actor: Actor) -> QuerySet[ReviewAnswer]:
    """Return what bodies say in those evaluations, and what a school is asked about its owner's guide where the actor works (PLN-17)."""
    answers = ReviewAnswer.objects.select_related("review__plan__school", "review__plan__owner", "school")
    return answers if actor.is_system else answers.filter(_at_work(actor, "review__plan__") | Q(school_id__in=actor.schools_as(Role.STAFF)))


def readings_visible_to(actor: Actor) -> QuerySet[PlanReading]:
    """Return what was read from schools' own plans, where the actor works."""
    readings = PlanReading.objects.select_related("school")
    return readings if actor.is_system else readings.filter(school_id__in=actor.schools_as(Role.STAFF))


def resources_visible_to(actor: Actor) -> QuerySet[PlanResource]:
    """Return local regulations, which are for everyone, and what is put up where the actor works and by its owner."""
    resources = PlanResource.objects.select_related("school__owner", "owner").filter(ended_at=None)
    if actor.is_system:
        return resources
    at_work = actor.schools_as(Role.STAFF)
    is_public = Q(kind=ResourceKind.REGULATION)
    return resources.filter(is_public | Q(school_id__in=at_work) | _at_work(actor) | Q(owner__schools__in=at_work)).distinct()


def agreements_visible_to(actor: Actor) -> QuerySet[TeamAgreement]:
    """Return what teams agreed on at the schools the actor works at. The owner does not read it: it is the colleagues' own."""
    agreements = TeamAgreement.objects.select_related("school", "written_by")
    return agreements if actor.is_system else agreements.filter(school_id__in=actor.schools_as(Role.STAFF))


def get_agreement(actor: Actor, action: Action, public_id: str) -> TeamAgreement:
    """Return what a team agreed on, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(TeamAgreement, actor, action, public_id)


def get_resource(actor: Actor, action: Action, public_id: str) -> PlanResource:
    """Return something put up beside the plan, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(PlanResource, actor, action, public_id)


def get_reading(actor: Actor, action: Action, public_id: str) -> PlanReading:
    """Return what was read from a file, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(PlanReading, actor, action, public_id)


def _at_work(actor: Actor, prefix: str = "") -> Q:
    at_school = Q(**{f"{prefix}school_id__in": actor.schools_as(Role.STAFF)})
    return at_school | Q(**{f"{prefix}owner_id__in": actor.owners_as(Role.OWNER_HANDLER)})


def get_plan(actor: Actor, action: Action, public_id: str) -> EnvironmentPlan:
    """Return the plan, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(EnvironmentPlan, actor, action, public_id)


def get_edition(actor: Actor, action: Action, public_id: str) -> PlanEdition:
    """Return the edition, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(PlanEdition, actor, action, public_id)


def get_review(actor: Actor, action: Action, public_id: str) -> PlanReview:
    """Return the yearly evaluation, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(PlanReview, actor, action, public_id)


def get_answer(actor: Actor, action: Action, public_id: str) -> ReviewAnswer:
    """Return what one body is asked in an evaluation, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(ReviewAnswer, actor, action, public_id)


register_reach(ChosenProcedure, procedures_visible_to)
register_reach(EnvironmentPlan, plans_visible_to)
register_reach(PlanEdition, editions_visible_to)
register_reach(PlanReview, reviews_visible_to)
register_reach(ReviewAnswer, answers_visible_to)
register_reach(PlanReading, readings_visible_to)
register_reach(PlanResource, resources_visible_to)
register_reach(TeamAgreement, agreements_visible_to)
