"""What is asked about a plan. Only what the Act needs is required to be in force; nothing is required to be kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.core.ui.forms import DayField, PlainForm
from aktsom.measures.rules import Acceptance, InvitationAnswer, MeasureDecision, MeasureLevel, PupilAnswer, RequestOutcome, SaidWorks
from aktsom.plans.rules.catalogue import CatalogueLevel, FindingTheme

Choices = Sequence[tuple[str, str]]


def free_text(label: Any, *, hint: Any = "", required: bool = False, rows: int = 4, missing: Any = "") -> forms.CharField:
    """Return a field for free text. ``missing`` is what is said when a required one is empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing} if missing else {},
    )


class PeopleForm(PlainForm):
    """A form in which people are chosen by public id from the ones who work at the school."""

    person_fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, people: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        choices = [("", _("Velg"))] + [(key, str(person)) for key, person in self.people.items()]
        for name in self.person_fields:
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def person(self, name: str) -> Any:
        """Return the person chosen in a field, or None."""
        return self.people.get(self.cleaned_data[name])


class ProblemForm(PeopleForm):
    """Points a and e of § 12-4 third paragraph: the problem, and when the measures are evaluated."""

    person_fields = ("evaluator",)
    problem = free_text(
        _("Hvilket problem skal tiltakene løse?"), hint=_("Bygg på det undersøkelsen viser og det eleven selv sier."), rows=6
    )
    evaluate_on = DayField(label=_("Når skal tiltakene evalueres?"), required=False, help_text=_("Loven ber om en dato i planen."))
    evaluator = forms.ChoiceField(label=_("Hvem evaluerer?"), required=False)


class FindingForm(PlainForm):
    """Something the measures must answer."""

    text = free_text(
        _("Hva viser undersøkelsen?"),
        hint=_("Ett funn om gangen. Da kan hvert tiltak vise hva det svarer på."),
        required=True,
        rows=3,
        missing=_("Skriv hva undersøkelsen viser. Én setning er nok."),
    )


NEEDED_IN_FORCE = ("finding", "responsible", "carried_out_by", "starts_on")  # not optional: the plan waits for them


class MeasureForm(PeopleForm):
    """A measure. It can be kept half-finished; the plan says what is missing before it is in force."""

    person_fields = ("responsible", "carried_out_by")
    what = free_text(
        _("Hva skal gjøres?"),
        hint=_("Konkret: hva, hvor og hvor ofte."),
        required=True,
        rows=3,
        missing=_("Skriv hva som skal gjøres. Resten kan du fylle ut siden."),
    )
    finding = forms.ChoiceField(
        label=_("Hvilket funn svarer det på?"), required=False, help_text=_("Du kan lagre uten, men planen trenger det før den gjelder.")
    )
    level = forms.ChoiceField(
        label=_("Hvem virker det på?"), choices=MeasureLevel.choices, widget=forms.RadioSelect, initial=MeasureLevel.PUPIL
    )
    responsible = forms.ChoiceField(label=_("Hvem har ansvar?"), required=False)
    carried_out_by = forms.ChoiceField(label=_("Hvem gjør det?"), required=False, help_text=_("Kan være den samme."))
    starts_on = DayField(label=_("Fra og med"), required=False)
    ends_on = DayField(label=_("Til og med"), required=False)
    evaluate_on = DayField(
        label=_("Når ser dere på om det virker?"), required=False, help_text=_("Bare hvis det er før hele planen evalueres.")
    )
    rhythm = forms.CharField(label=_("Hvor ofte?"), required=False, max_length=200)
    is_immediate = forms.BooleanField(
        label=_("Dette er et strakstiltak, og det gjelder fra nå"), required=False, help_text=_("Det venter ikke på planen.")
    )
    adaptation = free_text(_("Hvorfor passer det akkurat her?"), rows=2)
    task = free_text(
        _("Hva må de som gjør det, vite?"),
        hint=_(
            "Skriv hvilken elev det gjelder, hvis de må vite det for å gjøre det. De ser bare denne teksten og når det skal gjøres. "
            "Står den tom, ser de det som skal gjøres. Ikke skriv hvorfor, og ikke navn på andre elever."
        ),
        rows=2,
    )

    def __init__(self, *args: Any, findings: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.findings = {finding.public_id: finding for finding in findings}
        shown = [(key, finding.text[:90]) for key, finding in self.findings.items()]
        self.fields["finding"].choices = [("", _("Velg funn")), *shown]  # type: ignore[attr-defined]
        if len(shown) == 1:
            self.fields["finding"].initial = shown[0][0]
        for name in NEEDED_IN_FORCE:
            self.fields[name].is_needed_later = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Siste dag må være samme dag som første dag, eller senere."))
        return cleaned


class ShareForm(PlainForm):
    """Which other plan the measure lies in too, and which finding it answers there."""

    plan = forms.ChoiceField(
        label=_("Hvilken plan skal tiltaket også ligge i?"), widget=forms.RadioSelect, error_messages={"required": _("Velg en plan.")}
    )

    def __init__(self, *args: Any, plans: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plans = {plan.public_id: plan for plan in plans}
        self.fields["plan"].choices = [(key, str(plan.pupil)) for key, plan in self.plans.items()]  # type: ignore[attr-defined]

    def chosen(self) -> Any:
        """Return the plan; only after the form is valid."""
        return self.plans[self.cleaned_data["plan"]]


class WishForm(PlainForm):
    """What a measure needs that those who work with it cannot give."""

    wish = free_text(
        _("Hva trenger tiltaket?"),
        hint=_("For eksempel en voksen til i storefri, et rom eller noe som må kjøpes. Tiltaket venter ikke på svaret."),
        required=True,
        rows=3,
        missing=_("Skriv hva tiltaket trenger. Én setning er nok."),
    )


class AnswerForm(PlainForm):
    """What the leadership answers."""

    outcome = forms.ChoiceField(
        label=_("Hva er svaret?"), choices=RequestOutcome.choices, widget=forms.RadioSelect, error_messages={"required": _("Velg et svar.")}
    )
    answer = free_text(_("Hva er bestemt?"), required=True, rows=3, missing=_("Skriv kort hva som er bestemt. Én setning er nok."))


class InForceForm(PlainForm):
    """Why the plan is changed. Asked from the second version on."""

    reason = free_text(_("Hvorfor endres planen?"), hint=_("Den forrige utgaven blir tatt vare på."), rows=3)


class TellingForm(PlainForm):
    """Who was told of the plan, when, and what she answered."""

    party = forms.ChoiceField(label=_("Hvem er planen gjort kjent for?"), widget=forms.RadioSelect)
    told_on = DayField(label=_("Når?"))
    acceptance = forms.ChoiceField(
        label=_("Hva var svaret?"), choices=Acceptance.choices, widget=forms.RadioSelect, initial=Acceptance.ACCEPTED
    )
    objection = free_text(_("Hva er hun, han eller de uenig i?"), hint=_("Uenighet stopper aldri et tiltak som verner eleven."), rows=3)

    def __init__(self, *args: Any, parties: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = parties  # type: ignore[attr-defined]


class InvitationForm(PlainForm):
    """Who was invited to take part in making the plan, what she answered, and when she took part."""

    party = forms.ChoiceField(label=_("Hvem er invitert?"), widget=forms.RadioSelect)
    invited_on = DayField(label=_("Når ble hun eller han invitert?"))
    answer = forms.ChoiceField(
        label=_("Hva var svaret?"), choices=InvitationAnswer.choices, widget=forms.RadioSelect, initial=InvitationAnswer.WAITING
    )
    took_part_on = DayField(label=_("Når var hun eller han med?"), required=False, help_text=_("La stå tomt hvis det ikke har vært ennå."))

    def __init__(self, *args: Any, parties: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = parties  # type: ignore[attr-defined]


class ViewForm(TellingForm):
    """What the pupil or a guardian says about one measure."""

    told_on = None  # type: ignore[assignment]
    acceptance = None  # type: ignore[assignment]
    objection = None  # type: ignore[assignment]
    text = free_text(_("Hva sier eleven eller den foresatte?"), required=True, rows=3, missing=_("Skriv hva som ble sagt, med egne ord."))
    disagrees = forms.BooleanField(label=_("Er uenig i tiltaket"), required=False)
    schools_reason = free_text(_("Hvorfor gjør skolen det likevel?"), hint=_("Bare hvis dere går videre tross uenighet."), rows=3)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("disagrees") and not cleaned.get("schools_reason", "").strip():
            self.add_error("schools_reason", _("Skriv hvorfor skolen velger tiltaket likevel, eller endre tiltaket."))
        return cleaned


class OwnViewForm(PlainForm):
    """What the pupil or a guardian writes about one measure."""

    said_works = forms.ChoiceField(label=_("Hjelper det?"), choices=SaidWorks.choices, required=False, widget=forms.RadioSelect)
    text = free_text(_("Hva mener du om dette?"), rows=4)
    disagrees = forms.BooleanField(label=_("Jeg er uenig i dette"), required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two is enough: a tap or some words."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("said_works") and not str(cleaned.get("text") or "").strip():
            raise forms.ValidationError(_("Velg et svar, eller skriv hva du mener. Noen få ord er nok."))
        return cleaned


class DeedForm(PlainForm):
    """The measure was carried out."""

    done_on = DayField(label=_("Når ble det gjort?"))
    note = free_text(_("Noe du vil legge til?"), rows=2)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_done_on(self) -> date:
        day: date = self.cleaned_data["done_on"]
        if day > self.today:
            raise forms.ValidationError(_("Dagen har ikke vært ennå. Velg i dag eller en dag som har vært."))
        return day


class EvaluationForm(PlainForm):
    """How it is now, in the pupil's own words, and when to look again."""

    held_on = DayField(label=_("Når ble det evaluert?"))
    pupil_answer = forms.ChoiceField(
        label=_("Hvordan har eleven det nå, ifølge eleven selv?"), choices=PupilAnswer.choices, widget=forms.RadioSelect
    )
    pupil_words = free_text(
        _("Med elevens egne ord"), hint=_("Skriv det eleven har svart. Ville eleven ikke svare nå, lar du feltet stå tomt."), rows=3
    )
    guardians_words = free_text(_("Hva sier de foresatte?"), rows=3)
    staff_words = free_text(_("Hva ser de voksne på skolen?"), rows=3)
    is_final = forms.BooleanField(
        label=_("Dette er sluttevalueringen"), required=False, help_text=_("Bare når eleven selv sier at det er trygt og godt.")
    )
    next_on = DayField(label=_("Når ser dere på det igjen?"), required=False, help_text=_("Trengs ikke ved sluttevaluering."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pupil_words"].is_needed_later = True  # type: ignore[attr-defined]


class VerdictForm(PlainForm):
    """How one measure went and what happens to it."""

    was_done = forms.ChoiceField(
        label=_("Ble det gjort?"),
        choices=[("yes", _("Ja")), ("no", _("Nei"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om tiltaket ble gjort.")},
    )
    effect = forms.CharField(label=_("Hva førte det til?"), required=False, max_length=2000)
    decision = forms.ChoiceField(
        label=_("Hva skjer med tiltaket?"), choices=MeasureDecision.choices, widget=forms.RadioSelect, initial=MeasureDecision.KEEP
    )
    reason = forms.CharField(
        label=_("Hvorfor?"),
        max_length=2000,
        error_messages={"required": _("Skriv hvorfor tiltaket fortsetter, endres eller avsluttes.")},
    )

    def __init__(self, *args: Any, is_marked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_marked:
            self.fields["was_done"].initial = "yes"
        else:
            self.fields["was_done"].help_text = _("Ingen har skrevet inn at det er gjort.")


class CatalogueForm(PlainForm):
    """A measure of the school's own, for the catalogue."""

    text = free_text(
        _("Hva er tiltaket?"),
        hint=_("Skriv det slik at det passer for flere. Ikke skriv navn."),
        required=True,
        rows=2,
        missing=_("Skriv hva tiltaket er. Én setning er nok."),
    )
    level = forms.ChoiceField(
        label=_("Hvem virker det på?"), choices=CatalogueLevel.choices, widget=forms.RadioSelect, initial=CatalogueLevel.PUPIL
    )
    theme = forms.ChoiceField(label=_("Hva svarer det på?"), choices=[("", _("Velg")), *FindingTheme.choices], required=False)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > 300:
            raise forms.ValidationError(_("Skriv det kortere. Tiltaket kan ha 300 tegn."))
        return text
