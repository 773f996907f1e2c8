"""A word of the Act stays a word; a number is always somebody's own."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktsom.core.timing.deadlines import LocalStandard, TimeUnit, TimeWord, deadline, due_date, family_week, fixed
from aktsom.core.timing.law import REGISTER, UnknownLaw, head_title, law, owner_title

DAYS = st.dates(min_value=date(2024, 8, 1), max_value=date(2040, 12, 1))
WORDS = st.sampled_from(list(TimeWord))


@given(day=DAYS, word=WORDS)
def test_no_word_becomes_a_day_without_a_local_standard(day: date, word: TimeWord) -> None:
    limit = deadline(day, word=word, law_id="ol-12-4-2")

    assert limit.due_on is None
    assert limit.word == word
    assert limit.whose == "Loven"


@given(day=DAYS, word=WORDS, amount=st.integers(1, 30), unit=st.sampled_from(list(TimeUnit)))
def test_local_standard_says_whose_it_is(day: date, word: TimeWord, amount: int, unit: TimeUnit) -> None:
    limit = deadline(day, word=word, law_id="ol-12-4-3", standard=LocalStandard(amount, unit, "Vår egen regel."))

    assert limit.due_on is not None
    assert limit.due_on > day
    assert limit.whose == "Skolens egen regel: Vår egen regel."


@given(day=DAYS, amount=st.integers(1, 20), more=st.integers(0, 20), unit=st.sampled_from(list(TimeUnit)))
def test_shorter_standard_never_gives_a_later_day(day: date, amount: int, more: int, unit: TimeUnit) -> None:
    assert due_date(day, LocalStandard(amount, unit, "")) <= due_date(day, LocalStandard(amount + more, unit, ""))


def test_family_week_is_five_working_days_and_says_why() -> None:
    limit = family_week(date(2026, 5, 11))

    assert limit.due_on == date(2026, 5, 19)
    assert limit.why == "5 virkedager etter mandag 11. mai. Disse dagene teller ikke: 14. mai (Kristi himmelfartsdag)."
    assert limit.law.section == "opplæringslova § 12-6 andre ledd"


@pytest.mark.parametrize(
    ("today", "met", "state"),
    [
        (date(2026, 11, 23), False, "running"),
        (date(2026, 11, 24), False, "due_today"),
        (date(2026, 11, 25), False, "passed"),
        (date(2026, 11, 25), True, "met"),
    ],
)
def test_state_of_a_limit(today: date, met: bool, state: str) -> None:
    limit = fixed(date(2026, 11, 24), why="Dagen i planen.", whose="Planen", law_id="ol-12-4-3")

    assert limit.state(today, met=met) == state


def test_word_alone_never_passes() -> None:
    limit = deadline(date(2026, 1, 1), word=TimeWord.AS_SOON_AS_POSSIBLE, law_id="ol-12-4-2")

    assert limit.state(date(2027, 1, 1)) == "running"


def test_old_case_keeps_the_edition_it_was_born_under() -> None:
    assert "psykisk" not in str(law("ol-13-4", on=date(2025, 7, 31)).summary)
    assert "psykisk" in str(law("ol-13-4", on=date(2025, 8, 1)).summary)


def test_law_before_it_was_in_force_is_unknown() -> None:
    with pytest.raises(UnknownLaw):
        law("ol-12-4-2", on=date(2024, 7, 31))


def test_chapter_12_holds_since_august_2024_with_a_link_each() -> None:
    chapter = [reference for reference in REGISTER if reference.id.startswith("ol-12-")]

    assert {reference.valid_from for reference in chapter} == {date(2024, 8, 1)}
    assert [reference.id for reference in chapter if "lovdata.no/lov/2023-06-09-30/§12-" not in reference.link] == []


def test_private_school_reads_other_words() -> None:
    assert (head_title("private"), owner_title("private")) == ("daglig leder", "skolens styre")
    assert (head_title("county"), owner_title("county"), owner_title("municipality")) == ("rektor", "fylkeskommunen", "kommunen")
