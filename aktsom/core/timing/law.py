"""Legal references as data: section, what it says in our own words, where to read it, and when it holds.

An old case keeps the edition it was born under, so a reference is always asked for with a day. Source: domain.md 1.1–1.8.
References outside opplæringslova are vouched for from the day chapter 12 came into force: no case here is older than that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

IN_FORCE = date(2024, 8, 1)
PSYCHOLOGICAL_VIOLATION = date(2025, 8, 1)  # § 13-4 was widened by the act of 23 May 2025 no. 16
NEW_ARCHIVES_ACT = date(2026, 1, 1)
LOVDATA = "https://lovdata.no/"
# Short name in the identifier: the name people read, and the address of the act.
ACTS = {
    "ol": ("opplæringslova", "lov/2023-06-09-30"),
    "of": ("opplæringsforskrifta", "forskrift/2024-06-03-900"),
    "psl": ("privatskolelova", "lov/2003-07-04-84"),
    "fvl": ("forvaltningsloven", "lov/1967-02-10"),
    "offl": ("offentleglova", "lov/2006-05-19-16"),
    "hpl": ("helsepersonelloven", "lov/1999-07-02-64"),
    "bl": ("barnelova", "lov/1981-04-08-7"),
    "al": ("arkivlova", "lov/2025-06-20-96"),
}
PARAGRAPHS = {"": "", "1": " første ledd", "2": " andre ledd", "3": " tredje ledd", "4": " fjerde ledd", "5": " femte ledd"}


class UnknownLaw(LookupError):
    """No such reference, or not on that day."""


@dataclass(frozen=True)
class LawReference:
    """One provision. ``valid_until`` is the last day, or None while it holds. ``edition`` is the act that gave it its wording."""

    id: str
    section: str
    summary: Promise | str
    link: str
    valid_from: date = IN_FORCE
    valid_until: date | None = None
    act: str = "opplæringslova"
    edition: str = ""

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def _of(
    act: str, number: str, summary: Promise | str, *, part: str = "", since: date = IN_FORCE, until: date | None = None, edition: str = ""
) -> LawReference:
    name, address = ACTS[act]
    return LawReference(
        id="-".join(filter(None, (act, number.replace(" ", ""), part))),
        section=f"{name} § {number}{PARAGRAPHS[part]}",
        summary=summary,
        link=f"{LOVDATA}{address}/§{number.replace(' ', '')}",
        valid_from=since,
        valid_until=until,
        act=name,
        edition=edition or address,
    )


def _ol(number: str, part: str, summary: Promise | str) -> LawReference:
    return _of("ol", number, summary, part=part)


CHAPTER_10_AND_12: tuple[LawReference, ...] = (
    _ol("10-1", "", _("Hva som er best for eleven, skal være et grunnleggende hensyn.")),
    _ol("10-2", "", _("Eleven har rett til å bli hørt og til å si meningen sin fritt, uansett alder.")),
    _ol("10-3", "", _("Skolen skal samarbeide med foreldrene.")),
    _ol(
        "10-4",
        "",
        _("Elever og foreldre tar del i arbeidet med skolemiljøet. Elever skal ikke være med når noe er underlagt taushetsplikt."),
    ),
    _ol("10-5", "", _("Alle skoler har et elevråd. Eieren bestemmer hvilke andre utvalg skolene har.")),
    _ol("10-7", "", _("Eieren gir forskrift om skoleregler, også om hvilke reaksjoner skolen kan bruke.")),
    _ol("10-8", "", _("Eieren skal gi elever og foreldre den informasjonen de trenger.")),
    _ol("12-1", "", _("Kapittelet gjelder på skolen, i leksehjelpen og i SFO.")),
    _ol("12-2", "", _("Alle elever har rett til et trygt og godt skolemiljø.")),
    _ol("12-3", "", _("Skolen skal ikke godta krenkelser og skal arbeide for et godt miljø hele tiden.")),
    _ol("12-4", "1", _("Alle som arbeider ved skolen, skal følge med og gripe inn når det er mulig.")),
    _ol(
        "12-4",
        "2",
        _(
            "Den som får mistanke, melder til rektor. Skolen undersøker og retter opp snarest. "
            "Rektor melder alvorlige tilfeller til eieren."
        ),
    ),
    _ol("12-4", "3", _("Skolen lager en skriftlig plan for tiltakene, med fem punkter.")),
    _ol("12-4", "4", _("Skolen dokumenterer det som blir gjort.")),
    _ol(
        "12-5",
        "1",
        _(
            "Gjelder det en som arbeider ved skolen, meldes det straks til rektor, "
            "og rektor melder videre til eieren hvis det ikke er åpenbart grunnløst."
        ),
    ),
    _ol("12-5", "2", _("Gjelder det noen i ledelsen, meldes det rett til eieren.")),
    _ol("12-6", "1", _("Elev eller foreldre kan melde saken til Statsforvalteren når den har vært tatt opp med rektor.")),
    _ol(
        "12-6",
        "2",
        _(
            "Statsforvalteren avviser saken hvis den ikke er tatt opp med rektor, hvis det er mindre enn en uke siden, "
            "eller hvis eleven ikke lenger går på skolen, hvis ikke særlige grunner sier noe annet."
        ),
    ),
    _ol("12-6", "3", _("Eieren skal gi Statsforvalteren alle opplysninger, uansett taushetsplikt.")),
    _ol("12-6", "4", _("Statsforvalteren kan pålegge eieren å rette opp, og noen ganger selv bestemme hva skolen skal gjøre.")),
    _ol("12-6", "5", _("Statsforvalterens avgjørelse er et enkeltvedtak med en frist, og Statsforvalteren følger den opp.")),
    _ol("12-7", "", _("Skolen skal ha et godt fysisk miljø og være lagt til rette for elever med funksjonsnedsettelse.")),
    _ol("12-8", "", _("Statsforvalteren kan fastsette tvangsmulkt.")),
    _ol("12-9", "", _("Brudd på plikten til å følge med, gripe inn, melde og rette opp kan straffes.")),
    _ol("12-10", "", _("I erstatningssaker må eieren vise at reglene er fulgt.")),
)

REST_OF_THE_ACT: tuple[LawReference, ...] = (
    _ol("13-1", "", _("Når en elev kan vises bort, og hvor lenge. Rektor avgjør selv, etter forskriften til eieren.")),
    _ol("13-2", "", _("Når en elev kan måtte bytte skole. Det avgjør eieren, ikke skolen.")),
    _of("ol", "13-3", _("Skolen skal arbeide for at fysisk inngripen ikke blir nødvendig."), edition="lov/2024-06-14-36"),
    _of(
        "ol",
        "13-4",
        _("Når fysisk inngripen kan brukes."),
        until=date(2025, 7, 31),
        edition="lov/2024-06-14-36",
    ),
    _of(
        "ol",
        "13-4",
        _("Når fysisk inngripen kan brukes, også mot psykisk krenkelse og det som vesentlig forstyrrer andres opplæring."),
        since=PSYCHOLOGICAL_VIOLATION,
        edition="lov/2025-05-23-16",
    ),
    _of("ol", "13-5", _("Fysisk inngripen meldes og dokumenteres, med elevens eget syn."), edition="lov/2024-06-14-36"),
    _ol("17-12", "", _("Eieren får minst én gang i året en rapport om læringsmiljøet.")),
    _ol("24-3", "", _("Alle som arbeider ved skolen, skal melde til barnevernet uten ugrunnet opphold når vilkårene er oppfylt.")),
    _ol("24-5", "", _("Fra 15 år bestemmer eleven selv i saker om opplæringen sin.")),
    _ol("25-1", "", _("Eieren kan behandle personopplysninger når det er nødvendig for oppgavene i loven.")),
    _ol("28-1", "", _("Eieren har ansvaret for at pliktene blir oppfylt.")),
    _ol("29-2", "", _("Statsforvalteren kan føre tilsyn med at reglene blir fulgt.")),
)

OTHER_LAW: tuple[LawReference, ...] = (
    _of("of", "20-2", _("Ansatte har tilgang bare når og så langt det er nødvendig.")),
    _of("of", "20-5", _("Når undersøkelser om skolemiljøet kan vise hvem som har svart.")),
    _of("psl", "2-4", _("Kapittel 12 gjelder også for private skoler.")),
    _of("psl", "3-10", _("Bortvising og fysisk inngripen i private skoler.")),
    _of("fvl", "11 a", _("Den som venter på et enkeltvedtak, får et foreløpig svar når det ikke kommer innen en måned.")),
    _of("fvl", "13", _("Taushetsplikt om personlige forhold.")),
    _of("fvl", "29", _("Fristen for å klage på et enkeltvedtak er tre uker.")),
    _of("offl", "13", _("Opplysninger som er underlagt taushetsplikt, er unntatt fra innsyn.")),
    _of("offl", "32", _("Den som ikke har fått svar på et innsynskrav innen fem arbeidsdager, kan klage.")),
    _of("hpl", "21", _("Helsepersonell har taushetsplikt.")),
    _of("bl", "31", _("Barn som har fylt 7 år, og yngre barn som kan ha en mening, skal få si hva de mener.")),
    _of("bl", "47", _("Foreldre med foreldreansvar har rett til opplysninger om barnet. Andre foreldre kan be om dem.")),
    _of("al", "5", _("Dokumentasjon skal være sikret, uendret og til å finne igjen."), since=NEW_ARCHIVES_ACT),
)

REGISTER: tuple[LawReference, ...] = (*CHAPTER_10_AND_12, *REST_OF_THE_ACT, *OTHER_LAW)


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


# Who stands in the owner's place at a private school, section by section (privatskolelova §§ 2-4 and 3-10).
PRIVATE_OWNER = {
    **dict.fromkeys(("12-4-2", "12-5-1", "12-5-2", "13-5"), _("skolens styre")),
    **dict.fromkeys(("12-6-3", "12-6-4", "12-8", "12-9", "12-10"), _("skolen")),
    "13-2": _("hjemkommunen eller hjemfylket"),
}


def owner_body(owner_kind: str, section: str) -> str:
    """Return who the Act means by the owner in a section such as «12-6-3»; raise UnknownLaw when no source says it."""
    if owner_kind != "private":
        return owner_title(owner_kind)
    if section not in PRIVATE_OWNER:
        raise UnknownLaw(f"who stands in the owner's place in § {section} at a private school")
    return str(PRIVATE_OWNER[section])
