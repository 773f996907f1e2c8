"""What is asked in the case room. Only what the Act or the plan needs is required; the rest is optional."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aktsom.cases.rules import ClosingReason, NoteKind
from aktsom.core.ui.forms import ClockField, DayField, PlainForm
from aktsom.measures.rules import PupilAnswer


class LongText(forms.CharField):
    """Text of several lines."""

    def __init__(self, *args: Any, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(*args, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def with_class(person: Any, beside: Mapping[int, str]) -> str:
    """Return a name with the class beside it, so that two of the same name are told apart, or what else has to be known of her."""
    return ", ".join(part for part in (str(person), beside.get(person.pk, "")) if part)


class PersonForm(PlainForm):
    """Choose one of some people by public id."""

    person_field = "person"

    def __init__(self, *args: Any, people: Sequence[Any], empty: Any = "", classes: Mapping[int, str] | None = None, **kwargs: Any) -> None:
        """``classes``, by person: shown beside the names, all of them in sight, with nothing to say «choose»."""
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        shown = [(key, with_class(person, classes or {})) for key, person in self.people.items()]
        self.fields[self.person_field].choices = shown if classes is not None else [("", empty or _("Velg")), *shown]  # type: ignore[attr-defined]

    def chosen(self) -> Any:
        """Return the person that was chosen, or None; only after the form is valid."""
        return self.people.get(self.cleaned_data[self.person_field])


class OpenForm(PlainForm):
    """Which pupil the case is for and who works with it. Both are filled in when the report says it."""

    pupil = forms.ChoiceField(
        label=_("Hvilken elev er saken til for?"), widget=forms.RadioSelect, error_messages={"required": _("Velg en elev.")}
    )
    handlers = forms.MultipleChoiceField(
        label=_("Hvem skal arbeide med saken?"),
        help_text=_("Forslaget kommer fra skolens plan. Spør gjerne eleven hvem som er trygg å snakke med."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    other = forms.ChoiceField(
        label=_("En annen som arbeider her"), required=False, help_text=_("Du kan sette på flere senere, under «Hvem» i saken.")
    )

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pupils = {person.public_id: person for person in choices.pupils}
        self.workers = {person.public_id: person for person in choices.handlers}
        self.others = {person.public_id: person for person in choices.others}
        for name, people, empty in (("pupil", self.pupils, False), ("handlers", self.workers, False), ("other", self.others, True)):
            shown = [(key, with_class(person, choices.beside)) for key, person in people.items()]
            self.fields[name].choices = [("", _("Ingen andre")), *shown] if empty else shown  # type: ignore[attr-defined]
        if not self.others:
            del self.fields["other"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("handlers") and not cleaned.get("other"):
            self.add_error("handlers", _("Velg minst én som skal arbeide med saken."))
        return cleaned

    def chosen_pupil(self) -> Any:
        """Return the pupil; only after the form is valid."""
        return self.pupils[self.cleaned_data["pupil"]]

    def chosen_handlers(self) -> list[Any]:
        """Return the handlers; only after the form is valid."""
        chosen = [self.workers[key] for key in self.cleaned_data["handlers"]]
        other = self.others.get(self.cleaned_data.get("other", ""))
        return [*chosen, other] if other is not None else chosen


class JoinForm(PlainForm):
    """Which case the report belongs to."""

    case = forms.ChoiceField(
        label=_("Hvilken sak hører meldingen til?"), widget=forms.RadioSelect, error_messages={"required": _("Velg en sak.")}
    )

    def __init__(self, *args: Any, cases: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases = {case.public_id: case for case in cases}
        self.fields["case"].choices = [  # type: ignore[attr-defined]
            (key, f"{case.pupil} ({case.get_state_display()})") for key, case in self.cases.items()
        ]

    def chosen(self) -> Any:
        """Return the case; only after the form is valid."""
        return self.cases[self.cleaned_data["case"]]


class NoteForm(PlainForm):
    """One thing that was found out. The text is enough."""

    kind = forms.ChoiceField(label=_("Hva er det?"), choices=NoteKind.choices, widget=forms.RadioSelect)
    text = LongText(
        label=_("Hva kom fram?"),
        rows=6,
        help_text=_("Skriv det som ble sett og sagt. Du trenger ikke vurdere hva som er riktig eller galt."),
        error_messages={"required": _("Skriv hva som kom fram. Én setning er nok.")},
    )
    pupils_words = LongText(label=_("Elevens egne ord"), required=False, rows=3)
    source = LongText(
        label=_("Hvor vet du det fra?"), required=False, rows=2, help_text=_("For eksempel hvem du snakket med, eller hvor du var.")
    )
    happened_on = DayField(label=_("Dag"))
    happened_at = ClockField(label=_("Klokkeslett"), required=False)

    def moment(self) -> datetime:
        """Return when it happened; noon when no time was written. Only after the form is valid."""
        at = self.cleaned_data["happened_at"] or time(12)
        return timezone.make_aware(datetime.combine(self.cleaned_data["happened_on"], at))


class CorrectionForm(NoteForm):
    """The note as it should be, and why it is changed."""

    reason = LongText(
        label=_("Hvorfor endrer du?"), rows=2, error_messages={"required": _("Skriv kort hvorfor. Den første teksten blir tatt vare på.")}
    )


class AnalysisForm(PlainForm):
    """What the investigation shows, in the order Udir and the plans think (INV-05, INV-16)."""

    folded = ((_("Mer å tenke gjennom"), ("maintaining", "own_view", "thoroughness")),)
    situation = LongText(label=_("Hva vet vi om situasjonen?"), required=False)
    experience = LongText(label=_("Hva ligger bak elevens opplevelse?"), required=False)
    surroundings = LongText(
        label=_("Hva rundt eleven virker inn?"), required=False, help_text=_("Gruppa, de voksne, stedene, det som skjer på nett.")
    )
    needed = LongText(
        label=_("Hva skal til for at eleven får det trygt og godt?"),
        error_messages={"required": _("Skriv hva som skal til. Da vet dere hva tiltakene skal svare på.")},
    )
    maintaining = LongText(label=_("Hva holder det ved like?"), required=False, rows=3)
    own_view = LongText(
        label=_("Hva trodde vi før vi begynte?"),
        required=False,
        rows=2,
        help_text=_("Tenk gjennom om noe dere mente fra før, kan ha farget det dere ser. Er det noe dere ikke har spurt om?"),
    )
    thoroughness = LongText(label=_("Hvor grundig undersøker dere, og hvorfor er det nok her?"), required=False, rows=2)
    enough_known = forms.BooleanField(label=_("Vi vet nok til å velge tiltak"), required=False)


class FindingForm(PlainForm):
    """One thing the measures must answer."""

    text = LongText(
        label=_("Hva skal tiltakene svare på?"), rows=3, error_messages={"required": _("Skriv det dere har funnet. Én setning er nok.")}
    )


class PostponementForm(PlainForm):
    """Why it must wait, and until when."""

    reason = LongText(label=_("Hvorfor må undersøkelsen vente?"), rows=3, required=False)
    new_date = DayField(label=_("Ny dag"), required=False)


class PartForm(PersonForm):
    """A pupil, or somebody who works here, who gets an own part of the case."""

    person = forms.ChoiceField(label=_("Hvem?"), widget=forms.RadioSelect, error_messages={"required": _("Velg hvem det er.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(key, str(person)) for key, person in self.people.items()]  # type: ignore[attr-defined]


class HandlerForm(PersonForm):
    """Somebody to work with the whole case."""

    person = forms.ChoiceField(label=_("Hvem?"), error_messages={"required": _("Velg hvem det skal være.")})


class HelperForm(HandlerForm):
    """Somebody to help with one part for a time."""

    part = forms.ChoiceField(label=_("Hvilken del?"), error_messages={"required": _("Velg hvilken del det gjelder.")})
    reason = LongText(label=_("Hvorfor trengs hjelpen?"), required=False, rows=2)
    valid_until = DayField(label=_("Til og med"), required=False)

    def __init__(self, *args: Any, parts: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {part.public_id: part for part in parts}
        self.fields["part"].choices = [(key, f"{part.person} – {part.get_kind_display()}") for key, part in self.parts.items()]  # type: ignore[attr-defined]

    def chosen_part(self) -> Any:
        """Return the part; only after the form is valid."""
        return self.parts[self.cleaned_data["part"]]


class CloseForm(PlainForm):
    """Why the case can end."""

    reason = forms.ChoiceField(
        label=_("Hvorfor kan saken avsluttes?"),
        choices=ClosingReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvorfor saken kan avsluttes.")},
    )
    note = LongText(
        label=_("Kort om avslutningen"),
        rows=3,
        help_text=_("Hva eleven sier, og hva som har hjulpet."),
        error_messages={"required": _("Skriv kort hvorfor saken avsluttes. Én setning er nok.")},
    )
    why_already = LongText(
        label=_("Hvorfor kan saken avsluttes allerede i dag?"),
        rows=3,
        required=False,
        help_text=_("Planen gjelder fra i dag, så tiltakene har ikke fått tid til å virke. Skriv hva som gjør at eleven har det trygt nå."),
    )
    control_on = DayField(label=_("Spør eleven igjen"), required=False, help_text=_("Velg gjerne en dag for å høre hvordan det går."))

    def __init__(self, *args: Any, is_from_today: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why_already"].is_needed_later = True  # type: ignore[attr-defined]
        if not is_from_today:
            del self.fields["why_already"]

    def clean(self) -> dict[str, Any]:
        """A plan from today asks for a reason only when the pupil says that it is safe; one who has left needs none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        already = "why_already" in self.fields and cleaned.get("reason") == ClosingReason.SAFE
        if already and not str(cleaned.get("why_already") or "").strip():
            self.add_error("why_already", _("Skriv hvorfor saken kan avsluttes samme dag som planen begynte å gjelde."))
        return cleaned


class NoPlanForm(PlainForm):
    """Why no plan is needed. Possible only when the pupil herself says that it is safe."""

    pupil_answer = forms.ChoiceField(
        label=_("Hvordan har eleven det nå, ifølge eleven selv?"),
        choices=PupilAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg det eleven selv sier.")},
    )
    pupil_words = LongText(
        label=_("Med elevens egne ord"), rows=3, error_messages={"required": _("Skriv hva eleven selv sier. Noen få ord er nok.")}
    )
    reason = LongText(
        label=_("Hvorfor trengs det ikke en plan?"),
        rows=3,
        help_text=_("Hva undersøkelsen viser, og hvorfor ingenting må gjøres."),
        error_messages={"required": _("Skriv hvorfor. Én setning er nok.")},
    )


class StepMarkForm(PlainForm):
    """Something the school's procedure asks for was done, or not needed here."""

    was_needed = forms.ChoiceField(
        label=_("Hva er svaret?"), choices=[("ja", _("Det er gjort")), ("nei", _("Det trengs ikke her"))], widget=forms.RadioSelect
    )
    on = DayField(label=_("Dag"))
    text = LongText(label=_("Kort om det"), required=False, rows=3, help_text=_("Trengs det ikke, skriver du hvorfor."))


class GovernorForm(PlainForm):
    """Statsforvalteren has taken the case up."""

    known_on = DayField(label=_("Hvilken dag fikk dere vite det?"))
    text = LongText(label=_("Hva spør Statsforvalteren om?"), required=False, rows=3)


class GovernorDeadlineForm(PlainForm):
    """A day Statsforvalteren has set."""

    due_on = DayField(label=_("Hvilken dag har Statsforvalteren satt?"), error_messages={"required": _("Skriv dagen som står i brevet.")})
    text = LongText(
        label=_("Hva vil Statsforvalteren ha?"),
        rows=2,
        error_messages={"required": _("Skriv hva Statsforvalteren vil ha. Én setning er nok.")},
    )


class GovernorAnswerForm(PlainForm):
    """That Statsforvalteren has got it."""

    answered_on = DayField(label=_("Hvilken dag svarte dere?"), error_messages={"required": _("Skriv dagen dere svarte.")})


class ReopenForm(PlainForm):
    """What has happened."""

    note = LongText(
        label=_("Hva har skjedd?"),
        rows=3,
        help_text=_("Det holder at eleven sier at det ikke er trygt lenger."),
        error_messages={"required": _("Skriv kort hva som har skjedd. Én setning er nok.")},
    )


class ReleaseForm(PlainForm):
    """Why a paper can leave although a name of somebody else may stand in it."""

    decision = LongText(
        label=_("Hvorfor kan dokumentet gis ut slik det er?"),
        rows=3,
        required=False,
        help_text=_("Må fylles ut når det kan stå navn på andre i dokumentet."),
    )


def today_initial(day: date) -> dict[str, date]:
    """Return the day fields filled with a day."""
    return {"happened_on": day, "held_on": day, "told_on": day}
