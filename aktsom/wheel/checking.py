"""How whole the library's plans are: rows expressed, times understood, rows without anybody, tasks in an ordinary year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from aktsom.core.timing.calendar import SchoolCalendar
from aktsom.core.timing.yearly import YearDays, understand
from aktsom.plans.content_file import library_content
from aktsom.plans.loading import LIBRARY
from aktsom.plans.rules.content import NEEDS_OWNER, PlanContent
from aktsom.wheel.rules import SchoolShape, year_plan

MONDAY = 0


@dataclass(frozen=True)
class PlanCheck:
    """What one plan of the library came to. ``missing`` are rows of the school's plan that stand nowhere."""

    code: str
    rows: int
    asked: int
    missing: tuple[str, ...]
    without_owner: int
    tasks: int


def check_plan(code: str, year: YearDays) -> PlanCheck:
    """Hold one plan of the library up against the list of the school's own rows."""
    content = library_content(code)
    asked = [line.split("\t")[1] for line in _lines("rader.tsv") if line.startswith(f"{code}\t")]
    expressed = {source for _section, row in content.rows() for source in row.sources}
    tasks = year_plan(content, year, ordinary_school(content)).tasks
    without = sum(1 for _section, row in content.rows() if row.kind in NEEDS_OWNER and not row.everyone)
    missing = tuple(row for row in asked if row not in expressed)
    return PlanCheck(code, len(asked) - len(missing), len(asked), missing, without, len(tasks))


def expressions() -> tuple[int, int, list[str]]:
    """Return how many of the plans' time expressions are understood, how many there are, and those that are not."""
    rows: dict[str, list[bool]] = {}
    unread: list[str] = []
    for line in _lines("tidsuttrykk.tsv"):
        code, _tab, phrase = line.partition("\t")
        understood = understand(phrase).is_understood
        rows.setdefault(code, []).append(understood)
        unread += [] if understood else [phrase]
    return sum(all(found) for found in rows.values()), len(rows), unread


def _lines(name: str) -> list[str]:
    return (LIBRARY / name).read_text("utf-8").splitlines()


def ordinary_year(day: date) -> YearDays:
    """Return a school year like most: it begins in the third week of August and has the usual holidays."""
    autumn = day.year if day.month >= 8 else day.year - 1
    start = _monday(date(autumn, 8, 15))
    october, winter = _monday(date(autumn, 9, 28)), _monday(date(autumn + 1, 2, 15))
    closed = (
        (october, october + timedelta(days=4), "høstferie"),
        (date(autumn, 12, 21), date(autumn + 1, 1, 3), "juleferie"),
        (winter, winter + timedelta(days=4), "vinterferie"),
    )
    calendar = SchoolCalendar(start, _monday(date(autumn + 1, 6, 15)) + timedelta(days=4), closed)
    before = (start - timedelta(days=5), start - timedelta(days=3))
    return YearDays(calendar, planning=(before,), startup=(start, start + timedelta(days=2)))


def _monday(day: date) -> date:
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)


def ordinary_school(content: PlanContent) -> SchoolShape:
    """Return a school with two classes on each grade: Vg1 to Vg3, or 1 to 10 when the plan speaks of such grades."""
    primary = any(grade <= 10 for _section, row in content.rows() for grade in row.grades)
    grades = range(1, 11) if primary else range(11, 14)
    classes = [(f"{grade}{letter}", grade) for grade in grades for letter in "AB"]
    return SchoolShape(dict(enumerate(classes, 1)))
