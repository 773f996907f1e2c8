"""References to law and circulars that no longer hold, as dated data: what was written, since when, and what stands there now.

A plan text is searched for them, so that a plan that cites repealed law is pointed out with what replaced it (PLN-08, AMB-24).
Sources: domain.md 1.1 and the tables of what the five plans cite. Nothing is corrected by itself: a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aktsom.core.timing.law import IN_FORCE, LOVDATA

CIRCULAR = "https://www.udir.no/regelverk-og-tilsyn/skole-og-opplaring/rundskriv-om-skolemiljo/"
THE_ACT = f"{LOVDATA}lov/2023-06-09-30"


@dataclass(frozen=True)
class Superseded:
    """One way of citing what no longer holds. ``since`` is the first day it did not, or None for what never was a reference."""

    code: str
    pattern: re.Pattern[str]
    why: Promise | str
    instead: Promise | str
    link: str
    since: date | None = None

    def is_outdated_on(self, day: date) -> bool:
        """Return whether the reference is out of date on a day."""
        return self.since is None or self.since <= day


@dataclass(frozen=True)
class Found:
    """One outdated reference in a text: the words as they stand, and what replaced them."""

    words: str
    rule: Superseded


def _as(code: str, pattern: str, why: Promise | str, instead: Promise | str, link: str = THE_ACT, since: date | None = None) -> Superseded:
    return Superseded(code, re.compile(pattern, re.IGNORECASE), why, instead, link, since)


# What holds now instead of law that is gone. Everyone who reads a plan is told.
INSTEAD = {
    "circular_2017": _("Udirs rundskriv om skolemiljø, til kapittel 12"),
    "chapter_9_a": _("opplæringslova kapittel 12"),
    "act_of_1998": _("opplæringslova av 9. juni 2023"),
    "chapter_12_a": _("opplæringslova kapittel 12"),
}
SUPERSEDED: tuple[Superseded, ...] = (
    _as(
        "circular_2017",
        r"(?:\b(?:udir|rundskriv)[- ]*(?:nr\.? *)?3[-/ ]2017\b)",
        _("Udirs rundskriv fra 2017 handlet om kapittel 9 A i den gamle loven."),
        INSTEAD["circular_2017"],
        CIRCULAR,
        IN_FORCE,
    ),
    _as(
        "chapter_9_a",
        r"(?:\bkap(?:ittel|\.)? *9 ?-?a\b|§§? *9 ?a(?:-\d+)?\b)",
        _("Kapittel 9 A sto i opplæringsloven fra 1998, som er opphevet."),
        INSTEAD["chapter_9_a"],
        since=IN_FORCE,
    ),
    _as(
        "act_of_1998",
        r"(?:lov[/-]1998-07-17-61|\bopplæringslov\w* (?:av|fra) (?:17\. juli )?1998\b)",
        _("Opplæringsloven fra 1998 er opphevet."),
        INSTEAD["act_of_1998"],
        since=IN_FORCE,
    ),
    _as(
        "chapter_12_a",
        r"\bkap(?:ittel|\.)? *12 ?a\b",
        _("Loven har ikke noe kapittel 12 A."),
        INSTEAD["chapter_12_a"],
    ),
    _as(
        "section_12",
        r"§ *12(?![-\d])(?! ?[a-z]\b)",
        _("Kapittel 12 er et kapittel. Paragrafene heter § 12-1 til § 12-10."),
        _("opplæringslova kapittel 12, eller paragrafen du mener"),
    ),
    _as(
        "two_signs",
        r"§§ *\d+-\d+(?! *(?:,|og|til|[-–]) *(?:§ *)?\d)",
        _("To paragraftegn betyr flere paragrafer. Her er det nevnt én."),
        _("ett paragraftegn, for eksempel § 12-3"),
    ),
    _as(
        "old_definition",
        r"(?:gjenta\w*[^.]{0,80}over tid[^.]{0,160}|(?:svakere|styrke|makt)[^.]{0,120}gjentatt[^.]{0,20} over tid)",
        _("Skolens forklaring på mobbing krever at det gjentar seg. Det krever ikke loven. Det er elevens egen opplevelse som teller."),
        _("§ 12-4: plikten gjelder når en elev ikke har det trygt og godt"),
        CIRCULAR,
        IN_FORCE,
    ),
)


def outdated_in(texts: Iterable[str], *, on: date) -> list[Found]:
    """Return the outdated references in the texts on a day, each way of citing once, in the order of the register."""
    whole = "\n".join(text for text in texts if text)
    found = [(rule, rule.pattern.search(whole)) for rule in SUPERSEDED if rule.is_outdated_on(on)]
    return [Found(match[0].strip(), rule) for rule, match in found if match is not None]
