"""What the scripts add: text saved as it is typed, pictures shown before sending, a page left without a trace."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import script_pages

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.journeys.script_pages"),
]


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    script_pages.SAVED.clear()
    script_pages.ANSWER["status"] = 204
    yield
    script_pages.SAVED.clear()


def words() -> list[str]:
    return [saved.get("what", saved.get("sent", "")) for saved in script_pages.SAVED]


def test_text_is_saved_while_it_is_typed_and_says_when(page: Page) -> None:
    page.goto("/prove/")
    page.fill("#secret", "hemmelig")
    page.fill("#what", "Hei")

    expect(page.locator("[data-aktsom-saved]")).to_have_text(re.compile(r"^Lagret kl\. \d\d\.\d\d$"))
    assert script_pages.SAVED == [{"what": "Hei"}]


def test_failure_to_save_is_said_and_the_text_stands(page: Page) -> None:
    script_pages.ANSWER["status"] = 500
    page.goto("/prove/")

    page.fill("#what", "Hei")

    expect(page.locator("[data-aktsom-saved]")).to_contain_text("Vi får ikke lagret akkurat nå.")
    expect(page.locator("#what")).to_have_value("Hei")


def test_text_is_saved_once_when_the_page_is_left_at_once(page: Page) -> None:
    page.goto("/prove/")
    page.fill("#what", "Rakk ikke mer")

    page.goto("/prove/?igjen")
    page.wait_for_timeout(2500)  # long enough for a second, unwanted one

    assert words() == ["Rakk ikke mer"]


def test_pressing_send_three_times_sends_once(page: Page) -> None:
    page.goto("/prove/")
    page.fill("#what", "En gang")

    page.evaluate("() => { const send = document.querySelector('button.ds-button'); send.click(); send.click(); send.click() }")
    page.wait_for_url("**/prove/send/")

    assert words() == ["En gang"]


def test_picture_is_shown_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    picture = tmp_path / "bilde.png"
    Image.new("RGB", (8, 8), "green").save(picture)
    page.goto("/prove/")
    expect(page.locator("#shown")).to_be_hidden()

    page.set_input_files("#picture", picture)

    expect(page.locator("#shown figcaption")).to_have_text("bilde.png")
    assert page.evaluate("document.querySelector('#shown img').decode().then(() => true)") is True


@pytest.mark.parametrize("way", ["click", "escape"])
def test_page_left_in_a_hurry_is_not_behind_the_back_button(page: Page, way: str) -> None:
    page.route("https://www.yr.no/", lambda route: route.fulfill(body="<title>Været</title>", content_type="text/html"))
    page.goto("about:blank")
    page.goto("/prove/")

    if way == "click":
        page.click("[data-aktsom-exit]")
    else:
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    page.wait_for_url("https://www.yr.no/")
    page.go_back()

    expect(page).to_have_url("about:blank")


def test_page_can_be_left_without_javascript(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.route("https://www.yr.no/", lambda route: route.fulfill(body="<title>Været</title>", content_type="text/html"))
    page.goto("/prove/")

    page.click("[data-aktsom-exit]")

    expect(page).to_have_url("https://www.yr.no/")


def test_long_list_is_searched_and_the_only_one_that_fits_is_chosen(page: Page) -> None:
    page.goto("/prove/velg/")
    search = page.get_by_label("Søk i listen").first

    search.fill("kare o")

    expect(page.get_by_label("Hvem?")).to_have_value("")  # ø is another letter
    expect(page.get_by_role("status").first).to_have_text("Ingen i listen passer. Se om det er skrevet riktig.")
    search.fill("kare")
    expect(page.get_by_label("Hvem?")).to_have_value("k")
    expect(page.get_by_role("status").first).to_have_text("Så mange passer: 1")
    search.fill("nr1")
    expect(page.get_by_label("Hvem?").locator("option")).to_have_count(7)  # nothing, who was chosen, and five
    search.press("Enter")
    expect(page.get_by_label("Hvem?")).to_be_focused()


def test_long_list_of_boxes_is_searched_and_what_is_ticked_stays(page: Page) -> None:
    page.goto("/prove/velg/")
    page.get_by_text("Gjest 3", exact=True).click()

    page.get_by_label("Søk i listen").last.fill("gjest 1")

    shown = page.locator(".aktsom-option:visible")
    expect(shown).to_have_text(["Gjest 1", "Gjest 3", "Gjest 10", "Gjest 11", "Gjest 12", "Gjest 13"])
