"""Single cells."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktsom.people.roster import values as v

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@given(DAYS)
def test_date_survives_both_ways_of_writing(day: date) -> None:
    assert v.iso_date(day.isoformat()) == day
    assert v.written_date(f"{day.day}.{day.month}.{day.year}") == day
    assert v.iso_date(f"{day.isoformat()}T10:00:00Z") == day


@given(DAYS)
def test_day_before_is_one_day_earlier(day: date) -> None:
    assert v.day_before(day) == day - timedelta(days=1)


@given(st.text())
def test_no_text_breaks_a_cell(text: str) -> None:
    assert v.email_of(text) == "" or "@" in text
    assert v.grade_of(text) in {None, *range(1, 14)}
    assert len(v.phone_of(text)) <= v.LONGEST_PHONE
    assert "\0" not in v.name_of(text)
    assert v.iso_date(text) is None or text.strip()[:4].isdigit()


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("8", 8),
        ("08", 8),
        ("8. trinn", 8),
        ("10.", 10),
        ("VG1", 11),
        ("Vg3 studiespesialisering", 13),
        ("aarstrinn7", 7),
        ("http://psi.udir.no/laereplan/aarstrinn/aarstrinn7", 7),
        ("09,10,11", None),
        ("0", None),
        ("14", None),
        ("KG", None),
        ("", None),
    ],
)
def test_grade_is_one_to_thirteen_or_unknown(text: str, grade: int | None) -> None:
    assert v.grade_of(text) == grade


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("01010050053", True), ("010100 50053", True), ("01010050054", False), ("0101005005", False), ("00000000000", False), ("p-1", False)],
)
def test_national_id_is_known_by_its_check_digits(text: str, is_one: bool) -> None:
    assert v.is_national_id(text) is is_one
