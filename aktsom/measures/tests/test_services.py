"""What happens to a plan: put in force, told, carried out, evaluated, ended and taken up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent, AuditKind
from aktsom.core.timing.clock import today
from aktsom.measures import selectors, services
from aktsom.measures.models import Evaluation, MeasureDeed, MeasureView, PlanTelling
from aktsom.measures.rules import (
    Acceptance,
    EvaluationObstacle,
    MeasureDecision,
    MeasureState,
    PartyKind,
    PlanObstacle,
    PlanState,
    PupilAnswer,
)
from aktsom.measures.tests.factories import (
    add_measure,
    complete,
    evaluate,
    evaluation_draft,
    make_plan,
    measure_draft,
    plan_in_force,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def events() -> list[str]:
    return list(AuditEvent.objects.filter(kind=AuditKind.WRITE).order_by("pk").values_list("event", flat=True))


def test_neg_14_empty_plan_is_refused_with_what_the_act_asks_for_and_nothing_is_written(cast: Cast) -> None:
    plan = make_plan(cast)

    with pytest.raises(Refused) as refused:
        services.put_in_force(by=cast.actor("case_handler"), plan=plan)

    plan.refresh_from_db()
    assert refused.value.reasons == [PlanObstacle.NO_PROBLEM, PlanObstacle.NO_MEASURE, PlanObstacle.NO_EVALUATION_DATE]
    assert (plan.state, plan.version, plan.versions.count(), events()) == (PlanState.DRAFT, 0, 0, [])


def test_neg_15_measures_alone_are_not_a_plan(cast: Cast) -> None:
    plan = make_plan(cast)
    add_measure(cast, plan)

    with pytest.raises(Refused) as refused:
        services.put_in_force(by=cast.actor("case_handler"), plan=plan)

    assert refused.value.reasons == [PlanObstacle.NO_PROBLEM, PlanObstacle.NO_EVALUATION_DATE]
    assert plan.measures.get().state == MeasureState.PLANNED


def test_neg_17_measure_without_a_finding_keeps_the_plan_from_force(cast: Cast) -> None:
    plan = complete(cast, make_plan(cast))
    measure = plan.measures.get()
    by = cast.actor("case_handler")
    services.change_measure(by=by, measure=measure, draft=replace(measure_draft(cast, plan), finding=None))

    with pytest.raises(Refused) as refused:
        services.put_in_force(by=by, plan=plan)
    services.change_measure(by=by, measure=measure, draft=measure_draft(cast, plan))
    services.put_in_force(by=by, plan=plan)

    assert refused.value.reasons == [PlanObstacle.NO_FINDING]
    assert plan.state == PlanState.IN_FORCE


def test_plan_in_force_starts_its_measures_and_keeps_the_version_whole(cast: Cast) -> None:
    plan = complete(cast, make_plan(cast))

    services.put_in_force(by=cast.actor("case_handler"), plan=plan)

    page = selectors.version_page(plan, 1)
    assert page is not None
    assert [(row.what, row.finding, row.responsible, row.carried_out_by, row.starts_on) for row in page.measures] == [
        ("En voksen er ved ballbingen.", "Ingen voksne ved ballbingen.", "Kari Karistad", "Ulrik Ulrikstad", today())
    ]
    assert (plan.version, plan.measures.get().state, page.problem) == (1, MeasureState.RUNNING, "Ylva er alene i storefri.")
    assert events() == [Event.ACTION_PLAN_CHANGED, Event.FINDING_ADDED, Event.MEASURE_ADDED, Event.ACTION_PLAN_PUT_IN_FORCE]


def test_change_needs_a_reason_and_the_first_version_stays_as_it_was(cast: Cast) -> None:
    plan, by = plan_in_force(cast), cast.actor("case_handler")
    services.write_problem(by=by, plan=plan, problem="Ylva er alene også i garderoben.", evaluate_on=plan.evaluate_on)

    with pytest.raises(Refused) as refused:
        services.put_in_force(by=by, plan=plan, reason=" ")
    changed_before = selectors.has_unpublished_changes(plan)
    services.put_in_force(by=by, plan=plan, reason="Vi fant mer.")

    first, second = selectors.version_page(plan, 1), selectors.version_page(plan, 2)
    assert refused.value.reasons == [PlanObstacle.NO_REASON_FOR_CHANGE]
    assert (changed_before, selectors.has_unpublished_changes(plan)) == (True, False)
    assert first is not None
    assert second is not None
    assert (first.problem, second.problem, second.reason) == (
        "Ylva er alene i storefri.",
        "Ylva er alene også i garderoben.",
        "Vi fant mer.",
    )


def test_date_cannot_be_taken_out_of_a_plan_in_force(cast: Cast) -> None:
    plan = plan_in_force(cast)

    with pytest.raises(Refused) as refused:
        services.write_problem(by=cast.actor("case_handler"), plan=plan, problem="Ny tekst", evaluate_on=None)

    assert refused.value.reasons == [PlanObstacle.NO_EVALUATION_DATE]


def test_neg_16_objection_is_written_down_and_stops_no_measure(cast: Cast) -> None:
    plan = plan_in_force(cast)
    by, guardian = cast.actor("case_handler"), cast.person("guardian")

    services.tell_party(
        by=by, plan=plan, party=PartyKind.GUARDIAN, person=guardian, told_on=today(), acceptance=Acceptance.OBJECTED, objection="For lite."
    )
    services.say_view(
        by=by,
        measure=plan.measures.get(),
        party=PartyKind.PUPIL,
        person=cast.person("pupil"),
        text="Vil ikke.",
        disagrees=True,
        schools_reason="Hun må være trygg.",
    )

    telling = PlanTelling.objects.get()
    assert (telling.version, telling.acceptance, telling.objection) == (1, Acceptance.OBJECTED, "For lite.")
    assert (plan.state, plan.measures.get().state) == (PlanState.IN_FORCE, MeasureState.RUNNING)
    assert len(selectors.my_measures(cast.actor("teacher_without_relation"))) == 1


def test_neg_16_immediate_measure_runs_before_anybody_is_told(cast: Cast) -> None:
    measure = add_measure(cast, make_plan(cast), is_immediate=True)

    assert (measure.state, list(selectors.my_measures(cast.actor("teacher_without_relation")))) == (MeasureState.RUNNING, [measure])


def test_neg_26_plan_for_the_pupil_cannot_consist_of_nothing_for_her(cast: Cast) -> None:
    """A reaction against somebody else is no measure: without measures of its own the plan is refused, whatever was done."""
    plan = make_plan(cast)
    services.add_finding(by=cast.actor("case_handler"), plan=plan, text="Den andre eleven er snakket med.")
    services.write_problem(by=cast.actor("case_handler"), plan=plan, problem="Ylva er alene.", evaluate_on=today() + timedelta(days=7))

    with pytest.raises(Refused) as refused:
        services.put_in_force(by=cast.actor("case_handler"), plan=plan)

    assert refused.value.reasons == [PlanObstacle.NO_MEASURE]


def test_done_mark_is_written_by_the_one_who_did_it(cast: Cast) -> None:
    measure = plan_in_force(cast).measures.get()
    doer = cast.actor("teacher_without_relation")

    services.mark_done(by=doer, measure=measure, done_on=today(), note="Gikk fint.")

    deed = MeasureDeed.objects.get()
    assert (deed.done_by_id, deed.note, events()[-1]) == (doer.person_id, "Gikk fint.", Event.MEASURE_DONE)
    with pytest.raises(OutOfReach):
        services.mark_done(by=cast.actor("teacher_of_others"), measure=measure, done_on=today())


def test_guardian_says_her_own_view_and_nobody_elses(cast: Cast) -> None:
    measure = plan_in_force(cast).measures.get()

    services.say_own_view(by=cast.actor("guardian"), measure=measure, text="Bra.", disagrees=False)

    view = MeasureView.objects.get()
    assert (view.party, view.person, view.text) == (PartyKind.GUARDIAN, cast.person("guardian"), "Bra.")
    with pytest.raises(NotAllowed):
        services.say_own_view(by=cast.actor("case_handler"), measure=measure, text="På vegne av.")


def test_evaluation_moves_the_date_and_ends_what_was_decided_ended(cast: Cast) -> None:
    plan = plan_in_force(cast, measures=2)
    first, second = evaluation_draft(plan).verdicts
    ended = replace(second, decision=MeasureDecision.END, reason="Trengs ikke.")

    evaluate(cast, plan, verdicts=[first, ended], next_on=today() + timedelta(days=30))

    plan.refresh_from_db()
    assert plan.evaluate_on == today() + timedelta(days=30)
    assert [measure.state for measure in plan.measures.all()] == [MeasureState.RUNNING, MeasureState.ENDED]
    assert [row.reason for row in Evaluation.objects.get().measures.order_by("id")] == ["Det hjelper.", "Trengs ikke."]


def test_evaluation_that_leaves_a_measure_out_is_refused_and_changes_nothing(cast: Cast) -> None:
    plan = plan_in_force(cast, measures=2)

    with pytest.raises(Refused) as refused:
        evaluate(cast, plan, verdicts=evaluation_draft(plan).verdicts[:1], pupil_words="")

    assert refused.value.reasons == [EvaluationObstacle.MEASURE_LEFT_OUT, EvaluationObstacle.NO_PUPIL_WORDS]
    assert (Evaluation.objects.count(), plan.evaluate_on) == (0, today() + timedelta(days=14))


def test_only_a_moved_date_is_not_a_change_of_the_plan(cast: Cast) -> None:
    plan = plan_in_force(cast)

    evaluate(cast, plan, next_on=today() + timedelta(days=30))

    assert selectors.has_unpublished_changes(plan) is False


def test_neg_12_final_evaluation_refused_until_the_pupil_says_safe(cast: Cast) -> None:
    plan = plan_in_force(cast)

    with pytest.raises(Refused) as refused:
        evaluate(cast, plan, PupilAnswer.BETTER, is_final=True, next_on=None)
    evaluate(cast, plan, PupilAnswer.SAFE, is_final=True, next_on=None)

    assert refused.value.reasons == [EvaluationObstacle.FINAL_WITHOUT_SAFETY]
    assert Evaluation.objects.get().is_final is True


def test_ended_plan_takes_nothing_more_and_everything_is_there_when_taken_up_again(cast: Cast) -> None:
    plan, by = plan_in_force(cast), cast.actor("case_handler")
    measure = plan.measures.get()
    services.end_action_plan(by=by, plan=plan)
    measure.refresh_from_db()
    deeds: list[Any] = [
        lambda: services.add_measure(by=by, plan=plan, draft=measure_draft(cast, plan)),
        lambda: services.add_finding(by=by, plan=plan, text="Mer"),
        lambda: services.write_problem(by=by, plan=plan, problem="Mer", evaluate_on=today()),
        lambda: services.end_measure(by=by, measure=measure),
    ]

    refusals = []
    for deed in deeds:
        with pytest.raises(Refused) as refused:
            deed()
        refusals.append(refused.value.reasons)
    services.take_up_again(by=by, plan=plan)

    assert refusals == [[PlanObstacle.ENDED]] * 4
    assert (plan.state, plan.ended_at, plan.versions.count(), plan.findings.count()) == (PlanState.DRAFT, None, 1, 1)


def test_measure_that_is_over_is_not_changed_or_ended_twice(cast: Cast) -> None:
    plan, by = plan_in_force(cast, measures=2), cast.actor("case_handler")
    measure = services.end_measure(by=by, measure=plan.measures.first())

    for deed in (
        lambda: services.end_measure(by=by, measure=measure),
        lambda: services.change_measure(by=by, measure=measure, draft=measure_draft(cast, plan)),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.reasons == [PlanObstacle.MEASURE_ENDED]


def test_sharing_twice_is_sharing_once_and_ends_at_once(cast: Cast) -> None:
    plan, by = make_plan(cast), cast.actor("head_teacher")
    person = cast.person("contact_teacher")
    for _time in range(2):
        services.share_action_plan(by=by, plan=plan, person=person)
    shared = selectors.plan_of_file(cast.actor("contact_teacher"), plan.file_ref)

    services.end_sharing(by=by, plan=plan, person=person)

    assert (shared, selectors.plan_of_file(cast.actor("contact_teacher"), plan.file_ref)) == (plan, None)
    assert plan.accesses.filter(person=person).count() == 1


def test_handler_shut_out_loses_the_plan(cast: Cast) -> None:
    plan = make_plan(cast)

    services.exclude_from_action_plan(by=cast.actor("head_teacher"), plan=plan, person=cast.person("case_handler"))

    assert selectors.plan_of_file(cast.actor("case_handler"), plan.file_ref) is None
    assert selectors.shut_out(plan) == {cast.person("case_handler").pk}
