"""Help while writing: it marks, it explains, it never stops anybody, and nothing leaves the browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.journeys.script_pages"),
]


def write_and_see(page: Page, text: str, words: list[str]) -> None:
    """Write, and see just these words marked when the help has had time to mark more."""
    page.fill("#what", text)
    page.wait_for_timeout(900)
    expect(page.locator(".aktsom-writing button")).to_have_text(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Solveig ble skjøvet av K.L. i gangen.", ["«K.L.»"]),
        ("Solveig har ADHD og er lat.", ["«ADHD»", "«lat»"]),
        ("I friminuttet kom Torbjørn bort til Solveig.", ["«Torbjørn»"]),
        ("Solveig påstår at det skjer på SFO.", ["«påstår»"]),
        ("Solveig sto alene ved porten. Læreren gikk bort. PPT er spurt.", []),
        ("Hun ropte at de MÅ slutte NÅ, og at hun IKKE ville. Han sa NEI.", []),
        ("Det skjer etter gym, latter og planlagte turer til Oslo.", []),
    ],
)
def test_words_are_marked_with_what_to_write_instead(page: Page, text: str, words: list[str]) -> None:
    page.goto("/prove/skriv/")

    write_and_see(page, text, words)


@pytest.mark.parametrize("word", ["bråkmaker", "lyver", "umulig", "slem", "overreagerer", "plageånd"])
def test_neg_49_word_that_judges_a_pupil_is_marked_with_what_to_write_instead(page: Page, word: str) -> None:
    page.goto("/prove/skriv/")

    write_and_see(page, f"Solveig er {word} i timen.", [f"«{word}»"])

    expect(page.locator(".aktsom-writing")).to_contain_text("Ordet dømmer. Skriv hva som ble sagt og gjort, hvor og når.")


def test_name_written_in_a_field_that_asks_for_it_is_known(page: Page) -> None:
    page.goto("/prove/skriv/")
    text = "I friminuttet kom Torbjørn bort til Naima."

    write_and_see(page, text, ["«Torbjørn»", "«Naima»"])
    page.fill("#pupils", "Naima Havfjell, 5A")
    page.fill("#what", "")

    write_and_see(page, text, ["«Torbjørn»"])


def test_nothing_is_sent_while_somebody_writes(page: Page, assert_accessible: Callable[[Page], None]) -> None:
    page.goto("/prove/skriv/")
    page.wait_for_load_state("networkidle")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))

    write_and_see(page, "K.L. er en bråkmaker med Tourette, sier Torbjørn.", ["«K.L.»", "«bråkmaker»", "«Tourette»", "«Torbjørn»"])
    assert_accessible(page)

    assert sent == []


def test_mark_leads_to_the_word(page: Page) -> None:
    page.goto("/prove/skriv/")
    write_and_see(page, "Han er umoden.", ["«umoden»"])
    page.get_by_role("button", name="«umoden»").click()

    assert (
        page.evaluate("document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)")
        == "umoden"
    )


def test_without_scripts_the_form_is_just_a_form(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/prove/skriv/")
    page.fill("#what", "K.L. er umoden.")

    expect(page.locator(".aktsom-writing")).to_have_count(0)
