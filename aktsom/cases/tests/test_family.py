"""The family's room: what each may do, and that nothing of one reaches another."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aktsom.cases import jobs, services
from aktsom.cases.circle import adults_to_write_to, earlier_evaluation
from aktsom.cases.models import Case, CorrectionRequest, Exchange, FamilyAnswer, FamilyLetter, LetterReply, Note
from aktsom.cases.models.conversations import Conversation, ConversationGuest
from aktsom.cases.rules import ExclusionReason, GuardianDecision, PartKind
from aktsom.cases.rules.conversations import ConversationKind, ConversationState
from aktsom.cases.rules.family import CorrectionOutcome, CorrectionTarget, ExchangeObstacle, LetterObstacle
from aktsom.cases.rules.papers import PaperKind
from aktsom.cases.selectors import family_desk
from aktsom.cases.selectors.family_readers import own_readers
from aktsom.cases.services import family, letters
from aktsom.cases.services.papers import make_paper
from aktsom.cases.tests.factories import answer, building, make_case, plan_of, pupil_part, put_plan_in_force, tell_pupil
from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent, AuditKind
from aktsom.core.audit.recording import record
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import now, today
from aktsom.measures.rules import PupilAnswer
from aktsom.measures.services import say_own_view
from aktsom.people.models import Guardianship, Position
from aktsom.people.services import ask_to_follow, decide_request
from aktsom.reports.rules import Route
from tests.cast import Cast
from tests.database_dump import MOST_QUERIES
from tests.signed_in import BACKEND, sign_in

pytestmark = pytest.mark.django_db
OTHER = "guardian_without_responsibility"


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case with a plan in force; both guardians have responsibility, live apart and were told; a trusted adult is chosen."""
    with building():
        Guardianship.objects.update(parental_responsibility=True, lives_elsewhere=True)
    made = make_case(cast)
    handler = cast.actor("case_handler")
    services.choose_trusted_adult(by=handler, case=made, part=pupil_part(made), adult=cast.person("contact_teacher"))
    services.decide_on_guardians(by=handler, case=made, decision=GuardianDecision.TOLD, told_on=today())
    put_plan_in_force(cast, made)
    return made


def text_of(response: Any) -> str:
    html = response.content.decode()
    assert len(re.findall("<h1", html)) == 1
    assert "«mangler" not in html
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def own(case: Case, name: str = "own-case") -> str:
    return reverse(f"cases:{name}", args=[case.public_id])


def whole_room(client: Client, case: Case) -> str:
    """Return everything somebody in the family can read: each page the home links to, and the home."""
    home = client.get(own(case))
    links = set(re.findall(r'href="(/(?:min-sak|min-plan|samtaler)/[^"]*)"', home.content.decode()))
    return " ".join([text_of(home), *(text_of(client.get(link)) for link in sorted(links) if "/dokumenter/" not in link)])


def say(cast: Cast, case: Case, name: str, said: PupilAnswer, words: str = "") -> FamilyAnswer:
    return family.say_how_it_is(by=cast.actor(name), case=case, answer=said, words=words)


# Each has her own room


def test_each_in_the_family_meets_her_own_words_and_nobody_elses(cast: Cast, case: Case) -> None:
    measure = plan_of(case).measures.get()
    spoken = {"pupil": "ord-fra-eleven", "guardian": "ord-fra-Maja", OTHER: "ord-fra-Roar"}
    for name, words in spoken.items():
        say(cast, case, name, PupilAnswer.SAME, words)
        say_own_view(by=cast.actor(name), measure=measure, text=words)
        family.write_to_adult(by=cast.actor(name), case=case, adult=cast.person("case_handler"), text=words, for_handlers=True)
        family.ask_for_correction(by=cast.actor(name), case=case, target=CorrectionTarget.OTHER, wrong=words)

    rooms = {name: whole_room(sign_in(cast, name), case) for name in spoken}

    for name, room in rooms.items():
        assert {words for words in spoken.values() if words in room} == {spoken[name]}
    names = {name: str(cast.person(name)) for name in ("guardian", OTHER)}
    assert names["guardian"] not in rooms[OTHER].replace(f"{names[OTHER]}", "")
    assert names[OTHER] not in rooms["guardian"]
    assert not {name for name in names.values() if name in rooms["pupil"]}


def test_handler_meets_what_was_meant_for_those_who_work_with_the_case(cast: Cast, case: Case) -> None:
    teacher, pupil = cast.person("contact_teacher"), cast.actor("pupil")
    family.write_to_adult(by=pupil, case=case, adult=teacher, text="bare-til-Kari")
    family.write_to_adult(by=pupil, case=case, adult=teacher, text="gjerne-til-flere", for_handlers=True)
    say(cast, case, "pupil", PupilAnswer.BETTER, "litt-bedre-ord")

    page = text_of(sign_in(cast, "case_handler").get(own(case, "case-family")))

    assert "gjerne-til-flere" in page
    assert "litt-bedre-ord" in page
    assert "bare-til-Kari" not in page
    assert "bare-til-Kari" not in text_of(sign_in(cast, "head_teacher").get(own(case, "case-family")))


# The adult one trusts


def test_adult_reads_and_answers_but_meets_nothing_of_the_case(cast: Cast, case: Case) -> None:
    exchange = family.write_to_adult(by=cast.actor("pupil"), case=case, adult=cast.person("contact_teacher"), text="Kan vi snakke?")
    teacher, page = sign_in(cast, "contact_teacher"), reverse("cases:exchange-detail", args=[exchange.public_id])

    assert "Kan vi snakke?" in text_of(teacher.get(page))
    assert teacher.post(page, {"text": "Ja, i morgen."}).status_code == 302
    assert "Ja, i morgen." in text_of(sign_in(cast, "pupil").get(page))
    for address in (own(case), own(case, "case-detail"), own(case, "case-family")):
        assert teacher.get(address).status_code == 404
    assert Notice.objects.get(code="exchange.new").person_ref == cast.person("contact_teacher").pk
    assert Notice.objects.get(code="family.answer").person_ref == cast.person("pupil").pk


@pytest.mark.parametrize(
    "name", ["guardian", OTHER, "classmate", "case_handler", "head_teacher", "teacher_of_others", "owner_handler", "technical_admin"]
)
def test_nobody_but_the_two_opens_an_exchange(cast: Cast, case: Case, name: str) -> None:
    exchange = family.write_to_adult(by=cast.actor("pupil"), case=case, adult=cast.person("contact_teacher"), text="Bare til deg.")

    page = reverse("cases:exchange-detail", args=[exchange.public_id])
    assert sign_in(cast, name).get(page).status_code == 404
    with pytest.raises((OutOfReach, NotAllowed)):
        family.write_in_exchange(by=cast.actor(name), exchange=exchange, text="Hei")


def test_adult_needs_two_factors_to_read_what_the_child_wrote_and_the_child_does_not(cast: Cast, case: Case) -> None:
    exchange = family.write_to_adult(by=cast.actor("pupil"), case=case, adult=cast.person("contact_teacher"), text="Kan vi snakke?")
    page, answers = reverse("cases:exchange-detail", args=[exchange.public_id]), {}

    for name in ("contact_teacher", "pupil"):
        client = Client()
        client.force_login(cast.person(name).user, backend=BACKEND)
        answers[name] = client.get(page)

    assert {name: answer.status_code for name, answer in answers.items()} == {"contact_teacher": 302, "pupil": 200}
    assert answers["contact_teacher"]["Location"].startswith("/konto/to-faktorer/")


def test_answer_of_the_adult_goes_no_further_than_the_pupil_chose(cast: Cast, case: Case) -> None:
    pupil, teacher = cast.actor("pupil"), cast.actor("contact_teacher")
    exchange = family.write_to_adult(by=pupil, case=case, adult=cast.person("contact_teacher"), text="Bare til deg.")
    family.write_in_exchange(by=teacher, exchange=exchange, text="Greit.", for_handlers=True)

    assert list(exchange.lines.values_list("for_handlers", flat=True)) == [False, False]


def test_exchange_ends_for_an_adult_who_left_or_was_shut_out(cast: Cast, case: Case) -> None:
    teacher = cast.person("contact_teacher")
    exchange = family.write_to_adult(by=cast.actor("pupil"), case=case, adult=teacher, text="Hei")
    page = reverse("cases:exchange-detail", args=[exchange.public_id])
    assert sign_in(cast, "contact_teacher").get(page).status_code == 200

    services.exclude_person(by=cast.actor("head_teacher"), case=case, person=teacher, reason=ExclusionReason.ACCUSED)
    assert sign_in(cast, "contact_teacher").get(page).status_code == 404
    assert teacher not in adults_to_write_to(case, case.pupil_id)

    later = family.write_to_adult(by=cast.actor("pupil"), case=case, adult=cast.person("case_handler"), text="Hei")
    with building():
        Position.objects.filter(person=cast.person("case_handler")).update(valid_until=today() - timedelta(days=1))
    assert sign_in(cast, "case_handler").get(reverse("cases:exchange-detail", args=[later.public_id])).status_code == 404


def test_guardian_writes_only_to_those_who_work_with_the_case(cast: Cast, case: Case) -> None:
    assert [str(person) for person in adults_to_write_to(case, cast.person("guardian").pk)] == ["Hedda Heddastad"]
    assert [str(person) for person in adults_to_write_to(case, case.pupil_id)] == ["Kari Karistad", "Hedda Heddastad"]

    with pytest.raises(Refused) as refused:
        family.write_to_adult(by=cast.actor("guardian"), case=case, adult=cast.person("contact_teacher"), text="Hei")
    assert refused.value.reasons == [ExchangeObstacle.NOT_THERE]
    assert Exchange.objects.count() == 0


def test_withheld_case_offers_the_pupil_nobody_at_the_school(cast: Cast) -> None:
    made = make_case(cast, route=Route.LEADERSHIP, accused=("head_teacher",))

    assert [str(person) for person in adults_to_write_to(made, made.pupil_id)] == ["Eirin Eirinvik"]


# Is it better?


def test_falling_answer_proposes_an_earlier_evaluation_and_stands_on_the_handlers_day(cast: Cast, case: Case) -> None:
    answer(cast, case, PupilAnswer.BETTER)
    assert earlier_evaluation(case, plan_of(case)) is None

    say(cast, case, "pupil", PupilAnswer.SAME)

    plan = plan_of(case)
    proposed = earlier_evaluation(case, plan)
    assert proposed is not None
    assert today() < proposed < plan.evaluate_on
    assert [row.case for row in family_desk.cases_with_falling_answers(cast.actor("case_handler"))] == [case]
    assert Notice.objects.filter(code="family.falling", person_ref=cast.person("case_handler").pk).count() == 1
    assert "går nedover" in text_of(sign_in(cast, "case_handler").get("/"))
    assert "går nedover" not in text_of(sign_in(cast, "teacher_without_relation").get("/"))


def test_falling_answer_of_a_guardian_proposes_nothing_and_a_new_evaluation_ends_it(cast: Cast, case: Case) -> None:
    say(cast, case, "guardian", PupilAnswer.WORSE)
    assert earlier_evaluation(case, plan_of(case)) is None
    assert family_desk.cases_with_falling_answers(cast.actor("case_handler")) == []

    say(cast, case, "pupil", PupilAnswer.WORSE)
    answer(cast, case, PupilAnswer.BETTER)
    assert family_desk.cases_with_falling_answers(cast.actor("case_handler")) == []


def test_evaluation_begins_with_what_the_pupil_said_on_her_own_page_until_it_is_written(cast: Cast, case: Case) -> None:
    page = reverse("measures:plan-evaluate", args=[plan_of(case).public_id])
    handler = sign_in(cast, "case_handler")
    say(cast, case, "guardian", PupilAnswer.WORSE)
    before = handler.get(page).context["form"].initial

    say(cast, case, "pupil", PupilAnswer.BETTER)
    shown = handler.get(page)
    answer(cast, case, PupilAnswer.BETTER)
    after = handler.get(page).context["form"].initial

    assert "pupil_answer" not in before | after
    assert shown.context["form"].initial["pupil_answer"] == PupilAnswer.BETTER
    assert "Eleven har svart på siden sin" in text_of(shown)


def test_closing_leads_to_the_evaluation_it_waits_for(cast: Cast, case: Case) -> None:
    shown = sign_in(cast, "head_teacher").get(reverse("cases:case-close", args=[case.public_id])).content.decode()

    assert shown.count(reverse("measures:plan-evaluate", args=[plan_of(case).public_id])) >= 2
    assert "Eleven har ikke fått si" not in shown


def test_question_comes_on_its_day_once_and_is_gone_when_answered(cast: Cast, case: Case, time_machine_noon: Any) -> None:
    family.set_check_ins(by=cast.actor("case_handler"), case=case, days=[today(), today() + timedelta(days=7)])

    assert jobs.ask_families_how_it_is() == 1
    assert jobs.ask_families_how_it_is() == 0
    told = set(Notice.objects.filter(code="family.asked").values_list("person_ref", flat=True))
    assert told == {cast.person(name).pk for name in ("pupil", "guardian", OTHER)}
    pupil = sign_in(cast, "pupil")
    assert "Svar nå" in text_of(pupil.get(own(case)))
    assert "Hvordan er det nå?" in text_of(pupil.get("/"))

    pupil.post(own(case, "how-is-it"), {"answer": "better", "words": ""})

    assert "Svar nå" not in text_of(pupil.get(own(case)))
    assert "Svar nå" in text_of(sign_in(cast, "guardian").get(own(case)))


@pytest.fixture
def time_machine_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the job run as if it were the middle of the day."""
    monkeypatch.setattr(jobs, "EARLIEST_HOUR", 0)


def test_days_that_are_left_out_go_away_and_the_past_ones_stay(cast: Cast, case: Case) -> None:
    handler = cast.actor("case_handler")
    family.set_check_ins(by=handler, case=case, days=[today() + timedelta(days=n) for n in (0, 1, 2)])
    family.set_check_ins(by=handler, case=case, days=[today() + timedelta(days=n) for n in (1, 5)])

    assert family_desk.coming_check_ins(case) == [today() + timedelta(days=n) for n in (1, 5)]
    assert AuditEvent.objects.filter(event=Event.CASE_CHECK_INS_SET).count() == 2


def test_measure_that_does_not_work_stands_on_the_handlers_day_until_the_evaluation(cast: Cast, case: Case) -> None:
    measure = plan_of(case).measures.get()
    page = reverse("measures:own-view-say", args=[measure.public_id])
    pupil, handler = sign_in(cast, "pupil"), sign_in(cast, "case_handler")

    assert pupil.post(page, {"text": " "}).status_code == 422
    assert pupil.post(page, {"said_works": "not"}).status_code == 302
    assert "virker ikke" in text_of(handler.get("/"))
    assert "Dette virker ikke" in text_of(handler.get(reverse("measures:plan-detail", args=[plan_of(case).public_id])))

    pupil.post(page, {"said_works": "helps"})
    assert "virker ikke" not in text_of(handler.get("/"))


# Corrections


def test_correction_is_asked_answered_and_read_by_the_one_who_asked(cast: Cast, case: Case) -> None:
    guardian = sign_in(cast, "guardian")
    guardian.post(own(case, "correction-ask"), {"target": "plan", "wrong": "Feil dag.", "right": "Det var tirsdag."})
    wish = CorrectionRequest.objects.get()
    handler = sign_in(cast, "case_handler")
    page = reverse("cases:correction-answer", args=[case.public_id, wish.public_id])
    assert "Det var tirsdag." in text_of(handler.get(page))

    assert handler.post(page, {"outcome": "refused"}).status_code == 422
    assert handler.post(page, {"outcome": "refused", "reason": "To så det mandag."}).status_code == 302

    shown = text_of(guardian.get(own(case, "own-papers")))
    for words in ("To så det mandag.", "Feil dag.", "Datatilsynet"):
        assert words in shown
    assert "To så det mandag." not in text_of(sign_in(cast, OTHER).get(own(case, "own-papers")))
    assert handler.post(page, {"outcome": "corrected", "correction": "Tirsdag."}).status_code == 422
    wish.refresh_from_db()
    assert (wish.outcome, wish.wrong) == (CorrectionOutcome.REFUSED, "Feil dag.")


def test_correction_of_one_case_is_not_answered_through_another(cast: Cast, case: Case) -> None:
    wish = family.ask_for_correction(by=cast.actor("pupil"), case=case, target=CorrectionTarget.OTHER, wrong="Feil.")
    other = make_case(cast, pupil=cast.person("classmate"))

    with pytest.raises(OutOfReach):
        family.answer_correction(
            by=cast.actor("case_handler"), case=other, request=wish, outcome=CorrectionOutcome.CORRECTED, correction="Rett."
        )
    page = reverse("cases:correction-answer", args=[other.public_id, wish.public_id])
    assert sign_in(cast, "case_handler").get(page).status_code == 404


# Minutes


def test_minutes_are_read_by_those_who_took_part_when_a_person_has_let_them_out(cast: Cast, case: Case) -> None:
    handler, key = cast.person("case_handler"), case.content_key_id
    with building():
        for words, guests, released in (
            ("referat-med-Maja", ["guardian"], True),
            ("referat-ikke-gitt-ut", ["guardian", OTHER], False),
            ("referat-med-Roar", [OTHER], True),
        ):
            talk = Conversation.objects.create(
                case=case,
                content_key_id=key,
                part=pupil_part(case),
                kind=ConversationKind.EXPOSED_GUARDIANS,
                held_by=handler,
                state=ConversationState.HELD,
                held_on=today(),
                minutes=words,
                written_by=handler,
                written_at=now(),
                released_by=handler if released else None,
                released_at=now() if released else None,
            )
            for guest in guests:
                ConversationGuest.objects.create(content_key_id=key, conversation=talk, person=cast.person(guest))

    read = {name: text_of(sign_in(cast, name).get(own(case, "own-papers"))) for name in ("guardian", OTHER, "pupil")}

    assert {name: re.findall(r"referat-[\w-]+", page) for name, page in read.items()} == {
        "guardian": ["referat-med-Maja"],
        OTHER: ["referat-med-Roar"],
        "pupil": [],
    }


# Who is let in


@pytest.mark.parametrize("page", ["own-case", "own-rights", "own-papers", "own-readers", "how-is-it", "adult-write", "correction-ask"])
@pytest.mark.parametrize("name", ["classmate", "other_party", "case_handler", "head_teacher", "teacher_of_others", "owner_handler"])
def test_room_is_for_the_family_alone(cast: Cast, case: Case, page: str, name: str) -> None:
    assert sign_in(cast, name).get(own(case, page)).status_code in {403, 404}
    assert sign_in(cast, "pupil").get(own(case, page)).status_code == 200


def test_guardian_without_responsibility_is_let_in_by_the_decision_and_only_then(cast: Cast, case: Case) -> None:
    with building():
        Guardianship.objects.filter(guardian=cast.person(OTHER)).update(parental_responsibility=False)
    pages = [own(case), reverse("measures:own-plan", args=[plan_of(case).public_id])]

    assert [sign_in(cast, OTHER).get(page).status_code for page in pages] == [404, 404]
    request = ask_to_follow(by=cast.actor(OTHER), pupil=cast.person("pupil"))
    assert [sign_in(cast, OTHER).get(page).status_code for page in pages] == [404, 404]
    decide_request(by=cast.actor("head_teacher"), request=request, outcome="granted", reason="Greit.")
    assert [sign_in(cast, OTHER).get(page).status_code for page in pages] == [200, 200]

    services.decide_on_guardians(by=cast.actor("case_handler"), case=case, decision=GuardianDecision.NOT_TOLD, reason="Farlig hjemme.")
    for name in ("guardian", OTHER):
        assert [sign_in(cast, name).get(page).status_code for page in pages] == [404, 404]


def test_guardian_is_out_when_the_relation_ends_or_the_pupil_comes_of_age(cast: Cast, case: Case) -> None:
    exchange = family.write_to_adult(by=cast.actor("guardian"), case=case, adult=cast.person("case_handler"), text="Hei")
    pages = [own(case), reverse("cases:exchange-detail", args=[exchange.public_id])]
    assert [sign_in(cast, "guardian").get(page).status_code for page in pages] == [200, 200]
    row = Guardianship.objects.filter(guardian=cast.person("guardian"))

    with building():
        row.update(valid_until=today() - timedelta(days=1))
    assert [sign_in(cast, "guardian").get(page).status_code for page in pages] == [404, 404]
    with building():
        row.update(valid_until=None)
        type(cast.person("pupil")).objects.filter(pk=case.pupil_id).update(birth_date=today() - timedelta(days=366 * 18))
    assert [sign_in(cast, "guardian").get(page).status_code for page in pages] == [404, 404]
    with building():
        row.update(adult_pupil_consented_on=today())
    assert [sign_in(cast, "guardian").get(page).status_code for page in pages] == [200, 200]


# Who has read


def test_readers_are_those_at_work_and_oneself_never_another_in_the_family_nor_the_reporter(cast: Cast, case: Case) -> None:
    for name in ("case_handler", "guardian", OTHER, "pupil"):
        with building():
            record(cast.actor(name), Event.CASE_READ, AuditKind.READ, [case])
    with building():
        record(cast.actor("contact_teacher"), Event.REPORT_READ, AuditKind.READ, [case.case_reports.get().report])

    shown = {name: [(row.who, row.role) for row in own_readers(cast.actor(name), case)] for name in ("pupil", "guardian", OTHER)}

    handler = ("Hedda Heddastad", "Leder nærmest lærerne, for eksempel avdelingsleder")
    assert {name: set(rows) for name, rows in shown.items()} == {name: {handler, ("Du", "")} for name in shown}


def test_task_in_a_teachers_list_is_not_counted_as_having_opened_the_case(cast: Cast, case: Case) -> None:
    teacher = sign_in(cast, "contact_teacher")
    for address in ("/", reverse("measures:measure-list")):
        assert teacher.get(address).status_code == 200

    def seen() -> list[int]:
        return [row.times for row in own_readers(cast.actor("guardian"), case) if row.who == str(cast.person("contact_teacher"))]

    assert seen() == [0]
    assert "Bare i en liste, ikke selve saken." in text_of(sign_in(cast, "guardian").get(own(case, "own-readers")))
    teacher.get(reverse("measures:measure-task", args=[plan_of(case).measures.get().public_id]))
    assert seen() == [1]


@pytest.mark.parametrize(("days", "passed"), [(0, False), (-1, True)])
def test_day_to_look_at_the_plan_that_has_passed_is_not_promised_again(cast: Cast, case: Case, days: int, passed: bool) -> None:
    plan = plan_of(case)
    with building():
        type(plan).objects.filter(pk=plan.pk).update(evaluate_on=today() + timedelta(days=days))
    guardian = sign_in(cast, "guardian")

    for address in (own(case), reverse("measures:own-plan", args=[plan.public_id])):
        assert ("Vi skulle sett på planen sammen" in text_of(guardian.get(address))) == passed


@pytest.mark.parametrize(("language", "heading"), [("nn", "Saka"), ("en", "The case")])
def test_start_page_of_a_guardian_is_in_her_language_throughout(cast: Cast, case: Case, language: str, heading: str) -> None:
    family.set_check_ins(by=cast.actor("case_handler"), case=case, days=[today()])
    guardian = sign_in(cast, "guardian")
    guardian.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = text_of(guardian.get("/"))

    assert heading in page
    assert ("Kommer" in page, "Saken" in page) == (False, False)


# Protected address


def test_protected_address_leaves_no_place_for_guardians_and_all_for_the_pupil(cast: Cast, case: Case) -> None:
    plan, school = plan_of(case), str(cast.school)
    with building():
        type(cast.person("pupil")).objects.filter(pk=case.pupil_id).update(protected_address=True)
        measure = plan.measures.get()
        version = plan.versions.get()
        version.content["measures"][0]["what"] = f"Hentes i Fjellveien 3 ved {school}."
        version.save()
    page = reverse("measures:own-plan", args=[plan.public_id])
    say_page = reverse("measures:own-view-say", args=[measure.public_id])

    for address in (page, own(case), say_page, own(case, "own-rights")):
        guardian = text_of(sign_in(cast, "guardian").get(address))
        assert "Fjellveien" not in guardian
        assert school not in guardian
    assert "Fjellveien 3" in text_of(sign_in(cast, "pupil").get(page))


def test_answers_and_letters_to_a_guardian_show_no_place_of_a_protected_pupil(cast: Cast, case: Case, letter: FamilyLetter) -> None:
    by, guardian = cast.actor("case_handler"), cast.actor("guardian")
    asked = family.ask_for_correction(by=guardian, case=case, target=CorrectionTarget.OTHER, wrong="Feil dag.")
    family.answer_correction(
        by=by, case=case, request=asked, outcome=CorrectionOutcome.CORRECTED, correction=f"Møtet var på {case.school.name}."
    )
    exchange = family.write_to_adult(by=guardian, case=case, adult=cast.person("case_handler"), text=f"Er det på {case.school.name}?")
    family.write_in_exchange(by=by, exchange=exchange, text=f"Ja, på {case.school.name}, i Fjellveien 3.")
    client = sign_in(cast, "guardian")
    pages = (own(case, "own-papers"), reverse("cases:exchange-detail", args=[exchange.public_id]))
    before = [text_of(client.get(page)) for page in pages]
    with building():
        type(cast.person("pupil")).objects.filter(pk=case.pupil_id).update(protected_address=True)

    after = [text_of(client.get(page)) for page in pages]

    assert f"Møtet var på {case.school.name}." in before[0]
    assert "Vi vil snakke med deg." in before[0]
    assert "Møtet var på […]." in after[0]
    assert "Ja, på […], i […]." in after[1]
    assert f"Er det på {case.school.name}?" in after[1]


def test_letter_on_paper_is_read_by_the_one_it_went_to_and_by_no_other_in_the_family(cast: Cast, case: Case, letter: FamilyLetter) -> None:
    pages = {name: text_of(sign_in(cast, name).get(own(case, "own-papers"))) for name in ("guardian", "pupil")}

    assert "Vi vil snakke med deg." in pages["guardian"]
    assert "Vi vil snakke med deg." not in pages["pupil"]


def test_paper_of_a_protected_pupil_is_stopped_for_places_and_for_the_other_guardian(cast: Cast, case: Case) -> None:
    with building():
        type(cast.person("pupil")).objects.filter(pk=case.pupil_id).update(protected_address=True)
        version = plan_of(case).versions.get()
        version.content["problem"] = "Roar Ylvasen henter i Fjellveien 3."
        version.save()
    fresh = Case.objects.get(pk=case.pk)

    paper = make_paper(by=cast.actor("head_teacher"), case=fresh, kind=PaperKind.PLAN_FOR_FAMILY)

    assert "Fjellveien 3" in paper.names_found
    assert "Roar Ylvasen" in paper.names_found


# Letters on paper


@pytest.fixture
def letter(cast: Cast, case: Case, settings: Any, tmp_path: Path) -> FamilyLetter:
    settings.AKTSOM_FILES_DIR = tmp_path
    return letters.make_letter(by=cast.actor("case_handler"), case=case, person=cast.person("guardian"), text="Vi vil snakke med deg.")


def picture() -> SimpleUploadedFile:
    from io import BytesIO

    from PIL import Image

    drawn = BytesIO()
    Image.new("RGB", (30, 30), "white").save(drawn, "PNG")
    return SimpleUploadedFile("skann.png", drawn.getvalue(), "image/png")


def test_scan_lands_in_the_right_case_with_its_source_and_the_depositor_learns_nothing(
    cast: Cast, case: Case, letter: FamilyLetter
) -> None:
    office = sign_in(cast, "teacher_without_relation")
    sent = {"code": letter.code, "scan": picture(), "received_on": today().isoformat()}

    page = text_of(office.post(reverse("cases:reply-keep"), sent, follow=True))

    assert "Svaret ligger i rett sak" in page
    assert not {word for word in ("Ylva", "Maja", case.public_id) if word in page}
    reply = LetterReply.objects.get()
    assert (reply.letter, reply.case, reply.media_type) == (letter, case, "image/jpeg")
    note = Note.objects.get(part=pupil_part(case))
    assert "Maja Ylvasen" in note.text
    assert "Brev på papir" in note.source
    fetch = reverse("cases:reply-fetch", args=[case.public_id, reply.public_id])
    given = sign_in(cast, "case_handler").get(fetch)
    assert (given.status_code, given["X-Content-Type-Options"], given["Content-Disposition"].split(";")[0]) == (
        200,
        "nosniff",
        "attachment",
    )
    for name in ("teacher_without_relation", "guardian", "pupil"):
        assert sign_in(cast, name).get(fetch).status_code in {403, 404}


def test_pdf_is_kept_as_it_is_and_other_files_are_refused(cast: Cast, letter: FamilyLetter) -> None:
    by = cast.actor("case_handler")

    kept = letters.keep_reply(by=by, code=letter.code, upload=SimpleUploadedFile("a.pdf", b"%PDF-1.7 skrift"), received_on=today())

    assert (kept.media_type, family_desk.stored_content(kept)) == ("application/pdf", b"%PDF-1.7 skrift")
    with pytest.raises(Refused) as refused:
        letters.keep_reply(by=by, code=letter.code, upload=SimpleUploadedFile("a.html", b"<script>"), received_on=today())
    assert refused.value.reasons == [LetterObstacle.NOT_READABLE]


@pytest.mark.parametrize("name", ["head_teacher_elsewhere", "other_owner_handler", "accused"])
def test_code_leads_nowhere_for_those_elsewhere_or_shut_out(cast: Cast, case: Case, letter: FamilyLetter, name: str) -> None:
    if name == "accused":
        name = "teacher_of_others"
        services.exclude_person(by=cast.actor("head_teacher"), case=case, person=cast.person(name), reason=ExclusionReason.ACCUSED)

    with pytest.raises(Refused) as refused:
        letters.keep_reply(by=cast.actor(name), code=letter.code, upload=picture(), received_on=today())
    assert refused.value.reasons == [LetterObstacle.WRONG_CODE]
    assert LetterReply.objects.count() == 0


def test_code_is_random_and_the_letter_tells_the_rights(cast: Cast, case: Case, letter: FamilyLetter) -> None:
    again = letters.make_letter(by=cast.actor("case_handler"), case=case, person=cast.person("guardian"), text="Vi vil snakke med deg.")

    assert again.code != letter.code
    assert family_desk.stored_content(letter).startswith(b"%PDF-")
    contents = letters.letter_contents(case, cast.person("guardian"), "Hei", letter.code)
    assert [word for word in ("§ 12-6", "§ 10-8", "Mobbeombudet", "§ 12-4") if any(word in right for right in contents["rights"])] == [
        "§ 12-6",
        "§ 10-8",
        "Mobbeombudet",
        "§ 12-4",
    ]


def test_letter_goes_only_to_one_who_was_told_and_shows_no_place_of_a_protected_pupil(cast: Cast, case: Case, letter: FamilyLetter) -> None:
    by = cast.actor("case_handler")
    with pytest.raises(Refused) as refused:
        letters.make_letter(by=by, case=case, person=cast.person("classmate"), text="Hei")
    assert refused.value.reasons == [LetterObstacle.NOT_RECEIVER]

    with building():
        type(cast.person("pupil")).objects.filter(pk=case.pupil_id).update(protected_address=True)
    fresh = Case.objects.get(pk=case.pk)
    with pytest.raises(Refused) as refused:
        letters.make_letter(by=by, case=fresh, person=cast.person("guardian"), text="Kom til Solvik skole.")
    assert refused.value.reasons == [LetterObstacle.SHOWS_PLACE]
    contents = letters.letter_contents(fresh, cast.person("guardian"), "Hei", letter.code)
    assert str(cast.school) not in str({key: value for key, value in contents.items() if key != "qr"})
    assert contents["hand_over"] != ""


def test_letter_is_made_and_fetched_by_the_handler_and_by_nobody_else(cast: Cast, case: Case, settings: Any, tmp_path: Path) -> None:
    settings.AKTSOM_FILES_DIR = tmp_path
    handler, page = sign_in(cast, "case_handler"), own(case, "letter-make")

    assert handler.post(page, {"person": cast.person("guardian").public_id, "text": ""}).status_code == 422
    assert handler.post(page, {"person": cast.person("guardian").public_id, "text": "Hei"}).status_code == 302

    fetch = reverse("cases:letter-fetch", args=[case.public_id, FamilyLetter.objects.get().public_id])
    given = handler.get(fetch)
    assert (given.status_code, given["Content-Type"], given["Cache-Control"]) == (200, "application/pdf", "no-store, private")
    assert handler.get(reverse("cases:letter-fetch", args=[case.public_id, "x"])).status_code == 404
    for name in ("guardian", "pupil", "teacher_without_relation", "head_teacher_elsewhere"):
        assert sign_in(cast, name).get(fetch).status_code in {403, 404}


def test_too_large_scan_is_refused_with_words_and_the_code_stays(cast: Cast, letter: FamilyLetter) -> None:
    upload = picture()
    upload.size = letters.LARGEST_SCAN + 1

    with pytest.raises(Refused) as refused:
        letters.keep_reply(by=cast.actor("case_handler"), code=letter.code, upload=upload, received_on=today())
    assert refused.value.reasons == [LetterObstacle.TOO_LARGE]
    page = sign_in(cast, "case_handler").post(reverse("cases:reply-keep"), {"code": letter.code, "received_on": ""})
    assert page.status_code == 422
    assert letter.code in page.content.decode()


# Pages


def test_days_are_set_on_a_page_and_refused_when_they_have_been(cast: Cast, case: Case) -> None:
    handler, page = sign_in(cast, "case_handler"), own(case, "check-ins-set")

    assert handler.post(page, {"first": (today() - timedelta(days=2)).isoformat(), "every": "7", "times": "2"}).status_code == 422
    assert handler.post(page, {"first": today().isoformat(), "every": "14", "times": "2"}).status_code == 302

    assert family_desk.coming_check_ins(case) == [today(), today() + timedelta(days=14)]
    assert "Vi spør igjen" in text_of(handler.get(own(case, "case-family")))


def test_guardian_who_works_at_the_school_finds_her_childs_case_on_her_day_once_told(cast: Cast, case: Case) -> None:
    teacher = cast.person("teacher_without_relation")
    with building():
        Guardianship.objects.create(pupil=cast.person("pupil"), guardian=teacher, parental_responsibility=True, valid_from=today())
    home = own(case)
    assert home in sign_in(cast, "teacher_without_relation").get("/").content.decode()
    assert sign_in(cast, "teacher_without_relation").get(home).status_code == 200
    assert sign_in(cast, "teacher_without_relation").get(own(case, "case-detail")).status_code in {403, 404}

    services.decide_on_guardians(by=cast.actor("case_handler"), case=case, decision=GuardianDecision.NOT_TOLD, reason="Farlig.")

    assert home not in sign_in(cast, "teacher_without_relation").get("/").content.decode()


@pytest.mark.parametrize("name", ["pupil", "guardian"])
def test_home_of_the_room_costs_a_constant_and_bounded_number_of_queries(cast: Cast, case: Case, name: str) -> None:
    counts = []
    for _round in range(2):
        for _number in range(3):
            say(cast, case, name, PupilAnswer.SAME)
            family.ask_for_correction(by=cast.actor(name), case=case, target=CorrectionTarget.OTHER, wrong="Feil.")
        client = sign_in(cast, name)
        client.get(own(case))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(own(case))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= MOST_QUERIES


def test_room_of_a_case_without_plan_handler_or_day_says_so_plainly(cast: Cast) -> None:
    made = make_case(cast)
    services.end_work(by=cast.actor("head_teacher"), case=made, worker=made.workers.get())
    tell_pupil(cast, made)

    page = text_of(sign_in(cast, "pupil").get(own(made)))

    for words in ("Planen er ikke ferdig ennå.", "Ingen dag er satt ennå.", "Skolen finner nå en"):
        assert words in page
    assert made.parts.get(kind=PartKind.PUPIL).trusted_adult is None


# Words


def lix_of(html: str) -> float:
    """Return Björnsson's readability number of the main part of a page: sentence length, and the share of words over six letters.

    Every block is a sentence of its own. Dates, names and references to sections are left out: they are data, not our words.
    """
    main = re.search(r"<main.*?</main>", html, re.DOTALL)
    assert main is not None
    text = re.sub(r"<(script|style|summary|svg|bdi|dd|strong|blockquote)\b.*?</\1>", ". ", main.group(), flags=re.DOTALL)
    text = re.sub(r"</?(?:p|li|h[1-6]|label|legend|div|dt|button|a)\b[^>]*>", ". ", text)
    text = re.sub(r"<[^>]+>", " ", text)
    text = re.sub(r"\w+ § [\d-]+(?: \w+ ledd)?|\w+dag \d+\. \w+ \d+|[A-ZÆØÅ]\w+ [A-ZÆØÅ]\w+stad", " ", text)
    sentences = [words for part in re.split(r"[.:?!]", text) if (words := re.findall(r"[a-zæøå]+", part.lower()))]
    words = [word for sentence in sentences for word in sentence]
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.parametrize("page", ["own-case", "own-rights", "own-papers", "own-readers", "how-is-it", "adult-write", "correction-ask"])
def test_pupils_pages_read_easily(cast: Cast, case: Case, page: str) -> None:
    assert lix_of(sign_in(cast, "pupil").get(own(case, page)).content.decode()) < 30


def test_readability_number_tells_heavy_words_from_light() -> None:
    light, heavy = (
        "<main><p>Du kan si fra. Vi vil høre deg.</p></main>",
        "<main><p>Opplæringsloven forplikter skoleeierne ubetinget</p></main>",
    )

    assert lix_of(light) < 10
    assert lix_of(heavy) > 60
