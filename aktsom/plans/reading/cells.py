"""What stands in one cell: the roles in «Kontaktlærer Rektor», the times in «Første skoleuke i august Før skolestart»."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from aktsom.core.timing.yearly import Timing, understand
from aktsom.core.timing.yearly.expressions import Unset
from aktsom.plans.reading.nynorsk import in_bokmal
from aktsom.plans.rules.duty_roles import DUTY_ROLES, roles_in

MOST_WORDS = 60
_CLAUSE = re.compile(r"\s*(?:,|\bog\b)?\s*\bsom (?:oppdager|får|har fått|ser|mistenker|blir)\b.*$", re.IGNORECASE)
_EACH = re.compile(r"\b(?:alle|samtlige|hver|kvar) (?=\w*lær[ea]r)", re.IGNORECASE)  # «alle lærere» are not all who work there
_ASIDE = re.compile(r"\([^()]{10,}\)")
_DIVIDED = re.compile(r"(?<=[a-zæøå])- (?=[a-zæøå])")
_GRADES = r"\d{1,2}\.?(?:\s*(?:[-–,]|og)\s*\d{1,2}\.?){0,4}\s*(?:trinn|klasse|kl\b)"
_WHERE = re.compile(rf"\s+(?:(?:på|i|for)\s+(?:{_GRADES}|trinnet|klassen|skolen)|{_GRADES})\b\.?", re.IGNORECASE)
_BEGINS_A_TIME = re.compile(
    r"(?:i|innen|innan|før|hver|kvar|hvert|kvart|uke|veke|(?:\d{1,2}|én|en|ein|to|tre|fire) g[ao]ng\w*)\b", re.IGNORECASE
)
_ROUGHLY = re.compile(r"^\s*(?:ca\.?|cirka|omtrent|rundt)\s+|\s*\([^()]{1,60}\)\s*$", re.IGNORECASE)
NEAR = 0.88  # how like a known word a misspelt one must be; a choice of ours, and always shown to a person
_NAMES = {str(role.name).casefold(): role.code for role in DUTY_ROLES}
_NAMES |= {
    "elevrådsstyret": "council_board",
    "elevtjenesten": "pupil_services",
    "elevtjeneste": "pupil_services",
    "kontaktlærere": "contact_teacher",
}


@dataclass(frozen=True)
class WhoCell:
    """Roles in order, the words nobody was found for, and whether a misspelt word was read as the nearest known."""

    roles: tuple[str, ...]
    unmatched: tuple[str, ...]
    is_certain: bool


@dataclass(frozen=True)
class WhenCell:
    """Times in order with the phrase of each, and what was not understood."""

    phrases: tuple[str, ...]
    timings: tuple[tuple[Timing, ...], ...]
    unread: tuple[str, ...]
    is_certain: bool


def lines_of(cell: str) -> list[str]:
    """Return the lines of a cell, list marks taken off."""
    return [line.lstrip("-•▪* ").strip() for line in cell.split("\n") if line.strip("-•▪* ")]


def listed(cell: str) -> list[str]:
    """Return the list items of a cell, or nothing when it is running text."""
    items: list[str] = []
    for line in cell.split("\n"):
        if line.lstrip().startswith(("- ", "• ", "▪ ", "* ")):
            items.append(line.lstrip("-•▪* ").strip())
        elif items and line.strip():
            items[-1] += " " + line.strip()
    return [item for item in items if item]


@lru_cache(maxsize=4096)
def who_cell(cell: str) -> WhoCell:
    """Return who a cell names, in bokmål or nynorsk. What is not known is returned as it stands."""
    found = _who(cell)
    if found.is_certain and not found.unmatched:
        return found
    other = _who(in_bokmal(cell))
    if not other.unmatched and (other.is_certain or found.unmatched):
        return other
    without = _WHERE.sub("", in_bokmal(cell))  # «kontaktlærere på 5. trinn»: the role, and a person looks at the rest
    near = _who(without) if found.unmatched and without != cell else found
    return WhoCell(near.roles, (), False) if near.roles and not near.unmatched else found


def _who(cell: str) -> WhoCell:
    text = _EACH.sub("", _CLAUSE.sub("", joined(cell)))
    text = _ASIDE.sub(" ", text) if _ASIDE.sub("", text).strip() else text
    if not text.strip(" -–."):
        return WhoCell((), (), True)
    found = roles_in(text)
    if found.roles and not found.unmatched:
        return WhoCell(found.roles, (), True)
    roles: list[str] = []
    unknown: list[str] = []
    certain = True
    for piece in [*found.unmatched]:
        parts = _partition(piece.split(), lambda part: bool(roles_in(part).roles) and not roles_in(part).unmatched)
        near = get_close_matches(piece, list(_NAMES), n=1, cutoff=NEAR)
        if parts:
            roles += [code for part in parts for code in roles_in(part).roles]
        elif near:
            roles.append(_NAMES[near[0]])
            certain = False
        else:
            near_parts = _partition(piece.split(), lambda part: _known_or_near(part))
            roles += [code for part in near_parts or [] for code in _codes(part)]
            unknown += [] if near_parts else [piece]
            certain = certain and not near_parts
    return WhoCell(tuple(dict.fromkeys([*found.roles, *roles])), tuple(unknown), certain)


def _known_or_near(part: str) -> bool:
    return bool(_codes(part))


def _codes(part: str) -> tuple[str, ...]:
    found = roles_in(part)
    if found.roles and not found.unmatched:
        return found.roles
    near = get_close_matches(part, list(_NAMES), n=1, cutoff=NEAR)
    return (_NAMES[near[0]],) if near else ()


@lru_cache(maxsize=4096)
def when_cell(cell: str) -> WhenCell:
    """Return the times of a cell, in bokmål or nynorsk. The phrases stand as they were written where nothing had to be taken apart."""
    found = _when(cell)
    if not found.unread:
        return found
    other = _when(in_bokmal(cell))
    if not other.unread:
        return other
    without = _ROUGHLY.sub("", in_bokmal(cell)).strip()  # «ca. uke 40 (før høstferien)»: the time, and a person looks at the rest
    near = _when(without) if without != cell else found
    return (
        WhenCell((joined(cell),), (tuple(one for group in near.timings for one in group),), (), False)
        if near.timings and not near.unread
        else found
    )


def time_at_end(text: str) -> str:
    """Return the time a text ends with, as «i november» of «Foreldrekaffe i november»; nothing when no certain time stands there."""
    words = text.rstrip(". ").split()
    for count in range(min(6, len(words) - 1), 0, -1):
        tail = " ".join(words[-count:])
        if _BEGINS_A_TIME.match(tail) and _is_certain_time(tail):
            return tail
    return ""


def _is_certain_time(text: str) -> bool:
    found = when_cell(text)
    return found.is_certain and not found.unread and any(not isinstance(time, Unset) for group in found.timings for time in group)


def times_of(text: str) -> tuple[Timing, ...]:
    """Return every time a text names, each once; none when something in it is not understood."""
    found = when_cell(text)
    return () if found.unread else tuple(dict.fromkeys(one for group in found.timings for one in group))


def _when(cell: str) -> WhenCell:
    """A cell of several times without anything between is taken apart where a capital begins."""
    text = joined(cell)
    if not text.strip(" -–."):
        return WhenCell((), (), (), True)
    whole = understand(text)
    if whole.is_understood:
        return WhenCell((text,), (whole.timings,), (), whole.is_certain)
    lines = lines_of(cell)
    pieces = lines if len(lines) > 1 and all(understand(line).is_understood for line in lines) else _capital_pieces(text)
    if pieces is None:
        known = [line for line in lines if understand(line).is_understood]
        unread = [line for line in lines if not understand(line).is_understood]
        return WhenCell(tuple(known), tuple(understand(line).timings for line in known), tuple(unread), False)
    read = [understand(piece) for piece in pieces]
    return WhenCell(tuple(pieces), tuple(one.timings for one in read), (), all(one.is_certain for one in read))


def _capital_pieces(text: str) -> list[str] | None:
    """Return the text taken apart before words with a capital, so that every piece is a time; None when it cannot be."""
    words = text.split()
    starts = {at for at, word in enumerate(words) if word[:1].isupper()}
    return _partition(words, lambda part: understand(part).is_understood, starts=starts)


def _partition(words: Sequence[str], fits: Callable[[str], bool], *, starts: set[int] | None = None) -> list[str] | None:
    """Return the words in as few pieces as possible, each of which fits; None when there is no such way."""
    if not words or len(words) > MOST_WORDS:
        return None
    best: list[list[str] | None] = [[]] + [None] * len(words)
    for end in range(1, len(words) + 1):
        for start in range(max(0, end - 14), end):
            before = best[start]
            if before is None or (starts is not None and start and start not in starts):
                continue
            piece = " ".join(words[start:end])
            shorter = best[end]
            if (shorter is None or len(before) + 1 < len(shorter)) and fits(piece):
                best[end] = [*before, piece]
    return best[len(words)]


def joined(cell: str) -> str:
    """Return a cell on one line: a word divided over two lines is put together, and a slash takes no space."""
    text = ""
    for line in (part.strip() for part in cell.split("\n")):
        if not line:
            continue
        if text.endswith("-") and line[:1].islower() and not text.endswith(" -"):
            text = text[:-1] + line
        elif text.endswith("/"):
            text += line
        else:
            text = f"{text} {line}" if text else line
    return _DIVIDED.sub(_mended, text)


def _mended(found: re.Match[str]) -> str:
    """A word divided at a line's end; «fag- og kontaktlærer» keeps its hyphen."""
    rest = found.string[found.end() :]
    return "- " if re.match(r"(?:og|eller|til)\b", rest) else ""
