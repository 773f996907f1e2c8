"""Other people's names are found, inflected and in part; the family's own are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktsom.core.privacy.names import NameFound, names_in, parts_of


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Sander sa det", "Sander"),
        ("Det var Sanders sekk", "Sanders"),
        ("sander og de andre", "sander"),
        ("Snakket med Sandersen om dette", "Sandersen"),
        ("SANDER!", "SANDER"),
        ("(Sander’s)", "Sander’s"),
    ],
)
def test_name_is_found_inflected_and_in_any_case(text: str, written: str) -> None:
    assert [hit.written for hit in names_in(text, ["Sander Sandersen"])] == [written]


@pytest.mark.parametrize("text", ["Sandet var vått", "sandersk", "Is og sander-is"[:6], ""])
def test_other_words_are_not_names(text: str) -> None:
    assert names_in(text, ["Sander Sandersen"]) == []


def test_own_family_name_is_not_marked_but_another_full_name_is() -> None:
    own = ["Ylva Berg", "Maja Berg"]

    assert names_in("Ylva Berg bor hos mor Berg", ["Teodor Berg"], own_names=own) == []
    assert names_in("Teodor Berg var der", ["Teodor Berg"], own_names=own) == [NameFound("Teodor Berg", "Teodor Berg", 0)]


def test_hyphenated_and_sami_names_are_found_in_part() -> None:
    found = names_in("Áilu lo, og Guovdageaidnus bror", ["Máret-Áilu Guovdageaidnu"])

    assert [hit.written for hit in found] == ["Áilu", "Guovdageaidnus"]


@given(
    before=st.text(alphabet="abc .,«»æøå", max_size=30),
    after=st.text(alphabet=" .,!»", max_size=5),
    ending=st.sampled_from(["", "s", "’s"]),
)
def test_name_standing_by_itself_is_always_found(before: str, after: str, ending: str) -> None:
    text = f"{before} Sander{ending}{after}"

    assert any(hit.written == f"Sander{ending}" for hit in names_in(text, ["Sander Sandersen"]))


@given(name=st.text(min_size=1, max_size=40))
def test_any_name_is_taken_apart_without_fault(name: str) -> None:
    assert all(len(part) >= 3 for part in parts_of(name))
    names_in(name, [name])
