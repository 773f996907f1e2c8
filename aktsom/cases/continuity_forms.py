"""Forms of taking over, being away, asking again and changing school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.cases.forms import LongText, PersonForm
from aktsom.cases.rules.continuity import AskAgainAnswer, AskAgainKind, DeclineReason, HandoverReason, SharedPiece, SharingBasis
from aktsom.core.ui.forms import DayField, PlainForm


class HandoverForm(PersonForm):
    """Which duties, whom, and why."""

    duties = forms.MultipleChoiceField(
        label=_("Hvilke oppgaver?"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Velg minst én oppgave.")}
    )
    person = forms.ChoiceField(label=_("Hvem vil du spørre?"), error_messages={"required": _("Velg hvem du vil spørre.")})
    reason = forms.ChoiceField(label=_("Hvorfor?"), choices=HandoverReason.choices, widget=forms.RadioSelect, initial=HandoverReason.LEFT)

    def __init__(self, *args: Any, rows: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {row.duty.code: row for row in rows}
        shown = [(code, f"{row.what}: {row.pupil}" if row.pupil else row.what) for code, row in self.rows.items()]
        self.fields["duties"].choices = shown  # type: ignore[attr-defined]

    def chosen_duties(self) -> list[Any]:
        """Return the duties that were chosen; only after the form is valid."""
        return [self.rows[code].duty for code in self.cleaned_data["duties"]]


class DeclineForm(PlainForm):
    """Why somebody says no."""

    reason = forms.ChoiceField(
        label=_("Hvis du sier nei: hvorfor?"), choices=DeclineReason.choices, widget=forms.RadioSelect, required=False
    )


class AbsenceForm(PersonForm):
    """Who is away, and when. Never why."""

    person = forms.ChoiceField(label=_("Hvem er borte?"), error_messages={"required": _("Velg hvem som er borte.")})
    first_day = DayField(label=_("Fra og med"), error_messages={"required": _("Skriv den første dagen.")})
    last_day = DayField(
        label=_("Til og med"), required=False, help_text=_("La det stå tomt hvis du ikke vet. Ikke skriv hvorfor noen er borte.")
    )

    def clean_last_day(self) -> date | None:
        last: date | None = self.cleaned_data["last_day"]
        first = self.cleaned_data.get("first_day")
        if last is not None and first is not None and last < first:
            raise forms.ValidationError(_("Siste dag må være samme dag som første dag, eller senere."))
        return last


class AskAgainForm(PlainForm):
    """Whom to ask, and when."""

    kind = forms.ChoiceField(
        label=_("Hvem vil du spørre igjen?"),
        choices=[(kind.value, kind.label) for kind in (AskAgainKind.PUPIL, AskAgainKind.REPORTER)],
        widget=forms.RadioSelect,
        initial=AskAgainKind.PUPIL,
    )
    due_on = DayField(label=_("Hvilken dag?"), error_messages={"required": _("Velg en dag som kommer.")})


class AskAgainAnswerForm(PlainForm):
    """What came of asking."""

    answer = forms.ChoiceField(
        label=_("Hva var svaret?"),
        choices=AskAgainAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva svaret var.")},
    )
    words = LongText(label=_("Med egne ord"), required=False, rows=3)
    next_on = DayField(label=_("Når spør dere igjen?"), required=False)


class SchoolChangeForm(PlainForm):
    """Where the pupil goes, what goes along, and why that is allowed."""

    school = forms.ChoiceField(label=_("Hvilken skole?"), required=False)
    to_name = forms.CharField(label=_("Eller skriv hva skolen heter"), required=False, max_length=200)
    pieces = forms.MultipleChoiceField(
        label=_("Hva trenger den nye skolen?"),
        required=False,
        choices=SharedPiece.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Notater, samtaler og det som gjelder andre elever, blir aldri med."),
    )
    basis = forms.ChoiceField(
        label=_("Hvorfor kan det gis videre?"), choices=SharingBasis.choices, widget=forms.RadioSelect, initial=SharingBasis.NECESSARY
    )
    reason = LongText(label=_("Hvorfor trenger den nye skolen akkurat dette?"), required=False, rows=3)
    consent_from = LongText(
        label=_("Hvem har sagt ja, og hvilken dag?"),
        required=False,
        rows=2,
        help_text=_("Må fylles ut når dere gir videre mer enn det som er nødvendig."),
    )
    note = LongText(label=_("Noe den nye skolen bør vite med en gang?"), required=False, rows=2)

    def __init__(self, *args: Any, schools: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {school.public_id: school for school in schools}
        self.fields["school"].choices = [("", _("Ikke i listen")), *((key, school.name) for key, school in self.schools.items())]  # type: ignore[attr-defined]

    def chosen(self) -> Any:
        """Return the school that was chosen, or None; only after the form is valid."""
        return self.schools.get(self.cleaned_data["school"])
