"""A whole plan as content: sections, rows, sub-items. One shape for the library, a school's own plan, and an uploaded file.

Plain values only, so that editions can be compared, stored and read back whoever made them (PLN-01, PLN-04, WHL-01).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from aktsom.core.timing.yearly import Timing, as_content, timing_from


class SectionArea(models.TextChoices):
    """What a section is about. The plan chooses its own titles and order (PLN-04)."""

    PURPOSE = "purpose", _("Mål og verdier")
    INFORM = "inform", _("Informere")
    PROMOTE = "promote", _("Fremme")
    PREVENT = "prevent", _("Forebygge")
    RESPOND = "respond", _("Følge opp")
    WHEEL = "wheel", _("Årshjul")
    EVALUATE = "evaluate", _("Evaluere")
    RESOURCES = "resources", _("Ressurser og lenker")
    APPENDIX = "appendix", _("Vedlegg")


class SectionForm(models.TextChoices):
    """How a section is laid out on the page and on paper."""

    TEXT = "text", _("Tekst")
    TABLE = "table", _("Tabell")
    WHEEL = "wheel", _("Årshjul")
    CARD = "card", _("Handlingskort")
    PROCEDURE = "procedure", _("Prosedyre")


def is_card(form: str, area: str) -> bool:
    """Return whether a section can be shown as a duty card of one page."""
    return form in {SectionForm.CARD, SectionForm.PROCEDURE} or (form == SectionForm.TABLE and area == SectionArea.RESPOND)


class RowKind(models.TextChoices):
    """What a row is: something somebody does, a duty in a case, or something to read."""

    TASK = "task", _("Gjøres")
    DUTY = "duty", _("Gjelder når noe skjer")
    TEXT = "text", _("Leses")
    LINK = "link", _("Lenke eller ressurs")


NEEDS_OWNER = frozenset({RowKind.TASK, RowKind.DUTY})


class PerWhom(models.TextChoices):
    """Whether a row becomes one task or one for each."""

    SCHOOL = "school", _("én for skolen")
    GROUP = "group", _("én for hver klasse")
    GRADE = "grade", _("én for hvert trinn")
    PERSON = "person", _("én for hver som har rollen")


class PupilTopic(models.TextChoices):
    """What a row means to a pupil: under which heading she reads it, in the order of her page."""

    START = "start", _("Når skoleåret begynner")
    GROUP = "group", _("I klassen")
    TOGETHER = "together", _("Det som skjer på skolen")
    TAKE_PART = "take_part", _("Du får være med og bestemme")
    KNOW = "know", _("Det du skal få vite")
    ADULTS = "adults", _("Voksne som er der for deg")
    WRONG = "wrong", _("Når noen ikke har det bra")


class RowOrigin(models.TextChoices):
    """Where a row comes from (PLN-26)."""

    OWN = "own", _("Skolens egen")
    INHERITED = "inherited", _("Fra skoleeieren")
    ADAPTED = "adapted", _("Fra skoleeieren, tilpasset")


@dataclass(frozen=True)
class RowPart:
    """A sub-item of a row with its own people and time. ``who`` are codes of ``DutyRole``."""

    what: str
    who: tuple[str, ...] = ()
    when_said: str = ""
    timings: tuple[Timing, ...] = ()
    per: PerWhom = PerWhom.SCHOOL


@dataclass(frozen=True)
class Row:
    """One row of the plan. ``key`` is the same through every edition; ``sources`` are the rows it was made from."""

    key: str
    kind: RowKind
    what: str
    how: str = ""
    who: tuple[str, ...] = ()
    who_said: str = ""
    when_said: str = ""
    timings: tuple[Timing, ...] = ()
    per: PerWhom = PerWhom.SCHOOL
    grades: tuple[int, ...] = ()  # 1 to 10, and 11 to 13 for Vg1 to Vg3; empty: all
    resources: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    parts: tuple[RowPart, ...] = ()
    is_summary: bool = False
    is_definition: bool = False  # says what a word means, as «mobbing»: for information, never a condition (QUA-14)
    origin: RowOrigin = RowOrigin.OWN
    sources: tuple[str, ...] = ()
    copied_from: str = ""  # the plan it was copied from: a school and edition, or the library's name
    owner_mark: str = ""  # the owner's row as it was when the school last took it or kept its own
    pupils: str = ""  # the row in a pupil's words; empty: it is the adults' own work
    pupil_topic: PupilTopic | None = None  # empty: follows what the section is about
    focus: str = ""  # code of rules.focus.Focus; empty: follows from the section and the pupil topic

    @property
    def everyone(self) -> tuple[str, ...]:
        """Every role of the row and its parts, once each."""
        return tuple(dict.fromkeys([*self.who, *(role for part in self.parts for role in part.who)]))


@dataclass(frozen=True)
class Section:
    """A part of the plan with its rows, in order."""

    key: str
    title: str
    area: SectionArea
    form: SectionForm
    intro: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class PlanContent:
    """A whole plan: its title, its opening words to the pupils, and its sections."""

    title: str
    opening: str = ""
    opening_by: str = ""
    sections: tuple[Section, ...] = ()

    def rows(self) -> Iterator[tuple[Section, Row]]:
        """Yield every row with its section, in the order of the plan."""
        for section in self.sections:
            for row in section.rows:
                yield section, row

    @property
    def speaks_to_pupils(self) -> bool:
        """Whether any row is written in a pupil's words."""
        return any(row.pupils for _section, row in self.rows())

    def row(self, key: str) -> Row | None:
        """Return the row with this key, or None."""
        return next((row for _section, row in self.rows() if row.key == key), None)


def cards_of(content: PlanContent) -> list[tuple[str, str]]:
    """Return (key, title) of the parts shown as duty cards, in the order of the plan."""
    return [(each.key, each.title) for each in content.sections if is_card(each.form, each.area) and each.rows]


def part_key(row: str, part: int) -> str:
    """Return the key of what the school has entered for a row (part 0) or one of its sub-items."""
    return f"{row}#{part}" if part else row


def as_plain(content: PlanContent) -> dict[str, Any]:
    """Return the content as lists, dicts, texts and numbers, for storage. Empty values are left out."""
    plain: dict[str, Any] = _plain(content)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Timing):
        return as_content(value)
    if isinstance(value, (PlanContent, Section, Row, RowPart)):
        found = {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        return {name: item for name, item in found.items() if item not in ("", [], False, None)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def content_from(plain: Mapping[str, Any]) -> PlanContent:
    """Return the content that ``as_plain`` stored. Raise TimingInvalid, KeyError or ValueError when it is none."""
    return PlanContent(
        title=str(plain["title"]),
        opening=str(plain.get("opening", "")),
        opening_by=str(plain.get("opening_by", "")),
        sections=tuple(_section(item) for item in plain.get("sections", [])),
    )


def _section(plain: Mapping[str, Any]) -> Section:
    rows = tuple(row_from(item) for item in plain.get("rows", []))
    return Section(
        str(plain["key"]), str(plain["title"]), SectionArea(plain["area"]), SectionForm(plain["form"]), str(plain.get("intro", "")), rows
    )


def row_from(plain: Mapping[str, Any]) -> Row:
    """Return one row from what ``as_plain`` stored."""
    texts: dict[str, Any] = {
        name: str(plain.get(name, ""))
        for name in ("key", "what", "how", "who_said", "when_said", "copied_from", "owner_mark", "pupils", "focus")
    }
    lists: dict[str, Any] = {name: tuple(plain.get(name, ())) for name in ("who", "grades", "resources", "anchors", "links", "sources")}
    return Row(
        **texts,
        **lists,
        kind=RowKind(plain["kind"]),
        per=PerWhom(plain.get("per", PerWhom.SCHOOL)),
        origin=RowOrigin(plain.get("origin", RowOrigin.OWN)),
        is_summary=bool(plain.get("is_summary", False)),
        is_definition=bool(plain.get("is_definition", False)),
        timings=tuple(timing_from(item) for item in plain.get("timings", ())),
        parts=tuple(_part(item) for item in plain.get("parts", ())),
        pupil_topic=PupilTopic(plain["pupil_topic"]) if plain.get("pupil_topic") else None,
    )


def _part(plain: Mapping[str, Any]) -> RowPart:
    return RowPart(
        what=str(plain["what"]),
        who=tuple(plain.get("who", ())),
        when_said=str(plain.get("when_said", "")),
        timings=tuple(timing_from(item) for item in plain.get("timings", ())),
        per=PerWhom(plain.get("per", PerWhom.SCHOOL)),
    )


@dataclass(frozen=True)
class RowChange:
    """How one row differs between two editions: added, removed, changed or moved, and in which fields."""

    kind: str
    key: str
    before: Row | None
    after: Row | None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """What differs between two editions of a plan, in the order of the later one."""

    rows: tuple[RowChange, ...] = ()
    sections: tuple[str, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether the two are the same."""
        return not (self.rows or self.sections)


def compare(before: PlanContent, after: PlanContent) -> Comparison:
    """Return every row that was added, removed, changed or moved to another section, and the sections whose words changed."""
    old = {row.key: (section.key, row) for section, row in before.rows()}
    new = {row.key: (section.key, row) for section, row in after.rows()}
    changes = [_change(key, old.get(key), place) for key, place in new.items()]
    changes += [RowChange("removed", key, place[1], None) for key, place in old.items() if key not in new]
    heads = {section.key: replace(section, rows=()) for section in before.sections}
    touched = [section.title for section in after.sections if heads.get(section.key) != replace(section, rows=())]
    touched += [section.title for section in before.sections if section.key not in {each.key for each in after.sections}]
    return Comparison(tuple(change for change in changes if change is not None), tuple(touched))


def _change(key: str, old: tuple[str, Row] | None, new: tuple[str, Row]) -> RowChange | None:
    if old is None:
        return RowChange("added", key, None, new[1])
    names = tuple(
        each.name for each in fields(Row) if each.name != "owner_mark" and getattr(old[1], each.name) != getattr(new[1], each.name)
    )
    if names:
        return RowChange("changed", key, old[1], new[1], names)
    return RowChange("moved", key, old[1], new[1]) if old[0] != new[0] else None
