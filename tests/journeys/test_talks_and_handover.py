"""Talks on a phone, agreements that are followed up, duties that get a new person, and text that is offered again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from aktsom.cases.models import Case
from aktsom.cases.tests.factories import make_case, put_plan_in_force
from aktsom.core.timing.clock import today
from tests.cast import Cast, build_cast
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def in_force(cast: Cast) -> Case:
    case = make_case(cast)
    put_plan_in_force(cast, case)
    return case


def test_talk_is_prepared_held_written_and_read_by_the_pupil(arrive: Callable[..., Walker]) -> None:
    cast = build_cast(procedure="steinkjer")
    case = in_force(cast)
    handler = arrive(cast, "case_handler")

    handler.open(f"/saker/{case.public_id}/stemme/").press("Samtaler og avtaler").press("Avtal en samtale")
    handler.choose("Eleven saken er til for").write("Sted", "En tur rundt skolen").press("Avtal samtalen").sees("Samtalen er avtalt")
    handler.press("Åpne samtalen").sees("Husk at mange forteller mindre enn det de har opplevd.").sees("Fra planen skolen følger.")
    handler.press("Skriv inn samtalen").write("Referat", "Vi avtalte at Ylva får en ny plass.").press("Lagre samtalen")
    handler.sees("Vi avtalte at Ylva får en ny plass.").press("Gi ut referatet").press("Gi ut referatet").sees("Referatet er gitt ut.")

    arrive(cast, "pupil").open(f"/min-sak/{case.public_id}/papirer/").sees("Vi avtalte at Ylva får en ny plass.")
    assert arrive(cast, "guardian_without_responsibility").answers(f"/saker/{case.public_id}/samtaler/") == 404


def test_agreement_is_broken_and_leads_to_a_new_talk_without_scripts(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    case = in_force(cast)
    handler = arrive(cast, "case_handler", java_script_enabled=False)

    handler.open(f"/saker/{case.public_id}/samtaler/").press("Skriv en avtale").write("Hva er dere enige om?", "Si hei om morgenen.")
    handler.write("Når ser dere på avtalen igjen?", (today() + timedelta(days=3)).isoformat()).press("Lagre avtalen")
    handler.press("Skriv hvordan det gikk").choose("Avtalen er brutt").press("Skriv det inn")

    handler.sees("Avtal en ny samtale her").sees("Hvem er samtalen med?")


def test_case_of_somebody_away_gets_a_new_person_who_says_yes(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    case = in_force(cast)
    head = arrive(cast, "head_teacher")
    head.open("/overlevering/").sees("Alle oppgaver har en person som er her.").press("Skriv inn at noen er borte")
    head.pick("Hvem er borte?", "Hedda").press("Skriv inn").sees("Er borte nå")
    head.open("/").sees("1 oppgave trenger en ny person").press("Finn en ny").press("Finn en ny")
    head.pick("Hvem vil du spørre?", "Kari").choose("Er borte en tid").press("Spør").sees("er spurt")

    teacher = arrive(cast, "contact_teacher")
    assert teacher.answers(f"/saker/{case.public_id}/") == 404
    teacher.open("/").sees("Noen spør om du kan ta over en oppgave").open("/overlevering/").press("Svar").press("Ja, jeg tar over")

    teacher.sees("Oppgaven er din nå").open(f"/saker/{case.public_id}/").sees("Ylva")
    head.open("/").sees_no("trenger en ny person")


def test_text_of_the_report_is_put_into_the_note_when_asked_for(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    case = in_force(cast)
    handler = arrive(cast, "case_handler")

    handler.open(f"/saker/{case.public_id}/undersokelse/").press("Skriv inn det du fant ut").write("Hva kom fram?", "Jeg spurte Ylva.")
    handler.unfold("Skrevet før, kan settes inn").press_first("button[name=put_in]")

    written = handler.main.get_by_label("Hva kom fram?").first.input_value()
    assert written == "Jeg spurte Ylva.\n\nYlva står alene i friminuttene."
    handler.press("Lagre i undersøkelsen").sees("Lagret i undersøkelsen.")


def test_school_writes_its_own_prompts_and_extends_the_catalogue(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    case = in_force(cast)
    head = arrive(cast, "head_teacher")
    head.open(f"/samtalehjelp/{cast.school.public_id}/").press("Endre hjelpen: En elev som må slutte med noe")
    head.write("I samtalen", "Hva skjedde på mandag?").press("Lagre hjelpen").sees("Hva skjedde på mandag?").sees("Skolens egne")
    head.open(f"/tiltakskatalog/{cast.school.public_id}/").write("Hva er tiltaket?", "Spillgruppe på biblioteket")
    head.pick("Hva svarer det på?", "alene").press("Legg til i katalogen").sees("Spillgruppe på biblioteket")

    head.open(f"/saker/{case.public_id}/dokumenter/").press("Bestem hva den nye skolen får")
    head.write("Eller skriv hva skolen heter", "Nes skole").write("Hvorfor trenger den nye skolen akkurat dette?", "Eleven begynner der.")
    head.press("Gi det videre").press("Nes skole").sees("En voksen er ute med Ylva.").sees_no("Ylva står alene")
