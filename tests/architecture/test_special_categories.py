"""Special categories (personvernforordningen article 9): nothing asks for them, what can hold them lies sealed behind a reach (PRV-04)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.db import models
from django.urls import get_resolver

from aktsom.core.access.door import _reaches
from aktsom.core.privacy.classes import PrivacyClass, placement
from aktsom.core.vault.fields import SealedTextField
from tests.architecture.checks import sources
from tests.architecture.test_registers import OWN_MODELS

# A form or a column with one of these words would ask for what the school has no need of.
SPECIAL = re.compile(
    r"diagnos|etnis|ethnic|religio|livssyn|legning|seksuell|orientering|sexual|rusmid|rusbruk|substance|fagforening|politisk syn|sykdom"
)
# Free text that is placed with the special ones and lies open, and why.
OPEN_TEXT = {
    ("people.Guardianship", "basis"): "which document the responsibility rests on, e.g. «dom»; whoever decides who is let in looks by it",
}
# Records that no reach stands for, and what decides instead.
MET_THROUGH = {
    "files.Attachment": "the report, message or task it hangs on: an attachment alone has no address",
    "accounts.Draft": "one's own account: it is only ever looked up by who is signed in",
}
HOLDING = {PrivacyClass.SENSITIVE, PrivacyClass.CASE_CONTENT}


def held(model: type[models.Model]) -> dict[str, PrivacyClass]:
    """Return the columns that can hold something special."""
    return {name: kind for name, kind in placement(model).items() if kind in HOLDING}


def open_texts(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """Yield free text among them that the database holds open: no choice from a list, not sealed."""
    for name in held(model):
        field: Any = model._meta.get_field(name)
        free = isinstance(field, (models.CharField, models.TextField, models.JSONField)) and not field.choices
        if free and not isinstance(field, SealedTextField):
            yield model._meta.label, name


def reached(model: type[models.Model], seen: frozenset[Any] = frozenset()) -> bool:
    """Return whether a reach decides who meets the records: the model's own, or that of what they belong to."""
    if model in _reaches:
        return True
    parents = {field.related_model for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)} - seen - {model}
    belongs = [parent for parent in parents if parent and parent._meta.app_label == model._meta.app_label]
    return any(reached(parent, seen | {model}) for parent in belongs)


def test_prv_04_what_can_hold_a_special_category_lies_sealed() -> None:
    assert {found for model in OWN_MODELS for found in open_texts(model)} == set(OPEN_TEXT)


@pytest.mark.parametrize("model", [model for model in OWN_MODELS if held(model)], ids=lambda model: model._meta.label)
def test_prv_04_a_reach_decides_who_meets_it(model: type[models.Model]) -> None:
    assert reached(model) != (model._meta.label in MET_THROUGH)


def every_form() -> Iterator[type[forms.BaseForm]]:
    """Yield every form of the product; the addresses have read all of them in."""
    assert get_resolver().url_patterns
    waiting = list(forms.Form.__subclasses__())
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith("aktsom."):
            yield form


def test_prv_04_no_field_asks_for_a_special_category() -> None:
    columns = [f"{model._meta.label}.{field.name}" for model in OWN_MODELS for field in model._meta.get_fields()]
    asked = [
        f"{form.__qualname__}.{name}: {field.label}"
        for form in every_form()
        for name, field in form.base_fields.items()
        for words in [f"{name} {field.label or ''}"]
        if SPECIAL.search(words.casefold())
    ]

    assert [column for column in columns if SPECIAL.search(column.casefold())] == []
    assert asked == []


def test_field_that_asks_is_seen() -> None:
    planted = "health.Note.diagnosis_code"

    assert SPECIAL.search(planted) is not None


def test_prv_04_nurses_notes_are_read_by_nobody_elses_code() -> None:
    """Only the room itself, its job and its access know the model."""
    users = {path for path, text in sources() if re.search(r"\bHealthNote\b", text)}

    assert users == {
        "aktsom/cases/access.py",
        "aktsom/cases/models/__init__.py",
        "aktsom/cases/models/assistance.py",
        "aktsom/cases/selectors/assistance.py",
        "aktsom/cases/services/assistance.py",
    }
