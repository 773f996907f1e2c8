"""The owner's and the school's own questions in the report form: few, never required, and answered in the words asked (REP-24)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.cases.selectors.offers import offers_for_analysis
from aktsom.cases.services import open_case
from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.audit.models import AuditEvent
from aktsom.reports import services
from aktsom.reports.models import Report, ReportQuestion
from aktsom.reports.rules import MOST_OF_OWNER, MOST_OF_SCHOOL, QuestionKind, QuestionObstacle, answers_kept, obstacles_to_asking
from aktsom.reports.selectors.questions import questions_for
from tests.cast import Cast
from tests.signed_in import sign_in

SENT = {"pupils": "Ylva Ylvasen", "what_happened": "Hun står alene.", "urgency": "ordinary"}
WAY = "Skjedde det på vei til eller fra skolen?"
BREAK = "Hvilken pause?"
SECRET = "Fjellklatring bak redskapsboden"


def ask(cast: Cast, text: str, *, of_owner: bool = False, **wishes: Any) -> ReportQuestion:
    by, place = ("owner_handler", cast.owner) if of_owner else ("head_teacher", cast.school)
    asked = {"text": text, "kind": QuestionKind.SHORT, "for_staff": True, "for_guardians": False}
    found: ReportQuestion = services.ask_in_reports(by=cast.actor(by), place=place, **asked | wishes)
    return found


def send(cast: Cast, **answers: str) -> Report:
    sign_in(cast, "contact_teacher").post("/meld/", SENT | answers)
    return Report.objects.order_by("-pk")[0]


# --- what is right


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.text(max_size=5)), max_size=6))
@settings(max_examples=60)
def test_only_what_was_answered_is_kept_each_with_its_question(given_answers: list[tuple[str, str]]) -> None:
    answers = dict(given_answers)
    asked = [(ref, f"Spørsmål {ref}", "owner") for ref in "abcdef"]

    kept = answers_kept(asked, answers)

    assert [row["ref"] for row in kept] == [ref for ref in "abcdef" if answers.get(ref, "").strip()]
    assert all(row["question"] == f"Spørsmål {row['ref']}" and row["answer"] == answers[row["ref"]].strip() for row in kept)


def test_question_that_asks_nothing_nobody_or_too_much_is_refused() -> None:
    fine: dict[str, Any] = {"text": BREAK, "kind": "short", "choices": "", "audiences": [True, False], "others": [], "most": 3}
    refusals = {
        QuestionObstacle.NO_TEXT: {"text": " "},
        QuestionObstacle.FOR_NOBODY: {"audiences": [False, False]},
        QuestionObstacle.FEW_CHOICES: {"kind": "choose", "choices": "Ute\n ute \nUte"} | {"choices": "Ute\nUte"},
        QuestionObstacle.TOO_MANY: {"others": ["a", "b", "c"]},
        QuestionObstacle.THERE_ALREADY: {"others": [BREAK.upper()]},
    }

    assert obstacles_to_asking(**fine) == []
    assert {obstacle: obstacles_to_asking(**fine | change) for obstacle, change in refusals.items()} == {
        obstacle: [obstacle] for obstacle in refusals
    }


# --- in the form


@pytest.mark.django_db
def test_report_is_sent_without_an_answer_and_no_question_is_ever_required(cast: Cast) -> None:
    for number, kind in enumerate(QuestionKind):
        ask(cast, f"Spørsmål {number}?", of_owner=True, kind=kind, choices="Ute\nInne")
    form = sign_in(cast, "contact_teacher").get("/meld/").context["form"]

    report = send(cast)

    assert {name for name, field in form.fields.items() if field.required} == {"pupils", "what_happened", "urgency"}
    assert len([name for name in form.fields if name.startswith("own_")]) == len(QuestionKind)
    assert report.extra_answers is None


@pytest.mark.django_db
def test_owners_question_is_in_every_schools_form_and_the_schools_only_in_its_own(cast: Cast) -> None:
    ask(cast, WAY, of_owner=True, for_guardians=True)
    ask(cast, BREAK)
    another = type(cast.school)(owner=cast.owner, owner_id=cast.owner.pk, pk=987_654)

    assert [row.text for row in questions_for(cast.school)] == [WAY, BREAK]
    assert [row.text for row in questions_for(cast.school, guardian=True)] == [WAY]
    assert [row.text for row in questions_for(another)] == [WAY]
    assert questions_for(cast.other_school) == []


@pytest.mark.django_db
def test_pupils_signed_in_or_without_a_name_are_never_asked_more(cast: Cast) -> None:
    ask(cast, WAY, of_owner=True, for_guardians=True)
    pages = {name: sign_in(cast, name).get("/meld/").content.decode() for name in ("contact_teacher", "guardian", "pupil")}
    pages["nobody"] = Client().get(f"/skole/{cast.school.slug}/si-fra/").content.decode()

    assert {name for name, page in pages.items() if WAY in page} == {"contact_teacher", "guardian"}


@pytest.mark.django_db
def test_answers_are_sealed_with_the_report_and_shown_to_the_receiver_and_into_the_case(cast: Cast) -> None:
    question = ask(cast, BREAK)
    report = send(cast, **{f"own_{question.public_id}": SECRET})
    with connection.cursor() as cursor:
        cursor.execute("SELECT extra_answers FROM reports_report")
        stored = cursor.fetchall()
    head = cast.actor("head_teacher")
    page = sign_in(cast, "head_teacher").get(f"/meldinger/{report.public_id}/").content.decode()

    case = open_case(by=head, report=report, pupil=cast.person("pupil"), handlers=[cast.person("case_handler")])

    assert SECRET not in str(stored)
    assert BREAK in page
    assert SECRET in page
    assert SECRET in sign_in(cast, "case_handler").get(f"/saker/{case.public_id}/").content.decode()
    assert SECRET in [offer.text for offer in offers_for_analysis(cast.actor("case_handler"), case)]
    assert SECRET not in sign_in(cast, "contact_teacher").get("/").content.decode()


@pytest.mark.django_db
def test_old_report_shows_the_question_it_was_asked_after_it_has_new_words(cast: Cast) -> None:
    question = ask(cast, BREAK)
    report = send(cast, **{f"own_{question.public_id}": "Den lange"})
    head = sign_in(cast, "head_teacher")
    new_words = {"text": "Når på dagen?", "kind": "short", "for_staff": "on"}

    changed = head.post(f"/meldeskjema/sporsmal/{question.public_id}/", new_words)
    page = head.get(f"/meldinger/{report.public_id}/").content.decode()
    form = sign_in(cast, "contact_teacher").get("/meld/").content.decode()

    assert changed.status_code == 302
    assert (BREAK in page, "Når på dagen?" in page) == (True, False)
    assert (BREAK in form, "Når på dagen?" in form) == (False, True)
    assert ReportQuestion.objects.get(ended_at=None).replaces == question
    assert head.post(f"/meldeskjema/sporsmal/{question.public_id}/", new_words).status_code == 404


@pytest.mark.django_db
def test_questions_are_put_in_and_taken_out_through_the_pages(cast: Cast) -> None:
    owner, head = sign_in(cast, "owner_handler"), sign_in(cast, "head_teacher")
    of_owner, of_school = f"/meldeskjema/eier/{cast.owner.public_id}/", f"/meldeskjema/skole/{cast.school.public_id}/"
    sent = {"text": WAY, "kind": "yes_no", "for_staff": "on"}

    answers = [owner.post(of_owner, {}).status_code, owner.post(of_owner, sent).status_code, head.post(of_school, sent).status_code]
    led = [owner.get("/meldeskjema/").headers["Location"], head.get("/meldeskjema/").headers["Location"]]
    shown = head.get(of_school).content.decode()
    mine = ReportQuestion.objects.get(school=cast.school)
    taken = head.post(f"/meldeskjema/sporsmal/{mine.public_id}/ta-bort/").status_code

    assert (answers, led, taken) == ([422, 302, 302], [of_owner, of_school], 302)
    assert "Eierens spørsmål" in shown
    assert [row.school for row in questions_for(cast.school)] == [None]
    assert AuditEvent.objects.filter(event__startswith="report_question.").count() == 3


@pytest.mark.django_db
def test_owner_and_school_have_few_questions_each(cast: Cast) -> None:
    for number in range(MOST_OF_OWNER):
        ask(cast, f"Eierens {number}?", of_owner=True)
    for number in range(MOST_OF_SCHOOL):
        ask(cast, f"Skolens {number}?")

    refusals = []
    for of_owner in (True, False):
        with pytest.raises(Refused) as refused:
            ask(cast, "Ett til?", of_owner=of_owner)
        refusals.append(refused.value.reasons)

    assert refusals == [[QuestionObstacle.TOO_MANY]] * 2
    assert len(questions_for(cast.school)) == MOST_OF_OWNER + MOST_OF_SCHOOL


@pytest.mark.django_db
def test_owner_asks_every_school_and_no_school_in_particular(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        services.ask_in_reports(
            by=cast.actor("owner_handler"), place=cast.school, text=WAY, kind=QuestionKind.SHORT, for_staff=True, for_guardians=False
        )
    assert sign_in(cast, "owner_handler").get(f"/meldeskjema/skole/{cast.school.public_id}/").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "of_owner"),
    [
        ("contact_teacher", False),
        ("case_handler", False),
        ("head_teacher_elsewhere", False),
        ("owner_handler", False),
        ("head_teacher", True),
        ("other_owner_handler", True),
        ("technical_admin", True),
        ("guardian", False),
    ],
)
def test_question_is_changed_by_whose_it_is_and_by_nobody_else(cast: Cast, name: str, of_owner: bool) -> None:
    question = ask(cast, WAY, of_owner=of_owner)

    with pytest.raises((NotAllowed, OutOfReach)):
        services.end_question(by=cast.actor(name), question=question)
    assert sign_in(cast, name).get(f"/meldeskjema/sporsmal/{question.public_id}/").status_code in {403, 404}
    assert ReportQuestion.objects.get().ended_at is None
