"""What the plan in force asks for in one school year: the plan, the calendar, the classes and what was entered, put together."""

from __future__ import annotations

from datetime import date
from typing import Any

from aktsom.core.timing.yearly import Facts
from aktsom.people.selectors import classes_of
from aktsom.plans.selectors.editions import content_in_force
from aktsom.schools.selectors import year_days
from aktsom.wheel.models import FirstLesson, RowFact
from aktsom.wheel.rules import Known, SchoolShape, YearPlan, year_plan

EXTERNAL = "external:"


def planned_year(school: Any, year: Any) -> YearPlan | None:
    """Return the tasks the school's plan in force gives in the year, or None without a plan."""
    content = content_in_force(school.pk)
    if content is None:
        return None
    return year_plan(content, year_days(year), school_shape(school.pk, year), known_of(year))


def school_shape(school_id: int, year: Any) -> SchoolShape:
    """Return the classes of the school in the year."""
    return SchoolShape({group.pk: (group.name, group.grade) for group in classes_of(school_id, year)})


def known_of(year: Any) -> Known:
    """Return what the school has entered for the year."""
    facts: dict[str, Facts] = {}
    external: dict[str, tuple[date, date]] = {}
    for row in RowFact.objects.filter(year=year):
        if row.key.startswith(EXTERNAL) and row.from_on and row.until_on:
            external[row.key.removeprefix(EXTERNAL)] = (row.from_on, row.until_on)
        else:
            days = tuple(date.fromisoformat(text) for text in row.set_dates)
            facts[row.key] = Facts(set_dates=days, meeting_on=row.meeting_on, agreement_ends=row.agreement_ends_on)
    lessons = dict(FirstLesson.objects.filter(year=year).values_list("group_id", "on"))
    return Known(facts, lessons, external)
