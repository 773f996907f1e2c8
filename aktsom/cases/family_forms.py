"""What is asked in the family's room, and of those who answer the family. Only what is needed to understand is required."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.cases.forms import LongText, PersonForm
from aktsom.cases.rules.family import MOST_CHECK_INS, CorrectionOutcome, CorrectionTarget, check_in_days
from aktsom.core.ui.forms import DayField, PlainForm
from aktsom.measures.rules import PupilAnswer


class HowIsItForm(PlainForm):
    """Is it better? One tap is enough."""

    answer = forms.ChoiceField(
        label=_("Hvordan er det nå?"),
        choices=[*PupilAnswer.choices[:-1], (PupilAnswer.DID_NOT_WANT, _("Jeg vil ikke svare nå"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ett av svarene. Du kan også velge at du ikke vil svare nå.")},
    )
    words = LongText(label=_("Vil du si mer?"), required=False, rows=3, help_text=_("Du bestemmer selv."))


class ToAdultForm(PersonForm):
    """Write to an adult at the school."""

    person = forms.ChoiceField(
        label=_("Hvem vil du skrive til?"), widget=forms.RadioSelect, error_messages={"required": _("Velg en voksen.")}
    )
    text = LongText(label=_("Hva vil du si?"), rows=5, error_messages={"required": _("Skriv noe først. Noen få ord er nok.")})
    for_handlers = forms.BooleanField(
        label=_("De som arbeider med saken, kan også lese dette"),
        required=False,
        help_text=_("Er det ikke krysset av, leser bare den du skriver til."),
    )

    def __init__(self, *args: Any, people: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, people=people, **kwargs)
        self.fields["person"].choices = [(key, str(person)) for key, person in self.people.items()]  # type: ignore[attr-defined]


class ExchangeForm(PlainForm):
    """Write more to the same one."""

    text = LongText(label=_("Skriv her"), rows=4, error_messages={"required": _("Skriv noe først. Noen få ord er nok.")})


class OwnExchangeForm(ExchangeForm):
    """The one in the family also chooses who may read it."""

    for_handlers = forms.BooleanField(
        label=_("De som arbeider med saken, kan også lese dette"),
        required=False,
        help_text=_("Er det ikke krysset av, leser bare den du skriver til."),
    )


class CorrectionAskForm(PlainForm):
    """Something written is wrong."""

    target = forms.ChoiceField(
        label=_("Hvor står det?"),
        choices=CorrectionTarget.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvor det står. Er du usikker, velg «Noe annet i saken».")},
    )
    wrong = LongText(label=_("Hva er feil?"), rows=4, error_messages={"required": _("Skriv hva som er feil. Én setning er nok.")})
    right = LongText(label=_("Hva er riktig?"), required=False, rows=4)


class CorrectionAnswerForm(PlainForm):
    """What is right, or why it is not corrected."""

    outcome = forms.ChoiceField(label=_("Hva svarer du?"), choices=CorrectionOutcome.choices, widget=forms.RadioSelect)
    correction = LongText(
        label=_("Hva er riktig?"), required=False, rows=4, help_text=_("Står ved siden av det som ble skrevet først. Ingenting blir borte.")
    )
    reason = LongText(
        label=_("Hvorfor blir det ikke rettet?"),
        required=False,
        rows=3,
        help_text=_("Den som spurte, får lese dette. Det de selv skrev, blir liggende sammen med saken."),
    )


class CheckInForm(PlainForm):
    """When the pupil is asked: the first day, how often, and how many times."""

    first = DayField(label=_("Første dag"))
    every = forms.ChoiceField(
        label=_("Hvor ofte?"), choices=[("7", _("Hver uke")), ("14", _("Annenhver uke")), ("1", _("Hver dag"))], widget=forms.RadioSelect
    )
    times = forms.IntegerField(label=_("Hvor mange ganger?"), min_value=1, max_value=MOST_CHECK_INS)

    def days(self) -> list[date]:
        """Return the days; only after the form is valid."""
        cleaned = self.cleaned_data
        return check_in_days(first=cleaned["first"], every_days=int(cleaned["every"]), times=cleaned["times"])


class LetterForm(PersonForm):
    """A letter on paper to one person."""

    person = forms.ChoiceField(
        label=_("Hvem er brevet til?"),
        widget=forms.RadioSelect,
        help_text=_("Ett brev til hver. Lag et nytt til den neste."),
        error_messages={"required": _("Velg hvem brevet er til.")},
    )
    text = LongText(
        label=_("Hva skal brevet si?"),
        rows=10,
        help_text=_("Skriv bare om denne eleven. Rettighetene og svararket kommer med av seg selv."),
        error_messages={"required": _("Skriv hva brevet skal si.")},
    )

    def __init__(self, *args: Any, people: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, people=people, **kwargs)
        self.fields["person"].choices = [(key, str(person)) for key, person in self.people.items()]  # type: ignore[attr-defined]


class ReplyForm(PlainForm):
    """A handwritten answer: its code and the scan."""

    code = forms.CharField(
        label=_("Koden på svararket"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Tolv tegn, for eksempel ABCD-EFGH-JKLM. Du kan også skanne QR-koden med telefonen."),
        error_messages={"required": _("Skriv koden som står nederst på svararket.")},
    )
    scan = forms.FileField(
        label=_("Det skannede svaret"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
        help_text=_("PDF eller bilde, opptil 15 MB."),
        error_messages={"required": _("Velg filen med det skannede svaret.")},
    )
    received_on = DayField(label=_("Når kom svaret?"))
