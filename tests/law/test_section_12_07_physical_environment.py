"""§ 12-7: the physical environment is a track of its own, not a case under § 12-4 or § 12-6."""

from datetime import date

import pytest

from aktsom.core.timing.law import UnknownLaw, law, owner_body
from aktsom.core.timing.statutory import CLOCKS


def test_physical_environment_starts_no_clock_of_a_case() -> None:
    assert law("ol-12-7", on=date(2024, 8, 1)).section == "opplæringslova § 12-7"
    assert [clock.code for clock in CLOCKS if clock.law_id == "ol-12-7"] == []


def test_who_answers_for_it_at_a_private_school_is_not_guessed() -> None:
    with pytest.raises(UnknownLaw):
        owner_body("private", "12-7")
