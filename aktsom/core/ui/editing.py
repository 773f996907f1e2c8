"""Two people at once: what stands is never written over unseen. Both texts are shown, and the person chooses.

A form that changes a text carries the mark of what stood there when it was opened. When something else stands there as it
comes back, nothing is saved: the page shows both, and the same form takes hers, the other's, or the two put together.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from aktsom.core.ui.dates import long_day
from aktsom.core.ui.differences import Piece, is_same, pieces, together

SEEN = "seen_version"
CHOICE = "both_texts"
TAKE_STANDING, TAKE_BOTH = "standing", "both"


@dataclass(frozen=True)
class Difference:
    """One field in which what stands now is not what the person wrote."""

    label: str
    standing: list[Piece]
    mine: list[Piece]


@dataclass
class Editing:
    """One form page that changes what others can change too."""

    stands: dict[str, str]
    version: str
    seen: str
    sent: QueryDict | None
    by: str = ""
    at: datetime | None = None
    has_chosen: bool = False
    differences: list[Difference] = field(default_factory=list)

    @property
    def is_outdated(self) -> bool:
        """Whether something else stands there than when the page was opened. A form without the mark was never shown."""
        return bool(self.seen) and self.seen != self.version

    def may_save(self, form: forms.Form) -> bool:
        """Return whether the valid form can be saved; when it cannot, ``differences`` says why."""
        if self.has_chosen:
            return False
        self.differences = self._found(form) if self.is_outdated else []
        return not self.differences

    def status(self, form: forms.Form) -> int:
        """Return how the page answers: 409 when somebody else wrote meanwhile, 422 when something is missing."""
        if self.differences:
            return 409
        return 422 if form.errors else 200

    def mark(self) -> str:
        """Return what the page carries: the mark of what is shown to the person now, or of what her kept text began from."""
        return self.version if self.sent is not None else self.seen or self.version

    def _found(self, form: forms.Form) -> list[Difference]:
        sent = self.sent or QueryDict()
        wrote = {name: sent.get(name, "") for name in self.stands if name in form.fields}
        return [
            Difference(str(form.fields[name].label), *_beside(form.fields[name], self.stands[name], mine))
            for name, mine in wrote.items()
            if not is_same(self.stands[name], mine)
        ]


def editing(
    request: HttpRequest,
    stands: Mapping[str, Any],
    *,
    texts: Collection[str],
    by: Any = None,
    at: datetime | None = None,
    kept: Mapping[str, Any] | None = None,
    beside: Any = "",
) -> Editing:
    """Return what is known about a form that changes ``stands``: who wrote it last, and what was seen when it was opened.

    ``texts`` are the fields that can be put together; ``kept`` is what lies in the person's own draft; ``beside`` is more
    that the person's answer rests on, such as which measures there are.
    """
    now_there = {name: as_sent(value) for name, value in stands.items()}
    version = _version(now_there, beside)
    sent = request.POST.copy() if request.method == "POST" else None
    choice = sent.get(CHOICE, "") if sent is not None else ""
    if sent is not None and choice in {TAKE_STANDING, TAKE_BOTH}:
        _choose(sent, now_there, texts, choice)
    seen = sent.get(SEEN, "") if sent is not None else str((kept or {}).get(SEEN, ""))
    return Editing(now_there, version, seen, sent, str(by or ""), at, has_chosen=choice in {TAKE_STANDING, TAKE_BOTH})


def as_sent(value: Any) -> str:
    """Return a value as a browser sends it."""
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    return value.isoformat() if isinstance(value, date) else str(value)


def _choose(sent: QueryDict, stands: Mapping[str, str], texts: Collection[str], choice: str) -> None:
    for name, standing in stands.items():
        if choice == TAKE_STANDING:
            sent[name] = standing
        elif name in texts:
            sent[name] = together(standing, sent.get(name, ""))


def _version(stands: Mapping[str, str], beside: Any) -> str:
    whole = json.dumps([dict(stands), beside], sort_keys=True, default=str)
    return salted_hmac("aktsom.core.ui.editing", whole, algorithm="sha256").hexdigest()[:32]


def _beside(shown: forms.Field, standing: str, mine: str) -> tuple[list[Piece], list[Piece]]:
    """Return the two texts with what is only in each marked; choices, ticks and days as people read them."""
    first, second = _words(shown, standing), _words(shown, mine)
    return pieces(first, second), pieces(second, first)


def _words(shown: forms.Field, value: str) -> str:
    if isinstance(shown, forms.BooleanField):
        return _("Ja") if value else _("Nei")
    if isinstance(shown, forms.ChoiceField):
        return str(dict(shown.choices).get(value, "")) if value else ""  # type: ignore[arg-type]
    if isinstance(shown, forms.DateField):
        try:
            return long_day(date.fromisoformat(value))
        except ValueError:
            return value
    return value
