"""Words of plans in nynorsk as they are in bokmål, so that roles and times are known again. What is shown stays as it was written."""

from __future__ import annotations

import re

WORDS = {
    # Roles
    "avdelingsleiar": "avdelingsleder", "avdelingsleiarar": "avdelingsledere", "avdelingsleiarane": "avdelingslederne",
    "assisterande": "assisterende", "elevrådskontakten": "elevrådskontakt", "faglærar": "faglærer", "faglærarar": "faglærere",
    "faglærarane": "faglærere", "føresette": "foresatte", "føresett": "foresatt", "helsesjukepleiar": "helsesykepleier",
    "helsesjukepleiaren": "helsesykepleier", "inspektørane": "inspektører", "kontaktlærar": "kontaktlærer", "kontaktlærarane": "kontaktlærere",
    "kontaktlæraren": "kontaktlærer", "kontaktlærarar": "kontaktlærere", "leiinga": "ledelsen", "leiing": "ledelse", "lærarane": "lærere",
    "lærar": "lærer", "lærarar": "lærere", "miljøarbeidar": "miljøarbeider", "miljøarbeidarar": "miljøarbeidere", "miljøarbeidaren": "miljøarbeider",
    "miljøterapeutane": "miljøterapeuter", "rådgjevar": "rådgiver", "rådgjevaren": "rådgiver", "rådgjevarar": "rådgivere",
    "rådgjevarane": "rådgivere", "sfo-leiar": "sfo-leder", "skuleleiinga": "skoleledelsen", "skuleeigar": "skoleeier", "sosiallærar": "sosiallærer",
    "sosiallæraren": "sosiallærer", "tilsette": "ansatte", "trinnleiar": "trinnleder", "trinnleiarar": "trinnledere", "vaksne": "voksne",
    "skuleutval": "skoleutvalg", "skulemiljøutvalet": "skolemiljøutvalget", "samarbeidsutvalet": "samarbeidsutvalget",
    # Times
    "haust": "høst", "hausten": "høsten", "haustferien": "høstferien", "haustferie": "høstferie", "veke": "uke", "veker": "uker", "veka": "uke",
    "vekene": "ukene", "kvar": "hver", "kvart": "hvert", "annakvar": "annenhver", "annankvar": "annenhver", "månad": "måned", "månaden": "måneden",
    "månader": "måneder", "månadleg": "månedlig", "vekentleg": "ukentlig", "dagleg": "daglig", "årleg": "årlig", "jamleg": "jevnlig",
    "jamnleg": "jevnlig", "heile": "hele", "skulestart": "skolestart", "skuleår": "skoleår", "skuleåret": "skoleåret",
    "skuleslutt": "skoleslutt", "skuledag": "skoledag", "skuleveke": "skoleuke", "skuleveka": "skoleuka", "fyrste": "første", "byrjinga": "starten",
    "byrjing": "starten", "byrjar": "begynner", "gonger": "ganger", "gong": "gang", "ein": "en", "eit": "et", "ei": "en",
    "eitt": "ett", "innan": "innen", "seinast": "senest",
    "kontinuerleg": "kontinuerlig", "fortløpande": "fortløpende", "planleggingsdagar": "planleggingsdager", "planleggingsdagane": "planleggingsdagene",

    "jol": "jul", "elevane": "elevene", "frå": "fra", "kjem": "kommer",
    "sommarferien": "sommerferien", "sumaren": "sommeren",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


# Ways of saying a time that mean just what another way means.
_SAME = (
    (re.compile(r"første (?:uken?|uka) etter skolestart", re.IGNORECASE), "første skoleuke"),
    (re.compile(r"(?:på|i) planleggingsdagene", re.IGNORECASE), "planleggingsdager"),
    (re.compile(r"\b(?:man|tirs|ons|tors|fre)dag(?:en)? (?=\d{1,2}\. ?[a-z])", re.IGNORECASE), ""),
)


def in_bokmal(text: str) -> str:
    """Return the text with the words of plans that differ put into bokmål; a capital stays a capital."""
    said = _WORD.sub(_turned, text)
    for pattern, same in _SAME:
        said = pattern.sub(same, said)
    return said


def _turned(found: re.Match[str]) -> str:
    word = found[0]
    other = WORDS.get(word.casefold(), word)
    return other[:1].upper() + other[1:] if word[:1].isupper() else other
