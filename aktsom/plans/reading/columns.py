"""What each column of a table holds, from its heading, or from what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aktsom.core.timing.yearly import understand
from aktsom.plans.reading.cells import who_cell
from aktsom.plans.reading.nynorsk import in_bokmal

WHAT, HOW, WHO, WHEN, DONE, OTHER = "what", "how", "who", "when", "done", "other"
_WORDS = (
    (DONE, r"gjennomført|utført|status|kryss|ok|sign\.?|kvittering"),
    (
        WHEN,
        r"når|frist|tid|tidspunkt|månad|tidsrom|gjennomføring\W*når|dato|periode|måned|mnd\.?|tidsfrist|når\?|tidsramme|tidsplan|tidsperiode",
    ),
    (
        WHO,
        r"ansvarspersoner|gjennomføringsansvarlig|hovedansvarlig|ansvar|ansvarlig|ansvarlige|ansvarleg|ansvarlege|kven|kven har ansvar|kven gjer kva|hvem|hvem har ansvar|ansvarsperson|hvem gjør hva|deltakere|deltakarar|rolle|pådriver|pådrivar|ansv\.?|gjennomføres av|gjennomførast av|utføres av|leiar|leder",
    ),
    (
        HOW,
        r"hvordan|korleis|innhald|skildring|slik gjer vi det|slik|metode|gjennomføring|innhold|beskrivelse|slik gjør vi det|arbeidsmåte|utdyping|kommentar|hvordan\?|framgangsmåte",
    ),
    (
        WHAT,
        r"hva|kva|kva skal gjerast|oppgåve|aktivitetar|hending|tiltak|aktivitet|oppgaver?|oppgåver|gjøremål|gjeremål|handlingar?|handlinger|tema|punkt|mål|hva\?|aktiviteter|tiltak ?/ ?aktivitet|hva skal gjøres|område",
    ),
)
_PATTERNS = tuple((role, re.compile(rf"(?:{words})\b[\s:?]*")) for role, words in _WORDS)
_NUMBER = re.compile(r"\d{1,3}[.)]?")
_GRADES = re.compile(r"(?:vg\s?([123])|(\d{1,2})\.?\s*(?:trinn|klasse))", re.IGNORECASE)


def role_of_heading(text: str) -> str:
    """Return what a column heading says the column holds, or an empty string."""
    said = " ".join(text.casefold().split())
    if said in {"uke", "veke", "uker", "veker"}:  # but «uke 34» is a time, and no heading
        return WHEN
    if said in {"nr", "nr.", "pkt", "pkt.", "#"}:  # but «nr. og tiltak» says what is done
        return DONE
    return next((role for role, pattern in _PATTERNS if pattern.fullmatch(said)), "") or next(
        (role for role, pattern in _PATTERNS if pattern.match(said) and len(said) < 40), ""
    )


def header_roles(row: Sequence[str]) -> list[str] | None:
    """Return what each column holds when the row is a heading row, else None. Two different meanings are needed to be one."""
    roles = _without_those_who_come([role_of_heading(cell) for cell in row], row)
    if len({role for role in roles if role} - {DONE, OTHER}) < 2 or any(len(cell) > 60 for cell in row):
        return None
    return _settled(_with_one_what(roles, row))


_COMES = re.compile(r"deltakere|deltakarar|hvem deltar|kven deltek|rolle")


def _without_those_who_come(roles: list[str], row: Sequence[str]) -> list[str]:
    """«Pådriver | Deltakere»: the one who sees to it is responsible; those who come go with how."""
    who = [at for at, role in enumerate(roles) if role == WHO]
    come = {at for at in who if _COMES.match(row[at].strip().casefold())}
    return [OTHER if at in come and len(come) < len(who) else role for at, role in enumerate(roles)]


_DEED = re.compile(r"tiltak|aktivitet|oppgave|oppgåve|hva|kva|handling|hending")


def _with_one_what(roles: list[str], row: Sequence[str]) -> list[str]:
    """«Mål | Tiltak»: what is done is the measure, and the aim goes with how."""
    places = [at for at, role in enumerate(roles) if role == WHAT]
    deeds = [at for at in places if _DEED.match(row[at].strip().casefold())]
    return [OTHER if deeds and at in places and at != deeds[0] else role for at, role in enumerate(roles)]


def _settled(roles: list[str]) -> list[str]:
    """Let each meaning stand once: «Hvem, Når, Hvordan, Ansvarlig» has two who; the later is who, the first is what."""
    for role in (WHO, HOW, WHEN, WHAT):
        places = [at for at, each in enumerate(roles) if each == role]
        for at in places[:-1] if role == WHO else places[1:]:
            roles[at] = WHAT if role == WHO and WHAT not in roles else OTHER
    if WHAT not in roles:
        free = next((at for at, role in enumerate(roles) if role in {"", OTHER}), None)
        free = free if free is not None else next((at for at, role in enumerate(roles) if role == HOW), 0)
        roles[free] = WHAT
    return [role or OTHER for role in roles]


def grades_of_heading(row: Sequence[str]) -> list[int | None] | None:
    """Return the grade of each column («VG1 | VG2 | VG3», «1. trinn …»), or None when it is no such heading."""
    found = [_GRADES.search(cell) for cell in row]
    grades = [(int(one[1]) + 10 if one[1] else int(one[2])) if one else None for one in found]
    return grades if sum(grade is not None for grade in grades) >= 2 else None


def guessed_roles(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return what each column most likely holds when the table has no heading: by how many cells are roles or times."""
    width = max((len(row) for row in rows), default=0)
    cells = [[row[at] for row in rows if at < len(row) and row[at].strip()] for at in range(width)]
    who = [_share(column, is_who) for column in cells]
    when = [_share(column, is_when) for column in cells]
    roles = [DONE if column and all(_NUMBER.fullmatch(cell.strip()) for cell in column) else "" for column in cells]
    if who and max(who) >= 0.5:
        roles[who.index(max(who))] = WHO
    if when and max(when) >= 0.5:
        at = when.index(max(when))
        roles[at] = roles[at] or WHEN
    free = [at for at, role in enumerate(roles) if not role]
    for at, role in zip(free, (WHAT, HOW), strict=False):
        roles[at] = role
    return [role or OTHER for role in roles]


def _share(column: Sequence[str], fits: object) -> float:
    return sum(fits(cell) for cell in column) / len(column) if column else 0.0  # type: ignore[operator]


def is_who(text: str) -> bool:
    """Return whether the whole text names roles and nothing else, misspelt ones too."""
    found = who_cell(text)
    return bool(found.roles) and not found.unmatched


def is_when(text: str) -> bool:
    """Return whether the whole text is a time, or every line of it is."""
    if not text.strip():
        return False
    said = in_bokmal(text)
    lines = [line.removeprefix("- ") for line in said.split("\n") if line.strip()]
    return understand(" ".join(lines)).is_understood or all(understand(line).is_understood for line in lines)
