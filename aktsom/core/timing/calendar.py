"""School days and working days: two different things, and both depend on the calendar.

A working day is Monday to Friday without Norwegian public holidays. Christmas Eve and New Year's Eve are no public holidays,
so they count, unless the caller says otherwise with ``also_closed=EVES`` (AMB-08). A school day is a working day inside the
school year that is neither holiday nor planning day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

SATURDAY = 5
ONE_DAY = timedelta(days=1)
EVES = frozenset({(12, 24), (12, 31)})  # month and day


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> dict[date, str]:
    import holidays  # slow import

    return dict(holidays.Norway(years=year, language="no", include_sundays=False).items())


def public_holiday_name(day: date) -> str:
    """Return the name of the public holiday on ``day``, or an empty string."""
    return _public_holidays(day.year).get(day, "")


def is_public_holiday(day: date) -> bool:
    """Return whether ``day`` is a Norwegian public holiday; an ordinary Sunday is not."""
    return bool(public_holiday_name(day))


def is_working_day(day: date, *, also_closed: Collection[tuple[int, int]] = ()) -> bool:
    """Return whether ``day`` is Monday to Friday, no public holiday, and not among the yearly days in ``also_closed``."""
    return day.weekday() < SATURDAY and not is_public_holiday(day) and (day.month, day.day) not in also_closed


def add_working_days(day: date, amount: int, *, also_closed: Collection[tuple[int, int]] = ()) -> date:
    """Return the day ``amount`` working days after ``day``; ``day`` itself is not counted. ``amount`` is 0 or more.

    With 0 the day itself is returned when it is a working day, else the next one.
    """
    if amount < 0:
        raise ValueError("The amount of working days is 0 or more.")
    found = day
    while not is_working_day(found, also_closed=also_closed) and amount == 0:
        found += ONE_DAY
    for _ in range(amount):
        found += ONE_DAY
        while not is_working_day(found, also_closed=also_closed):
            found += ONE_DAY
    return found


def working_days_between(first: date, last: date, *, also_closed: Collection[tuple[int, int]] = ()) -> int:
    """Return how many working days come after ``first`` up to and including ``last`` (0 when last is not later)."""
    days = range(1, (last - first).days + 1)
    return sum(is_working_day(first + timedelta(days=number), also_closed=also_closed) for number in days)


def skipped_between(first: date, last: date) -> list[tuple[date, str]]:
    """Return the public holidays on Monday to Friday after ``first`` up to ``last``, with their names."""
    days = [first + timedelta(days=number) for number in range(1, (last - first).days + 1)]
    return [(day, public_holiday_name(day)) for day in days if day.weekday() < SATURDAY and public_holiday_name(day)]


@dataclass(frozen=True)
class SchoolCalendar:
    """One school year: from its first day to its last, and the named stretches when there is no school."""

    first_day: date
    last_day: date
    closed: tuple[tuple[date, date, str], ...] = field(default=())

    @classmethod
    def with_closed_spans(cls, *, first_day: date, last_day: date, closed: Iterable[tuple[date, date, str]]) -> SchoolCalendar:
        return cls(first_day=first_day, last_day=last_day, closed=tuple(closed))

    def closed_because(self, day: date) -> str:
        """Return why there is no school on ``day``, or an empty string when there is."""
        if day < self.first_day or day > self.last_day:
            return "utenfor skoleåret"
        if not is_working_day(day):
            return public_holiday_name(day) or "helg"
        return next((name for first, last, name in self.closed if first <= day <= last), "")

    def is_school_day(self, day: date) -> bool:
        """Return whether there is school on ``day``."""
        return not self.closed_because(day)

    def next_school_day(self, day: date) -> date | None:
        """Return the first school day after ``day``, or None when the year is over."""
        found = day + ONE_DAY
        while found <= self.last_day:
            if self.is_school_day(found):
                return found
            found += ONE_DAY
        return None

    def add_school_days(self, day: date, amount: int) -> date | None:
        """Return the day ``amount`` school days after ``day``, or None when the year does not reach that far."""
        found: date | None = day
        for _ in range(amount):
            found = self.next_school_day(found) if found is not None else None
        return found
