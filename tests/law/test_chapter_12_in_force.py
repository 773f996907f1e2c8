"""Chapter 12 as data (fact 1): each section with its text in short, a link, and the days it holds."""

import re
from datetime import date

import pytest

from aktsom.core.timing.law import REGISTER, UnknownLaw, law

IN_FORCE = date(2024, 8, 1)
CHAPTER = [reference for reference in REGISTER if reference.id.startswith("ol-12-")]


def test_every_section_of_the_chapter_holds_from_the_first_day() -> None:
    sections = {re.match(r"ol-12-\d+", reference.id)[0] for reference in CHAPTER}  # type: ignore[index]

    assert sections == {f"ol-12-{number}" for number in range(1, 11)}
    assert {(reference.valid_from, reference.valid_until) for reference in CHAPTER} == {(IN_FORCE, None)}


def test_nothing_of_it_held_the_day_before() -> None:
    for reference in CHAPTER:
        assert law(reference.id, on=IN_FORCE) == reference
        with pytest.raises(UnknownLaw):
            law(reference.id, on=date(2024, 7, 31))


def test_each_says_what_it_is_and_where_it_stands() -> None:
    assert [reference.id for reference in CHAPTER if not str(reference.summary).strip()] == []
    assert [reference.id for reference in CHAPTER if not reference.link.startswith("https://lovdata.no/")] == []
