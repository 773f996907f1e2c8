"""What is asked after a team has talked together: what was agreed, and later how it went."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.core.ui.forms import DayField, PlainForm

WORDS_MOST = 2000


class AgreementForm(PlainForm):
    """What the team agreed on. About what the adults do, never about a person."""

    text = forms.CharField(
        label=_("Hva ble dere enige om?"),
        max_length=WORDS_MOST,
        widget=forms.Textarea,
        help_text=_("Skriv hva dere voksne skal gjøre. Én setning er nok. Ikke navn på elever. Alle som arbeider ved skolen kan lese det."),
        error_messages={"required": _("Skriv hva dere ble enige om. Én setning er nok.")},
    )
    who = forms.CharField(
        label=_("Hvem snakket sammen?"), max_length=120, help_text=_("For eksempel: personalmøtet, eller teamet på 5. trinn."),
        error_messages={"required": _("Skriv hvilket møte eller team det var.")},
    )  # fmt: skip
    talked_on = DayField(label=_("Når snakket dere sammen?"), error_messages={"required": _("Skriv hvilken dag det var.")})
    follow_up_on = DayField(
        label=_("Når ser dere på det igjen?"), required=False, help_text=_("Da kommer det opp i «I dag» hos deg som skriver.")
    )


class FollowUpForm(PlainForm):
    """What came of it."""

    outcome = forms.CharField(
        label=_("Hvordan gikk det?"),
        max_length=WORDS_MOST,
        widget=forms.Textarea,
        help_text=_("Hva virket, og hva gjør dere videre? Ikke navn på elever."),
        error_messages={"required": _("Skriv hvordan det gikk. Én setning er nok.")},
    )
