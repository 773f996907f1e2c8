"""The page's language is the one the person chose, and ``lang`` says what is really there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from aktsom.core.accounts.middleware import languages_there_are

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
