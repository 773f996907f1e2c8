"""The pages of the cases, as people meet them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aktsom.cases import jobs, selectors, services
from aktsom.cases.models import Case, Note
from aktsom.cases.rules import CaseState, ExclusionReason, GuardianDecision, NoteKind, PartKind
from aktsom.cases.services.investigation import NoteDraft
from aktsom.cases.tests.factories import answer, building, make_case, make_report, plan_of, pupil_part, put_plan_in_force, tell_pupil
from aktsom.cases.views.frame import next_deadline
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent, AuditKind
from aktsom.core.audit.recording import record
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import now, today
from aktsom.core.ui.shapes import DeadlineCard
from aktsom.measures.rules import PupilAnswer
from aktsom.people.models import Enrolment, Membership, Person, Position
from aktsom.people.rules import PersonKind
from aktsom.reports.rules import Route
from tests.cast import Cast
from tests.database_dump import MOST_QUERIES

pytestmark = pytest.mark.django_db
Enter = Callable[[str], Client]


@pytest.fixture
def enter(cast: Cast) -> Enter:
    """Return a browser in which somebody of the cast is signed in with two factors."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(cast.person(name).user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": 0}, {"method": "mfa", "at": 0}]
        session.save()
        return client

    return sign_in


def text_of(response: Any) -> str:
    html = response.content.decode()
    assert len(re.findall("<h1", html)) == 1
    assert "«mangler" not in html
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def address(name: str, *args: str) -> str:
    return reverse(f"cases:{name}", args=args)


TABS = ["case-detail", "case-investigation", "case-voice", "case-log", "case-documents", "case-people", "case-readers"]
FORMS = [
    "analysis-add",
    "finding-add",
    "investigation-postpone",
    "part-add",
    "rights-tell",
    "guardians-decide",
    "handler-appoint",
    "helper-add",
    "person-exclude",
    "case-close",
    "case-reopen",
]


@pytest.mark.parametrize("name", TABS + FORMS)
def test_page_of_the_room_opens_for_the_head_and_is_not_there_for_a_teacher(cast: Cast, enter: Enter, name: str) -> None:
    case = make_case(cast)
    put_plan_in_force(cast, case)

    shown = enter("head_teacher").get(address(name, case.public_id))
    hidden = enter("teacher_of_others").get(address(name, case.public_id))

    assert (shown.status_code, hidden.status_code) == (200, 404)
    text_of(shown)


@pytest.mark.parametrize("name", ["note-add", "hearing-write", "best-interests-weigh", "trusted-adult-choose"])
def test_page_about_one_part_opens_inside_its_walls_only(cast: Cast, enter: Enter, name: str) -> None:
    case = make_case(cast)
    services.add_part(by=cast.actor("head_teacher"), case=case, kind=PartKind.EMPLOYEE, person=cast.person("teacher_without_relation"))
    pupil, employee = pupil_part(case), case.parts.get(kind=PartKind.EMPLOYEE)
    handler = enter("case_handler")

    inside = handler.get(address(name, case.public_id, pupil.public_id))
    outside = handler.get(address(name, case.public_id, employee.public_id))

    assert (inside.status_code, outside.status_code) == (200, 404)
    assert ("Hvem kan se dette?" in text_of(inside)) == (name != "trusted-adult-choose")


def test_case_is_taken_in_one_post_from_the_report(cast: Cast, enter: Enter) -> None:
    report = make_report(cast)

    response = enter("head_teacher").post(f"{address('case-open')}?melding={report.public_id}")

    case = Case.objects.get()
    assert response.headers["Location"] == address("case-detail", case.public_id)
    assert (case.pupil, [row.person for row in case.workers.all()]) == (cast.person("pupil"), [cast.person("head_teacher")])


def test_report_text_stands_in_the_case_from_the_start(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    client = enter("case_handler")

    assert "Ylva står alene i friminuttene." in text_of(client.get(address("case-detail", case.public_id)))
    assert "Ylva står alene i friminuttene." in text_of(client.get(address("case-investigation", case.public_id)))


def test_open_page_proposes_and_says_why_it_cannot(cast: Cast, enter: Enter) -> None:
    make_case(cast)
    report = make_report(cast)
    client = enter("head_teacher")
    url = f"{address('case-open')}?melding={report.public_id}"

    shown = text_of(client.get(url))
    refused = client.post(url)

    assert "Kanskje hører meldingen til en sak som finnes" in shown
    assert refused.status_code == 422
    assert "Eleven har allerede en åpen sak." in text_of(refused)


def test_open_page_names_no_other_pupils_case_as_the_one_the_report_may_belong_to(cast: Cast, enter: Enter) -> None:
    make_case(cast, pupil=cast.person("classmate"))
    report = make_report(cast)

    shown = text_of(enter("head_teacher").get(f"{address('case-open')}?melding={report.public_id}"))

    assert "Kanskje hører meldingen til en sak som finnes" not in shown
    assert str(cast.person("classmate")) not in shown
    assert "Hører den til en sak som finnes? Legg den til der" in shown


def test_report_joins_a_case_in_own_reach(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    report = make_report(cast)
    client = enter("head_teacher")
    url = f"{address('report-join')}?melding={report.public_id}"

    client.get(url)
    response = client.post(url, {"case": case.public_id})

    assert response.headers["Location"] == address("case-detail", case.public_id)
    assert case.case_reports.count() == 2


def test_note_is_written_and_corrected_on_the_pages(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    part = pupil_part(case)
    client = enter("case_handler")
    written = {"kind": "observation", "text": "Satt alene.", "happened_on": "16.11.2026", "happened_at": "10.30"}

    missing = client.post(address("note-add", case.public_id, part.public_id), written | {"text": ""})
    client.post(address("note-add", case.public_id, part.public_id), written)
    note = Note.objects.get()
    client.post(address("note-correct", case.public_id, note.public_id), written | {"text": "Satt med én.", "reason": "Så feil."})

    assert "Én setning er nok." in text_of(missing)
    shown = text_of(client.get(address("case-investigation", case.public_id)))
    assert [text in shown for text in ("Satt med én.", "Satt alene.", "Så feil.", "Tidligere tekst, senere rettet")] == [True] * 4


def test_hearing_page_keeps_the_pupils_own_words(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    part = pupil_part(case)
    client = enter("case_handler")
    url = address("hearing-write", case.public_id, part.public_id)

    empty = client.post(url, {"outcome": "heard", "held_on": today().isoformat()})
    client.post(url, {"outcome": "heard", "held_on": today().isoformat(), "pupils_words": "Jeg vil være med på fotball."})

    assert empty.status_code == 422
    assert "Jeg vil være med på fotball." in text_of(client.get(address("case-voice", case.public_id)))


def test_neg_18_helper_meets_only_her_part_on_the_pages(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    head = cast.actor("head_teacher")
    part = services.add_part(by=head, case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    own, other = (NoteDraft(NoteKind.CONVERSATION, now(), text) for text in ("Om Sander alene.", "Om Ylva alene."))
    services.add_note(by=head, case=case, part=part, draft=own)
    services.add_note(by=head, case=case, part=pupil_part(case), draft=other)
    services.add_helper(
        by=head, case=case, person=cast.person("teacher_without_relation"), part=part, reason="Kjenner ham.", valid_until=today()
    )
    client = enter("teacher_without_relation")

    shown = "".join(text_of(client.get(address(page, case.public_id))) for page in ("case-detail", "case-investigation"))
    others = [client.get(address(name, case.public_id)).status_code for name in ("case-voice", "case-log", "case-documents", "case-people")]

    assert ("Om Sander alene." in shown, "Om Ylva alene." in shown, "Ylva står alene" in shown) == (True, False, False)
    assert others == [403] * 4


def test_close_page_says_what_is_missing_and_then_closes(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    put_plan_in_force(cast, case)
    answer(cast, case, PupilAnswer.BETTER)
    client = enter("head_teacher")
    url = address("case-close", case.public_id)

    refused = client.post(url, {"reason": "safe", "note": "Det går bra."})
    answer(cast, case, PupilAnswer.SAFE, is_final=True)
    sent = {"reason": "safe", "note": "Ylva sier det er trygt.", "control_on": (today() + timedelta(days=30)).isoformat()}
    too_soon = client.post(url, sent)
    client.post(url, sent | {"why_already": "Hun har fått ny plass, og har noen å være med."})

    assert too_soon.status_code == 422
    assert "Skriv hvorfor saken kan avsluttes samme dag som planen begynte å gjelde." in text_of(too_soon)
    assert Case.objects.get().turns.get().text == "Ylva sier det er trygt.\n\nHun har fått ny plass, og har noen å være med."
    assert refused.status_code == 422
    assert "Du kan avslutte når eleven selv sier at det er trygt og godt" in text_of(refused)
    assert Case.objects.get().state == CaseState.CLOSED
    assert "Saken er avsluttet" in text_of(client.get(address("case-detail", case.public_id)))


def test_handler_cannot_close_appoint_or_see_readers(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    client = enter("case_handler")

    answers = [client.get(address(name, case.public_id)).status_code for name in ("case-close", "handler-appoint", "case-readers")]

    assert answers == [403, 403, 403]


def test_neg_20_log_tells_who_did_what_and_never_who_reported(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    services.tell_rights(by=cast.actor("case_handler"), case=case, told_on=today())
    record(cast.actor("classmate"), Event.REPORT_RECEIVED, AuditKind.WRITE, [case.case_reports.get().report])

    shown = text_of(enter("head_teacher").get(address("case-log", case.public_id)))

    assert f"{cast.person('case_handler')} fortalte eleven om rettighetene" in shown
    assert f"{cast.person('head_teacher')} åpnet saken" in shown
    assert ("Den som meldte sendte en melding." in shown, "Teodor" in shown) == (True, False)


def test_readers_page_names_everyone_who_has_opened_the_case(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    enter("case_handler").get(address("case-detail", case.public_id))

    shown = text_of(enter("head_teacher").get(address("case-readers", case.public_id)))

    assert f"{cast.person('case_handler')} · 1 gang" in shown
    assert AuditEvent.objects.filter(file_id=case.public_id, event=Event.CASE_READERS_SEEN).count() == 1


def test_own_case_page_is_plain_for_pupil_and_guardian_and_shows_nobody_else(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    head = cast.actor("head_teacher")
    services.add_part(by=head, case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    services.decide_on_guardians(by=head, case=case, decision=GuardianDecision.TOLD, told_on=today())
    tell_pupil(cast, case)

    for name in ("pupil", "guardian"):
        client = enter(name)
        shown = text_of(client.get(address("own-case", case.public_id)))
        assert ("Statsforvalteren" in shown, "Sander" in shown, "står alene" in shown) == (True, False, False)
        assert client.get(address("case-detail", case.public_id)).status_code == 403
    assert enter("guardian_without_responsibility").get(address("own-case", case.public_id)).status_code == 404


def test_own_case_page_of_a_withheld_case_is_there_for_the_pupil(cast: Cast, enter: Enter) -> None:
    case = make_case(cast, route=Route.LEADERSHIP, accused=("accused_head_teacher",))

    tell_pupil(cast, case, by="owner_handler")

    assert enter("pupil").get(address("own-case", case.public_id)).status_code == 200
    assert enter("head_teacher").get(address("own-case", case.public_id)).status_code == 404


def test_list_shows_the_case_to_those_who_work_with_it(cast: Cast, enter: Enter) -> None:
    make_case(cast)

    shown = {
        name: "Ylvasen" in text_of(enter(name).get(address("case-list"))) for name in ("head_teacher", "case_handler", "teacher_of_others")
    }

    assert shown == {"head_teacher": True, "case_handler": True, "teacher_of_others": False}


def test_withheld_case_leaves_no_trace_in_the_schools_list_log_or_notices(cast: Cast, enter: Enter) -> None:
    case = make_case(cast, route=Route.LEADERSHIP, accused=("accused_head_teacher",))
    services.tell_rights(by=cast.actor("owner_handler"), case=case, told_on=today())

    assert "Ingen saker her" in text_of(enter("head_teacher").get(address("case-list")))
    assert AuditEvent.objects.filter(file_id=case.public_id, school_ref=cast.school.pk).count() == 0
    at_school = [cast.person(name).pk for name in ("head_teacher", "accused_head_teacher", "case_handler")]
    assert Notice.objects.filter(person_ref__in=at_school).count() == 0
    assert "Ylvasen" in text_of(enter("owner_handler").get(address("case-list")))


def more_pupils(cast: Cast, amount: int) -> list[Person]:
    with building():
        people = []
        for number in range(amount):
            person = Person.objects.create(
                owner=cast.owner,
                kind=PersonKind.PUPIL,
                given_name=f"Elev{number}",
                family_name="Prøve",
                birth_date=cast.person("pupil").birth_date,
            )
            Enrolment.objects.create(person=person, school=cast.school, grade=8, valid_from=today() - timedelta(days=9))
            Membership.objects.create(group=cast.group, person=person, role="pupil", valid_from=today() - timedelta(days=9))
            people.append(person)
    return people


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_list_asks_as_much_for_three_cases_as_for_one_and_opens_no_text(cast: Cast, enter: Enter) -> None:
    make_case(cast)
    client = enter("head_teacher")
    client.get(address("case-list"))
    one = queries_of(client, address("case-list"))
    for person in more_pupils(cast, 2):
        put_plan_in_force(cast, make_case(cast, pupil=person))

    three = queries_of(client, address("case-list"))

    assert one == three
    assert one <= MOST_QUERIES


def test_room_asks_as_much_for_three_notes_as_for_one(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    client, head = enter("head_teacher"), cast.actor("head_teacher")
    url = address("case-investigation", case.public_id)
    draft = NoteDraft(NoteKind.LOG, now(), "Rolig dag.")
    services.add_note(by=head, case=case, part=pupil_part(case), draft=draft)
    client.get(url)
    one = queries_of(client, url)
    for _number in range(2):
        services.add_note(by=head, case=case, part=pupil_part(case), draft=draft)

    assert queries_of(client, url) == one


@pytest.mark.parametrize("tab", ["case-detail", "case-investigation", "case-voice"])
def test_tab_of_the_room_costs_at_most_25_queries(cast: Cast, enter: Enter, tab: str) -> None:
    case = make_case(cast)
    put_plan_in_force(cast, case)
    client, url = enter("head_teacher"), address(tab, case.public_id)
    client.get(url)

    assert queries_of(client, url) <= MOST_QUERIES


def test_neg_45_case_whose_handler_is_gone_is_shown_and_told_of_once_a_day(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    with building():
        Position.objects.filter(person=cast.person("case_handler")).update(valid_until=today() - timedelta(days=1))

    told = [jobs.look_for_cases_nobody_works_with() for _time in range(2)]

    assert told == [1, 1]
    assert Notice.objects.filter(code="case.no_handler", person_ref=cast.person("head_teacher").pk).count() == 1
    assert "Trenger noen som arbeider med den" in text_of(enter("head_teacher").get(address("case-list")))
    assert "Sett noen til å arbeide med saken" in text_of(enter("head_teacher").get(address("case-detail", case.public_id)))
    assert [row.public_id for row in selectors.cases_needing(cast.actor("head_teacher"))] == [case.public_id]


def test_neg_43_nothing_in_the_room_waits_for_statsforvalteren(cast: Cast) -> None:
    case = make_case(cast)

    cards = selectors.deadlines(case, selectors.case_standing(cast.actor("head_teacher"), case))

    week = next(card for card in cards if "Statsforvalteren" in card.what)
    assert (week.state, week.law) == ("not_open", "opplæringslova § 12-6 andre ledd")
    assert selectors.case_standing(cast.actor("head_teacher"), case).step.code == "hear_pupil"


def test_neg_59_plan_in_force_follows_the_case_to_a_new_handler(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    plan = put_plan_in_force(cast, case)

    services.appoint_handler(by=cast.actor("head_teacher"), case=case, person=cast.person("teacher_without_relation"))

    shown = enter("teacher_without_relation").get(address("case-detail", case.public_id))
    assert reverse("measures:plan-detail", args=[plan.public_id]) in shown.content.decode()
    assert plan_of(case).evaluate_on == plan.evaluate_on


def test_pages_about_people_write_what_they_say(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    client = enter("head_teacher")
    teacher, other = cast.person("teacher_without_relation"), cast.person("teacher_of_others")
    part = pupil_part(case)

    client.post(address("handler-appoint", case.public_id), {"person": teacher.public_id})
    helping = {"person": other.public_id, "part": part.public_id, "reason": "Kjenner Ylva.", "valid_until": today().isoformat()}
    client.post(address("helper-add", case.public_id), helping)
    client.post(address("person-exclude", case.public_id), {"person": teacher.public_id})
    client.post(f"{address('part-add', case.public_id)}?slag=involved_pupil&navn=Sander", {"person": cast.person("other_party").public_id})

    working = list(case.workers.filter(valid_until=None).values_list("person_id", flat=True))
    assert working == [cast.person("case_handler").pk]
    assert case.exclusions.get().reason == ExclusionReason.CONFLICT
    assert case.parts.filter(kind=PartKind.INVOLVED_PUPIL).get().person == cast.person("other_party")
    client.post(address("work-end", case.public_id, case.workers.get(person=cast.person("case_handler")).public_id))
    assert case.workers.filter(valid_until=None).count() == 0


def test_trusted_adult_page_asks_whether_the_pupil_was_asked(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    part = pupil_part(case)
    client, url = enter("case_handler"), address("trusted-adult-choose", case.public_id, part.public_id)

    unasked = client.post(url, {"person": cast.person("contact_teacher").public_id})
    client.post(url, {"person": cast.person("contact_teacher").public_id, "asked": "on"})

    assert unasked.status_code == 422
    part.refresh_from_db()
    assert part.trusted_adult == cast.person("contact_teacher")


def test_search_for_a_pupil_obeys_protected_address(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    with building():
        Person.objects.filter(pk=cast.person("other_party").pk).update(protected_address=True)
    url = f"{address('part-add', case.public_id)}?slag=involved_pupil&navn=Sander"

    assert "Sandersen" in text_of(enter("head_teacher").get(url))
    assert "Sandersen" not in text_of(enter("case_handler").get(url))


def test_reading_a_page_is_written_before_it_leaves(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)

    enter("case_handler").get(address("case-voice", case.public_id))

    read = AuditEvent.objects.filter(file_id=case.public_id, event=Event.CASE_READ, kind="read")
    assert [event.person_ref for event in read] == [cast.person("case_handler").pk]


def test_text_that_was_typed_is_there_again_and_gone_when_it_is_sent(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    client, url = enter("case_handler"), address("note-add", case.public_id, pupil_part(case).public_id)
    key = url.strip("/").replace("/", "-")
    client.post(f"{reverse('accounts:draft-keep')}?form={key}", {"text": "Halvferdig tekst."})

    before = client.get(url).content.decode()
    client.post(url, {"kind": "log", "text": "Halvferdig tekst.", "happened_on": today().isoformat()})

    assert "Halvferdig tekst." in before
    assert "Halvferdig tekst." not in client.get(url).content.decode()


def test_destroyed_key_leaves_the_case_without_its_text(cast: Cast, enter: Enter) -> None:
    case, other = make_case(cast), make_case(cast, pupil=cast.person("classmate"))
    for each in (case, other):
        services.tell_rights(by=cast.actor("head_teacher"), case=each, told_on=today(), how="I samtale.")
    client = enter("head_teacher")
    assert case.content_key.public_id in client.get(address("case-documents", case.public_id)).content.decode()

    call_command("destroy_case_key", case.content_key.public_id, reason="Slettes etter loven.", yes=True)

    shown = [text_of(client.get(address("case-voice", each.public_id))) for each in (case, other)]
    assert ["I samtale." in text for text in shown] == [False, True]
    assert "Innholdet er slettet" in shown[0]


def test_next_step_leads_right_to_the_form_for_who_may_hear(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    where = address("hearing-write", case.public_id, pupil_part(case).public_id)

    shown = enter("case_handler").get(address("case-detail", case.public_id))

    assert (shown.context["step"]["label"], shown.context["step"]["url"]) == ("Snakk med eleven", where)


def test_day_that_is_said_already_is_not_said_again_as_the_next_deadline() -> None:
    day = date(2026, 11, 24)
    soon, later = DeadlineCard("Planen evalueres", due=day), DeadlineCard("Spør igjen", due=day + timedelta(days=3))

    assert next_deadline([later, soon]) == soon
    assert next_deadline([later, soon], but=day + timedelta(days=3)) == soon
    assert next_deadline([later, soon], but=day) is None
    assert next_deadline([], but=day) is None
