"""Organisation numbers, short names and the dates of a school year."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.schools.rules import (
    RegistrationObstacle,
    YearObstacle,
    is_org_number,
    obstacles_to_registering_owner,
    obstacles_to_registering_school,
    obstacles_to_setting_year,
    short_name,
)

VALID = "310000051"


def test_org_number_is_nine_digits_with_the_right_check_digit() -> None:
    given_numbers = [VALID, "310000057", "31000005", "3100000510", "3100 00051", "31000005x", "٣١٠٠٠٠٠٥١", ""]

    assert [is_org_number(text) for text in given_numbers] == [True, False, False, False, False, False, False, False]


@settings(max_examples=60)
@given(number=st.integers(10_000_000, 99_999_999), place=st.integers(0, 8), step=st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(number: int, place: int, step: int) -> None:
    whole = [f"{number}{digit}" for digit in range(10) if is_org_number(f"{number}{digit}")]
    wrong = [text[:place] + str((int(text[place]) + step) % 10) + text[place + 1 :] for text in whole]

    assert len(whole) <= 1
    assert [is_org_number(text) for text in wrong] == [False] * len(wrong)


@pytest.mark.parametrize(
    ("name", "short"),
    [("Bjørkåsen skole", "bjorkasen-skole"), ("Æsvoll  vgs.", "aesvoll-vgs"), ("???", ""), ("a" * 80, "a" * 60)],
)
def test_short_name_is_the_name_in_plain_letters(name: str, short: str) -> None:
    assert short_name(name) == short


def test_owner_never_changes_kind_in_passing() -> None:
    asked = {"org_number": VALID, "name": "Solfjord kommune", "kind": "municipality"}

    assert obstacles_to_registering_owner(**asked) == []
    assert obstacles_to_registering_owner(**asked, registered_kind="municipality") == []
    assert obstacles_to_registering_owner(**asked, registered_kind="county") == [RegistrationObstacle.OTHER_KIND]
    assert obstacles_to_registering_owner(org_number="1", name=" ", kind="county") == [
        RegistrationObstacle.NO_ORG_NUMBER,
        RegistrationObstacle.NO_NAME,
    ]


@pytest.mark.parametrize(
    ("change", "obstacles"),
    [
        ({}, []),
        ({"org_number": "310000057"}, [RegistrationObstacle.NO_ORG_NUMBER]),
        ({"name": " "}, [RegistrationObstacle.NO_NAME]),
        ({"slug": ""}, [RegistrationObstacle.NO_SHORT_NAME]),
        ({"slug": "Solvik Skole"}, [RegistrationObstacle.NO_SHORT_NAME]),
        ({"slug_is_taken": True}, [RegistrationObstacle.SHORT_NAME_TAKEN]),
        ({"has_other_owner": True}, [RegistrationObstacle.OTHER_OWNER]),
    ],
)
def test_school_says_each_thing_that_is_wrong(change: dict[str, object], obstacles: list[RegistrationObstacle]) -> None:
    asked = {"org_number": VALID, "name": "Solvik skole", "slug": "solvik", "slug_is_taken": False, "has_other_owner": False}

    assert obstacles_to_registering_school(**{**asked, **change}) == obstacles


FIRST, LAST = date(2026, 8, 17), date(2027, 6, 18)


@pytest.mark.parametrize(
    ("last_day", "closed", "obstacles"),
    [
        (LAST, [(date(2026, 10, 5), date(2026, 10, 9))], []),
        (LAST, [(FIRST, FIRST), (LAST, LAST)], []),
        (FIRST, [], [YearObstacle.BACKWARDS]),
        (FIRST + timedelta(days=367), [], [YearObstacle.TOO_LONG]),
        (LAST, [(date(2026, 10, 9), date(2026, 10, 5))], [YearObstacle.SPAN_BACKWARDS]),
        (LAST, [(date(2026, 8, 16), FIRST)], [YearObstacle.SPAN_OUTSIDE]),
    ],
)
def test_year_says_what_is_wrong_with_its_dates(last_day: date, closed: list[tuple[date, date]], obstacles: list[YearObstacle]) -> None:
    assert obstacles_to_setting_year(first_day=FIRST, last_day=last_day, closed=closed) == obstacles
