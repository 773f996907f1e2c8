"""What is asked about the year: done, skipped, dates that are missing, roles, the school calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from aktsom.core.files.documents import CleanDocument, DocumentRefused, clean_document
from aktsom.core.timing.clock import today
from aktsom.core.ui.forms import DayField, PlainForm, SeveralFiles, SeveralFilesField
from aktsom.plans.rules.duty_roles import DUTY_ROLES
from aktsom.schools.rules import DayKind
from aktsom.wheel.rules import TookPart

SPARE = 3  # empty lines for new days in the calendar
MOST_DATES = 40
WORDS_MOST = 2000


class FilesField(SeveralFilesField):
    """Any number of files, each looked at before it is kept."""

    widget = SeveralFiles(attrs={"accept": "image/*,application/pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp"})

    def clean(self, data: Any, initial: Any = None) -> list[CleanDocument]:
        try:
            return [clean_document(file) for file in super().clean(data, initial)]
        except DocumentRefused as refused:
            raise forms.ValidationError(str(refused)) from refused


class DoneForm(PlainForm):
    """When it was done, how it went, who was in on it, and what shows it."""

    done_on = DayField(label=_("Når ble det gjort?"), error_messages={"required": _("Skriv hvilken dag det ble gjort.")})
    note = forms.CharField(
        label=_("Hvordan gikk det?"),
        required=False,
        max_length=WORDS_MOST,
        widget=forms.Textarea,
        help_text=_("Én setning er nok. Skriv ikke navn på elever. Alle som arbeider ved skolen kan lese dette."),
    )
    evidence = forms.CharField(
        label=_("Hva viser at det er gjort?"),
        required=False,
        max_length=WORDS_MOST,
        widget=forms.Textarea,
        help_text=_("For eksempel navnet på et referat, eller adressen til det. Ett på hver linje."),
    )

    files = FilesField(
        label=_("Bilder eller dokumenter"),
        required=False,
        help_text=_("For eksempel et bilde av klassereglene eller et referat. Alle som arbeider ved skolen kan åpne dem."),
    )
    took_part = forms.MultipleChoiceField(
        label=_("Hvem var med?"), required=False, choices=TookPart.choices, widget=forms.CheckboxSelectMultiple
    )

    def mark(self) -> dict[str, Any]:
        """Return what the service takes besides the files."""
        said = self.cleaned_data
        lines = [line.strip() for line in said["evidence"].splitlines() if line.strip()]
        return {"done_on": said["done_on"], "note": said["note"], "evidence": lines, "took_part": said["took_part"]}


class DailyNoteForm(PlainForm):
    """One sentence about something ordinary. Nobody asks for it, and nobody counts it."""

    text = forms.CharField(
        label=_("Noe dere gjorde i dag som gjorde det tryggere (valgfritt)"),
        max_length=300,
        help_text=_("Én setning. Ikke navn på elever. Det kommer med i årets rapport."),
        error_messages={"required": _("Skriv en setning først.")},
    )


class SkipForm(PlainForm):
    """Why it is skipped this time."""

    reason = forms.CharField(
        label=_("Hvorfor hopper dere over det?"),
        max_length=WORDS_MOST,
        widget=forms.Textarea,
        help_text=_("Lederen ser dette, og den som lager planen for neste år."),
        error_messages={"required": _("Skriv hvorfor dere hopper over det.")},
    )


class DatesField(forms.CharField):
    """Several days, one on each line or with commas between."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> list[date]:  # type: ignore[override]
        day = DayField(required=True)
        written = str(value or "").replace(",", "\n").replace(";", "\n").splitlines()
        found = [day.clean(text.strip()) for text in written if text.strip()]
        if len(found) > MOST_DATES:
            raise forms.ValidationError(_("Skriv høyst 40 dager."))
        return sorted({item for item in found if item is not None})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(f"{item:%d.%m.%Y}" for item in value) if isinstance(value, list) else value


class RowFactForm(PlainForm):
    """The dates a row waits for. Only what the row can use is asked for."""

    set_dates = DatesField(
        label=_("Hvilke dager?"), required=False, help_text=_("Én dag på hver linje, for eksempel 24.11.2026."), max_length=1000
    )
    meeting_on = DayField(label=_("Når er møtet?"), required=False)
    from_on = DayField(label=_("Første dag i perioden"), required=False)
    until_on = DayField(label=_("Siste dag i perioden"), required=False)
    agreement_ends_on = DayField(label=_("Når går avtalen ut?"), required=False)

    def __init__(self, *args: Any, asks: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name not in asks]:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if bool(found.get("from_on")) != bool(found.get("until_on")):
            raise forms.ValidationError(_("Skriv både første og siste dag i perioden."))
        return found

    def facts(self) -> dict[str, Any]:
        """Return what the service takes."""
        found = dict(self.cleaned_data)
        begin, end = found.pop("from_on", None), found.pop("until_on", None)
        return {**found, "set_dates": found.get("set_dates") or [], "span": (begin, end) if begin and end else None}


class FirstLessonsForm(PlainForm):
    """When each class has its first lesson in its classroom."""

    def __init__(self, *args: Any, groups: list[Any], known: dict[int, date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {f"group_{group.pk}": group for group in groups}
        for name, group in self.groups.items():
            self.fields[name] = DayField(label=group.name, required=False, initial=known.get(group.pk))

    def lessons(self) -> list[tuple[Any, date]]:
        """Return (class, day) for every class that was filled in or changed."""
        return [
            (group, self.cleaned_data[name]) for name, group in self.groups.items() if self.cleaned_data[name] and name in self.changed_data
        ]


class RoleHolderForm(PlainForm):
    """Who has a role of the plan, and from when."""

    role = forms.ChoiceField(label=_("Hvilken rolle?"), error_messages={"required": _("Velg en rolle.")})
    person = forms.ChoiceField(label=_("Hvem?"), error_messages={"required": _("Velg hvem som har rollen.")})
    valid_from = DayField(label=_("Fra og med"), error_messages={"required": _("Skriv første dag.")})
    valid_until = DayField(label=_("Til og med"), required=False, help_text=_("La stå tomt hvis du ikke vet det ennå."))

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        roles = sorted(((role.code, str(role.name)) for role in DUTY_ROLES if not role.is_outside), key=lambda item: item[1].casefold())
        self.fields["role"].choices = [("", _now("Velg")), *roles]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _now("Velg")), *((key, str(person)) for key, person in self.people.items())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("valid_from"), found.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("Siste dag må være etter første dag."))
        return found

    def holder(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {**self.cleaned_data, "person": self.people[self.cleaned_data["person"]]}


class CalendarForm(PlainForm):
    """The school year: its ends, and every planning day, holiday, start-up days and term."""

    first_day = DayField(label=_("Første dag i skoleåret"), required=False, help_text=_("Ta med planleggingsdagene før elevene kommer."))
    last_day = DayField(label=_("Siste skoledag"), required=False)

    def __init__(self, *args: Any, spans: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = self.data.get("lines", "") if self.is_bound else ""
        self.amount = min(int(sent), 60) if str(sent).isdigit() else len(spans) + SPARE
        for number in range(self.amount):
            span = spans[number] if number < len(spans) else None
            self._line(number, span)

    def _line(self, number: int, span: Any) -> None:
        kinds = [("", _now("Ingen")), *((str(kind.value), str(kind.label)) for kind in DayKind)]
        self.fields[f"kind_{number}"] = forms.ChoiceField(
            label=_("Hva slags dager?"), choices=kinds, required=False, initial=span.kind if span else ""
        )
        self.fields[f"name_{number}"] = forms.CharField(label=_("Navn"), max_length=80, required=False, initial=span.name if span else "")
        self.fields[f"from_{number}"] = DayField(label=_("Fra"), required=False, initial=span.first_day if span else None)
        self.fields[f"until_{number}"] = DayField(label=_("Til og med"), required=False, initial=span.last_day if span else None)

    @property
    def line_fields(self) -> list[list[Any]]:
        """Return the fields of each line, for the page."""
        return [[self[f"{part}_{number}"] for part in ("kind", "name", "from", "until")] for number in range(self.amount)]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for name, sentence in (("first_day", _("Skriv den første dagen.")), ("last_day", _("Skriv den siste skoledagen."))):
            if not found.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        for number in range(self.amount):
            kind, first = found.get(f"kind_{number}"), found.get(f"from_{number}")
            if kind and not first and f"from_{number}" not in self.errors:
                self.add_error(f"from_{number}", _("Skriv hvilken dag det begynner, eller velg «Ingen»."))
        return found

    def spans(self) -> list[tuple[str, str, date, date]]:
        """Return (kind, name, first day, last day) for every line that is filled in. A single day needs no last day."""
        found = []
        for number in range(self.amount):
            kind, first = self.cleaned_data[f"kind_{number}"], self.cleaned_data[f"from_{number}"]
            if kind and first:
                name = self.cleaned_data[f"name_{number}"] or str(DayKind(kind).label)
                found.append((kind, name, first, self.cleaned_data[f"until_{number}"] or first))
        return found


def done_today() -> dict[str, Any]:
    """Return what stands in the form of a task that was done today."""
    return {"done_on": today()}
