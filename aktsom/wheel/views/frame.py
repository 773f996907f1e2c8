"""What every page of a school's wheel stands in: the school, the year asked for, the tabs, and what the reader wants to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from aktsom.core.access.actions import Action
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.core.ui.shapes import Tab
from aktsom.plans.rules.duty_roles import BY_CODE
from aktsom.plans.rules.focus import Focus
from aktsom.schools.access import get_school
from aktsom.schools.selectors import current_year, school_years
from aktsom.wheel.months import Month, months_of
from aktsom.wheel.rules import Standing


@dataclass(frozen=True)
class SchoolYearPage:
    """A school's year as a page shows it. ``year`` is None when no calendar is registered."""

    school: Any
    year: Any
    years: list[Any]
    months: list[Month]
    may_arrange: bool
    asked: str  # what an address needs to stay in the same year


@dataclass(frozen=True)
class Wish:
    """What a reader narrowed a list to. What nobody can have is left out."""

    month: Month | None = None
    role: str = ""
    area: str = ""
    focus: str = ""
    grade: int | None = None
    group_id: int = 0
    standing: str = ""

    @property
    def is_anything(self) -> bool:
        return self != Wish()


def school_year_page(request: HttpRequest, public_id: str, action: Action = Action.WHEEL_SEE) -> SchoolYearPage:
    """Return the school through the door, and the year asked for with ?ar=2026/2027, or this one."""
    school = get_school(request.actor, action, public_id)
    if school.pk not in request.actor.schools_as(Role.STAFF) and school.owner_id not in request.actor.owners_as(Role.OWNER_HANDLER):
        raise Http404
    years = school_years(school.pk)
    named = {year.name: year for year in years}
    current = current_year(school.pk, today())
    year = named.get(request.GET.get("ar", "")) or current
    asked = f"?ar={year.name}" if year and current and year.pk != current.pk else ""
    months = months_of(year.first_day.year) if year else []
    return SchoolYearPage(school, year, years, months, school.pk in request.actor.schools_where(Action.WHEEL_ARRANGE), asked)


def frame_of(request: HttpRequest, page: SchoolYearPage, current: str) -> dict[str, Any]:
    """Return what the templates need around the page."""
    may_see = request.actor.schools_where(Action.WHEEL_OVERVIEW) | (
        {page.school.pk} if page.school.owner_id in request.actor.owners_as(Role.OWNER_HANDLER) else set()
    )
    return {
        "school": page.school,
        "year": page.year,
        "years": page.years if len(page.years) > 1 else [],
        "asked": page.asked,
        "may_arrange": page.may_arrange,
        "tabs": tabs_of(request, page, current, sees_overview=page.school.pk in may_see),
    }


def tabs_of(request: HttpRequest, page: SchoolYearPage, current: str, *, sees_overview: bool) -> list[Tab]:
    """Return the ways into the year that the reader has."""
    works_here = page.school.pk in request.actor.schools_as(Role.STAFF)
    ways = [
        ("my-week", _("Min uke"), works_here),
        ("own-class", _("Min klasse"), works_here),
        ("wheel-show", _("Hjulet"), True),
        ("task-list", _("Liste"), True),
        ("matrix-show", _("Trinn"), True),
        ("role-list", _("Roller"), True),
        ("missing-list", _("Mangler dato"), page.may_arrange),
        ("overview-show", _("Oversikt"), sees_overview),
    ]
    return [
        Tab(label, reverse(f"wheel:{name}", args=[] if name == "my-week" else [page.school.public_id]) + page.asked, name == current)
        for name, label, has in ways
        if has
    ]


def wish_of(request: HttpRequest, page: SchoolYearPage, classes: list[Any]) -> Wish:
    """Return what the address asks for. Anything unknown is as if it was not asked for."""
    asked = request.GET.get
    months = {month.key: month for month in page.months}
    grades = {str(group.grade): group.grade for group in classes if group.grade is not None}
    groups = {group.public_id: group.pk for group in classes}
    return Wish(
        month=months.get(asked("maned", "")),
        role=asked("rolle", "") if asked("rolle", "") in BY_CODE else "",
        area=asked("omrade", ""),
        focus=asked("fokus", "") if asked("fokus", "") in {Focus.COMMUNITY.value, Focus.HANDLING.value} else "",
        grade=grades.get(asked("trinn", "")),
        group_id=groups.get(asked("klasse", ""), 0),
        standing=asked("status", "") if asked("status", "") in {*Standing.values, "open"} else "",
    )
