"""Names for days of any school year: «first_pupil_day-1d», «school_week(2).last», «month(9).last», «date(10-10)»."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aktsom.core.timing.yearly.year import YearDays

_WRITTEN = re.compile(
    r"^(?P<name>[a-z_]+)(?:\((?P<which>[0-9]{1,2}(?:-[0-9]{1,2})?)\))?(?:\.(?P<side>first|last))?(?P<offset>[+-][0-9]{1,3}d)?$"
)
_SIDED = {"planning", "startup", "school_week", "first_full_week", "month", "autumn", "spring", "year"}
_NUMBERED = {"school_week", "month", "iso_week"}
_MONTHS, _WEEKS = 12, 53


class PointInvalid(ValueError):
    """The text names no day of a school year."""


class PointMissing(LookupError):
    """The school has not entered what this day is counted from. The text says what to enter."""


@dataclass(frozen=True)
class Point:
    """A day of any school year: a name, perhaps which one of its kind, which end of it, and days before or after."""

    name: str
    which: str = ""
    side: str = ""
    offset: int = 0  # calendar days

    def __str__(self) -> str:
        number = f"({self.which})" if self.which else ""
        side = f".{self.side}" if self.side else ""
        offset = f"{self.offset:+d}d" if self.offset else ""
        return f"{self.name}{number}{side}{offset}"

    def in_year(self, year: YearDays) -> date:
        """Return the day in this year. Raise PointMissing when the school has not entered what it hangs on."""
        first, last = _SPANS[self.name](year, self.which)
        return (last if self.side == "last" else first) + timedelta(days=self.offset)


def _span_missing(text: Promise | str) -> PointMissing:
    return PointMissing(str(text))


def _planning(year: YearDays, which: str) -> tuple[date, date]:
    if year.planning_before_start is None:
        raise _span_missing(_("Skriv inn planleggingsdagene før skolestart i skoleruta."))
    return year.planning_before_start


def _startup(year: YearDays, which: str) -> tuple[date, date]:
    if year.startup is None:
        raise _span_missing(_("Skriv inn hvilke dager som er oppstartsdager i skoleruta."))
    return year.startup


def _school_week(year: YearDays, which: str) -> tuple[date, date]:
    number = int(which)
    if number > len(year.weeks):
        raise _span_missing(_("Skoleåret har ikke så mange uker."))
    week = year.weeks[number - 1]
    return week.first, week.last


def _full_week(year: YearDays, which: str) -> tuple[date, date]:
    week = next((week for week in year.weeks if week.is_full), None)
    if week is None:
        raise _span_missing(_("Skoleruta har ingen uke med skole alle fem dagene."))
    return week.first, week.last


def _iso_week(year: YearDays, which: str) -> tuple[date, date]:
    number = int(which)
    spring = number < date(year.autumn_year, 7, 25).isocalendar().week
    iso_year = year.autumn_year + 1 if spring else year.autumn_year
    try:
        monday = date.fromisocalendar(iso_year, number, 1)
    except ValueError as error:
        raise _span_missing(_("Dette året har ingen uke %(week)d.") % {"week": number}) from error
    return monday, monday + timedelta(days=4)


def _date(year: YearDays, which: str) -> tuple[date, date]:
    month, day = which.split("-")
    found = year.day(int(month), int(day))
    return found, found


def _one(day: Callable[[YearDays], date]) -> Callable[[YearDays, str], tuple[date, date]]:
    return lambda year, which: (day(year), day(year))


_SPANS: dict[str, Callable[[YearDays, str], tuple[date, date]]] = {
    "first_pupil_day": _one(lambda year: year.first_pupil_day),
    "last_day": _one(lambda year: year.last_day),
    "planning": _planning,
    "startup": _startup,
    "school_week": _school_week,
    "first_full_week": _full_week,
    "iso_week": _iso_week,
    "month": lambda year, which: year.month(int(which)),
    "date": _date,
    "autumn": lambda year, which: year.autumn(),
    "spring": lambda year, which: year.spring(),
    "year": lambda year, which: (year.first, year.last),
}


def point_from(text: str) -> Point:
    """Return the point a text names, e.g. ``school_week(2).last+3d``. Raise PointInvalid when it names none."""
    found = _WRITTEN.match(text.strip())
    if found is None or found["name"] not in _SPANS:
        raise PointInvalid(_("«%(text)s» er ikke en dag i skoleåret.") % {"text": text})
    name, which, side = found["name"], found["which"] or "", found["side"] or ""
    if not _fits(name, which, side):
        raise PointInvalid(_("«%(text)s» er ikke en dag i skoleåret.") % {"text": text})
    if name in _SIDED | {"iso_week"} and not side:
        side = "first"
    return Point(name, which, side, int((found["offset"] or "+0d")[:-1]))


def _fits(name: str, which: str, side: str) -> bool:
    if name == "date":
        return "-" in which and not side and _is_date(which)
    if name in _NUMBERED:
        top = _MONTHS if name == "month" else _WEEKS
        return which.isdigit() and 1 <= int(which) <= top
    return not which and (not side or name in _SIDED)


def _is_date(which: str) -> bool:
    month, day = (int(part) for part in which.split("-"))
    try:
        date(2024, month, day)  # a leap year: 29 February is a day people write
    except ValueError:
        return False
    return True


POINT_WORDS = {
    "first_pupil_day": gettext_lazy("første skoledag for elevene"),
    "last_day": gettext_lazy("siste skoledag"),
    "planning.first": gettext_lazy("første planleggingsdag"),
    "planning.last": gettext_lazy("siste planleggingsdag før skolestart"),
    "startup.first": gettext_lazy("første oppstartsdag"),
    "startup.last": gettext_lazy("siste oppstartsdag"),
    "first_full_week.first": gettext_lazy("starten av den første hele skoleuka"),
    "first_full_week.last": gettext_lazy("slutten av den første hele skoleuka"),
    "autumn.first": gettext_lazy("starten av høstterminen"),
    "autumn.last": gettext_lazy("slutten av høstterminen"),
    "spring.first": gettext_lazy("starten av vårterminen"),
    "spring.last": gettext_lazy("slutten av vårterminen"),
    "year.first": gettext_lazy("1. august"),
    "year.last": gettext_lazy("slutten av skoleåret"),
}
MONTH_NAMES = (
    gettext_lazy("januar"),
    gettext_lazy("februar"),
    gettext_lazy("mars"),
    gettext_lazy("april"),
    gettext_lazy("mai"),
    gettext_lazy("juni"),
    gettext_lazy("juli"),
    gettext_lazy("august"),
    gettext_lazy("september"),
    gettext_lazy("oktober"),
    gettext_lazy("november"),
    gettext_lazy("desember"),
)


def point_words(point: Point) -> str:
    """Return the point in plain words, e.g. «dagen før første skoledag for elevene»."""
    base = _base_words(point)
    if not point.offset:
        return base
    if point.offset == -1:
        return _("dagen før %(day)s") % {"day": base}
    words = {"days": abs(point.offset), "day": base}
    return _("%(days)d dager etter %(day)s") % words if point.offset > 0 else _("%(days)d dager før %(day)s") % words


def _base_words(point: Point) -> str:
    last = point.side == "last"
    if point.name == "school_week":
        words: dict[str, object] = {"number": int(point.which)}
        return _("slutten av skoleuke %(number)d") % words if last else _("starten av skoleuke %(number)d") % words
    if point.name == "iso_week":
        words = {"number": int(point.which)}
        return _("slutten av uke %(number)d") % words if last else _("starten av uke %(number)d") % words
    if point.name == "month":
        words = {"month": MONTH_NAMES[int(point.which) - 1]}
        return _("slutten av %(month)s") % words if last else _("starten av %(month)s") % words
    if point.name == "date":
        month, day = (int(part) for part in point.which.split("-"))
        return _("%(day)d. %(month)s") % {"day": day, "month": MONTH_NAMES[month - 1]}
    return str(POINT_WORDS[f"{point.name}.{point.side}" if point.side else point.name])
