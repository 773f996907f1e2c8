"""What no row was made of, as pieces a person can choose one by one: list items and paragraphs, under the heading above them.

A PDF pasted as text has its lines cut; they are put together again. Nothing is written that did not stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aktsom.plans.reading.labelled import is_item, without_mark

LONGEST = 2_000  # letters in one piece
LONGEST_HEADING = 70
CUT_LINE = 45  # letters; a line that was cut by the page is at least so long
_ENDED = (".", "!", "?", ":", ";")
_PAGE = re.compile(r"(?:side\s*)?\d{1,3}(?:\s*(?:av|/)\s*\d{1,3})?", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """One piece of text, the heading it stood below, and whether it was an item of a list."""

    text: str
    heading: str = ""
    is_item: bool = False


@dataclass
class _Open:
    text: str
    heading: str
    is_item: bool
    last: str  # the last line, as it stood


def pieces_of(lines: Iterable[tuple[str, bool]]) -> list[Piece]:
    """Return the pieces of (line, whether it is known to be a heading). Page numbers and empty lines are no pieces."""
    return [Piece(made.text, made.heading, made.is_item) for made in _opened(lines)]


def _opened(lines: Iterable[tuple[str, bool]]) -> Iterator[_Open]:
    heading, now = "", None
    kept = [(line.strip(), known) for line, known in lines if line.strip() and not _PAGE.fullmatch(line.strip())]
    for at, (line, known) in enumerate(kept):
        after = kept[at + 1][0] if at + 1 < len(kept) else ""
        if known or _looks_like_heading(line, now, after):
            if now:
                yield now
            heading, now = line.strip(":"), None
        elif now is not None and _goes_on(now, line):
            now.text, now.last = f"{now.text} {line}", line
        else:
            if now:
                yield now
            now = _Open(without_mark(line), heading, is_item(line), line)
    if now:
        yield now


def _goes_on(now: _Open, line: str) -> bool:
    """Return whether a line is more of the same: it begins in the middle, or the line before was cut."""
    if is_item(line) or len(now.text) + len(line) > LONGEST:
        return False
    return line[:1].islower() or (not now.is_item and len(now.last) >= CUT_LINE and not now.last.endswith(_ENDED))


def _looks_like_heading(line: str, now: _Open | None, after: str) -> bool:
    """Return whether a line of pasted text is a heading: short, begins with a capital, ends in nothing, and stands by itself."""
    if len(line) > LONGEST_HEADING or line.endswith((".", ",", ";", "!", "?")) or is_item(line) or not after:
        return False
    is_alone = now is None or now.is_item or now.text.endswith(_ENDED)
    return is_alone and line[:1].isupper() and len(line.split()) <= 9 and not after[:1].islower()
