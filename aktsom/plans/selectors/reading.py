"""What was read from a school's own plan, row by row beside the original, with what a person must look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from aktsom.core.timing.yearly import say
from aktsom.plans.models import PlanReading
from aktsom.plans.reading.cells import times_of, who_cell
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


def reading_page(reading: PlanReading, posted: Mapping[str, str] | None = None) -> ReadingPage:
    """Return the page, with what the person typed where she has typed."""
    rows: list[ReadRow] = []
    section = ""
    for number, kept in enumerate(reading.rows):
        rows.append(_row(number, kept, section, posted))
        section = kept["section"]
    whole = sum(kept["is_whole"] and not row.questions for kept, row in zip(reading.rows, rows, strict=True))
    return ReadingPage(rows, whole, _texts(reading.unread, posted))


def _texts(unread: list[Any], posted: Mapping[str, str] | None) -> list[ReadText]:
    """Return the pieces of text. What was read before they had headings is a text alone."""
    found: list[ReadText] = []
    for number, kept in enumerate(unread):
        text, heading = (kept["text"], kept["heading"]) if isinstance(kept, dict) else (str(kept), "")
        is_first = heading != (found[-1].heading if found else "")
        found.append(ReadText(number, text, heading, is_first, posted is not None and f"text-{number}" in posted))
    return found


def _row(number: int, kept: Mapping[str, Any], section: str, posted: Mapping[str, str] | None) -> ReadRow:
    row = row_from(kept["row"])
    names = ", ".join(role_names(list(row.who)))
    what, who, when = row.what, row.who_said or names, row.when_said
    questions = tuple(kept["questions"])
    understood_who, timings = names, row.timings
    if posted is not None:
        what, who, when = (str(posted.get(f"{name}-{number}", "")).strip() for name in ("what", "who", "when"))
        matched = who_cell(who)
        understood_who = ", ".join(role_names(list(matched.roles)))
        timings = timings if when == row.when_said else times_of(when)
        questions = _asked(matched.unmatched, when, bool(timings))
    return ReadRow(
        number=number,
        section=str(kept["section"]),
        is_first_of_section=kept["section"] != section,
        original=tuple(cell for cell in kept["original"] if str(cell).strip()),
        what=what,
        who=who,
        when=when,
        understood_who=understood_who,
        understood_when="; ".join(say(timing) for timing in timings) if when else "",
        questions=questions,
        is_chosen=posted is None or f"take-{number}" in posted,
        parts=tuple((part.what, "; ".join(say(timing) for timing in part.timings)) for part in row.parts),
    )


def _asked(unmatched: tuple[str, ...], when: str, is_understood: bool) -> tuple[str, ...]:
    asked = [_("Vi kjenner ikke rollen: %(words)s.") % {"words": ", ".join(unmatched)}] if unmatched else []
    return tuple(asked + ([_("Vi forstår ikke tiden: %(words)s.") % {"words": when}] if when and not is_understood else []))
