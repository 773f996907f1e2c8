"""A plan as the open pages show it: sections and rows with who, when in words, and the dates it gives this year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from aktsom.core.timing.clock import today
from aktsom.core.timing.law import LawReference, law
from aktsom.core.timing.superseded import outdated_in
from aktsom.core.timing.yearly import Timing, say
from aktsom.core.timing.yearly.expressions import Unset
from aktsom.plans.rules.content import PlanContent, Row, RowKind, Section, is_card, part_key
from aktsom.plans.rules.duty_roles import role_names
from aktsom.plans.rules.editing import fingerprint
from aktsom.plans.rules.wording import AS_WRITTEN, Worded, Wording
from aktsom.plans.selectors.dates import NOTHING, DatesFound, dates_by_row
from aktsom.plans.selectors.entered import entered_for
from aktsom.schools.selectors import current_year, year_days

Dates = Mapping[str, DatesFound]
REPLACED = frozenset({"circular_2017", "chapter_9_a", "act_of_1998", "chapter_12_a"})  # codes of core.timing.superseded


@dataclass(frozen=True)
class ShownPart:
    """A sub-item of a row in words, with its own dates."""

    what: Worded
    who: str
    when: str
    dates: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownRow:
    """One row in words. ``dates`` are this year's, ``needs`` what the school must enter before there are any."""

    key: str
    what: Worded
    how: Worded
    who: str
    when: str
    dates: str = ""
    needs: tuple[str, ...] = ()
    parts: tuple[ShownPart, ...] = ()
    anchors: tuple[Worded, ...] = ()
    replaced_by: tuple[str, ...] = ()  # what holds today instead of law the row builds on
    plain_when: str = ""  # with dates in words, else as the plan itself says it: for those who do not write in it
    links: tuple[str, ...] = ()
    resources: tuple[Worded, ...] = ()
    grades: str = ""
    is_task: bool = False
    is_summary: bool = False
    note: str = ""  # what must be said with the row
    mark: str = ""


@dataclass(frozen=True)
class ShownSection:
    """A section with its rows."""

    key: str
    title: Worded
    intro: Worded
    area: str
    form: str
    rows: tuple[ShownRow, ...] = ()
    mark: str = ""

    @property
    def is_card(self) -> bool:
        """Whether it can be printed as a duty card of one page."""
        return is_card(self.form, self.area)


@dataclass(frozen=True)
class ShownPlan:
    """A plan in words."""

    title: Worded
    opening: Worded
    opening_by: Worded
    sections: tuple[ShownSection, ...] = field(default=())


def always_there() -> list[LawReference]:
    """Return what stands in every plan, as the Act has it today: where it holds, the right and the zero tolerance (PLN-02, PLN-09)."""
    return [law(section, on=today()) for section in ("ol-12-1", "ol-12-2", "ol-12-3")]


def shown(
    content: PlanContent, *, school_id: int = 0, with_dates: bool = False, look_ins: bool = False, wording: Wording = AS_WRITTEN
) -> ShownPlan:
    """Return the content in words; with this school's dates for the year when asked for, and in the reader's language."""
    dates = _dates(content, school_id, look_ins=look_ins) if with_dates and school_id else {}
    sections = tuple(_section(section, dates, wording) for section in content.sections)
    return ShownPlan(wording.of(content.title), wording.of(content.opening), wording.of(content.opening_by), sections)


def _dates(content: PlanContent, school_id: int, *, look_ins: bool) -> Dates:
    year = current_year(school_id, today())
    return dates_by_row(content, year_days(year), entered_for(year), look_ins=look_ins) if year else {}


def definition_note() -> str:
    """Return what is said wherever a school explains what bullying is: the right and the duty do not wait for the word (QUA-14)."""
    return _(
        "Dette er bare til opplysning. Retten til å ha det trygt og godt, og plikten til å gjøre noe, gjelder uansett om "
        "det passer med forklaringen (§§ 12-2 og 12-4)."
    )


def _section(section: Section, dates: Dates, wording: Wording) -> ShownSection:
    rows = tuple(_row(row, dates, wording) for row in section.rows)
    title, intro = wording.of(section.title), wording.of(section.intro)
    return ShownSection(section.key, title, intro, section.area, section.form, rows, fingerprint(section))


def _row(row: Row, dates: Dates, wording: Wording) -> ShownRow:
    own = dates.get(row.key, NOTHING)
    said = wording.of(row.when_said)
    when = when_of(said, row.timings, is_duty=row.kind in {RowKind.TASK, RowKind.DUTY} and not row.parts)
    return ShownRow(
        key=row.key,
        what=wording.of(row.what),
        how=wording.of(row.how),
        who=names_of(row.who, wording.of(row.who_said)),
        when=when,
        dates=own.text,
        needs=own.needs,
        parts=tuple(_part(row, number, dates, wording) for number in range(1, len(row.parts) + 1)),
        anchors=tuple(wording.of(text) for text in row.anchors),
        replaced_by=_replaced(row.anchors),
        plain_when=when if own.text or row.kind == RowKind.TEXT else said or when,
        links=row.links,
        resources=tuple(wording.of(text) for text in row.resources),
        grades=", ".join(f"Vg{grade - 10}" if grade > 10 else f"{grade}." for grade in row.grades),
        is_task=row.kind == RowKind.TASK,
        is_summary=row.is_summary,
        note=definition_note() if row.is_definition else "",
        mark=fingerprint(row),
    )


def _replaced(anchors: tuple[str, ...]) -> tuple[str, ...]:
    """Return what holds today instead of acts, chapters and circulars the row builds on; what is only miswritten is the writers'."""
    return tuple(dict.fromkeys(str(found.rule.instead) for found in outdated_in(anchors, on=today()) if found.rule.code in REPLACED))


def _part(row: Row, number: int, dates: Dates, wording: Wording) -> ShownPart:
    part, own = row.parts[number - 1], dates.get(part_key(row.key, number), NOTHING)
    when = when_of(wording.of(part.when_said), part.timings)
    return ShownPart(wording.of(part.what), names_of(part.who, ""), when, own.text, own.needs)


def names_of(who: tuple[str, ...], said: str) -> str:
    """Return who it is in words: the school's own when they were not understood."""
    return said or ", ".join(role_names(list(who)))


def when_of(said: str, timings: tuple[Timing, ...], *, is_duty: bool = False) -> str:
    """Return when in plain words; that no time is set is said."""
    real = [timing for timing in timings if not isinstance(timing, Unset)]
    if not real:
        return said or (_("Ikke satt ennå") if is_duty else "")
    return "; ".join(say(timing) for timing in real)
