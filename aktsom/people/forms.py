"""Forms of the school's own organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.core.accounts.models import ResetReason
from aktsom.core.ui.forms import DayField, PlainForm
from aktsom.people.models import Person


class StandInForm(PlainForm):
    """Who, from which day, and perhaps until which."""

    person = forms.ChoiceField(label=_("Hvem?"), error_messages={"required": _("Velg hvem det skal være.")})
    valid_from = DayField(label=_("Fra og med"), error_messages={"required": _("Skriv første dag.")})
    valid_until = DayField(label=_("Til og med"), required=False, help_text=_("La stå tomt hvis du ikke vet det ennå."))

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        self.fields["person"].choices = [("", _("Velg"))] + [(key, str(person)) for key, person in self.people.items()]  # type: ignore[attr-defined]

    def chosen(self) -> Person:
        """Return the person that was chosen; only after the form is valid."""
        return self.people[self.cleaned_data["person"]]


class AccountsForm(PlainForm):
    """Which colleagues should get an account."""

    people = forms.MultipleChoiceField(
        label=_("Hvem skal få en lenke?"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Velg minst én.")}
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {person.public_id: person for person in people}
        self.fields["people"].choices = [(key, f"{person} ({person.email})") for key, person in self.known.items()]  # type: ignore[attr-defined]

    def chosen(self) -> list[Person]:
        """Return the people that were chosen; only after the form is valid."""
        return [self.known[key] for key in self.cleaned_data["people"]]


class FactorResetForm(PlainForm):
    """Whose second factor, and why."""

    person = forms.ChoiceField(label=_("Hvem gjelder det?"), error_messages={"required": _("Velg hvem det gjelder.")})
    reason = forms.ChoiceField(
        label=_("Hvorfor?"),
        choices=ResetReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvorfor. Det skrives i loggen.")},
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        self.fields["person"].choices = [("", _("Velg"))] + [(key, str(person)) for key, person in self.people.items()]  # type: ignore[attr-defined]

    def chosen(self) -> Person:
        """Return the person that was chosen; only after the form is valid."""
        return self.people[self.cleaned_data["person"]]
