"""§ 12-3: the school works for a good environment all the time. That is no limit that runs out."""

from datetime import date

from aktsom.core.timing.deadlines import TimeWord, deadline
from aktsom.core.timing.statutory import CLOCKS


def test_continuous_work_never_gets_a_day_and_never_lapses() -> None:
    limit = deadline(date(2025, 8, 18), word=TimeWord.CONTINUOUS, law_id="ol-12-3")

    assert (limit.due_on, limit.state(date(2030, 1, 1))) == (None, "running")
    assert limit.why == "Loven sier «fortløpende» og gir ikke et antall dager."


def test_no_clock_of_a_case_stands_on_this_section() -> None:
    assert [clock.code for clock in CLOCKS if clock.law_id == "ol-12-3"] == []
