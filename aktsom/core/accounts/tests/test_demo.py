"""The demo's way in lets nobody be anybody but the made-up people, and does not exist anywhere else."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from aktsom.core.accounts import demo
from aktsom.core.accounts.demo import DemoPerson
from tests.architecture.checks import ROOT
from tests.cast import Cast


@pytest.fixture
def two_people(cast: Cast) -> Iterator[Cast]:
    before = list(demo._provider)
    demo.register_demo_people(
        lambda: [
            DemoPerson("head_teacher", "Solvik skole", "Randi Randistad", "rektor", "Har fått to meldinger."),
            DemoPerson("pupil", "Solvik skole", "Ylva Ylvasen", "elev"),
        ]
    )
    yield cast
    demo._provider[:] = before


def test_made_up_people_are_shown_by_place_and_signed_in_with_two_factors(two_people: Cast) -> None:
    client = Client()

    page = client.get("/demo/").content.decode()
    answer = client.post("/demo/inn/", {"username": "head_teacher"})

    assert [page.count(words) for words in ("Solvik skole", "Randi Randistad, rektor", "Har fått to meldinger.", "<form")] == [1, 1, 1, 3]
    assert (answer.status_code, answer["Location"], client.get("/meldinger/").status_code) == (302, "/", 200)


@pytest.mark.parametrize("username", ["case_handler", "finnes_ikke", ""])
def test_nobody_outside_the_demo_can_be_chosen(two_people: Cast, username: str) -> None:
    client = Client()

    assert client.post("/demo/inn/", {"username": username}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_closed_account_cannot_be_chosen(two_people: Cast) -> None:
    user = two_people.person("pupil").user
    user.is_active = False
    user.save()

    assert Client().post("/demo/inn/", {"username": "pupil"}).status_code == 404


def test_following_a_link_signs_nobody_in(two_people: Cast) -> None:
    assert Client().get("/demo/inn/?username=head_teacher").status_code == 405


def test_turned_off_it_does_not_answer(two_people: Cast, settings: Any) -> None:
    settings.AKTSOM_DEMO_SIGN_IN = False

    assert [Client().get("/demo/").status_code, Client().post("/demo/inn/", {"username": "pupil"}).status_code] == [404, 404]


def test_production_has_no_such_address() -> None:
    program = (
        "import django; django.setup()\n"
        "from django.urls import resolve, Resolver404\n"
        "try:\n    resolve('/demo/')\nexcept Resolver404:\n    print('none')"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AKTSOM_")}
    environment |= {"AKTSOM_MODE": "production", "AKTSOM_SECRET_KEY": "x" * 60, "AKTSOM_SQLITE_FILE": ":memory:"}

    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "none"
