"""The year in calendars and spreadsheets: same days everywhere, nobody's name, ended when somebody says so."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
import recurring_ical_events
from django.test import Client
from icalendar import Calendar

from aktsom.core.timing.clock import now, today
from aktsom.plans.services import begin_plan, put_edition_in_force
from aktsom.schools.models import SchoolYear
from aktsom.schools.selectors import current_year
from aktsom.wheel.calendar import CalendarTask, as_calendar, as_spreadsheet, mark_of
from aktsom.wheel.models import CalendarFeed, WheelTask
from aktsom.wheel.services import arrange_year, make_feed, mark_done
from tests.cast import Cast
from tests.signed_in import sign_in

MADE = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)


def task(first: date, last: date, **wishes: Any) -> CalendarTask:
    wanted = {"uid": f"{first}@x", "title": "Klassens time", "place": "8B", "why": "Uke 44.", "url": "https://a.test/1", "changed_at": MADE}
    return CalendarTask(starts_on=first, due_on=last, **(wanted | wishes))


@pytest.mark.parametrize(
    "day", [date(2026, 10, 24), date(2026, 10, 25), date(2026, 10, 26), date(2027, 3, 27), date(2027, 3, 28), date(2027, 3, 29)]
)
def test_task_is_on_its_day_across_both_clock_changes(day: date) -> None:
    calendar = Calendar.from_ical(as_calendar([task(day, day)], name="Prøve"))

    found = recurring_ical_events.of(calendar).between(day - timedelta(days=3), day + timedelta(days=4))

    assert [(event["DTSTART"].dt, event["DTEND"].dt) for event in found] == [(day, day + timedelta(days=1))]


def test_own_zone_block_is_written_as_it_should_be_read() -> None:
    text = as_calendar([task(date(2026, 10, 1), date(2026, 10, 1))], name="Prøve").decode()

    assert "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200" in text
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text or "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" in text
    assert "RDATE" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_long_span_shows_only_its_last_day() -> None:
    calendar = Calendar.from_ical(as_calendar([task(date(2026, 9, 1), date(2026, 9, 30))], name="Prøve"))
    (event,) = calendar.walk("VEVENT")

    assert (event["DTSTART"].dt, str(event["SUMMARY"])) == (date(2026, 9, 30), "Siste dag: Klassens time (8B)")


def test_text_that_looks_like_a_formula_stays_a_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_spreadsheet([(date(2026, 9, 1), "=1+1")], title="År/hjul", headings=("Fra", "Hva"))))
    sheet = book.active

    assert (sheet["A2"].value.date(), sheet["B2"].value, sheet["B2"].data_type) == (date(2026, 9, 1), "'=1+1", "s")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B2")


def test_same_tasks_give_the_same_file_and_mark_in_every_process() -> None:
    tasks = [task(date(2026, 10, 24), date(2026, 10, 24)), task(date(2026, 11, 2), date(2026, 11, 3), title="Tur æøå")]

    assert as_calendar(tasks, name="Prøve") == as_calendar(list(tasks), name="Prøve")
    assert mark_of(tasks) == "16dffa6d156e29f0249eb322"


@pytest.mark.parametrize("change", [{"title": "Noe annet"}, {"place": "8C"}, {"why": "Uke 45."}, {"is_cancelled": True}, {"sequence": 1}])
def test_mark_changes_with_anything_a_calendar_shows(change: dict[str, Any]) -> None:
    day = date(2026, 10, 24)

    assert mark_of([task(day, day)]) != mark_of([task(day, day, **change)])


def test_what_went_out_of_the_plan_is_cancelled() -> None:
    calendar = Calendar.from_ical(as_calendar([task(date(2026, 9, 1), date(2026, 9, 1), is_cancelled=True)], name="Prøve"))

    assert [str(event["STATUS"]) for event in calendar.walk("VEVENT")] == ["CANCELLED"]


@pytest.fixture
def year(cast: Cast) -> Any:
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, template="storhamar")
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
    found = current_year(cast.school.pk, today())
    arrange_year(by=by, school=cast.school, year=found)
    return found


@pytest.mark.django_db
def test_feed_holds_my_tasks_and_nobodys_name(client: Client, cast: Cast, year: Any) -> None:
    done = WheelTask.objects.filter(row_key="sto-f13").first()
    mark_done(by=cast.actor("contact_teacher"), task=done, done_on=today(), note="Ylva var lei seg.")
    _feed, secret = make_feed(by=cast.actor("contact_teacher"), school=cast.school)

    answer = client.get(f"/kalender/{secret}.ics")

    text = answer.content.decode().replace("\r\n ", "")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Klassens time (8B)" in text
    assert "Ylva" not in text
    assert all(str(person) not in text for person in cast.people.values())
    assert client.get(f"/kalender/{secret}.ics", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_address_is_made_shown_once_and_ended(client: Client, cast: Cast, year: Any) -> None:
    teacher = sign_in(cast, "contact_teacher")
    page = teacher.post(f"/arshjul/kalender/{cast.school.public_id}/ny/", {"whose": "school"}).content.decode()
    secret = next(piece.split(".ics")[0] for piece in page.split("/kalender/")[1:] if ".ics" in piece[:60])
    feed = CalendarFeed.objects.get()

    assert feed.person_id == cast.person("contact_teacher").pk  # only the leadership makes the school's own
    assert client.get(f"/kalender/{secret}.ics").status_code == 200
    assert secret not in teacher.get("/arshjul/kalender/").content.decode()
    assert sign_in(cast, "teacher_of_others").post(f"/arshjul/kalender/{feed.public_id}/avslutt/").status_code == 404
    teacher.post(f"/arshjul/kalender/{feed.public_id}/avslutt/")
    assert client.get(f"/kalender/{secret}.ics").status_code == 404
    assert client.get("/kalender/finnes-ikke.ics").status_code == 404


@pytest.mark.django_db
def test_schools_feed_ends_with_nobody_and_shows_the_whole_school(client: Client, cast: Cast, year: Any) -> None:
    _feed, secret = make_feed(by=cast.actor("head_teacher"), school=cast.school, is_schools=True)

    assert "Oppstartsuker" in client.get(f"/kalender/{secret}.ics").content.decode().replace("\r\n ", "")


@pytest.mark.django_db
def test_spreadsheet_is_of_the_year_that_was_asked_for(cast: Cast, year: Any, building: Callable[[], Any]) -> None:
    with building():
        SchoolYear.objects.create(school=cast.school, name="2027/2028", first_day=date(2027, 8, 16), last_day=date(2028, 6, 20))
    head = sign_in(cast, "head_teacher")

    answer = head.get(f"/arshjul/{cast.school.public_id}/regneark.xlsx?ar=2027/2028")

    assert openpyxl.load_workbook(io.BytesIO(answer.content)).active.max_row == 1
    assert answer["Content-Disposition"] == 'attachment; filename="arshjul-2027-2028.xlsx"'
    assert "regneark.xlsx?ar=2027/2028" in head.get(f"/arshjul/{cast.school.public_id}/liste/?ar=2027/2028").content.decode()


@pytest.mark.django_db
def test_year_is_fetched_as_a_spreadsheet_by_those_who_work_there(cast: Cast, year: Any) -> None:
    answer = sign_in(cast, "contact_teacher").get(f"/arshjul/{cast.school.public_id}/regneark.xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row == WheelTask.objects.count() + 1
    assert sign_in(cast, "head_teacher_elsewhere").get(f"/arshjul/{cast.school.public_id}/regneark.xlsx").status_code in {403, 404}


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "cancelled"), [(0, 1), (29, 1), (31, 0)])
def test_feed_shows_what_went_out_as_cancelled_for_a_month(
    client: Client, cast: Cast, year: Any, building: Any, days: int, cancelled: int
) -> None:
    gone = WheelTask.objects.filter(group=cast.group, who=" contact_teacher ", row_key="sto-f13").order_by("due_on")[0]
    with building():
        WheelTask.objects.filter(pk=gone.pk).update(state="gone", changed_at=now() - timedelta(days=days))
    _feed, secret = make_feed(by=cast.actor("contact_teacher"), school=cast.school)

    answer = client.get(f"/kalender/{secret}.ics")

    assert answer.content.decode().count("STATUS:CANCELLED") == cancelled
    assert "Last-Modified" in answer.headers


def test_sign_that_is_no_letter_does_not_stop_the_spreadsheet() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_spreadsheet([("Tur\x08 ut", 2)], title="Ark", headings=("Hva", "Antall"))))

    assert [cell.value for cell in book.active[2]] == ["Tur ut", 2]
