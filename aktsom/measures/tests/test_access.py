"""Who meets a plan, who meets only a task, and the near misses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aktsom.core.access.actions import Action
from aktsom.core.access.door import NotAllowed, OutOfReach
from aktsom.core.timing.clock import now, today
from aktsom.measures import services
from aktsom.measures.access import get_action_plan, get_measure, measures_visible_to, plans_visible_to
from aktsom.measures.models import PlanAccess
from aktsom.measures.tests.factories import add_measure, building, complete, make_plan, plan_in_force
from aktsom.people.models import Position
from tests.cast import CAST, Cast

pytestmark = pytest.mark.django_db


def who_meets_plans(cast: Cast) -> set[str]:
    return {name for name in CAST if plans_visible_to(cast.actor(name)).exists()}


def who_meets_measures(cast: Cast) -> set[str]:
    return {name for name in CAST if measures_visible_to(cast.actor(name)).exists()}


def test_draft_is_met_by_those_who_work_with_it_and_the_leadership(cast: Cast) -> None:
    make_plan(cast)

    assert who_meets_plans(cast) == {"case_handler", "head_teacher", "accused_head_teacher"}


def test_plan_in_force_is_met_by_the_family_too(cast: Cast) -> None:
    plan_in_force(cast)

    assert who_meets_plans(cast) == {"case_handler", "head_teacher", "accused_head_teacher", "pupil", "guardian"}


def test_person_shut_out_never_meets_the_plan_or_its_measures(cast: Cast) -> None:
    plan = plan_in_force(cast, shut_out=("accused_head_teacher",))
    add_measure(cast, plan, responsible=cast.person("accused_head_teacher"), is_immediate=True)

    assert who_meets_plans(cast) == {"case_handler", "head_teacher", "pupil", "guardian"}
    assert "accused_head_teacher" not in who_meets_measures(cast)


def test_withheld_plan_is_met_by_nobody_at_the_school(cast: Cast) -> None:
    make_plan(cast, workers=("owner_handler",), is_withheld=True)

    assert who_meets_plans(cast) == {"owner_handler"}


def test_guardian_shut_out_and_let_back_meets_the_plan_again(cast: Cast) -> None:
    plan = plan_in_force(cast, shut_out=("guardian",))
    before = who_meets_plans(cast)

    services.let_back_to_action_plan(by=cast.actor("head_teacher"), plan=plan, person=cast.person("guardian"))

    assert who_meets_plans(cast) - before == {"guardian"}
    assert "guardian" in who_meets_measures(cast)


def test_work_that_has_ended_ends_the_reach(cast: Cast) -> None:
    plan = make_plan(cast)
    with building():
        row = PlanAccess.objects.get(plan=plan)
        row.valid_until = now() - timedelta(minutes=1)
        row.save()

    assert who_meets_plans(cast) == {"head_teacher", "accused_head_teacher"}


def test_position_that_has_ended_ends_the_reach(cast: Cast) -> None:
    plan = make_plan(cast)
    add_measure(cast, plan, responsible=cast.person("case_handler"), is_immediate=True)
    with building():
        position = Position.objects.get(person=cast.person("case_handler"))
        position.valid_until = today() - timedelta(days=1)
        position.save()

    assert who_meets_plans(cast) == {"head_teacher", "accused_head_teacher"}
    assert "case_handler" not in who_meets_measures(cast)


def test_doer_meets_the_task_but_not_the_plan(cast: Cast) -> None:
    plan = plan_in_force(cast)
    measure, doer = plan.measures.get(), cast.actor("teacher_without_relation")

    assert get_measure(doer, Action.MEASURE_MARK_DONE, measure.public_id) == measure
    with pytest.raises(OutOfReach):
        get_action_plan(doer, Action.ACTION_PLAN_SEE, plan.public_id)
    with pytest.raises(NotAllowed):
        get_measure(doer, Action.ACTION_PLAN_WRITE, measure.public_id)


def test_neg_15_planned_measure_reaches_nobody_before_there_is_a_plan_in_force(cast: Cast) -> None:
    plan = complete(cast, make_plan(cast))
    before = who_meets_measures(cast)

    services.put_in_force(by=cast.actor("case_handler"), plan=plan)

    assert who_meets_measures(cast) - before == {"teacher_without_relation", "contact_teacher", "pupil", "guardian"}


def test_immediate_measure_is_met_by_its_doer_before_any_plan(cast: Cast) -> None:
    plan = make_plan(cast)
    add_measure(cast, plan, carried_out_by=cast.person("teacher_of_others"), is_immediate=True)

    assert "teacher_of_others" in who_meets_measures(cast)
    assert "teacher_of_others" not in who_meets_plans(cast)


@pytest.mark.parametrize("name", ["pupil", "guardian"])
def test_family_reads_but_never_writes_the_plan(cast: Cast, name: str) -> None:
    plan = plan_in_force(cast)

    assert get_action_plan(cast.actor(name), Action.CASE_SEE_OWN, plan.public_id) == plan
    for action in (Action.ACTION_PLAN_SEE, Action.ACTION_PLAN_WRITE, Action.ACTION_PLAN_EVALUATE):
        with pytest.raises(NotAllowed):
            get_action_plan(cast.actor(name), action, plan.public_id)


def test_guardian_meets_no_plan_before_it_is_decided_that_guardians_are_told(cast: Cast) -> None:
    told = plan_in_force(cast)
    not_told = plan_in_force(cast, guardians_told=False, file_ref="file00000002")

    assert list(plans_visible_to(cast.actor("guardian"))) == [told]
    assert set(plans_visible_to(cast.actor("pupil"))) == {told, not_told}
