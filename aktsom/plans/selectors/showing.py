"""A plan as the open pages show it: sections and rows with who, when in words, and the dates it gives this year."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from aktsom.core.timing.clock import today
from aktsom.core.timing.yearly import Timing, YearDays, say, schedule
from aktsom.core.timing.yearly.expressions import Unset
from aktsom.people.selectors import positions_at
from aktsom.plans.rules.content import PlanContent, Row, RowKind, Section, SectionArea, SectionForm
from aktsom.plans.rules.duty_roles import BY_CODE, role_names
from aktsom.plans.rules.editing import fingerprint
from aktsom.schools.selectors import current_year, year_days

SHOWN_DATES = 6


@dataclass(frozen=True)
class ShownPart:
    """A sub-item of a row in words."""

    what: str
    who: str
    when: str


@dataclass(frozen=True)
class ShownRow:
    """One row in words. ``dates`` are this year's, ``needs`` what the school must enter before there are any."""

    key: str
    what: str
    how: str
    who: str
    when: str
    dates: str = ""
    needs: tuple[str, ...] = ()
    parts: tuple[ShownPart, ...] = ()
    anchors: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    resources: str = ""
    grades: str = ""
    is_task: bool = False
    is_summary: bool = False
    mark: str = ""


@dataclass(frozen=True)
class ShownSection:
    """A section with its rows."""

    key: str
    title: str
    intro: str
    area: str
    form: str
    rows: tuple[ShownRow, ...] = ()
    mark: str = ""

    @property
    def is_card(self) -> bool:
        """Whether it can be printed as a duty card of one page."""
        return self.form in {SectionForm.CARD, SectionForm.PROCEDURE} or (
            self.form == SectionForm.TABLE and self.area == SectionArea.RESPOND
        )


@dataclass(frozen=True)
class ShownPlan:
    """A plan in words."""

    title: str
    opening: str
    opening_by: str
    sections: tuple[ShownSection, ...] = field(default=())


def shown(content: PlanContent, *, school_id: int = 0, with_dates: bool = False) -> ShownPlan:
    """Return the content in words; with this school's dates for the year when asked for."""
    year = current_year(school_id, today()) if with_dates and school_id else None
    days = year_days(year) if year else None
    sections = tuple(_section(section, days) for section in content.sections)
    return ShownPlan(content.title, content.opening, content.opening_by, sections)


def _section(section: Section, days: YearDays | None) -> ShownSection:
    rows = tuple(_row(row, days) for row in section.rows)
    return ShownSection(section.key, section.title, section.intro, section.area, section.form, rows, fingerprint(section))


def _row(row: Row, days: YearDays | None) -> ShownRow:
    dates, needs = dates_of(row.timings, days) if days and row.kind == RowKind.TASK else ("", ())
    return ShownRow(
        key=row.key,
        what=row.what,
        how=row.how,
        who=names_of(row.who, row.who_said),
        when=when_of(row.when_said, row.timings, is_duty=row.kind in {RowKind.TASK, RowKind.DUTY} and not row.parts),
        dates=dates,
        needs=needs,
        parts=tuple(ShownPart(part.what, names_of(part.who, ""), when_of(part.when_said, part.timings)) for part in row.parts),
        anchors=row.anchors,
        links=row.links,
        resources=", ".join(row.resources),
        grades=", ".join(f"Vg{grade - 10}" if grade > 10 else f"{grade}." for grade in row.grades),
        is_task=row.kind == RowKind.TASK,
        is_summary=row.is_summary,
        mark=fingerprint(row),
    )


def names_of(who: tuple[str, ...], said: str) -> str:
    """Return who it is in words: the school's own when they were not understood."""
    return said or ", ".join(role_names(list(who)))


def when_of(said: str, timings: tuple[Timing, ...], *, is_duty: bool = False) -> str:
    """Return when in plain words; that no time is set is said."""
    real = [timing for timing in timings if not isinstance(timing, Unset)]
    if not real:
        return said or (_("Ikke satt ennå") if is_duty else "")
    return "; ".join(say(timing) for timing in real)


def dates_of(timings: tuple[Timing, ...], days: YearDays) -> tuple[str, tuple[str, ...]]:
    """Return this year's dates in one line, and what is missing."""
    found = schedule(timings, days)
    spans = [_span(item.starts_on, item.due_on) for item in found.occurrences]
    text = "; ".join(spans[:SHOWN_DATES])
    more = len(spans) - SHOWN_DATES
    if more > 0:
        text += " " + ngettext("og %(count)d gang til", "og %(count)d ganger til", more) % {"count": more}
    return text, found.needs


def _span(first: date, last: date) -> str:
    if first == last:
        return date_format(first, "j. F")
    return f"{date_format(first, 'j. F')} – {date_format(last, 'j. F')}"


# What pupils are told of each area of the plan, in their own words. The rows below come from the plan itself.
PUPIL_WORDS = {
    SectionArea.INFORM: (_lazy("Det du skal få vite"), _lazy("Skolen skal fortelle deg hva du har rett til, og hvor du kan gå.")),
    SectionArea.PROMOTE: (_lazy("Det vi gjør sammen"), _lazy("Dette gjør vi for at alle skal ha det bra.")),
    SectionArea.PREVENT: (_lazy("Det vi gjør sammen"), _lazy("Dette gjør vi for at alle skal ha det bra.")),
    SectionArea.WHEEL: (_lazy("Gjennom året"), _lazy("Dette skjer på skolen i løpet av året.")),
    SectionArea.RESPOND: (_lazy("Når noen ikke har det bra"), _lazy("Da skal de voksne gjøre noe. Dette har de lovet.")),
}


@dataclass(frozen=True)
class PupilSection:
    """One part of the plan in a pupil's words, with what the plan says about it."""

    title: str
    intro: str
    lines: tuple[str, ...]


def for_pupils(content: PlanContent) -> list[PupilSection]:
    """Return the plan as a pupil reads it: what is done, grouped by what it means for her (PLN-06)."""
    lines: dict[tuple[str, str], list[str]] = {}
    for section, row in content.rows():
        words = PUPIL_WORDS.get(section.area)
        if words is not None and row.kind in {RowKind.TASK, RowKind.DUTY}:
            lines.setdefault((str(words[0]), str(words[1])), []).append(row.what)
    return [PupilSection(title, intro, tuple(dict.fromkeys(said))) for (title, intro), said in lines.items()]


@dataclass(frozen=True)
class VisibleAdult:
    """A role a pupil can go to, with the names of those who hold it when the school shows them."""

    role: str
    names: tuple[str, ...] = ()


def visible_adults(content: PlanContent, *, school_id: int, shows_names: bool) -> list[VisibleAdult]:
    """Return the roles of adults at the school the plan gives something to do, most often named first (ORG-15).

    Names only of those who hold a position at the school, and only when the school has said that they may be shown.
    """
    held: dict[str, list[str]] = {}
    for person, role in positions_at(school_id, today()) if shows_names else []:
        held.setdefault(str(role), []).append(str(person))
    found = [BY_CODE[code] for code in _adult_codes(content)]
    return [VisibleAdult(str(role.name), tuple(dict.fromkeys(held.get(role.standing, [])))) for role in found]


def _adult_codes(content: PlanContent) -> list[str]:
    named: dict[str, int] = {}
    for _section, row in content.rows():
        for code in row.everyone:
            named[code] = named.get(code, 0) + 1
    adults = [
        code for code in named if code in BY_CODE and not BY_CODE[code].is_body and not BY_CODE[code].is_outside and code not in NO_ADULTS
    ]
    return sorted(adults, key=lambda code: -named[code])


NO_ADULTS = frozenset(
    {"pupils", "guardians", "rights_pupil", "class_representative", "buddies", "wellbeing_pupils", "parent_contact", "everyone"}
)
