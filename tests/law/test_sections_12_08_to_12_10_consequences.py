"""§§ 12-8 to 12-10: coercive fine, penalty, and the burden of proof that a whole record answers."""

from datetime import date

import pytest

from aktsom.cases.rules.proof import ProofFacts, ProofPoint, ProofState, proof_of_duties
from aktsom.core.timing.law import law, owner_body
from aktsom.core.timing.statutory import CLOCKS


@pytest.mark.parametrize("section", ["12-8", "12-9", "12-10"])
def test_falls_on_the_owner_and_on_a_private_school_itself(section: str) -> None:
    assert law(f"ol-{section}", on=date(2024, 8, 1)).valid_until is None
    assert [owner_body(kind, section) for kind in ("municipality", "county", "private")] == ["kommunen", "fylkeskommunen", "skolen"]


def test_section_12_09_no_limit_in_days_stands_behind_the_penalty() -> None:
    assert [clock.code for clock in CLOCKS if clock.law_id in {"ol-12-8", "ol-12-9", "ol-12-10"}] == []


def test_section_12_10_an_empty_record_shows_which_duties_cannot_be_proved() -> None:
    shown = dict(proof_of_duties(ProofFacts()))

    assert {point for point, state in shown.items() if state == ProofState.THERE} == set()
    assert set(shown) == set(ProofPoint)
