"""The law of the plan: five points, honest evaluations, and answers that fall."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktsom.measures.rules import (
    EvaluationObstacle,
    MeasureFacts,
    MeterPoint,
    PlanObstacle,
    PlanState,
    PupilAnswer,
    is_falling,
    meter,
    obstacles_to_evaluating,
    obstacles_to_putting_in_force,
    proposed_evaluation,
)

TODAY = date(2026, 11, 24)
WHOLE = MeasureFacts(has_finding=True, has_start=True, has_responsible=True)
READY: dict[str, Any] = {
    "state": PlanState.DRAFT,
    "has_problem": True,
    "measures": [WHOLE],
    "evaluate_on": TODAY + timedelta(days=14),
    "today": TODAY,
    "version": 0,
    "reason": "",
}
EVALUATED: dict[str, Any] = {
    "state": PlanState.IN_FORCE,
    "running": [1, 2],
    "evaluated": {1: "Det hjelper.", 2: "Ingen gjorde det."},
    "pupil_answer": PupilAnswer.BETTER,
    "pupil_words": "Litt bedre.",
    "next_on": TODAY + timedelta(days=14),
    "held_on": TODAY,
    "today": TODAY,
    "is_final": False,
}
facts = st.builds(MeasureFacts, has_finding=st.booleans(), has_start=st.booleans(), has_responsible=st.booleans())
days = st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 12, 31))
answers = st.lists(st.sampled_from(PupilAnswer.values), max_size=6)


@pytest.mark.parametrize(
    ("change", "obstacles"),
    [
        ({}, []),
        ({"has_problem": False}, [PlanObstacle.NO_PROBLEM]),
        ({"measures": []}, [PlanObstacle.NO_MEASURE]),
        ({"measures": [WHOLE, MeasureFacts(True, False, True)]}, [PlanObstacle.NO_START]),
        ({"measures": [MeasureFacts(True, True, False)]}, [PlanObstacle.NO_RESPONSIBLE]),
        ({"evaluate_on": None}, [PlanObstacle.NO_EVALUATION_DATE]),
        ({"evaluate_on": TODAY}, []),
        ({"evaluate_on": TODAY - timedelta(days=1)}, [PlanObstacle.EVALUATION_DATE_PASSED]),
        ({"version": 1}, [PlanObstacle.NO_REASON_FOR_CHANGE]),
        ({"version": 1, "reason": "Tiltaket virket ikke."}, []),
        ({"state": PlanState.ENDED}, [PlanObstacle.ENDED]),
        (
            {"has_problem": False, "measures": [], "evaluate_on": None},
            [PlanObstacle.NO_PROBLEM, PlanObstacle.NO_MEASURE, PlanObstacle.NO_EVALUATION_DATE],
        ),
    ],
)
def test_neg_14_plan_without_one_of_the_five_points_is_refused(change: dict[str, Any], obstacles: list[PlanObstacle]) -> None:
    assert obstacles_to_putting_in_force(**(READY | change)) == obstacles


def test_neg_17_measure_without_basis_in_the_case_is_refused() -> None:
    without = [WHOLE, MeasureFacts(has_finding=False, has_start=True, has_responsible=True)]

    assert obstacles_to_putting_in_force(**(READY | {"measures": without})) == [PlanObstacle.NO_FINDING]


@given(
    state=st.sampled_from(PlanState.values),
    has_problem=st.booleans(),
    measures=st.lists(facts, max_size=4),
    evaluate_on=st.none() | days,
    version=st.integers(0, 5),
    reason=st.sampled_from(["", "  ", "Fordi."]),
)
def test_no_plan_is_in_force_without_the_five_points(
    state: str, has_problem: bool, measures: list[MeasureFacts], evaluate_on: date | None, version: int, reason: str
) -> None:
    allowed = not obstacles_to_putting_in_force(
        state=state, has_problem=has_problem, measures=measures, evaluate_on=evaluate_on, today=TODAY, version=version, reason=reason
    )

    five = has_problem and bool(measures) and all(m == WHOLE for m in measures) and evaluate_on is not None and evaluate_on >= TODAY
    assert allowed == (five and state != PlanState.ENDED and (version == 0 or reason == "Fordi."))


@pytest.mark.parametrize(
    ("change", "obstacles"),
    [
        ({}, []),
        ({"state": PlanState.DRAFT}, [EvaluationObstacle.NOT_IN_FORCE]),
        ({"evaluated": {1: "Det hjelper."}}, [EvaluationObstacle.MEASURE_LEFT_OUT]),
        ({"evaluated": {1: "Det hjelper.", 2: " "}}, [EvaluationObstacle.NO_DECISION_REASON]),
        ({"held_on": TODAY + timedelta(days=1)}, [EvaluationObstacle.HELD_LATER]),
        ({"next_on": None}, [EvaluationObstacle.NO_NEXT_DATE]),
        ({"next_on": TODAY}, [EvaluationObstacle.NEXT_DATE_PASSED]),
        ({"held_on": TODAY - timedelta(days=9), "next_on": TODAY - timedelta(days=2)}, [EvaluationObstacle.NEXT_DATE_PASSED]),
        ({"pupil_words": " "}, [EvaluationObstacle.NO_PUPIL_WORDS]),
        ({"pupil_words": "", "pupil_answer": PupilAnswer.DID_NOT_WANT}, []),
        ({"is_final": True, "next_on": None}, [EvaluationObstacle.FINAL_WITHOUT_SAFETY]),
        ({"is_final": True, "next_on": None, "pupil_answer": PupilAnswer.SAFE}, []),
        ({"is_final": True, "next_on": None, "pupil_words": "", "pupil_left": True}, []),
    ],
)
def test_evaluation_lists_exactly_what_is_missing(change: dict[str, Any], obstacles: list[EvaluationObstacle]) -> None:
    assert obstacles_to_evaluating(**(EVALUATED | change)) == obstacles


@given(answer=st.sampled_from(PupilAnswer.values), left=st.booleans(), words=st.sampled_from(["", "Bra nå."]))
def test_neg_12_final_evaluation_only_when_the_pupil_says_safe_or_has_left(answer: str, left: bool, words: str) -> None:
    wanted = EVALUATED | {"pupil_answer": answer, "pupil_words": words, "is_final": True, "next_on": None, "pupil_left": left}

    allowed = not obstacles_to_evaluating(**wanted)

    assert not allowed or answer == PupilAnswer.SAFE or left


@pytest.mark.parametrize(
    ("given_answers", "falls"),
    [
        ([], False),
        (["better"], False),
        (["worse"], True),
        (["better", "same"], True),
        (["same", "better"], False),
        (["same", "same"], False),
        (["safe", "did_not_want"], False),
        (["safe", "did_not_want", "better"], True),
        (["did_not_want"], False),
    ],
)
def test_answers_fall_when_the_last_is_lower_and_silence_is_neither(given_answers: list[str], falls: bool) -> None:
    assert is_falling(given_answers) is falls


@given(said=answers, ahead=st.integers(1, 90), rhythm=st.integers(1, 60))
def test_falling_answers_never_push_the_next_evaluation_back(said: list[str], ahead: int, rhythm: int) -> None:
    planned = TODAY + timedelta(days=ahead)

    proposed = proposed_evaluation(answers=said, planned=planned, today=TODAY, rhythm_days=rhythm)

    assert TODAY < proposed <= planned
    assert is_falling(said) or proposed == planned
    assert not is_falling(said) or ahead == 1 or proposed < planned


def test_falling_answers_propose_a_coming_day_also_when_the_planned_one_has_passed() -> None:
    proposed = proposed_evaluation(answers=["worse"], planned=TODAY - timedelta(days=3), today=TODAY, rhythm_days=14)

    assert proposed == TODAY + timedelta(days=1)


def test_meter_names_the_five_points_in_the_order_of_the_act() -> None:
    lines = meter([PlanObstacle.NO_PROBLEM, PlanObstacle.NO_START], has_measures=True)

    assert lines == [
        (MeterPoint.PROBLEM, "a", False),
        (MeterPoint.MEASURES, "b", True),
        (MeterPoint.WHEN, "c", False),
        (MeterPoint.WHO, "d", True),
        (MeterPoint.EVALUATION, "e", True),
    ]


def test_meter_of_a_plan_without_measures_does_not_say_that_time_and_people_are_in_place() -> None:
    in_place = {point: there for point, _letter, there in meter([PlanObstacle.NO_MEASURE], has_measures=False)}

    assert (in_place[MeterPoint.WHEN], in_place[MeterPoint.WHO]) == (False, False)


@given(measures=st.lists(facts, max_size=3), has_problem=st.booleans(), evaluate_on=st.none() | days)
def test_full_meter_means_that_only_findings_can_be_missing(
    measures: list[MeasureFacts], has_problem: bool, evaluate_on: date | None
) -> None:
    obstacles = obstacles_to_putting_in_force(**(READY | {"measures": measures, "has_problem": has_problem, "evaluate_on": evaluate_on}))

    full = all(there for _point, _letter, there in meter(obstacles, has_measures=bool(measures)))

    assert full == (set(obstacles) <= {PlanObstacle.NO_FINDING})
