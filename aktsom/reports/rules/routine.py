"""What a school's routine for reporting must say before it is made known, and when it is looked through (REP-23, TRN-11)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_WAIT = 366  # days: the school looks through it at least once a year. A rule of the product, not of the Act
SHOWN_BEFORE = 14  # days before the day that it is said on «I dag»


class RoutineObstacle(models.TextChoices):
    """What keeps a routine from being made known, or its day from being set."""

    NO_HOW = "no_how", _("Skriv hvordan det skal meldes")
    NO_RECEIVER = "no_receiver", _("Skriv hvem det skal meldes til")
    DAY_PASSED = "day_passed", _("Dagen dere ser på rutinen igjen, må komme etter i dag")
    TOO_LATE = "too_late", _("Velg en dag innen ett år, så rutinen blir sett på minst én gang i året")


class ReadingObstacle(models.TextChoices):
    """What keeps somebody from saying that she has read a routine."""

    NOT_HERE = "not_here", _("Du arbeider ikke ved denne skolen")
    NEWER = "newer", _("Rutinen er endret. Les den nye")


def obstacles_to_review_day(*, review_on: date, today: date) -> list[RoutineObstacle]:
    """Return why this cannot be the next day the school looks at its routine."""
    wait = (review_on - today).days
    return [RoutineObstacle.DAY_PASSED] if wait <= 0 else [RoutineObstacle.TOO_LATE] if wait > LONGEST_WAIT else []


def obstacles_to_making_known(*, how: str, to_whom: str, review_on: date, today: date) -> list[RoutineObstacle]:
    """Return what is missing: how, to whom, and a day within a year to look at it again."""
    missing = {RoutineObstacle.NO_HOW: not how.strip(), RoutineObstacle.NO_RECEIVER: not to_whom.strip()}
    return [obstacle for obstacle, holds in missing.items() if holds] + obstacles_to_review_day(review_on=review_on, today=today)


def obstacles_to_reading(*, works_here: bool, is_newest: bool) -> list[ReadingObstacle]:
    """Return why a reading is not written in: only who works there, and only the edition that holds."""
    found = {ReadingObstacle.NOT_HERE: not works_here, ReadingObstacle.NEWER: not is_newest}
    return [obstacle for obstacle, holds in found.items() if holds]


def last_day_shown(today: date) -> date:
    """Return the last of the days that are said on «I dag»: a routine to be looked through by then, or before, stands there."""
    return today + timedelta(days=SHOWN_BEFORE)
