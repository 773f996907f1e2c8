"""Legal references as data: section, what it says in our own words, where to read it, and when it holds.

An old case keeps the edition it was born under, so a reference is always asked for with a day. Source: domain.md 1.1–1.8.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACT = "https://lovdata.no/lov/2023-06-09-30/"
IN_FORCE = date(2024, 8, 1)


class UnknownLaw(LookupError):
    """No such reference, or not on that day."""


@dataclass(frozen=True)
class LawReference:
    """One provision. ``valid_until`` is the last day, or None while it holds."""

    id: str
    section: str
    summary: Promise | str
    link: str
    valid_from: date = IN_FORCE
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def _ol(number: str, part: str, summary: Promise | str, *, since: date = IN_FORCE, until: date | None = None) -> LawReference:
    words = {"1": "første", "2": "andre", "3": "tredje", "4": "fjerde", "5": "femte"}
    section = f"opplæringslova § {number}" + (f" {words[part]} ledd" if part else "")
    identifier = f"ol-{number}" + (f"-{part}" if part else "")
    return LawReference(identifier, section, summary, f"{ACT}§{number}", since, until)


REGISTER: tuple[LawReference, ...] = (
    _ol("10-1", "", _("Hva som er best for eleven, skal være et grunnleggende hensyn.")),
    _ol("10-2", "", _("Eleven har rett til å bli hørt og til å si meningen sin fritt, uansett alder.")),
    _ol("10-3", "", _("Skolen skal samarbeide med foreldrene.")),
    _ol("10-8", "", _("Eieren skal gi elever og foreldre den informasjonen de trenger.")),
    _ol("12-2", "", _("Alle elever har rett til et trygt og godt skolemiljø.")),
    _ol("12-3", "", _("Skolen skal ikke godta krenkelser og skal arbeide for et godt miljø hele tiden.")),
    _ol("12-4", "1", _("Alle som arbeider ved skolen, skal følge med og gripe inn når det er mulig.")),
    _ol("12-4", "2", _("Den som får mistanke, melder til rektor. Skolen undersøker og retter opp snarest. Rektor melder alvorlige tilfeller til eieren.")),
    _ol("12-4", "3", _("Skolen lager en skriftlig plan for tiltakene, med fem punkter.")),
    _ol("12-4", "4", _("Skolen dokumenterer det som blir gjort.")),
    _ol("12-5", "1", _("Gjelder det en som arbeider ved skolen, meldes det straks til rektor, og rektor melder videre til eieren hvis det ikke er åpenbart grunnløst.")),
    _ol("12-5", "2", _("Gjelder det noen i ledelsen, meldes det rett til eieren.")),
    _ol("12-6", "1", _("Elev eller foreldre kan melde saken til Statsforvalteren når den har vært tatt opp med rektor.")),
    _ol("12-6", "2", _("Statsforvalteren avviser saken hvis det er mindre enn en uke siden den ble tatt opp, hvis ikke særlige grunner sier noe annet.")),
    _ol("12-6", "3", _("Eieren skal gi Statsforvalteren alle opplysninger, uansett taushetsplikt.")),
    _ol("12-8", "", _("Statsforvalteren kan fastsette tvangsmulkt.")),
    _ol("12-9", "", _("Brudd på plikten til å følge med, gripe inn, melde og rette opp kan straffes.")),
    _ol("12-10", "", _("I erstatningssaker må eieren vise at reglene er fulgt.")),
    _ol("13-4", "", _("Når fysisk inngripen kan brukes."), until=date(2025, 7, 31)),
    _ol("13-4", "", _("Når fysisk inngripen kan brukes, også mot psykisk krenkelse og det som vesentlig forstyrrer andres opplæring."), since=date(2025, 8, 1)),
    _ol("13-5", "", _("Fysisk inngripen meldes og dokumenteres, med elevens eget syn.")),
    _ol("24-3", "", _("Alle som arbeider ved skolen, skal melde til barnevernet uten ugrunnet opphold når vilkårene er oppfylt.")),
    _ol("24-5", "", _("Fra 15 år bestemmer eleven selv i saker om opplæringen sin.")),
    _ol("25-1", "", _("Eieren kan behandle personopplysninger når det er nødvendig for oppgavene i loven.")),
    _ol("28-1", "", _("Eieren har ansvaret for at pliktene blir oppfylt.")),
    LawReference("psl-2-4", "privatskolelova § 2-4", _("Kapittel 12 gjelder også for private skoler."), "https://lovdata.no/lov/2003-07-04-84/§2-4"),
    LawReference("hpl-21", "helsepersonelloven § 21", _("Helsepersonell har taushetsplikt."), "https://lovdata.no/lov/1999-07-02-64/§21", date(2001, 1, 1)),
    LawReference("of-20-2", "opplæringsforskrifta § 20-2", _("Ansatte har tilgang bare når og så langt det er nødvendig."), "https://lovdata.no/forskrift/2024-06-03-900/§20-2"),
    LawReference("fvl-13", "forvaltningsloven § 13", _("Taushetsplikt om personlige forhold."), "https://lovdata.no/lov/1967-02-10/§13", date(1970, 1, 1)),
    LawReference("offl-13", "offentleglova § 13", _("Opplysninger som er underlagt taushetsplikt, er unntatt fra innsyn."), "https://lovdata.no/lov/2006-05-19-16/§13", date(2009, 1, 1)),
)


def law(identifier: str, *, on: date) -> LawReference:
    """Return the edition of a reference that holds on a day; raise UnknownLaw when there is none."""
    for reference in REGISTER:
        if reference.id == identifier and reference.holds_on(on):
            return reference
    raise UnknownLaw(f"{identifier} on {on}")


def head_title(owner_kind: str) -> str:
    """Return what the Act's «rektor» is called: «daglig leder» at a private school (privatskolelova § 2-4)."""
    return str(_("daglig leder")) if owner_kind == "private" else str(_("rektor"))


def owner_title(owner_kind: str) -> str:
    """Return who receives serious reports: municipality, county, or a private school's board (privatskolelova § 2-4)."""
    words = {"municipality": _("kommunen"), "county": _("fylkeskommunen"), "private": _("skolens styre")}
    return str(words[owner_kind])
