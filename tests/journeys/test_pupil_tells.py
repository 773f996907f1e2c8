"""A pupil tells from the school's page: no name, no cookie, a way back, a picture seen before it is sent, with and without scripts."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.cast import build_cast
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def picture() -> bytes:
    """Return a small picture."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("scripts", [True, False])
def test_pupil_tells_without_a_name_and_reads_the_answer(arrive: Callable[..., Walker], scripts: bool) -> None:
    cast = build_cast()
    pupil = arrive(cast, java_script_enabled=scripts)
    pupil.open("/skole/solvik/").press("Si fra")
    assert pupil.missing("Send meldingen") == 1
    pupil.write("Hva har skjedd?", "Jeg blir kalt stygge ting i garderoben.").unfold("Vil du fortelle mer?")
    pupil.main.get_by_label("Bilder").set_input_files({"name": "bilde.png", "mimeType": "image/png", "buffer": picture()})
    pupil.press("Send meldingen").sees("Bildene du sender")
    expect(pupil.main.get_by_role("img", name="Bilde 1")).to_have_count(1)
    pupil.press("Send meldingen").sees("Vi har fått meldingen din")
    assert pupil.taps <= 5
    assert pupil.page.context.cookies() == []
    receipt = pupil.main.locator(".aktsom-receipt").inner_text()

    head = arrive(cast, "head_teacher", java_script_enabled=scripts)
    head.open("/").press("Åpne meldingen").press("Ta imot meldingen").sees("garderoben")
    expect(head.main.get_by_role("img", name="Bilde 1")).to_have_count(1)
    head.write("Svar til den som meldte", "Takk for at du sa fra. Hvem vil du snakke med?").press("Send svaret").sees("Svaret er sendt.")

    pupil.open("/skole/solvik/svar/").write("De fire ordene og tallet", receipt).press("Vis svaret")
    pupil.sees("Hvem vil du snakke med?").write("Skriv til skolen", "Helsesykepleieren.").press("Send").sees("Sendt.")
    head.open("/meldinger/").press("Melding uten navn på eleven").sees("Helsesykepleieren.")


def test_pupil_needs_three_taps_and_one_answer(arrive: Callable[..., Walker]) -> None:
    pupil = arrive(build_cast())

    pupil.open("/skole/solvik/").press("Si fra").write("Hva har skjedd?", "Noen tok sekken min.").press("Send meldingen")

    pupil.sees("Bra at du sa fra.")
    assert pupil.taps == 3
