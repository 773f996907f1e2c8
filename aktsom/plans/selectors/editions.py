"""The school's plan in its editions: what is in force, what is being written, what was before."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from aktsom.core.access.actor import ANONYMOUS, Actor
from aktsom.core.ui.dates import long_day
from aktsom.plans.access import PUBLISHED, answers_visible_to, editions_visible_to, plans_visible_to, reviews_visible_to
from aktsom.plans.models import EnvironmentPlan, PlanEdit, PlanEdition, PlanReview, ReviewAnswer
from aktsom.plans.rules.content import PlanContent, content_from
from aktsom.plans.rules.editions import EditionState

WRITING = (EditionState.DRAFT, EditionState.TREATED)


def in_force(**where: Any) -> QuerySet[PlanEdition]:
    """Return the editions in force of these plans; they are public, so no actor is asked for."""
    return editions_visible_to(ANONYMOUS).filter(state=EditionState.IN_FORCE, **where)


def edition_in_force(school_id: int) -> PlanEdition | None:
    """Return the school's edition in force."""
    return in_force(plan__school_id=school_id).first()


def published_edition(slug: str) -> PlanEdition | None:
    """Return the edition in force at the school with this address, with the school and its owner. One read."""
    return in_force(plan__school__slug=slug).select_related("plan__school__owner").first()


def has_plan(school_id: int) -> bool:
    """Return whether the school has a plan in force."""
    return in_force(plan__school_id=school_id).exists()


def public_editions(school_id: int) -> list[PlanEdition]:
    """Return the editions that are or were in force at the school, the latest first. They are public."""
    return list(editions_visible_to(ANONYMOUS).filter(plan__school_id=school_id).order_by("-number"))


def guide_in_force(owner_id: int) -> PlanEdition | None:
    """Return the edition in force of the guide an owner gives its schools."""
    return in_force(plan__owner_id=owner_id).first()


def other_editions(edition: PlanEdition, *, owner_id: int) -> tuple[list[PlanEdition], bool]:
    """Return the school's earlier editions, the latest first, and whether its owner has a guide in force. One query."""
    here = Q(plan_id=edition.plan_id) | Q(plan__owner_id=owner_id, state=EditionState.IN_FORCE)
    found = editions_visible_to(ANONYMOUS).filter(here, state__in=PUBLISHED).exclude(pk=edition.pk).defer("content").order_by("-number")
    return [each for each in found if each.plan_id == edition.plan_id], any(each.plan_id != edition.plan_id for each in found)


def guide_editions(owner_id: int) -> list[PlanEdition]:
    """Return the editions of an owner's guide that are or were in force, the latest first. They are public."""
    return list(editions_visible_to(ANONYMOUS).filter(plan__owner_id=owner_id).order_by("-number"))


def procedure_head(edition: PlanEdition) -> list[tuple[str, str]]:
    """Return the head of an owner's procedure in words, what is written alone (PLN-12). An edition of a school has none."""
    days = [(_("Godkjent dato"), edition.approved_on), (_("Sist revidert"), edition.revised_on)]
    numbers = [(_("Prosedyre nr."), edition.procedure_number), (_("Revisjon nr."), edition.revision_number)]
    lines = [(_("Godkjent av"), edition.approver), *((name, long_day(day) if day else "") for name, day in days), *numbers]
    return [(name, value) for name, value in lines if value]


def edition_on(school_id: int, day: date) -> PlanEdition | None:
    """Return the edition that was in force at the school on a day."""
    found = editions_visible_to(ANONYMOUS).filter(plan__school_id=school_id, valid_from__lte=day).exclude(valid_until__lt=day)
    return found.order_by("-number").first()


def content_in_force(school_id: int) -> PlanContent | None:
    """Return the content of the school's plan in force, or None."""
    edition = edition_in_force(school_id)
    return content_from(edition.content) if edition else None


def content_of(edition: PlanEdition) -> PlanContent:
    """Return the content of an edition."""
    return content_from(edition.content)


def plan_of_school(actor: Actor, *, school: Any) -> EnvironmentPlan | None:
    """Return the school's plan if the actor meets it."""
    return plans_visible_to(actor).filter(school=school).first()


def plan_of_owner(actor: Actor, *, owner: Any) -> EnvironmentPlan | None:
    """Return the owner's guide if the actor meets it."""
    return plans_visible_to(actor).filter(owner=owner).first()


def plans_of(actor: Actor) -> list[EnvironmentPlan]:
    """Return the plans of the schools and owners the actor works for, by name."""
    return list(plans_visible_to(actor).order_by("school__name", "owner__name", "id"))


def editions_of(actor: Actor, *, plan: EnvironmentPlan) -> list[PlanEdition]:
    """Return the editions of a plan the actor meets, the latest first, without their content."""
    return list(editions_visible_to(actor).filter(plan=plan).select_related("made_by", "in_force_by").defer("content").order_by("-number"))


def draft_of(actor: Actor, *, plan: EnvironmentPlan) -> PlanEdition | None:
    """Return the edition being written or treated, if there is one and the actor meets it."""
    return editions_visible_to(actor).filter(plan=plan, state__in=WRITING).first()


def latest_edits(edition: PlanEdition, *, amount: int = 20) -> list[PlanEdit]:
    """Return the latest changes to a draft with who made them, the newest first."""
    return list(PlanEdit.objects.filter(edition=edition).select_related("made_by").order_by("-id")[:amount])


def published_contents(*, apart_from: int = 0) -> list[tuple[str, PlanContent]]:
    """Return (school, content) of every school plan in force, for copying rows; ``apart_from`` is the key of a school left out."""
    editions = in_force(plan__school__isnull=False).exclude(plan__school_id=apart_from)
    return [(str(edition.plan.school), content_from(edition.content)) for edition in editions.order_by("plan__school__name", "-id")[:50]]


def schools_with_plan(**where: Any) -> list[int]:
    """Return the keys of the schools that have a plan in force, such as ``in_force_at__gte``: put in force after a moment."""
    return list(in_force(plan__school__isnull=False, **where).order_by("plan__school_id").values_list("plan__school_id", flat=True))


def asked_by_owner(actor: Actor, *, school_id: int) -> list[ReviewAnswer]:
    """Return what the school is asked about its owner's guide, and what it said; of the latest evaluation (PLN-17)."""
    found = list(answers_visible_to(actor).filter(school_id=school_id).order_by("-review__started_on", "id")[:20])
    return [each for each in found if each.review_id == found[0].review_id]


def reviews_of(actor: Actor, *, plan: EnvironmentPlan) -> list[PlanReview]:
    """Return the plan's yearly evaluations with answers and proposals, the latest first."""
    return list(reviews_visible_to(actor).filter(plan=plan).prefetch_related("answers", "proposals").order_by("-started_on", "-id"))
