"""What is asked of the one who reports, and of the one who receives. Nothing but what the Act needs is required."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.core.ui.forms import ClockField, DayField, PlainForm, SeveralFiles, SeveralFilesField
from aktsom.reports.forms.questions import AsksMore
from aktsom.reports.rules import Channel, HealthSource, Involved, PupilTold, Seriousness, Urgency, fitting

LONGEST = 20_000
BASES = [
    ("seen", _("Noe jeg har sett")),
    ("pupil_said", _("Eleven har sagt det selv")),
    ("others_said", _("Andre elever eller foresatte har sagt det")),
    ("survey", _("Svar i en undersøkelse")),
    ("online", _("Noe på nett eller i sosiale medier")),
    ("other", _("Noe annet")),
]
WHAT_MISSING = _("Skriv hva som har skjedd. Én setning er nok.")


def long_text(label: Any, *, hint: Any = "", required: bool = False, missing: Any = "", rows: int = 3) -> forms.CharField:
    """Return a field for free text."""
    messages = {"required": missing} if missing else {}
    messages["max_length"] = _("Teksten er for lang. Kort den ned, eller send den i to deler.")
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=LONGEST, widget=area, error_messages=messages)


class PicturesField(SeveralFilesField):
    """Any number of pictures; they are looked at by the view, one by one."""

    widget = SeveralFiles(attrs={"accept": "image/*"})


class ChosenAdult:
    """Lets the one who tells choose an adult to talk with, never one the report is about (REP-16, REP-17)."""

    def offer(self, adults: Sequence[tuple[Any, str]]) -> None:
        """Offer these adults; without any there is nothing to ask."""
        self.adults = {person.public_id: person for person, _title in adults}
        choices = [("", _("Nei, ingen bestemt")), *((person.public_id, f"{person}, {title}") for person, title in adults)]
        self.fields["adult"].choices = choices  # type: ignore[attr-defined]
        if not adults:
            del self.fields["adult"]  # type: ignore[attr-defined]

    def chosen_adult(self) -> Any:
        """Return the adult who was chosen, or None."""
        return self.adults.get(self.cleaned_data.get("adult", ""))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        adult, accused = self.chosen_adult(), cleaned.get("accused", "").replace(";", ",").split(",")
        if adult is not None and any(adult.pk in fitting(name, {adult.pk: str(adult)}) for name in accused):
            self.add_error("adult", _("Den voksne du valgte, er en av dem meldingen handler om. Velg en annen, eller ingen."))  # type: ignore[attr-defined]
        return cleaned


def involved_field() -> forms.ChoiceField:
    """Ask before routing whether somebody who works at the school is involved, so that the report never reaches the accused."""
    return forms.ChoiceField(
        label=_("Er noen som arbeider ved skolen, med på det?"),
        help_text=_("Er svaret ja, skriver du hvem rett under. Da får den det gjelder, aldri se meldingen."),
        choices=Involved.choices,
        widget=forms.RadioSelect,
        initial=Involved.NO,
        required=False,
    )


def accused_field() -> forms.CharField:
    """Ask which of those who work at the school it is about; the routing keeps the report from them."""
    return forms.CharField(
        label=_("Hvem av dem som arbeider ved skolen?"),
        required=False,
        max_length=400,
        help_text=_("Skriv navnet, eller hva den voksne gjør. Den du skriver her, får aldri se meldingen."),
    )


def adult_field() -> forms.ChoiceField:
    """Return the question whether a certain adult should get the report too."""
    return forms.ChoiceField(
        label=_("Er det en voksen du vil snakke med?"),
        required=False,
        help_text=_("Den du velger, får også lese det du skriver."),
        error_messages={"invalid_choice": _("Vi finner ikke den voksne. Velg en annen, eller ingen.")},
    )


class StaffReportForm(AsksMore, PlainForm):
    """Three things are needed: who, what, and whether it can wait. The rest is folded away."""

    consent_from = forms.CharField(
        label=_("Hvem har sagt ja til at du sier det videre, og til hva?"),
        max_length=300,
        error_messages={"required": _("Skriv hvem som har sagt ja, og til hva. Ikke skriv noe mer fra behandlingen enn det.")},
    )
    pupils = forms.CharField(
        label=_("Hvem gjelder det?"),
        help_text=_("Skriv navnet, eller flere med komma mellom. Vet du det ikke, skriv det du vet."),
        max_length=400,
        error_messages={"required": _("Skriv hvem det gjelder. «En gutt på 8. trinn» er nok.")},
    )
    what_happened = long_text(
        _("Hva har skjedd?"), hint=_("Det du har sett eller hørt. Mistanke er nok."), required=True, missing=WHAT_MISSING, rows=5
    )
    urgency = forms.ChoiceField(
        label=_("Haster det?"),
        choices=Urgency.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om det haster. Er du i tvil, velg at det haster.")},
    )
    involved = involved_field()
    accused = accused_field()
    pupil_told = forms.ChoiceField(
        label=_("Vet eleven at du melder fra?"),
        choices=[("", _("Ikke svart")), *PupilTold.choices],
        required=False,
        help_text=_("Det stopper aldri meldingen. Plikten til å melde går først."),
    )
    noticed_on = DayField(label=_("Hvilken dag la du merke til det?"), required=False)
    noticed_clock = ClockField(label=_("Omtrent når?"), required=False)
    first_known_by_text = forms.CharField(
        label=_("Hvem var den første voksne som visste om det?"),
        required=False,
        max_length=200,
        help_text=_("La stå tomt hvis det var deg."),
    )
    where_happened = forms.CharField(label=_("Hvor?"), required=False, max_length=200)
    done_at_once = long_text(_("Hva har du gjort allerede?"))
    bases = forms.MultipleChoiceField(label=_("Hva bygger du på?"), choices=BASES, widget=forms.CheckboxSelectMultiple, required=False)
    topic = forms.ChoiceField(label=_("Gjelder det noe av dette?"), required=False)
    pictures = PicturesField(label=_("Bilder"), required=False, help_text=_("Du får se dem før du sender."))

    def __init__(
        self,
        *args: Any,
        topics: Sequence[tuple[str, str]] = (),
        asks_told: bool = False,
        asks_consent: bool = False,
        questions: Sequence[Any] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ask_more(questions)
        self.fields["topic"].choices = [("", _("Nei")), *topics]  # type: ignore[attr-defined]
        if not topics:
            del self.fields["topic"]
        if not asks_told:
            del self.fields["pupil_told"]
        if not asks_consent:
            del self.fields["consent_from"]


class OfflineForm(PlainForm):
    """What is asked without network: the same three things, the pupil in the reporter's own words and from no list."""

    pupils = forms.CharField(
        label=_("Hvem gjelder det?"),
        required=False,
        max_length=400,
        help_text=_("Skriv det du trenger for å kjenne det igjen. Navnene på elevene ligger ikke på denne enheten."),
    )
    what_happened = long_text(_("Hva har skjedd?"), hint=_("Det du har sett eller hørt. Mistanke er nok."), required=True, rows=5)
    urgency = forms.ChoiceField(label=_("Haster det?"), choices=Urgency.choices, widget=forms.RadioSelect)


class FamilyReportForm(ChosenAdult, AsksMore, PlainForm):
    """For a pupil or guardian who is signed in: one thing is needed."""

    what_happened = long_text(
        _("Hva har skjedd?"), hint=_("Skriv med dine egne ord. Du trenger ikke vite alt."), required=True, missing=WHAT_MISSING, rows=5
    )
    about = forms.ChoiceField(label=_("Hvem gjelder det?"), widget=forms.RadioSelect, required=False)
    other_pupil = forms.CharField(label=_("Hvis det gjelder en annen: hvem?"), required=False, max_length=200)
    involved = involved_field()
    accused = accused_field()
    urgency = forms.ChoiceField(
        label=_("Haster det?"), choices=Urgency.choices, widget=forms.RadioSelect, initial=Urgency.ORDINARY, required=False
    )
    pupils_wish = long_text(_("Hva ønsker du skal skje?"))
    adult = adult_field()
    pictures = PicturesField(label=_("Bilder"), required=False, help_text=_("Du får se dem før du sender."))

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[str, Any]],
        adults: Sequence[tuple[Any, str]] = (),
        questions: Sequence[Any] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ask_more(questions)
        self.offer(adults)
        self.fields["about"].choices = [*people, ("other", _("En annen elev"))]  # type: ignore[attr-defined]
        self.fields["about"].initial = people[0][0] if people else "other"


class PublicReportForm(ChosenAdult, PlainForm):
    """From the school's public page: one thing is needed, and five taps at most."""

    what_happened = long_text(
        _("Hva har skjedd?"), hint=_("Skriv med dine egne ord. Du trenger ikke vite alt."), required=True, missing=WHAT_MISSING, rows=5
    )
    known = forms.ChoiceField(
        label=_("Hvem kan få vite at det er du som sier fra?"),
        choices=[("nobody", _("Ingen kan finne ut hvem jeg er")), ("some", _("De som hjelper meg, kan vite det"))],
        widget=forms.RadioSelect,
        initial="nobody",
        required=False,
    )
    name = forms.CharField(label=_("Navnet ditt"), required=False, max_length=120, help_text=_("Bare hvis du valgte at noen kan vite det."))
    about = forms.CharField(label=_("Hvem gjelder det?"), required=False, max_length=200)
    involved = forms.ChoiceField(
        label=_("Er en voksen på skolen med på det?"),
        choices=Involved.choices,
        widget=forms.RadioSelect,
        initial=Involved.NO,
        required=False,
    )
    accused = forms.CharField(
        label=_("Hvilken voksen?"), required=False, max_length=200, help_text=_("Den voksne får aldri se det du skriver.")
    )
    where_happened = forms.CharField(label=_("Hvor og når?"), required=False, max_length=200)
    adult = adult_field()
    pictures = PicturesField(
        label=_("Bilder"),
        required=False,
        help_text=_("Du får se dem før du sender. Vi fjerner alt i bildet som viser hvor og når det er tatt."),
    )

    def __init__(self, *args: Any, adults: Sequence[tuple[Any, str]] = (), head_word: str = "rektor", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(adults)
        self.fields["known"].option_hints = {  # type: ignore[attr-defined]
            "nobody": _("Vi lagrer ikke noe som kan vise hvem du er. Da kan det være vanskeligere å hjelpe."),
            "some": _("%(head)s og de voksne som skal hjelpe, ser navnet ditt. Ikke de andre elevene.") % {"head": head_word.capitalize()},
        }

    def clean(self) -> dict[str, Any]:
        """A name is never thrown away in silence: who wrote one and chose that nobody may know, is asked which she means."""
        cleaned = super().clean()
        if cleaned.get("name") and cleaned.get("known") != "some":
            self.add_error(
                "known", _("Du skrev navnet ditt. Velg at de som hjelper deg kan vite det, eller ta bort navnet. Ingenting er sendt ennå.")
            )
        return cleaned


class OralReportForm(PlainForm):
    """Somebody told an adult. Two things are needed; the receiver writes."""

    what_happened = long_text(_("Hva ble sagt?"), hint=_("Gjerne med den andres egne ord."), required=True, missing=WHAT_MISSING, rows=4)
    pupils = forms.CharField(
        label=_("Hvem gjelder det?"), max_length=400, error_messages={"required": _("Skriv hvem det gjelder, så godt du vet.")}
    )
    told_by = forms.CharField(label=_("Hvem sa det?"), required=False, max_length=200)
    told_on = DayField(label=_("Hvilken dag ble det sagt?"), required=False)
    told_clock = ClockField(label=_("Når?"), required=False)
    channel = forms.ChoiceField(
        label=_("Hvordan fikk du vite det?"),
        choices=[choice for choice in Channel.choices if choice[0] not in {"form", "public_page"}],
        initial=Channel.IN_PERSON,
        required=False,
        help_text=_("Kom det på SMS eller Teams? Slett det der når det er skrevet inn her."),
    )
    involved = involved_field()
    accused = accused_field()


class HealthForm(PlainForm):
    """The question that comes before any content for health staff (REP-21, helsepersonelloven § 21)."""

    health_source = forms.ChoiceField(
        label=_("Hvor vet du det fra?"),
        choices=[
            (HealthSource.OUTSIDE_TREATMENT, _("Jeg har sett eller hørt det utenfor behandling")),
            (HealthSource.CONSENT, _("Fra behandling, og jeg har samtykke til å si det videre")),
            ("treatment", _("Fra behandling, uten samtykke")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvor du vet det fra. Da vet vi hva du kan skrive.")},
    )


class MessageForm(PlainForm):
    """A message between reporter and school."""

    text = long_text(_("Skriv til skolen"), required=True, missing=_("Skriv noe før du sender."), rows=4)


class AnswerForm(MessageForm):
    """A message from somebody with a receipt, with pictures if wanted."""

    pictures = PicturesField(label=_("Bilder"), required=False, help_text=_("Du får se dem før du sender."))


class SchoolAnswerForm(AnswerForm):
    """What the school writes to the one who reported."""

    text = long_text(_("Svar til den som meldte"), required=True, missing=_("Skriv noe før du sender."), rows=4)


class ReceiptForm(PlainForm):
    """The words and number that bring an anonymous reporter back."""

    receipt = forms.CharField(
        label=_("De fire ordene og tallet"), max_length=120, error_messages={"required": _("Skriv de fire ordene og tallet du fikk.")}
    )


class NameForm(PlainForm):
    """The name somebody chooses to give later."""

    name = forms.CharField(
        label=_("Navnet ditt"), max_length=120, error_messages={"required": _("Skriv navnet ditt, eller gå tilbake uten å si det.")}
    )


class ConsentForm(PlainForm):
    """Who took the consent back. Never why."""

    withdrawn_by = forms.CharField(
        label=_("Hvem har trukket samtykket tilbake?"),
        max_length=200,
        help_text=_("Ikke skriv noe fra behandlingen."),
        error_messages={"required": _("Skriv hvem som har trukket det tilbake.")},
    )


class AssessmentForm(PlainForm):
    """How serious, why, and what protects the pupil today."""

    seriousness = forms.ChoiceField(
        label=_("Er det et alvorlig tilfelle?"),
        choices=[(Seriousness.SERIOUS, _("Ja, eieren skal varsles")), (Seriousness.ORDINARY, _("Nei"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei. Begge svar trenger en kort grunn.")},
    )
    reason = long_text(_("Hvorfor?"), required=True, missing=_("Skriv kort hvorfor du vurderer det slik. Én setning er nok."))
    urgent_measures = long_text(_("Hva gjør dere for eleven i dag?"), hint=_("Avtal det gjerne med eleven."))


class ReasonForm(PlainForm):
    """A written reason."""

    reason = long_text(
        _("Hvorfor er det åpenbart grunnløst?"),
        hint=_("Eieren kan lese det du skriver."),
        required=True,
        missing=_("Skriv hvorfor. Eieren kan lese det."),
    )
