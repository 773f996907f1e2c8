"""What is asked about resources, the six areas, and the owner's texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from aktsom.core.ui.forms import DayField, PlainForm
from aktsom.plans.rules.areas import Level
from aktsom.plans.rules.resources import Audience, ResourceKind, ResourceTheme

FOR_SCHOOL = (ResourceKind.RESOURCE, ResourceKind.REGULATION, ResourceKind.NEIGHBOUR)


class RenewForm(PlainForm):
    """Where a text is, or the text itself, and from when it holds."""

    address = forms.URLField(
        label=_("Adressen på nettet"), required=False, max_length=500, assume_scheme="https",
        error_messages={"invalid": _("Skriv hele adressen, for eksempel https://www.udir.no/.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Eller teksten selv"), required=False, max_length=40_000, widget=forms.Textarea, help_text=_("Ikke navn på elever.")
    )
    edition = forms.CharField(label=_("Utgave"), required=False, max_length=60)
    valid_from = DayField(label=_("Gjelder fra"))

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if address and not address.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Adressen må begynne med https://."))
        return address

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not found.get("address") and not found.get("text", "").strip() and "address" not in self.errors:
            self.add_error("address", _("Skriv en adresse, eller teksten selv."))
        return found


class ResourceForm(RenewForm):
    """What it is called, where it is, and whom it is for."""

    title = forms.CharField(label=_("Hva heter det?"), max_length=200, error_messages={"required": _("Skriv hva det heter.")})
    kind = forms.ChoiceField(label=_("Hva er det?"))
    theme = forms.ChoiceField(label=_("Hva handler det om?"), choices=ResourceTheme.choices)
    publisher = forms.CharField(
        label=_("Hvem har laget det, eller tar vare på det?"), required=False, max_length=120,
        help_text=_("Navnet på en annen plan, adressen og hvem som tar vare på den, står i planen som alle kan lese."),
    )  # fmt: skip
    audiences = forms.MultipleChoiceField(
        label=_("Hvem er det for?"), required=False, choices=Audience.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("Det som er for elever eller foresatte, kan alle på nettet lese."),
    )  # fmt: skip
    valid_from = DayField(label=_("Gjelder fra"), required=False)

    def __init__(self, *args: Any, is_owner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = ResourceKind if is_owner else FOR_SCHOOL
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]


class AreasForm(PlainForm):
    """Where the school says it is on each characteristic. Nothing must be answered."""

    def __init__(self, *args: Any, seen: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = seen
        for area in seen:
            for seen_mark in area.marks:
                self.fields[seen_mark.mark.code] = forms.ChoiceField(
                    label=seen_mark.mark.text,
                    required=False,
                    choices=[("", _now("Ikke svart")), *Level.choices],
                    initial=seen_mark.level,
                    help_text=_now("I fjor: %(level)s") % {"level": seen_mark.before} if seen_mark.before else "",
                )

    def by_area(self) -> list[tuple[Any, list[Any]]]:
        """Return (area, its fields) for the page."""
        return [(seen.area, [self[mark.mark.code] for mark in seen.marks]) for seen in self.seen]

    def levels(self) -> dict[str, str]:
        """Return what was answered, by characteristic."""
        return {code: self.cleaned_data[code] for code in self.fields}


class ConformityForm(PlainForm):
    """How the edition fits with each of the owner's texts, in a sentence or two."""

    def __init__(self, *args: Any, texts: list[Any], said: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = {f"tekst_{resource.public_id}": resource for resource in texts}
        for name, resource in self.texts.items():
            self.fields[name] = forms.CharField(
                label=str(resource), required=False, max_length=2000, widget=forms.Textarea, initial=said.get(resource.pk, "")
            )

    def lines(self) -> list[tuple[Any, Any]]:
        """Return (text, its field) for the page."""
        return [(resource, self[name]) for name, resource in self.texts.items()]

    def statements(self) -> Iterator[tuple[Any, str]]:
        """Yield (text, statement) for those something was written about."""
        for name, resource in self.texts.items():
            if self.cleaned_data[name].strip():
                yield resource, self.cleaned_data[name]
