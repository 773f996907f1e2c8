"""Time limits: a date, or a word of the Act that no rule turns into a number by itself.

«Snarest» and «straks» stay words. An owner or school may attach its own standard, and then the page says whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aktsom.core.timing.calendar import SATURDAY, SchoolCalendar, add_working_days, skipped_between
from aktsom.core.timing.law import LawReference, law

OSLO = ZoneInfo("Europe/Oslo")
FAMILY_WEEK = 5  # working days; § 12-6 says a week, and the county governors count it so (domain.md 1.3 C8, 2.7)


class TimeWord(models.TextChoices):
    """A time word of the Act or of a plan."""

    AS_SOON_AS_POSSIBLE = "as_soon_as_possible", gettext_lazy("snarest")
    IMMEDIATELY = "immediately", gettext_lazy("straks")
    CONTINUOUS = "continuous", gettext_lazy("fortløpende")
    AS_CASE_REQUIRES = "as_case_requires", gettext_lazy("så raskt som saken krever")
    WITHOUT_UNDUE_DELAY = "without_undue_delay", gettext_lazy("uten ugrunnet opphold")
    NONE_STATED = "none_stated", gettext_lazy("ikke sagt")


# How soon a word asks for something, slowest first. A plan may move up from the Act's word, never down.
# That «uten ugrunnet opphold» stands below «snarest» is our own reading, on the safe side: no plan can swap it in.
SPEED = (
    TimeWord.NONE_STATED,
    TimeWord.CONTINUOUS,
    TimeWord.AS_CASE_REQUIRES,
    TimeWord.WITHOUT_UNDUE_DELAY,
    TimeWord.AS_SOON_AS_POSSIBLE,
    TimeWord.IMMEDIATELY,
)


class TimeUnit(models.TextChoices):
    """What a local standard counts."""

    WORKING_DAYS = "working_days", gettext_lazy("virkedager")
    SCHOOL_DAYS = "school_days", gettext_lazy("skoledager")
    WEEKS = "weeks", gettext_lazy("uker")
    HOURS = "hours", gettext_lazy("timer")


@dataclass(frozen=True)
class LocalStandard:
    """A number the school or owner has set itself, with the sentence that says so."""

    amount: int
    unit: TimeUnit
    origin: str


@dataclass(frozen=True)
class Deadline:
    """When something is due, and why. ``due_on`` is None when the limit is only a word."""

    due_on: date | None
    word: TimeWord | None
    why: str
    whose: str
    law: LawReference
    due_at: datetime | None = None

    def state(self, today: date, *, met: bool = False, at: datetime | None = None) -> str:
        """Return met, running, due_today or passed, as of ``today``; to the minute when ``at`` and the limit are moments."""
        if met:
            return "met"
        if self.due_at is not None and at is not None and at.astimezone(UTC) > self.due_at.astimezone(UTC):
            return "passed"
        if self.due_on is None or today < self.due_on:
            return "running"
        return "due_today" if today == self.due_on else "passed"


class CalendarMissing(ValueError):
    """School days cannot be counted without the school's calendar."""


def due_date(start: date, standard: LocalStandard, *, calendar: SchoolCalendar | None = None) -> date | None:
    """Return the day a local standard falls on, counted from the day after ``start``; None when the calendar ends before it."""
    if standard.unit == TimeUnit.WEEKS:
        return add_working_days(start + timedelta(weeks=standard.amount), 0)
    if standard.unit == TimeUnit.WORKING_DAYS:
        return add_working_days(start, standard.amount)
    if standard.unit == TimeUnit.SCHOOL_DAYS and calendar is not None:
        return calendar.add_school_days(start, standard.amount)
    raise CalendarMissing(f"{standard.unit} cannot be counted from the day {start} alone")


def deadline(
    start: date | datetime,
    *,
    word: TimeWord,
    law_id: str,
    standard: LocalStandard | None = None,
    calendar: SchoolCalendar | None = None,
) -> Deadline:
    """Return the limit of a duty that began on ``start``: the Act's word, or the school's own day when it has set one.

    School days need the school's calendar; hours need a ``start`` that is an aware moment.
    """
    day = start.astimezone(OSLO).date() if isinstance(start, datetime) else start
    reference = law(law_id, on=day)
    if standard is None:
        return Deadline(None, word, _silence(word), _("Loven"), reference)
    whose = _("Skolens egen regel: %(rule)s") % {"rule": standard.origin}
    if standard.unit == TimeUnit.HOURS and isinstance(start, datetime):
        moment = (start.astimezone(UTC) + timedelta(hours=standard.amount)).astimezone(OSLO)
        return Deadline(moment.date(), word, _hours(start, standard), whose, reference, moment)
    due = due_date(day, standard, calendar=calendar)
    why = _("Skoleruta rekker ikke så langt.") if due is None else _counted(day, due, standard, calendar)
    return Deadline(due, word, why, whose, reference)


def _silence(word: TimeWord) -> str:
    if word == TimeWord.NONE_STATED:
        return _("Loven sier ikke når, og gir ikke et antall dager.")
    return _("Loven sier «%(word)s» og gir ikke et antall dager.") % {"word": word.label}


def family_week(raised_on: date) -> Deadline:
    """Return the first day the family can go to Statsforvalteren (§ 12-6 second paragraph).

    The Act says a week; the county governors count five working days after the day it was raised with the head teacher, and that
    is the day shown (AMB-09). With special grounds the case can be taken before, so this is never a bar to asking.
    """
    due = add_working_days(raised_on, FAMILY_WEEK)
    counted = _counted(raised_on, due, LocalStandard(FAMILY_WEEK, TimeUnit.WORKING_DAYS, ""))
    why = _("Loven sier én uke. Statsforvalteren regner %(counted)s") % {"counted": counted}
    return Deadline(due, None, why, _("Loven, slik Statsforvalteren regner den"), law("ol-12-6-2", on=raised_on))


def fixed(due_on: date, *, why: str, whose: str, law_id: str) -> Deadline:
    """Return the limit somebody set as a date, such as the evaluation date of a plan."""
    return Deadline(due_on, None, why, whose, law(law_id, on=due_on))


def _amount(standard: LocalStandard) -> str:
    said = {
        TimeUnit.WORKING_DAYS: ngettext("%(amount)d virkedag", "%(amount)d virkedager", standard.amount),
        TimeUnit.SCHOOL_DAYS: ngettext("%(amount)d skoledag", "%(amount)d skoledager", standard.amount),
        TimeUnit.WEEKS: ngettext("%(amount)d uke", "%(amount)d uker", standard.amount),
        TimeUnit.HOURS: ngettext("%(amount)d time", "%(amount)d timer", standard.amount),
    }
    return said[standard.unit] % {"amount": standard.amount}


def _hours(start: datetime, standard: LocalStandard) -> str:
    shown = start.astimezone(OSLO)
    return _("%(amount)s etter %(start)s kl. %(time)s.") % {
        "amount": _amount(standard),
        "start": date_format(shown, "l j. F"),
        "time": shown.strftime("%H.%M"),
    }


def _counted(start: date, due: date, standard: LocalStandard, calendar: SchoolCalendar | None = None) -> str:
    text = _("%(amount)s etter %(start)s.") % {"amount": _amount(standard), "start": date_format(start, "l j. F")}
    if standard.unit == TimeUnit.WEEKS:
        meant = start + timedelta(weeks=standard.amount)
        moved = _("%(day)s er ikke en virkedag, så den neste gjelder.") % {"day": date_format(meant, "l j. F").capitalize()}
        return text if meant == due else f"{text} {moved}"
    named = _closed_school_days(start, due, calendar) if calendar else skipped_between(start, due)
    skipped = [f"{date_format(day, 'j. F')} ({name})" for day, name in named]
    if skipped:
        text += " " + _("Disse dagene teller ikke: %(days)s.") % {"days": ", ".join(skipped)}
    return text


def _closed_school_days(start: date, due: date, calendar: SchoolCalendar) -> list[tuple[date, str]]:
    days = [start + timedelta(days=number) for number in range(1, (due - start).days + 1)]
    return [(day, calendar.closed_because(day)) for day in days if day.weekday() < SATURDAY and calendar.closed_because(day)]
