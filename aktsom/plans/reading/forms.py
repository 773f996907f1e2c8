"""Upload or paste a plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.core.ui.forms import PlainForm


class OwnPlanForm(PlainForm):
    """A Word file, or the tables pasted as text; one of them is enough."""

    file = forms.FileField(
        label=_("Fil"), required=False, help_text=_("Word (.docx), HTML, Markdown eller tekst. En PDF må du lagre som Word først.")
    )
    text = forms.CharField(
        label=_("Eller lim inn tabellene"),
        required=False,
        max_length=600_000,
        widget=forms.Textarea,
        help_text=_("Ta med overskriftene, for eksempel hva, hvem, hvordan og når. Rekkefølgen spiller ingen rolle."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        refused = getattr(cleaned.get("file"), "refused", "")
        if refused:
            self.add_error("file", refused)
        elif not cleaned.get("file") and not cleaned.get("text", "").strip():
            self.add_error("file", _("Velg en fil eller lim inn tabellene."))
        return cleaned
