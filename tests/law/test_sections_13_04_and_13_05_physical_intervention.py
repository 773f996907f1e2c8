"""§§ 13-4 and 13-5: one text until 31 July 2025, a wider one after; and what must be written down."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from aktsom.core.timing.deadlines import TimeWord
from aktsom.core.timing.law import law
from aktsom.core.timing.statutory import statutory_clock

CHANGED_ON = date(2025, 8, 1)


@given(day=st.dates(date(2024, 8, 1), date(2040, 1, 1)))
def test_section_13_04_an_event_is_read_under_the_text_of_its_own_day(day: date) -> None:
    reference = law("ol-13-4", on=day)

    assert ("psykisk" in str(reference.summary), reference.edition) == (
        (True, "lov/2025-05-23-16") if day >= CHANGED_ON else (False, "lov/2024-06-14-36")
    )


def test_section_13_04_editions_leave_no_gap() -> None:
    before, after = law("ol-13-4", on=date(2024, 8, 1)), law("ol-13-4", on=CHANGED_ON)

    assert before.valid_until is not None
    assert before.valid_until + timedelta(days=1) == after.valid_from


def test_section_13_05_law_gives_no_time_for_telling_the_head() -> None:
    clock = statutory_clock("C13")

    assert (clock.law_id, clock.limit, str(clock.receiver)) == ("ol-13-5", TimeWord.NONE_STATED, "rektor")
