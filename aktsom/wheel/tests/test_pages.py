"""The pages of the year: seen, narrowed, marked, put in order; each at a bounded number of reads."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aktsom.core.timing.clock import today
from aktsom.core.timing.yearly.occurrences import OccurrenceKind
from aktsom.schools.models import CalendarSpan, SchoolYear
from aktsom.wheel.models import FirstLesson, RoleHolder, RowFact, WheelTask
from aktsom.wheel.rules import Place, TaskChange, TaskState, Wanted
from aktsom.wheel.services import arrange_year, mark_done, skip_task
from aktsom.wheel.views.arranging import summary_of
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
MOST_READS = 25
PAGES = ("", "liste/", "trinn/", "min-klasse/", "roller/", "mangler/", "mangler/timer/", "ordne/", "oversikt/", "rapport/")


@pytest.fixture
def head(cast: Cast) -> Client:
    return sign_in(cast, "head_teacher")


def own(cast: Cast) -> WheelTask:
    return WheelTask.objects.filter(group=cast.group, who=" contact_teacher ").order_by("due_on", "id")[0]


@pytest.mark.parametrize("page", PAGES)
def test_page_is_there_within_its_reads(cast: Cast, laid_out: Any, head: Client, page: str) -> None:
    with CaptureQueriesContext(connection) as reads:
        answer = head.get(f"/arshjul/{cast.school.public_id}/{page}")

    assert answer.status_code == 200
    assert len(reads) <= MOST_READS


@pytest.mark.parametrize("page", PAGES)
def test_page_without_a_plan_says_what_to_do(cast: Cast, head: Client, page: str) -> None:
    assert head.get(f"/arshjul/{cast.school.public_id}/{page}").status_code == 200


@pytest.mark.parametrize("page", ["", "liste/"])
def test_school_without_a_calendar_has_an_empty_wheel(cast: Cast, head: Client, page: str, building: Callable[[], Any]) -> None:
    with building():
        cast.group.year = None
        cast.group.save()
        type(cast.group).objects.filter(school=cast.school).update(year=None)
        SchoolYear.objects.filter(school=cast.school).delete()

    assert "Skolen har ikke noe skoleår ennå" in head.get(f"/arshjul/{cast.school.public_id}/{page}").content.decode()


@pytest.mark.parametrize("name", ["pupil", "guardian", "head_teacher_elsewhere", "technical_admin"])
def test_others_do_not_get_in(cast: Cast, laid_out: Any, name: str) -> None:
    client = sign_in(cast, name)

    assert client.get(f"/arshjul/{cast.school.public_id}/").status_code in {403, 404}
    assert client.get(f"/arshjul/gjoremal/{own(cast).public_id}/").status_code in {403, 404}


def test_teacher_marks_her_class_from_her_week_and_takes_it_back(cast: Cast, laid_out: Any) -> None:
    client, task = sign_in(cast, "contact_teacher"), own(cast)
    monday = task.due_on - timedelta(days=task.due_on.weekday())
    week = f"/arshjul/?uke={monday.isoformat()}"

    assert f"/arshjul/gjoremal/{task.public_id}/gjort/" in client.get(week).content.decode()
    answer = client.post(f"/arshjul/gjoremal/{task.public_id}/gjort/", {"tilbake": week})
    task.refresh_from_db()

    assert (answer.status_code, answer["Location"]) == (302, week)
    assert (task.state, task.done_on, task.done_by) == (TaskState.DONE, today(), cast.person("contact_teacher"))
    client.post(f"/arshjul/gjoremal/{task.public_id}/angre/")
    task.refresh_from_db()
    assert (task.state, task.done_on) == (TaskState.OPEN, None)


def test_done_with_a_note_and_what_shows_it_stands_on_the_page(cast: Cast, laid_out: Any) -> None:
    client, task = sign_in(cast, "contact_teacher"), own(cast)
    sent = {"done_on": today().isoformat(), "note": "Alle var med.", "evidence": "Referat\nhttps://example.invalid/bilde"}

    client.post(f"/arshjul/gjoremal/{task.public_id}/gjort/", sent)

    page = client.get(f"/arshjul/gjoremal/{task.public_id}/").content.decode()
    task.refresh_from_db()
    assert task.evidence == ["Referat", "https://example.invalid/bilde"]
    assert "Alle var med." in page


def test_day_to_come_and_missing_reason_are_refused_with_words(cast: Cast, laid_out: Any) -> None:
    client, task = sign_in(cast, "contact_teacher"), own(cast)

    later = client.post(f"/arshjul/gjoremal/{task.public_id}/gjort/", {"done_on": (today() + timedelta(days=2)).isoformat()})
    empty = client.post(f"/arshjul/gjoremal/{task.public_id}/hopp-over/", {"reason": ""})

    assert (later.status_code, empty.status_code) == (422, 422)
    assert "Datoen kan ikke være fram i tid." in later.content.decode()
    assert "Skriv hvorfor dere hopper over det." in empty.content.decode()
    task.refresh_from_db()
    assert task.state == TaskState.OPEN


def test_back_leads_only_to_our_own_pages(cast: Cast, laid_out: Any) -> None:
    client, task = sign_in(cast, "contact_teacher"), own(cast)

    for asked in ("https://example.invalid/", "//example.invalid/", "javascript:1"):
        answer = client.post(f"/arshjul/gjoremal/{task.public_id}/gjort/", {"tilbake": asked})
        assert answer["Location"] == f"/arshjul/gjoremal/{task.public_id}/"


def test_teacher_of_others_sees_without_a_button_and_is_refused(cast: Cast, laid_out: Any) -> None:
    client, task = sign_in(cast, "teacher_of_others"), own(cast)

    page = client.get(f"/arshjul/gjoremal/{task.public_id}/").content.decode()

    assert (task.title in page, "Gjort i dag" in page) == (True, False)
    assert client.post(f"/arshjul/gjoremal/{task.public_id}/gjort/").status_code == 403


def test_list_is_narrowed_by_class_month_and_standing(cast: Cast, laid_out: Any, head: Client) -> None:
    task = own(cast)
    mark_done(by=cast.actor("head_teacher"), task=task, done_on=today())
    address = f"/arshjul/{cast.school.public_id}/liste/?klasse={cast.group.public_id}&status=done&maned={task.due_on:%Y-%m}"

    page = head.get(address)

    assert [row.task.pk for row in page.context["rows"]] == [task.pk]
    assert head.get(f"{address}&rolle=school_nurse").context["rows"] == []
    assert head.get(f"/arshjul/{cast.school.public_id}/liste/?maned=tull&klasse=tull&side=tull").status_code == 200


def test_neg_56_row_without_a_day_gets_none_of_its_own_and_stands_among_what_is_missing(cast: Cast, laid_out: Any, head: Client) -> None:
    page = head.get(f"/arshjul/{cast.school.public_id}/mangler/").content.decode()

    assert list(WheelTask.objects.filter(row_key="sto-f17").exclude(due_on=None)) == []
    assert "rad=sto-f17" in page
    assert list(RowFact.objects.all()) == []


def test_missing_date_is_entered_and_the_year_follows(cast: Cast, laid_out: Any, head: Client) -> None:
    school, day = cast.school.public_id, laid_out.first_day + timedelta(days=30)
    address = f"/arshjul/{school}/mangler/dato/?rad=sto-f17"

    assert head.get(address).status_code == 200
    assert head.post(address, {"set_dates": "31.11.2026"}).status_code == 422
    assert head.post(address, {"set_dates": f"{day:%d.%m.%Y}"}).status_code == 302
    assert RowFact.objects.get().set_dates == [day.isoformat()]
    assert [task.due_on for task in WheelTask.objects.filter(row_key="sto-f17", state="open")] == [day]
    assert head.get(f"/arshjul/{school}/mangler/dato/?rad=finnes-ikke").status_code == 404


def test_first_lessons_are_entered_for_those_filled_in(cast: Cast, laid_out: Any, head: Client) -> None:
    day = laid_out.first_day + timedelta(days=1)

    head.post(f"/arshjul/{cast.school.public_id}/mangler/timer/", {f"group_{cast.group.pk}": day.isoformat()})

    assert [(lesson.group, lesson.on) for lesson in FirstLesson.objects.all()] == [(cast.group, day)]


def test_role_is_given_and_ended_on_the_page(cast: Cast, laid_out: Any, head: Client) -> None:
    address = f"/arshjul/{cast.school.public_id}/roller/"
    sent = {"role": "council_adult", "person": cast.person("contact_teacher").public_id, "valid_from": today().isoformat()}

    assert head.post(address, sent | {"valid_until": "2001-01-01"}).status_code == 422
    assert head.post(address, sent).status_code == 302
    holder = RoleHolder.objects.get()
    assert sign_in(cast, "contact_teacher").post(address, sent).status_code == 403
    head.post(f"/arshjul/rolle/{holder.public_id}/avslutt/")
    holder.refresh_from_db()
    assert holder.valid_until == today()


def calendar_of(year: SchoolYear, **changed: str) -> dict[str, str]:
    sent = {"lines": "2", "first_day": year.first_day.isoformat(), "last_day": year.last_day.isoformat()}
    for number, span in enumerate(year.spans.all()):
        sent |= {f"kind_{number}": span.kind, f"name_{number}": span.name}
        sent |= {f"from_{number}": span.first_day.isoformat(), f"until_{number}": span.last_day.isoformat()}
    return sent | changed


def test_calendar_shows_what_moves_and_whose_before_anything_is_written(cast: Cast, laid_out: Any, head: Client) -> None:
    address = f"/skolen/{cast.school.public_id}/skolerute/"
    before = list(WheelTask.objects.order_by("pk").values_list("due_on", "state"))
    sent = calendar_of(laid_out, first_day=(laid_out.first_day + timedelta(days=7)).isoformat())

    shown = head.post(address, sent)
    page = shown.content.decode()

    assert (shown.status_code, "Dette skjer når du sier ja" in page, "flyttes" in page, "kontaktlærer" in page) == (200, True, True, True)
    assert list(WheelTask.objects.order_by("pk").values_list("due_on", "state")) == before
    laid_out.refresh_from_db()
    assert laid_out.first_day.isoformat() == calendar_of(laid_out)["first_day"] != sent["first_day"]
    assert head.post(address, sent | {"bekreft": "ja"}).status_code == 302
    laid_out.refresh_from_db()
    assert laid_out.first_day.isoformat() == sent["first_day"]
    assert list(WheelTask.objects.order_by("pk").values_list("due_on", "state")) != before


def test_planning_day_is_added_and_impossible_calendar_is_refused(cast: Cast, laid_out: Any, head: Client) -> None:
    address, day = f"/skolen/{cast.school.public_id}/skolerute/", (laid_out.first_day + timedelta(days=63)).isoformat()
    added = {"kind_1": "planning", "from_1": day, "bekreft": "ja"}

    assert head.post(address, calendar_of(laid_out, last_day="2001-06-20", bekreft="ja")).status_code == 422
    assert head.post(address, calendar_of(laid_out, kind_1="planning", bekreft="ja")).status_code == 422
    assert head.post(address, calendar_of(laid_out, **added)).status_code == 302
    assert CalendarSpan.objects.get(kind="planning").first_day == date.fromisoformat(day)
    assert sign_in(cast, "contact_teacher").get(address).status_code == 403


def test_year_is_arranged_from_its_page(cast: Cast, laid_out: Any, head: Client, building: Callable[[], Any]) -> None:
    with building():
        WheelTask.objects.filter(row_key="sto-f13").delete()
    address = f"/arshjul/{cast.school.public_id}/ordne/"

    assert "gjøremål kommer til" in head.get(address).content.decode()
    head.post(address)

    assert WheelTask.objects.filter(row_key="sto-f13").exists()
    assert "Årshjulet følger planen allerede" in head.get(address).content.decode()


def test_owner_sees_each_school_and_no_other_owners(cast: Cast, laid_out: Any) -> None:
    client = sign_in(cast, "owner_handler")

    overview = client.get("/arshjul/eier/")
    whole = client.get("/arshjul/")

    assert [row.school for row in overview.context["rows"]] == [cast.school]
    assert overview.context["rows"][0].tally.total == WheelTask.objects.count()
    assert whole["Location"] == "/arshjul/eier/"
    assert client.get(f"/arshjul/{cast.school.public_id}/oversikt/").status_code == 200
    assert client.get(f"/arshjul/gjoremal/{own(cast).public_id}/").status_code == 200
    assert client.post(f"/arshjul/gjoremal/{own(cast).public_id}/gjort/").status_code == 403
    assert sign_in(cast, "other_owner_handler").get(f"/arshjul/{cast.school.public_id}/oversikt/").status_code == 404


def test_qua_11_year_is_seen_under_the_two_areas_in_wheel_list_overview_and_owners_report(cast: Cast, laid_out: Any, head: Client) -> None:
    place = f"/arshjul/{cast.school.public_id}/"

    rings = head.get(f"{place}?ringer=omrader").context["picture"].rings
    listed = [head.get(f"{place}liste/?fokus={focus}").context["part"].paginator.count for focus in ("fellesskap", "handtere", "")]
    overview = head.get(f"{place}oversikt/")
    [(_report, _areas, focuses)] = sign_in(cast, "owner_handler").get("/arshjul/eier/rapport/").context["reports"]

    assert {"Et inkluderende fellesskap", "Forebygge, avdekke og håndtere"} <= {ring.name for ring in rings}
    assert listed[0] > 0 < listed[1]
    assert listed[2] == WheelTask.objects.count() >= max(listed[:2])
    assert sum(tally.total for _name, tally in overview.context["focuses"]) == WheelTask.objects.count()
    assert dict(focuses) == dict(overview.context["focuses"])


def test_report_shows_notes_and_reasons_and_comes_as_pdf(cast: Cast, laid_out: Any, head: Client) -> None:
    by = cast.actor("head_teacher")
    first, second = WheelTask.objects.filter(row_key="sto-f13").order_by("due_on", "id")[:2]
    mark_done(by=by, task=first, done_on=today(), note="Klassen lagde regler.", evidence=["Regler på tavla"])
    skip_task(by=by, task=second, reason="Klassen var på tur.")

    page = head.get(f"/arshjul/{cast.school.public_id}/rapport/").content.decode()
    paper = head.get(f"/arshjul/{cast.school.public_id}/rapport.pdf")

    assert all(text in page for text in ("Klassen lagde regler.", "Regler på tavla", "Klassen var på tur.", "§ 12-3"))
    assert paper.content.startswith(b"%PDF")


def test_last_years_results_stand_beside_the_new_task(cast: Cast, laid_out: Any, building: Callable[[], Any]) -> None:
    by, task = cast.actor("head_teacher"), own(cast)
    mark_done(by=by, task=task, done_on=today(), note="Gikk bedre i små grupper.")
    with building():
        coming = SchoolYear.objects.create(
            school=cast.school,
            name=f"{laid_out.first_day.year + 1}/{laid_out.last_day.year + 1}",
            first_day=laid_out.first_day + timedelta(days=364),
            last_day=laid_out.last_day + timedelta(days=364),
        )
        cast.group.pk, cast.group.public_id, cast.group.year = None, "nyklasse0001", coming
        cast.group.save()
    arrange_year(by=by, school=cast.school, year=coming)
    fresh = WheelTask.objects.filter(year=coming, row_key=task.row_key, part=task.part).order_by("due_on", "id")[0]

    page = sign_in(cast, "head_teacher").get(f"/arshjul/gjoremal/{fresh.public_id}/").content.decode()

    assert (fresh.state, "Slik gikk det året før" in page, "Gikk bedre i små grupper." in page) == (TaskState.OPEN, True, True)
    task.refresh_from_db()
    assert task.note == "Gikk bedre i små grupper."


def test_year_without_tasks_says_why_when_there_is_a_plan_and_when_there_is_none(
    cast: Cast, laid_out: Any, building: Callable[[], Any]
) -> None:
    with building():
        for school in (cast.school, cast.other_school):
            SchoolYear.objects.create(school=school, name="2031/2032", first_day=date(2031, 8, 18), last_day=date(2032, 6, 18))

    with_plan = sign_in(cast, "head_teacher").get(f"/arshjul/{cast.school.public_id}/?ar=2031/2032").content.decode()
    without = sign_in(cast, "head_teacher_elsewhere").get(f"/arshjul/{cast.other_school.public_id}/?ar=2031/2032").content.decode()

    assert ("Ingen gjøremål dette skoleåret" in with_plan, "Årshjulet er tomt" in with_plan) == (True, False)
    assert ("Ingen gjøremål dette skoleåret" in without, "Årshjulet er tomt" in without) == (False, True)


@pytest.mark.parametrize(
    ("due_after", "said"),
    [
        (date(2026, 11, 27), "begynner tirsdag 24. november 2026, ikke mandag 23. november 2026"),
        (date(2026, 11, 30), "fra fredag 27. november 2026 til mandag 30. november 2026"),
    ],
)
def test_change_is_told_by_the_day_that_moves(due_after: date, said: str) -> None:
    before = SimpleNamespace(starts_on=date(2026, 11, 23), due_on=date(2026, 11, 27))
    after = SimpleNamespace(title="Klassens time", place=SimpleNamespace(grade=""), starts_on=date(2026, 11, 24), due_on=due_after)
    change = SimpleNamespace(kind="moved", before=before, after=after)

    html = render_to_string("wheel/_changes.html", {"amount": 1, "kinds": [], "whose": [], "changes": [(change, 1)]})

    assert said in re.sub(r"\s+", " ", html)


def test_same_change_in_many_classes_is_one_line() -> None:
    def wanted(group: int | None, day: date) -> Wanted:
        return Wanted("rad", 0, "1", Place(group_id=group), "Klassens time", ("contact_teacher",), day, day, "", OccurrenceKind.TASK)

    first, later = date(2026, 11, 23), date(2026, 11, 30)
    moved = [TaskChange("moved", wanted(group, first), wanted(group, later)) for group in (1, 2, 3)]
    whole = TaskChange("moved", wanted(None, first), wanted(None, later))
    other = TaskChange("moved", wanted(4, first), wanted(4, later + timedelta(days=1)))

    shown = summary_of([*moved, whole, other])

    assert [(change.after.place.group_id, times) for change, times in shown["changes"] if change.after] == [(1, 3), (None, 1), (4, 1)]
    assert (shown["amount"], shown["more"]) == (5, 0)
    html = re.sub(r"\s+", " ", render_to_string("wheel/_changes.html", shown))
    assert html.count("Klassens time") == 3
    assert "(3 klasser)" in html
