"""«I dag» for somebody with several schools, and how many questions it asks."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aktsom.cases.models import AskAgain
from aktsom.cases.rules.continuity import AskAgainKind
from aktsom.cases.tests.factories import building, make_case, make_report, plan_of, pupil_part, put_plan_in_force
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import now, today
from aktsom.core.ui.dates import long_day
from aktsom.insight.needs import Weight
from aktsom.insight.selectors import today_of
from aktsom.measures.services import mark_done
from aktsom.measures.tests.factories import plan_in_force
from aktsom.people.models import Person, Position
from aktsom.reports.rules import Route
from aktsom.reports.selectors import answers_owed, open_reports, with_answers
from aktsom.reports.services import answer_reporter
from tests.cast import Cast
from tests.database_dump import MOST_QUERIES
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def owed_at(cast: Cast) -> dict[int, date]:
    return answers_owed(with_answers(open_reports(cast.actor("head_teacher"))))


def test_head_of_two_schools_sees_both_names_and_which_school_each_thing_is_from(cast: Cast) -> None:
    make_report(cast)
    client = sign_in(cast, "head_teacher")
    one = text_of(client.get("/").content.decode())
    with building():
        Position.objects.create(
            person=cast.person("head_teacher"), school=cast.other_school, role=Role.HEAD_TEACHER, valid_from=today() - timedelta(days=9)
        )

    two = text_of(client.get("/").content.decode())

    assert ("Fjordvik skole" in one, one.count("Solvik skole")) == (False, 1)
    assert "Fjordvik skole, Solvik skole" in two
    assert two.count("Solvik skole") == 3  # the frame, the report, and how plan and year stand


def test_today_asks_the_same_few_questions_however_many_cases_there_are(cast: Cast) -> None:
    client, counts = sign_in(cast, "head_teacher"), []
    for name in ("pupil", "classmate", "other_party"):
        put_plan_in_force(cast, make_case(cast, pupil=cast.person(name)))
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        counts.append(len(asked))

    assert counts[0] == counts[2] <= MOST_QUERIES


def test_new_report_stands_before_what_is_late_with_the_day_an_answer_is_promised(cast: Cast) -> None:
    with building():
        cast.school.reply_standard_days = 2
        cast.school.save()
    case = make_case(cast, pupil=cast.person("classmate"))
    plan = put_plan_in_force(cast, case)
    with building():
        type(plan).objects.filter(pk=plan.pk).update(evaluate_on=today() - timedelta(days=3))
    report = make_report(cast)

    page = sign_in(cast, "head_teacher").get("/")

    needs = [need for need in page.context["needs"] if need.weight < Weight.SOON]
    assert [need.weight for need in needs] == [Weight.NEW, Weight.LATE]
    owed = owed_at(cast)[report.pk]
    assert f"Lovet svar innen {long_day(owed)}." in needs[0].why
    assert (needs[1].action, needs[1].when_is) == ("Evaluer", "Skulle vært gjort")


def test_answered_report_promises_nothing_more_and_a_school_without_standard_never_does(cast: Cast) -> None:
    report = make_report(cast)
    without = owed_at(cast)
    with building():
        cast.school.reply_standard_days = 2
        cast.school.save()
    before = list(owed_at(cast))
    answer_reporter(by=cast.actor("head_teacher"), report=report, text="Takk. Vi snakkes i dag.")

    assert (without, before, owed_at(cast)) == ({}, [report.pk], {})


def test_pupil_with_nothing_waiting_is_asked_in_her_own_words(cast: Cast) -> None:
    pages = {who: text_of(sign_in(cast, who).get("/").content.decode()) for who in ("classmate", "contact_teacher")}

    assert {who: "Har du det ikke bra på skolen" in page for who, page in pages.items()} == {"classmate": True, "contact_teacher": False}


def test_task_marked_as_done_today_waits_until_tomorrow(cast: Cast) -> None:
    case = make_case(cast)
    put_plan_in_force(cast, case)
    teacher = sign_in(cast, "contact_teacher")
    before = text_of(teacher.get("/").content.decode())
    mark_done(by=cast.actor("contact_teacher"), measure=plan_of(case).measures.get(), done_on=today())

    after = text_of(teacher.get("/").content.decode())

    assert ("En voksen er ute med Ylva." in before, "En voksen er ute med Ylva." in after) == (True, False)


def test_owner_reads_which_school_a_report_is_from(cast: Cast) -> None:
    report = make_report(cast, route=Route.LEADERSHIP, accused=("head_teacher",))
    with building():
        type(cast.other_school).objects.filter(pk=cast.other_school.pk).update(owner=cast.owner)
    owner = sign_in(cast, "owner_handler")

    pages = [text_of(owner.get(address).content.decode()) for address in ("/", "/meldinger/", f"/meldinger/{report.public_id}/")]

    assert ["Solvik skole" in page for page in pages] == [True, True, True]


def test_day_to_ask_the_one_who_reported_is_told_from_the_day_to_ask_the_pupil(cast: Cast) -> None:
    case = make_case(cast)
    with building():
        for part in (pupil_part(case), None):
            kind = AskAgainKind.PUPIL if part else AskAgainKind.REPORTER
            AskAgain.objects.create(case=case, part=part, kind=kind, due_on=today(), set_at=now(), content_key=case.content_key)

    page = text_of(sign_in(cast, "case_handler").get("/").content.decode())

    assert (page.count("Spør eleven igjen i saken om"), page.count("Spør den som meldte, i saken om")) == (1, 1)


def test_measures_with_the_same_words_stand_in_one_line_and_each_is_in_the_read_record(cast: Cast) -> None:
    plan_in_force(cast, measures=2)
    teacher = cast.actor("teacher_without_relation")

    shown = today_of(teacher)
    lines = [need for need in shown.needs if need.about is not None and need.about in shown.measures]

    assert [(need.url, "2" in need.why) for need in lines] == [("/tiltak/", True)]
    assert len(shown.measures) == 2
    mark_done(by=teacher, measure=shown.measures[0], done_on=today())
    [left] = [need for need in today_of(teacher).needs if need.about == shown.measures[1]]
    assert left.url == f"/tiltak/{shown.measures[1].public_id}/"


@pytest.mark.parametrize(("is_protected", "named"), [(True, False), (False, True)])
def test_start_page_of_a_guardian_never_names_the_school_of_a_child_with_a_protected_address(
    cast: Cast, *, is_protected: bool, named: bool
) -> None:
    with building():
        Person.objects.filter(pk=cast.person("pupil").pk).update(protected_address=is_protected)

    page = sign_in(cast, "guardian").get("/").content.decode().lower()

    assert cast.school.slug in sign_in(cast, "pupil").get("/").content.decode().lower()
    assert (f"/skole/{cast.school.slug}/" in page) == named
    assert (cast.school.slug in page) == named
