"""What stands on a person's start page besides what needs her: her places, the duty cards, and how the plan and the year stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.people.selectors import people_by_id
from aktsom.plans.selectors.editions import schools_with_plan
from aktsom.plans.selectors.standing import PlanNow, plans_now
from aktsom.schools.selectors import own_schools, schools_as
from aktsom.wheel.selectors.counting import Tally, tallies_of

MOST_SCHOOLS = 3  # with more, the page of all the schools says it better


@dataclass(frozen=True)
class Place:
    """A way to somewhere she often goes."""

    label: str
    url: str


@dataclass(frozen=True)
class Standing:
    """How the plan and the year stand at a school she leads."""

    school: Any
    plan: PlanNow | None
    tally: Tally


@dataclass(frozen=True)
class Home:
    """The rest of a start page."""

    places: list[Place] = field(default_factory=list)
    cards: list[Place] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)
    lacks_plan: bool = False  # a school she organises has none in force yet


def home_of(actor: Actor) -> Home:
    """Return the places of the actor, her school's duty cards, and for a leader how plan and year stand (XCT-04, XCT-11 to XCT-13)."""
    schools = schools_as(actor, Role.STAFF)
    if schools:
        plans = plans_now(actor, [school.pk for school in schools])
        lacks_plan = bool(actor.schools_where(Action.SCHOOL_ORGANISE) - plans.keys())
        return Home(_work_places(schools[0]), _cards(schools, plans), _standings(actor, schools, plans), lacks_plan)
    return Home() if actor.owners_as(Role.OWNER_HANDLER) else Home(_family_places(actor))


def _work_places(school: Any) -> list[Place]:
    return [
        Place(_("Min uke i årshjulet"), reverse("wheel:my-week")),
        Place(_("Klassen min"), reverse("wheel:own-class", args=[school.public_id])),
        Place(_("Tiltakene mine"), reverse("measures:measure-list")),
        Place(_("Snakk sammen"), reverse("plans:card-list", args=[school.public_id])),
    ]


def _cards(schools: list[Any], plans: Mapping[int, PlanNow]) -> list[Place]:
    several = len(schools) > 1
    return [
        Place(f"{title} ({school.name})" if several else title, reverse("plans:duty-card", args=[school.slug, key]))
        for school in schools
        if school.pk in plans
        for key, title in plans[school.pk].cards
    ]


def _standings(actor: Actor, schools: list[Any], plans: Mapping[int, PlanNow]) -> list[Standing]:
    led = [school for school in schools if school.pk in actor.schools_where(Action.WHEEL_OVERVIEW)]
    if not led or len(led) > MOST_SCHOOLS:
        return []
    years = [plan.year_id for school in led if (plan := plans.get(school.pk)) and plan.year_id]
    tallies = tallies_of(actor, years)
    return [Standing(school, plans.get(school.pk), tallies.get(school.pk, Tally())) for school in led]


def _schools_to_name(actor: Actor) -> list[Any]:
    """Return the schools whose pages may be named: a guardian is never told where a child with a protected address is."""
    hidden = bool(actor.child_ids) and any(child.protected_address for child in people_by_id(actor.child_ids).values())
    return [school for school in own_schools(actor) if not hidden or school.pk in actor.schools_as(Role.PUPIL)]


def _family_places(actor: Actor) -> list[Place]:
    schools = _schools_to_name(actor)
    with_page = schools_with_plan(plan__school_id__in=[school.pk for school in schools])
    places = [Place(_("Voksne på skolen"), reverse("people:adults-near"))] if schools else []
    for school in schools:
        name = f" ({school.name})" if len(schools) > 1 else ""
        if school.pk in with_page:
            places.append(
                Place(_("Slik skal det være her, og det du har rett til") + name, reverse("plans:plan-for-pupils", args=[school.slug]))
            )
        places.append(Place(_("Les mer") + name, reverse("plans:resource-public", args=[school.slug])))
        places.append(Place(_("Noen utenfor skolen du kan snakke med") + name, reverse("reports:school-page", args=[school.slug])))
    return places
