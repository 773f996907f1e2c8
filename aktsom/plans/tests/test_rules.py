"""The floor of the Act as values: the Act itself passes, each point can be broken, and quicker is always allowed."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktsom.core.timing.deadlines import SPEED, TimeWord
from aktsom.plans.rules import (
    FLOOR,
    STATUTORY,
    STEPS_OF_THE_ACT,
    CaseStep,
    Duty,
    FloorFacts,
    OwnerRoute,
    ReceivingRole,
    floor_faults,
    owner_route,
)

BREACHES: list[tuple[dict[str, Any], str]] = [
    ({"duties": tuple(STATUTORY[:4])}, "plikter"),
    ({"steps": tuple(STEPS_OF_THE_ACT[1:])}, "saksgang"),
    ({"receivers": ()}, "mottak.mottakere"),
    ({"receivers": ("deputy",), "passed_on_to_head": False}, "mottak.videre_til_rektor"),
    ({"topic_receivers": (("counsellor",),), "passed_on_to_head": False}, "mottak.videre_til_rektor"),
    ({"oral_accepted": False}, "mottak.muntlig_godtas"),
    ({"staff_word": TimeWord.AS_SOON_AS_POSSIBLE}, "melding.frist.ansatt"),
    ({"investigation_word": TimeWord.AS_CASE_REQUIRES}, "undersøkelse.frist"),
    ({"asks_for_proof": True}, "undersøkelse.krever_bevis"),
    ({"acceptance_needed": True}, "plan.tiltak_venter_på_aksept"),
    ({"leadership_receiver": "rektor"}, "eier.ledelse.til"),
    ({"owner_words": {"ledelse": TimeWord.CONTINUOUS}}, "eier.ledelse.frist"),
    ({"owner_words": {"ansatt": TimeWord.AS_SOON_AS_POSSIBLE}}, "eier.ansatt.frist"),
    ({"staff_cases": "never"}, "eier.ansattsaker"),
    ({"tells_owner_of_serious": False}, "eier.alvorlige_meldes"),
    ({"pupil_asked": False}, "evaluering.eleven_spørres"),
]


def paths(facts: FloorFacts) -> list[str]:
    return [".".join(fault.path) for fault in floor_faults(facts)]


def test_the_act_itself_is_not_under_the_floor() -> None:
    assert floor_faults(FloorFacts()) == []


@pytest.mark.parametrize(("change", "path"), BREACHES)
def test_each_breach_is_the_only_fault_told(change: dict[str, Any], path: str) -> None:
    assert paths(replace(FloorFacts(), **change)) == [path]


def test_every_point_of_the_floor_has_a_breach_tried() -> None:
    assert {".".join(rule.path) for rule in FLOOR} == {path for _, path in BREACHES}


def test_every_point_of_the_floor_names_its_section() -> None:
    assert {rule.section for rule in FLOOR} == {"§ 12-4", "§ 12-4 andre ledd", "§ 12-5 første ledd", "§ 12-5 andre ledd", "§ 10-2"}


WORDS = st.sampled_from(TimeWord)
FACTS = st.builds(
    FloorFacts,
    duties=st.lists(st.sampled_from(Duty), unique=True).map(tuple),
    steps=st.lists(st.sampled_from(CaseStep), unique=True).map(tuple),
    receivers=st.lists(st.sampled_from(ReceivingRole.values), unique=True).map(tuple),
    passed_on_to_head=st.booleans(),
    staff_word=WORDS,
    investigation_word=WORDS,
    owner_words=st.dictionaries(st.sampled_from(["ansatt", "ledelse"]), WORDS),
    pupil_asked=st.booleans(),
    asks_for_proof=st.booleans(),
)


def quicker(word: TimeWord) -> TimeWord:
    return SPEED[min(SPEED.index(word) + 1, len(SPEED) - 1)] if word != TimeWord.NONE_STATED else word


@given(facts=FACTS)
def test_a_plan_can_always_be_quicker(facts: FloorFacts) -> None:
    hurried = replace(
        facts,
        staff_word=quicker(facts.staff_word),
        investigation_word=quicker(facts.investigation_word),
        owner_words={key: quicker(word) for key, word in facts.owner_words.items()},
    )

    assert set(paths(hurried)) <= set(paths(facts))


@given(word=WORDS)
def test_a_staff_case_is_at_once_or_as_the_act_has_it(word: TimeWord) -> None:
    allowed = {TimeWord.IMMEDIATELY, TimeWord.NONE_STATED}

    assert (paths(FloorFacts(staff_word=word)) == []) == (word in allowed)
    assert (paths(FloorFacts(owner_words={"ledelse": word, "ansatt": word})) == []) == (word in allowed)


@given(facts=FACTS)
def test_no_plan_that_passes_leaves_the_head_out_or_a_duty_out(facts: FloorFacts) -> None:
    if not floor_faults(facts):
        assert facts.passed_on_to_head or set(facts.receivers) == {"head_teacher"}
        assert set(STATUTORY) <= set(facts.duties)
        assert facts.pupil_asked


def test_route_the_plan_forgot_is_added_by_the_act_and_says_so() -> None:
    assert owner_route("leadership", stated=False) == OwnerRoute("skoleeier", "", TimeWord.IMMEDIATELY, added_by_law=True)
    assert owner_route("serious", stated=False) == OwnerRoute("skoleeier", "", TimeWord.NONE_STATED, added_by_law=True)


def test_route_the_act_does_not_ask_for_is_not_made_up() -> None:
    assert owner_route("county_governor", stated=False) is None
    assert owner_route("county_governor", title="rådmann", stated=True) == OwnerRoute("rådmann", "", TimeWord.NONE_STATED)
