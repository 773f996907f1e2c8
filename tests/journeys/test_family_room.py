"""The family's room on a phone: a pupil and two separated guardians, each with her own, none told of the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from aktsom.cases import services
from aktsom.cases.rules import GuardianDecision
from aktsom.cases.services.family import set_check_ins
from aktsom.cases.tests.factories import building, make_case, pupil_part, put_plan_in_force
from aktsom.core.timing.clock import today
from aktsom.people.models import Guardianship
from tests.cast import Cast, build_cast
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SECRETS = {"guardian": "Maja-skriver-dette", "guardian_without_responsibility": "Roar-skriver-dette"}


def difficult_case(cast: Cast) -> Any:
    """Open a case with a plan, days to ask, a trusted adult, and guardians who both have parental responsibility."""
    with building():
        Guardianship.objects.update(parental_responsibility=True, lives_elsewhere=True)
    case = make_case(cast)
    handler = cast.actor("case_handler")
    services.choose_trusted_adult(by=handler, case=case, part=pupil_part(case), adult=cast.person("contact_teacher"))
    services.decide_on_guardians(by=handler, case=case, decision=GuardianDecision.TOLD, told_on=today())
    put_plan_in_force(cast, case)
    set_check_ins(by=handler, case=case, days=[today(), today() + timedelta(days=7)])
    return case


def test_pupil_and_two_guardians_each_have_their_own_room(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    case = difficult_case(cast)

    pupil = arrive(cast, "pupil")
    pupil.open("/").press("Svar nå").choose("Verre").write("Vil du si mer?", "De ler av meg.").press("Send svaret").sees("Takk")
    pupil.sees("Kari Karistad").sees("En voksen er ute med Ylva.").sees("Her er vi nå")
    pupil.press(re.compile("^Virker dette"))
    pupil.choose("Dette virker ikke").press("Send det jeg mener").sees("Dette virker ikke").press("Til saken")
    pupil.press("Skriv til en voksen").choose("Kari Karistad").write("Hva vil du si?", "Kan vi snakke i morgen?").press("Send meldingen")
    pupil.sees("Deg og Kari Karistad").press("Dine rettigheter, og hvem som kan hjelpe").sees("Skolen har ikke skrevet inn nummeret")
    pupil.press("Til saken").press("Hvem har lest saken?").sees("Du").press("Til saken")
    pupil.press("Noe som står, er feil").choose("Planen").write("Hva er feil?", "Det var ikke i gymmen.")
    pupil.press("Be om at det rettes").press("Papirer og referater").sees("Skolen skal svare senest")

    rooms: dict[str, str] = {}
    for name, secret in SECRETS.items():
        guardian = arrive(cast, name).open("/").press("Svar nå").choose("Som før").write("Vil du si mer?", secret).press("Send svaret")
        guardian.press(re.compile("^Virker dette")).write("Hva mener du om dette?", secret)
        guardian.press("Send det jeg mener").sees(secret).press("Til saken")
        guardian.press("Skriv til en voksen").write("Hva vil du si?", secret).choose("Hedda Heddastad").press("Send meldingen")
        rooms[name] = read_whole_room(guardian)
    for name, page in rooms.items():
        (other,) = [words for key, words in SECRETS.items() if key != name]
        assert other not in page
        assert str(cast.person(next(key for key in SECRETS if key != name))) not in page
        assert "De ler av meg." not in page
        assert "Kan vi snakke i morgen?" not in page

    teacher = arrive(cast, "contact_teacher").open("/")
    teacher.sees("Ylva Ylvasen har skrevet til deg").press("Les og svar").sees("Kan vi snakke i morgen?")
    teacher.write("Skriv her", "Ja, kom til meg før timen.").press("Send meldingen")
    assert teacher.answers(f"/saker/{case.public_id}/") == 404
    pupil.open("/").sees("Kari Karistad har skrevet til deg")

    handler = arrive(cast, "case_handler").open("/").sees("Svarene til Ylva Ylvasen går nedover").press("Se svarene")
    handler.sees("De ler av meg.").sees("Et forslag er å se på den alt").sees_no("Kan vi snakke i morgen?")
    handler.press("Svar").choose("Rettet").write("Hva er riktig?", "Det var i garderoben.").press("Send svaret").sees("Svaret er sendt.")
    pupil.open(f"/min-sak/{case.public_id}/papirer/").sees("Det var i garderoben.")


def read_whole_room(guardian: Walker) -> str:
    """Return everything written on every page of the room, as the guardian can see it."""
    start = guardian.path
    read = [guardian.main.inner_text()]
    for href in {link.get_attribute("href") or "" for link in guardian.main.locator("a[href^='/']").all()}:
        guardian.page.goto(href)
        read.append(guardian.main.inner_text())
    guardian.page.goto(start)
    return "\n".join(read)


def test_letter_on_paper_comes_back_to_the_right_case(arrive: Callable[..., Walker], tmp_path: Path, settings: Any) -> None:
    settings.AKTSOM_FILES_DIR = tmp_path / "files"
    cast = build_cast()
    case = difficult_case(cast)
    scan = tmp_path / "skann.png"
    from PIL import Image  # slow import

    Image.new("RGB", (40, 40), "white").save(scan)

    handler = arrive(cast, "case_handler").open(f"/saker/{case.public_id}/familien/").press("Lag brev på papir")
    handler.choose("Maja Ylvasen").write("Hva skal brevet si?", "Vi vil gjerne snakke med deg om Ylva.").press("Lag brevet")
    handler.sees("Brev til Maja Ylvasen (PDF)")
    code = case.letters.get().code

    office = arrive(cast, "teacher_without_relation").open("/svarbrev/")
    office.write("Koden på svararket", "AAAA-AAAA-AAAA")
    office.main.locator("input[type=file]").set_input_files(scan)
    office.press("Legg svaret i saken").sees("Vi finner ikke brevet")
    office.write("Koden på svararket", code.lower())
    office.main.locator("input[type=file]").set_input_files(scan)
    office.press("Legg svaret i saken").sees("Svaret ligger i rett sak").sees_no("Ylva").sees_no("Maja")

    handler.open(f"/saker/{case.public_id}/familien/").sees("Skannet svar fra Maja Ylvasen")


def test_guardian_without_responsibility_asks_and_gets_a_no_with_how_to_appeal(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()

    asker = arrive(cast, "guardian_without_responsibility").open("/skolen/folge/").choose("Ylva")
    asker.press("Send spørsmålet").sees("Skolen svarer skriftlig").sees_no("Solvik")
    head = arrive(cast, "head_teacher").open("/").press("Svar").sees("Roar Ylvasen")
    head.choose("Nei").choose("Det kan skade barnet").write("Begrunnelse", "Det er ikke trygt for Ylva nå.").press("Skriv avgjørelsen")
    head.sees("Du kan klage")
    asker.open("/skolen/folge/").press("Les svaret").sees("Statsforvalteren").sees("Det kan skade barnet").sees("tre uker")
