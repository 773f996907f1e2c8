"""What the school must say before the year has all its dates, row by row, and what it has said (NEG-56)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aktsom.core.timing.yearly.expressions import Agreement, BeforeLesson, External, SetDates, Times, Timing, Weekly, Window
from aktsom.people.selectors import classes_of
from aktsom.plans.rules.content import PlanContent
from aktsom.plans.rules.duty_roles import role_names
from aktsom.wheel.models import FirstLesson, RowFact
from aktsom.wheel.planned import EXTERNAL, planned_year
from aktsom.wheel.rules import part_key, plan_items


@dataclass(frozen=True)
class RowDates:
    """One row of the plan and its dates: what is missing in words, which fields can answer, and what was entered."""

    key: str  # the row's, or that of the period set by others
    row: str
    what: str
    who: str
    when_said: str
    needs: tuple[str, ...]
    asks: tuple[str, ...]
    needs_lessons: bool
    fact: RowFact | None

    @property
    def is_missing(self) -> bool:
        return bool(self.needs) or (self.fact is None and "set_dates" in self.asks)


def asks_of(timings: tuple[Timing, ...]) -> tuple[str, ...]:
    """Return which fields can give these timings their dates."""
    found: list[str] = []
    for timing in timings:
        if isinstance(timing, SetDates | Times) or (isinstance(timing, Weekly) and timing.set_dates):
            found.append("set_dates")
        if isinstance(timing, Window) and timing.at_meeting:
            found.append("meeting_on")
        if isinstance(timing, External):
            found += ["from_on", "until_on"]
        if isinstance(timing, Agreement):
            found.append("agreement_ends_on")
    return tuple(dict.fromkeys(found))


def rows_with_dates(school: Any, year: Any, content: PlanContent) -> list[RowDates]:
    """Return every row whose dates the school itself gives or is missing, in the order of the plan."""
    planned = planned_year(school, year)
    needs = planned.needs if planned else {}
    facts = {fact.key: fact for fact in RowFact.objects.filter(year=year)}
    found = []
    for row, number, part in plan_items(content):
        key = part_key(row.key, number)
        asks = asks_of(part.timings)
        source = next((timing.source for timing in part.timings if isinstance(timing, External)), "")
        kept = f"{EXTERNAL}{source}" if source and not set(asks) & {"set_dates", "meeting_on", "agreement_ends_on"} else key
        if asks or key in needs:
            what = row.what if number == 0 or part.what == row.what else f"{row.what}: {part.what}"
            lessons = any(isinstance(timing, BeforeLesson) for timing in part.timings)
            who = ", ".join(role_names(part.who))
            found.append(RowDates(kept, row.key, what, who, part.when_said, needs.get(key, ()), asks, lessons, facts.get(kept)))
    return found


def row_dates(school: Any, year: Any, content: PlanContent, key: str) -> RowDates | None:
    """Return one of them by its key, or None."""
    return next((row for row in rows_with_dates(school, year, content) if row.key == key and row.asks), None)


def classes_and_lessons(school: Any, year: Any) -> tuple[list[Any], dict[int, Any]]:
    """Return the classes of the year, and when each that is known has its first lesson."""
    return classes_of(school.pk, year), dict(FirstLesson.objects.filter(year=year).values_list("group_id", "on"))
