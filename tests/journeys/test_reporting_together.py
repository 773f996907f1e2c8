"""How a school reports together: its routine read with one press, questions of its own, and what is about no pupil (REP-23, 24, 29)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from aktsom.core.timing.clock import today
from tests.cast import build_cast
from tests.journeys import road
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_head_writes_the_routine_and_a_teacher_says_with_one_press_that_it_is_read(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    head, teacher = arrive(cast, "head_teacher"), arrive(cast, "contact_teacher")
    head.open(f"/skolen/{cast.school.public_id}/").press("Skolens rutine for å melde fra").press("Skriv rutinen")
    head.write("Hvordan melder vi fra?", "Si fra samme dag. Mistanke er nok.")
    head.write("Når ser vi på rutinen igjen?", (today() + timedelta(days=90)).isoformat())
    head.press("Gjør rutinen kjent").sees("Rutinen gjelder nå").press("Hvem har lest den?").sees("6 har ikke sagt fra")

    teacher.open("/").sees("Meld til rektor.")
    teacher.press("Jeg har lest rutinen").sees("Det står at du har lest rutinen")

    assert (teacher.taps, teacher.path) == (1, "/")
    head.open(f"/rutine/skole/{cast.school.public_id}/lesere/").sees("5 har ikke sagt fra").press("Minn dem som mangler").sees("5 kolleger")


def test_owner_asks_one_thing_more_and_the_receiver_reads_the_answer(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    owner, teacher, head = (arrive(cast, name) for name in ("owner_handler", "contact_teacher", "head_teacher"))
    owner.open("/eier/").press("Egne spørsmål i meldeskjemaet").write("Spørsmålet", "Skjedde det på skoleveien?")
    owner.choose("Ja eller nei").press("Sett spørsmålet i skjemaet").sees("Spørsmålet står i skjemaet nå")

    teacher.open("/meld/").write("Hvem gjelder det?", road.PUPIL).write("Hva har skjedd?", "Ylva gråt ved bussen.")
    teacher.choose("Nei, det haster ikke").unfold("Eierens egne spørsmål").pick("Skjedde det på skoleveien?", "Ja")
    teacher.press("Send meldingen").sees("Vi har fått meldingen")

    head.open("/meldinger/").press(road.PUPIL).sees("Skjedde det på skoleveien?")


def test_incident_is_finished_by_an_answer_or_becomes_the_report_it_was(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    teacher, head = arrive(cast, "contact_teacher"), arrive(cast, "head_teacher")
    for what in ("Et mål veltet i vinden.", "Tre gutter kastet stein mot gymsalen."):
        teacher.open("/meld/hendelse/").choose("Noe som nesten gikk galt").write("Hva har skjedd?", what)
        teacher.choose("Nei").press("Send meldingen").sees("Vi har fått meldingen").sees_no("undersøke snarest")

    head.open("/meldinger/").press("Noe som nesten gikk galt").sees("Et mål veltet").sees_no("Åpne sak")
    head.choose("Nei, ingen elev kan ha det utrygt på grunn av dette").write("Hvordan gikk det?", "Målet er festet.")
    head.press("Skriv inn svaret").sees("Hendelsen er ferdig").sees("Målet er festet.")
    head.open("/meldinger/").press("Noe som nesten gikk galt").sees("kastet stein")
    head.choose("Ja, dette gjelder skolemiljøet til en elev").press("Skriv inn svaret").sees("Nå er det en melding om en elev")
    head.sees("Kom som en annen hendelse").sees("Åpne sak")

    teacher.open("/mine-meldinger/").sees("Ferdig").sees("Tatt imot")
