"""From an empty installation to a test report that is received: by hand, on a phone, without a manual, and counted."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from playwright.sync_api import expect

from aktsom.core.access.actor import system_actor
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.notify.models import JobRun
from aktsom.core.timing.clock import now
from aktsom.insight.services import installation_token
from aktsom.people.models import Enrolment
from aktsom.plans.selectors.editions import edition_in_force
from aktsom.reports.models import Report
from aktsom.schools.models import School
from aktsom.wheel.models import WheelTask
from tests.cast import Cast
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DESKTOP = {"width": 1280, "height": 900}
PASSWORD = "blåbær-lykt-fjære-9"
LIST = "fornavn;etternavn;klasse;trinn;fødselsdato\nKari;Eksempel;5A;5;24.12.2015\nOla;Eksempel;5A;5;03.02.2015\n"
NOBODY: Any = Cast(owner=None, other_owner=None, school=None, other_school=None, group=None, people={})  # type: ignore[arg-type]
MOST_TAPS = 60  # taps and fields, from the link to the received test report; docs/drift says how many


def begin(one: Walker) -> None:
    """The one-time link: owner, school, oneself, and one at the owner."""
    one.open(f"/kom-i-gang/ny/{installation_token()}/").sees("Her er det ingen skole ennå")
    for name, text in {
        "school_name": "Bjørkli skole",
        "school_number": "974760673",
        "owner_name": "Bjørkli kommune",
        "owner_number": "889640782",
        "given_name": "Rita",
        "family_name": "Rektorsen",
        "email": "rita@example.invalid",
        "at_owner_given": "Eli",
        "at_owner_family": "Eiersen",
        "at_owner_email": "eli@example.invalid",
    }.items():
        one.main.locator(f"[name={name}]").fill(text)
        one.taps += 1
    one.press("Sett opp skolen").sees("Skolen er satt opp").sees("rita@example.invalid")


def sign_in(one: Walker) -> None:
    """Choose a password, sign in, and set up an app for the second step."""
    one.press("Velg passord")
    one.write("Nytt passord", PASSWORD)
    one.main.get_by_label("Nytt passord en gang til").fill(PASSWORD)
    one.press("Bytt passordet")
    if one.main.get_by_role("link", name="Logg inn").count():
        one.press("Logg inn").write("Brukernavn", "rita@example.invalid")
        one.main.get_by_label("Passord", exact=True).fill(PASSWORD)
        one.press("Logg inn")
    one.open("/kom-i-gang/")
    if "Sett opp en app på telefonen" in one.main.inner_text():
        one.press("Sett opp en app på telefonen")
    if one.main.get_by_role("heading", level=1).inner_text() == "Er det deg?":
        one.main.get_by_label("Passord", exact=True).fill(PASSWORD)
        one.press("Gå videre")
    secret = one.main.locator("code").text_content() or ""
    one.write("Koden fra appen", format_hotp_value(hotp_value(secret.strip(), int(time.time()) // 30))).press("Ta appen i bruk")
    one.open("/kom-i-gang/").sees("Kom i gang")


def set_up(one: Walker) -> None:
    """Every step, in the order of the page."""
    one.sees("Neste: Velg en plan å begynne med.").press("Velg plan").sees("Hva skiller dem?").choose("Steinkjer kommune").choose(
        "Fra i dag"
    )
    one.press("Begynn med denne planen").sees("Planen gjelder fra i dag.")
    one.press("Se forslaget").pick("Hvilket fylke ligger skolen i?", "Trøndelag").press("Vis forslag for fylket")
    expect(one.main.get_by_label("Navn").nth(1)).to_have_value("Høstferie")
    one.press("Datoene stemmer, skriv inn skoleruta").sees("Skoleruta er skrevet inn.")
    one.press("Velg liste")
    one.main.get_by_label("Lista", exact=True).set_input_files({"name": "5a.csv", "mimeType": "text/csv", "buffer": LIST.encode()})
    one.taps += 1
    one.press("Se hva lista gjør").sees("Ingenting er skrevet ennå").press("Les inn lista").sees("Lista er lest inn")
    one.press("Før opp")
    for given, stands_in in (("Sara", True), ("Nils", False)):
        one.write("Fornavn", given).write("Etternavn", "Nysen").write("E-post", f"{given}@example.invalid".lower())
        one.choose("Avdelingsleder eller inspektør")
        if stands_in:
            one.choose("Er rektors stedfortreder")
        one.press("Før opp og send lenke").sees("er ført opp, og får en lenke")


def try_out(one: Walker) -> None:
    """The self-test, an e-mail to oneself, and a test report that is sent, taken and removed."""
    with unit_of_work(system_actor("test"), "test"):
        JobRun.objects.create(name="x", slot=1, started_at=now())
    one.open("/kom-i-gang/").press("Se om alt virker").sees("Går rett til skoleeieren: Eli Eiersen").sees("Går til Rita Rektorsen")
    one.press("Send en e-post til meg").sees("E-posten er sendt til rita@example.invalid")
    one.press("Send prøvemeldingen").sees("De som tar imot, har fått den").sees("Den er ikke tatt imot ennå")
    one.open("/meldinger/").sees("Prøve").press("Prøvemelding").sees("Den handler ikke om noe barn").press("Ta imot meldingen")
    one.open("/kom-i-gang/").sees("Den kom fram og er tatt imot")


@pytest.mark.parametrize("wishes", [{}, {"viewport": DESKTOP}, {"java_script_enabled": False}], ids=["phone", "desktop", "bare"])
def test_empty_installation_becomes_a_school_that_has_received_a_test_report(
    arrive: Callable[..., Walker], live_server: Any, settings: Any, wishes: dict[str, object]
) -> None:
    settings.AKTSOM_BASE_URL = live_server.url
    began = time.monotonic()
    one = arrive(NOBODY, **wishes)

    begin(one)
    sign_in(one)
    set_up(one)
    try_out(one)

    seconds, taps = time.monotonic() - began, one.taps
    school, report = School.objects.get(), Report.objects.get()
    assert (report.is_test, report.acknowledged_at is not None, edition_in_force(school.pk) is not None) == (True, True, True)
    assert (Enrolment.objects.filter(school=school).count(), WheelTask.objects.filter(school=school).exists()) == (2, True)
    assert any("rita@example.invalid" in message.to and "Prøve" in message.subject for message in mail.outbox)
    assert taps <= MOST_TAPS, taps
    assert seconds < 15 * 60
    one.press("Se om alt virker").press("Ta bort prøvemeldingen").sees("Loggen viser at den var der")
    assert (Report.objects.count(), re.search(r"\d av 6", one.open("/kom-i-gang/").main.inner_text()) is not None) == (0, True)
