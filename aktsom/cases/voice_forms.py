"""What is asked about the pupil's voice: heard, best interests, whom she trusts, her rights, and what guardians are told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.cases.forms import LongText, PersonForm
from aktsom.cases.rules import GuardianDecision, HearingOutcome
from aktsom.core.timing.clock import today
from aktsom.core.ui.forms import DayField, PlainForm


class HearingForm(PlainForm):
    """What came of asking the pupil. What is asked for most stands open; the rest is folded."""

    folded = (
        (_("Er eleven ikke hørt ennå?"), ("reason_not_yet", "planned_on")),
        (_("Mer om samtalen"), ("told_of", "weight_given", "how")),
    )
    outcome = forms.ChoiceField(
        label=_("Har eleven fått si sitt?"),
        choices=HearingOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg det som passer. Alle tre er greie svar.")},
    )
    pupils_words = LongText(label=_("Elevens egne ord"), required=False, rows=5)
    pupils_wish = LongText(label=_("Hva ønsker eleven?"), required=False, rows=3)
    told_of = LongText(
        label=_("Hva fikk eleven vite først?"),
        required=False,
        rows=2,
        help_text=_("Hva saken er, hva som skjer videre, og at eleven kan snakke fritt."),
    )
    weight_given = LongText(label=_("Hvordan er elevens mening tatt hensyn til?"), required=False, rows=2)
    how = LongText(
        label=_("Hvordan ble eleven hørt?"), required=False, rows=2, help_text=_("For eksempel samtale, tegning, tolk eller hjelpemidler.")
    )
    held_on = DayField(label=_("Dag"))
    reason_not_yet = LongText(label=_("Hvorfor ikke ennå?"), required=False, rows=2)
    planned_on = DayField(label=_("Når spør du igjen?"), required=False)


class BestInterestsForm(PlainForm):
    """The reasoned assessment of § 10-1."""

    pupils_view = LongText(label=_("Hva mener eleven selv?"), required=False, rows=3)
    factors = LongText(label=_("Hva taler for og mot?"), error_messages={"required": _("Skriv det som taler for og mot.")})
    weighing = LongText(
        label=_("Hvordan veier det mot hverandre?"), error_messages={"required": _("Skriv hva som veier tyngst, og hvorfor.")}
    )
    conclusion = LongText(label=_("Hva er best for eleven?"), rows=3, error_messages={"required": _("Skriv hva som er best for eleven.")})


class TrustedAdultForm(PersonForm):
    """Whom the pupil wants to talk to."""

    person = forms.ChoiceField(label=_("Hvem vil eleven snakke med?"), required=False)
    asked = forms.BooleanField(
        label=_("Jeg har spurt eleven"), error_messages={"required": _("Spør eleven først. Det er eleven som velger.")}
    )


class RightsForm(PlainForm):
    """That the pupil knows."""

    told_on = DayField(label=_("Hvilken dag fikk eleven vite det?"))
    how = LongText(label=_("Hvordan?"), required=False, rows=2)


class GuardianForm(PlainForm):
    """What is decided about guardians."""

    decision = forms.ChoiceField(
        label=_("Hva er bestemt?"),
        choices=GuardianDecision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva som er bestemt.")},
    )
    kept_from = forms.MultipleChoiceField(
        label=_("Er det noen av dem som ikke skal få vite det?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Den du krysser av, møter ikke saken, planen eller varsler om dem. De andre ser ikke at det er slik. Skriv grunnen under."
        ),
    )
    told_on = DayField(label=_("Dagen de ble orientert"), required=False, help_text=_("Står det tomt, skriver vi i dag."))
    reason = LongText(label=_("Grunn"), help_text=_("Trengs når noen ikke er orientert."), required=False, rows=3)

    def __init__(self, *args: Any, guardians: Sequence[Any], **kwargs: Any) -> None:
        """``guardians``, who may follow the case; with only one, there is nobody to choose among."""
        super().__init__(*args, **kwargs)
        self.guardians = {guardian.public_id: guardian for guardian in guardians}
        self.fields["kept_from"].choices = [(key, str(guardian)) for key, guardian in self.guardians.items()]  # type: ignore[attr-defined]
        if len(self.guardians) < 2:
            del self.fields["kept_from"]

    def clean(self) -> dict[str, Any]:
        """Who has just told them need not type today's date."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["kept_from"] = [self.guardians[key] for key in cleaned.get("kept_from", ())]
        if cleaned.get("decision") == GuardianDecision.TOLD and not cleaned.get("told_on") and "told_on" not in self.errors:
            cleaned["told_on"] = today()
        return cleaned
