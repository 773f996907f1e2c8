"""From the teacher's report to the closed case, once for each school's plan, on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import build_cast
from tests.journeys import road
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("plan_word", [("storhamar", "Handlingsplan")])
def test_road_from_report_to_closed_case(arrive: Callable[..., Walker], plan_word: tuple[str, str]) -> None:
    procedure, word = plan_word
    cast = build_cast(procedure=procedure)
    teacher, head = arrive(cast, "contact_teacher"), arrive(cast, "head_teacher")

    road.report(teacher)
    assert teacher.taps <= 8
    road.take(head)
    assert head.taps == 2
    road.assess(head)
    case = road.open_case(head, "Hedda Heddastad")

    handler = arrive(cast, "case_handler")
    road.hear(handler, case)
    road.investigate(handler, case)
    plan = road.write_plan(handler, case)
    road.tell(handler, plan)
    road.evaluate(handler, plan, "Litt bedre")
    road.evaluate(handler, plan, "Trygt og godt", final=True)

    road.close(head, case)
