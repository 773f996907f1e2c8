"""What is asked in an emergency, of those who help, and in health staff's own room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.cases.forms import LongText, PersonForm, with_class
from aktsom.cases.rules.assistance import LEARNING_HELPERS, HealthBasis, Helper, SharingBasis
from aktsom.cases.rules.emergency import ReviewOutcome
from aktsom.core.ui.forms import DayField, PlainForm

OUTSIDE = "utenfor"


class EmergencyForm(PersonForm):
    """The reason first, and which pupil."""

    reason = LongText(
        label=_("Hvorfor trenger du det nå?"),
        rows=3,
        help_text=_("Én setning er nok. Rektor ser den."),
        error_messages={"required": _("Skriv hvorfor du trenger det nå. Én setning er nok.")},
    )
    person = forms.ChoiceField(label=_("Hvilken elev?"), widget=forms.RadioSelect, error_messages={"required": _("Velg en elev.")})


class LongerForm(PlainForm):
    """Help for longer, with a new reason."""

    reason = LongText(
        label=_("Hvorfor trengs hjelpen lenger?"), rows=2, error_messages={"required": _("Skriv hvorfor hjelpen trengs lenger.")}
    )
    valid_until = DayField(label=_("Til og med"), error_messages={"required": _("Velg siste dag. Hjelp i en sak er alltid tidsavgrenset.")})


class ReviewForm(PlainForm):
    """What came of looking through it."""

    outcome = forms.ChoiceField(
        label=_("Var det grunn til å åpne saken?"),
        choices=ReviewOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ett av svarene.")},
    )
    text = LongText(label=_("Hva har dere snakket om?"), required=False, rows=3)


class PartForm(PlainForm):
    """Something about one pupil's part of the case, out of those inside the walls, chosen in its field «part»."""

    def __init__(self, *args: Any, parts: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {part.public_id: part for part in parts}
        self.fields["part"].choices = [(key, str(part.person)) for key, part in self.parts.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["part"] = self.parts.get(cleaned.get("part", ""))
        return cleaned


class HelpForm(PartForm):
    """Who is asked, what about, what they get to know and why that may be shared."""

    part = forms.ChoiceField(label=_("Hvem trenger dere hjelp med?"), error_messages={"required": _("Velg hvem det gjelder.")})
    helper = forms.ChoiceField(label=_("Hvem spør dere?"), choices=Helper.choices, error_messages={"required": _("Velg hvem dere spør.")})
    person = forms.ChoiceField(
        label=_("Hvem får spørsmålet?"),
        help_text=_(
            "En som arbeider ved skolen, får det her og svarer her. Til andre sender ikke Aktsom noe. Da ringer eller skriver du selv."
        ),
        error_messages={"required": _("Velg hvem som får spørsmålet, eller «Noen utenfor skolen».")},
    )
    purpose = LongText(label=_("Hva trenger dere hjelp til?"), rows=3, error_messages={"required": _("Skriv hva dere trenger hjelp til.")})
    shared = LongText(
        label=_("Hva får de vite?"),
        rows=3,
        help_text=_("Bare det som trengs for å svare."),
        error_messages={"required": _("Skriv hva den som blir spurt, får vite. Skriv «ingenting» hvis det er ingenting.")},
    )
    limits = LongText(
        label=_("Hvor går grensen?"),
        rows=2,
        required=False,
        help_text=_("Hva de ikke får vite, eller ikke skal gjøre. Trengs når dere spør politiet."),
    )
    basis = forms.ChoiceField(
        label=_("Hvorfor kan dere dele det?"),
        choices=SharingBasis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvorfor dere kan dele det.")},
    )
    consent_on = DayField(label=_("Dagen det ble sagt ja"), required=False)
    section = forms.CharField(label=_("Hvilken paragraf, hvis det er en lov"), required=False, max_length=120)
    ends_on = DayField(label=_("Siste dag"), help_text=_("Etter den dagen ser den som ble spurt, ingenting."))

    def __init__(self, *args: Any, people: Sequence[Any], titles: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        named = [(key, with_class(person, titles)) for key, person in self.people.items()]
        self.fields["person"].choices = [("", _("Velg")), (OUTSIDE, _("Noen utenfor skolen")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["person"] = self.people.get(cleaned.get("person", ""))
        return cleaned


class CooperationForm(PartForm):
    """Who works with the pupil's individual teaching, and since when. There is no field for what it is about."""

    part = forms.ChoiceField(label=_("Hvilken elev?"), error_messages={"required": _("Velg hvilken elev det gjelder.")})
    helper = forms.ChoiceField(
        label=_("Hvem samarbeider dere med?"),
        choices=[(helper.value, helper.label) for helper in LEARNING_HELPERS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvem dere samarbeider med.")},
    )
    begun_on = DayField(label=_("Siden når?"), error_messages={"required": _("Skriv omtrent hvilken dag det begynte.")})
    contact = forms.CharField(
        label=_("Kontaktperson"), required=False, max_length=80, help_text=_("Bare navnet på den dere snakker med. Ikke hva det gjelder.")
    )


class AnswerForm(PlainForm):
    """The answer."""

    answer = LongText(label=_("Svaret"), rows=5, error_messages={"required": _("Skriv hva svaret er.")})


class HealthAnswerForm(AnswerForm):
    """Health staff say why they may tell the school this."""

    basis = forms.ChoiceField(
        label=_("Hvorfor kan du si dette til skolen?"),
        choices=HealthBasis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvorfor du kan si dette til skolen.")},
        help_text=_("Det du vet fra behandling, kan du bare dele når det er sagt ja (helsepersonelloven §§ 21 og 22)."),
    )
    consent_on = DayField(label=_("Dagen det ble sagt ja"), required=False)


class HealthNoteForm(PlainForm):
    """One's own note."""

    text = LongText(label=_("Notatet ditt"), rows=6, error_messages={"required": _("Skriv noe først.")})


class NewHealthNoteForm(PersonForm, HealthNoteForm):
    """A new note, about one pupil."""

    person = forms.ChoiceField(label=_("Hvilken elev?"), widget=forms.RadioSelect, error_messages={"required": _("Velg en elev.")})
