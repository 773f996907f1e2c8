"""How far each school has come with its plan: which edition holds, and whether this year's evaluation is done (OWN-02)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from aktsom.core.access.actor import Actor
from aktsom.core.timing.clock import today
from aktsom.plans.access import answers_visible_to, reviews_visible_to
from aktsom.plans.rules.content import PlanContent, content_from
from aktsom.plans.rules.editions import Outcome
from aktsom.plans.rules.focus import focus_by_row
from aktsom.plans.selectors.editions import in_force
from aktsom.schools.selectors import years_begun


@dataclass(frozen=True)
class PlanNow:
    """The edition in force with (key, title) of its duty cards, this year, the latest yearly evaluation, and what the owner asks."""

    number: int
    valid_from: date | None
    cards: list[tuple[str, str]]
    year_id: int | None
    year: str
    review_year: str
    review_closed_on: date | None
    asked: str  # public_id of the school's answer about its owner's guide that waits; empty when none does (PLN-17)

    @property
    def is_reviewed(self) -> bool:
        """Whether the evaluation of this school year is closed."""
        return self.review_year == self.year and self.review_closed_on is not None


def plans_now(actor: Actor, school_ids: Iterable[int]) -> dict[int, PlanNow]:
    """Return where each school with a plan in force stands, by school. One read, and none of whole plans (XCT-04)."""
    latest = reviews_visible_to(actor).filter(plan_id=OuterRef("plan_id")).order_by("-started_on", "-id")
    years = years_begun(today()).filter(school_id=OuterRef("plan__school_id"))
    asked = answers_visible_to(actor).filter(school_id=OuterRef("plan__school_id"), outcome=Outcome.WAITING, review__closed_on=None)
    found = {
        "year_id": Subquery(years.values("pk")[:1]),
        "year": Coalesce(Subquery(years.values("name")[:1]), Value("")),
        "review_year": Coalesce(Subquery(latest.values("year")[:1]), Value("")),
        "review_closed_on": Subquery(latest.values("closed_on")[:1]),
        "asked": Coalesce(Subquery(asked.order_by("id").values("public_id")[:1]), Value("")),
    }
    rows = in_force(plan__school_id__in=list(school_ids)).annotate(**found).order_by("plan__school_id")
    return {school: PlanNow(*plan) for school, *plan in rows.values_list("plan__school_id", "number", "valid_from", "cards", *found)}


@dataclass(frozen=True)
class RowPlaces:
    """Where each row of a plan stands, by its key: part of the plan, focus area, and the grades when it is for some alone."""

    areas: Mapping[str, str] = field(default_factory=dict)
    focuses: Mapping[str, str] = field(default_factory=dict)
    grades: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def places_of(content: PlanContent | None) -> RowPlaces:
    """Return where each row of a plan stands."""
    areas = {row.key: section.area.value for section, row in content.rows()} if content else {}
    grades = {row.key: row.grades for _section, row in content.rows() if row.grades} if content else {}
    return RowPlaces(areas, {key: focus.value for key, focus in focus_by_row(content).items()}, grades)


def places_by_school(school_ids: Iterable[int]) -> dict[int, RowPlaces]:
    """Return where every row of each school's plan in force stands, by school. One read for all."""
    rows = in_force(plan__school_id__in=list(school_ids)).order_by("plan__school_id").values_list("plan__school_id", "content")
    return {school: places_of(content_from(plain)) for school, plain in rows}
