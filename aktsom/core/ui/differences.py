"""Hold two texts up against each other, word by word, and put them together without losing anything of either."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 4000  # longer texts are compared line by line


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and whether it stands in this one only."""

    text: str
    is_own: bool


def pieces(text: str, other: str) -> list[Piece]:
    """Return ``text`` in stretches, those that ``other`` does not have marked; joined they are the text again."""
    own, others = _units(text), _units(other)
    matcher = SequenceMatcher(None, own, others, autojunk=False)
    found = [
        Piece("".join(own[first:last]), kind != "equal") for kind, first, last, _start, _end in matcher.get_opcodes() if own[first:last]
    ]
    return _joined(found)


def together(standing: str, mine: str) -> str:
    """Return both texts in one: what they share once, and every line of each. Where they differ, the standing one is first."""
    first, second = _plain(standing).split("\n"), _plain(mine).split("\n")
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    lines: list[str] = []
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        lines += first[start:end]
        lines += [] if kind == "equal" else second[other_start:other_end]
    return "\n".join(lines).strip("\n")


def is_same(one: str, other: str) -> bool:
    """Return whether two texts are alike but for how lines end and what stands around them."""
    return _plain(one).strip() == _plain(other).strip()


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _units(text: str) -> list[str]:
    words = re.findall(r"\S+\s*|\s+", _plain(text))
    return words if len(words) <= MOST_WORDS else _plain(text).splitlines(keepends=True)


def _joined(found: list[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in found:
        if joined and joined[-1].is_own == piece.is_own:
            piece = Piece(joined.pop().text + piece.text, piece.is_own)
        joined.append(piece)
    return joined
