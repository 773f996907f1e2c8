"""The page's language is the one the person chose, and ``lang`` says what is really there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from aktsom.cases.tests.factories import building
from aktsom.core.accounts.middleware import languages_there_are
from tests.cast import build_cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _looked_for_anew() -> Any:
    languages_there_are.cache_clear()
    yield
    languages_there_are.cache_clear()


def language_of(client: Client, **headers: str) -> str:
    response = client.get(reverse("account_login"), headers=headers)
    assert response.status_code == 200
    return response.content.decode().split('<html lang="')[1].split('"')[0]


def test_page_in_an_english_browser_is_bokmal_and_says_so() -> None:
    assert language_of(Client(), **{"accept-language": "en-GB,en;q=0.9"}) == "nb"


def test_chosen_language_is_followed_only_when_there_is_a_translation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = tmp_path / "nn" / "LC_MESSAGES" / "django.mo"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_bytes(b"")
    client = Client()
    shown = {}
    for language in ("nn", "en", "xx"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        monkeypatch.setattr(settings, "LOCALE_PATHS", [tmp_path])
        languages_there_are.cache_clear()
        shown[language] = language in languages_there_are()

    assert shown == {"nn": True, "en": False, "xx": False}
    monkeypatch.setattr(settings, "LOCALE_PATHS", [])
    languages_there_are.cache_clear()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert language_of(client) == "nb"


def test_everybody_chooses_language_on_the_page_and_the_browser_forgets_it() -> None:
    browser = Client(enforce_csrf_checks=True)

    answer = browser.post("/konto/sprak/her/", {"language": "nn", "next": "/konto/login/"})
    away = browser.post("/konto/sprak/her/", {"language": "nn", "next": "https://et.annet.sted/"})
    unknown = Client().post("/konto/sprak/her/", {"language": "xx", "next": "/konto/login/"})

    assert (answer["Location"], away["Location"], unknown["Location"]) == ("/konto/login/", "/", "/konto/login/")
    cookie = answer.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["max-age"], cookie["expires"]) == ("nn", "", "")
    assert list(answer.cookies) == [settings.LANGUAGE_COOKIE_NAME]
    assert unknown.cookies.output() == ""
    page = browser.get("/konto/login/")
    assert '<html lang="nn"' in page.content.decode()
    assert page["Content-Language"] == "nn"


def test_account_remembers_the_language_chosen_in_the_page() -> None:
    cast = build_cast()
    guardian = sign_in(cast, "guardian")

    answer = guardian.post("/konto/sprak/her/", {"language": "nn", "next": "/"})
    front = guardian.get("/")

    account = cast.person("guardian").user
    account.refresh_from_db()
    assert (account.language, answer.cookies[settings.LANGUAGE_COOKIE_NAME]["max-age"]) == ("nn", 365 * 24 * 3600)
    assert '<html lang="nn"' in front.content.decode()


def test_page_for_those_who_work_there_is_bokmal_and_says_so() -> None:
    cast = build_cast()
    seen = {}
    for name in ("head_teacher", "guardian"):
        client = sign_in(cast, name)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        page = client.get("/")
        seen[name] = (page.content.decode().split('<html lang="')[1].split('"')[0], page["Content-Language"])

    assert seen == {"head_teacher": ("nb", "nb"), "guardian": ("en", "en")}


def test_public_page_is_in_the_schools_language_until_one_is_chosen() -> None:
    cast = build_cast()
    with building():
        cast.school.language = "nn"
        cast.school.save()
    address = f"/skole/{cast.school.slug}/"

    own = Client().get(address)
    chosen = Client()
    chosen.cookies[settings.LANGUAGE_COOKIE_NAME] = "nb"

    assert own["Content-Language"] == "nn"
    assert own.cookies.output() == ""
    assert chosen.get(address)["Content-Language"] == "nb"
