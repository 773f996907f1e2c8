"""A plan of one's own from Word to wheel: uploaded, seen beside the original, the doubtful settled, approved, and in the year."""

from __future__ import annotations

from collections.abc import Callable

import docx
import pytest
from playwright.sync_api import expect

from aktsom.plans.selectors.editions import content_in_force
from aktsom.plans.tests.word_samples import saved, table_of
from aktsom.wheel.models import WheelTask
from tests.cast import build_cast
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DESKTOP = {"width": 1280, "height": 900}


def own_plan() -> bytes:
    """Two tables whose columns come in another order and under other names, a list, and words that are no row."""
    document = docx.Document()
    document.add_heading("Vår plan for trivsel", 1)
    document.add_paragraph("Planen er laget av hele personalet.")
    document.add_heading("Forebygge", 2)
    table_of(
        document,
        [
            ("Tidsrom", "Hvem har ansvar", "Slik gjør vi det", "Oppgave"),
            ("Første skoleuke", "Kontaktlærer", "Leker ute", "Bli kjent-dager"),
            ("Når det klaffer", "Huskomponisten", "Alle synger", "Allsang i gymsalen"),
        ],
    )
    document.add_heading("Følge opp", 2)
    table_of(document, [("Ansvarlig", "Tiltak", "Frist"), ("Rektor", "Elevundersøkelsen", "November")])
    document.add_heading("Mai", 2)
    document.add_paragraph("Aktivitetsdag (miljøarbeider)", style="List Bullet")
    return saved(document)


@pytest.mark.parametrize("wishes", [{}, {"viewport": DESKTOP}, {"java_script_enabled": False}], ids=["phone", "desktop", "bare"])
def test_plan_from_word_becomes_the_tasks_of_the_year(arrive: Callable[..., Walker], wishes: dict[str, object]) -> None:
    cast = build_cast()
    head = arrive(cast, "head_teacher", **wishes)
    head.open(f"/planen/egen/{cast.school.public_id}/")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    head.main.get_by_label("Fil").first.set_input_files({"name": "plan.docx", "mimeType": kind, "buffer": own_plan()})

    head.press("Les planen").sees("Vi fant 4 rader. 3 er forstått helt.").sees("Når det klaffer")
    head.sees("Vi kjenner ikke rollen: huskomponisten.").sees("Vi forstår ikke tiden: Når det klaffer.")
    head.sees("Planen er laget av hele personalet.") if wishes.get("java_script_enabled", True) is False else head.unfold("Velg fra resten")
    head.main.locator("#what-0").fill("Bli kjent-dager\nLekedag")
    head.unfold("Del eller slå sammen")
    head.press("Del ved linjeskift").sees("Vi fant 5 rader.")
    expect(head.main.locator("#what-1")).to_have_value("Lekedag")
    head.main.locator("#rad-1 summary").click()
    head.press("Slå sammen med raden over").sees("Vi fant 4 rader.")
    head.main.locator("#what-0").fill("Bli kjent-dager")
    head.main.locator("#who-1").fill("Kontaktlærer")
    head.main.locator("#when-1").fill("Uke 50")
    head.main.get_by_label("Hva skal planen hete?").fill("Planen vår")
    head.press("Lagre rettelsene").sees_no("Vi kjenner ikke rollen").sees_no("Vi forstår ikke tiden")
    head.press("Ta radene inn i et utkast").sees("4 rader er lagt i utkastet.")

    head.open("/planen/").press("Behandling").press("Sett planen i kraft").sees("Planen gjelder nå")

    content = content_in_force(cast.school.pk)
    assert content is not None
    assert content.title == "Planen vår"
    assert [(row.what, row.who) for _section, row in content.rows()] == [
        ("Bli kjent-dager", ("contact_teacher",)),
        ("Allsang i gymsalen", ("contact_teacher",)),
        ("Elevundersøkelsen", ("head_teacher",)),
        ("Aktivitetsdag", ("environment_worker",)),
    ]
    head.open(f"/arshjul/{cast.school.public_id}/ordne/")
    if not WheelTask.objects.filter(school=cast.school).exists():
        head.press_first("form button")
    head.open(f"/arshjul/{cast.school.public_id}/liste/").sees("Elevundersøkelsen").sees("Allsang i gymsalen")
    head.open(f"/skole/{cast.school.slug}/plan/").sees("Bli kjent-dager").sees("Aktivitetsdag")
