"""§ 12-5: suspicion against somebody who works at the school is reported «straks»; against the leadership, to the owner only."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktsom.core.timing.deadlines import TimeWord, deadline
from aktsom.core.timing.statutory import statutory_clock
from aktsom.plans.loading import LIBRARY_CODES, library_procedure
from aktsom.plans.rules import FloorFacts, floor_faults
from aktsom.reports.rules.receiving import GroundlessObstacle, obstacles_to_judging_groundless, owner_purposes
from aktsom.reports.rules.routing import Reachable, recipients_for, route_for
from aktsom.reports.rules.states import Involved, Route

THERE = Reachable(heads=(1,), deputies=(2,), delegated=(3,), by_role={"counsellor": (4,)}, owner=(8,), owner_handlers=(9,))


def test_first_paragraph_straks_is_a_word_and_no_number() -> None:
    limit = deadline(date(2026, 11, 16), word=TimeWord.IMMEDIATELY, law_id="ol-12-5-1")

    assert statutory_clock("C2").limit == TimeWord.IMMEDIATELY
    assert (limit.due_on, limit.why) == (None, "Loven sier «straks» og gir ikke et antall dager.")


@pytest.mark.parametrize("word", [word for word in TimeWord if word not in {TimeWord.IMMEDIATELY, TimeWord.NONE_STATED}])
def test_first_paragraph_no_plan_can_be_slower_than_straks(word: TimeWord) -> None:
    assert [fault.section for fault in floor_faults(FloorFacts(staff_word=word))] == ["§ 12-5 første ledd"]


def test_first_paragraph_head_gets_it_and_the_owner_is_told() -> None:
    route = route_for(involved=Involved.STAFF, accused=(5,), leadership=(1,))

    assert route == Route.STAFF
    assert recipients_for(route=route, there=THERE, accused=(5,))[0][0] == 1
    assert owner_purposes(route=route, seriousness="ordinary", every_case=False, is_groundless=False) == ["staff"]


def test_first_paragraph_held_back_only_as_clearly_groundless_with_a_written_reason() -> None:
    asked = {"route": Route.STAFF, "plan_says_always": False, "is_told": False}

    assert obstacles_to_judging_groundless(**asked, reason=" ") == [GroundlessObstacle.NO_REASON]
    assert obstacles_to_judging_groundless(**asked, reason="Den det gjelder, var på kurs hele uka.") == []


@given(accused=st.sets(st.integers(1, 9)), leadership=st.sets(st.integers(1, 4)), involved=st.sampled_from(list(Involved)))
def test_second_paragraph_nobody_at_the_school_gets_a_report_about_the_leadership(
    accused: set[int], leadership: set[int], involved: Involved
) -> None:
    route = route_for(involved=involved, accused=accused, leadership=leadership)

    receivers = {pk for pk, _reason in recipients_for(route=route, there=THERE, accused=accused)}

    assert receivers & accused == set()
    if involved == Involved.LEADERSHIP or accused & leadership:
        assert route == Route.LEADERSHIP
        assert receivers <= {8, 9}


@pytest.mark.parametrize("code", LIBRARY_CODES)
def test_second_paragraph_route_to_the_owner_is_there_in_every_plan(code: str) -> None:
    assert library_procedure(code).owner_routes["leadership"].word == TimeWord.IMMEDIATELY
