"""What a pupil reads is easy to read: LIX under 30, in bokmål and in nynorsk (ui.md, Speech).

LIX (Björnsson 1968) is words for each sentence, and the share of words over six letters in percent. A heading, a list item, a
button and a cell end a sentence as a full stop does. Only our own words are measured: names and what people wrote are left out.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import Cast, build_cast
from tests.journeys.test_family_room import difficult_case
from tests.signed_in import sign_in

EASY = 30
INSIDE_A_SENTENCE = {"a", "bdi", "b", "strong", "em", "span", "time", "abbr"}
NOT_READ = {"script", "style", "svg"}
LANGUAGES = ["nb", "nn"]


class Reader(HTMLParser):
    """Collect what is read in the page's main part."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.in_main, self.hidden = "", False, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_main = self.in_main or tag == "main"
        self.hidden += tag in NOT_READ
        self.text += "" if tag in INSIDE_A_SENTENCE else "\n"

    def handle_endtag(self, tag: str) -> None:
        self.in_main = self.in_main and tag != "main"
        self.hidden -= tag in NOT_READ
        self.text += "" if tag in INSIDE_A_SENTENCE else "\n"

    def handle_data(self, data: str) -> None:
        if self.in_main and not self.hidden:
            self.text += re.sub(r"\s+", " ", data)


def lix(text: str) -> float:
    """Return how hard a text is to read."""
    sentences = [words for words in (re.findall(r"[^\W\d_]+", part) for part in re.split(r"[.!?:\n]+", text)) if words]
    words = [word for sentence in sentences for word in sentence]
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)


def read(client: Client, address: str, language: str) -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(address)
    assert (address, page.status_code, page["Content-Language"]) == (address, 200, language)
    reader = Reader()
    reader.feed(page.content.decode())
    return reader.text


def test_lix_is_words_in_a_sentence_and_long_words() -> None:
    assert lix("Du kan si fra. Skolemiljøet er viktig her.") == 4 + 100 * 1 / 8
    assert lix("Opplæringslovgivningen vedrørende skolemiljøspørsmål") == 3 + 100


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages_for_pupils_are_easy_to_read(language: str) -> None:
    build_cast()
    pages = {name: read(Client(), f"/skole/solvik/{name}", language) for name in ("", "si-fra/", "si-fra/hva-lagres/", "svar/")}

    assert {name: round(lix(text)) for name, text in pages.items() if lix(text) >= EASY} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_pupils_own_case_is_easy_to_read(language: str) -> None:
    cast = build_cast()
    case = difficult_case(cast)
    pupil = sign_in(cast, "pupil")
    start = f"/min-sak/{case.public_id}/"
    plan = re.search(r"/min-plan/(?!tiltak/)[^/\"]+/", pupil.get(start).content.decode())
    assert plan is not None
    addresses = [start, *(f"{start}{part}/" for part in ("hvordan-er-det", "skriv", "feil", "rettigheter", "papirer", "lest")), plan[0]]

    pages = {address: without_names(cast, read(pupil, address, language)) for address in addresses}

    assert {address: round(lix(text)) for address, text in pages.items() if lix(text) >= EASY} == {}


def without_names(cast: Cast, text: str) -> str:
    """Take away names of people, which are nobody's choice of words."""
    for person in cast.people.values():
        text = text.replace(str(person), "Ola")
    return text
