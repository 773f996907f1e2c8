"""The year's tasks as an iCalendar file and as a spreadsheet. No personal data: what is to be done and for which class."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from aktsom.core.ui.forms import readable

# Written out, since what a library writes for this zone is read an hour wrong by some calendars (integrations.md section 5).
ZONE = """BEGIN:VTIMEZONE\r
TZID:Europe/Oslo\r
BEGIN:DAYLIGHT\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
TZNAME:CEST\r
DTSTART:19700329T020000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
TZNAME:CET\r
DTSTART:19701025T030000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
END:STANDARD\r
END:VTIMEZONE\r
"""
SHORT = 5  # days; a longer span is shown on its last day only, so that it does not fill the calendar
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class CalendarTask:
    """A task as a calendar shows it. ``changed`` counts up when it moves."""

    uid: str
    title: str
    place: str
    starts_on: date
    due_on: date
    why: str
    url: str
    changed_at: datetime
    sequence: int = 0
    is_cancelled: bool = False


def mark_of(tasks: Iterable[CalendarTask]) -> str:
    """Return a mark that is the same in every process, and another as soon as anything a calendar shows is."""
    said = repr([tuple(str(value) for value in astuple(task)) for task in tasks])
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def as_calendar(tasks: Iterable[CalendarTask], *, name: str) -> bytes:
    """Return an iCalendar file with one all-day event for each task, in the zone Europe/Oslo. The same tasks give the same file."""
    from icalendar import Calendar, Event, Timezone  # slow import

    calendar = Calendar()
    for field, value in (
        ("prodid", "-//Aktsom//Årshjul//NO"),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", name),
        ("x-wr-timezone", "Europe/Oslo"),
        ("x-published-ttl", "PT12H"),
    ):
        calendar.add(field, value)
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    calendar.add_component(Timezone.from_ical(ZONE))
    for task in tasks:
        calendar.add_component(_event(Event(), task))
    return bytes(calendar.to_ical())


def _event(event: Any, task: CalendarTask) -> Any:
    first = task.starts_on if (task.due_on - task.starts_on).days < SHORT else task.due_on
    title = f"{task.title} ({task.place})" if task.place else task.title
    event.add("uid", task.uid)
    event.add("dtstamp", task.changed_at)
    event.add("last-modified", task.changed_at)
    event.add("sequence", task.sequence)
    event.add("summary", title if first == task.starts_on else _("Siste dag: %(title)s") % {"title": title})
    event.add("dtstart", first)
    event.add("dtend", task.due_on + timedelta(days=1))
    event.add("description", task.why)
    event.add("url", task.url)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [_("Årshjul")])
    if task.is_cancelled:
        event.add("status", "CANCELLED")
    return event


def as_spreadsheet(rows: Iterable[tuple[Any, ...]], *, title: str, headings: Iterable[str]) -> bytes:
    """Return an xlsx file with a frozen heading, a filter and real dates. A text that looks like a formula stays a text."""
    from openpyxl import Workbook  # slow import
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = title[:31].replace("/", "-").replace(":", "") or "Ark"
    sheet.append(list(headings))
    for row in rows:
        sheet.append([_cell(value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, width in zip("ABCDEFGHIJ", (14, 14, 50, 16, 40, 16, 14, 40, 40, 20), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _cell(value: Any) -> Any:
    text = readable(str(value)) if not isinstance(value, date) else ""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text if isinstance(value, str) else value
