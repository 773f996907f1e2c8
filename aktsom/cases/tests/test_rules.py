"""The rules of a case: what closes it, the road, the next step, the clocks, the eight points."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from aktsom.cases.rules import (
    CaseFacts,
    CaseRole,
    CaseState,
    ClosingObstacle,
    ClosingReason,
    GuardianDecision,
    GuardianObstacle,
    HearingObstacle,
    HearingOutcome,
    OpeningObstacle,
    PostponementObstacle,
    ProofFacts,
    ProofPoint,
    ProofState,
    RoadState,
    RoadStep,
    StepCode,
    WorkObstacle,
    next_step,
    obstacles_to_closing,
    obstacles_to_deciding_on_guardians,
    obstacles_to_hearing,
    obstacles_to_opening,
    obstacles_to_postponing,
    obstacles_to_working,
    proof_of_duties,
    road,
)
from aktsom.cases.rules.clocks import Clock, ClockFacts, readings
from aktsom.core.timing.deadlines import LocalStandard, TimeUnit
from aktsom.measures.rules import PlanState, PupilAnswer

START = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
SAFE = {
    "state": CaseState.OPEN,
    "reason": ClosingReason.SAFE,
    "note": "Trygt.",
    "pupil_answer": PupilAnswer.SAFE,
    "answered_at": START,
    "last_change_at": START,
    "has_final_evaluation": True,
    "open_measures": 0,
    "left_school": False,
}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"state": CaseState.CLOSED}, [ClosingObstacle.ALREADY_CLOSED]),
        ({"reason": ""}, [ClosingObstacle.NO_REASON]),
        ({"pupil_answer": "", "answered_at": None}, [ClosingObstacle.NOT_ASKED]),
        ({"pupil_answer": PupilAnswer.BETTER}, [ClosingObstacle.NOT_SAFE]),
        ({"pupil_answer": PupilAnswer.DID_NOT_WANT}, [ClosingObstacle.NOT_SAFE]),
        ({"last_change_at": START + timedelta(minutes=1)}, [ClosingObstacle.ANSWER_BEFORE_CHANGE]),
        ({"has_final_evaluation": False}, [ClosingObstacle.NO_FINAL_EVALUATION]),
        ({"open_measures": 1}, [ClosingObstacle.MEASURES_OPEN]),
        ({"note": " "}, [ClosingObstacle.NO_NOTE]),
        ({"plan_is_from_today": True}, [ClosingObstacle.SAME_DAY]),
        ({"plan_is_from_today": True, "why_already": " "}, [ClosingObstacle.SAME_DAY]),
        ({"plan_is_from_today": True, "why_already": "Ny plass i klassen hjalp straks."}, []),
        ({"plan_is_from_today": True, "reason": ClosingReason.LEFT, "left_school": True}, []),
        ({"reason": ClosingReason.LEFT}, [ClosingObstacle.STILL_AT_SCHOOL]),
        ({"reason": ClosingReason.LEFT, "left_school": True, "pupil_answer": PupilAnswer.WORSE, "open_measures": 2}, []),
        ({"left_school": True, "pupil_answer": PupilAnswer.WORSE}, [ClosingObstacle.NOT_SAFE]),
    ],
)
def test_closing_names_exactly_what_is_missing(change: dict[str, object], expected: list[ClosingObstacle]) -> None:
    assert obstacles_to_closing(**(SAFE | change)) == expected  # type: ignore[arg-type]


class AnyOrderOfDeeds(RuleBasedStateMachine):
    """Whatever is done in whatever order, a closed case is one the pupil calls safe, or one she has left (NEG-12)."""

    @initialize()
    def open_case(self) -> None:
        self.clock = START
        self.state, self.reason = CaseState.OPEN, ""
        self.answer, self.answered_at, self.final = "", None, False
        self.changed_at, self.measures, self.left = START, 1, False

    def tick(self) -> datetime:
        self.clock += timedelta(minutes=1)
        return self.clock

    @rule(answer=st.sampled_from(PupilAnswer), final=st.booleans())
    def evaluate(self, answer: PupilAnswer, final: bool) -> None:
        if self.state == CaseState.CLOSED or (final and answer != PupilAnswer.SAFE and not self.left):
            return
        self.answer, self.answered_at, self.final = answer, self.tick(), final
        self.measures = 0 if final else self.measures

    @rule()
    def join_report(self) -> None:
        self.changed_at = self.tick()

    @rule()
    def add_measure(self) -> None:
        if self.state == CaseState.OPEN:
            self.measures += 1
            self.changed_at = self.tick()

    @rule(left=st.booleans())
    def change_school(self, left: bool) -> None:
        self.left = left

    @rule(reason=st.sampled_from([*ClosingReason, "dropped", ""]), note=st.sampled_from(["", "Ferdig."]))
    def close(self, reason: str, note: str) -> None:
        if not obstacles_to_closing(
            state=self.state,
            reason=reason,
            note=note,
            pupil_answer=self.answer,
            answered_at=self.answered_at,
            last_change_at=self.changed_at,
            has_final_evaluation=self.final,
            open_measures=self.measures,
            left_school=self.left,
        ):
            self.state, self.reason, self.left_when_closed = CaseState.CLOSED, reason, self.left
            self.seen = (self.answer, self.final, self.measures, self.answered_at, self.changed_at)

    @rule()
    def reopen(self) -> None:
        if self.state == CaseState.CLOSED:
            self.state, self.reason = CaseState.OPEN, ""
            self.changed_at = self.tick()

    @invariant()
    def closed_is_safe_or_left(self) -> None:
        if getattr(self, "state", CaseState.OPEN) == CaseState.OPEN:
            return
        if self.reason == ClosingReason.LEFT:
            assert self.left_when_closed
            return
        answer, final, measures, answered_at, changed_at = self.seen
        assert (self.reason, answer, final, measures) == (ClosingReason.SAFE, PupilAnswer.SAFE, True, 0)
        assert answered_at is not None
        assert answered_at >= changed_at


test_neg_12_no_sequence_of_deeds_closes_an_unsafe_case = AnyOrderOfDeeds.TestCase


def test_neg_04_and_neg_11_no_reason_to_close_or_refuse_a_case_doubts_the_pupil() -> None:
    assert [reason.value for reason in ClosingReason] == ["safe", "left"]
    assert [obstacle.value for obstacle in OpeningObstacle] == [
        "no_pupil",
        "not_at_school",
        "no_pupil_of_chapter_12",  # adults in education and apprentices: says who the chapter is for, not whether it is true
        "pupil_has_case",
        "no_handler",
        "handler_involved",
    ]


def test_opening_names_what_is_missing() -> None:
    wanted = {"has_pupil": True, "at_school": True, "has_open_case": False, "handlers": frozenset({1}), "accused": frozenset({2})}

    assert obstacles_to_opening(**wanted) == []  # type: ignore[arg-type]
    assert obstacles_to_opening(**(wanted | {"has_pupil": False, "at_school": False})) == [OpeningObstacle.NO_PUPIL]  # type: ignore[arg-type]
    assert obstacles_to_opening(**(wanted | {"handlers": frozenset({1, 2})})) == [OpeningObstacle.HANDLER_INVOLVED]  # type: ignore[arg-type]
    assert obstacles_to_opening(**(wanted | {"handlers": frozenset()})) == [OpeningObstacle.NO_HANDLER]  # type: ignore[arg-type]


def test_hearing_that_did_not_happen_yet_needs_reason_and_day() -> None:
    asked = {"words": "", "reason": "", "planned_on": None, "today": TODAY}

    assert obstacles_to_hearing(outcome=HearingOutcome.DID_NOT_WANT, **asked) == []  # type: ignore[arg-type]
    assert obstacles_to_hearing(outcome=HearingOutcome.HEARD, **asked) == [HearingObstacle.NO_WORDS]  # type: ignore[arg-type]
    assert obstacles_to_hearing(outcome=HearingOutcome.NOT_YET, **asked) == [HearingObstacle.NO_REASON, HearingObstacle.NO_DATE]  # type: ignore[arg-type]
    late = asked | {"reason": "Syk.", "planned_on": TODAY - timedelta(days=1)}
    assert obstacles_to_hearing(outcome=HearingOutcome.NOT_YET, **late) == [HearingObstacle.DATE_PASSED]  # type: ignore[arg-type]


@given(reason=st.text(max_size=5), days=st.none() | st.integers(-3, 3))
def test_neg_10_postponing_always_needs_written_reason_and_a_later_day(reason: str, days: int | None) -> None:
    new_date = None if days is None else TODAY + timedelta(days=days)

    allowed = not obstacles_to_postponing(reason=reason, new_date=new_date, today=TODAY)

    assert allowed == (bool(reason.strip()) and days is not None and days > 0)
    assert PostponementObstacle.NO_REASON in obstacles_to_postponing(reason="", new_date=new_date, today=TODAY)


def test_working_with_a_case_has_each_obstacle_by_itself() -> None:
    fit = {
        "role": CaseRole.HANDLER,
        "shut_out": False,
        "at_work": True,
        "withheld_from_her": False,
        "already": False,
        "today": TODAY,
    }
    helps = fit | {"role": CaseRole.HELPER, "reason": "Kjenner eleven.", "valid_until": TODAY, "has_part": True}

    assert obstacles_to_working(**fit) == obstacles_to_working(**helps) == []  # type: ignore[arg-type]
    assert obstacles_to_working(**(fit | {"shut_out": True})) == [WorkObstacle.SHUT_OUT]  # type: ignore[arg-type]
    assert obstacles_to_working(**(fit | {"at_work": False})) == [WorkObstacle.NOT_AT_WORK]  # type: ignore[arg-type]
    assert obstacles_to_working(**(fit | {"withheld_from_her": True})) == [WorkObstacle.HELD_BY_OWNER]  # type: ignore[arg-type]
    assert obstacles_to_working(**(helps | {"reason": ""})) == [WorkObstacle.NO_REASON]  # type: ignore[arg-type]
    assert obstacles_to_working(**(helps | {"valid_until": None})) == [WorkObstacle.NO_END]  # type: ignore[arg-type]
    assert obstacles_to_working(**(helps | {"valid_until": TODAY - timedelta(days=1)})) == [WorkObstacle.END_PASSED]  # type: ignore[arg-type]
    assert obstacles_to_working(**(helps | {"has_part": False})) == [WorkObstacle.NO_PART]  # type: ignore[arg-type]


def test_guardians_of_a_pupil_of_age_are_told_only_by_consent() -> None:
    grown = {"reason": "", "told_on": TODAY, "of_age": True}

    assert obstacles_to_deciding_on_guardians(decision=GuardianDecision.TOLD, consented=True, **grown) == []  # type: ignore[arg-type]
    assert obstacles_to_deciding_on_guardians(decision=GuardianDecision.TOLD, consented=False, **grown) == [GuardianObstacle.OF_AGE]  # type: ignore[arg-type]
    child = grown | {"of_age": False, "consented": True}
    assert obstacles_to_deciding_on_guardians(decision=GuardianDecision.PUPIL_OF_AGE, **child) == [GuardianObstacle.NOT_OF_AGE]  # type: ignore[arg-type]
    assert obstacles_to_deciding_on_guardians(decision=GuardianDecision.NOT_TOLD, **child) == [GuardianObstacle.NO_REASON]  # type: ignore[arg-type]


INVESTIGATING = CaseFacts(acknowledged=True, has_handler=True)
OWES_NOTHING = replace(INVESTIGATING, pupil_hearing=HearingOutcome.HEARD, rights_told=True, has_best_interests=True)
RUNNING = replace(OWES_NOTHING, plan_state=PlanState.IN_FORCE, evaluate_on=TODAY + timedelta(days=7), open_measures=1)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (CaseFacts(), StepCode.APPOINT),
        (INVESTIGATING, StepCode.HEAR_PUPIL),
        (replace(OWES_NOTHING, rights_told=False), StepCode.TELL_RIGHTS),
        (replace(OWES_NOTHING, guardians_to_decide=True), StepCode.DECIDE_GUARDIANS),
        (replace(OWES_NOTHING, unheard_involved=1), StepCode.HEAR_INVOLVED),
        (replace(OWES_NOTHING, has_best_interests=False), StepCode.WEIGH_BEST_INTERESTS),
        (OWES_NOTHING, StepCode.INVESTIGATE),
        (replace(OWES_NOTHING, notes=1), StepCode.ANALYSE),
        (replace(OWES_NOTHING, notes=1, findings=1), StepCode.WRITE_PLAN),
        (RUNNING, StepCode.CARRY_OUT),
        (replace(RUNNING, evaluate_on=TODAY), StepCode.EVALUATE),
        (replace(RUNNING, pupil_answer=PupilAnswer.SAFE), StepCode.EVALUATE_FINALLY),
        (replace(RUNNING, can_close=True), StepCode.CLOSE),
        (replace(RUNNING, left_school=True), StepCode.EVALUATE_FINALLY),
        (CaseFacts(state=CaseState.CLOSED), StepCode.NOTHING),
        (CaseFacts(state=CaseState.CLOSED, control_on=TODAY), StepCode.CHECK_UP),
    ],
)
def test_next_step_is_the_one_that_helps_the_pupil_most(facts: CaseFacts, expected: StepCode) -> None:
    assert next_step(facts, today=TODAY).code == expected


def test_next_step_waits_with_the_pupil_until_the_chosen_day() -> None:
    waits = replace(INVESTIGATING, pupil_hearing=HearingOutcome.NOT_YET, hear_again_on=TODAY + timedelta(days=1))

    assert next_step(waits, today=TODAY).code == StepCode.TELL_RIGHTS
    assert next_step(waits, today=TODAY + timedelta(days=1)).code == StepCode.HEAR_PUPIL


def test_road_shows_what_was_jumped_over_as_missing_and_locks_nothing() -> None:
    jumped = replace(INVESTIGATING, plan_state=PlanState.IN_FORCE)

    assert road(jumped) == [
        (RoadStep.REPORTED, RoadState.DONE),
        (RoadStep.RECEIVED, RoadState.DONE),
        (RoadStep.INVESTIGATED, RoadState.MISSING),
        (RoadStep.PLANNED, RoadState.DONE),
        (RoadStep.CARRIED_OUT, RoadState.NOW),
        (RoadStep.EVALUATED, RoadState.LATER),
        (RoadStep.SAFE, RoadState.LATER),
    ]


@pytest.mark.parametrize(
    ("measures", "unsettled", "expected"),
    [
        (0, 0, RoadState.MISSING),
        (2, 2, RoadState.MISSING),
        (2, 1, RoadState.MISSING),
        (2, 0, RoadState.DONE),
    ],
)
def test_road_says_carried_out_only_when_every_measure_is_done_or_judged(measures: int, unsettled: int, expected: RoadState) -> None:
    evaluated = replace(INVESTIGATING, plan_state=PlanState.IN_FORCE, evaluations=1, measures=measures, unsettled=unsettled)

    assert dict(road(evaluated))[RoadStep.CARRIED_OUT] == expected


def test_road_of_a_case_opened_again_is_not_safe_because_it_once_was() -> None:
    ended = replace(
        OWES_NOTHING,
        findings=1,
        state=CaseState.CLOSED,
        plan_state=PlanState.ENDED,
        evaluations=2,
        measures=1,
        pupil_answer=PupilAnswer.SAFE,
        has_final_evaluation=True,
        was_turned=True,
    )
    again = replace(ended, state=CaseState.OPEN, plan_state=PlanState.DRAFT)
    last = [RoadStep.PLANNED, RoadStep.CARRIED_OUT, RoadStep.EVALUATED, RoadStep.SAFE]

    assert [dict(road(ended))[step] for step in last] == [RoadState.DONE] * 4
    assert [dict(road(again))[step] for step in last] == [RoadState.NOW, RoadState.LATER, RoadState.LATER, RoadState.LATER]
    assert dict(road(replace(again, plan_state=PlanState.IN_FORCE)))[RoadStep.SAFE] == RoadState.NOW


def test_proof_asks_for_the_owner_only_when_the_act_does() -> None:
    assert dict(proof_of_duties(ProofFacts()))[ProofPoint.PASSED_ON] == ProofState.NOT_NEEDED
    assert dict(proof_of_duties(ProofFacts(owner_must_know=True)))[ProofPoint.PASSED_ON] == ProofState.MISSING
    assert dict(proof_of_duties(ProofFacts(owner_notices=1)))[ProofPoint.PASSED_ON] == ProofState.THERE
    assert len(proof_of_duties(ProofFacts())) == 8


def test_proof_of_hearing_needs_every_pupil() -> None:
    one_of_two = ProofFacts(parts_to_hear=2, parts_heard=1, parts_weighed=2)

    shown = dict(proof_of_duties(one_of_two))

    assert (shown[ProofPoint.HEARD], shown[ProofPoint.BEST_INTERESTS]) == (ProofState.MISSING, ProofState.THERE)


MONDAY = date(2026, 11, 16)
CLOCKS = ClockFacts(kind="12-4", first_known_on=MONDAY, reported_on=MONDAY, received_on=MONDAY, raised_on=MONDAY)


def test_clocks_say_the_acts_word_and_no_number_without_a_local_standard() -> None:
    shown = {reading.clock: reading for reading in readings(CLOCKS, today=MONDAY)}

    assert [(shown[clock].due_on, shown[clock].word) for clock in (Clock.INVESTIGATION, Clock.PLAN)] == [(None, "snarest")] * 2
    assert shown[Clock.FAMILY_WEEK].due_on == date(2026, 11, 23)
    assert shown[Clock.FAMILY_WEEK].law.section == "opplæringslova § 12-6 andre ledd"


def test_clock_of_the_plan_is_the_schools_own_number_when_it_has_one() -> None:
    own = replace(CLOCKS, plan_standard=LocalStandard(5, TimeUnit.WORKING_DAYS, "Planen er klar innen fem virkedager."))

    plan = next(reading for reading in readings(own, today=MONDAY) if reading.clock == Clock.PLAN)

    assert (plan.due_on, plan.whose) == (date(2026, 11, 23), "Skolens egen regel: Planen er klar innen fem virkedager.")


@given(st.dates(date(2025, 1, 1), date(2030, 12, 31)), st.integers(0, 400))
def test_family_week_opens_a_right_and_is_never_shown_as_missed(raised_on: date, later: int) -> None:
    facts = replace(CLOCKS, first_known_on=raised_on, reported_on=raised_on, received_on=None, raised_on=raised_on)

    week = next(r for r in readings(facts, today=raised_on + timedelta(days=later)) if r.clock == Clock.FAMILY_WEEK)

    assert week.due_on is not None
    assert week.due_on >= raised_on + timedelta(days=5)
    assert week.state == ("open" if raised_on + timedelta(days=later) >= week.due_on else "not_open")


def test_neg_03_and_neg_11_no_field_weighs_proof_or_asks_where_it_happened_before_acting() -> None:
    from aktsom.cases.models import Analysis, BestInterests, Case, Hearing, Note

    words = {"proof", "proven", "evidence", "true", "credible", "verdict", "violated"}
    names = {field.name for model in (Analysis, BestInterests, Case, Hearing, Note) for field in model._meta.get_fields()}

    assert {name for name in names if words & set(name.split("_"))} == set()


def test_neg_23_and_neg_44_everything_found_out_belongs_to_one_person_alone() -> None:
    from aktsom.cases.models import BestInterests, CasePart, Hearing, Note

    for model in (Note, Hearing, BestInterests):
        part = model._meta.get_field("part")
        assert (part.remote_field.model, part.null, part.many_to_one) == (CasePart, False, True)
