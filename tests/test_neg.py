"""What must never happen, where no single domain owns it (requirements.md Part 6). Each test is named after its row."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import get_template
from django.urls import reverse

from aktsom.cases.models import Case
from aktsom.cases.rules import CaseRole, ClosingReason, NoteKind, PartKind
from aktsom.cases.rules.papers import PaperKind, PaperObstacle
from aktsom.cases.services import add_note, add_part, appoint_handler, decide_on_guardians
from aktsom.cases.services.investigation import NoteDraft
from aktsom.cases.services.papers import make_paper, release_paper
from aktsom.cases.tests.factories import answer, building, make_case, plan_of, put_plan_in_force
from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.timing.clock import now, today
from aktsom.measures.models import Evaluation, Measure
from aktsom.measures.rules import EvaluationObstacle, MeasureDecision, PupilAnswer
from aktsom.measures.services import EvaluationDraft, MeasureVerdict, evaluate, put_in_force, write_problem
from aktsom.people.access import years_before
from aktsom.people.models import Guardianship, Person
from aktsom.people.services import give_consent, withdraw_consent
from aktsom.plans.models import ChosenProcedure
from aktsom.plans.services import choose_procedure
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
REACTION = "Sander er bortvist fra skolen ut dagen."


@pytest.mark.parametrize("field", ["responsible", "carried_out_by"])
@pytest.mark.parametrize("name", ["guardian", "classmate", "pupil"])
def test_neg_24_guardians_and_pupils_cannot_be_given_a_measure_to_answer_for(cast: Cast, field: str, name: str) -> None:
    plan = put_plan_in_force(cast, make_case(cast))
    address = reverse("measures:measure-add", args=[plan.public_id])
    head = sign_in(cast, "head_teacher")
    teacher = cast.person("contact_teacher").public_id
    sent = {"what": "Rydde opp i vennegjengen.", "level": "pupil", "responsible": teacher, "carried_out_by": teacher}

    refused = head.post(address, sent | {field: cast.person(name).public_id})
    kept = head.post(address, sent)

    assert (refused.status_code, kept.status_code) == (422, 302)
    bearers = {pk for row in Measure.objects.values_list("responsible_id", "carried_out_by_id") for pk in row}
    assert bearers == {cast.person("contact_teacher").pk}


@pytest.mark.parametrize("name", ["guardian", "classmate", "pupil"])
def test_neg_48_pupils_and_guardians_in_councils_never_bear_a_duty_of_the_staff(cast: Cast, name: str) -> None:
    case = make_case(cast)

    with pytest.raises(Refused):
        appoint_handler(by=cast.actor("head_teacher"), case=case, person=cast.person(name))

    assert set(case.workers.filter(role=CaseRole.HANDLER).values_list("person_id", flat=True)) == {cast.person("case_handler").pk}


@pytest.mark.parametrize("where", ["På vei hjem", "På nettet i helgen", "I en annen kommune"])
def test_neg_11_what_happened_elsewhere_or_long_ago_becomes_a_case_and_is_investigated_like_any_other(cast: Cast, where: str) -> None:
    long_ago = now() - timedelta(days=400)
    case = make_case(cast, where_happened=where, noticed_at=long_ago, first_known_at=long_ago)

    room = sign_in(cast, "case_handler").get(reverse("cases:case-investigation", args=[case.public_id]))
    note = NoteDraft(kind=NoteKind.OBSERVATION, happened_at=long_ago, text="Det begynte i fjor.")
    add_note(by=cast.actor("case_handler"), case=case, part=case.parts.get(), draft=note)

    assert (room.status_code, case.first_known_at) == (200, long_ago)
    assert ClosingReason.values == ["safe", "left"]


def test_neg_44_nothing_of_one_pupils_case_can_be_filed_in_or_fetched_through_anothers(cast: Cast) -> None:
    hers, his = make_case(cast), make_case(cast, pupil=cast.person("other_party"))
    head, note = cast.actor("head_teacher"), NoteDraft(kind=NoteKind.LOG, happened_at=now(), text="Om Sander.")
    put_plan_in_force(cast, his)
    paper = make_paper(by=head, case=his, kind=PaperKind.CASE_FILE)

    with pytest.raises(OutOfReach):
        add_note(by=head, case=hers, part=his.parts.get(), draft=note)
    fetched = [
        sign_in(cast, "head_teacher").get(reverse("cases:paper-fetch", args=[case.public_id, paper.public_id])).status_code
        for case in (his, hers)
    ]

    assert fetched == [200, 404]
    assert hers.notes.count() == 0


def case_with_a_reaction(cast: Cast) -> Case:
    case = make_case(cast)
    head = cast.actor("head_teacher")
    part = add_part(by=head, case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    add_note(by=head, case=case, part=part, draft=NoteDraft(kind=NoteKind.LOG, happened_at=now(), text=REACTION))
    put_plan_in_force(cast, case)
    decide_on_guardians(by=head, case=case, decision="told", told_on=today())
    return case


@pytest.mark.parametrize("name", ["pupil", "guardian"])
def test_neg_25_reaction_against_another_pupil_is_nowhere_on_the_familys_pages(cast: Cast, name: str) -> None:
    case = case_with_a_reaction(cast)
    reader = sign_in(cast, name)
    pages = [reverse("cases:own-case", args=[case.public_id]), reverse("measures:own-plan", args=[plan_of(case).public_id])]
    room = sign_in(cast, "case_handler").get(reverse("cases:case-investigation", args=[case.public_id])).content.decode()

    shown = [reader.get(page) for page in pages]

    assert REACTION in room
    assert [(page.status_code, page.content.decode().count("Sander"), page.content.decode().count("bortvist")) for page in shown] == [
        (200, 0, 0),
        (200, 0, 0),
    ]


def test_neg_25_plan_that_carries_it_is_stopped_before_it_reaches_the_family(cast: Cast) -> None:
    case = case_with_a_reaction(cast)
    head, plan = cast.actor("head_teacher"), plan_of(case)
    write_problem(by=head, plan=plan, problem=f"Ylva er utrygg. {REACTION}", evaluate_on=plan.evaluate_on, evaluator=None)
    put_in_force(by=head, plan=plan, reason="Ny tekst.")
    paper = make_paper(by=head, case=case, kind=PaperKind.PLAN_FOR_FAMILY)

    with pytest.raises(Refused) as refusal:
        release_paper(by=head, case=case, paper=paper, decision="")

    paper.refresh_from_db()
    assert (refusal.value.reasons, paper.released_at) == ([PaperObstacle.NAMES_UNDECIDED], None)


def test_neg_32_guardian_of_a_pupil_of_age_sees_nothing_without_her_consent(cast: Cast) -> None:
    case = make_case(cast)
    decide_on_guardians(by=cast.actor("head_teacher"), case=case, decision="told", told_on=today())
    page = reverse("cases:own-case", args=[case.public_id])
    eighteen = years_before(today(), 18)

    def answers() -> int:
        return sign_in(cast, "guardian").get(page).status_code

    def born(day: date) -> None:
        with building():
            Person.objects.filter(pk=case.pupil_id).update(birth_date=day)

    born(eighteen + timedelta(days=1))
    on_the_day_before = answers()
    born(eighteen)
    on_the_day = answers()
    guardianship = Guardianship.objects.select_related("pupil", "guardian").get(pupil=case.pupil, guardian=cast.person("guardian"))
    give_consent(by=cast.actor("pupil"), guardianship=guardianship)
    with_consent = answers()
    withdraw_consent(by=cast.actor("pupil"), guardianship=guardianship)

    assert (on_the_day_before, on_the_day, with_consent, answers()) == (200, 404, 200, 404)


def test_neg_32_nobody_consents_for_the_pupil(cast: Cast) -> None:
    guardianship = Guardianship.objects.select_related("pupil", "guardian").get(guardian=cast.person("guardian"))
    with building():
        Person.objects.filter(pk=guardianship.pupil_id).update(birth_date=today() - timedelta(days=19 * 366))
    guardianship = Guardianship.objects.select_related("pupil", "guardian").get(pk=guardianship.pk)

    for name in ("guardian", "head_teacher", "classmate"):
        with pytest.raises((NotAllowed, OutOfReach, Refused)):
            give_consent(by=cast.actor(name), guardianship=guardianship)

    guardianship.refresh_from_db()
    assert guardianship.adult_pupil_consented_on is None


def test_neg_36_school_never_follows_two_plans_and_never_none_between_them(cast: Cast) -> None:
    head = cast.actor("head_teacher")
    choose_procedure(by=head, school=cast.school, code="steinkjer", valid_from=today() + timedelta(days=30))
    rows = ChosenProcedure.objects.filter(school=cast.school).order_by("valid_from")
    days = [(row.valid_from, row.valid_until) for row in rows]

    assert [row.code for row in rows] == ["storhamar", "steinkjer"]
    assert days[0][1] == days[1][0] - timedelta(days=1)
    assert days[1][1] is None
    with pytest.raises(IntegrityError), transaction.atomic(), building():
        ChosenProcedure.objects.create(school=cast.school, code="sentrum", valid_from=today())


NOT_THEIRS = [
    "teacher_without_relation",
    "teacher_of_others",
    "former_deputy",
    "owner_handler",
    "technical_admin",
    "head_teacher_elsewhere",
]


@pytest.mark.parametrize("name", NOT_THEIRS)
def test_neg_50_nobody_without_a_task_in_it_finds_the_case_or_its_plan(cast: Cast, name: str) -> None:
    case = make_case(cast)
    plan = put_plan_in_force(cast, case)
    client = sign_in(cast, name)
    lists = [client.get(address).content.decode() for address in ("/", "/saker/", "/tiltak/", "/meldinger/")]

    asked = [
        client.get(reverse("cases:case-detail", args=[case.public_id])),
        client.get(reverse("measures:plan-detail", args=[plan.public_id])),
    ]

    assert [page.status_code for page in asked] == [404, 404]
    assert [sum(page.count(word) for word in ("Ylva", case.public_id, plan.public_id)) for page in lists] == [0, 0, 0, 0]


@pytest.mark.parametrize("is_final", [False, True])
def test_neg_58_school_cannot_judge_its_own_work_without_the_pupils_voice(cast: Cast, is_final: bool) -> None:
    case = make_case(cast)
    plan = put_plan_in_force(cast, case)
    measure = plan.measures.get()
    asked: dict[str, Any] = {
        "held_on": today(),
        "pupil_answer": PupilAnswer.SAFE,
        "verdicts": [MeasureVerdict(measure=measure, was_done=True, decision=MeasureDecision.KEEP, reason="Skolen mener det går bra.")],
        "next_on": None if is_final else today() + timedelta(days=14),
        "is_final": is_final,
    }

    with pytest.raises(Refused) as refusal:
        evaluate(by=cast.actor("head_teacher"), plan=plan, draft=EvaluationDraft(**asked, pupil_words=" "))

    assert refusal.value.reasons == [EvaluationObstacle.NO_PUPIL_WORDS]
    assert Evaluation.objects.count() == 0
    answer(cast, case, PupilAnswer.SAFE, is_final=is_final)
    assert Evaluation.objects.count() == 1


WRITING_ABOUT_A_PUPIL = (
    *("reports/staff_report", "reports/oral_report", "reports/incident_report", "reports/report_detail", "reports/groundless"),
    *(
        "cases/case_open",
        "cases/case_write",
        "cases/help_detail",
        "cases/paper_release",
        "cases/health_note_write",
        "cases/health_note_change",
    ),
    *("measures/plan_form", "measures/plan_in_force", "measures/view_form", "measures/evaluation_form", "measures/measure_task"),
)


@pytest.mark.parametrize("page", WRITING_ABOUT_A_PUPIL)
def test_neg_49_help_with_the_words_is_there_wherever_staff_write_about_a_pupil(page: str) -> None:
    text = get_template(f"{page}.html").template.source  # type: ignore[attr-defined]
    forms = re.findall(r"<form[^>]*aktsom-form[^>]*method=\"post\"|<form[^>]*method=\"post\"[^>]*aktsom-form", text)

    assert forms
    assert [form for form in forms if "data-aktsom-writing" not in form] == []
