"""Signing in by hand: a head teacher's first time with a telephone, and a passkey that needs no password."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from playwright.sync_api import BrowserContext, Page, expect

from aktsom.core.accounts.models import User
from tests.cast import Cast, build_cast

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "blåbær-lykt-fjære-9"


@pytest.fixture
def people(transactional_db: None) -> Cast:
    cast = build_cast()
    User.objects.filter(username="head_teacher").update(password=make_password(PASSWORD))
    return cast


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext], live_server: Any) -> Page:
    """A phone that finds the site under the name «localhost», which passkeys ask for."""
    return new_context(base_url=live_server.url.replace("127.0.0.1", "localhost")).new_page()


def enter(page: Page) -> None:
    page.goto("/meldinger/")
    page.get_by_label("Brukernavn").fill("head_teacher")
    page.get_by_label("Passord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Logg inn", exact=True).click()


def confirm_password(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Er det deg?")
    page.get_by_label("Passord", exact=True).fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Gå videre").click()


def give_device(page: Page) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_first_sign_in_sets_up_an_app_and_reaches_the_reports(people: Cast, phone: Page, assert_accessible: Callable[[Page], None]) -> None:
    phone.goto("/meldinger/")
    assert_accessible(phone)
    enter(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Logg inn i to trinn")
    assert_accessible(phone)
    with phone.expect_navigation():
        phone.get_by_role("link", name="Sett opp en app på telefonen").click()
    if phone.get_by_role("heading", level=1).inner_text() == "Er det deg?":
        confirm_password(phone)
    assert_accessible(phone)
    assert phone.get_by_alt_text("QR-kode for appen.", exact=False).evaluate("image => image.naturalWidth") > 0
    phone.get_by_text("Kan du ikke bruke kameraet?").click()
    secret = phone.locator("code").text_content() or ""  # the fold may still be opening
    phone.get_by_label("Koden fra appen").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    phone.get_by_role("button", name="Ta appen i bruk").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Koder til å ta vare på")
    assert_accessible(phone)
    phone.goto("/konto/2fa/")
    assert_accessible(phone)
    phone.goto("/meldinger/")
    expect(phone).to_have_url(re.compile("/meldinger/$"))


def test_passkey_opens_the_reports_without_a_password(people: Cast, phone: Page, assert_accessible: Callable[[Page], None]) -> None:
    give_device(phone)
    enter(phone)
    with phone.expect_navigation():
        phone.get_by_role("link", name="Legg inn en nøkkel i enheten").click()
    if phone.get_by_role("heading", level=1).inner_text() == "Er det deg?":
        confirm_password(phone)
    assert_accessible(phone)
    phone.get_by_label("Navn på nøkkelen").fill("Telefonen min")
    phone.get_by_label("Bruk nøkkelen uten passord").check()
    phone.get_by_role("button", name="Legg inn nøkkelen").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Koder til å ta vare på")
    phone.goto("/konto/2fa/webauthn/")
    expect(phone.get_by_text("Telefonen min")).to_be_visible()
    assert_accessible(phone)
    phone.goto("/konto/logout/")
    phone.get_by_role("main").get_by_role("button", name="Logg ut").click()

    phone.goto("/konto/login/")
    phone.get_by_role("button", name="Logg inn med nøkkelen").click()
    expect(phone).to_have_url(re.compile(r":\d+/$"))
    phone.goto("/meldinger/")
    expect(phone).to_have_url(re.compile("/meldinger/$"))


def test_typed_text_survives_sign_out_in_the_middle(people: Cast, phone: Page) -> None:
    User.objects.filter(username="contact_teacher").update(password=make_password(PASSWORD))
    phone.goto("/konto/login/?next=/meld/")
    phone.get_by_label("Brukernavn").fill("contact_teacher")
    phone.get_by_label("Passord", exact=True).fill(PASSWORD)
    phone.get_by_role("button", name="Logg inn", exact=True).click()
    phone.get_by_label("Hva har skjedd?").fill("Hun sto alene ved porten igjen")
    expect(phone.locator("[data-aktsom-saved]")).to_contain_text("Lagret kl.", timeout=8000)
    phone.context.clear_cookies()

    phone.goto("/meld/")
    expect(phone.get_by_text("er tatt vare på")).to_be_visible()
    phone.get_by_label("Brukernavn").fill("contact_teacher")
    phone.get_by_label("Passord", exact=True).fill(PASSWORD)
    phone.get_by_role("button", name="Logg inn", exact=True).click()
    expect(phone.get_by_label("Hva har skjedd?")).to_have_value("Hun sto alene ved porten igjen")

    phone.goto("/konto/mine-utkast/")
    expect(phone.get_by_text("Hun sto alene ved porten igjen")).to_be_visible()
    phone.get_by_role("link", name="Skriv videre").click()
    expect(phone).to_have_url(re.compile("/meld/$"))
