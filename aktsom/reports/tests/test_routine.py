"""The school's own routine for reporting: written, read by everybody who works there, looked through on its day (REP-23)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.access.roles import Role
from aktsom.core.audit.models import AuditEvent
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import set_to, today
from aktsom.core.waiting import read_together
from aktsom.people.models import Position
from aktsom.reports import services
from aktsom.reports.models import ReportingRoutine, RoutineReading
from aktsom.reports.rules import ReadingObstacle, RoutineObstacle, obstacles_to_making_known, obstacles_to_review_day
from aktsom.reports.selectors.routine import TO_REVIEW, UNREAD, readers, routines_waiting
from aktsom.reports.tests.factories import building, end_position, noticed
from tests.cast import Cast
from tests.database_dump import MOST_QUERIES
from tests.signed_in import sign_in

HOW = "Si fra samme dag. Du trenger ikke være sikker."
AT_WORK = {"contact_teacher", "teacher_without_relation", "teacher_of_others", "case_handler", "former_deputy", "accused_head_teacher"}
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31))


def routine_of(cast: Cast, *, by: str = "head_teacher", **words: Any) -> ReportingRoutine:
    written = {"how": HOW, "to_whom": "Meld til rektor.", "phone": "00 00 00 01", "review_on": today() + timedelta(days=200)}
    found: ReportingRoutine = services.write_routine(by=cast.actor(by), school=cast.school, **written | words)
    return found


def morning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def unread_by(cast: Cast, name: str) -> list[int]:
    return waits_for(cast, name, UNREAD)


def waits_for(cast: Cast, name: str, code: str) -> list[int]:
    """Return the number of each edition that waits for somebody, to be read or to be looked through."""
    rows = read_together(routines_waiting(cast.actor(name)))
    return [ReportingRoutine.objects.get(public_id=row.ref).number for row in rows if row.code == code]


# --- what is right


@given(DAYS, st.integers(-400, 800))
@settings(max_examples=60)
def test_day_to_look_again_is_after_today_and_within_a_year(day: date, wait: int) -> None:
    expected = [RoutineObstacle.DAY_PASSED] if wait <= 0 else [RoutineObstacle.TOO_LATE] if wait > 366 else []

    assert obstacles_to_review_day(review_on=day + timedelta(days=wait), today=day) == expected


def test_routine_without_how_or_to_whom_is_not_made_known() -> None:
    day = date(2026, 11, 2)
    asked = {"review_on": date(2027, 5, 3), "today": day}

    assert obstacles_to_making_known(how=" ", to_whom="", **asked) == [RoutineObstacle.NO_HOW, RoutineObstacle.NO_RECEIVER]
    assert obstacles_to_making_known(how=HOW, to_whom="Rektor", **asked) == []


# --- written and read


@pytest.mark.django_db
def test_routine_is_shown_to_everybody_who_works_there_also_not_employed_until_they_say_it_is_read(cast: Cast) -> None:
    with building():
        Position.objects.filter(person=cast.person("teacher_of_others")).update(is_employed=False)  # hired in, works there all the same
    routine = routine_of(cast)

    asked = {name for name in (*AT_WORK, "head_teacher", "head_teacher_elsewhere", "owner_handler", "guardian") if unread_by(cast, name)}
    services.confirm_routine(by=cast.actor("teacher_of_others"), routine=routine)
    services.confirm_routine(by=cast.actor("teacher_of_others"), routine=routine)

    assert asked == AT_WORK
    assert noticed(cast, "routine.new") == AT_WORK
    assert unread_by(cast, "teacher_of_others") == []
    assert unread_by(cast, "contact_teacher") == [1]
    assert RoutineReading.objects.filter(person=cast.person("teacher_of_others")).count() == 1


@pytest.mark.django_db
def test_new_edition_asks_everybody_again_and_the_old_one_can_be_read_but_not_confirmed(cast: Cast) -> None:
    first = routine_of(cast)
    services.confirm_routine(by=cast.actor("contact_teacher"), routine=first)
    read_once = unread_by(cast, "contact_teacher")
    second = routine_of(cast, how="Ring først.")
    with pytest.raises(Refused) as refused:
        services.confirm_routine(by=cast.actor("contact_teacher"), routine=first)
    page = sign_in(cast, "contact_teacher").get(f"/rutine/{first.public_id}/").content.decode()

    assert (read_once, unread_by(cast, "contact_teacher")) == ([], [2])
    assert refused.value.reasons == [ReadingObstacle.NEWER]
    assert HOW in page
    assert "Denne utgaven gjelder ikke lenger" in page
    assert "Jeg har lest rutinen" not in page
    assert second.number == 2


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["head_teacher_elsewhere", "owner_handler", "guardian", "pupil", "technical_admin"])
def test_routine_of_a_school_one_does_not_work_at_is_neither_read_nor_written(cast: Cast, name: str) -> None:
    routine = routine_of(cast)

    with pytest.raises((NotAllowed, OutOfReach)):
        services.confirm_routine(by=cast.actor(name), routine=routine)
    with pytest.raises((NotAllowed, OutOfReach)):
        routine_of(cast, by=name)
    assert sign_in(cast, name).get(f"/rutine/{routine.public_id}/").status_code in {403, 404}
    assert RoutineReading.objects.exclude(person=cast.person("head_teacher")).count() == 0


@pytest.mark.django_db
def test_colleague_who_has_stopped_is_not_on_the_list_and_meets_no_routine(cast: Cast) -> None:
    routine = routine_of(cast)
    end_position(cast, "teacher_of_others")

    assert str(cast.person("teacher_of_others")) not in {row.name for row in readers(cast.school, routine)}
    with pytest.raises((NotAllowed, OutOfReach)):
        services.confirm_routine(by=cast.actor("teacher_of_others"), routine=routine)


@pytest.mark.django_db
def test_head_sees_who_has_read_it_and_reminds_the_others_once_a_day_without_content(cast: Cast) -> None:
    routine = routine_of(cast)
    services.confirm_routine(by=cast.actor("contact_teacher"), routine=routine)
    head = sign_in(cast, "head_teacher")
    page = f"/rutine/skole/{cast.school.public_id}/lesere/"

    rows = readers(cast.school, routine)
    shown = head.get(page).content.decode()
    answers = [head.post(f"/rutine/{routine.public_id}/minn/", follow=True).content.decode() for _ in range(2)]

    assert [row.name for row in rows if row.read_at] == [str(cast.person(name)) for name in ("contact_teacher", "head_teacher")]
    assert str(cast.person("case_handler")) in shown
    assert noticed(cast, "routine.read") == AT_WORK - {"contact_teacher"}
    assert "5 kolleger får en påminnelse" in answers[0]
    assert "er minnet på det i dag" in answers[1]
    assert {notice.path for notice in Notice.objects.filter(code="routine.read")} == {f"/rutine/{routine.public_id}/"}
    assert [sign_in(cast, name).get(page).status_code for name in ("contact_teacher", "head_teacher_elsewhere")] == [403, 404]


@pytest.mark.django_db
def test_routine_is_confirmed_with_one_press_on_today_and_written_through_its_page(cast: Cast) -> None:
    head, teacher = sign_in(cast, "head_teacher"), sign_in(cast, "contact_teacher")
    write = f"/rutine/skole/{cast.school.public_id}/skriv/"
    empty = head.post(write, {})
    sent = {"how": HOW, "to_whom": "Meld til rektor.", "review_on": (today() + timedelta(days=30)).isoformat()}
    written = head.post(write, sent)
    routine = ReportingRoutine.objects.get()
    before = teacher.get("/").content.decode()

    answer = teacher.post(f"/rutine/{routine.public_id}/lest/", {"from": "today"})

    assert (empty.status_code, written.status_code) == (422, 302)
    assert "Jeg har lest rutinen" in before
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "Jeg har lest rutinen" not in teacher.get("/").content.decode()
    assert set(AuditEvent.objects.filter(event__startswith="routine.").values_list("event", flat=True)) == {
        "routine.written",
        "routine.confirmed",
    }


@pytest.mark.django_db
def test_first_routine_begins_with_what_the_schools_plan_says(cast: Cast) -> None:
    page = sign_in(cast, "head_teacher").get(f"/rutine/skole/{cast.school.public_id}/skriv/").content.decode()

    assert "Meld til rektor." in page
    assert cast.school.phone in page
    assert sign_in(cast, "contact_teacher").get("/rutine/").status_code == 200  # says that none is written, and that one can report


# --- looked through


@pytest.mark.django_db
def test_head_is_reminded_when_the_day_comes_and_nobody_reads_it_again_when_it_stands(cast: Cast) -> None:
    day = today() + timedelta(days=100)
    routine = routine_of(cast, review_on=day)
    services.confirm_routine(by=cast.actor("contact_teacher"), routine=routine)

    def told(name: str) -> list[int]:
        return waits_for(cast, name, TO_REVIEW)

    with set_to(morning_of(day - timedelta(days=15))):
        too_early = told("head_teacher")
    with set_to(morning_of(day - timedelta(days=14))):
        in_time, teacher = told("head_teacher"), told("contact_teacher")
    with set_to(morning_of(day)):
        services.review_routine(by=cast.actor("head_teacher"), routine=routine, next_on=day + timedelta(days=365))
        after = told("head_teacher")

    assert (too_early, in_time, teacher, after) == ([], [1], [], [])
    assert unread_by(cast, "contact_teacher") == []
    assert AuditEvent.objects.filter(event="routine.reviewed").count() == 1


@pytest.mark.django_db
def test_day_that_has_passed_stands_on_the_heads_today_and_is_set_on_the_page(cast: Cast) -> None:
    routine = routine_of(cast)
    with building():
        ReportingRoutine.objects.update(review_on=today() - timedelta(days=3))
    head = sign_in(cast, "head_teacher")
    shown = head.get("/").content.decode()

    wrong = head.post(f"/rutine/{routine.public_id}/sett-pa/", {"next_on": today().isoformat()})
    right = head.post(f"/rutine/{routine.public_id}/sett-pa/", {"next_on": (today() + timedelta(days=200)).isoformat()})

    assert "Se på rutinen for å melde fra" in shown
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "Se på rutinen for å melde fra" not in head.get("/").content.decode()
    assert ReportingRoutine.objects.get().reviews.count() == 1


@pytest.mark.django_db
def test_pages_ask_the_same_number_of_questions_for_many_colleagues_and_editions(cast: Cast) -> None:
    routine = routine_of(cast)
    head = sign_in(cast, "head_teacher")
    pages = [f"/rutine/skole/{cast.school.public_id}/lesere/", f"/rutine/{routine.public_id}/"]

    def asked() -> list[int]:
        counts = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert head.get(page).status_code == 200
            counts.append(len(queries))
        return counts

    asked()
    before = asked()
    with building():
        for name in ("pupil", "classmate"):
            Position.objects.create(person=cast.person(name), role=Role.STAFF, school=cast.school, valid_from=today())
    for number in range(2):
        newest = routine_of(cast, how=f"Ring først. {number}")
    pages[1] = f"/rutine/{newest.public_id}/"

    assert asked() == before
    assert max(before) <= MOST_QUERIES


def test_two_who_write_the_routine_at_once_see_both_texts_and_nothing_is_written_over(cast: Cast) -> None:
    routine_of(cast)
    address = reverse("reports:routine-write", args=[cast.school.public_id])
    first, second = sign_in(cast, "head_teacher"), sign_in(cast, "accused_head_teacher")
    marks = [re.findall(r'name="seen_version" value="(\w+)"', client.get(address).content.decode())[0] for client in (first, second)]
    words = {"to_whom": "Meld til rektor.", "phone": "00 00 00 01", "review_on": (today() + timedelta(days=100)).isoformat()}

    saved = first.post(address, words | {"how": "Ring med en gang.", "seen_version": marks[0]})
    met = second.post(address, words | {"how": "Skriv i skjemaet.", "seen_version": marks[1]})
    both = second.post(address, words | {"how": "Skriv i skjemaet.", "seen_version": marks[1], "both_texts": "both"})

    assert (saved.status_code, met.status_code, both.status_code) == (302, 409, 200)
    shown = met.content.decode()
    assert (ReportingRoutine.objects.count(), "Skriv i skjemaet." in shown, "Randi" in shown) == (2, True, True)
    assert all(text in both.content.decode() for text in ("Ring med en gang.", "Skriv i skjemaet."))
