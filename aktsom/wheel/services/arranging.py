"""Write the year's tasks from the plan in force, and again whenever the plan, the calendar or the classes change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.bulk import insert_rows
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now
from aktsom.plans.selectors.editions import content_in_force
from aktsom.schools.services import ClosedDays, set_school_year
from aktsom.wheel.models import FirstLesson, RowFact, WheelTask
from aktsom.wheel.planned import planned_year, tasks_there_are
from aktsom.wheel.rules import TaskState, Wanted, changes

CHUNK = 500


@service(Event.YEAR_ARRANGED, action=Action.WHEEL_ARRANGE, on="school")
def arrange_year(*, by: Actor, school: Any, year: Any) -> dict[str, int]:
    """Make the tasks of the school year follow the plan in force. Return how many were new, moved, renamed, back and gone.

    What is done or skipped is never touched. Raises Refused when the school has no plan in force.
    """
    wanted = planned_year(school, year)
    if wanted is None:
        raise Refused(["Skolen har ingen plan som gjelder ennå."])
    rows, existing = tasks_there_are(year)
    counted: dict[str, int] = dict.fromkeys(("new", "moved", "renamed", "back", "gone"), 0)
    fresh: list[dict[str, Any]] = []
    kept: list[WheelTask] = []
    moment = now()
    for change in changes(existing, wanted.tasks):
        counted[change.kind] += 1
        if change.after is None:
            task = rows[change.before.identity]  # type: ignore[union-attr]
            task.state, task.changed_at = TaskState.GONE, moment
            kept.append(task)
        elif change.before is None:
            fresh.append({"school_id": school.pk, "year_id": year.pk} | _written(change.after, moment))
        else:
            kept.append(_moved(rows[change.after.identity], _written(change.after, moment)))
    insert_rows(WheelTask, fresh)
    WheelTask.objects.bulk_update(kept, [*_WRITTEN, "state"], batch_size=CHUNK)
    return counted


_WRITTEN = ("title", "who", "starts_on", "due_on", "why", "kind", "changed_at", "times_moved")


def _written(wanted: Wanted, moment: datetime) -> dict[str, Any]:
    """Return what the plan says of a task, as it is stored; made once for each of the thousands a large school has."""
    return {
        "row_key": wanted.row,
        "part": wanted.part,
        "occurrence": wanted.occurrence,
        "group_id": wanted.place.group_id,
        "grade": wanted.place.grade,
        "place": wanted.place.key,
        "title": wanted.title[:300],
        "why": wanted.why[:400],
        "who": f" {' '.join(wanted.who)} "[:400],
        "starts_on": wanted.starts_on,
        "due_on": wanted.due_on,
        "kind": wanted.kind,
        "changed_at": moment,
    }


def _moved(task: WheelTask, written: dict[str, Any]) -> WheelTask:
    """Give a task that is there the plan's new words and days, and count it when the days are others."""
    if (task.starts_on, task.due_on) != (written["starts_on"], written["due_on"]):
        task.times_moved += 1
    for name, value in written.items():
        setattr(task, name, value)
    task.state = TaskState.OPEN
    return task


def set_calendar(
    *, by: Actor, school: Any, first_day: date, last_day: date, spans: Iterable[ClosedDays]
) -> tuple[Any, dict[str, int] | None]:
    """Write the school calendar and let the year's tasks follow it, both or neither. Return the year, and what moved.

    Without a plan in force only the calendar is written. Raises Refused.
    """
    with transaction.atomic():
        year, _written = set_school_year(by=by, school=school, first_day=first_day, last_day=last_day, closed=spans)
        moved = arrange_year(by=by, school=school, year=year) if content_in_force(school.pk) else None
    return year, moved


@service(Event.ROW_FACT_ENTERED, action=Action.WHEEL_ARRANGE, on="school")
def enter_row_fact(
    *,
    by: Actor,
    school: Any,
    year: Any,
    key: str,
    set_dates: Iterable[date] = (),
    meeting_on: date | None = None,
    span: tuple[date, date] | None = None,
    agreement_ends_on: date | None = None,
) -> RowFact:
    """Write the dates the school sets itself for a row this year. Nothing given empties what was there.

    Raises Refused when a date is outside August to July of the year, or a span runs backwards.
    """
    dates = sorted(set(set_dates))
    inside = (date(year.first_day.year, 8, 1), date(year.first_day.year + 1, 7, 31))
    asked = [*dates, *([meeting_on] if meeting_on else []), *(span or ())]
    if any(not inside[0] <= day <= inside[1] for day in asked):
        raise Refused(["Datoen er utenfor skoleåret."])
    if span and span[1] < span[0]:
        raise Refused(["Siste dag er før første dag."])
    fact = RowFact.objects.filter(year=year, key=key).first() or RowFact(school=school, year=year, key=key)
    fact.set_dates, fact.meeting_on = [day.isoformat() for day in dates], meeting_on
    fact.from_on, fact.until_on = span or (None, None)
    fact.agreement_ends_on, fact.changed_at = agreement_ends_on, now()
    fact.save()
    return fact


@service(Event.FIRST_LESSON_ENTERED, action=Action.WHEEL_ARRANGE, on="school")
def enter_first_lesson(*, by: Actor, school: Any, year: Any, group: Any, on: date) -> FirstLesson:
    """Write when a class has its first lesson (T17). Raises Refused for a class of another school."""
    if group.school_id != school.pk:
        raise Refused(["Klassen hører ikke til skolen."])
    lesson, _made = FirstLesson.objects.update_or_create(year=year, group=group, defaults={"school": school, "on": on})
    return lesson
