"""What was read from a school's own plan, row by row beside the original, with what a person must look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aktsom.core.access.actor import Actor
from aktsom.core.timing.yearly import say
from aktsom.core.timing.yearly.expressions import Unset
from aktsom.plans.access import readings_visible_to
from aktsom.plans.models import PlanReading
from aktsom.plans.reading.kept import TypedRow, items_below, mark_of, with_correction
from aktsom.plans.rules.content import row_from
from aktsom.plans.rules.duty_roles import role_names


@dataclass(frozen=True)
class ReadRow:
    """One row: the original cells, what was understood, and the words a person may correct."""

    number: int
    section: str
    is_first_of_section: bool
    original: tuple[str, ...]
    what: str
    who: str
    when: str
    understood_who: str
    understood_when: str
    questions: tuple[str, ...]
    is_chosen: bool
    parts: tuple[tuple[str, str], ...] = ()
    how: str = ""
    lines: int = 0  # of what is done, when they may be separate things
    can_join: bool = False
    can_have_parts: bool = False


@dataclass(frozen=True)
class ReadText:
    """A piece of text no row was made of, as it stood; it may be taken as text."""

    number: int
    text: str
    heading: str
    is_first_of_heading: bool
    is_chosen: bool


@dataclass(frozen=True)
class ReadingPage:
    """The rows, how many are whole, and the text that stood outside tables."""

    rows: list[ReadRow]
    whole: int
    unread: list[ReadText]
    seen: str
    title: str


def reading_page(reading: PlanReading, posted: Mapping[str, str] | None = None) -> ReadingPage:
    """Return the page, with what the person typed where she has typed."""
    rows: list[ReadRow] = []
    section = ""
    for number, kept in enumerate(reading.rows):
        rows.append(_row(number, kept, section, posted))
        section = kept["section"]
    whole = sum(kept["is_whole"] and not row.questions for kept, row in zip(reading.rows, rows, strict=True))
    title = str(posted.get("title", "")) if posted is not None else reading.title
    return ReadingPage(rows, whole, _texts(reading.unread, posted), mark_of(reading.rows), title)


def open_readings(actor: Actor, *, school: Any) -> list[PlanReading]:
    """Return what was read and not yet taken, the latest first."""
    return list(readings_visible_to(actor).filter(school=school, taken_at=None).defer("rows", "unread")[:5])


def _texts(unread: list[Any], posted: Mapping[str, str] | None) -> list[ReadText]:
    """Return the pieces of text. What was read before they had headings is a text alone."""
    found: list[ReadText] = []
    for number, kept in enumerate(unread):
        text, heading = (kept["text"], kept["heading"]) if isinstance(kept, dict) else (str(kept), "")
        is_first = heading != (found[-1].heading if found else "")
        is_taken = f"text-{number}" in posted if posted is not None else isinstance(kept, dict) and bool(kept.get("is_taken"))
        found.append(ReadText(number, text, heading, is_first, is_taken))
    return found


def _row(number: int, kept: Mapping[str, Any], section: str, posted: Mapping[str, str] | None) -> ReadRow:
    if posted is not None:
        what, who, when = (str(posted.get(f"{name}-{number}", "")).strip() for name in ("what", "who", "when"))
        kept = with_correction(dict(kept), TypedRow(number, what, who, when, f"take-{number}" in posted))
    row = row_from(kept["row"])
    names = ", ".join(role_names(list(row.who)))
    lines = kept.get("lines", ())
    return ReadRow(
        number=number,
        section=str(kept["section"]),
        is_first_of_section=kept["section"] != section,
        original=tuple(cell for cell in kept["original"] if str(cell).strip()),
        what="\n".join(lines) or row.what,
        who=row.who_said or names,
        when=row.when_said,
        understood_who=names,
        understood_when="; ".join(say(timing) for timing in row.timings if not isinstance(timing, Unset)) if row.when_said else "",
        questions=tuple(kept["questions"]),
        is_chosen=not kept.get("is_left"),
        parts=tuple((part.what, "; ".join(say(timing) for timing in part.timings)) for part in row.parts),
        how=row.how,
        lines=len(lines),
        can_join=number > 0 and kept["section"] == section,
        can_have_parts=bool(items_below(row)),
    )
