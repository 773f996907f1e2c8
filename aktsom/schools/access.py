"""Who meets a school: everyone who belongs to it or to its owner."""

from django.db.models import Q, QuerySet

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import register_reach, through
from aktsom.schools.models import School, SchoolOwner


def schools_visible_to(actor: Actor) -> QuerySet[School]:
    """Return the schools where the actor has any standing, or all of them for a job."""
    schools = School.objects.select_related("owner")
    if actor.is_system:
        return schools
    own = [grant.school_id for grant in actor.grants if grant.school_id is not None]
    owned = [grant.owner_id for grant in actor.grants if grant.school_id is None and grant.owner_id is not None]
    return schools.filter(Q(pk__in=own) | Q(owner_id__in=owned))


def owners_visible_to(actor: Actor) -> QuerySet[SchoolOwner]:
    """Return the owners the actor works for, or all of them for a job."""
    owners = SchoolOwner.objects.all()
    if actor.is_system:
        return owners
    return owners.filter(pk__in=[grant.owner_id for grant in actor.grants if grant.school_id is None and grant.owner_id is not None])


def get_school(actor: Actor, action: Action, public_id: str) -> School:
    """Return the school, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(School, actor, action, public_id)


def get_owner(actor: Actor, action: Action, public_id: str) -> SchoolOwner:
    """Return the owner, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(SchoolOwner, actor, action, public_id)


register_reach(School, schools_visible_to)
register_reach(SchoolOwner, owners_visible_to)
