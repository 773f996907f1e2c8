"""What was typed once is offered again: each text with where it comes from, and a button that puts it in. Never by itself.

The button sends the form to its own page, which shows it again with the text put in and everything else as it was written.
Nothing is saved by it, and it needs no JavaScript.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

PUT_IN = "put_in"


@dataclass(frozen=True)
class Offer:
    """A text that stands somewhere already, where it stands, and the field it could go into."""

    source: str
    text: str
    field: str


def offered(request: HttpRequest, offers: Sequence[Offer]) -> Offer | None:
    """Return the text the person wants put in, or None when she sent the form to be saved."""
    wanted = request.POST.get(PUT_IN, "")
    return offers[int(wanted)] if wanted.isdecimal() and len(wanted) < 4 and int(wanted) < len(offers) else None


def put_in(form: forms.Form, sent: QueryDict, offer: Offer) -> None:
    """Let the form show what was written, with the text after it. It is not checked: it is not sent to be saved."""
    form.is_bound = False
    form.initial = {**(form.initial or {}), **{name: _written(bound, sent, name) for name, bound in form.fields.items()}}
    before = str(form.initial.get(offer.field) or "").rstrip()
    form.initial[offer.field] = f"{before}\n\n{offer.text}" if before else offer.text


def _written(bound: forms.Field, sent: QueryDict, name: str) -> Any:
    if isinstance(bound, forms.MultipleChoiceField):
        return sent.getlist(name)
    if isinstance(bound, forms.BooleanField):
        return name in sent
    return sent.get(name, "")
