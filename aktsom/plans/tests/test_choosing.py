"""A time chosen in words is whole or says what is missing; the grades of a row are read as people write them."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.core.timing.yearly import TimingInvalid, as_content, say
from aktsom.core.timing.yearly.choices import Rhythm, Trigger
from aktsom.plans.forms import grades_in
from aktsom.plans.rules.choosing import ASKS, OPTIONAL, TimeChoice, timing_chosen

CHOSEN = [choice for choice in TimeChoice if choice not in {TimeChoice.KEEP, TimeChoice.WORDS}]
WHOLE = {"number": 2, "month": 9, "last_month": 11, "day": 10, "week": 36, "last_week": 38, "parity": "even", "weekday": 2}
WHOLE |= {"other_row": "sto-f13", "apart": 3, "side": "before", "named": "Foreldremøte"}
WHOLE |= {"rhythm": Rhythm.MONTHLY.value, "trigger": Trigger.REPORT.value}


@pytest.mark.parametrize("choice", CHOSEN)
def test_every_choice_gives_a_time_that_can_be_said(choice: TimeChoice) -> None:
    (timing,) = timing_chosen(choice, WHOLE)

    assert say(timing)


@pytest.mark.parametrize("choice", [choice for choice in CHOSEN if set(ASKS.get(choice, ())) - OPTIONAL])
def test_choice_without_what_it_needs_says_what_is_missing(choice: TimeChoice) -> None:
    with pytest.raises(TimingInvalid, match="Velg også"):
        timing_chosen(choice, {})


@pytest.mark.parametrize(
    ("given", "days", "sentence"),
    [
        ({"apart": 3, "side": "before"}, -3, "3 dager før «Foreldremøte»"),
        ({"apart": 1, "side": ""}, 1, "1 dag etter «Foreldremøte»"),
        ({"apart": None, "side": "before"}, 0, "Samtidig med «Foreldremøte»"),
    ],
)
def test_time_that_hangs_on_another_row_says_which(given: dict[str, object], days: int, sentence: str) -> None:
    (timing,) = timing_chosen(TimeChoice.ANCHORED, {"other_row": "sto-f13", "named": "Foreldremøte"} | given)

    assert as_content(timing) == {"kind": "anchored_to_row", "row": "sto-f13", "named": "Foreldremøte"} | ({"days": days} if days else {})
    assert say(timing) == sentence


def test_choice_with_one_end_is_that_month_or_week_alone() -> None:
    (month,) = timing_chosen(TimeChoice.MONTHS, {"month": 9, "last_month": ""})

    assert as_content(month) == {"kind": "window", "start": "month(9).first", "end": "month(9).last"}


def test_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TimingInvalid):
        timing_chosen(TimeChoice.DAY, {"month": 2, "day": 31})


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("", ()),
        ("8", (8,)),
        ("1–4", (1, 2, 3, 4)),
        ("1 - 3, 8.", (1, 2, 3, 8)),
        ("Vg1", (11,)),
        ("vg1-vg3", (11, 12, 13)),
        ("Vg2–3", (12, 13)),
    ],
)
def test_grades_are_read_as_people_write_them(text: str, grades: tuple[int, ...]) -> None:
    assert grades_in(text) == grades


@pytest.mark.parametrize("text", ["elleve", "0", "14", "Vg4", "8-7"])
def test_grade_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        grades_in(text)


@given(st.lists(st.integers(1, 13), unique=True))
@settings(max_examples=25)
def test_grades_written_out_are_read_back(grades: list[int]) -> None:
    assert grades_in(", ".join(f"Vg{grade - 10}" if grade > 10 else str(grade) for grade in grades)) == tuple(sorted(grades))
