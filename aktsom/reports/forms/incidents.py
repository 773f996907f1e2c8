"""An incident that may have nothing to do with any pupil, and the question the receiver answers before it is finished."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.core.ui.forms import ClockField, DayField, PlainForm
from aktsom.reports.forms import WHAT_MISSING, accused_field, long_text
from aktsom.reports.rules import IncidentKind, Involved, Unsafe, Urgency


class IncidentForm(PlainForm):
    """Three things are needed: what kind, what happened, and whether a pupil can be unsafe because of it."""

    incident_kind = forms.ChoiceField(
        label=_("Hva slags hendelse er det?"),
        choices=IncidentKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg det som ligner mest. «Noe annet» er også et svar.")},
    )
    what_happened = long_text(_("Hva har skjedd?"), hint=_("Det du har sett eller hørt."), required=True, missing=WHAT_MISSING, rows=5)
    unsafe = forms.ChoiceField(
        label=_("Kan en elev ha det utrygt på grunn av dette?"),
        choices=Unsafe.choices,
        widget=forms.RadioSelect,
        help_text=_("Svarer du ja eller vet ikke, sendes det som en melding om en elev. Da følger skolen det opp slik loven sier."),
        error_messages={"required": _("Velg et svar. Er du i tvil, velg «Vet ikke».")},
    )
    urgency = forms.ChoiceField(
        label=_("Haster det?"), choices=Urgency.choices, widget=forms.RadioSelect, initial=Urgency.ORDINARY, required=False
    )
    pupils = forms.CharField(
        label=_("Hvilken elev, hvis du vet det?"), required=False, max_length=400, help_text=_("Flere navn med komma mellom.")
    )
    involved = forms.ChoiceField(
        label=_("Har noen som arbeider her, gjort noe mot en elev?"),
        choices=Involved.choices,
        widget=forms.RadioSelect,
        initial=Involved.NO,
        required=False,
    )
    accused = accused_field()
    happened_on = DayField(label=_("Hvilken dag skjedde det?"), required=False)
    happened_clock = ClockField(label=_("Omtrent når?"), required=False)
    where_happened = forms.CharField(label=_("Hvor?"), required=False, max_length=200)
    done_at_once = long_text(_("Hva har du gjort allerede?"))


class IncidentAnswerForm(PlainForm):
    """Can a pupil be unsafe? Nothing is chosen beforehand, so that nobody answers it without reading it."""

    unsafe = forms.ChoiceField(
        label=_("Kan en elev ha det utrygt?"),
        choices=[
            ("yes", _("Ja, dette gjelder skolemiljøet til en elev")),
            ("no", _("Nei, ingen elev kan ha det utrygt på grunn av dette")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei. Er du i tvil, velg ja. Da følges det opp som en melding.")},
    )
    result = forms.CharField(
        label=_("Hvordan gikk det?"), required=False, max_length=300, help_text=_("Én setning. Trengs bare når svaret er nei.")
    )

    def clean(self) -> dict[str, Any]:
        """A no ends the incident, so it says how it went; the sentence stands at the field it is about."""
        cleaned = super().clean() or {}
        if cleaned.get("unsafe") == "no" and not cleaned.get("result", "").strip():
            self.add_error("result", _("Skriv i én setning hvordan det gikk."))
        return cleaned
