"""Kind sentences in place of Django's short ones, for every form there is (ui.md, Speech)."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

_SENTENCES: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Her mangler det et svar.")},
    forms.IntegerField: {"invalid": _("Skriv et helt tall, for eksempel 12.")},
    forms.DateField: {"invalid": _("Skriv datoen som dag, måned og år, for eksempel 24.11.2026.")},
    forms.TimeField: {"invalid": _("Skriv klokkeslettet som time og minutt, for eksempel 14.05.")},
    forms.DateTimeField: {"invalid": _("Skriv dato og klokkeslett, for eksempel 24.11.2026 14.05.")},
    forms.ChoiceField: {"invalid_choice": _("Velg ett av svarene i listen.")},
    forms.ModelChoiceField: {"invalid_choice": _("Velg ett av svarene i listen.")},
    forms.MultipleChoiceField: {"invalid_choice": _("Velg blant svarene i listen.")},
    forms.FileField: {
        "required": _("Velg en fil først."),
        "missing": _("Vi fikk ikke tak i filen. Velg den en gang til."),
        "empty": _("Filen er tom. Velg en annen fil."),
    },
    forms.ImageField: {"invalid_image": _("Vi klarte ikke å åpne bildet. Prøv et bilde av typen JPG eller PNG.")},
}

_TOO_LONG = _("Teksten er for lang. Det er plass til %(limit_value)d tegn, og du har skrevet %(show_value)d.")


def use_kind_sentences() -> None:
    """Put our sentences in the field classes, so that the sign-in pages we did not write speak kindly too."""
    for field_class, sentences in _SENTENCES.items():
        field_class.default_error_messages = {**field_class.__dict__.get("default_error_messages", {}), **sentences}
    MaxLengthValidator.message = _TOO_LONG


def required_sentence(field: forms.Field, label: str) -> Any:
    """Return the sentence for an empty required field, by what the person must do there."""
    names = {"label": label}
    if isinstance(field, forms.FileField):
        return _("Velg en fil under «%(label)s».") % names
    if isinstance(field, forms.BooleanField):
        return _("Kryss av for «%(label)s» for å gå videre.") % names
    if isinstance(field.widget, forms.CheckboxSelectMultiple):
        return _("Velg minst ett svar under «%(label)s».") % names
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _("Velg ett av svarene under «%(label)s».") % names
    if isinstance(field, forms.DateField):
        return _("Velg en dato under «%(label)s».") % names
    if isinstance(field, forms.TimeField):
        return _("Skriv et klokkeslett under «%(label)s».") % names
    return _("Skriv noe under «%(label)s». Én setning er nok.") % names
