"""A school year as it usually is, for somebody to look at and correct. Nothing here is the Act's; the owner sets the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from aktsom.core.timing.calendar import is_public_holiday, public_holiday_name
from aktsom.schools.rules import DayKind

# County: the ISO weeks its schools have most often had for autumn and winter holiday. Only a place to begin.
USUAL_WEEKS: dict[str, tuple[int, int]] = {
    "Agder": (40, 8),
    "Akershus": (40, 8),
    "Buskerud": (40, 8),
    "Finnmark": (41, 10),
    "Innlandet": (41, 9),
    "Møre og Romsdal": (41, 8),
    "Nordland": (41, 9),
    "Oslo": (40, 8),
    "Rogaland": (41, 9),
    "Telemark": (41, 8),
    "Troms": (41, 10),
    "Trøndelag": (41, 8),
    "Vestfold": (40, 8),
    "Vestland": (41, 9),
    "Østfold": (40, 8),
}
TURNS_IN_MAY = 5  # from May on it is the coming year that is planned
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class ProposedSpan:
    """Some days of the proposal; both ends included."""

    kind: DayKind
    name: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class ProposedYear:
    """A school year to look at: its ends, and the days the pupils are away."""

    first_day: date
    last_day: date
    spans: tuple[ProposedSpan, ...]


def year_to_plan(day: date) -> int:
    """Return the calendar year in which the school year one would write in now begins."""
    return day.year if day.month >= TURNS_IN_MAY else day.year - 1


def proposed_year(begins: int, county: str) -> ProposedYear:
    """Return the year as schools in the county usually have it. What is not known is left out, never made up."""
    pupils_come = _monday(date(begins, 8, 18))
    last_day = _monday(date(begins + 1, 6, 19)) + 4 * DAY
    spans = [
        ProposedSpan(DayKind.PLANNING, "Planleggingsdager", pupils_come - 5 * DAY, pupils_come - 3 * DAY),
        *_weeks_off(begins, county),
        ProposedSpan(DayKind.HOLIDAY, "Juleferie", _monday(date(begins, 12, 22)), _last_before(_monday(date(begins + 1, 1, 2) + 6 * DAY))),
        *_spring(begins + 1, last_day),
    ]
    return ProposedYear(pupils_come - 5 * DAY, last_day, tuple(sorted(spans, key=lambda span: span.first_day)))


def _weeks_off(begins: int, county: str) -> list[ProposedSpan]:
    weeks = USUAL_WEEKS.get(county)
    if weeks is None:
        return []
    found = []
    for name, year, week in (("Høstferie", begins, weeks[0]), ("Vinterferie", begins + 1, weeks[1])):
        monday = date.fromisocalendar(year, week, 1)
        found.append(ProposedSpan(DayKind.HOLIDAY, name, monday, monday + 4 * DAY))
    return found


def _spring(year: int, last_day: date) -> list[ProposedSpan]:
    """Return Easter, and each public holiday on a weekday from then on until school ends."""
    easter = next(day for day in _days(date(year, 3, 23), date(year, 4, 26)) if day.weekday() == 0 and is_public_holiday(day))
    later = [day for day in _days(easter + DAY, last_day) if is_public_holiday(day) and day.weekday() < 5]
    return [
        ProposedSpan(DayKind.HOLIDAY, "Påskeferie", easter - WEEK, easter),
        *(ProposedSpan(DayKind.HOLIDAY, public_holiday_name(day), day, day) for day in later),
    ]


def _monday(day: date) -> date:
    return day - day.weekday() * DAY


def _last_before(monday: date) -> date:
    return monday - 3 * DAY


def _days(first: date, last: date) -> list[date]:
    return [first + number * DAY for number in range((last - first).days + 1)]
