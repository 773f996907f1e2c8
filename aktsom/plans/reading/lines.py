"""Tables that lost their columns: a PDF copied to text, one line of a cell after the other.

The heading line says which columns there were and in which order. The lines are then divided into cells so that what names
roles lies under «ansvar», what says when under «når», and as little as possible is left over (dynamic programming).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from aktsom.plans.reading.cells import joined, when_cell, who_cell
from aktsom.plans.reading.columns import HOW, WHAT, WHEN, WHO, is_when, is_who, role_of_heading

LONGEST_LINE = 78  # characters; a line of a cell is shorter, a line of running text is longer
LONGEST_CELL = {WHAT: 50, WHEN: 6, WHO: 10, HOW: 60}
NEW_ROW = 3.0
INSIDE_LINE = 0.5  # what it costs that a cell begins in the middle of a line
_CAPITAL = re.compile(r"(?<=\S) (?=[A-ZÆØÅ«•])")
NOTHING = float("-inf")


def can_be_line(line: str) -> bool:
    """Return whether a line can belong to such a table: short, or with a time or a role as a piece of its own."""
    if len(line) <= LONGEST_LINE:
        return True
    pieces = _CAPITAL.split(line)
    return len(line) <= 2 * LONGEST_LINE and len(pieces) > 1 and any(is_when(piece) or is_who(piece) for piece in pieces)


def heading_of(line: str) -> list[str] | None:
    """Return the columns a line such as «Hva Når Hvordan Ansvar» names, or None when it is no such line."""
    words = line.split()
    if not 2 <= len(words) <= 6 or len(line) > LONGEST_LINE:
        return None
    roles = [role_of_heading(word) for word in words]
    if not all(roles) or len(set(roles)) < 2:
        return None
    if len(set(roles)) < len(roles):  # «Hvem Når Hvordan Ansvarlig»: the first who is what the row is about
        last_who = max(at for at, role in enumerate(roles) if role == WHO) if WHO in roles else -1
        roles = [WHAT if role == WHO and at != last_who else role for at, role in enumerate(roles)]
    if WHAT not in roles:
        roles[0] = WHAT
    return roles if len(set(roles)) == len(roles) and all(role in LONGEST_CELL for role in roles) else None


def rows_of(lines: Sequence[str], columns: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows the lines most likely were, as cells by what they hold. Every line is in exactly one cell."""
    pieces = [(piece, number == 0) for line in lines for number, piece in enumerate(_CAPITAL.split(line.strip())) if piece]
    if not pieces:
        return []
    texts = [piece for piece, _starts in pieces]
    count, width = len(texts), len(columns)
    best = [[NOTHING] * width for _ in range(count + 1)]
    came: list[list[tuple[int, int] | None]] = [[None] * width for _ in range(count + 1)]
    for end in range(1, count + 1):
        for column, role in enumerate(columns):
            for start in range(max(0, end - LONGEST_CELL[role]), end):
                before, source = _before(best, start, column, columns)
                if before == NOTHING:
                    continue
                score = before + _cell_score(tuple(texts[start:end]), role, texts[start - 1] if start else "", HOW in columns)
                score -= 0.0 if pieces[start][1] else INSIDE_LINE
                if score > best[end][column]:
                    best[end][column], came[end][column] = score, (start, source)
    rows = _traced(pieces, columns, best, came)
    return [_with_who(row) if WHO in columns else row for row in rows]


def _with_who(row: dict[str, str]) -> dict[str, str]:
    """Take the roles out of the middle of «hvordan» when nothing stands under who: a page turned in the middle of the row."""
    if WHO in row or HOW not in row:
        return row
    lines = row[HOW].split("\n")
    for length in (3, 2, 1):
        for start in range(1, len(lines) - length):  # with words both before and after
            if lines[start][:1].isupper() and is_who("\n".join(lines[start : start + length])):
                rest = [*lines[:start], *lines[start + length :]]
                return {**row, HOW: "\n".join(rest), WHO: "\n".join(lines[start : start + length])}
    return row


def _before(best: list[list[float]], start: int, column: int, columns: Sequence[str]) -> tuple[float, int]:
    """Return the best way to have ended at ``start`` so that ``column`` may come next, and in which column it ended."""
    if start == 0:
        return (0.0, -1) if column == 0 else (NOTHING, -1)
    options = []
    for earlier, role_before in enumerate(best[start]):
        if role_before == NOTHING:
            continue
        if column == 0:  # a new row; what was skipped at the end of the one before costs
            cost = sum(_missing(columns[at], columns) for at in range(earlier + 1, len(columns))) + NEW_ROW
        elif earlier < column:
            cost = sum(_missing(columns[at], columns) for at in range(earlier + 1, column))
        else:
            continue
        options.append((role_before - cost, earlier))
    return max(options) if options else (NOTHING, -1)


def _missing(role: str, columns: Sequence[str]) -> float:
    """What it costs that a row has nothing under a column; an empty «hvem» costs more when there is no «hvordan» beside it."""
    if role == WHO:
        return 2.0 if HOW in columns else 4.0
    return {WHEN: 1.2, HOW: 1.3}.get(role, 3.0)


@lru_cache(maxsize=50_000)
def _cell_score(lines: tuple[str, ...], role: str, line_before: str, has_how: bool) -> float:
    text = joined("\n".join(lines))
    score = _join_score(lines, line_before, role)
    who = who_cell(text) if len(lines) <= LONGEST_CELL[WHO] and len(text) < 160 else None
    when = when_cell(text) if len(lines) <= LONGEST_CELL[WHEN] and len(text) < 120 else None
    names, says_when = (
        who is not None and bool(who.roles) and not who.unmatched,
        when is not None and bool(when.timings) and not when.unread,
    )
    if role == WHO:
        return score + (5.0 if names else (-2.0 if who is not None and who.roles else (-6.0 if has_how else -2.5)))
    if role == WHEN:
        return score + (6.0 if says_when else -7.0)
    if role == HOW:
        return score + 0.6 - (1.5 if names else 0.0) - (3.0 if says_when else 0.0)
    return score + 1.0 - ((3.0 if len(lines) > 1 else 0.8) if names else 0.0) - (2.5 if says_when else 0.0) - 0.12 * max(0, len(lines) - 4)


def _join_score(lines: tuple[str, ...], line_before: str, role: str) -> float:
    """A cell begins with a capital or a mark; a line that ends in the middle goes on in the next."""
    first = lines[0].lstrip()
    score = 0.0
    if first[:1].islower() or first.startswith("("):
        score -= 1.5 if role == WHEN else 3.0
    if line_before.rstrip().endswith(("/", ",", "-", " og", " eller", " av", " for", " med", " på", " til", " fra", " hos", " i")):
        score -= 8.0
    for earlier, later in pairwise(lines):
        # A capital in the middle of a short cell is more likely the next one.
        if later[:1].isupper() and not earlier.rstrip().endswith((".", ":", "/", ",")) and role in {WHAT, WHEN}:
            score -= 0.8
    return score


def _traced(
    pieces: Sequence[tuple[str, bool]], columns: Sequence[str], best: list[list[float]], came: list[list[tuple[int, int] | None]]
) -> list[dict[str, str]]:
    end = len(pieces)
    closing = [
        best[end][at] - sum(_missing(columns[later], columns) for later in range(at + 1, len(columns))) for at in range(len(columns))
    ]
    column = closing.index(max(closing))
    rows: list[dict[str, str]] = [{}]
    while end > 0:
        step = came[end][column]
        if step is None:
            return []
        start, source = step
        rows[0][columns[column]] = _together(pieces[start:end])
        if column == 0 and start > 0:
            rows.insert(0, {})
        end, column = start, source
    return rows


def _together(pieces: Sequence[tuple[str, bool]]) -> str:
    text = pieces[0][0]
    for piece, starts_line in pieces[1:]:
        text += ("\n" if starts_line else " ") + piece
    return text
