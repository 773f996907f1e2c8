"""The owner's and the school's own questions: as fields of the report form, and as what is asked of who writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.core.ui.forms import PlainForm
from aktsom.reports.rules import QuestionKind, answers_kept, lines_of

LONGEST_ANSWER = 4_000
OF_OWNER, OF_SCHOOL = "owner", "school"
TITLES = {OF_OWNER: _("Eierens egne spørsmål"), OF_SCHOOL: _("Skolens egne spørsmål")}


class OwnQuestions(NamedTuple):
    """The questions of one of them, as fields, under its own heading."""

    title: str
    fields: list[Any]
    is_answered: bool


class AsksMore:
    """A form with questions of the owner's and the school's own. None of them is ever required."""

    def ask_more(self, questions: Sequence[Any]) -> None:
        """Put the questions in the form, each with its own field."""
        self.questions = list(questions)
        for row in self.questions:
            self.fields[_name(row)] = _field(row)  # type: ignore[attr-defined]

    @property
    def own_questions(self) -> list[OwnQuestions]:
        """Return the questions in groups: the owner's first, then the school's."""
        groups = []
        for whose, title in TITLES.items():
            fields = [self[_name(row)] for row in self.questions if _whose(row) == whose]  # type: ignore[index]
            if fields:
                groups.append(OwnQuestions(str(title), fields, any(bound.value() or bound.errors for bound in fields)))
        return groups

    def answers(self) -> tuple[dict[str, str], ...]:
        """Return what was answered, with the words it was asked in; only after the form is valid."""
        asked = [(row.public_id, row.text, _whose(row)) for row in self.questions]
        given = {row.public_id: self.cleaned_data.get(_name(row)) for row in self.questions}  # type: ignore[attr-defined]
        return tuple(answers_kept(asked, given))


def _name(row: Any) -> str:
    return f"own_{row.public_id}"


def _whose(row: Any) -> str:
    return OF_OWNER if row.school_id is None else OF_SCHOOL


def _field(row: Any) -> forms.Field:
    common: dict[str, Any] = {"label": row.text, "help_text": row.hint, "required": False}
    if row.kind == QuestionKind.SHORT:
        return forms.CharField(max_length=300, **common)
    if row.kind == QuestionKind.LONG:
        return forms.CharField(max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 3}), **common)
    answers: list[tuple[str, Any]] = [(answer, answer) for answer in lines_of(row.choices)]
    if row.kind == QuestionKind.YES_NO:
        answers = [("Ja", _("Ja")), ("Nei", _("Nei"))]
    return forms.ChoiceField(choices=[("", _("Ikke svart")), *answers], **common)


class QuestionForm(PlainForm):
    """One question of one's own."""

    text = forms.CharField(
        label=_("Spørsmålet"),
        max_length=200,
        help_text=_("Kort, og med vanlige ord. Ingen må svare."),
        error_messages={"required": _("Skriv spørsmålet.")},
    )
    kind = forms.ChoiceField(label=_("Hvordan skal det svares?"), choices=QuestionKind.choices, widget=forms.RadioSelect, initial="short")
    choices = forms.CharField(
        label=_("Svar å velge mellom"),
        required=False,
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Bare når de skal velge ett av flere. Ett svar på hver linje, to til åtte."),
    )
    hint = forms.CharField(label=_("En forklaring under spørsmålet"), required=False, max_length=200)
    for_staff = forms.BooleanField(label=_("De som arbeider ved skolen, får spørsmålet"), required=False, initial=True)
    for_guardians = forms.BooleanField(label=_("Foresatte som er logget inn, får spørsmålet"), required=False)
