"""What the plan in force asks for in one school year: the plan, the calendar, the classes and what was entered, put together."""

from __future__ import annotations

from datetime import date
from typing import Any

from aktsom.core.timing.yearly import Facts, YearDays
from aktsom.core.timing.yearly.occurrences import OccurrenceKind
from aktsom.people.selectors import classes_of
from aktsom.plans.selectors.editions import content_in_force
from aktsom.schools.selectors import year_days
from aktsom.wheel.models import FirstLesson, RowFact, WheelTask
from aktsom.wheel.rules import Known, Place, SchoolShape, TaskChange, TaskState, Wanted, YearPlan, changes, year_plan

EXTERNAL = "external:"


def planned_year(school: Any, year: Any, *, days: YearDays | None = None) -> YearPlan | None:
    """Return the tasks the school's plan in force gives in the year, or None without a plan.

    ``days`` is another calendar than the one that is written, to see what it would move.
    """
    content = content_in_force(school.pk)
    if content is None:
        return None
    return year_plan(content, days or year_days(year), school_shape(school.pk, year), known_of(year))


Identity = tuple[object, ...]


def tasks_there_are(year: Any) -> tuple[dict[Identity, WheelTask], dict[Identity, tuple[Wanted, TaskState]]]:
    """Return the year's tasks by what makes each the same: as records, and as the rules compare them."""
    rows: dict[Identity, WheelTask] = {
        (task.row_key, task.part, task.occurrence, task.place): task for task in WheelTask.objects.filter(year=year).order_by("id")
    }
    return rows, {identity: (_as_wanted(task), TaskState(task.state)) for identity, task in rows.items()}


def _as_wanted(task: WheelTask) -> Wanted:
    return Wanted(
        task.row_key,
        task.part,
        task.occurrence,
        Place(task.group_id, task.grade),
        task.title,
        tuple(task.who.split()),
        task.starts_on,
        task.due_on,
        task.why,
        OccurrenceKind(task.kind),
    )


def what_changes(school: Any, year: Any, *, days: YearDays | None = None) -> list[TaskChange] | None:
    """Return what would change if the year were arranged now, with another calendar if one is given. None without a plan."""
    wanted = planned_year(school, year, days=days)
    return None if wanted is None else changes(tasks_there_are(year)[1], wanted.tasks)


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
