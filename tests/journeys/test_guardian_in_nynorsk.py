"""A guardian reads nynorsk, from the sign-in page to her view on a measure, on a phone; and the staff's pages stay bokmål."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.cast import build_cast
from tests.journeys.test_family_room import difficult_case
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PASSWORD = "fire vanlige ord paa rad"


def test_guardian_reads_nynorsk_from_sign_in_to_her_view(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    difficult_case(cast)
    account = cast.person("guardian").user
    account.set_password(PASSWORD)
    account.save()

    visitor = arrive(cast).open("/konto/login/").sees("Logg inn")
    visitor.page.get_by_role("button", name="Nynorsk").click()
    visitor.sees("Brukarnamn")
    assert visitor.page.locator("html").get_attribute("lang") == "nn"
    visitor.write("Brukarnamn", account.username).write("Passord", PASSWORD).press("Logg inn")

    guardian = arrive(cast, "guardian").open("/")
    guardian.page.get_by_role("button", name="Nynorsk").click()
    guardian.press("Svar no").choose("Som før").press("Send svaret").sees("Takk for at du svara.")
    guardian.sees("Skulen tok imot").sees_no("Skolen").sees_no("dere")
    guardian.press(re.compile("^Verkar dette")).choose("Dette verkar ikkje").write("Kva meiner du om dette?", "Vi ser inga endring.")
    guardian.press("Send det eg meiner").sees("Dette verkar ikkje").sees("Vi ser inga endring.")
    assert guardian.page.locator("html").get_attribute("lang") == "nn"
    account.refresh_from_db()
    assert account.language == "nn"
