"""What a school writes about how to report, and the day it looks at it again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.core.ui.forms import DayField, PlainForm


def _text(label: Any, hint: Any, *, missing: Any = "") -> forms.CharField:
    messages = {"required": missing} if missing else {}
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=hint, required=bool(missing), max_length=3_000, widget=area, error_messages=messages)


class RoutineForm(PlainForm):
    """The routine in the school's own words: how and to whom are needed, the rest where it is true."""

    how = _text(
        _("Hvordan melder vi fra?"), _("Hva en ny kollega trenger å vite den første dagen."), missing=_("Skriv hvordan det skal meldes.")
    )
    to_whom = _text(_("Hvem melder vi til?"), "", missing=_("Skriv hvem det skal meldes til."))
    when_away = _text(_("Hva gjør vi når lederen er borte?"), "")
    phone = forms.CharField(label=_("Telefon når det haster"), required=False, max_length=30)
    form_place = _text(_("Hvor finner vi skjemaet?"), "")
    review_on = DayField(
        label=_("Når ser vi på rutinen igjen?"),
        help_text=_("En dag innen ett år. Vi minner om den på «I dag»."),
        error_messages={"required": _("Velg dagen dere ser på rutinen igjen.")},
    )


class ReviewForm(PlainForm):
    """The next day the school looks at its routine."""

    next_on = DayField(
        label=_("Når ser vi på den neste gang?"),
        help_text=_("En dag innen ett år."),
        error_messages={"required": _("Velg dagen dere ser på rutinen neste gang.")},
    )
