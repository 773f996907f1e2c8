"""How far each school has come with its plan: which edition holds, and whether this year's evaluation is done (OWN-02)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from aktsom.core.access.actor import ANONYMOUS, Actor
from aktsom.plans.access import editions_visible_to, reviews_visible_to
from aktsom.plans.rules.content import content_from
from aktsom.plans.rules.editions import EditionState


@dataclass(frozen=True)
class PlanNow:
    """The edition in force, and the latest yearly evaluation with the day it was closed."""

    number: int
    valid_from: date | None
    review_year: str = ""
    review_closed_on: date | None = None


def plans_now(actor: Actor, school_ids: Iterable[int]) -> dict[int, PlanNow]:
    """Return where each school with a plan in force stands, by school. Two reads."""
    wanted = list(school_ids)
    in_force = editions_visible_to(ANONYMOUS).filter(plan__school_id__in=wanted, state=EditionState.IN_FORCE)
    reviews = reviews_visible_to(actor).filter(plan__school_id__in=wanted).order_by("started_on", "id")
    latest = {school: (year, closed) for school, year, closed in reviews.values_list("plan__school_id", "year", "closed_on")}
    rows = in_force.order_by("plan__school_id").values_list("plan__school_id", "number", "valid_from")
    return {school: PlanNow(number, since, *latest.get(school, ("", None))) for school, number, since in rows}


def areas_by_school(school_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """Return the area of every row of each school's plan in force: school → row → area. One read for all."""
    in_force = editions_visible_to(ANONYMOUS).filter(plan__school_id__in=list(school_ids), state=EditionState.IN_FORCE)
    contents = in_force.order_by("plan__school_id").values_list("plan__school_id", "content")
    return {school: {row.key: section.area.value for section, row in content_from(plain).rows()} for school, plain in contents}
