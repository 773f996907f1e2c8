"""The months of a school year, from August to July, and the weeks in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import MONTHS

AUGUST = 8
ORDER = (8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True)
class Month:
    """One month: its first and last day, and its name."""

    first: date
    last: date

    @property
    def key(self) -> str:
        """Return the month as an address has it: 2026-11."""
        return f"{self.first:%Y-%m}"

    @property
    def name(self) -> str:
        return str(MONTHS[self.first.month])

    @property
    def number(self) -> int:
        return self.first.month


def months_of(autumn: int) -> list[Month]:
    """Return the twelve months of the school year that begins in ``autumn``, August first."""
    found = []
    for number in ORDER:
        year = autumn if number >= AUGUST else autumn + 1
        first = date(year, number, 1)
        after = date(year + number // 12, number % 12 + 1, 1)
        found.append(Month(first, after - timedelta(days=1)))
    return found


def year_begins(day: date) -> date:
    """Return the first of August of the school year ``day`` is in."""
    return date(day.year if day.month >= AUGUST else day.year - 1, AUGUST, 1)


def monday_of(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def grade_name(grade: int | None) -> str:
    """Return what a grade is called: 8. trinn, Vg1."""
    if grade is None:
        return ""
    return f"Vg{grade - 10}" if grade > 10 else f"{grade}. trinn"
