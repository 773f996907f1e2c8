"""§ 12-6: when it has been raised with the head teacher for a week, the family can go to Statsforvalteren."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktsom.cases.rules.clocks import Clock, ClockFacts, readings
from aktsom.core.timing.calendar import is_working_day, working_days_between
from aktsom.core.timing.deadlines import family_week
from aktsom.core.timing.law import law
from aktsom.core.timing.statutory import Moment, Period, PeriodUnit, statutory_clock

FAMILY = "eleven eller foreldrene"


@pytest.mark.parametrize(
    ("raised_on", "opens_on"),
    [
        (date(2026, 11, 16), date(2026, 11, 23)),  # an ordinary Monday
        (date(2026, 3, 30), date(2026, 4, 9)),  # across Easter: 2, 3 and 6 April do not count
        (date(2026, 4, 30), date(2026, 5, 8)),  # 1 May
        (date(2026, 5, 11), date(2026, 5, 19)),  # Ascension Day
        (date(2026, 12, 22), date(2026, 12, 30)),  # Christmas
        (date(2026, 12, 30), date(2027, 1, 7)),  # the turn of the year
        (date(2027, 5, 10), date(2027, 5, 18)),  # 17 May and Whit Monday on one day
    ],
)
def test_second_paragraph_the_week_is_five_norwegian_working_days(raised_on: date, opens_on: date) -> None:
    assert family_week(raised_on).due_on == opens_on


@given(raised_on=st.dates(date(2024, 8, 1), date(2040, 12, 1)))
def test_second_paragraph_the_week_holds_five_working_days_and_ends_on_one(raised_on: date) -> None:
    opens_on = family_week(raised_on).due_on

    assert opens_on is not None
    assert (working_days_between(raised_on, opens_on), is_working_day(opens_on)) == (5, True)


def test_second_paragraph_the_week_counts_from_the_day_it_was_raised_not_from_the_report() -> None:
    facts = ClockFacts(
        kind="12-4", first_known_on=date(2026, 11, 2), reported_on=date(2026, 11, 9), received_on=None, raised_on=date(2026, 11, 16)
    )

    week = next(reading for reading in readings(facts, today=date(2026, 11, 16)) if reading.clock == Clock.FAMILY_WEEK)

    assert (week.due_on, week.law.id, week.state) == (date(2026, 11, 23), "ol-12-6-2", "not_open")


def test_second_paragraph_page_says_a_week_and_how_it_is_counted() -> None:
    assert family_week(date(2026, 11, 16)).why == "Loven sier én uke. Statsforvalteren regner 5 virkedager etter mandag 16. november."


def test_second_paragraph_names_the_three_grounds_for_dismissal_and_the_exception() -> None:
    said = str(law("ol-12-6-2", on=date(2026, 11, 16)).summary)

    for ground in ("ikke er tatt opp med rektor", "mindre enn en uke siden", "ikke lenger går på skolen", "særlige grunner"):
        assert said.count(ground) == 1


def test_third_and_fifth_paragraph_days_are_set_in_the_one_case() -> None:
    assert [(code, statutory_clock(code).limit) for code in ("C9", "C10")] == [("C9", Moment.LETTER), ("C10", Moment.DECISION)]


def test_only_the_family_can_appeal_and_has_three_weeks() -> None:
    appeal = statutory_clock("C11")

    assert (str(appeal.bearer), appeal.limit) == (FAMILY, Period(3, PeriodUnit.WEEKS))
