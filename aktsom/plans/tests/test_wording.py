"""The plan in nynorsk: every text that ships is there, what the school changed says which language it is in, and it can be mended."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from aktsom.plans.content_file import MEMORY, library_content, shipped_nynorsk, texts_in_nynorsk
from aktsom.plans.loading import LIBRARY_CODES, PlanFileInvalid
from aktsom.plans.rules.content import PlanContent
from aktsom.plans.rules.wording import Shipped, Wording, has_words, reworded, section_texts, texts_of
from aktsom.plans.selectors.areas import areas_as_content
from aktsom.plans.selectors.for_pupils import for_pupils
from aktsom.plans.selectors.showing import shown
from tests.test_lix import EASY, lix

ALL = pytest.mark.parametrize("code", LIBRARY_CODES)
BOKMAL_ONLY = {"ikke", "fra", "hvem", "hvordan", "elever", "elevene", "skolen", "være", "noen", "noe", "uke", "hva", "hver", "jeg", "bare"}


def nynorsk(content: PlanContent) -> dict[str, str]:
    """Return every text of the plan with the language it is shown in to a reader of nynorsk."""
    wording = Wording("nn", shipped=shipped_nynorsk())
    return {text: wording.of(text).lang for text in texts_of(content)}


@ALL
def test_every_text_of_the_plan_has_nynorsk(code: str) -> None:
    """Mend it in aktsom/plans/library/nynorsk/<plan>.tsv."""
    said = nynorsk(library_content(code))

    assert [text for text, language in said.items() if language != "nn"] == []


def test_measures_of_the_six_areas_have_nynorsk() -> None:
    assert set(nynorsk(areas_as_content()).values()) == {"nn"}


def test_memory_holds_only_texts_of_the_plans_and_each_once() -> None:
    held = [text for path in sorted(MEMORY.glob("*.tsv")) for text in texts_in_nynorsk(path)]
    contents = [*(library_content(code) for code in LIBRARY_CODES), areas_as_content()]

    assert len(held) == len(set(held))
    assert set(held) == {text for content in contents for text in texts_of(content)}


def test_row_added_to_a_plan_without_nynorsk_is_found() -> None:
    content = library_content("storhamar")
    first, *rest = content.sections
    row = replace(first.rows[0], key="ny", what="En rad ingen har oversatt")
    added = replace(content, sections=(replace(first, rows=(*first.rows, row)), *rest))

    assert [text for text, language in nynorsk(added).items() if language != "nn"] == ["En rad ingen har oversatt"]


def test_nynorsk_is_not_bokmal_left_as_it_was() -> None:
    words = {text: set(said.casefold().replace(".", " ").replace(",", " ").split()) for text, said in shipped_nynorsk().nynorsk.items()}

    assert {text: found & BOKMAL_ONLY for text, found in words.items() if found & BOKMAL_ONLY} == {}


@ALL
def test_every_line_pupils_read_in_nynorsk_is_easy(code: str) -> None:
    wording = Wording("nn", shipped=shipped_nynorsk())
    said = [line for section in for_pupils(library_content(code), wording) for line in section.lines]

    assert len(said) >= 20
    assert {line: round(lix(line)) for line in said if lix(line) >= EASY} == {}


def test_pupils_lines_stand_under_the_same_season_in_both_languages() -> None:
    content, wording = library_content("sentrum"), Wording("nn", shipped=shipped_nynorsk())
    counts = [[[len(lines) for _season, lines in section.parts] for section in for_pupils(content, each)] for each in (Wording(), wording)]

    assert counts[0] == counts[1]


def test_text_the_school_wrote_says_it_is_bokmal() -> None:
    said = Wording("nn", shipped=shipped_nynorsk()).of("Vi har vafler hver onsdag")

    assert (said, said.lang) == ("Vi har vafler hver onsdag", "nb")


def test_schools_own_nynorsk_goes_before_ours() -> None:
    own = {"nn": {"Klassens time": "Klassens eigen time"}}
    wording = Wording("nn", own=own, shipped=shipped_nynorsk())

    assert (wording.of("Klassens time"), wording.of("Hele året")) == ("Klassens eigen time", "Heile året")
    assert Wording("nb", own=own, shipped=shipped_nynorsk()).of("Klassens time") == "Klassens time"


def test_school_that_writes_nynorsk_is_read_in_bokmal_too() -> None:
    wording = Wording("nb", written="nn", own={"nb": {"Vi steiker vaflar": "Vi steker vafler"}}, shipped=shipped_nynorsk())

    assert [(str(said), said.lang) for said in map(wording.of, ("Heile året", "Vi steiker vaflar", "Vi syng"))] == [
        ("Hele året", "nb"),
        ("Vi steker vafler", "nb"),
        ("Vi syng", "nn"),
    ]


def test_what_was_translated_before_the_school_went_over_to_nynorsk_is_still_bokmal() -> None:
    wording = Wording("nb", written="nn", own={"nn": {"Vi steker vafler": "Vi steiker vaflar"}})

    assert [wording.language_of(text) for text in ("Vi steker vafler", "Vi syng")] == ["nb", "nn"]
    assert [wording.lacks(text) for text in ("Vi steker vafler", "Vi syng")] == [False, True]


def test_reader_of_english_is_told_which_language_the_plan_is_in() -> None:
    said = Wording("en", shipped=shipped_nynorsk())

    assert [said.of(text).lang for text in ("Hele året", "Heile året", "Vi synger", "§ 12-4")] == ["nb", "nn", "nb", "en"]


@runs(max_examples=40)
@given(
    st.dictionaries(st.text("abc", min_size=1, max_size=3), st.text("xyz", min_size=1, max_size=3), max_size=5),
    st.text("abcxyz", max_size=3),
)
def test_text_is_shown_in_the_readers_language_or_as_it_stands(memory: dict[str, str], text: str) -> None:
    said = Wording("nn", shipped=Shipped.both_ways(memory)).of(text)

    assert said == memory.get(text, text)
    assert (said.lang == "nn") == (text in memory or text in memory.values() or not has_words(text))


def test_plan_said_in_nynorsk_has_the_same_rows_times_and_people() -> None:
    content = library_content("lillestrom")
    said = reworded(content, lambda text: shipped_nynorsk().of(text, "nn") or text)

    assert said != content
    assert reworded(said, lambda text: text) == said
    assert [(row.key, row.who, row.timings, row.when_said, row.resources) for _place, row in said.rows()] == [
        (row.key, row.who, row.timings, row.when_said, row.resources) for _place, row in content.rows()
    ]


def test_everything_a_shown_plan_says_has_a_language() -> None:
    plan = shown(library_content("steinkjer"), wording=Wording("nn", shipped=shipped_nynorsk()))
    said = [each for section in plan.sections for row in section.rows for each in (row.what, row.how, *row.anchors, *row.resources)]

    assert {each.lang for each in said} == {"nn"}
    assert len(said) > len(list(section_texts(library_content("steinkjer").sections[0])))


@pytest.mark.parametrize("line", ["Bare bokmål", "To\tganger\tfor mange", "A\tB\nA\tC"])
def test_line_of_the_memory_that_is_not_whole_is_told(tmp_path: object, line: str) -> None:
    path = tmp_path / "prove.tsv"  # type: ignore[operator]
    path.write_text(f"# Hode\n\nEn\tEin\n{line}\n", encoding="utf-8")

    with pytest.raises(PlanFileInvalid):
        texts_in_nynorsk(path)
