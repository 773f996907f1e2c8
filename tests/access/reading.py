"""The words of the matrix: who stands in each column, what the cells say, and which part of Aktsom each block is."""

from tests.cast import CAST

# Each of the cast: the short word over the column, and who it is. All of them belong to Solvik skole unless said.
PEOPLE = {
    "nobody": ("ingen", "En som ikke har logget inn."),
    "pupil": ("elev", "Ylva på 14 år i 8B. Saken og planen i prøven er hennes."),
    "classmate": ("medel", "En annen elev i 8B. Meldingen i prøven gjelder ham. Han har ingen sak."),
    "other_party": ("part", "En annen elev som er innblandet i Ylvas sak, i en egen del bak en vegg."),
    "guardian": ("forel", "Ylvas forelder, med foreldreansvar. Rektor har bestemt at hun får vite om saken."),
    "guardian_without_responsibility": (
        "ufora",
        "Ylvas forelder uten foreldreansvar. Han har bedt om å følge saken, og har ikke fått svar.",
    ),
    "contact_teacher": (
        "kontl",
        "Ylvas kontaktlærer. Hun sendte meldingen, og har ansvar for tiltaket i planen. Hun arbeider ikke med saken.",
    ),
    "teacher_without_relation": (
        "laerer",
        "En lærer ved skolen uten noen av elevene. I prøven er hun også helsesykepleier, med eget notat og ett spørsmål.",
    ),
    "teacher_of_others": ("naboel", "En kontaktlærer ved skolen, for den andre parten. Nær, men ikke nær nok."),
    "head_teacher_elsewhere": ("nabore", "Rektor ved Fjordvik skole, hos en annen eier."),
    "former_deputy": ("eksst", "En lærer som var rektors stedfortreder til i går."),
    "case_handler": ("saksb", "Avdelingslederen som arbeider med Ylvas sak."),
    "head_teacher": ("rektor", "Rektor ved Solvik skole."),
    "accused_head_teacher": ("anklag", "Rektor ved Solvik skole, som meldingen om ledelsen handler om. Ellers har han rektors roller."),
    "owner_handler": (
        "eier",
        "Saksbehandleren hos Solfjord kommune, som eier Solvik skole. Hun er varslet om en melding, og har meldingen om ledelsen.",
    ),
    "other_owner_handler": ("anneie", "Saksbehandleren hos en annen kommune."),
    "technical_admin": ("drift", "Den som drifter Aktsom for Solfjord kommune. Ser ingenting om barn."),
}
COLUMNS = [PEOPLE[name][0] for name in CAST]

CELLS = {200: "ja", 422: "ja", 403: "nei", 404: ".", 500: "FEIL"}
LEGEND = {
    "ja": "Slipper inn. På et skjema uten innhold: får skjemaet tilbake med det som mangler.",
    "ja>": "Slipper inn, og sendes videre til en annen side når det er gjort.",
    "nei": "Vet at det finnes, men har ikke lov til dette.",
    ".": "Finnes ikke for denne personen. Svaret er det samme som for noe som aldri har vært der.",
    "inn": "Sendes til innloggingen.",
}
GROUPS = {
    "": "Forsiden",
    "meld": "Meld fra som innlogget",
    "uten-nett.js": "Skriptet som gjør at det kan meldes uten nett. Likt for alle",
    "mine-meldinger": "Det jeg selv har meldt",
    "meldinger": "Ta imot meldinger",
    "rutine": "Skolens rutine for å melde fra",
    "meldeskjema": "Eierens og skolens egne spørsmål i meldeskjemaet",
    "saker": "Saksrommet",
    "planer": "Elevens plan",
    "tiltak": "Ett tiltak i planen",
    "min-sak": "Familiens rom",
    "min-plan": "Planen, slik familien ser den",
    "samtaler": "Skrive med den voksne eleven stoler på",
    "sporsmal": "Svare når noen spør om hjelp",
    "egne-notater": "Helsesykepleierens egne notater",
    "barnevernet": "Meldeplikten til barnevernet",
    "samtalehjelp": "Skolens hjelp til samtaler",
    "overlevering": "Oppgaver som går fra én til en annen",
    "skolebytte": "Det som er gitt videre til en ny skole",
    "tiltakskatalog": "Skolens egne tiltak i katalogen",
    "planen": "Skolens plan: lese, skrive, behandle og evaluere",
    "kalender": "Kalenderen henter årshjulet",
    "kom-i-gang": "De første stegene for en ny skole",
    "svarbrev": "Legge inn et svar som kom på papir",
    "arshjul": "Årshjulet: skolens plan gjennom året",
    "eier": "Skoleeierens side",
    "skolene": "Skolene i tall, uten navn",
    "skolen": "Skolens folk og oppsett",
    "varsler": "Egne varsler",
    "konto": "Egen konto",
    "skoleeier": "Eierens åpne veileder",
    "forskrift": "Lokale forskrifter, åpne for alle",
    "skole": "Skolens åpne sider, der elever uten konto sier fra",
    "demo": "Utprøving. Finnes ikke hos virkelige skoler",
    "utvikling": "Komponentene. Finnes ikke hos virkelige skoler",
}


def preface() -> list[str]:
    """Return how to read the table, line by line."""
    lines = [
        "Hvem får svar hvor",
        "",
        "Laget av testene: pytest tests/access --update-matrix. Hvordan du leser og godkjenner den, står i docs/personvern/tilgang.md.",
        "Hver linje er én adresse. «Ser» er å åpne siden, «Gjør» er å sende inn noe på den. Alle som er logget inn, har brukt to trinn.",
        "",
        *(f"  {cell:4} {meaning}" for cell, meaning in LEGEND.items()),
        "",
    ]
    return lines + [f"  {short:6} {who}" for short, who in (PEOPLE[name] for name in CAST)]
