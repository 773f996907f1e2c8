"""The components in a real browser: axe, narrow, dark, without JavaScript, by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

COMPONENTS = "/utvikling/komponenter/?feil=1"


@pytest.fixture(autouse=True)
def trying_out(settings: Any) -> None:
    settings.AKTSOM_DEMO_SIGN_IN = True


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_components_are_accessible_on_a_laptop_and_in_the_dark(
    new_context: Callable[..., BrowserContext], assert_accessible: Callable[[Page], None], scheme: str
) -> None:
    page = new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme).new_page()

    page.goto(COMPONENTS)

    assert_accessible(page)


@pytest.mark.parametrize("width", [320, 360, 640, 960, 1280])
def test_components_never_scroll_sideways(new_context: Callable[..., BrowserContext], width: int) -> None:
    page = new_context(viewport={"width": width, "height": 256}).new_page()

    page.goto(COMPONENTS)

    assert overflow(page) == 0


def test_what_is_missing_takes_focus_and_leads_to_the_field(page: Page) -> None:
    page.goto(COMPONENTS)
    expect(page.locator("#error-summary")).to_be_focused()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#id_what")).to_be_focused()


def test_every_button_on_a_phone_is_large_enough_for_a_thumb(page: Page) -> None:
    page.goto(COMPONENTS)

    small = page.evaluate("""
        [...document.querySelectorAll('.ds-button, summary, .aktsom-tabs a, .aktsom-pages a, input:not([type=hidden]), select, textarea')]
        .map(e => [e.closest('.aktsom-option') ?? e, e])
        .filter(([target]) => target.offsetHeight > 0 && target.offsetHeight < 44)
        .map(([target, e]) => e.outerHTML.slice(0, 80))
    """)

    assert small == []
