"""From an empty installation to a received test report: the one-time link, the people, the class list, the test."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.cases.models import Case
from aktsom.cases.tests.factories import building
from aktsom.core.access.roles import Role
from aktsom.core.accounts.models import User
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.notify.models import Notice
from aktsom.core.timing.calendar import is_public_holiday
from aktsom.core.timing.clock import now, today
from aktsom.core.vault.models import ContentKey
from aktsom.insight.rules import USUAL_WEEKS, proposed_year, year_to_plan
from aktsom.insight.services import begin_installation, installation_token
from aktsom.people.jobs import let_go_of_class_files
from aktsom.people.models import ClassFile, Deputyship, Enrolment, Group, Person, Position
from aktsom.people.rules import ColleagueObstacle, obstacles_to_adding_colleague
from aktsom.reports.models import Report
from aktsom.reports.selectors import report_overview
from aktsom.schools.models import School, SchoolOwner
from aktsom.schools.selectors import current_year
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
ASKED = {
    "school_name": "Bjørkli skole",
    "school_number": "974 760 673",
    "level": "primary",
    "owner_name": "Bjørkli kommune",
    "owner_number": "889640782",
    "owner_kind": "municipality",
    "given_name": "Rita",
    "family_name": "Rektorsen",
    "email": "rita@example.invalid",
    "role": "head_teacher",
    "at_owner_given": "Eli",
    "at_owner_family": "Eiersen",
    "at_owner_email": "eli@example.invalid",
}
LIST = "fornavn;etternavn;klasse;trinn;fødselsdato\nKari;Eksempel;5Z;5;24.12.2015\nOla;Eksempel;5Z;5;03.02.2015\n"


def link() -> str:
    return f"/kom-i-gang/ny/{installation_token()}/"


def test_command_prints_a_link_that_opens_the_first_page(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("begin_installation")
    address = capsys.readouterr().out.strip().split("127.0.0.1:8000")[-1]

    assert client.get(address[address.index("/kom-i-gang") :]).status_code == 200


def test_first_page_makes_owner_school_head_and_receiver_at_the_owner(client: Client) -> None:
    answer = client.post(link(), ASKED)

    assert (answer.status_code, "rita@example.invalid" in answer.content.decode()) == (200, True)
    assert SchoolOwner.objects.get().org_number == "889640782"
    assert School.objects.get().org_number == "974760673"
    places = {(row.person.given_name, row.role, row.school_id is not None) for row in Position.objects.select_related("person")}
    assert places == {("Rita", "head_teacher", True), ("Eli", "owner_handler", False)}
    assert Person.objects.get(given_name="Rita").user.has_usable_password() is False


def test_link_works_once(client: Client) -> None:
    address = link()
    client.post(address, ASKED)

    assert (client.get(address).status_code, client.post(address, ASKED).status_code) == (404, 404)
    assert School.objects.count() == 1
    with pytest.raises(CommandError, match="konto her allerede"):
        call_command("begin_installation")


@pytest.mark.parametrize(
    "make", [lambda: "begin", lambda: "begin:1:2", lambda: signing.TimestampSigner().sign("begin"), lambda: signing.dumps("begin")]
)
def test_link_that_is_not_ours_is_no_address(client: Client, make: Callable[[], str]) -> None:
    token = make()
    assert client.get(f"/kom-i-gang/ny/{token}/").status_code == 404


def test_link_is_too_old_after_two_days(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = link()
    monkeypatch.setattr("aktsom.insight.services.LINK_LASTS", -1)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"school_number": "974760674"}, "ikke et organisasjonsnummer"),
        ({"owner_number": "12"}, "ikke et organisasjonsnummer"),
        ({"school_number": "889640782"}, "Dette er eierens"),
        ({"at_owner_email": ""}, "la alle tre stå tomme"),
        ({"at_owner_email": "rita@example.invalid"}, "Velg en annen enn deg selv"),
        ({"school_name": ""}, "Skriv navnet på skolen"),
    ],
)
def test_what_cannot_be_right_is_said_and_nothing_is_written(client: Client, changed: dict[str, str], said: str) -> None:
    answer = client.post(link(), ASKED | changed)

    assert (answer.status_code, said in answer.content.decode(), SchoolOwner.objects.count(), User.objects.count()) == (422, True, 0, 0)


def test_receiver_at_the_owner_can_wait(client: Client) -> None:
    client.post(link(), ASKED | {"at_owner_given": "", "at_owner_family": "", "at_owner_email": ""})

    assert Position.objects.count() == 1


def test_installation_that_fails_half_way_leaves_nothing() -> None:
    parts: dict[str, Any] = {
        "owner": {"org_number": "889640782", "name": "Bjørkli kommune", "kind": "municipality"},
        "school": {"org_number": "974760673", "name": "Bjørkli skole", "level": "primary"},
        "first": {"given_name": "Rita", "family_name": "R", "email": "", "role": Role.HEAD_TEACHER},
        "at_owner": {},
    }
    with pytest.raises(Exception):  # noqa: B017, PT011 - whichever: without an address there is no account
        begin_installation(**parts)

    assert (SchoolOwner.objects.count(), Person.objects.count()) == (0, 0)


# The year


@settings(max_examples=40, deadline=None)
@given(st.integers(2024, 2040), st.sampled_from(["", "Ukjent", *USUAL_WEEKS]))
def test_proposed_year_is_one_a_school_can_have(begins: int, county: str) -> None:
    year = proposed_year(begins, county)

    assert (year.first_day.year, year.last_day.year) == (begins, begins + 1)
    assert all(year.first_day <= span.first_day <= span.last_day <= year.last_day for span in year.spans)
    assert all(before.last_day < after.first_day for before, after in zip(year.spans, year.spans[1:], strict=False))
    away = {
        day for span in year.spans for day in (span.first_day + timedelta(days=n) for n in range((span.last_day - span.first_day).days + 1))
    }
    weekdays = [year.first_day + timedelta(days=n) for n in range((year.last_day - year.first_day).days + 1)]
    assert [day for day in weekdays if day.weekday() < 5 and is_public_holiday(day) and day not in away] == []


def test_proposed_year_2026_has_the_countys_weeks() -> None:
    spans = {span.name: (span.first_day, span.last_day) for span in proposed_year(2026, "Vestland").spans}

    assert spans["Høstferie"] == (date(2026, 10, 5), date(2026, 10, 9))
    assert spans["Vinterferie"] == (date(2027, 3, 1), date(2027, 3, 5))
    assert spans["Påskeferie"] == (date(2027, 3, 22), date(2027, 3, 29))
    assert "Høstferie" not in {span.name for span in proposed_year(2026, "").spans}


@pytest.mark.parametrize(("day", "year"), [(date(2026, 4, 30), 2025), (date(2026, 5, 1), 2026), (date(2026, 11, 21), 2026)])
def test_year_to_plan_turns_in_may(day: date, year: int) -> None:
    assert year_to_plan(day) == year


def test_proposal_is_written_in_as_it_was_sent(cast: Cast) -> None:
    client, address = sign_in(cast, "head_teacher"), f"/kom-i-gang/{cast.school.public_id}/skolerute/"
    begins = year_to_plan(today())
    assert "Høstferie" in client.get(address + "?fylke=Oslo").content.decode()

    answer = client.post(
        address,
        {"lines": "1", "first_day": f"{begins}-08-17", "last_day": f"{begins + 1}-06-18", "kind_0": "holiday", "name_0": "Høst",
         "from_0": f"{begins}-10-05", "until_0": f"{begins}-10-09"},
    )  # fmt: skip

    assert (answer.status_code, answer["Location"]) == (302, f"/kom-i-gang/{cast.school.public_id}/")
    year = current_year(cast.school.pk, today())
    assert (year is not None and year.first_day, [span.name for span in year.spans.all()]) == (date(begins, 8, 17), ["Høst"])


# People


@given(st.booleans(), st.booleans(), st.booleans())
def test_only_the_head_gives_roles_that_receive_and_only_the_first_head_is_named_by_others(by_head: bool, reads: bool, had: bool) -> None:
    asked = {"has_name": True, "has_had_head": had, "by_head": by_head, "address_is_known": False}

    leader = obstacles_to_adding_colleague(is_head=False, reads_reports=reads, **asked)
    head = obstacles_to_adding_colleague(is_head=True, reads_reports=True, **asked)
    assert (ColleagueObstacle.LEADS_MUST_GIVE in leader) == (reads and not by_head)
    assert (ColleagueObstacle.HAS_HEAD in head) == had


def key_person(**changed: str) -> dict[str, str]:
    return {"given_name": "Sara", "family_name": "Ny", "email": "sara@example.invalid", "role": "department_head"} | changed


def test_head_writes_in_a_deputy_who_gets_a_link(cast: Cast) -> None:
    answer = sign_in(cast, "head_teacher").post(f"/kom-i-gang/{cast.school.public_id}/folk/", key_person(stands_in="on", receives="on"))

    assert answer.status_code == 302
    person = Person.objects.get(given_name="Sara")
    assert Position.objects.get(person=person).role == "department_head"
    assert Deputyship.objects.filter(deputy=person, school=cast.school, valid_until=None).exists()
    assert (person.user is not None, AuditEvent.objects.filter(event=Event.COLLEAGUE_ADDED).count()) == (True, 1)


def test_known_address_is_not_written_in_twice(cast: Cast) -> None:
    client, address = sign_in(cast, "head_teacher"), f"/kom-i-gang/{cast.school.public_id}/folk/"
    client.post(address, key_person())

    answer = client.post(address, key_person(given_name="En", family_name="Annen"))

    assert (answer.status_code, Person.objects.filter(email="sara@example.invalid").count()) == (422, 1)


def test_school_admin_can_neither_name_a_head_nor_somebody_who_receives(cast: Cast) -> None:
    with building():
        Position.objects.filter(person=cast.person("teacher_without_relation")).update(role="school_admin")
    client, address = sign_in(cast, "teacher_without_relation"), f"/kom-i-gang/{cast.school.public_id}/folk/"

    assert client.get(address).status_code == 200
    for role in ("head_teacher", "department_head", "counsellor", "owner_handler", "technical_admin"):
        assert client.post(address, key_person(role=role)).status_code == 422
    assert client.post(address, key_person(role="staff", stands_in="on")).status_code == 302
    assert not Deputyship.objects.filter(deputy__given_name="Sara").exists()


# The class list


def bring(client: Client, cast: Cast, text: str | bytes = LIST, name: str = "5z.csv", covers: str = "some") -> Any:
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    return client.post(f"/kom-i-gang/{cast.school.public_id}/klasse/", {"file": file, "covers": covers})


def test_class_list_is_shown_first_and_then_read_in(cast: Cast) -> None:
    client = sign_in(cast, "head_teacher")
    before = Enrolment.objects.filter(valid_until=None).count()
    answer = bring(client, cast)
    kept = ClassFile.objects.get()
    page = client.get(answer["Location"]).content.decode()
    assert (answer["Location"], "2 nye" in page, "Eksempel" in page) == (f"/kom-i-gang/liste/{kept.public_id}/", True, False)
    assert Enrolment.objects.filter(valid_until=None).count() == before

    answer = client.post(answer["Location"])

    assert (answer.status_code, ClassFile.objects.count()) == (302, 0)
    assert Enrolment.objects.filter(valid_until=None).count() == before + 2
    assert Group.objects.filter(school=cast.school, name="5Z").exists()
    assert ContentKey.objects.get(pk=kept.content_key_id).wrapped is None
    assert {Event.CLASS_FILE_KEPT, Event.CLASS_FILE_SEEN, Event.CLASS_FILE_READ_IN} <= set(
        AuditEvent.objects.values_list("event", flat=True)
    )


def test_second_class_list_ends_nobody_of_the_first(cast: Cast) -> None:
    client = sign_in(cast, "head_teacher")
    client.post(bring(client, cast)["Location"])
    client.post(bring(client, cast, LIST.replace("5Z", "6Z").replace("Kari", "Per").replace("Ola", "Liv"))["Location"])

    assert Enrolment.objects.filter(person__family_name="Eksempel", valid_until=None).count() == 4


def test_list_lies_sealed_while_it_waits(cast: Cast) -> None:
    bring(sign_in(cast, "head_teacher"), cast)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT content, name FROM people_classfile")
        stored = str(cursor.fetchall())

    assert ("Eksempel" in stored, "5z.csv" in stored, ClassFile.objects.get().name) == (False, False, "5z.csv")


@pytest.mark.parametrize("name", ["head_teacher_elsewhere", "contact_teacher", "owner_handler", "technical_admin", "accused_head_teacher"])
def test_list_is_seen_only_by_who_uploaded_it(cast: Cast, name: str) -> None:
    bring(sign_in(cast, "head_teacher"), cast)
    address = f"/kom-i-gang/liste/{ClassFile.objects.get().public_id}/"

    assert sign_in(cast, name).get(address).status_code in {403, 404}
    assert sign_in(cast, name).post(address).status_code in {403, 404}


def test_list_can_be_let_go_of_and_goes_by_itself_after_a_day(cast: Cast) -> None:
    client = sign_in(cast, "head_teacher")
    address = bring(client, cast)["Location"]
    client.post(f"{address}slett/")
    assert ClassFile.objects.count() == 0
    bring(client, cast)

    assert let_go_of_class_files() == 0
    with building():
        ClassFile.objects.update(made_at=now() - timedelta(hours=25))
    assert (let_go_of_class_files(), ClassFile.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ("bare tull", "x.csv", "bare én kolonne"),
        ("", "x.csv", ""),
        (b"PK\x03\x04 ikke en zip", "x.zip", "skadet"),
        (b"\x89PNG", "x.png", "Filtypen kan ikke leses"),
        ("fornavn;etternavn;klasse;trinn;fødselsdato\nA;B;1;1;24121512345\n", "x.csv", "fødselsnummer"),
    ],
)
def test_list_that_cannot_be_read_says_why(cast: Cast, content: str | bytes, name: str, said: str) -> None:
    answer = bring(sign_in(cast, "head_teacher"), cast, content, name)

    assert (answer.status_code, said in answer.content.decode(), ClassFile.objects.count()) == (422, True, 0)


def test_whole_school_list_that_would_end_many_is_stopped(cast: Cast) -> None:
    client = sign_in(cast, "head_teacher")
    many = "fornavn;etternavn;klasse;trinn;fødselsdato\n" + "".join(f"Elev{n};Stor;4A;4;0{n}.02.2016\n" for n in range(1, 10))
    client.post(bring(client, cast, many)["Location"])

    address = bring(client, cast, LIST, covers="all")["Location"]

    assert "Mange ville sluttet" in client.get(address).content.decode()
    answer = client.post(address)
    assert (answer.status_code, "--force" in answer.content.decode()) == (422, False)
    assert Enrolment.objects.filter(person__family_name="Stor", valid_until=None).count() == 9


# The test report


def trial(cast: Cast, name: str = "head_teacher", what: str = "prove") -> Any:
    return sign_in(cast, name).post(f"/kom-i-gang/{cast.school.public_id}/{what}/")


def test_test_report_goes_the_real_way_and_is_taken(cast: Cast) -> None:
    assert trial(cast).status_code == 302
    report = Report.objects.get()
    assert (report.is_test, report.route, report.pupils.count()) == (True, "ordinary", 0)
    assert cast.person("head_teacher").pk in report.recipients.values_list("person_id", flat=True)
    assert Notice.objects.filter(occasion=report.public_id, person_ref=cast.person("head_teacher").pk).exists()
    head = sign_in(cast, "head_teacher")
    page = head.get(f"/meldinger/{report.public_id}/").content.decode()
    assert ("Prøvemelding" in page, "Åpne sak" in page) == (True, False)
    assert "Melding om en elev" not in head.get("/").content.decode()

    head.post(f"/meldinger/{report.public_id}/ta-imot/")

    report.refresh_from_db()
    assert report.acknowledged_at is not None
    assert "Den er tatt imot av" in head.get(f"/kom-i-gang/{cast.school.public_id}/virker-det/").content.decode()


def test_test_report_becomes_no_case_and_no_number(cast: Cast) -> None:
    trial(cast)
    report = Report.objects.get()

    answer = sign_in(cast, "head_teacher").post(
        f"/saker/ny/?melding={report.public_id}",
        {"pupil": cast.person("pupil").public_id, "handlers": [cast.person("case_handler").public_id]},
    )

    assert (answer.status_code != 500, Case.objects.count(), Report.objects.get().state) == (True, 0, "sent")
    assert report_overview(cast.actor("head_teacher"), school_id=cast.school.pk)["kind"] == []


def test_test_report_is_removed_without_trace_but_logged(cast: Cast) -> None:
    trial(cast)
    report = Report.objects.get()
    key = report.content_key_id
    assert trial(cast).status_code == 302
    assert Report.objects.count() == 1

    trial(cast, what="prove/slett")

    assert (Report.objects.count(), Notice.objects.count()) == (0, 0)
    assert ContentKey.objects.get(pk=key).wrapped is None
    events = set(AuditEvent.objects.filter(school_ref=cast.school.pk).values_list("event", flat=True))
    assert {Event.TEST_REPORT_SENT, Event.TEST_REPORT_REMOVED} <= events
    assert (
        "En prøvemelding er sendt og tatt bort"
        in sign_in(cast, "head_teacher").get(f"/kom-i-gang/{cast.school.public_id}/").content.decode()
    )


def test_real_report_is_never_removed(cast: Cast) -> None:
    from aktsom.cases.tests.factories import make_report

    make_report(cast, pupil=cast.person("pupil"))

    trial(cast, what="prove/slett")

    assert Report.objects.count() == 1


@pytest.mark.parametrize("name", ["contact_teacher", "pupil", "guardian", "owner_handler", "technical_admin", "head_teacher_elsewhere"])
@pytest.mark.parametrize("what", ["prove", "prove/slett", "e-post"])
def test_trying_is_for_those_who_set_up_the_school(cast: Cast, name: str, what: str) -> None:
    assert trial(cast, name, what).status_code in {403, 404}
    assert Report.objects.count() == 0
