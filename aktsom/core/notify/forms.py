"""How notices should come, and the school's Teams channel."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.core.notify.rules import CANNOT_BE_MUTED, Group, PersonalChannel
from aktsom.core.notify.selectors import RouteRow, Ways
from aktsom.core.ui.forms import PlainForm

CAN_BE_MUTED = [(group.value, group.label) for group in Group if group not in CANNOT_BE_MUTED]


class ChoiceForm(PlainForm):
    """Which way what is urgent comes, which way the rest comes, and what of the rest she wants."""

    at_once_by = forms.ChoiceField(label=_("Når det haster"), widget=forms.RadioSelect)
    digest_by = forms.ChoiceField(label=_("Resten, samlet om morgenen"), widget=forms.RadioSelect)
    wanted = forms.MultipleChoiceField(
        label=_("Dette vil jeg ha med i samlingen"),
        choices=CAN_BE_MUTED,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Det du tar bort, står fortsatt under Varsler. Det du har plikt til å ta deg av, og det som gjelder kontoen din, kommer alltid."
        ),
    )

    def __init__(self, *args: Any, ways: Ways, **kwargs: Any) -> None:
        muted = ways.choice.muted.split()
        chosen = {"at_once_by": ways.choice.at_once_by, "digest_by": ways.choice.digest_by}
        wanted = [group for group, _label in CAN_BE_MUTED if group not in muted]
        super().__init__(*args, initial={**chosen, "wanted": wanted}, **kwargs)
        can_sms = ways.has_sms and bool(ways.number)
        choices = [(way.value, way.label) for way in PersonalChannel if can_sms or way == PersonalChannel.MAIL]
        for name in ("at_once_by", "digest_by"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            if not can_sms:
                self.initial[name] = PersonalChannel.MAIL.value

    def muted(self) -> list[str]:
        """Return what she does not want; only after the form is valid."""
        return [group for group, _label in CAN_BE_MUTED if group not in self.cleaned_data["wanted"]]


class TeamsForm(PlainForm):
    """Which school, and the secret address of the workflow."""

    school = forms.TypedChoiceField(label=_("Skole"), coerce=int, error_messages={"required": _("Velg skolen.")})
    url = forms.CharField(
        label=_("Adressen fra arbeidsflyten"),
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url", "spellcheck": "false"}),
        help_text=_("Lim inn hele adressen. Den er hemmelig, og vi viser den aldri igjen."),
        error_messages={"required": _("Lim inn adressen fra arbeidsflyten i Teams.")},
    )

    def __init__(self, *args: Any, routes: list[RouteRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = [(route.school_id, route.name) for route in routes]  # type: ignore[attr-defined]
