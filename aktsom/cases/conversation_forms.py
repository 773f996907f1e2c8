"""Forms of talks and agreements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.cases.forms import LongText, PersonForm
from aktsom.cases.rules.conversations import AgreementOutcome, UrgentMeasure
from aktsom.core.ui.forms import ClockField, DayField, PlainForm


class TalkForm(PlainForm):
    """When, where and with whom."""

    folded = ((_("Tolk, flere familier, eller noe som kan gjøre samtalen vanskelig"), ("with_whom", "barriers", "wished_by")),)

    kind = forms.ChoiceField(
        label=_("Hvem er samtalen med?"), widget=forms.RadioSelect, error_messages={"required": _("Velg hvem samtalen er med.")}
    )
    guests = forms.MultipleChoiceField(
        label=_("Hvem er med?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    held_on = DayField(label=_("Dag"), error_messages={"required": _("Skriv dagen.")})
    held_at = ClockField(label=_("Klokkeslett"), required=False)
    place = forms.CharField(label=_("Sted"), required=False, max_length=200)
    with_whom = forms.CharField(
        label=_("Andre som er med"), required=False, max_length=300, help_text=_("For eksempel tolk, eller en voksen eleven vil ha med.")
    )
    barriers = LongText(
        label=_("Er det noe som kan gjøre samtalen vanskelig?"),
        required=False,
        rows=2,
        help_text=_("Språk, uro, helse eller kultur, og hva dere gjør med det."),
    )
    wished_by = LongText(
        label=_("Hvem har ønsket at flere er med?"),
        required=False,
        rows=2,
        help_text=_("Bare når flere familier, eller en annen elev, skal være med."),
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], people: Sequence[Any], has_room: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        self.fields["guests"].help_text = (
            _("Den du krysser av, ser dag, tid og sted på sin egen side, og kan lese referatet når det er gitt ut.")
            if has_room
            else _("De har ingen egne sider i saken. Si fra om dagen på en annen måte, og gi dem referatet på papir.")
        )
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]
        self.fields["guests"].choices = [(key, str(person)) for key, person in self.people.items()]  # type: ignore[attr-defined]

    def chosen(self) -> list[Any]:
        """Return the guests that were chosen; only after the form is valid."""
        return [self.people[key] for key in self.cleaned_data["guests"]]


class MinutesForm(PlainForm):
    """What was said, with room for an answer to each prompt. Nothing but one word of minutes is asked for."""

    held_on = DayField(label=_("Holdt"), error_messages={"required": _("Skriv dagen samtalen ble holdt.")})
    minutes = LongText(label=_("Referat"), required=False, rows=6, help_text=_("Skriv slik at eleven og de foresatte kan lese det."))
    next_on = DayField(label=_("Når snakker dere igjen?"), required=False)

    def __init__(self, *args: Any, prompts: Sequence[str], answers: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prompts = list(prompts)
        for number, prompt in enumerate(self.prompts):
            self.fields[f"answer_{number}"] = LongText(label=prompt, required=False, rows=2, initial=(answers or {}).get(prompt, ""))
        self.order_fields(["held_on", *(f"answer_{number}" for number in range(len(self.prompts))), "minutes", "next_on"])

    def answers(self) -> dict[str, str]:
        """Return what was answered, by prompt; only after the form is valid."""
        return {prompt: self.cleaned_data[f"answer_{number}"] for number, prompt in enumerate(self.prompts)}


class CallOffForm(PlainForm):
    """Why a talk came to nothing."""

    why = LongText(label=_("Hvorfor ble det ikke noe av?"), rows=2, error_messages={"required": _("Skriv kort hvorfor.")})


class ReleaseForm(PlainForm):
    """The reason for letting out minutes with names of others; asked only when there are any."""

    reason = LongText(label=_("Hvorfor kan det gis ut med navn på andre?"), required=False, rows=2)

    def __init__(self, *args: Any, has_names: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_names:
            del self.fields["reason"]


class AgreementForm(PlainForm):
    """What was agreed, and when it is looked at again."""

    text = LongText(
        label=_("Hva er dere enige om?"), rows=3, error_messages={"required": _("Skriv hva dere er enige om. Én setning er nok.")}
    )
    follow_up_on = DayField(label=_("Når ser dere på avtalen igjen?"), error_messages={"required": _("Velg en dag som kommer.")})
    follower = forms.ChoiceField(label=_("Hvem følger opp?"), required=False)

    def __init__(self, *args: Any, people: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        self.fields["follower"].choices = [("", _("Jeg")), *((key, str(person)) for key, person in self.people.items())]  # type: ignore[attr-defined]
        if not self.people:
            del self.fields["follower"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["follower"] = self.people.get(cleaned.get("follower", ""))
        return cleaned


class UrgentForm(PersonForm):
    """What is put in place today. One of them is enough, or one's own words."""

    chosen = forms.MultipleChoiceField(
        label=_("Hva setter dere inn med en gang?"),
        choices=UrgentMeasure.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    own = LongText(label=_("Noe annet dere ble enige om"), required=False, rows=2, help_text=_("Konkret: hva, hvor og når."))
    person = forms.ChoiceField(
        label=_("Hvem gjør det?"),
        help_text=_("Den du velger, får vite hva hun eller han skal gjøre, og ikke hvorfor."),
        error_messages={"required": _("Velg hvem som gjør det. Det kan være deg selv.")},
    )
    names_pupil = forms.BooleanField(
        label=_("Den som gjør det, får vite hvilken elev det gjelder"),
        required=False,
        initial=True,
        help_text=_("Ta det bort når det kan gjøres uten."),
    )

    def wanted(self) -> list[str]:
        """Return the measures in words, those chosen first."""
        return [*(str(UrgentMeasure(code).label) for code in self.cleaned_data["chosen"]), self.cleaned_data["own"]]


class SettleForm(PlainForm):
    """How an agreement went."""

    outcome = forms.ChoiceField(
        label=_("Hvordan har det gått?"),
        choices=AgreementOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvordan det har gått.")},
    )
    text = LongText(label=_("Vil du skrive mer?"), required=False, rows=3)


class PromptsForm(PlainForm):
    """The school's own prompts, one on each line."""

    before = LongText(
        label=_("Før samtalen"),
        required=False,
        rows=5,
        help_text=_("Én linje for hvert punkt. Tøm alt, så gjelder planens eller Aktsoms egne igjen."),
    )
    during = LongText(label=_("I samtalen"), required=False, rows=7)
    after = LongText(label=_("Etterpå"), required=False, rows=5)
