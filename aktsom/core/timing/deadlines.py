"""Time limits: a date, or a word of the Act that no rule turns into a number by itself.

«Snarest» and «straks» stay words. An owner or school may attach its own standard, and then the page says whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aktsom.core.timing.calendar import add_working_days, skipped_between
from aktsom.core.timing.law import LawReference, law

FAMILY_WEEK = 5  # working days; § 12-6 says a week, and the county governors count it so (domain.md 1.3 C8, 2.7)


class TimeWord(models.TextChoices):
    """A time word of the Act or of a plan."""

    AS_SOON_AS_POSSIBLE = "as_soon_as_possible", gettext_lazy("snarest")
    IMMEDIATELY = "immediately", gettext_lazy("straks")
    CONTINUOUS = "continuous", gettext_lazy("fortløpende")
    AS_CASE_REQUIRES = "as_case_requires", gettext_lazy("så raskt som saken krever")
    NONE_STATED = "none_stated", gettext_lazy("ikke sagt")


# How soon a word asks for something, slowest first. A plan may move up from the Act's word, never down.
SPEED = (TimeWord.NONE_STATED, TimeWord.CONTINUOUS, TimeWord.AS_CASE_REQUIRES, TimeWord.AS_SOON_AS_POSSIBLE, TimeWord.IMMEDIATELY)


class TimeUnit(models.TextChoices):
    """What a local standard counts."""

    WORKING_DAYS = "working_days", gettext_lazy("virkedager")
    WEEKS = "weeks", gettext_lazy("uker")


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

    def state(self, today: date, *, met: bool = False) -> str:
        """Return met, running, due_today or passed, as of ``today``."""
        if met:
            return "met"
        if self.due_on is None or today < self.due_on:
            return "running"
        return "due_today" if today == self.due_on else "passed"


def due_date(start: date, standard: LocalStandard) -> date:
    """Return the day a local standard falls on, counted from the day after ``start``."""
    if standard.unit == TimeUnit.WEEKS:
        return add_working_days(start + timedelta(weeks=standard.amount), 0)
    return add_working_days(start, standard.amount)


def deadline(start: date, *, word: TimeWord, law_id: str, standard: LocalStandard | None = None) -> Deadline:
    """Return the limit of a duty that began on ``start``: the Act's word, or the school's own day when it has set one."""
    reference = law(law_id, on=start)
    if standard is None:
        why = _("Loven sier «%(word)s» og gir ikke et antall dager.") % {"word": word.label}
        return Deadline(None, word, why, _("Loven"), reference)
    due = due_date(start, standard)
    return Deadline(due, word, _counted(start, due, standard), _("Skolens egen regel: %(rule)s") % {"rule": standard.origin}, reference)


def family_week(raised_on: date) -> Deadline:
    """Return the first day the family can go to Statsforvalteren (§ 12-6 second paragraph).

    The Act says a week; the county governors count five working days after the day it was raised with the head teacher.
    """
    standard = LocalStandard(FAMILY_WEEK, TimeUnit.WORKING_DAYS, "")
    due = add_working_days(raised_on, FAMILY_WEEK)
    return Deadline(due, None, _counted(raised_on, due, standard), _("Loven, slik Statsforvalteren regner den"), law("ol-12-6-2", on=raised_on))


def fixed(due_on: date, *, why: str, whose: str, law_id: str) -> Deadline:
    """Return the limit somebody set as a date, such as the evaluation date of a plan."""
    return Deadline(due_on, None, why, whose, law(law_id, on=due_on))


def _counted(start: date, due: date, standard: LocalStandard) -> str:
    text = _("%(amount)d %(unit)s etter %(start)s.") % {
        "amount": standard.amount,
        "unit": standard.unit.label,
        "start": date_format(start, "l j. F"),
    }
    skipped = [f"{date_format(day, 'j. F')} ({name})" for day, name in skipped_between(start, due)]
    if skipped:
        text += " " + _("Disse dagene teller ikke: %(days)s.") % {"days": ", ".join(skipped)}
    return text
