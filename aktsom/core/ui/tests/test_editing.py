"""Two people at once: the difference is shown, and nothing of either text is lost."""

from __future__ import annotations

from django import forms
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.core.ui.differences import is_same, pieces, together
from aktsom.core.ui.editing import Editing, editing

TEXT = st.text(alphabet="ab æ\n", max_size=40)


class NoteForm(forms.Form):
    text = forms.CharField(label="Hva kom fram?", required=False)
    ready = forms.BooleanField(label="Klar", required=False)


def opened(stands: dict[str, object]) -> Editing:
    return editing(RequestFactory().get("/"), stands, texts=("text",))


def sent(stands: dict[str, object], **typed: str) -> Editing:
    return editing(RequestFactory().post("/", typed), stands, texts=("text",))


@settings(max_examples=60)
@given(one=TEXT, other=TEXT)
def test_pieces_joined_are_the_text_again(one: str, other: str) -> None:
    assert "".join(piece.text for piece in pieces(one, other)) == one


@settings(max_examples=60)
@given(one=TEXT, other=TEXT)
def test_texts_together_lose_no_line_of_either(one: str, other: str) -> None:
    lines = together(one, other).split("\n")

    for text in (one, other):
        assert [line for line in text.split("\n") if line and line not in lines] == []


def test_pieces_mark_the_words_only_one_text_has() -> None:
    assert [(piece.text, piece.is_own) for piece in pieces("Hun er alene ute", "Hun er ute")] == [
        ("Hun er ", False),
        ("alene ", True),
        ("ute", False),
    ]


def test_line_ends_of_another_browser_are_no_difference() -> None:
    assert is_same("én\r\nto\r\n", "én\nto")


def test_form_that_saw_what_stands_is_saved() -> None:
    stands: dict[str, object] = {"text": "Alene ute.", "ready": True}
    edit = sent(stands, text="Alene inne.", seen_version=opened(stands).mark())
    form = NoteForm(edit.sent)

    assert (form.is_valid(), edit.may_save(form), edit.status(form)) == (True, True, 200)


def test_form_opened_before_somebody_else_saved_shows_both_and_saves_nothing() -> None:
    seen = opened({"text": "Alene ute.", "ready": False}).mark()
    edit = sent({"text": "Alene ute i storefri.", "ready": True}, text="Alene inne.", seen_version=seen)
    form = NoteForm(edit.sent)

    assert (form.is_valid(), edit.may_save(form), edit.status(form)) == (True, False, 409)
    assert [difference.label for difference in edit.differences] == ["Hva kom fram?", "Klar"]
    assert [piece.text for piece in edit.differences[0].mine if piece.is_own] == ["inne."]
    assert [piece.text for piece in edit.differences[1].standing] == ["Ja"]


def test_pressing_once_more_after_both_were_shown_saves_ones_own() -> None:
    stands: dict[str, object] = {"text": "Alene ute i storefri."}
    first = sent(stands, text="Alene inne.", seen_version="an older mark")
    edit = sent(stands, text="Alene inne.", seen_version=first.mark())
    form = NoteForm(edit.sent)

    assert (form.is_valid(), edit.may_save(form)) == (True, True)


def test_same_text_written_by_two_is_no_difference() -> None:
    edit = sent({"text": "Alene ute."}, text="Alene ute.\r\n", seen_version="an older mark")
    form = NoteForm(edit.sent)

    assert (form.is_valid(), edit.may_save(form)) == (True, True)


def test_choice_fills_the_form_with_both_or_with_what_stands_and_saves_nothing() -> None:
    stands: dict[str, object] = {"text": "Alene ute.\nTrist.", "ready": True}
    both = sent(stands, text="Alene ute.\nSint.", seen_version="older", both_texts="both")
    standing = sent(stands, text="Alene ute.\nSint.", seen_version="older", both_texts="standing")

    assert both.sent is not None
    assert standing.sent is not None
    assert both.sent["text"] == "Alene ute.\nTrist.\nSint."
    assert (standing.sent["text"], standing.sent["ready"]) == ("Alene ute.\nTrist.", "on")
    assert [edit.may_save(NoteForm(edit.sent)) for edit in (both, standing)] == [False, False]


def test_kept_draft_keeps_the_mark_of_what_it_began_from() -> None:
    old = opened({"text": "Alene ute."}).mark()
    shown = editing(RequestFactory().get("/"), {"text": "Ny tekst."}, texts=("text",), kept={"seen_version": old})

    assert shown.mark() == old
