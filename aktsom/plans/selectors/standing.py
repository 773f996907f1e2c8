"""How far each school has come with its plan: which edition holds, and whether this year's evaluation is done (OWN-02)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from aktsom.core.access.actor import ANONYMOUS, Actor
from aktsom.core.timing.clock import today
from aktsom.plans.access import editions_visible_to, reviews_visible_to
from aktsom.plans.rules.content import PlanContent, content_from, is_card
from aktsom.plans.rules.editions import EditionState
from aktsom.plans.rules.focus import focus_by_row
from aktsom.schools.selectors import years_begun


@dataclass(frozen=True)
class PlanNow:
    """The edition in force, and the latest yearly evaluation with the day it was closed."""

    number: int
    valid_from: date | None
    review_year: str = ""
    review_closed_on: date | None = None
    year_id: int | None = None
    year: str = ""

    @property
    def review_waits(self) -> bool:
        """Whether the evaluation of this school year is not closed."""
        return bool(self.year) and (self.review_year != self.year or self.review_closed_on is None)


def plans_now(actor: Actor, school_ids: Iterable[int]) -> dict[int, PlanNow]:
    """Return where each school with a plan in force stands, by school. Two reads."""
    wanted = list(school_ids)
    in_force = editions_visible_to(ANONYMOUS).filter(plan__school_id__in=wanted, state=EditionState.IN_FORCE)
    reviews = reviews_visible_to(actor).filter(plan__school_id__in=wanted).order_by("started_on", "id")
    latest = {school: (year, closed) for school, year, closed in reviews.values_list("plan__school_id", "year", "closed_on")}
    rows = in_force.order_by("plan__school_id").values_list("plan__school_id", "number", "valid_from")
    return {school: PlanNow(number, since, *latest.get(school, ("", None))) for school, number, since in rows}


@dataclass(frozen=True)
class RowPlaces:
    """Where each row of a plan stands, by its key: which part of the plan, and which of the two focus areas."""

    areas: Mapping[str, str] = field(default_factory=dict)
    focuses: Mapping[str, str] = field(default_factory=dict)


def places_of(content: PlanContent | None) -> RowPlaces:
    """Return where each row of a plan stands."""
    areas = {row.key: section.area.value for section, row in content.rows()} if content else {}
    return RowPlaces(areas, {key: focus.value for key, focus in focus_by_row(content).items()})


Cards = list[tuple[str, str]]


def plans_and_cards(actor: Actor, school_ids: Iterable[int]) -> dict[int, tuple[PlanNow, Cards]]:
    """Return where each school with a plan in force stands, and (key, title) of its duty cards in order. One read (XCT-04)."""
    latest = reviews_visible_to(actor).filter(plan_id=OuterRef("plan_id")).order_by("-started_on", "-id")
    years = years_begun(today()).filter(school_id=OuterRef("plan__school_id"))
    found = {
        "review_year": Coalesce(Subquery(latest.values("year")[:1]), Value("")),
        "review_closed_on": Subquery(latest.values("closed_on")[:1]),
        "year_id": Subquery(years.values("pk")[:1]),
        "year": Coalesce(Subquery(years.values("name")[:1]), Value("")),
    }
    in_force = editions_visible_to(ANONYMOUS).filter(plan__school_id__in=list(school_ids), state=EditionState.IN_FORCE)
    rows = in_force.annotate(**found).order_by("plan__school_id")
    named = rows.values_list("plan__school_id", "content", "number", "valid_from", *found)
    return {school: (PlanNow(*plan), _cards_of(content_from(plain))) for school, plain, *plan in named}


def _cards_of(content: PlanContent) -> Cards:
    return [(each.key, each.title) for each in content.sections if is_card(each.form, each.area) and each.rows]


def places_by_school(school_ids: Iterable[int]) -> dict[int, RowPlaces]:
    """Return where every row of each school's plan in force stands, by school. One read for all."""
    in_force = editions_visible_to(ANONYMOUS).filter(plan__school_id__in=list(school_ids), state=EditionState.IN_FORCE)
    contents = in_force.order_by("plan__school_id").values_list("plan__school_id", "content")
    return {school: places_of(content_from(plain)) for school, plain in contents}
