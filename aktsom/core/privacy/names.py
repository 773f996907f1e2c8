"""Find the names of other people in a text, inflected and in part, before it leaves for the family (fact 32).

A finding is a reason for a person to look, never a decision: «Vår» is a name and a season.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# Genitive of names in Norwegian: -s, or an apostrophe after s, x and z; and -sin, -en as spoken («Jonassen», «ho Karien»).
ENDINGS = r"(?:s|'s|’s|'|’|en|a|ene)?"
SHORTEST = 3


@dataclass(frozen=True)
class NameFound:
    """Somebody's name stands in the text: whose, the words as written, and where (character position)."""

    name: str
    written: str
    position: int


def folded(text: str) -> str:
    """Return the text in lower case with letters in composed form, character by character as long as it was."""
    composed = unicodedata.normalize("NFC", text)
    lowered = composed.casefold()
    return lowered if len(lowered) == len(composed) else composed.lower()


def parts_of(name: str) -> list[str]:
    """Return the parts of a name to look for: every part of three letters or more, hyphenated parts on their own too."""
    pieces = re.split(r"[\s]+", folded(name).strip())
    parts = [piece for whole in pieces for piece in [whole, *whole.split("-")]]
    return [part for part in dict.fromkeys(parts) if len(part) >= SHORTEST]


def names_in(text: str, people: Iterable[str], *, own_names: Iterable[str] = ()) -> list[NameFound]:
    """Return where the names of ``people`` stand in ``text``, in order.

    Parts shared with ``own_names`` (the pupil and her own guardians) are not looked for alone, since they are the
    family's own; the full name of somebody else is found also then.
    """
    original = unicodedata.normalize("NFC", text)
    searched = folded(text)
    own = {part for name in own_names for part in parts_of(name)}
    found = [hit for name in people for hit in _hits(searched, original, name, own)]
    return sorted(set(found), key=lambda hit: (hit.position, hit.name))


def _hits(searched: str, original: str, name: str, own: set[str]) -> list[NameFound]:
    patterns = [re.escape(part) for part in parts_of(name) if part not in own]
    full = r"\s+".join(re.escape(piece) for piece in folded(name).split())
    if len(full) >= SHORTEST:
        patterns.append(full)
    if not patterns:
        return []
    pattern = rf"(?<!\w)(?:{'|'.join(sorted(patterns, key=len, reverse=True))}){ENDINGS}(?!\w)"
    return [NameFound(name, original[hit.start() : hit.end()], hit.start()) for hit in re.finditer(pattern, searched)]


def words_around(text: str, hit: NameFound, *, reach: int = 40) -> str:
    """Return the words around a name on one line, so that a person can judge it without opening the paper."""
    composed = unicodedata.normalize("NFC", text)
    first, last = max(0, hit.position - reach), hit.position + len(hit.written) + reach
    words = " ".join(composed[first:last].split())
    return f"{'…' if first else ''}{words}{'…' if last < len(composed) else ''}"
