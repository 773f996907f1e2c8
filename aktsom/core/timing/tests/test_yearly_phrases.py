"""What people write under «Når»: the 97 expressions of the five plans, other schools' ways, and what is not understood."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.core.timing.yearly import Understood, say, understand
from aktsom.core.timing.yearly.choices import Parity, Weekday
from aktsom.core.timing.yearly.expressions import AtNeed, Follows, Monthly, SetDates, Standing, Times, Unset, Weekly, Window

REQUIREMENTS = Path(__file__).resolve().parents[5] / "shared" / "reference" / "requirements.md"


def kinds(text: str) -> list[str]:
    return [timing.kind for timing in understand(text).timings]


@pytest.mark.skipif(not REQUIREMENTS.exists(), reason="The requirements are not beside the project.")
def test_all_97_expressions_of_the_plans_are_understood() -> None:
    rows = [line.split("|") for line in REQUIREMENTS.read_text("utf-8").splitlines() if re.match(r"\| T\d\d ", line)]
    phrases = [(row[1].strip(), phrase) for row in rows for phrase in re.findall("«([^»]*)»", row[2]) if row[1].strip() != "T97"]

    assert len(rows) == 97
    assert [(code, phrase) for code, phrase in phrases if not understand(phrase).is_understood] == []


@pytest.mark.parametrize(
    ("text", "timing"),
    [
        ("Partallsuker", Weekly(parity=Parity.EVEN)),
        ("oddetallsuker", Weekly(parity=Parity.ODD)),
        ("Annenhver uke", Weekly(least=2, most=2)),
        ("Hver 3. uke", Weekly(least=3, most=3)),
        ("hver fjerde uke", Weekly(least=4, most=4)),
        ("Månedlig", Monthly()),
        ("1 gang i mnd.", None),
        ("2 g/år", Times(2)),
        ("Minst tre ganger per år", Times(3)),
        ("2–3 ganger i året", Times(2, 3)),
        ("Annenhver torsdag", Weekly(least=2, most=2, weekday=Weekday.THURSDAY)),
        ("Annenhver uke, i partallsuker", Weekly(parity=Parity.EVEN)),
        ("Hver partallsuke", Weekly(parity=Parity.EVEN)),
        ("Torsdager", Weekly(weekday=Weekday.THURSDAY)),
        ("Ved behov", AtNeed()),
        ("Hele skoleåret", Standing()),
        ("iht. årsplan", SetDates()),
        ("", Unset()),
        ("–", Unset()),
    ],
)
def test_other_ways_of_writing(text: str, timing: object) -> None:
    assert understand(text).timings == (() if timing is None else (timing,))


def test_two_phrases_in_one_cell_become_two_timings() -> None:
    assert kinds("Før skolestart og fortløpende") == ["window", "standing"]
    assert kinds("September, ved behov") == ["window", "at_need"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("I uke 42", ["I uke 42"]),
        ("uke 42–44", ["I uke 42 til 44"]),
        ("i uke 42 og 43", ["I uke 42 til 43"]),
        ("uke 35 og uke 2", ["I uke 35", "I uke 2"]),
        ("uke 36, uke 6", ["I uke 36", "I uke 6"]),
        ("uke 36, 38 og 40", ["I uke 36", "I uke 38", "I uke 40"]),
        ("1.-15. oktober", ["Fra 1. oktober til 15. oktober"]),
        ("annenhver onsdag", ["Annenhver skoleuke, på onsdag"]),
        ("første planleggingsdag", ["Første planleggingsdag"]),
        ("fra oktober til mars", ["Fra oktober til mars"]),
        ("hvert år i november", ["I november"]),
        ("annenhver torsdag", ["Annenhver skoleuke, på torsdag"]),
        ("på planleggingsdagene", ["Fra første planleggingsdag til siste planleggingsdag før skolestart"]),
    ],
)
def test_what_a_leader_writes_is_said_back_in_plain_words(text: str, sentences: list[str]) -> None:
    assert [say(timing) for timing in understand(text).timings] == sentences


def test_half_understood_is_not_understood() -> None:
    assert understand("September og når månen er full").timings == ()


def test_vague_words_are_read_but_marked_for_a_person() -> None:
    assert understand("Ved skolestart").is_certain is False
    assert understand("September").is_certain is True


def test_time_words_never_become_numbers() -> None:
    for text in ("Snarest", "Straks", "snarest mulig", "umiddelbart", "så fort det lar seg gjøre"):
        (timing,) = understand(text).timings
        assert isinstance(timing, Follows)
        assert (timing.amount, timing.unit) == (None, "")


def test_own_number_of_days_stays_the_plans_own() -> None:
    (timing,) = understand("i løpet av 5 virkedager").timings

    assert isinstance(timing, Follows)
    assert (timing.amount, timing.unit) == (5, "working_days")
    assert say(timing) == "Når noen melder fra: innen 5 virkedager. Det er skolens egen regel"


def test_date_that_does_not_exist_is_not_understood() -> None:
    assert understand("31. februar").timings == ()
    assert understand("uke 54").timings == ()


def test_sentences_read_like_a_person_wrote_them() -> None:
    said = {
        text: say(understand(text).timings[0])
        for text in ("Partallsuker", "November", "Før skolestart", "Hver 3. uke", "fire møter i året")
    }

    assert said == {
        "Partallsuker": "I partallsuker",
        "November": "I november",
        "Før skolestart": "Senest dagen før første skoledag for elevene",
        "Hver 3. uke": "Hver 3. skoleuke",
        "fire møter i året": "4 ganger i året",
    }


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_answered_without_fault(text: str) -> None:
    found = understand(text)

    assert isinstance(found, Understood)
    assert all(say(timing) for timing in found.timings)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["september", "august-oktober", "før skolestart", "hver 3. uke", "ved behov"]),
    st.sampled_from(["", " ", ".", "  ", " –"]),
)
def test_spaces_case_and_full_stops_mean_nothing(text: str, tail: str) -> None:
    assert understand(text.upper() + tail).timings == understand(text).timings


def test_window_of_months_runs_from_the_first_to_the_last() -> None:
    (timing,) = understand("Oktober - desember").timings

    assert isinstance(timing, Window)
    assert (str(timing.start), str(timing.end)) == ("month(10).first", "date(12-20)")


@pytest.mark.parametrize("text", ["x" * 100_000, "hver " * 5_000, "1-" * 10_000])
def test_hostile_text_is_answered_at_once(text: str) -> None:
    assert understand(text).timings == ()


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("Oktober og mars", [("month(10).first", "month(10).last"), ("month(3).first", "month(3).last")]),
        ("jan/aug", [("month(1).first", "month(1).last"), ("month(8).first", "month(8).last")]),
        ("mai og juni", [("month(5).first", "last_day")]),
        ("oktober–mars", [("month(10).first", "month(3).last")]),
    ],
)
def test_two_months_apart_are_two_times_and_neighbours_are_one(text: str, windows: list[tuple[str, str]]) -> None:
    found = [(str(timing.start), str(timing.end)) for timing in understand(text).timings if isinstance(timing, Window)]

    assert found == windows
