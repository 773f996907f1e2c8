"""The steps of the road, as a person takes them in her browser: told once, walked by several journeys."""

from __future__ import annotations

from datetime import timedelta

from aktsom.core.timing.clock import today
from tests.journeys.walker import Walker

PUPIL = "Ylva Ylvasen"


def report(walker: Walker, *, what: str = "Ylva ble holdt utenfor i friminuttet og gråt.") -> str:
    """Report as somebody who works at the school; return the reference."""
    walker.open("/meld/")
    walker.write("Hvem gjelder det?", PUPIL).write("Hva har skjedd?", what).choose("Nei, det haster ikke")
    walker.press("Send meldingen").sees("Vi har fått meldingen")
    return walker.public_id


def take(walker: Walker) -> None:
    """Take the report from the front page."""
    walker.open("/")
    walker.taps = 0
    walker.press("Åpne meldingen")
    walker.press("Ta imot meldingen").sees("Du har tatt imot meldingen.")


def assess(walker: Walker, *, serious: bool = False) -> None:
    """Judge how serious it is."""
    walker.unfold("Vurder hvor alvorlig det er")
    walker.choose("Ja, eieren skal varsles" if serious else "Nei")
    walker.write("Hvorfor?", "Det har skjedd én gang.").write("Hva gjør dere for eleven i dag?", "En voksen er med ute.")
    walker.press("Skriv inn vurderingen").sees("Vurderingen er skrevet inn.")


def open_case(walker: Walker, *handlers: str) -> str:
    """Open a case from the report's page; return its id."""
    walker.press("Åpne sak").sees(PUPIL)
    for handler in handlers:
        walker.choose(handler)
    walker.press("Åpne saken").sees("Neste steg")
    return walker.public_id


def hear(walker: Walker, case: str) -> None:
    """Hear the pupil, tell her rights and decide about the guardians."""
    walker.open(f"/saker/{case}/stemme/").press("Skriv hva eleven sier")
    walker.choose("Eleven har sagt sitt").write("Elevens egne ord", "Jeg vil ha noen å være sammen med.")
    walker.press("Lagre hva eleven sier").sees("Jeg vil ha noen å være sammen med.")
    walker.press("Eleven har fått vite det").press("Eleven har fått vite det").sees("Skrevet inn.")
    walker.press("Ta stilling til å fortelle dem").choose("Foresatte er orientert").write("Dagen de ble orientert", today().isoformat())
    walker.press("Lagre hva som er bestemt").sees("Skrevet inn.")


def investigate(walker: Walker, case: str) -> None:
    """Write what was found out, what it shows, and a finding for the plan."""
    walker.open(f"/saker/{case}/undersokelse/").press("Skriv inn det du fant ut")
    walker.choose("Samtale").write("Hva kom fram?", "To vitner fortalte det samme.")
    walker.press("Lagre i undersøkelsen").sees("To vitner fortalte det samme.")
    walker.press("Skriv hva undersøkelsen viser").write("Hva skal til", "Noen å være sammen med i friminuttet.")
    walker.choose("Vi vet nok til å velge tiltak").press("Lagre hva jeg ser").sees("Noen å være sammen med i friminuttet.")
    walker.press("Legg et funn i planen").write("Hva skal tiltakene svare på?", "Friminuttene er utrygge.")
    walker.press("Legg funnet i planen").sees("Funnet står i planen.")


def write_plan(walker: Walker, case: str, *, from_catalogue: bool = False) -> str:
    """Write the plan with the five points and put it in force; return its id."""
    walker.open(f"/saker/{case}/").press("Plan")
    plan = walker.public_id
    walker.sees("0 av 5 er på plass").sees_no("Sett planen i kraft")
    walker.press("Skriv om problemet og evalueringen").write("Hvilket problem", "Ylva er alene i friminuttene.")
    walker.write("Når skal tiltakene evalueres?", (today() + timedelta(days=14)).isoformat()).pick("Hvem evaluerer?", "Hedda")
    walker.press("Lagre problemet").press("Legg til et tiltak")
    if from_catalogue:
        walker.unfold("Velg fra skolens tiltak").press_first("details li a")
    else:
        walker.write("Hva skal gjøres?", "En voksen går ute med Ylva hvert friminutt.")
    walker.pick("Hvilket funn svarer det på?", "utrygge").pick("Hvem har ansvar?", "Hedda").pick("Hvem gjør det?", "Kari")
    walker.write("Til og med", (today() + timedelta(days=28)).isoformat())
    walker.press("Legg til tiltaket").press("Sett planen i kraft").press("Sett planen i kraft").sees("Planen er i kraft.")
    return plan


def tell(walker: Walker, plan: str) -> None:
    """Write that the pupil was told of the plan."""
    walker.open(f"/planer/{plan}/").press("Skriv inn at den er gjort kjent")
    walker.choose(f"Eleven, {PUPIL}").press("Skriv inn svaret").sees("Skrevet inn.")


def evaluate(walker: Walker, plan: str, answer: str, *, final: bool = False) -> None:
    """Ask how it is now."""
    walker.open(f"/planer/{plan}/evaluer/").choose(answer).write("Med elevens egne ord", "Jeg har noen å være sammen med nå.")
    walker.choose("Ja").write("Hvorfor?", "Ylva sier at det hjelper.")
    if final:
        walker.choose("Avsluttes").choose("Dette er sluttevalueringen")
    walker.press("Skriv inn evalueringen").sees("Evalueringen er skrevet inn.")


def close(walker: Walker, case: str) -> None:
    """Close the case because the pupil says it is safe."""
    walker.open(f"/saker/{case}/").press("Avslutt saken").choose("Eleven sier selv at det er trygt og godt")
    walker.write("Kort om avslutningen", "Ylva har det trygt. Å ha en voksen ute hjalp.")
    walker.write("Hvorfor kan saken avsluttes allerede i dag?", "Hun har fått noen å være sammen med.")
    walker.press("Avslutt saken").sees("Saken er avsluttet")
