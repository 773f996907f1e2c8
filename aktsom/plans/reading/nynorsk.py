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
    (re.compile(r"\bv(?:/ ?behov\b|\. ?b\.)", re.IGNORECASE), "ved behov"),
    (re.compile(r"\bv\.? ?(?=\d{1,2}\b)", re.IGNORECASE), "uke "),  # «v. 34», as on a calendar
    (re.compile(r"\bk(?:o|ont)\. ?lærer", re.IGNORECASE), "kontaktlærer"),
    (re.compile(r"\bkontaktl\.(?!\w)", re.IGNORECASE), "kontaktlærer"),
    (re.compile(r"\bhelsesykepl\.(?!\w)|\bhelsesjukepl\.(?!\w)", re.IGNORECASE), "helsesykepleier"),
    (re.compile(r"\binsp\.(?!\w)", re.IGNORECASE), "inspektør"),
    (re.compile(r"\bmiljøarb\.(?!\w)", re.IGNORECASE), "miljøarbeider"),
    (re.compile(r"\bhver dag\b", re.IGNORECASE), "daglig"),
    (re.compile(r"\b1 ?x (?=pr|per|i\b)", re.IGNORECASE), "1 gang "),
    (re.compile(r"\b(\d) ?x (?=pr|per|i\b)", re.IGNORECASE), r"\1 ganger "),
    (re.compile(r"\bpr (?=uke|måned|år)", re.IGNORECASE), "pr. "),
    (re.compile(r"\b(?:ved )?start(?:en)?(?: av)? skoleåret?\b", re.IGNORECASE), "ved skolestart"),
    (re.compile(r"(?<=[a-zæøå]) 20\d\d\b"), ""),  # «høst 2026»: the plan is for every year
    (re.compile(r"\b(?:skolens ledelse|ledergruppa|ledergruppen)\b", re.IGNORECASE), "ledelsen"),
    (re.compile(r"\bundervisningsinspektør", re.IGNORECASE), "inspektør"),
    (re.compile(r"\brådg\.(?!\w)", re.IGNORECASE), "rådgiver"),
    (re.compile(r"\b(?:man|tirs|ons|tors|fre)dag(?:en)? (?=\d{1,2}\. ?[a-z])", re.IGNORECASE), ""),
)


def in_bokmal(text: str) -> str:
    """Return the text with the words of plans that differ put into bokmål; a capital stays a capital."""
    said = _WORD.sub(_turned, text)
    for pattern, same in _SAME:
        said = pattern.sub(same, said)
    return _DATE.sub(_written_out, said)


_DATE = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.?(?:\s?20\d\d)?(?=\s|$|[,;)])")
_MONTHS = ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"]


def _written_out(found: re.Match[str]) -> str:
    """«15.09» as «15. september»; what is no date of the year stays."""
    day, month = int(found[1]), int(found[2])
    return f"{day}. {_MONTHS[month - 1]}" if 1 <= day <= 31 and 1 <= month <= 12 else found[0]


def _turned(found: re.Match[str]) -> str:
    word = found[0]
    other = WORDS.get(word.casefold(), word)
    return other[:1].upper() + other[1:] if word[:1].isupper() else other
