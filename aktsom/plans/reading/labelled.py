"""Lines that say themselves what they hold: «Ansvar: rektor», «Når: uke 36», «Elevsamtaler (kontaktlærer, oktober)»."""

from __future__ import annotations

import re

from aktsom.plans.reading.columns import HOW, WHAT, WHEN, WHO, is_when, is_who

_WORDS = (
    (WHO, r"hovedansvar|ansvarlege?|ansvarlig|ansvarlige|ansvar|ansvarsperson|hvem|kven"),
    (WHEN, r"når|frist|tidsfrist|tidspunkt|tidsrom|periode|måned|månad|tid"),
    (HOW, r"hvordan|korleis|metode|gjennomføring|innhold|innhald|slik gjør vi(?: det)?|slik gjer vi(?: det)?|beskrivelse|skildring"),
    (WHAT, r"tiltak|aktivitet|oppgave|oppgåve|hva|kva"),
)
_ROLES = {f"r{number}": role for number, (role, _words) in enumerate(_WORDS)}
_LABEL = re.compile(
    r"(?:^|(?<=[\s.;,(]))(?:"
    + "|".join(f"(?P<r{number}>{words})" for number, (_role, words) in enumerate(_WORDS))
    + r")(?:\s+\d{1,2})?\s*:\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(r"^(?P<what>.{3,300}?)\s*\((?P<aside>[^()]{3,120})\)[.\s]*$", re.DOTALL)
_DASHED = re.compile(r"^(?P<what>[^–]{3,200}?)\s[–-]\s(?P<aside>[^–()]{3,80}?)[.\s]*$")  # «Skoleregler – kontaktlærer»
LONGEST = 2_000  # letters; a longer paragraph is running text
MARKS = "-–•▪*· \t"


def is_item(text: str) -> bool:
    """Return whether a paragraph is an item of a list."""
    return bool(re.match(r"(?:[-–•▪*·]|\d{1,2}[.)])\s", text))


def without_mark(text: str) -> str:
    """Return a paragraph without the mark of a list."""
    return re.sub(r"^(?:[-–•▪*·]|\d{1,2}[.)])\s+", "", text).strip()


def labelled(text: str) -> tuple[str, dict[str, str]]:
    """Return what stands before the first label, and what stands after each. Nothing, when there is no label."""
    if len(text) > LONGEST:
        return text, {}
    marks = list(_LABEL.finditer(text))
    cells: dict[str, str] = {}
    for number, mark in enumerate(marks):
        role = _ROLES[str(mark.lastgroup)]
        end = marks[number + 1].start() if number + 1 < len(marks) else len(text)
        said = text[mark.end() : end].strip().strip(";,–|(").strip()
        said = said.removesuffix(")") if said.count(")") > said.count("(") else said
        cells[role] = "\n".join(part for part in (cells.get(role, ""), said.removesuffix(".") if role in {WHO, WHEN} else said) if part)
    before = text[: marks[0].start()] if marks else text
    before = before.strip().strip(MARKS + "(|;,").strip()
    return before if ". " in before else before.removesuffix("."), cells


def _known(aside: str) -> dict[str, str]:
    return {WHEN: aside} if is_when(aside) else {WHO: aside} if is_who(aside) else {}


def with_aside(text: str) -> tuple[str, dict[str, str]]:
    """Return «Elevsamtaler» with who and when of «Elevsamtaler (kontaktlærer, oktober)». All of the aside must be known."""
    found = _TAIL.match(text) if len(text) <= LONGEST else None
    if found is None:
        found = _DASHED.match(text) if len(text) <= LONGEST else None
        return (found["what"].strip(), _known(found["aside"].strip())) if found and _known(found["aside"].strip()) else (text, {})
    aside = found["aside"].strip()
    cells: dict[str, str] = {}
    if is_when(aside):
        cells = {WHEN: aside}
    elif is_who(aside):
        cells = {WHO: aside}
    else:
        for piece in (part.strip() for part in re.split(r"[,;–]| - ", aside) if part.strip()):
            role = WHEN if is_when(piece) else WHO if is_who(piece) else ""
            if not role:
                return text, {}
            cells[role] = f"{cells[role]}, {piece}" if role in cells else piece
    return found["what"].strip(), cells
