"""Working days and school days, by the Norwegian calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktsom.core.timing.calendar import (
    EVES,
    SchoolCalendar,
    add_working_days,
    is_public_holiday,
    is_working_day,
    public_holiday_name,
    skipped_between,
    working_days_between,
)

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 1))


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        (date(2026, 11, 17), 5, date(2026, 11, 24)),
        (date(2026, 3, 31), 5, date(2026, 4, 10)),  # Easter: 2, 3 and 6 April do not count
        (date(2026, 5, 11), 5, date(2026, 5, 19)),  # Ascension Day 14 May; 17 May is a Sunday
        (date(2026, 12, 22), 5, date(2026, 12, 30)),  # 24 December counts, 25 does not
        (date(2026, 12, 30), 2, date(2027, 1, 4)),  # 31 December counts, 1 January is a Friday
        (date(2026, 5, 22), 1, date(2026, 5, 26)),  # Whit Monday 25 May
        (date(2027, 5, 14), 1, date(2027, 5, 18)),  # 17 May and Whit Monday are the same day
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
    ],
)
def test_working_days_are_counted_by_the_calendar(start: date, amount: int, due: date) -> None:
    assert add_working_days(start, amount) == due


def test_christmas_eve_is_a_working_day_and_first_christmas_day_is_not() -> None:
    assert is_working_day(date(2026, 12, 24))
    assert not is_working_day(date(2026, 12, 25))
    assert public_holiday_name(date(2028, 5, 17)) == "Grunnlovsdag"


def test_the_eves_can_be_left_out_when_somebody_says_so() -> None:
    assert add_working_days(date(2026, 12, 22), 5, also_closed=EVES) == date(2027, 1, 4)
    assert working_days_between(date(2026, 12, 22), date(2027, 1, 4), also_closed=EVES) == 5
    assert not is_working_day(date(2026, 12, 31), also_closed=EVES)


def test_an_ordinary_sunday_is_no_public_holiday() -> None:
    assert [day for day in (date(2026, 11, 22), date(2026, 4, 5), date(2026, 4, 6)) if is_public_holiday(day)] == [
        date(2026, 4, 5),
        date(2026, 4, 6),
    ]


@given(day=DAYS, amount=st.integers(1, 30))
def test_leaving_the_eves_out_never_gives_an_earlier_day(day: date, amount: int) -> None:
    assert add_working_days(day, amount, also_closed=EVES) >= add_working_days(day, amount)


@given(day=DAYS, amount=st.integers(1, 60))
def test_counting_forward_and_between_are_each_others_inverse(day: date, amount: int) -> None:
    due = add_working_days(day, amount)

    assert is_working_day(due)
    assert working_days_between(day, due) == amount


@given(day=DAYS, amount=st.integers(1, 30))
def test_a_holiday_never_makes_a_limit_shorter(day: date, amount: int) -> None:
    without_holidays = day
    left = amount
    while left:
        without_holidays += timedelta(days=1)
        left -= without_holidays.weekday() < 5

    due = add_working_days(day, amount)
    assert due >= without_holidays
    assert (due > without_holidays) <= bool(skipped_between(day, due))


@given(first=DAYS, later=st.integers(0, 400), amount=st.integers(1, 20))
def test_a_later_start_never_gives_an_earlier_day(first: date, later: int, amount: int) -> None:
    assert add_working_days(first, amount) <= add_working_days(first + timedelta(days=later), amount)


def test_negative_amount_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        add_working_days(date(2026, 1, 1), -1)


YEAR = SchoolCalendar.with_closed_spans(
    first_day=date(2026, 8, 17),
    last_day=date(2027, 6, 18),
    closed=[(date(2026, 11, 16), date(2026, 11, 16), "Planleggingsdag")],
)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 11, 16), "Planleggingsdag"),
        (date(2026, 11, 21), "helg"),
        (date(2026, 12, 25), "Første juledag"),
        (date(2026, 8, 14), "utenfor skoleåret"),
        (date(2026, 11, 17), ""),
    ],
)
def test_why_there_is_no_school(day: date, reason: str) -> None:
    assert YEAR.closed_because(day) == reason


def test_next_school_day_passes_planning_day_and_weekend() -> None:
    assert YEAR.next_school_day(date(2026, 11, 13)) == date(2026, 11, 17)
    assert YEAR.add_school_days(date(2026, 11, 13), 2) == date(2026, 11, 18)
    assert YEAR.next_school_day(date(2027, 6, 18)) is None
    assert YEAR.add_school_days(date(2027, 6, 17), 5) is None
