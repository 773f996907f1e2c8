"""What pages ask of plans: the same number of questions whatever the size, and the right rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aktsom.core.timing.clock import today
from aktsom.measures import selectors, services
from aktsom.measures.models import ActionPlan
from aktsom.measures.rules import MeasureDecision, PlanState, PupilAnswer
from aktsom.measures.services import MeasureVerdict
from aktsom.measures.tests.factories import add_measure, complete, evaluate, make_plan, measure_draft, plan_in_force
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def whole_page(plan: ActionPlan) -> list[object]:
    """Return everything the plan's page reads, with every relation followed."""
    plan = ActionPlan.objects.get(pk=plan.pk)
    shown: list[object] = []
    for measure in selectors.open_measures(plan):
        shown += [measure.finding and measure.finding.text, str(measure.responsible), str(measure.carried_out_by)]
        shown += [str(deed.done_by) for deed in measure.deeds.all()] + [str(view.person) for view in measure.views.all()]
    for evaluation in selectors.evaluations(plan):
        shown += [str(evaluation.evaluated_by), *(row.measure.what for row in evaluation.measures.all())]
    shown += [finding.text for finding in selectors.findings(plan)]
    return shown


def test_plan_page_asks_the_same_number_of_questions_for_one_measure_and_for_three(cast: Cast) -> None:
    small = plan_in_force(cast, file_ref="file00000001")
    large = plan_in_force(cast, measures=3, file_ref="file00000002")
    counts = []
    for plan in (small, large):
        for measure in plan.measures.all():
            services.mark_done(by=cast.actor("case_handler"), measure=measure, done_on=today())
            services.say_own_view(by=cast.actor("pupil"), measure=measure, text="Bra.")
        evaluate(cast, plan)
        with CaptureQueriesContext(connection) as asked:
            whole_page(plan)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_version_asks_the_same_number_of_questions_for_one_measure_and_for_three(cast: Cast) -> None:
    counts = []
    for plan in (plan_in_force(cast, file_ref="file00000001"), plan_in_force(cast, measures=3, file_ref="file00000002")):
        with CaptureQueriesContext(connection) as asked:
            selectors.version_page(plan, 1)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_standings_of_many_files_are_one_question_and_only_what_the_actor_meets(cast: Cast) -> None:
    plan = plan_in_force(cast, file_ref="file00000001")
    evaluate(cast, plan, PupilAnswer.WORSE)
    make_plan(cast, file_ref="file00000002", workers=("owner_handler",), is_withheld=True)

    actor = cast.actor("case_handler")

    with CaptureQueriesContext(connection) as asked:
        found = selectors.plan_standings(actor, ["file00000001", "file00000002"])

    standing = found["file00000001"]
    assert (len(asked), list(found)) == (1, ["file00000001"])
    assert (standing.state, standing.answer, standing.evaluations, standing.open_measures, standing.findings) == (
        PlanState.IN_FORCE,
        PupilAnswer.WORSE,
        1,
        1,
        1,
    )


def test_evaluations_due_are_those_of_own_plans_up_to_the_day(cast: Cast) -> None:
    soon = plan_in_force(cast, file_ref="file00000001")
    later = plan_in_force(cast, file_ref="file00000002")
    services.write_problem(by=cast.actor("case_handler"), plan=soon, problem="Ylva", evaluate_on=today() + timedelta(days=3))
    complete(cast, make_plan(cast, file_ref="file00000003"))

    until = today() + timedelta(days=7)

    assert list(selectors.evaluations_due(cast.actor("case_handler"), until=until)) == [soon]
    assert list(selectors.evaluations_due(cast.actor("head_teacher"), until=today() + timedelta(days=14))) == [soon, later]
    assert list(selectors.evaluations_due(cast.actor("guardian"), until=today() + timedelta(days=14))) == []


def test_my_measures_are_mine_and_running(cast: Cast) -> None:
    plan = plan_in_force(cast)
    mine = plan.measures.get()
    waiting = add_measure(cast, make_plan(cast, file_ref="file00000002"))
    ended = add_measure(cast, plan, is_immediate=True)
    services.end_measure(by=cast.actor("case_handler"), measure=ended)

    assert list(selectors.my_measures(cast.actor("teacher_without_relation"))) == [mine]
    assert list(selectors.my_measures(cast.actor("teacher_of_others"))) == []
    assert waiting not in selectors.my_measures(cast.actor("contact_teacher"))


def test_meter_follows_the_plan_as_it_is_written(cast: Cast) -> None:
    plan = make_plan(cast)
    before = [line.is_in_place for line in selectors.plan_meter(plan)]

    complete(cast, plan)

    assert before == [False, False, False, False, False]
    assert [(line.letter, line.is_in_place) for line in selectors.plan_meter(plan)] == [(letter, True) for letter in "abcde"]


def unsettled(cast: Cast, plan: ActionPlan) -> tuple[int, int]:
    standing = selectors.plan_standings(cast.actor("head_teacher"), [plan.file_ref])[plan.file_ref]
    return standing.measures, standing.unsettled


def test_measure_nobody_carried_out_is_unsettled_until_it_is_done(cast: Cast) -> None:
    plan = plan_in_force(cast)
    before = unsettled(cast, plan)

    services.mark_done(by=cast.actor("head_teacher"), measure=plan.measures.get(), done_on=today())

    assert (before, unsettled(cast, plan)) == ((1, 1), (1, 0))


@pytest.mark.parametrize(
    ("was_done", "decision", "expected"),
    [(False, MeasureDecision.KEEP, 1), (True, MeasureDecision.KEEP, 0), (False, MeasureDecision.END, 0)],
)
def test_evaluation_settles_a_measure_that_was_done_or_is_ended_with_a_reason(
    cast: Cast, was_done: bool, decision: MeasureDecision, expected: int
) -> None:
    plan = plan_in_force(cast)
    verdict = MeasureVerdict(measure=plan.measures.get(), was_done=was_done, decision=decision, reason="Slik ble det.")

    evaluate(cast, plan, PupilAnswer.SAME, verdicts=[verdict])

    assert unsettled(cast, plan) == (1, expected)


def test_measures_that_only_end_with_the_plan_stay_unsettled(cast: Cast) -> None:
    plan = plan_in_force(cast)

    services.end_action_plan(by=cast.actor("head_teacher"), plan=plan)

    assert unsettled(cast, plan) == (1, 1)


def test_own_list_tells_measures_with_the_same_words_apart_without_naming_the_pupil(cast: Cast) -> None:
    plan = plan_in_force(cast)
    measure = plan.measures.get()
    services.mark_done(by=cast.actor("teacher_without_relation"), measure=measure, done_on=today())

    own = [(task.measure, task.pupil, task.last_done_on) for task in selectors.my_tasks(cast.actor("teacher_without_relation"))]

    assert own == [(measure, "", today())]


def test_family_meets_who_has_a_measure_today_and_no_text_that_is_not_in_force(cast: Cast) -> None:
    plan = plan_in_force(cast, measures=2)
    measure = plan.measures.first()
    assert measure is not None
    new = cast.person("case_handler")

    draft = measure_draft(cast, plan, what="Et utkast ingen har satt i kraft.", task="Noe nytt.", responsible=new)
    services.change_measure(by=cast.actor("case_handler"), measure=measure, draft=draft)

    page = selectors.own_plan_page(cast.actor("pupil"), ActionPlan.objects.get(pk=plan.pk))
    rows = {row.public_id: row for row in page["version"].measures}
    assert rows[measure.public_id].responsible == str(new)
    assert rows[measure.public_id].what == "En voksen er ved ballbingen."
    others = [row.responsible for public_id, row in rows.items() if public_id != measure.public_id]
    assert others == [str(cast.person("contact_teacher"))]
    assert all(row.carried_out_by == str(cast.person("teacher_without_relation")) for row in rows.values())


def test_family_meets_the_people_of_the_version_when_nobody_is_named_now_or_the_measure_has_ended(cast: Cast) -> None:
    plan = plan_in_force(cast, measures=2)
    emptied, ended = plan.measures.order_by("id")
    services.change_measure(by=cast.actor("case_handler"), measure=emptied, draft=measure_draft(cast, plan, responsible=None))
    services.end_measure(by=cast.actor("case_handler"), measure=ended)

    page = selectors.own_plan_page(cast.actor("pupil"), ActionPlan.objects.get(pk=plan.pk))

    assert {row.responsible for row in page["version"].measures} == {str(cast.person("contact_teacher"))}
