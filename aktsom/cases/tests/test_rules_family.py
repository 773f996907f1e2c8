"""The rules of the family's room, hammered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktsom.cases.rules.family import (
    CODE_LENGTH,
    CODE_LETTERS,
    MOST_CHECK_INS,
    CheckInObstacle,
    CorrectionObstacle,
    CorrectionOutcome,
    ExchangeObstacle,
    check_in_days,
    due_check_in,
    in_order,
    month_after,
    obstacles_to_answering_correction,
    obstacles_to_setting_check_ins,
    obstacles_to_writing,
    shown_code,
    written_code,
)
from aktsom.core.privacy.places import HIDDEN, place_words, without_places
from aktsom.measures.rules import PupilAnswer, is_falling, shows_pupils_words

DAY = date(2026, 11, 24)
days = st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31))


@given(first=days, every=st.sampled_from([1, 7, 14]), times=st.integers(1, MOST_CHECK_INS))
def test_check_in_days_are_evenly_apart_and_can_be_set_on_their_first_day(first: date, every: int, times: int) -> None:
    found = check_in_days(first=first, every_days=every, times=times)

    assert [(later - earlier).days for earlier, later in pairwise(found)] == [every] * (times - 1)
    assert obstacles_to_setting_check_ins(days=found, today=first, is_open=True) == []
    assert obstacles_to_setting_check_ins(days=found, today=first + timedelta(days=1), is_open=True) == [CheckInObstacle.PASSED]


def test_check_ins_are_refused_without_days_in_a_closed_case() -> None:
    assert obstacles_to_setting_check_ins(days=[], today=DAY, is_open=False) == [CheckInObstacle.CLOSED, CheckInObstacle.NO_DAYS]
    many = check_in_days(first=DAY, every_days=1, times=MOST_CHECK_INS + 1)
    assert obstacles_to_setting_check_ins(days=many, today=DAY, is_open=True) == [CheckInObstacle.TOO_MANY]


@given(asked=st.lists(days, max_size=8), answered=st.lists(days, max_size=8), today=days)
def test_at_most_one_question_waits_and_it_is_never_of_a_day_to_come(asked: list[date], answered: list[date], today: date) -> None:
    due = due_check_in(days=asked, answered_on=answered, today=today)

    assert due is None or (due in asked and due <= today and all(on < due for on in answered))
    if due is not None:
        assert due_check_in(days=asked, answered_on=[*answered, today], today=today) is None


@given(st.lists(st.tuples(st.datetimes(), st.sampled_from([str(answer) for answer in PupilAnswer])), max_size=10))
def test_answers_from_two_places_come_in_the_order_they_were_said(answers: list[tuple[datetime, str]]) -> None:
    assert in_order(reversed(answers)) == in_order(answers)
    assert sorted(in_order(answers)) == sorted(answer for _at, answer in answers)


def test_worse_in_the_room_after_better_at_the_evaluation_is_falling() -> None:
    evaluation, room = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 9, tzinfo=UTC)

    assert is_falling(in_order([(room, PupilAnswer.SAME), (evaluation, PupilAnswer.BETTER)])) is True
    assert is_falling(in_order([(evaluation, PupilAnswer.SAME), (room, PupilAnswer.BETTER)])) is False


@pytest.mark.parametrize(
    ("outcome", "correction", "reason", "missing"),
    [
        ("corrected", "Slik var det.", "", []),
        ("corrected", " ", "", [CorrectionObstacle.NO_CORRECTION]),
        ("refused", "", "Flere så det.", []),
        ("refused", "", "", [CorrectionObstacle.NO_REASON]),
        ("partly", "Slik var det.", "", [CorrectionObstacle.NO_REASON]),
        ("partly", "Slik var det.", "Resten står.", []),
        ("", "", "", [CorrectionObstacle.NO_OUTCOME]),
    ],
)
def test_correction_says_what_is_right_or_why_not(outcome: str, correction: str, reason: str, missing: list[CorrectionObstacle]) -> None:
    assert obstacles_to_answering_correction(outcome=outcome, correction=correction, reason=reason, is_answered=False) == missing


def test_correction_is_answered_once() -> None:
    again = obstacles_to_answering_correction(outcome=CorrectionOutcome.CORRECTED, correction="Slik.", reason="", is_answered=True)

    assert again == [CorrectionObstacle.ANSWERED]


@given(days)
def test_a_month_is_the_same_day_or_the_last_there_is(day: date) -> None:
    later = month_after(day)

    assert 28 <= (later - day).days <= 31
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    assert month_after(date(2027, 1, 31)) == date(2027, 2, 28)
    assert month_after(date(2026, 12, 15)) == date(2027, 1, 15)


@given(st.text(alphabet=CODE_LETTERS, min_size=CODE_LENGTH, max_size=CODE_LENGTH), st.sampled_from([" ", "-", ".", "  "]))
def test_a_code_is_read_however_it_is_typed(code: str, gap: str) -> None:
    assert written_code(shown_code(code)) == code
    assert written_code(gap.join(code.lower())) == code


def test_message_needs_words_and_an_adult_who_can_answer() -> None:
    assert obstacles_to_writing(text="Hei", adult_can_answer=True) == []
    assert obstacles_to_writing(text=" \n", adult_can_answer=False) == [ExchangeObstacle.NO_TEXT, ExchangeObstacle.NOT_THERE]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Vi møtes i Solbakken 12.", "Vi møtes i Solbakken 12."),
        ("Bor i Solbakkveien 12 B nå.", f"Bor i {HIDDEN} nå."),
        ("Hentes i Store Strandgata 4.", f"Hentes i {HIDDEN} {HIDDEN}."),
        ("Posten går til 5003 Bergen.", f"Posten går til {HIDDEN}."),
        ("På Solvik skole er det fint.", f"På {HIDDEN} er det fint."),
        ("En voksen er ute i storefri.", "En voksen er ute i storefri."),
        ("Møte 14. desember 2026 med kontaktlærer.", "Møte 14. desember 2026 med kontaktlærer."),
    ],
)
def test_places_are_taken_out(text: str, shown: str) -> None:
    known = ("Solvik skole", "Store")

    assert without_places(text, known=known) == shown
    assert bool(place_words(text, known=known)) == (HIDDEN in shown)


@given(birth=st.dates(min_value=date(2008, 1, 1), max_value=date(2014, 12, 31)), own=st.booleans())
def test_pupils_words_reach_a_guardian_only_until_fifteen(birth: date, own: bool) -> None:
    turns = date(birth.year + 15, birth.month, 28 if (birth.month, birth.day) == (2, 29) else birth.day)

    assert shows_pupils_words(is_own=own, birth_date=birth, day=turns - timedelta(days=2)) is True
    assert shows_pupils_words(is_own=own, birth_date=birth, day=turns + timedelta(days=2)) is own
