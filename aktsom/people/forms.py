"""Forms of the school's own organisation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aktsom.core.accounts.models import ResetReason
from aktsom.core.ui.forms import DayField, PlainForm
from aktsom.people.models import Person
from aktsom.people.rules import Attendance, RefusalGround, RequestOutcome, TeamKind, TeamTask


class ColleagueForm(PlainForm):
    """A form about one of the colleagues it is given. Those below word their own question."""

    person = forms.ChoiceField()

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        self.fields["person"].choices = [("", _("Velg"))] + [(key, str(person)) for key, person in self.people.items()]  # type: ignore[attr-defined]

    def chosen(self) -> Person:
        """Return the person that was chosen; only after the form is valid."""
        return self.people[self.cleaned_data["person"]]


class StandInForm(ColleagueForm):
    """Who, from which day, and perhaps until which."""

    person = forms.ChoiceField(label=_("Hvem?"), error_messages={"required": _("Velg hvem det skal være.")})
    valid_from = DayField(label=_("Fra og med"), error_messages={"required": _("Skriv første dag.")})
    valid_until = DayField(label=_("Til og med"), required=False, help_text=_("La stå tomt hvis du ikke vet det ennå."))


class PeopleForm(PlainForm):
    """Several people out of those it is given, chosen in its field «people»."""

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {person.public_id: person for person in people}
        self.fields["people"].choices = [(key, self.words(person)) for key, person in self.known.items()]  # type: ignore[attr-defined]

    def words(self, person: Person) -> str:
        """Return how somebody stands in the list."""
        return str(person)

    def chosen(self) -> list[Person]:
        """Return the people that were chosen; only after the form is valid."""
        return [self.known[key] for key in self.cleaned_data["people"]]


class AccountsForm(PeopleForm):
    """Which colleagues should get an account."""

    people = forms.MultipleChoiceField(
        label=_("Hvem skal få en lenke?"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Velg minst én.")}
    )

    def words(self, person: Person) -> str:
        return f"{person} ({person.email})"


class FactorResetForm(ColleagueForm):
    """Whose second factor, and why."""

    person = forms.ChoiceField(label=_("Hvem gjelder det?"), error_messages={"required": _("Velg hvem det gjelder.")})
    reason = forms.ChoiceField(
        label=_("Hvorfor?"),
        choices=ResetReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvorfor. Det skrives i loggen.")},
    )


class GuardianAskForm(PlainForm):
    """A guardian without parental responsibility asks to follow."""

    person = forms.ChoiceField(
        label=_("Hvilket barn gjelder det?"), widget=forms.RadioSelect, error_messages={"required": _("Velg hvem det gjelder.")}
    )
    wish = forms.CharField(
        label=_("Hva vil du vite?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Du trenger ikke skrive hvorfor."),
    )

    def __init__(self, *args: Any, children: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {child.public_id: child for child in children}
        self.fields["person"].choices = [(key, child.given_name) for key, child in self.people.items()]  # type: ignore[attr-defined]

    def chosen(self) -> Any:
        """Return the child; only after the form is valid."""
        return self.people[self.cleaned_data["person"]]


class RequestWriteInForm(PlainForm):
    """A question that came by letter or telephone."""

    person = forms.ChoiceField(label=_("Hvem spør, og om hvem?"), widget=forms.RadioSelect)
    wish = forms.CharField(label=_("Hva vil den som spør, vite?"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, rows: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {f"{row.pupil.public_id}-{row.guardian.public_id}": row for row in rows}
        words = _("%(guardian)s spør om %(pupil)s")
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (key, str(words) % {"guardian": row.guardian, "pupil": row.pupil}) for key, row in self.rows.items()
        ]

    def chosen(self) -> Any:
        """Return the guardianship; only after the form is valid."""
        return self.rows[self.cleaned_data["person"]]


class GuardianDecisionForm(PlainForm):
    """Yes or no, with the law's own grounds for a no."""

    outcome = forms.ChoiceField(label=_("Hva er bestemt?"), choices=RequestOutcome.choices, widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label=_("Hvilken grunn gir loven for å si nei?"),
        required=False,
        choices=[("", _("Ikke nei")), *RefusalGround.choices],
        widget=forms.RadioSelect,
        help_text=_("Barnelova § 47 har bare disse grunnene."),
    )
    pupils_view = forms.CharField(
        label=_("Hva mener eleven?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Den som spør, får ikke lese dette. Fra 15 år må eleven være hørt."),
    )
    reason = forms.CharField(
        label=_("Begrunnelse"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Den som spør, får lese dette. Skriv ingenting om hvor eleven bor eller om den andre forelderen."),
        error_messages={"required": _("Skriv begrunnelsen. Den som spør, får lese den.")},
    )
    until = DayField(label=_("Siste dag"), required=False, help_text=_("La stå tom hvis det gjelder til noe endrer seg."))


class HelpContactForm(PlainForm):
    """One place outside the school."""

    name = forms.CharField(label=_("Navn"), required=False, max_length=120, help_text=_("La stå tom for å ta det bort."))
    phone = forms.CharField(label=_("Telefon"), required=False, max_length=30)
    web = forms.URLField(label=_("Nettside"), required=False, max_length=200, assume_scheme="https")


class TrainingForm(PeopleForm):
    """Who had training, what it was and when."""

    people = forms.MultipleChoiceField(
        label=_("Hvem var med?"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Velg minst én.")}
    )
    name = forms.CharField(
        label=_("Hva slags opplæring?"),
        max_length=120,
        help_text=_("For eksempel: kommunens kurs i personvern og taushetsplikt."),
        error_messages={"required": _("Skriv hva slags opplæring det var.")},
    )
    held_on = DayField(label=_("Hvilken dag?"), error_messages={"required": _("Skriv dagen opplæringen ble holdt.")})


class TrainingDemandForm(PlainForm):
    """From which day, and for how long a training counts."""

    valid_from = DayField(label=_("Fra og med"), error_messages={"required": _("Skriv første dag.")})
    renewal_months = forms.IntegerField(
        label=_("Hvor mange måneder gjelder en opplæring?"),
        required=False,
        min_value=1,
        max_value=120,
        help_text=_("Forskriften nevner ikke noe tall, så dette er deres eget. La stå tomt hvis den gjelder til dere sier noe annet."),
    )


class PartnerForm(PlainForm):
    """One partner outside the school."""

    name = forms.CharField(
        label=_("Hvem?"),
        max_length=120,
        help_text=_("For eksempel PP-tjenesten, politikontakten eller ungdomshuset."),
        error_messages={"required": _("Skriv hvem dere samarbeider med.")},
    )
    contact = forms.CharField(label=_("Hvem snakker dere med der?"), max_length=120, required=False)
    phone = forms.CharField(label=_("Telefon"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-post"), required=False)
    purpose = forms.CharField(
        label=_("Hva samarbeider dere om?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Skriv ikke om enkeltelever her. Alle som arbeider ved skolen, kan lese det."),
        error_messages={"required": _("Skriv hva dere samarbeider om. Én setning er nok.")},
    )
    meets = forms.CharField(
        label=_("Når møtes dere?"),
        max_length=120,
        required=False,
        help_text=_("For eksempel «første tirsdag i måneden» eller «ved behov»."),
    )


class CardForm(PlainForm):
    """Where and when pupils find an adult. Everything may be left out."""

    place = forms.CharField(
        label=_("Hvor finner elevene deg?"), required=False, max_length=120, help_text=_("For eksempel: rom 112, eller kantina.")
    )
    hours = forms.CharField(label=_("Når?"), required=False, max_length=120, help_text=_("For eksempel: hver dag fra kl. 9 til 14."))
    reach = forms.CharField(
        label=_("Hvordan kan de nå deg ellers?"),
        required=False,
        max_length=160,
        help_text=_("Bruk skolens telefon eller e-post. Ikke skriv ditt private nummer."),
    )
    grades = forms.MultipleChoiceField(
        label=_("Hvilke trinn er du der for?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("La stå tomt hvis det er for alle."),
    )

    def __init__(self, *args: Any, grades: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(grades) > 1:
            named = [(str(grade), f"Vg{grade - 10}" if grade > 10 else str(_("%(grade)s. trinn")) % {"grade": grade}) for grade in grades]
            self.fields["grades"].choices = named  # type: ignore[attr-defined]
        else:
            del self.fields["grades"]

    def clean_grades(self) -> list[int]:
        """Return the grades as numbers."""
        return sorted(int(grade) for grade in self.cleaned_data["grades"])


class TeamWordsForm(PlainForm):
    """What is said about a team."""

    name = forms.CharField(
        label=_("Hva heter teamet hos dere?"), required=False, max_length=80, help_text=_("La stå tomt for det vanlige navnet.")
    )
    about = forms.CharField(label=_("Hva hjelper teamet med?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    reach = forms.CharField(
        label=_("Hvordan tar man kontakt?"),
        required=False,
        max_length=200,
        help_text=_("For eksempel: kom innom rom 112, eller spør kontaktlæreren."),
    )
    rhythm = forms.CharField(
        label=_("Når møtes teamet?"), required=False, max_length=120, help_text=_("For eksempel: annenhver tirsdag kl. 8.15.")
    )
    cooperation = forms.CharField(
        label=_("Hvordan arbeider teamet sammen?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Bare de som arbeider ved skolen, ser dette. Skriv ikke om enkeltelever."),
    )
    for_families = forms.BooleanField(label=_("Elever og foresatte skal se teamet"), required=False)


class TeamForm(TeamWordsForm):
    """A new team."""

    kind = forms.ChoiceField(label=_("Hva slags team er det?"), choices=TeamKind.choices, widget=forms.RadioSelect)
    field_order = ["kind"]


class MemberForm(PlainForm):
    """Who is to be in a team, and as what."""

    person = forms.ChoiceField(label=_("Hvem?"), required=False)
    name = forms.CharField(
        label=_("Eller en som ikke står i lista"),
        required=False,
        max_length=120,
        help_text=_("For eksempel PP-tjenesten eller verneombudet."),
    )
    task = forms.ChoiceField(
        label=_("Hva gjør hun eller han i teamet?"), choices=TeamTask.choices, initial=TeamTask.MEMBER, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("Tittel"), required=False, max_length=120, help_text=_("For eksempel rådgiver eller helsesykepleier."))

    def __init__(self, *args: Any, people: list[Person], takes_pupils: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        self.fields["person"].choices = [("", _("Ingen i lista")), *((key, str(person)) for key, person in self.people.items())]  # type: ignore[attr-defined]
        if not takes_pupils:
            self.fields["task"].choices = [pair for pair in TeamTask.choices if pair[0] != TeamTask.RIGHTS_PUPIL]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """Return what was asked for; only after the form is valid."""
        return {name: self.cleaned_data[name] for name in ("name", "task", "title")} | {
            "person": self.people.get(self.cleaned_data["person"])
        }


class AttendanceForm(PlainForm):
    """Who, and as what."""

    person = forms.ChoiceField(label=_("Hvem?"), widget=forms.RadioSelect, error_messages={"required": _("Velg hvem det gjelder.")})
    attends_as = forms.ChoiceField(
        label=_("Går her som"), choices=Attendance.choices, widget=forms.RadioSelect, error_messages={"required": _("Velg én av dem.")}
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        self.fields["person"].choices = [(key, str(person)) for key, person in self.people.items()]  # type: ignore[attr-defined]

    def chosen(self) -> Person:
        """Return the person that was chosen; only after the form is valid."""
        return self.people[self.cleaned_data["person"]]


class RecipientsForm(PeopleForm):
    """Who at the owner receives one kind of notice."""

    people = forms.MultipleChoiceField(label=_("Hvem?"), required=False, widget=forms.CheckboxSelectMultiple)


class WorkingNotesForm(PlainForm):
    """How many months working notes lie. Empty: nothing is deleted by itself."""

    months = forms.IntegerField(
        label=_("Hvor mange måneder?"),
        required=False,
        help_text=_("La stå tomt hvis ingenting skal slettes av seg selv."),
        error_messages={"invalid": _("Skriv et helt tall, for eksempel 12. Eller la feltet stå tomt.")},
    )


class WarningForm(PlainForm):
    """What can harm, what is done about it, what one can do oneself, and whom it concerns."""

    what = forms.CharField(
        label=_("Hva er det?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Kort og klart, så en elev forstår det."),
        error_messages={"required": _("Skriv hva det er. Én setning er nok.")},
    )
    done = forms.CharField(label=_("Hva gjør skolen?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False)
    advice = forms.CharField(
        label=_("Hva kan elever og foresatte gjøre selv?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False
    )
    whom = forms.ChoiceField(label=_("Hvem skal få vite det?"), required=False)

    def __init__(self, *args: Any, grades: Sequence[int], groups: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {group.public_id: group for group in groups}
        by_grade = [(f"trinn-{grade}", _("%(grade)s. trinn") % {"grade": grade}) for grade in grades]
        by_class = [(key, str(group)) for key, group in self.groups.items()]
        self.fields["whom"].choices = [("", _("Hele skolen")), *by_grade, *by_class]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """Return what is told, and to whom."""
        whom = self.cleaned_data["whom"]
        grade = int(whom.removeprefix("trinn-")) if whom.startswith("trinn-") else None
        words = {name: self.cleaned_data[name] for name in ("what", "done", "advice")}
        return words | {"grade": grade, "group": self.groups.get(whom)}
