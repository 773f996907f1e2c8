"""From a plan, a calendar and a school's classes to the tasks of a year, and what changes when one of them does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from aktsom.core.timing.yearly import Facts, Schedule, YearDays, schedule
from aktsom.core.timing.yearly.expressions import AnchoredToRow, Timing
from aktsom.core.timing.yearly.occurrences import OccurrenceKind
from aktsom.plans.rules.content import PerWhom, PlanContent, Row, RowKind, RowPart, part_key

MOST_FILES = 10
DUE_SOON = 7  # calendar days before a task is due that it is shown as near; a choice of ours, no rule


class TaskState(models.TextChoices):
    """Where a task is. What is gone was open when its row, class or day went out of the plan."""

    OPEN = "open", _("Ikke gjort ennå")
    DONE = "done", _("Gjort")
    SKIPPED = "skipped", _("Hoppet over")
    GONE = "gone", _("Ute av planen")


class Standing(models.TextChoices):
    """How an open or finished task stands today."""

    DONE = "done", _("Gjort")
    SKIPPED = "skipped", _("Hoppet over")
    LATE = "late", _("For sent")
    NOW = "now", _("Nå")
    LATER = "later", _("Senere")


class TookPart(models.TextChoices):
    """Who was in on it (PLN-22): so that it is seen that pupils and homes take part, never who of them."""

    PUPILS = "pupils", _("Elevene i klassen")
    PUPIL_COUNCIL = "council", _("Elevrådet")
    GUARDIANS = "guardians", _("Foresatte eller FAU")
    COMMITTEES = "committees", _("Skolemiljøutvalget eller samarbeidsutvalget")
    STAFF = "staff", _("Personalet")
    PARTNERS = "partners", _("Helsesykepleier, PPT eller andre utenfra")


@dataclass(frozen=True)
class Place:
    """A class or grade a task belongs to. Both empty: the whole school."""

    group_id: int | None = None
    grade: int | None = None

    @property
    def key(self) -> str:
        """A short text that is the same for the same place, also in a database that tells empty values apart."""
        return f"g{self.group_id}" if self.group_id is not None else (f"t{self.grade}" if self.grade is not None else "")


@dataclass(frozen=True)
class Wanted:
    """A task the plan asks for. Identity is row, part, occurrence and place; the rest may change."""

    row: str
    part: int  # 0 is the row itself
    occurrence: str
    place: Place
    title: str
    who: tuple[str, ...]
    starts_on: date
    due_on: date
    why: str
    kind: OccurrenceKind

    @property
    def identity(self) -> tuple[str, int, str, str]:
        """What makes it the same task when dates, words or people change."""
        return self.row, self.part, self.occurrence, self.place.key


@dataclass(frozen=True)
class Known:
    """What the school has entered for the year's rows. Keys are the row's, or «row#part» for a sub-item."""

    facts: Mapping[str, Facts] = field(default_factory=dict)
    first_lessons: Mapping[int, date] = field(default_factory=dict)  # group → its first lesson
    external: Mapping[str, tuple[date, date]] = field(default_factory=dict)

    def of(self, key: str, group_id: int | None) -> Facts:
        """Return what is known about one row, for one class."""
        facts = self.facts.get(key, Facts())
        lesson = self.first_lessons.get(group_id) if group_id is not None else facts.first_lesson
        return replace(facts, first_lesson=lesson, external={**self.external, **facts.external})


@dataclass(frozen=True)
class SchoolShape:
    """The classes and grades of the school this year: group → (name, grade)."""

    groups: Mapping[int, tuple[str, int | None]] = field(default_factory=dict)

    def places(self, per: PerWhom, grades: tuple[int, ...]) -> tuple[Place, ...]:
        """Return the places a row has tasks for: each class, each grade, or the school."""
        if per == PerWhom.GROUP:
            return tuple(Place(group_id=pk) for pk, (_name, grade) in self.groups.items() if not grades or grade in grades)
        present = sorted({grade for _name, grade in self.groups.values() if grade is not None and (not grades or grade in grades)})
        if per == PerWhom.GRADE:
            return tuple(Place(grade=grade) for grade in present)
        return (Place(),)


@dataclass(frozen=True)
class YearPlan:
    """The tasks of a year, and what the school must enter before the rest have dates: row key → what."""

    tasks: tuple[Wanted, ...]
    needs: Mapping[str, tuple[str, ...]]
    standing: tuple[str, ...]  # keys of rows that stand all year


def year_plan(content: PlanContent, year: YearDays, shape: SchoolShape, known: Known | None = None) -> YearPlan:
    """Return every task the plan gives in the year. Rows to read and duties in a case give none (they have no day of their own)."""
    knowledge = known or Known()
    tasks: list[Wanted] = []
    needs: dict[str, tuple[str, ...]] = {}
    standing: list[str] = []
    due: dict[str, tuple[date, ...]] = {}
    anchored: list[tuple[Row, int, RowPart]] = []
    for row, number, part in plan_items(content):
        if any(isinstance(timing, AnchoredToRow) for timing in part.timings):
            anchored.append((row, number, part))
            continue
        found = _tasks_of(row, number, part, year, shape, knowledge, due)
        _keep(row, number, found, tasks, needs, standing, due)
    for row, number, part in anchored:
        found = _tasks_of(row, number, part, year, shape, knowledge, due)
        _keep(row, number, found, tasks, needs, standing, due)
    return YearPlan(tuple(tasks), needs, tuple(dict.fromkeys(standing)))


_Found = tuple[list[Wanted], tuple[str, ...], bool]


def _keep(
    row: Row,
    number: int,
    found: _Found,
    tasks: list[Wanted],
    needs: dict[str, tuple[str, ...]],
    standing: list[str],
    due: dict[str, tuple[date, ...]],
) -> None:
    wanted, missing, stands = found
    tasks += wanted
    if missing:
        needs[part_key(row.key, number)] = missing
    if stands:
        standing.append(row.key)
    if number == 0 or row.key not in due:
        due[row.key] = tuple(sorted({task.due_on for task in wanted}))


def plan_items(content: PlanContent) -> Iterator[tuple[Row, int, RowPart]]:
    """Yield the row itself unless its sub-items say everything, then each sub-item."""
    for _section, row in content.rows():
        if row.kind != RowKind.TASK:
            continue
        if row.timings or not row.parts:
            yield row, 0, RowPart(row.what, row.who, row.when_said, row.timings, row.per)
        for number, part in enumerate(row.parts, 1):
            if part.timings or part.when_said:
                yield row, number, replace(part, who=part.who or row.who)


def _tasks_of(
    row: Row, number: int, part: RowPart, year: YearDays, shape: SchoolShape, known: Known, due: Mapping[str, tuple[date, ...]]
) -> _Found:
    wanted: list[Wanted] = []
    needs: list[str] = []
    stands = False
    title = row.what if number == 0 or part.what == row.what else f"{row.what}: {part.what}"
    computed: list[tuple[Facts, Schedule]] = []
    for place in shape.places(part.per, row.grades):
        facts = replace(known.of(part_key(row.key, number), place.group_id), rows=due)
        found = _scheduled(part.timings, year, facts, computed)
        needs += found.needs
        stands = stands or found.is_standing
        wanted += [
            Wanted(row.key, number, item.key, place, title, part.who, item.starts_on, item.due_on, item.why, item.kind)
            for item in found.occurrences
        ]
    return wanted, tuple(dict.fromkeys(needs)), stands


def _scheduled(timings: tuple[Timing, ...], year: YearDays, facts: Facts, computed: list[tuple[Facts, Schedule]]) -> Schedule:
    """Compute once for all classes that know the same, so that a hundred classes cost as much as one."""
    for known, found in computed:
        if known == facts:
            return found
    made = schedule(timings, year, facts)
    computed.append((facts, made))
    return made


@dataclass(frozen=True)
class TaskChange:
    """What happens to one task when the plan, the calendar or the classes change."""

    kind: str  # new, moved, renamed, gone, back
    before: Wanted | None
    after: Wanted | None


def changes(existing: Mapping[tuple[object, ...], tuple[Wanted, TaskState]], wanted: Iterable[Wanted]) -> list[TaskChange]:
    """Return what differs between the tasks there are and those wanted. What is done or skipped is never touched."""
    asked = {task.identity: task for task in wanted}
    found: list[TaskChange] = []
    for identity, task in asked.items():
        now = existing.get(identity)
        if now is None:
            found.append(TaskChange("new", None, task))
        elif now[1] == TaskState.GONE:
            found.append(TaskChange("back", now[0], task))
        elif now[1] == TaskState.OPEN and now[0] != task:
            moved = (now[0].starts_on, now[0].due_on) != (task.starts_on, task.due_on)
            found.append(TaskChange("moved" if moved else "renamed", now[0], task))
    found += [
        TaskChange("gone", task, None) for identity, (task, state) in existing.items() if identity not in asked and state == TaskState.OPEN
    ]
    return found


def standing_of(*, state: TaskState | str, starts_on: date, due_on: date, today: date) -> Standing:
    """Return how a task stands today."""
    if state == TaskState.DONE:
        return Standing.DONE
    if state in {TaskState.SKIPPED, TaskState.GONE}:
        return Standing.SKIPPED
    if due_on < today:
        return Standing.LATE
    return Standing.NOW if starts_on <= today or (due_on - today).days <= DUE_SOON else Standing.LATER


def obstacles_to_skipping(*, reason: str) -> list[str]:
    """Return why a task cannot be skipped: it needs a reason somebody can read later."""
    return [] if len(reason.strip()) >= 3 else [str(_("Skriv hvorfor dere hopper over det."))]


def obstacles_to_adding_file(*, state: TaskState | str, there: int) -> list[str]:
    """Return why a file cannot be laid beside a task."""
    found = [str(_("Raden er ikke i planen lenger."))] if state == TaskState.GONE else []
    if there >= MOST_FILES:
        found.append(str(_("Det ligger ti filer her. Ta bort en først, eller skriv hvor resten ligger.")))
    return found


def obsolete_on(*, year_ends: date, years: int) -> date | None:
    """Return the day from which the files of a school year are taken away, or None when they are kept (0 years)."""
    if years <= 0:
        return None
    return date(year_ends.year + years, year_ends.month, min(year_ends.day, 28))


def grades_without_offer(
    tasks: Iterable[tuple[int | None, date, date]], *, grades: Iterable[int], months: Iterable[tuple[date, date]]
) -> list[tuple[int, date]]:
    """Return (grade, first day of month) for every month in which a grade has nothing, neither its own nor for all (PLN-23).

    ``tasks`` are (grade or None for all, first day, last day).
    """
    rows = list(tasks)
    return [
        (grade, first)
        for grade in grades
        for first, last in months
        if not any((whose is None or whose == grade) and begins <= last and ends >= first for whose, begins, ends in rows)
    ]
