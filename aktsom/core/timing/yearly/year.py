"""One school's year as days and weeks: what every anchored timing is computed from (WHL-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from aktsom.core.timing.calendar import ONE_DAY, SATURDAY, SchoolCalendar

SCHOOL_WEEK_DAYS = 5
AUGUST = 8


@dataclass(frozen=True)
class SchoolWeek:
    """An ISO week with teaching on at least one day. ``number`` counts such weeks in the year, from 1."""

    number: int
    iso_year: int
    iso_week: int
    days: tuple[date, ...]

    @property
    def first(self) -> date:
        """The first day with teaching."""
        return self.days[0]

    @property
    def last(self) -> date:
        """The last day with teaching."""
        return self.days[-1]

    @property
    def is_full(self) -> bool:
        """Whether there is teaching from Monday to Friday."""
        return len(self.days) == SCHOOL_WEEK_DAYS

    @property
    def is_even(self) -> bool:
        """Whether the ISO week number is even; counted on the number, since a year can have 53 weeks (AMB-33)."""
        return self.iso_week % 2 == 0


@dataclass(frozen=True)
class YearDays:
    """A school year: its calendar, planning days, start-up days and where the autumn term ends.

    ``planning`` are the planning days, also those before the pupils come. ``startup`` is the span the school calls its
    start-up days, and ``autumn_ends`` its own end of the autumn term; both None when the school has not said.
    """

    calendar: SchoolCalendar
    planning: tuple[tuple[date, date], ...] = ()
    startup: tuple[date, date] | None = None
    autumn_ends: date | None = None

    @property
    def first_pupil_day(self) -> date:
        """The pupils' first day: the first day with teaching."""
        return self.school_days[0] if self.school_days else self.calendar.first_day

    @property
    def last_day(self) -> date:
        """The last day with teaching."""
        return self.school_days[-1] if self.school_days else self.calendar.last_day

    @property
    def autumn_year(self) -> int:
        """The calendar year in which the school year begins."""
        return self.calendar.first_day.year

    @property
    def first(self) -> date:
        """The first of August, when a school year begins for those who work there."""
        return min(date(self.autumn_year, AUGUST, 1), self.calendar.first_day)

    @property
    def last(self) -> date:
        """The last of July, or the last day of the calendar if that is later."""
        return max(date(self.autumn_year + 1, AUGUST, 1) - ONE_DAY, self.calendar.last_day)

    @cached_property
    def school_days(self) -> tuple[date, ...]:
        """Every day with teaching, in order."""
        length = (self.calendar.last_day - self.calendar.first_day).days + 1
        days = (self.calendar.first_day + timedelta(days=number) for number in range(length))
        return tuple(day for day in days if self.calendar.is_school_day(day))

    @cached_property
    def weeks(self) -> tuple[SchoolWeek, ...]:
        """Every week with teaching, in order; a week of holiday is not among them."""
        by_week: dict[tuple[int, int], list[date]] = {}
        for day in self.school_days:
            by_week.setdefault(day.isocalendar()[:2], []).append(day)
        return tuple(SchoolWeek(number, year, week, tuple(days)) for number, ((year, week), days) in enumerate(by_week.items(), 1))

    @cached_property
    def planning_before_start(self) -> tuple[date, date] | None:
        """The span from the first to the last planning day before the pupils come, or None when none is entered."""
        before = [(first, last) for first, last in self.planning if first < self.first_pupil_day]
        return (min(first for first, _last in before), max(last for _first, last in before)) if before else None

    def month(self, number: int) -> tuple[date, date]:
        """Return the first and last day of a month of this school year (8 is the August it begins in, 7 the July it ends in)."""
        year = self.autumn_year if number >= AUGUST else self.autumn_year + 1
        following = date(year + number // 12, number % 12 + 1, 1)
        return date(year, number, 1), following - ONE_DAY

    def day(self, month: int, day: int) -> date:
        """Return that day of this school year; 29 February is the 28th in years without it. Raise ValueError for no such day."""
        year = self.autumn_year if month >= AUGUST else self.autumn_year + 1
        if (month, day) == (2, 29) and self.month(2)[1].day != day:
            day -= 1
        return date(year, month, day)

    def autumn(self) -> tuple[date, date]:
        """Return the first and last school day of the autumn term; without the school's own limit it ends before the new year."""
        limit = self.autumn_ends or date(self.autumn_year, 12, 31)
        days = [day for day in self.school_days if day <= limit]
        return (days[0], days[-1]) if days else (self.first_pupil_day, self.first_pupil_day)

    def spring(self) -> tuple[date, date]:
        """Return the first and last school day of the spring term."""
        autumn_ends = self.autumn()[1]
        days = [day for day in self.school_days if day > autumn_ends]
        return (days[0], days[-1]) if days else (self.last_day, self.last_day)

    def school_days_within(self, first: date, last: date) -> tuple[date, ...]:
        """Return the days with teaching from ``first`` to ``last``, both included."""
        return tuple(day for day in self.school_days if first <= day <= last)

    def weeks_within(self, first: date, last: date) -> tuple[SchoolWeek, ...]:
        """Return the school weeks with at least one day of teaching from ``first`` to ``last``."""
        return tuple(week for week in self.weeks if week.last >= first and week.first <= last)

    def work_day_at_or_before(self, day: date, *, not_before: date) -> date:
        """Return the last day people are at work up to ``day``: school day or weekday outside the pupils' year, else ``day``."""
        found = day
        while found >= not_before:
            if self._is_at_work(found):
                return found
            found -= ONE_DAY
        return day

    def work_day_at_or_after(self, day: date, *, not_after: date) -> date:
        """Return the first day people are at work from ``day``, or ``day`` itself when there is none before the end."""
        found = day
        while found <= not_after:
            if self._is_at_work(found):
                return found
            found += ONE_DAY
        return day

    def _is_at_work(self, day: date) -> bool:
        reason = self.calendar.closed_because(day)
        if not reason or any(first <= day <= last for first, last in self.planning):
            return day.weekday() < SATURDAY
        outside = day < self.calendar.first_day or day > self.calendar.last_day
        return outside and day.weekday() < SATURDAY
