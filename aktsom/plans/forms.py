"""What is asked when a plan is written, treated and evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aktsom.core.timing.yearly import Timing, TimingInvalid, say, understand
from aktsom.core.timing.yearly.choices import Parity, Rhythm, Trigger, Weekday
from aktsom.core.timing.yearly.expressions import Unset
from aktsom.core.ui.forms import DayField, PlainForm
from aktsom.plans.rules.choosing import ASKS, OPTIONAL, Side, TimeChoice, timing_chosen
from aktsom.plans.rules.content import NEEDS_OWNER, PerWhom, PupilTopic, Row, RowKind, RowPart, Section, SectionArea, SectionForm
from aktsom.plans.rules.duty_roles import DUTY_ROLES, VISIBLE_TO_PUPILS, role_names, roles_in
from aktsom.plans.rules.editions import Outcome, ProcedureHead, bodies_of
from aktsom.plans.rules.focus import Focus
from aktsom.plans.rules.wording import AskedText

SPARE_PARTS, MOST_PARTS = 2, 20
LISTS = ("anchors", "resources", "links")
NOT_CHOSEN = ("", gettext_lazy("Velg"))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _text(label: Any, *, hint: Any = "", rows: int = 0, most: int = 2000) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, required=False, help_text=hint, max_length=most, widget=widget)


def _number(label: Any, most: int, hint: Any = "") -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=most, help_text=hint, widget=widget)


def _choice(label: Any, choices: Any, empty: tuple[str, Any] = NOT_CHOSEN) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[empty, *choices])


class RowForm(PlainForm):
    """One row of the plan: what, who, when, and the rest folded away."""

    what = forms.CharField(label=gettext_lazy("Hva"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    who = _text(gettext_lazy("Hvem"), hint=gettext_lazy("For eksempel: rektor, kontaktlærer. Skriv komma mellom."), most=500)
    when_said = _text(
        gettext_lazy("Når"), hint=gettext_lazy("Skriv det som dere sier det, for eksempel: hver tredje uke. Eller velg under."), most=300
    )
    time = forms.ChoiceField(label=gettext_lazy("Hva slags tid er det?"), choices=TimeChoice.choices)
    month = _choice(gettext_lazy("Måned"), MONTHS.items())
    last_month = _choice(gettext_lazy("Til og med"), MONTHS.items(), ("", gettext_lazy("Bare den ene")))
    day = _number(gettext_lazy("Dag i måneden"), 31)
    week = _number(gettext_lazy("Uke"), 53)
    last_week = _number(gettext_lazy("Til og med uke"), 53)
    number = _number(gettext_lazy("Antall"), 20, gettext_lazy("Antall uker eller ganger. 2 betyr annenhver uke eller to ganger."))
    parity = _choice(gettext_lazy("Hvilke uker"), Parity.choices, ("", gettext_lazy("Spiller ingen rolle")))
    weekday = _choice(gettext_lazy("Ukedag"), Weekday.choices, ("", gettext_lazy("Spiller ingen rolle")))
    rhythm = _choice(gettext_lazy("Hvor ofte skal noen se over?"), Rhythm.choices)
    trigger = _choice(gettext_lazy("Hva skjer først?"), Trigger.choices)
    other_row = _choice(gettext_lazy("Hvilken rad?"), [])
    apart = _number(gettext_lazy("Antall dager imellom"), 300, gettext_lazy("Tomt betyr samme dag."))
    side = _choice(gettext_lazy("Før eller etter?"), Side.choices)
    how = _text(gettext_lazy("Hvordan"), rows=3)
    pupils = _text(
        gettext_lazy("Slik sier dere det til elevene"),
        hint=gettext_lazy("Skriv «du» og korte setninger, om det eleven møter. Rader uten dette står ikke på elevenes side."),
        rows=2,
        most=400,
    )
    focus = _choice(gettext_lazy("Hvilket av de to områdene hører raden til?"), Focus.choices, ("", gettext_lazy("Følger delen av planen")))
    pupil_topic = _choice(gettext_lazy("Hvor skal elevene lese det?"), PupilTopic.choices, ("", gettext_lazy("Følger delen av planen")))
    kind = forms.ChoiceField(label=gettext_lazy("Hva slags rad er det?"), choices=RowKind.choices)
    per = forms.ChoiceField(label=gettext_lazy("Hvor mange gjøremål blir det?"), choices=PerWhom.choices)
    grades = _text(gettext_lazy("Trinn"), hint=gettext_lazy("For eksempel: 1–4, 8, Vg1. Tomt betyr alle."), most=60)
    anchors = _text(gettext_lazy("Bygger på"), hint=gettext_lazy("Paragrafer og andre planer, én på hver linje."), rows=2)
    resources = _text(gettext_lazy("Til hjelp"), hint=gettext_lazy("Skjema, hefter og opplegg, én på hver linje."), rows=2)
    links = _text(gettext_lazy("Lenker"), hint=gettext_lazy("Én på hver linje."), rows=2)
    is_summary = forms.BooleanField(label=gettext_lazy("Raden er en kort oppsummering. Det fulle står et annet sted."), required=False)
    is_definition = forms.BooleanField(
        label=gettext_lazy("Raden forklarer et ord, for eksempel mobbing. Da står det at retten og plikten gjelder uansett."),
        required=False,
    )
    timing_now = forms.CharField(label=gettext_lazy("Tiden som står i planen"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, before: Row | None = None, others: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before, self.others = before, others or {}
        self.fields["other_row"].choices = [NOT_CHOSEN, *self.others.items()]  # type: ignore[attr-defined]
        if before is None or not before.timings:
            self.fields["time"].choices = [choice for choice in TimeChoice.choices if choice[0] != TimeChoice.KEEP]  # type: ignore[attr-defined]
        said = {**self.initial, **dict(self.data.items())}
        written = [int(name.split("_")[1]) for name in said if re.fullmatch(r"part_\d{1,2}_what", name) and said[name]]
        self.part_count = min(max([number + 1 for number in written], default=0) + SPARE_PARTS, MOST_PARTS)
        for number in range(self.part_count):
            self.fields[f"part_{number}_what"] = _text(_("Delpunkt %(number)d") % {"number": number + 1}, most=500)
            self.fields[f"part_{number}_who"] = _text(_("Hvem"), most=300)
            self.fields[f"part_{number}_when"] = _text(_("Når"), most=300)

    @property
    def parts(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each sub-item."""
        return [(self[f"part_{at}_what"], self[f"part_{at}_who"], self[f"part_{at}_when"]) for at in range(self.part_count)]

    @property
    def asked(self) -> list[Any]:
        """The fields the chosen kind of time needs; those it cannot do without are not shown as optional."""
        names = ASKS.get(str(self["time"].value() or ""), ())
        for name in names:
            self.fields[name].required = name not in OPTIONAL
        return [self[name] for name in names]

    def clean_grades(self) -> tuple[int, ...]:
        return grades_in(self.cleaned_data["grades"])

    def clean_links(self) -> str:
        links: str = self.cleaned_data["links"]
        if any(not re.fullmatch(r"https?://\S+", line) for line in _lines(links)):
            raise ValidationError(_("En lenke begynner med https://. Skriv én på hver linje."))
        return links

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            cleaned["timings"] = self.timings(cleaned)
        except TimingInvalid as error:
            self.add_error("time", str(error))
        return cleaned

    def timings(self, cleaned: Mapping[str, Any]) -> tuple[Timing, ...]:
        """Return the timings of what was chosen, or of the words. Words nobody understands give a time that is not set."""
        choice, said = cleaned.get("time", ""), cleaned.get("when_said", "")
        if choice == TimeChoice.KEEP and self.before is not None and said == self.before.when_said:
            return self.before.timings
        if choice == TimeChoice.WORDS and not said and self._has_no_time(cleaned):
            return ()
        if choice in {TimeChoice.KEEP, TimeChoice.WORDS}:  # new words mean a new time
            return understand(said).timings or (Unset(),)
        given = {**cleaned, "weekday": int(cleaned["weekday"]) if cleaned.get("weekday") else None}
        given["named"] = self.others.get(cleaned.get("other_row", ""), "")
        return timing_chosen(choice, given)

    def _has_no_time(self, cleaned: Mapping[str, Any]) -> bool:
        """Return whether no time is missing: of what is only read, and of a row that had none."""
        return cleaned.get("kind") not in NEEDS_OWNER or bool(self.before and not self.before.timings)

    @property
    def unread(self) -> str:
        """The words of the time when nobody can tell the days from them; empty when they can, or when there are none."""
        data: Mapping[str, Any] = getattr(self, "cleaned_data", {})
        by_words = data.get("time") in {TimeChoice.KEEP, TimeChoice.WORDS}
        return str(data.get("when_said", "")) if by_words and data.get("timings") == (Unset(),) else ""

    def row(self, key: str) -> Row:
        """Return the row as it was written. What the form does not ask for is as it was."""
        data, matched = self.cleaned_data, roles_in(self.cleaned_data["who"])
        before = self.before or Row(key, RowKind.TASK, "")
        lists: dict[str, Any] = {name: _lines(data[name]) for name in LISTS}
        return replace(
            before,
            kind=RowKind(data["kind"]),
            what=data["what"].strip(),
            how=data["how"],
            who=matched.roles,
            who_said=data["who"] if matched.unmatched else "",
            when_said=data["when_said"],
            timings=data["timings"],
            per=PerWhom(data["per"]),
            grades=data["grades"],
            is_summary=data["is_summary"],
            is_definition=data["is_definition"],
            pupils=" ".join(data["pupils"].split()),
            focus=data["focus"],
            pupil_topic=PupilTopic(data["pupil_topic"]) if data["pupil_topic"] else None,
            parts=tuple(self._part(number) for number in range(self.part_count) if data[f"part_{number}_what"].strip()),
            **lists,
        )

    def _part(self, number: int) -> RowPart:
        what, who, when = (self.cleaned_data[f"part_{number}_{name}"].strip() for name in ("what", "who", "when"))
        earlier = self._earlier_part(number)
        return RowPart(what, roles_in(who).roles, when, self.part_timings(number), earlier.per if earlier else PerWhom.SCHOOL)

    def _earlier_part(self, number: int) -> RowPart | None:
        return self.before.parts[number] if self.before and number < len(self.before.parts) else None

    def part_timings(self, number: int) -> tuple[Timing, ...]:
        """Return the timings of a sub-item: as they stand while its words do, else what the new words mean."""
        when, earlier = self.part_words(number), self._earlier_part(number)
        if earlier and earlier.when_said == when and earlier.timings:
            return earlier.timings
        return understand(when).timings or (Unset(),) if when else ()

    def part_words(self, number: int) -> str:
        """Return what is written under «Når» for a sub-item."""
        return str(self[f"part_{number}_when"].value() or "").strip()


def grades_in(text: str) -> tuple[int, ...]:
    """Return the grades of «1–4, 8, Vg1» as numbers, 11 to 13 for Vg1 to Vg3."""
    found: list[int] = []
    for piece in filter(None, re.split(r"[,;\s]+(?!\s*[–-])", re.sub(r"\s*[–-]\s*", "-", text.strip()))):
        match = re.fullmatch(r"(vg)?(\d{1,2})\.?(?:-(vg)?(\d{1,2})\.?)?", piece.casefold())
        if match is None:
            raise ValidationError(_("Skriv trinn som 1–4, 8 eller Vg1. Vi forsto ikke «%(text)s».") % {"text": piece})
        first = int(match[2]) + (10 if match[1] else 0)
        last = int(match[4]) + (10 if match[3] or match[1] else 0) if match[4] else first
        if not 1 <= first <= last <= 13:
            raise ValidationError(_("Trinn går fra 1 til 10, og fra Vg1 til Vg3."))
        found += range(first, last + 1)
    return tuple(sorted(set(found)))


def initial_of(row: Row) -> dict[str, Any]:
    """Return a row as the form shows it."""
    initial: dict[str, Any] = {
        name: getattr(row, name) for name in ("what", "how", "when_said", "is_summary", "is_definition", "pupils", "focus")
    }
    initial |= {"pupil_topic": row.pupil_topic.value if row.pupil_topic else ""}
    initial |= {name: "\n".join(getattr(row, name)) for name in LISTS}
    initial |= {"kind": row.kind.value, "per": row.per.value, "time": TimeChoice.KEEP.value if row.timings else TimeChoice.WORDS.value}
    initial |= {"who": row.who_said or ", ".join(role_names(list(row.who)))}
    initial |= {"grades": ", ".join(f"Vg{grade - 10}" if grade > 10 else str(grade) for grade in row.grades)}
    initial |= {"timing_now": "; ".join(say(timing) for timing in row.timings)}
    for number, part in enumerate(row.parts):
        names = ", ".join(role_names(list(part.who)))
        initial |= {f"part_{number}_what": part.what, f"part_{number}_who": names, f"part_{number}_when": part.when_said}
    return initial


class SectionWordsForm(PlainForm):
    """A part of the plan: its title and what it is about."""

    title = forms.CharField(label=gettext_lazy("Tittel"), max_length=200)
    intro = _text(gettext_lazy("Innledning"), rows=3, most=4000)
    area = forms.ChoiceField(label=gettext_lazy("Hva handler delen om?"), choices=SectionArea.choices)
    form = forms.ChoiceField(label=gettext_lazy("Hvordan skal den vises?"), choices=SectionForm.choices)

    def section(self, key: str, before: Section | None = None) -> Section:
        """Return the section as it was written."""
        data = self.cleaned_data
        rows = before.rows if before else ()
        return Section(key, data["title"].strip(), SectionArea(data["area"]), SectionForm(data["form"]), data["intro"], rows)


class HeadForm(PlainForm):
    """The plan's title and its opening words to the pupils."""

    title = forms.CharField(label=gettext_lazy("Tittel"), max_length=200)
    opening = _text(gettext_lazy("Noen ord til elevene"), hint=gettext_lazy("Valgfri. Står først på den åpne siden."), rows=6, most=6000)
    opening_by = _text(gettext_lazy("Hvem sier det?"), hint=gettext_lazy("For eksempel: Rektor, 2026"), most=120)


class OtherFormForm(PlainForm):
    """Texts of one part of the plan in the other written form, a field for each, named by the mark of the text."""

    def __init__(self, *args: Any, texts: Iterable[AskedText], language: str, **kwargs: Any) -> None:
        self.base_fields = {each.mark: _other_form(each, language) for each in texts}  # type: ignore[misc]
        super().__init__(*args, **kwargs)


def _other_form(asked: AskedText, language: str) -> forms.CharField:
    hint = gettext_lazy("Står slik nå: %(text)s") % {"text": asked.ours} if asked.ours else ""
    made = _text(asked.text, hint=hint, rows=1 + len(asked.text) // 70, most=6000)
    made.widget.attrs["lang"] = language
    return made


class ArrangeForm(PlainForm):
    """Who treats a new edition, who evaluates the plan each year, and whether names are shown."""

    treatments = forms.MultipleChoiceField(
        label=gettext_lazy("Hvem skal behandle en ny utgave før den settes i kraft?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reviewers = forms.MultipleChoiceField(
        label=gettext_lazy("Hvem skal være med og evaluere planen hvert år?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    shown_roles = forms.MultipleChoiceField(
        label=gettext_lazy("Hvilke voksne kan elevene gå til?"),
        help_text=gettext_lazy("De du krysser av, står på den åpne siden for elever."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    shows_names = forms.BooleanField(
        label=gettext_lazy("Vis også navnene på dem som har disse rollene nå. Alle på nettet kan lese dem."), required=False
    )

    def __init__(self, *args: Any, is_school: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(role.code, capfirst(str(role.name))) for role in DUTY_ROLES if role.code in VISIBLE_TO_PUPILS]
        self.fields["shown_roles"].choices = named  # type: ignore[attr-defined]
        for name in ("treatments", "reviewers"):
            self.fields[name].choices = bodies_of(is_owner=not is_school)  # type: ignore[attr-defined]
        if not is_school:
            del self.fields["shown_roles"], self.fields["shows_names"]


class AnswerForm(PlainForm):
    """What a body said, and when."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Hva sa de?"),
        choices=[choice for choice in Outcome.choices if choice[0] != Outcome.WAITING],
        widget=forms.RadioSelect,
    )
    answered_on = DayField(label=gettext_lazy("Når"))
    text = _text(gettext_lazy("Uttalelse eller referat"), rows=4, most=8000)


class TreatmentForm(AnswerForm):
    """The same of an edition, and who said it."""

    body = forms.ChoiceField(label=gettext_lazy("Hvem"))
    field_order = ("body",)

    def __init__(self, *args: Any, is_owner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies_of(is_owner=is_owner)  # type: ignore[attr-defined]


class InForceForm(PlainForm):
    """From which day the edition is in force."""

    valid_from = DayField(label=gettext_lazy("Gjelder fra"))


class ProcedureForm(InForceForm):
    """The same for an owner's guide, with the head of a procedure (PLN-12)."""

    approver = forms.CharField(
        label=gettext_lazy("Godkjent av"), max_length=120, help_text=gettext_lazy("Stilling, med eller uten navn. Står på den åpne siden.")
    )
    approved_on = DayField(label=gettext_lazy("Godkjent dato"))
    revised_on = DayField(label=gettext_lazy("Sist revidert"), required=False)
    procedure_number = forms.CharField(label=gettext_lazy("Prosedyre nr."), max_length=40)
    revision_number = forms.CharField(label=gettext_lazy("Revisjon nr."), max_length=20)

    @property
    def head(self) -> ProcedureHead:
        """Return what was written of the procedure."""
        return ProcedureHead(**{name: value for name, value in self.cleaned_data.items() if name != "valid_from"})


class ReviewBeginForm(PlainForm):
    """Which school year is evaluated."""

    year = forms.RegexField(
        label=gettext_lazy("Skoleår"), regex=r"^20\d\d/20\d\d$", error_messages={"invalid": gettext_lazy("Skriv skoleåret som 2026/2027.")}
    )


class ProposalForm(PlainForm):
    """Something learned that may change the plan."""

    text = forms.CharField(label=gettext_lazy("Hva bør endres?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    row_key = forms.ChoiceField(label=gettext_lazy("Hvilken rad gjelder det?"), required=False)

    def __init__(self, *args: Any, rows: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["row_key"].choices = [("", gettext_lazy("Hele planen")), *rows]  # type: ignore[attr-defined]


class CloseReviewForm(PlainForm):
    """What the school learned of the year."""

    learned = forms.CharField(label=gettext_lazy("Hva lærte dere?"), max_length=6000, widget=forms.Textarea(attrs={"rows": 5}))


class DecideReviewForm(CloseReviewForm):
    """The same of an owner's guide, with what was decided (PLN-17)."""

    decided = forms.ChoiceField(
        label=gettext_lazy("Hva bestemte dere?"),
        choices=[("revise", gettext_lazy("Veilederen skal revideres")), ("keep", gettext_lazy("Veilederen står som den er"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg om veilederen skal revideres.")},
    )
