"""A row that was read, as it is kept until somebody has looked: corrected, taken apart, put together. Plain values in and out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from aktsom.core.timing.yearly.expressions import Unset
from aktsom.plans.reading.cells import listed, times_of, when_cell, who_cell
from aktsom.plans.reading.recognised import LONGEST_WHAT, RecognisedRow, area_of, with_sub_items
from aktsom.plans.reading.tasks import MOST_TASKS, on_one_line, said_lines
from aktsom.plans.rules.content import PlanContent, Row, Section, SectionForm, as_plain, row_from
from aktsom.plans.rules.duty_roles import role_names

Kept = dict[str, Any]


@dataclass(frozen=True)
class TypedRow:
    """What stands in the fields of one row on the page. ``number`` is its place among the rows that were read."""

    number: int
    what: str
    who: str
    when: str
    is_taken: bool = True


def mark_of(rows: Sequence[Kept]) -> str:
    """Return a mark of the rows, other as soon as one of them is."""
    return sha256(json.dumps(list(rows), sort_keys=True).encode()).hexdigest()[:16]


def kept_row(found: RecognisedRow) -> Kept:
    """Return a row that was read as plain values."""
    return {
        "row": plain_row(found.row),
        "original": list(found.original),
        "section": found.section,
        "questions": list(found.questions),
        "is_whole": found.is_whole,
        "lines": list(found.lines),
        "is_left": not found.is_named,  # a row without words for what is done is not taken unless somebody says so
    }


def plain_row(row: Row) -> Kept:
    """Return one row as plain values."""
    found: Kept = as_plain(PlanContent("x", sections=(Section("x", "x", area_of(""), SectionForm.TABLE, rows=(row,)),)))
    plain: Kept = found["sections"][0]["rows"][0]
    return plain


def who_shown(row: Row) -> str:
    """Return the words of who that stand in the field."""
    return row.who_said or ", ".join(role_names(list(row.who)))


def corrected(row: Row, typed: TypedRow) -> Row:
    """Return the row with the person's own words; what was understood is read again only where she changed it."""
    if typed.who.strip() != who_shown(row):
        matched = who_cell(typed.who)
        row = replace(row, who=matched.roles, who_said=typed.who.strip() if matched.unmatched else "")
        row = replace(row, parts=tuple(replace(part, who=row.who) for part in row.parts))
    if typed.when.strip() != row.when_said:
        row = replace(row, when_said=typed.when.strip(), timings=times_of(typed.when) or (Unset(),))
        row = with_sub_items(row, [part.what for part in row.parts]) if row.parts else row
    return replace(row, what=on_one_line(typed.what)[:LONGEST_WHAT] or row.what)


def with_correction(kept: Kept, typed: TypedRow) -> Kept:
    """Return the row as it is kept, with what was typed. What is still not understood is asked about again."""
    before = row_from(kept["row"])
    row = corrected(before, typed)
    is_same = row == before and tuple(kept.get("lines", ())) in {(), said_lines(typed.what)}
    questions = list(kept["questions"]) if is_same else asked_of(row)
    lines = list(said_lines(typed.what))
    return {**kept, "row": plain_row(row), "questions": questions, "lines": lines, "is_whole": not questions, "is_left": not typed.is_taken}


def asked_of(row: Row) -> list[str]:
    """Return what a person must still look at in a row she has corrected."""
    unmatched, when = who_cell(row.who_said).unmatched, row.when_said
    asked = [_("Vi kjenner ikke rollen: %(words)s.") % {"words": ", ".join(unmatched)}] if unmatched else []
    times = [time for part in row.parts for time in part.timings] or list(row.timings)
    is_read = any(not isinstance(time, Unset) for time in times)
    unread = when_cell(when).unread or (() if is_read or not when else (when,))
    return asked + ([_("Vi forstår ikke tiden: %(words)s.") % {"words": ", ".join(unread)}] if unread else [])


def split(kept: Kept, keys: Iterable[str]) -> list[Kept]:
    """Return one row for each line of what is done. Times are shared out when there are as many; else each has the whole."""
    row, lines = row_from(kept["row"]), list(kept.get("lines", ()))
    if not 2 <= len(lines) <= MOST_TASKS:
        return [kept]
    taken, times = set(keys), when_cell(row.when_said)
    shares = len(times.phrases) == len(lines) and not times.unread
    made: list[Kept] = []
    for at, line in enumerate(lines):
        key = row.key if at == 0 else _free(slugify(line)[:40].strip("-") or "rad", taken)
        taken.add(key)
        one = replace(row, key=key, what=line[:LONGEST_WHAT])
        one = replace(one, when_said=times.phrases[at], timings=times.timings[at], parts=()) if shares else one
        asked = asked_of(one)
        made.append({**kept, "row": plain_row(one), "lines": [], "questions": asked, "is_whole": not asked})
    return made


def _free(base: str, taken: set[str]) -> str:
    return next(each for each in (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))) if each not in taken)


def joined_with(above: Kept, below: Kept) -> Kept:
    """Return two rows as one: everything that stood in either, once."""
    first, second = row_from(above["row"]), row_from(below["row"])
    lines = [*(above.get("lines") or [first.what]), *(below.get("lines") or [second.what])]
    unknown = _both(who_shown(first), who_shown(second), ", ") if first.who_said or second.who_said else ""  # then all of it is shown
    times = tuple(dict.fromkeys(each for each in (*first.timings, *second.timings) if not isinstance(each, Unset)))
    parts = first.parts + tuple(part for part in second.parts if part not in first.parts)
    row = replace(
        first,
        what=on_one_line("\n".join(lines))[:LONGEST_WHAT],
        how=_both(first.how, second.how, "\n"),
        who=tuple(dict.fromkeys((*first.who, *second.who))),
        who_said=unknown,
        when_said=_both(first.when_said, second.when_said, ", "),
        timings=times or (() if parts else (Unset(),)),
        parts=parts,
        per=first.per if first.per == second.per else Row.per,
        grades=first.grades if first.grades == second.grades else (),
    )
    asked = asked_of(row)
    original = list(dict.fromkeys([*above["original"], *below["original"]]))
    return {**above, "row": plain_row(row), "original": original, "lines": lines, "questions": asked, "is_whole": not asked}


def _both(first: str, second: str, between: str) -> str:
    return between.join(dict.fromkeys(part for part in (first, second) if part))


def items_below(row: Row) -> tuple[str, ...]:
    """Return the items of how it is done that can be sub-items."""
    found = listed(row.how) if not row.parts else []
    return tuple(found) if len(found) > 1 else ()


def as_sub_items(kept: Kept) -> Kept:
    """Return the row with the list of how it is done as sub-items; words before the list stay."""
    row = row_from(kept["row"])
    items = items_below(row)
    if not items:
        return kept
    first = next(at for at, line in enumerate(row.how.split("\n")) if listed(line))
    row = with_sub_items(replace(row, how="\n".join(row.how.split("\n")[:first])), items)
    return {**kept, "row": plain_row(row)}


def without_sub_items(kept: Kept) -> Kept:
    """Return the row with its sub-items as a list in how it is done."""
    row = row_from(kept["row"])
    how = "\n".join([row.how, *(f"- {part.what}" for part in row.parts)]).strip()
    times = tuple(dict.fromkeys(time for part in row.parts for time in part.timings))
    whole = replace(row, how=how, parts=(), timings=row.timings or times or (Unset(),))
    return {**kept, "row": plain_row(whole), "questions": asked_of(whole)}


def rearranged(rows: Sequence[Kept], deed: str, number: int) -> list[Kept]:
    """Return the rows after one of them was split, joined with the one above, or had its sub-items made or unmade."""
    if not 0 <= number < len(rows):
        return list(rows)
    before, one, after = list(rows[:number]), rows[number], list(rows[number + 1 :])
    if deed == "split":
        return [*before, *split(one, [each["row"]["key"] for each in rows]), *after]
    if deed == "join" and before:
        return [*before[:-1], joined_with(before[-1], one), *after]
    changed = {"parts": as_sub_items, "whole": without_sub_items}.get(deed)
    return [*before, changed(one) if changed else one, *after]
