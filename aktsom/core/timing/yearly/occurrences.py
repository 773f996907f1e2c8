"""From a timing to dates in one school's year, each with the reason in one sentence («Hvorfor da?»)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import singledispatch
from itertools import pairwise

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aktsom.core.timing.yearly import why
from aktsom.core.timing.yearly.choices import Parity, Rhythm
from aktsom.core.timing.yearly.expressions import (
    Agreement,
    AnchoredToRow,
    BeforeLesson,
    Coverage,
    Election,
    External,
    Follows,
    Monthly,
    Office,
    SetDates,
    Standing,
    Times,
    Timing,
    Unset,
    Weekly,
    Window,
)
from aktsom.core.timing.yearly.points import Point, PointMissing
from aktsom.core.timing.yearly.year import SchoolWeek, YearDays


class OccurrenceKind(models.TextChoices):
    """What an occurrence asks for."""

    TASK = "task", gettext_lazy("gjøres")
    CHECK_IN = "check_in", gettext_lazy("innsjekk")
    TO_DATE = "to_date", gettext_lazy("trenger en dato")


@dataclass(frozen=True)
class Occurrence:
    """One time the row is to be done: from a day to a day (both included), and why then.

    ``key`` is the same for the same occurrence when the calendar moves, so that what is done stays done.
    """

    key: str
    starts_on: date
    due_on: date
    why: str
    kind: OccurrenceKind = OccurrenceKind.TASK


@dataclass(frozen=True)
class Follow:
    """A duty that waits for something to happen; it has no day in the wheel before it does."""

    trigger: str
    sentence: str


@dataclass(frozen=True)
class Facts:
    """What the school has entered besides its calendar.

    ``set_dates``: dates entered for this row. ``external``: spans by source. ``first_lesson``: the group's first lesson.
    ``rows``: the due days of other rows by their code. ``done_on``: when the row was done this year, for «every 3 to 4 weeks».
    ``meeting_on``: the date of the meeting it belongs to. ``agreement_ends``: last day of the agreement.
    """

    set_dates: tuple[date, ...] = ()
    external: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    first_lesson: date | None = None
    rows: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    done_on: tuple[date, ...] = ()
    meeting_on: date | None = None
    agreement_ends: date | None = None


@dataclass(frozen=True)
class Schedule:
    """What a row's timings give in one year. ``needs`` says what the school must enter before dates can be given."""

    occurrences: tuple[Occurrence, ...] = ()
    follows: tuple[Follow, ...] = ()
    needs: tuple[str, ...] = ()
    is_standing: bool = False


def schedule(timings: Iterable[Timing], year: YearDays, facts: Facts | None = None) -> Schedule:
    """Return every occurrence of the timings in the year, in order of due day, and what is missing for the rest."""
    known = facts or Facts()
    found: list[Occurrence] = []
    follows: list[Follow] = []
    needs: list[str] = []
    standing = False
    for number, timing in enumerate(timings):
        standing = standing or isinstance(timing, Standing)
        try:
            for item in occurrences_of(timing, year, known):
                if isinstance(item, Occurrence):
                    found.append(_numbered(item, number))
                elif isinstance(item, Follow):
                    follows.append(item)
                else:
                    needs.append(item)
        except PointMissing as missing:
            needs.append(str(missing))
    ordered = sorted(found, key=lambda item: (item.due_on, item.starts_on, item.key))
    return Schedule(tuple(ordered), tuple(follows), tuple(dict.fromkeys(needs)), standing)


def _numbered(item: Occurrence, number: int) -> Occurrence:
    key = item.key if number == 0 else f"{number + 1}:{item.key}"
    return Occurrence(key, item.starts_on, item.due_on, item.why, item.kind)


Found = Iterator[Occurrence | Follow | str]


@singledispatch
def occurrences_of(timing: Timing, year: YearDays, facts: Facts) -> Found:
    """Yield what one timing gives: occurrences, duties that wait for something, and texts about what is missing.

    Kinds that only say something (a condition, a pupil's own plan, at need) give nothing in the wheel.
    """
    return iter(())


def _task(year: YearDays, key: str, first: date, last: date, reason: str, kind: OccurrenceKind = OccurrenceKind.TASK) -> Occurrence:
    """Return the occurrence with its ends moved inwards to days when people are at work, and say so when the end moved."""
    first, last = min(first, last), max(first, last)
    due = year.work_day_at_or_before(last, not_before=first)
    starts = year.work_day_at_or_after(first, not_after=due)
    return Occurrence(key, starts, due, f"{reason} {why.moved(last, due)}".strip(), kind)


@occurrences_of.register
def _window(timing: Window, year: YearDays, facts: Facts) -> Found:
    first, last = timing.start.in_year(year), timing.end.in_year(year)
    if timing.at_meeting and facts.meeting_on is not None:
        yield Occurrence("once", min(first, facts.meeting_on), facts.meeting_on, why.meeting(facts.meeting_on))
        return
    yield _task(year, "once", first, last, why.window(timing.start, timing.end, first, last))


@occurrences_of.register
def _weekly(timing: Weekly, year: YearDays, facts: Facts) -> Found:
    if timing.set_dates and facts.set_dates:
        yield from _on_dates(facts.set_dates, _("Datoen står i planen klassen har satt opp."))
        return
    first, last = timing.start.in_year(year), timing.end.in_year(year)
    weeks = [week for week in year.weeks_within(first, last) if _in_parity(week, timing.parity)]
    if timing.most == 1:
        for week in weeks:
            days = [day for day in week.days if first <= day <= last and (timing.weekday is None or day.weekday() == timing.weekday)]
            if days:
                yield Occurrence(_week_key(week), days[0], days[-1], why.week(week, timing))
        return
    yield from _every_few_weeks(timing, weeks, facts)


def _every_few_weeks(timing: Weekly, weeks: list[SchoolWeek], facts: Facts) -> Found:
    """From the first week, then so many school weeks after the last time it was done, or should have been at the latest."""
    at = 0
    turn = 1
    while at < len(weeks):
        wide = timing.most - timing.least if turn > 1 else 0
        closing = weeks[min(at + wide, len(weeks) - 1)]
        days = closing.days if timing.weekday is None else [day for day in closing.days if day.weekday() == timing.weekday] or closing.days
        opening = days[0] if not wide and timing.weekday is not None else weeks[at].first
        yield Occurrence(f"turn-{turn}", opening, days[-1], why.every_few(timing, turn, closing))
        done = [
            index
            for index, week in enumerate(weeks)
            if any(week.first <= day <= week.last for day in facts.done_on) and at <= index <= at + wide
        ]
        at = (done[0] if done else at + wide) + timing.least
        turn += 1


def _in_parity(week: SchoolWeek, parity: Parity) -> bool:
    return parity == Parity.ANY or week.is_even == (parity == Parity.EVEN)


def _week_key(week: SchoolWeek) -> str:
    return f"week-{week.iso_year}-{week.iso_week:02d}"


@occurrences_of.register
def _monthly(timing: Monthly, year: YearDays, facts: Facts) -> Found:
    first, last = timing.start.in_year(year), timing.end.in_year(year)
    for month in (8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6):
        days = year.school_days_within(max(first, year.month(month)[0]), min(last, year.month(month)[1]))
        if days:
            yield Occurrence(f"month-{month:02d}", days[0], days[-1], why.month(days[-1]))


@occurrences_of.register
def _times(timing: Times, year: YearDays, facts: Facts) -> Found:
    spans = [(start.in_year(year), end.in_year(year)) for start, end in timing.places] or _parts(timing, year)
    dates = sorted(facts.set_dates)
    yield from _on_dates(dates, _("Datoen har skolen satt selv."))
    without = [(number, span) for number, span in enumerate(spans, 1) if not any(span[0] <= day <= span[1] for day in dates)]
    missing = max(timing.least - len(dates), len(without) if timing.places else 0)
    for number, (first, last) in without[:missing]:
        reason = why.part(timing, number, first, last)
        yield _task(year, f"time-{number}", first, last, reason, OccurrenceKind.TO_DATE)


def _parts(timing: Times, year: YearDays) -> list[tuple[date, date]]:
    """Divide the weeks of the span in as many equal parts as it is to happen times."""
    weeks = year.weeks_within(timing.start.in_year(year), timing.end.in_year(year))
    if len(weeks) < timing.least:
        return [(timing.start.in_year(year), timing.end.in_year(year))] * timing.least
    edges = [round(number * len(weeks) / timing.least) for number in range(timing.least + 1)]
    return [(weeks[low].first, weeks[high - 1].last) for low, high in pairwise(edges)]


def _on_dates(dates: Iterable[date], reason: str) -> Iterator[Occurrence]:
    for day in sorted(set(dates)):
        yield Occurrence(f"date-{day.isoformat()}", day, day, reason)


@occurrences_of.register
def _set_dates(timing: SetDates, year: YearDays, facts: Facts) -> Found:
    if not facts.set_dates:
        yield _("Skriv inn datoene fra skolens egen plan.")
    yield from _on_dates(facts.set_dates, _("Datoen har skolen satt selv."))


@occurrences_of.register
def _external(timing: External, year: YearDays, facts: Facts) -> Found:
    span = facts.external.get(timing.source)
    if span is None:
        yield _("Skriv inn perioden når den er kjent. Den settes av noen utenfor skolen.")
        return
    yield _task(year, "once", *span, _("Perioden er satt av noen utenfor skolen."))


@occurrences_of.register
def _before_lesson(timing: BeforeLesson, year: YearDays, facts: Facts) -> Found:
    if facts.first_lesson is None:
        yield _("Skriv inn når klassen har sin første time.")
        reason = _("Vi vet ikke når klassen har sin første time. Første skoledag er det tidligste det kan være.")
        yield Occurrence("once", year.first, year.first_pupil_day, reason)
        return
    yield Occurrence("once", year.first, facts.first_lesson, _("Det skal være gjort før klassens første time."))


@occurrences_of.register
def _election(timing: Election, year: YearDays, facts: Facts) -> Found:
    if year.autumn_year % 2:
        first, last = max(year.first_pupil_day, year.month(8)[0]), year.month(9)[1]
        yield _task(year, "once", first, last, _("Det er valg i Norge i september i år som er oddetall."))


@occurrences_of.register
def _standing(timing: Standing, year: YearDays, facts: Facts) -> Found:
    first, last = timing.start.in_year(year), timing.end.in_year(year)
    for key, span in _look_ins(timing.check_in, year):
        begin, end = max(first, span[0]), min(last, span[1])
        days = year.school_days_within(begin, end)
        if days:
            yield Occurrence(key, days[0], days[-1], why.check_in(timing.check_in, days[-1]), OccurrenceKind.CHECK_IN)


def _look_ins(rhythm: Rhythm, year: YearDays) -> list[tuple[str, tuple[date, date]]]:
    if rhythm == Rhythm.WEEKLY:
        return [(_week_key(week), (week.first, week.last)) for week in year.weeks]
    if rhythm == Rhythm.MONTHLY:
        return [(f"month-{month:02d}", year.month(month)) for month in (8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6)]
    if rhythm == Rhythm.HALF_YEARLY:
        return [("autumn", year.autumn()), ("spring", year.spring())]
    return [("year", (year.first, year.last_day))] if rhythm == Rhythm.YEARLY else []


@occurrences_of.register
def _follows(timing: Follows, year: YearDays, facts: Facts) -> Found:
    yield Follow(timing.trigger, why.follows(timing))


@occurrences_of.register
def _coverage(timing: Coverage, year: YearDays, facts: Facts) -> Found:
    reason = _("Hvert trinn skal ha dette hvert år.")
    yield Occurrence("year", year.first_pupil_day, year.last_day, reason, OccurrenceKind.CHECK_IN)


@occurrences_of.register
def _agreement(timing: Agreement, year: YearDays, facts: Facts) -> Found:
    if facts.agreement_ends is None:
        yield _("Skriv inn når avtalen går ut.")
        return
    warned = _months_before(facts.agreement_ends, timing.warn_months)
    if year.first <= warned <= year.last:
        reason = _("Avtalen går ut om %(months)d måneder.") % {"months": timing.warn_months}
        yield _task(year, "ends", warned, warned + timedelta(days=14), reason)


def _months_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    for back in range(4):
        try:
            return date(number // 12, number % 12 + 1, day.day - back)
        except ValueError:
            continue
    return date(number // 12, number % 12 + 1, 28)


@occurrences_of.register
def _office(timing: Office, year: YearDays, facts: Facts) -> Found:
    first = date(year.autumn_year, 8, 1)
    number = 1
    while first <= year.last_day:
        after = first.month - 1 + timing.months
        nxt = date(first.year + after // 12, after % 12 + 1, 1)
        days = year.school_days_within(first, nxt - timedelta(days=1))
        if days:
            span_end = year.school_days_within(days[0], days[0] + timedelta(days=14))[-1]
            yield Occurrence(
                f"office-{number}", days[0], span_end, _("Vervet varer %(months)d måneder om gangen.") % {"months": timing.months}
            )
        first, number = nxt, number + 1


@occurrences_of.register
def _anchored(timing: AnchoredToRow, year: YearDays, facts: Facts) -> Found:
    days = facts.rows.get(timing.row, ())
    if not days:
        yield _("Raden den henger sammen med, har ingen dato ennå.")
    for number, day in enumerate(days, 1):
        yield _task(year, f"row-{number}", day + timedelta(days=timing.days), day + timedelta(days=timing.days), why.anchored(timing))


@occurrences_of.register
def _unset(timing: Unset, year: YearDays, facts: Facts) -> Found:
    yield _("Planen sier ikke når. Velg en tid.")


__all__ = ["Facts", "Follow", "Occurrence", "OccurrenceKind", "Point", "Schedule", "occurrences_of", "schedule"]
