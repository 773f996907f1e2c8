"""A school's plan from a template to the open page: begun, written, treated, put in force, read by anyone; the next edition compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from aktsom.core.timing.clock import today
from aktsom.plans.services import begin_plan, put_edition_in_force
from tests.cast import build_cast
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DESKTOP = {"width": 1280, "height": 900}


def begin(head: Walker, template: str = "Lillestrøm") -> None:
    head.open("/planen/").press("Begynn på planen")
    head.main.get_by_label(template).check()
    head.press("Lag utkastet").sees("Utkastet er laget")


def put_in_force(head: Walker) -> None:
    head.press("Behandling").press("Sett planen i kraft").sees("Planen gjelder nå")


@pytest.mark.parametrize("wishes", [{}, {"viewport": DESKTOP}, {"java_script_enabled": False}], ids=["phone", "desktop", "bare"])
def test_plan_is_begun_written_put_in_force_and_read(arrive: Callable[..., Walker], wishes: dict[str, object]) -> None:
    cast = build_cast()
    head = arrive(cast, "head_teacher", **wishes)
    begin(head)
    head.sees("Planen viser til noe som ikke gjelder lenger").sees("opplæringslova kapittel 12")
    head.press_first("a:text('Ny rad')").write("Hva", "Felles frokost i kantina").write("Hvem", "rektor").write("Når", "hver tredje uke")
    head.press("Vis datoene").sees("I år:").press("Legg til raden").sees("Felles frokost i kantina").sees("Hver 3. skoleuke")
    head.press("Angre siste endring").sees_no("Felles frokost i kantina")

    put_in_force(head)

    head.press("Se den åpne siden").sees("Handlingsplan for trygt og godt skolemiljø")
    visitor = arrive(cast, "nobody", **wishes)
    visitor.open(f"/skole/{cast.school.slug}/plan/").sees("Handlingsplan for trygt og godt skolemiljø")
    visitor.open(f"/skole/{cast.school.slug}/plan/elev/")


def test_dates_come_while_the_time_is_chosen(arrive: Callable[..., Walker]) -> None:
    head = arrive(build_cast(), "head_teacher")
    begin(head)
    head.press_first("a:text('Ny rad')").write("Hva", "Uteskole").pick("Hva slags tid er det?", "På en dato")
    head.sees("Velg også: dag i måneden, måned.")
    head.write("Dag i måneden", "10").page.locator("#id_month").select_option("10")

    head.sees("I år: 10. oktober").look()
    head.press("Legg til raden").sees("I år: 10. oktober")


def test_leader_changes_the_time_of_a_row_from_the_front_page_in_six_taps(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    by = cast.actor("head_teacher")
    first = begin_plan(by=by, place=cast.school, template="storhamar").editions.get()
    put_edition_in_force(by=by, edition=first, valid_from=today() - timedelta(days=30))
    head = arrive(cast, "head_teacher")

    head.open("/").press(re.compile("^Utgave 1 av planen gjelder fra")).press_first("button:text-matches('^Endre i en ny utgave')")
    head.write("Når", "uke 42").sees("I uke 42").sees("I år:")
    head.press("Lagre raden").sees("Raden er lagret i utkastet.")
    head.press("Gå videre og sett planen i kraft").press("Sett planen i kraft").sees("Planen gjelder nå").sees("I uke 42")

    assert head.taps == 6


def test_next_edition_is_compared_with_the_one_in_force(arrive: Callable[..., Walker]) -> None:
    head = arrive(build_cast(), "head_teacher")
    begin(head)
    put_in_force(head)
    head.press("Lag en ny utgave").press_first("a:text-matches('^Endre(?! delen)(?! tittel)')").write("Hva", "Ny tekst i raden").press(
        "Lagre raden"
    )

    head.press("Behandling").press("Hva er endret fra utgaven før?").sees("1 rad er endret").sees("Ny tekst i raden")


def test_evaluation_waits_for_everybody(arrive: Callable[..., Walker]) -> None:
    head = arrive(build_cast(), "head_teacher")
    begin(head)
    head.press("Oppsett").choose("Elevrådet", nth=1).press("Lagre oppsettet")
    head.press("Evaluering").press("Begynn evalueringen").sees("Elevrådet har ikke svart ennå")
    head.press("Skriv inn svaret").choose("Uttalte seg").write("Uttalelse eller referat", "Mer ute").press("Skriv inn svaret")

    head.write("Hva lærte dere?", "Elevene vil mer ut").press("Avslutt evalueringen").sees("Evalueringen er avsluttet")
