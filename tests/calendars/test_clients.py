"""The feed as three calendar programs read it: the same days and the same instants, across both clock changes.

Two of them run in Node. Where there is no Node the test says so and is skipped; under CI that is a failure.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar

from aktsom.plans.content_file import library_content
from aktsom.wheel.calendar import CalendarTask, as_calendar
from aktsom.wheel.checking import ordinary_year
from aktsom.wheel.rules import SchoolShape, year_plan

HERE = Path(__file__).parent
OSLO = ZoneInfo("Europe/Oslo")
MADE = datetime(2026, 8, 1, 6, 0, tzinfo=UTC)
DAYS = [date(2026, 10, 24), date(2026, 10, 25), date(2026, 10, 26), date(2027, 3, 27), date(2027, 3, 28), date(2027, 3, 29)]


def lacking(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pinned readers in it, fetched once a run."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        lacking("Ingen Node på denne maskinen, så kalenderen er ikke prøvd med ical.js og node-ical.")
    folder = tmp_path_factory.mktemp("calendars")
    for name in ("package.json", "package-lock.json", "read.mjs"):
        shutil.copy(HERE / name, folder / name)
    fetched = subprocess.run(
        [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    if fetched.returncode:
        lacking(f"ical.js og node-ical kunne ikke hentes med npm: {fetched.stderr[-300:]}")
    return folder


def read_with(readers: Path, calendar: bytes, zone: str = "Europe/Oslo") -> dict[str, list[dict[str, str]]]:
    (readers / "feed.ics").write_bytes(calendar)
    environment = {"PATH": os.environ["PATH"], "TZ": zone}
    said = subprocess.run(
        ["node", "read.mjs", "feed.ics"], cwd=readers, capture_output=True, text=True, timeout=120, check=True, env=environment
    )
    found: dict[str, list[dict[str, str]]] = json.loads(said.stdout)
    return found


def task(first: date, last: date, uid: str, **wishes: Any) -> CalendarTask:
    wanted = {"title": "Klassens time", "place": "8B", "why": "Uke 44.", "url": "https://a.test/1", "changed_at": MADE} | wishes
    return CalendarTask(uid=uid, starts_on=first, due_on=last, **wanted)


def with_lessons(calendar: bytes, days: list[date]) -> bytes:
    """Add an event at 08.30 on each day in the feed's own time zone, so that its zone block is tried and not only its days."""
    lines = []
    for day in days:
        start, end = f"{day:%Y%m%d}T083000", f"{day:%Y%m%d}T091500"
        lines += ["BEGIN:VEVENT", f"UID:time-{day}", "DTSTAMP:20260801T060000Z", f"DTSTART;TZID=Europe/Oslo:{start}"]
        lines += [f"DTEND;TZID=Europe/Oslo:{end}", "SUMMARY:Time", "END:VEVENT"]
    return calendar.replace(b"END:VCALENDAR", "\r\n".join([*lines, "END:VCALENDAR"]).encode())


def instants(found: list[dict[str, str]]) -> dict[str, str]:
    return {event["uid"]: event["instant"] for event in found if event["instant"]}


def days_of(found: list[dict[str, str]]) -> dict[str, tuple[str, str]]:
    return {event["uid"]: (event["day"], event["end"]) for event in found if event["day"]}


def test_instants_are_the_same_in_three_readers_across_both_clock_changes(readers: Path) -> None:
    calendar = with_lessons(as_calendar([], name="Prøve"), DAYS)
    right = {f"time-{day}": datetime(day.year, day.month, day.day, 8, 30, tzinfo=OSLO).astimezone(UTC) for day in DAYS}

    found = read_with(readers, calendar)
    ours = recurring_ical_events.of(Calendar.from_ical(calendar)).between(DAYS[0], DAYS[-1] + timedelta(days=1))

    expected = {uid: f"{at:%Y-%m-%dT%H:%M:%S}.000Z" for uid, at in right.items()}
    assert instants(found["ical.js"]) == expected
    assert instants(found["node-ical"]) == expected
    assert {str(event["UID"]): event["DTSTART"].dt.astimezone(UTC) for event in ours} == right


@pytest.mark.parametrize("zone", ["Europe/Oslo", "America/Los_Angeles", "Pacific/Auckland"])
def test_tasks_are_on_their_days_wherever_the_reader_is(readers: Path, zone: str) -> None:
    tasks = [task(day, day, f"en-{day}") for day in DAYS] + [task(DAYS[0], DAYS[2], "flere"), task(date(2026, 9, 1), DAYS[0], "lang")]
    expected = {f"en-{day}": (str(day), str(day + timedelta(days=1))) for day in DAYS}
    expected |= {"flere": ("2026-10-24", "2026-10-27"), "lang": ("2026-10-24", "2026-10-25")}

    found = read_with(readers, as_calendar(tasks, name="Prøve"), zone)

    assert days_of(found["ical.js"]) == expected
    assert days_of(found["node-ical"]) == expected


def test_a_whole_plans_year_is_read_alike_with_every_letter_in_it(readers: Path) -> None:
    content = library_content("lillestrom")
    year = year_plan(content, ordinary_year(date(2026, 9, 1)), SchoolShape({1: ("8A, «blå»", 8), 2: ("9B; grønn", 9)}))
    tasks = [task(one.starts_on, one.due_on, f"gjoremal-{number}", title=one.title, why=one.why) for number, one in enumerate(year.tasks)]

    calendar = as_calendar(tasks, name="Årshjul")
    found = read_with(readers, calendar)
    ours = {str(event["UID"]): (str(event["DTSTART"].dt), str(event["DTEND"].dt)) for event in Calendar.from_ical(calendar).walk("VEVENT")}

    assert len(ours) == len(tasks) > 100
    assert days_of(found["ical.js"]) == ours
    assert days_of(found["node-ical"]) == ours
    titles = {str(event["UID"]): str(event["SUMMARY"]) for event in Calendar.from_ical(calendar).walk("VEVENT")}
    assert {event["uid"]: event["title"] for event in found["ical.js"]} == titles
    assert {event["uid"]: event["title"] for event in found["node-ical"]} == titles


def test_lock_names_no_registry() -> None:
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))

    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock["packages"].items() if name)
