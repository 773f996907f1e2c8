"""The year's tasks as people meet them: mine this week, my class, one role, a whole month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from aktsom.core.access.actor import Actor
from aktsom.core.timing.clock import today
from aktsom.core.timing.yearly.occurrences import OccurrenceKind
from aktsom.plans.rules.duty_roles import role_names
from aktsom.wheel.access import own_tasks, tasks_visible_to
from aktsom.wheel.holding import Held, held_by
from aktsom.wheel.models import WheelTask
from aktsom.wheel.months import grade_name, year_begins
from aktsom.wheel.rules import Standing, TaskState, standing_of

MOST = 60
SHORT = timedelta(days=21)
COLORS = {
    Standing.DONE: ("success", "checkmark"),
    Standing.SKIPPED: ("neutral", "arrow-right"),
    Standing.LATE: ("danger", "clock"),
    Standing.NOW: ("info", "hourglass"),
    Standing.LATER: ("neutral", "calendar"),
}


@dataclass(frozen=True)
class TaskRow:
    """One task as a list shows it: how it stands today, who has it, for which class, and whether it is the reader's."""

    task: WheelTask
    standing: Standing
    who: str
    place: str
    is_mine: bool

    @property
    def look(self) -> tuple[str, str]:
        """Return colour and icon of how it stands."""
        return COLORS[self.standing]

    @property
    def is_open(self) -> bool:
        return self.task.state == TaskState.OPEN

    @property
    def is_check_in(self) -> bool:
        return self.task.kind == OccurrenceKind.CHECK_IN

    @property
    def is_short(self) -> bool:
        """Return whether it belongs to its weeks; what is open for months has time, and stands for itself."""
        return not self.is_check_in and self.task.due_on - self.task.starts_on <= SHORT

    @property
    def needs_date(self) -> bool:
        return self.is_open and self.task.kind == OccurrenceKind.TO_DATE


@dataclass(frozen=True)
class MyWeek:
    """What somebody has in the wheel in one week."""

    late: list[TaskRow]
    now: list[TaskRow]
    standing: list[TaskRow]
    done: list[TaskRow]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has to be done in the week; what stands open all year is no reason to look for work."""
        return not (self.late or self.now or self.done)


def row_of(task: WheelTask, held: Held) -> TaskRow:
    """Return the task as a list shows it."""
    standing = standing_of(state=task.state, starts_on=task.starts_on, due_on=task.due_on, today=today())
    place = task.group.name if task.group is not None else grade_name(task.grade)
    return TaskRow(task, standing, ", ".join(role_names(task.who.split())), place, held.holds(task))


def rows_of(tasks: Iterable[WheelTask], held: Held) -> list[TaskRow]:
    """Return the tasks as a list shows them."""
    return [row_of(task, held) for task in tasks]


def my_week(actor: Actor, monday: date) -> MyWeek:
    """Return the actor's tasks of a week: what is late, what is now, what stands all the time, what is finished. Two reads."""
    sunday = monday + timedelta(days=6)
    held = held_by(actor, today())
    mine = tasks_visible_to(actor).filter(held.tasks).exclude(state=TaskState.GONE)
    late = mine.filter(state=TaskState.OPEN, due_on__lt=min(monday, today()), due_on__gte=year_begins(monday))
    here = rows_of(mine.filter(starts_on__lte=sunday, due_on__gte=monday).order_by("due_on", "title", "id")[: MOST * 3], held)
    waiting = [row for row in here if row.is_open]
    return MyWeek(
        late=rows_of(late.order_by("due_on", "title", "id")[:MOST], held),
        now=[row for row in waiting if row.task.due_on <= sunday or row.is_short],
        standing=[row for row in waiting if row.task.due_on > sunday and not row.is_short],
        done=[row for row in here if not row.is_open],
    )


def my_tasks_due(actor: Actor, *, until: date, most: int) -> list[WheelTask]:
    """Return the actor's open tasks that are late this school year or due by ``until``, the earliest first."""
    mine = own_tasks(actor).filter(state=TaskState.OPEN, due_on__gte=year_begins(today()), due_on__lte=until)
    return list(mine.order_by("due_on", "title", "id")[:most])


def tasks_of_year(actor: Actor, *, school: Any, year: Any) -> QuerySet[WheelTask]:
    """Return the tasks of a school's year that are in the plan, by day."""
    found = tasks_visible_to(actor).filter(school=school, year=year).exclude(state=TaskState.GONE)
    return found.order_by("due_on", "title", "id")


def narrowed(tasks: QuerySet[WheelTask], wish: Any, *, rows: Iterable[str] | None = None) -> QuerySet[WheelTask]:
    """Return the tasks a reader asked for: a month, a role, a grade, a class, how they stand, and some of the plan's rows."""
    if wish.month is not None:
        tasks = tasks.filter(starts_on__lte=wish.month.last, due_on__gte=wish.month.first)
    if wish.role:
        tasks = tasks.filter(who__contains=f" {wish.role} ")
    if wish.group_id:
        tasks = tasks.filter(group_id=wish.group_id)
    if wish.grade is not None:
        tasks = tasks.filter(Q(grade=wish.grade) | Q(group__grade=wish.grade) | Q(group=None, grade=None))
    if rows is not None:
        tasks = tasks.filter(row_key__in=list(rows))
    return tasks.filter(_standing(wish.standing)) if wish.standing else tasks


def _standing(standing: str) -> Q:
    day = today()
    return {
        Standing.DONE.value: Q(state=TaskState.DONE),
        Standing.SKIPPED.value: Q(state=TaskState.SKIPPED),
        Standing.LATE.value: Q(state=TaskState.OPEN, due_on__lt=day),
        "open": Q(state=TaskState.OPEN),
    }.get(standing, Q())


def own_class_tasks(actor: Actor, *, school: Any, until: date) -> dict[str, list[TaskRow]]:
    """Return the open tasks of the classes the actor teaches, by class: those that are late, and those that come until a day."""
    held = held_by(actor, today())
    groups = {taught.group_id for taught in held.teaching if taught.school_id == school.pk}
    tasks = tasks_visible_to(actor).filter(
        group_id__in=groups, state=TaskState.OPEN, due_on__gte=year_begins(today()), starts_on__lte=until
    )
    found: dict[str, list[TaskRow]] = {}
    for row in rows_of(tasks.order_by("group__name", "due_on", "title", "id")[: MOST * 4], held):
        found.setdefault(row.place, []).append(row)
    return found


def late_of(tasks: QuerySet[WheelTask]) -> QuerySet[WheelTask]:
    """Return those that are over their time and not marked."""
    return tasks.filter(_standing(Standing.LATE.value))


def one_task(actor: Actor, task: WheelTask) -> TaskRow:
    """Return one task as its page shows it."""
    return row_of(task, held_by(actor, today()))


def last_year_of(task: WheelTask) -> list[WheelTask]:
    """Return what became of the same row in the school year before: done with notes, or skipped with reasons (WHL-11)."""
    earlier = WheelTask.objects.filter(
        school_id=task.school_id,
        row_key=task.row_key,
        part=task.part,
        due_on__lt=task.year.first_day,
        year__first_day__lt=task.year.first_day,
    )
    marked = earlier.filter(state__in=[TaskState.DONE, TaskState.SKIPPED]).select_related("group", "done_by")
    return list(marked.order_by("-due_on", "id")[:12])


def tasks_of_row_before(task: WheelTask) -> list[WheelTask]:
    """Return the marked tasks of the same row and place earlier this year, the latest first."""
    same = WheelTask.objects.filter(year_id=task.year_id, row_key=task.row_key, part=task.part, place=task.place, due_on__lt=task.due_on)
    return list(same.filter(state__in=[TaskState.DONE, TaskState.SKIPPED]).select_related("done_by", "group").order_by("-due_on", "id")[:6])
