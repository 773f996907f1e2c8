"""A pupil tells without a name, sees the picture the school sends, and in the end says who she is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cast import build_cast
from tests.journeys.test_pupil_tells import picture
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TOLD = "Jeg blir stengt ute fra garderoben."


def test_pupil_without_a_name_gives_it_in_the_end(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    pupil = arrive(cast)
    pupil.open("/skole/solvik/").press("Dette lagrer vi").sees("til nærmeste minutt").press("Si fra")
    pupil.write("Hva har skjedd?", TOLD).press("Send meldingen").sees("Vi har fått meldingen din")
    receipt = pupil.main.locator(".aktsom-receipt").inner_text()

    head = arrive(cast, "head_teacher")
    head.open("/").press("Åpne meldingen").press("Ta imot meldingen").sees(TOLD).sees_no("Ylva")
    head.write("Svar til den som meldte", "Er det denne døra?")
    head.main.get_by_label("Bilder").set_input_files({"name": "dor.png", "mimeType": "image/png", "buffer": picture()})
    head.press("Send svaret").sees("Bildene du sender").press("Send svaret").sees("Svaret er sendt.")

    pupil.open("/skole/solvik/svar/").write("De fire ordene og tallet", receipt).press("Vis svaret").sees("Er det denne døra?")
    expect(pupil.main.get_by_role("img", name="Bilde 1, sendt av skolen")).to_have_count(1)
    pupil.unfold("Vil du si hvem du er?").press("Les hva det betyr").sees("Du får hjelp også uten navn.")
    pupil.press("Gå tilbake uten å si det").sees("Er det denne døra?")
    pupil.unfold("Vil du si hvem du er?").press("Les hva det betyr")
    pupil.write("Navnet ditt", "Ylva Ylvasen").press("Si hvem jeg er").sees("Nå vet de som har meldingen, hvem du er.")
    assert pupil.page.context.cookies() == []

    head.open("/meldinger/").press("Melding uten navn på eleven").sees("Ylva Ylvasen").sees("sa det selv senere")
