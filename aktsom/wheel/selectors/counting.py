"""How a year stands, counted by the database: by area, by month, by grade, by school."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, ExtractMonth

from aktsom.core.access.actor import Actor
from aktsom.core.timing.clock import today
from aktsom.core.timing.yearly.occurrences import OccurrenceKind
from aktsom.core.vault.keyring import gather_keys
from aktsom.plans.rules.content import SectionArea
from aktsom.plans.rules.focus import Focus
from aktsom.plans.selectors.standing import RowPlaces
from aktsom.schools.selectors import years_at
from aktsom.wheel.access import tasks_visible_to
from aktsom.wheel.models import TaskFile, WheelTask
from aktsom.wheel.months import Month, months_of
from aktsom.wheel.rules import TaskState, TookPart, grades_without_offer

OUT_OF_PLAN = "gone"
OFFERS = frozenset({SectionArea.PROMOTE.value, SectionArea.PREVENT.value, SectionArea.WHEEL.value})
STATES = ("done", "late", "skipped", "open")


@dataclass(frozen=True)
class Tally:
    """How many tasks are done, late, skipped and still to come."""

    done: int = 0
    late: int = 0
    skipped: int = 0
    open: int = 0

    @property
    def total(self) -> int:
        return self.done + self.late + self.skipped + self.open

    @property
    def passed(self) -> int:
        """Those whose day has come, one way or the other."""
        return self.done + self.late + self.skipped

    def plus(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, name) + getattr(other, name) for name in STATES))


@dataclass(frozen=True)
class Counted:
    """One row of the plan in one month and grade: its title and how it stands."""

    row: str
    title: str
    month: int
    grade: int | None
    is_check_in: bool
    who: str
    tally: Tally


def counted_year(tasks: QuerySet[WheelTask]) -> list[Counted]:
    """Return the tasks counted by row, month and grade. One read, however many tasks there are."""
    standing = Case(
        When(state=TaskState.DONE, then=Value("done")),
        When(state=TaskState.SKIPPED, then=Value("skipped")),
        When(due_on__lt=today(), then=Value("late")),
        default=Value("open"),
        output_field=CharField(),
    )
    rows = (
        tasks.annotate(month=ExtractMonth("due_on"), level=Coalesce("grade", "group__grade"), how=standing)
        .order_by("row_key", "title", "month", "level", "kind", "who", "how")
        .values_list("row_key", "title", "month", "level", "kind", "who", "how")
        .annotate(amount=Count("id"))
    )
    found: dict[tuple[Any, ...], dict[str, int]] = {}
    for row, title, month, level, kind, who, how, amount in rows:
        found.setdefault((row, title, month, level, kind == OccurrenceKind.CHECK_IN, who), {})[how] = amount
    return [Counted(*key, Tally(**amounts)) for key, amounts in found.items()]


def by_area(counted: Iterable[Counted], areas: Mapping[str, str]) -> dict[str, Tally]:
    """Return how each area stands, in the order of the areas; what left the plan comes last."""
    return in_order(((item.row, item.tally) for item in counted), areas, SectionArea.values)


def by_focus(counted: Iterable[Counted], focuses: Mapping[str, str]) -> dict[str, Tally]:
    """Return how each of the two focus areas stands, what serves both after them; what left the plan comes last (QUA-11)."""
    return in_order(((item.row, item.tally) for item in counted), focuses, Focus.values)


def in_order(tallies: Iterable[tuple[str, Tally]], places: Mapping[str, str], order: Iterable[str]) -> dict[str, Tally]:
    """Return the tallies of the rows put together by place, in the order given; what left the plan comes last."""
    found: dict[str, Tally] = {}
    for row, tally in tallies:
        place = places.get(row, OUT_OF_PLAN)
        found[place] = found.get(place, Tally()).plus(tally)
    return {place: found[place] for place in [*order, OUT_OF_PLAN] if place in found}


def whole(counted: Iterable[Counted]) -> Tally:
    """Return all of it in one."""
    total = Tally()
    for item in counted:
        total = total.plus(item.tally)
    return total


@dataclass(frozen=True)
class Cell:
    """What one grade has in one month."""

    grade: int
    titles: tuple[str, ...]


@dataclass(frozen=True)
class MonthRow:
    """One month of the matrix: what is for every grade, and what is for one."""

    month: Month
    for_all: tuple[str, ...]
    cells: tuple[Cell, ...]


def month_matrix(
    counted: Iterable[Counted], months: Iterable[Month], grades: Iterable[int], limits: Mapping[str, tuple[int, ...]]
) -> list[MonthRow]:
    """Return months by grades (WHL-06). What stands all year is left out: it would fill every cell.

    ``limits`` are the grades of the rows that are for some alone: one task for the school, and still not for all.
    """
    titles: dict[tuple[int, int | None], dict[str, None]] = {}
    levels = list(grades)
    for item in counted:
        if not item.is_check_in:
            for grade in whose(item.grade, limits.get(item.row, ()), levels):
                titles.setdefault((item.month, grade), {})[item.title] = None
    found = []
    for month in months:
        of_all = tuple(titles.get((month.number, None), {}))
        cells = tuple(Cell(grade, tuple(titles.get((month.number, grade), {}))) for grade in levels)
        shared = set(cells[0].titles).intersection(*(cell.titles for cell in cells)) if len(cells) > 1 else set()
        own = tuple(Cell(cell.grade, tuple(title for title in cell.titles if title not in shared)) for cell in cells)
        common = tuple(title for title in (cells[0].titles if cells else ()) if title in shared)
        found.append(MonthRow(month, (*of_all, *common), own))
    return [row for row in found if row.for_all or any(cell.titles for cell in row.cells) or row.month.number != 7]


def whose(grade: int | None, limit: tuple[int, ...], levels: Iterable[int]) -> list[int | None]:
    """Return the grades a task is for: its own, those of its row, or None for all."""
    there = [level for level in levels if level in limit] if grade is None else []
    return [*there] or [grade]


def gaps(tasks: QuerySet[WheelTask], places: RowPlaces, grades: Iterable[int], months: Iterable[Month]) -> list[tuple[int, Month]]:
    """Return the months in which a grade has no offer of its own and none for all (PLN-23). A warning, never an error (AMB-54)."""
    offers, levels = [row for row, area in places.areas.items() if area in OFFERS], list(grades)
    spans = (
        tasks.filter(row_key__in=offers)
        .exclude(kind=OccurrenceKind.CHECK_IN)
        .exclude(state=TaskState.SKIPPED)
        .annotate(level=Coalesce("grade", "group__grade"))
        .order_by("row_key", "level", "starts_on", "due_on")
        .values_list("row_key", "level", "starts_on", "due_on")
        .distinct()
    )
    of_grades = {(each, *days) for row, level, *days in spans for each in whose(level, places.grades.get(row, ()), levels)}
    by_first = {month.first: month for month in months}
    found = grades_without_offer(of_grades, grades=levels, months=[(month.first, month.last) for month in by_first.values()])
    return [(grade, by_first[first]) for grade, first in found]


def teaching_months(autumn: int, first_day: date, last_day: date) -> list[Month]:
    """Return the months in which the school year has days."""
    return [month for month in months_of(autumn) if month.first <= last_day and month.last >= first_day]


@dataclass(frozen=True)
class SchoolRow:
    """One school of an owner: its year and how it stands."""

    school: Any
    year: str
    tally: Tally


def schools_standing(actor: Actor, schools: Iterable[Any]) -> list[SchoolRow]:
    """Return how the current year stands at each school. A school without a wheel has zero of everything. One read for all."""
    wanted = list(schools)
    years = years_at([school.pk for school in wanted], today())
    tallies = tallies_of(actor, (year.pk for year in years.values()))
    return [SchoolRow(school, years[school.pk].name if school.pk in years else "", tallies.get(school.pk, Tally())) for school in wanted]


def tallies_of(actor: Actor, year_ids: Iterable[int]) -> dict[int, Tally]:
    """Return how these school years stand, by school. One read."""
    rows = (
        tasks_visible_to(actor)
        .filter(year_id__in=list(year_ids))
        .exclude(state=TaskState.GONE)
        .order_by("school_id")
        .values_list("school_id")
        .annotate(
            done=Count("id", filter=Q(state=TaskState.DONE)),
            late=Count("id", filter=Q(state=TaskState.OPEN, due_on__lt=today())),
            skipped=Count("id", filter=Q(state=TaskState.SKIPPED)),
            open=Count("id", filter=Q(state=TaskState.OPEN, due_on__gte=today())),
        )
    )
    return {school_id: Tally(*amounts) for school_id, *amounts in rows}


@dataclass(frozen=True)
class ReportRow:
    """One row of the plan in the year's report: how it stands, and what shows it."""

    title: str
    tally: Tally
    shown_by: tuple[WheelTask, ...]
    skipped: tuple[WheelTask, ...]


def year_report(tasks: QuerySet[WheelTask], areas: Mapping[str, str]) -> dict[str, list[ReportRow]]:
    """Return the § 12-3 work of a year by area: every row, how it stands, notes and evidence, reasons for what was skipped."""
    counted = counted_year(tasks)
    marked = _marked(tasks)
    found: dict[str, list[ReportRow]] = {}
    titles: dict[tuple[str, str], Tally] = {}
    for item in counted:
        titles[item.row, item.title] = titles.get((item.row, item.title), Tally()).plus(item.tally)
    for (row, title), tally in titles.items():
        mine = [task for task in marked if (task.row_key, task.title) == (row, title)]
        done = tuple(task for task in mine if task.state == TaskState.DONE)
        skipped = tuple(task for task in mine if task.state == TaskState.SKIPPED)
        found.setdefault(areas.get(row, OUT_OF_PLAN), []).append(ReportRow(title, tally, done, skipped))
    order = [*SectionArea.values, OUT_OF_PLAN]
    return {area: found[area] for area in order if area in found}


def _marked(tasks: QuerySet[WheelTask]) -> list[WheelTask]:
    """Return the tasks that say how it went, what shows it or who took part, each with its files; and those skipped."""
    there = TaskFile.objects.filter(removed_at=None).order_by("added_at", "id")
    says = ~Q(note="") | ~Q(evidence=[]) | ~Q(took_part=[]) | Q(state=TaskState.SKIPPED) | Q(Exists(there.filter(task=OuterRef("pk"))))
    found = list(tasks.filter(says).exclude(state=TaskState.OPEN).prefetch_related(Prefetch("files", there, to_attr="shown_files"))[:2000])
    gather_keys(file.content_key_id for task in found for file in task.shown_files)  # type: ignore[attr-defined]
    return found


def took_part_in(tasks: QuerySet[WheelTask]) -> list[tuple[str, int]]:
    """Return (who, in how many done tasks they took part) for the year, the most first (PLN-22)."""
    amounts: Counter[str] = Counter()
    for codes in tasks.filter(state=TaskState.DONE).exclude(took_part=[]).order_by("pk").values_list("took_part", flat=True):
        amounts.update(codes)
    return [(str(TookPart(code).label), amount) for code, amount in sorted(amounts.items(), key=lambda pair: (-pair[1], pair[0]))]


def amounts_by_month(counted: Iterable[Counted], ring_of: Callable[[Counted], str]) -> dict[tuple[str, int], Tally]:
    """Return how each ring stands in each month, for the picture. Check-ins count: they are looked at in their month too."""
    found: dict[tuple[str, int], Tally] = {}
    for item in counted:
        key = ring_of(item), item.month
        found[key] = found.get(key, Tally()).plus(item.tally)
    return found


def first_roles(counted: Iterable[Counted], most: int) -> list[str]:
    """Return the roles that stand first in most tasks, the largest first."""
    amounts: Counter[str] = Counter()
    for item in counted:
        amounts[first_role(item)] += item.tally.total
    return [code for code, _amount in sorted(amounts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]]


def first_role(item: Counted) -> str:
    """Return the role that stands first in who has it."""
    return next(iter(item.who.split()), "")


def titles_by_month(counted: Iterable[Counted]) -> dict[int, Counter[str]]:
    """Return the titles of each month with how many tasks each has."""
    found: dict[int, Counter[str]] = {}
    for item in counted:
        found.setdefault(item.month, Counter())[item.title] += item.tally.total
    return found
