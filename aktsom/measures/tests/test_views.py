"""The pages of the plan, as those who work with it, those with a task, and the family meet them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aktsom.core.accounts import drafts
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent, AuditKind
from aktsom.core.timing.clock import today
from aktsom.measures import services
from aktsom.measures.models import ActionPlan, Evaluation, Finding, Measure, MeasureDeed, MeasureView, PlanTelling
from aktsom.measures.rules import MeasureDecision, MeasureState, PlanState, PupilAnswer
from aktsom.measures.selectors import has_unpublished_changes
from aktsom.measures.services import MeasureVerdict
from aktsom.measures.tests.factories import add_measure, complete, evaluate, make_plan, plan_in_force
from tests.cast import Cast
from tests.database_dump import MOST_QUERIES
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    html = response.content.decode()
    assert len(re.findall("<h1", html)) == 1
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def address(name: str, *args: Any) -> str:
    return reverse(f"measures:{name}", args=args)


@pytest.fixture
def handler(cast: Cast) -> Client:
    return sign_in(cast, "case_handler")


PAGES = ["plan-detail", "problem-write", "finding-add", "plan-in-force", "plan-tell", "plan-evaluate", "version-list", "measure-add"]


@pytest.mark.parametrize("name", PAGES)
def test_page_of_the_plan_opens_for_the_handler_not_for_others(cast: Cast, handler: Client, name: str) -> None:
    plan = plan_in_force(cast)
    add_measure(cast, plan)
    where = address(name, plan.public_id)

    shown, guardian, teacher = handler.get(where), sign_in(cast, "guardian").get(where), sign_in(cast, "teacher_of_others").get(where)

    assert (shown.status_code, guardian.status_code, teacher.status_code) == (200, 403, 404)
    text_of(shown)
    assert AuditEvent.objects.filter(kind=AuditKind.READ, event=Event.ACTION_PLAN_READ, object_id=plan.public_id).count() == 1


@pytest.mark.parametrize("name", ["measure-change", "view-say", "measure-task"])
def test_page_of_a_measure_opens_for_the_handler_not_for_others(cast: Cast, handler: Client, name: str) -> None:
    measure = plan_in_force(cast).measures.get()
    where = address(name, measure.public_id)

    assert (handler.get(where).status_code, sign_in(cast, "teacher_of_others").get(where).status_code) == (200, 404)


def test_empty_plan_shows_the_quiet_meter_and_puts_nothing_in_force(cast: Cast, handler: Client) -> None:
    plan = make_plan(cast)

    shown = text_of(handler.get(address("plan-detail", plan.public_id)))
    refused = handler.post(address("plan-in-force", plan.public_id))

    plan.refresh_from_db()
    assert "0 av 5 er på plass" in shown
    assert "Når alt er på plass, setter du planen i kraft her." in shown
    assert (refused.status_code, plan.state) == (422, PlanState.DRAFT)
    assert "Planen har ingen tiltak" in text_of(refused)


def test_plan_is_written_from_empty_to_in_force_through_the_forms(cast: Cast, handler: Client) -> None:
    plan = make_plan(cast)
    adult = cast.person("contact_teacher").public_id
    in_two_weeks = (today() + timedelta(days=14)).isoformat()

    handler.post(
        address("problem-write", plan.public_id), {"problem": "Alene i storefri.", "evaluate_on": in_two_weeks, "evaluator": adult}
    )
    handler.post(address("finding-add", plan.public_id), {"text": "Ingen voksne ute."})
    handler.post(
        address("measure-add", plan.public_id),
        {
            "what": "En voksen er ute.",
            "finding": Finding.objects.get().public_id,
            "level": "group",
            "responsible": adult,
            "carried_out_by": adult,
            "starts_on": today().isoformat(),
        },
    )
    done = handler.post(address("plan-in-force", plan.public_id))

    plan.refresh_from_db()
    assert done.headers["Location"] == address("plan-detail", plan.public_id)
    assert (plan.state, plan.version, plan.evaluator) == (PlanState.IN_FORCE, 1, cast.person("contact_teacher"))
    assert (plan.measures.get().state, plan.measures.get().what) == (MeasureState.RUNNING, "En voksen er ute.")


def test_measure_from_the_catalogue_is_filled_in(cast: Cast, handler: Client) -> None:
    from aktsom.plans.loading import LIBRARY_CODES, library_procedure
    from aktsom.plans.selectors import measure_catalogue

    with_catalogue = next(code for code in LIBRARY_CODES if library_procedure(code).catalogue)
    plan = make_plan(cast)
    _follow(cast, with_catalogue)
    item = measure_catalogue(cast.school.pk)[0]

    page = handler.get(f"{address('measure-add', plan.public_id)}?fra={item.code}")

    assert page.context["form"].initial["what"] == item.text
    assert item.text in text_of(page)


def _follow(cast: Cast, code: str) -> None:
    from aktsom.measures.tests.factories import building
    from aktsom.plans.models import ChosenProcedure

    with building():
        chosen = ChosenProcedure.objects.get(school=cast.school)
        chosen.code = code
        chosen.save()


@pytest.mark.parametrize(
    ("code", "title"),
    [("storhamar", "Aktivitetsplan"), ("steinkjer", "Tiltaksplan"), ("lillestrom", "Handlingsplan for eleven")],
)
def test_plan_is_called_what_the_school_calls_it(cast: Cast, handler: Client, code: str, title: str) -> None:
    plan = make_plan(cast)
    _follow(cast, code)

    assert f"{title}: Ylva Ylvasen" in text_of(handler.get(address("plan-detail", plan.public_id)))


def test_own_standard_of_the_school_is_shown_as_its_own(cast: Cast, handler: Client) -> None:
    plan = make_plan(cast)
    without = text_of(handler.get(address("plan-detail", plan.public_id)))
    _follow(cast, "lillestrom")

    assert "Skolens egen regel:" not in without
    assert "Skolens egen regel:" in text_of(handler.get(address("plan-detail", plan.public_id)))


def test_measure_ends_before_it_began_is_explained(cast: Cast, handler: Client) -> None:
    plan = make_plan(cast)
    sent = {"what": "Noe", "level": "pupil", "starts_on": "2026-11-24", "ends_on": "2026-11-20"}

    response = handler.post(address("measure-add", plan.public_id), sent)

    assert (response.status_code, Measure.objects.count()) == (422, 0)
    assert "Siste dag må være samme dag som første dag, eller senere." in text_of(response)


def test_task_page_holds_the_task_and_nothing_of_the_background(cast: Cast) -> None:
    plan = plan_in_force(cast)
    measure = plan.measures.get()
    doer = sign_in(cast, "teacher_without_relation")

    shown = text_of(doer.get(address("measure-task", measure.public_id)))
    listed = text_of(doer.get(address("measure-list")))

    assert "Vær ved ballbingen i storefri." in shown
    assert "Vær ved ballbingen i storefri." in listed
    for secret in ("Ylva", "Ingen voksne ved ballbingen", "alene"):
        assert secret not in shown + listed


def test_doer_marks_the_measure_as_done_but_not_in_the_future(cast: Cast) -> None:
    measure = plan_in_force(cast).measures.get()
    doer, where = sign_in(cast, "teacher_without_relation"), address("measure-task", measure.public_id)

    early = doer.post(where, {"done_on": (today() + timedelta(days=1)).isoformat()})
    done = doer.post(where, {"done_on": today().isoformat(), "note": "Rolig."})

    assert (early.status_code, done.headers["Location"]) == (422, where)
    assert [(deed.done_on, deed.note) for deed in MeasureDeed.objects.all()] == [(today(), "Rolig.")]


def evaluation_of(plan: ActionPlan, **changes: str) -> dict[str, str]:
    sent = {
        "held_on": today().isoformat(),
        "pupil_answer": "better",
        "pupil_words": "Litt bedre.",
        "next_on": (today() + timedelta(days=10)).isoformat(),
    }
    for measure in plan.measures.exclude(state="ended"):
        sent |= {f"{measure.public_id}-was_done": "yes", f"{measure.public_id}-decision": "keep", f"{measure.public_id}-reason": "Hjelper."}
    return sent | changes


def test_evaluation_is_written_for_every_measure(cast: Cast, handler: Client) -> None:
    plan = plan_in_force(cast, measures=2)
    first = plan.measures.first()

    refused = handler.post(address("plan-evaluate", plan.public_id), evaluation_of(plan, **{f"{first.public_id}-reason": ""}))
    done = handler.post(address("plan-evaluate", plan.public_id), evaluation_of(plan))

    assert (refused.status_code, done.headers["Location"]) == (422, address("plan-detail", plan.public_id))
    assert "Skriv hvorfor tiltaket fortsetter, endres eller avsluttes" in text_of(refused)
    assert [row.measures.count() for row in Evaluation.objects.all()] == [2]


def test_evaluation_that_changes_a_measure_leads_to_the_change(cast: Cast, handler: Client) -> None:
    plan = plan_in_force(cast)
    measure = plan.measures.get()

    done = handler.post(address("plan-evaluate", plan.public_id), evaluation_of(plan, **{f"{measure.public_id}-decision": "change"}))

    assert done.headers["Location"] == address("measure-change", measure.public_id)


def test_falling_answer_proposes_an_earlier_day(cast: Cast, handler: Client) -> None:
    plan = plan_in_force(cast)
    steady = handler.get(address("plan-evaluate", plan.public_id))
    evaluate(cast, plan, PupilAnswer.WORSE)

    falling = handler.get(address("plan-evaluate", plan.public_id))

    assert "Vi foreslår å se på det igjen tidligere enn planlagt" not in text_of(steady)
    assert "Vi foreslår å se på det igjen tidligere enn planlagt" in text_of(falling)
    assert today() < falling.context["proposal"] < steady.context["proposal"]


def test_telling_is_written_with_the_objection(cast: Cast, handler: Client) -> None:
    plan = plan_in_force(cast)
    sent = {"told_on": today().isoformat(), "acceptance": "objected", "objection": "For lite."}

    done = handler.post(address("plan-tell", plan.public_id), sent | {"party": f"guardian:{cast.person('guardian').public_id}"})

    telling = PlanTelling.objects.get()
    assert done.headers["Location"] == address("plan-detail", plan.public_id)
    assert (telling.person, telling.acceptance, telling.objection) == (cast.person("guardian"), "objected", "For lite.")
    assert "«For lite.»" in text_of(handler.get(address("plan-detail", plan.public_id)))


def test_disagreement_needs_the_schools_reason(cast: Cast, handler: Client) -> None:
    measure = plan_in_force(cast).measures.get()
    sent = {"party": f"pupil:{cast.person('pupil').public_id}", "text": "Vil ikke.", "disagrees": "on"}

    refused = handler.post(address("view-say", measure.public_id), sent)
    handler.post(address("view-say", measure.public_id), sent | {"schools_reason": "Må være trygg."})

    assert refused.status_code == 422
    assert [(view.text, view.schools_reason) for view in MeasureView.objects.all()] == [("Vil ikke.", "Må være trygg.")]


def test_family_reads_the_version_in_force_not_what_is_being_written(cast: Cast) -> None:
    plan = plan_in_force(cast)
    services.write_problem(by=cast.actor("case_handler"), plan=plan, problem="Halvferdig tekst", evaluate_on=plan.evaluate_on)
    evaluate(cast, plan, staff_words="De voksnes egne ord")

    for name in ("pupil", "guardian"):
        text = text_of(sign_in(cast, name).get(address("own-plan", plan.public_id)))
        assert ("Ylva er alene i storefri." in text, "Halvferdig" in text, "De voksnes egne ord" in text) == (True, False, False)


@pytest.mark.parametrize(
    ("name", "status"), [("classmate", 404), ("guardian_without_responsibility", 404), ("contact_teacher", 404), ("case_handler", 403)]
)
def test_familys_page_is_for_the_family_alone(cast: Cast, name: str, status: int) -> None:
    plan = plan_in_force(cast)

    assert sign_in(cast, name).get(address("own-plan", plan.public_id)).status_code == status


def test_draft_does_not_exist_for_the_family(cast: Cast) -> None:
    plan = complete(cast, make_plan(cast))

    assert sign_in(cast, "pupil").get(address("own-plan", plan.public_id)).status_code == 404


def test_pupil_says_what_she_means_about_a_measure(cast: Cast, handler: Client) -> None:
    plan = plan_in_force(cast)
    where = address("own-view-say", plan.measures.get().public_id)
    pupil = sign_in(cast, "pupil")

    empty = pupil.post(where, {"text": ""})
    done = pupil.post(where, {"text": "Jeg vil heller ha med Teo.", "disagrees": "on"})

    view = MeasureView.objects.get()
    assert (empty.status_code, done.headers["Location"]) == (422, address("own-plan", plan.public_id))
    assert (view.person, view.disagrees) == (cast.person("pupil"), True)
    assert "Jeg vil heller ha med Teo." in text_of(handler.get(address("plan-detail", plan.public_id)))


def test_measure_still_being_written_does_not_exist_for_the_family(cast: Cast) -> None:
    measure = add_measure(cast, plan_in_force(cast), what="Hemmelig ennå")

    assert sign_in(cast, "pupil").get(address("own-view-say", measure.public_id)).status_code == 404


def test_typed_text_comes_back_and_is_gone_when_sent(cast: Cast, handler: Client) -> None:
    plan = plan_in_force(cast)
    measure = plan.measures.get()
    where = address("plan-evaluate", plan.public_id)
    user, key = cast.person("case_handler").user, where.strip("/").replace("/", "-")
    drafts.keep_draft(user=user, form_key=key, content={"pupil_words": ["Halvskrevet"], f"{measure.public_id}-reason": ["Fordi"]})

    page = handler.get(where).content.decode()
    handler.post(where, evaluation_of(plan))

    assert ("Halvskrevet" in page, 'value="Fordi"' in page, "data-aktsom-draft" in page) == (True, True, True)
    assert drafts.initial_for(user, key) == {}


def test_plan_page_asks_the_same_number_of_questions_for_one_measure_and_for_three(cast: Cast, handler: Client) -> None:
    counts = []
    for plan in (plan_in_force(cast, file_ref="file00000001"), plan_in_force(cast, measures=3, file_ref="file00000002")):
        handler.get(address("plan-detail", plan.public_id))
        with CaptureQueriesContext(connection) as asked:
            handler.get(address("plan-detail", plan.public_id))
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] <= MOST_QUERIES


def test_finding_that_is_alone_is_chosen_and_what_the_plan_waits_for_is_not_called_optional(cast: Cast, handler: Client) -> None:
    plan = complete(cast, make_plan(cast))
    page = handler.get(address("measure-add", plan.public_id))

    finding = Finding.objects.get(plan=plan)
    assert page.context["form"]["finding"].initial == finding.public_id
    shown = text_of(page)
    assert [words for words in ("Hvem gjør det?", "Hvem har ansvar?", "Fra og med") if f"{words} (valgfritt)" in shown] == []
    assert "Hvor ofte? (valgfritt)" in shown


def test_measure_is_taken_out_of_a_draft_with_one_press(cast: Cast, handler: Client) -> None:
    plan = complete(cast, make_plan(cast))
    measure = Measure.objects.get(plan=plan)
    where = address("measure-end", measure.public_id)

    page = handler.get(address("plan-detail", plan.public_id)).content.decode()
    told = text_of(handler.post(where, follow=True))

    measure.refresh_from_db()
    assert (f'action="{where}"' in page, "Tiltaket er tatt bort" in told, measure.state) == (True, True, MeasureState.ENDED)


def test_plan_asks_for_nothing_more_after_the_final_evaluation(cast: Cast, handler: Client) -> None:
    plan = plan_in_force(cast)
    over = [
        MeasureVerdict(measure=measure, was_done=True, decision=MeasureDecision.END, reason="Trengs ikke.")
        for measure in plan.measures.all()
    ]
    evaluate(cast, plan, PupilAnswer.SAFE, is_final=True, verdicts=over)
    assert has_unpublished_changes(plan)

    shown = text_of(handler.get(address("plan-detail", plan.public_id)))

    assert ("Dette ber loven om" in shown, "sist ble satt i kraft" in shown) == (False, False)


def test_owners_plan_is_evaluated_by_the_owner_and_carried_out_by_those_at_the_school_too(cast: Cast) -> None:
    plan = make_plan(cast, workers=("owner_handler",), shut_out=("head_teacher",), is_withheld=True)
    hers, teacher, head = (cast.person(name).public_id for name in ("owner_handler", "contact_teacher", "head_teacher"))
    client = sign_in(cast, "owner_handler")

    evaluating = client.get(reverse("measures:problem-write", args=[plan.public_id])).content.decode()
    doing = client.get(reverse("measures:measure-add", args=[plan.public_id])).content.decode()

    assert [person in evaluating for person in (hers, teacher, head)] == [True, False, False]
    assert [person in doing for person in (hers, teacher, head)] == [True, True, False]
