"""Bring your own plan, from the pasted table to the draft: shown beside the original first, corrected, taken."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aktsom.plans.models import EnvironmentPlan, PlanReading
from aktsom.plans.rules.content import content_from
from aktsom.plans.tests.test_reading import word_file
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
PASTED = "Hva\tHvem\tNår\nKlassens time\tKontaktlærer\tPartallsuker\nVennskapsuke\tTrollmannen\tNår snøen smelter\n"


@pytest.fixture
def head(cast: Cast) -> Client:
    return sign_in(cast, "head_teacher")


def bring(client: Client, cast: Cast, **sent: Any) -> PlanReading:
    answer = client.post(f"/planen/egen/{cast.school.public_id}/", sent)
    assert answer.status_code == 302, answer.content
    return PlanReading.objects.get()


def typed(reading: PlanReading, **changes: str) -> dict[str, str]:
    fields = {"take": "1", "take-0": "on", "take-1": "on"}
    for number, kept in enumerate(reading.rows):
        row = kept["row"]
        fields |= {
            f"what-{number}": row["what"],
            f"who-{number}": row.get("who_said", "kontaktlærer"),
            f"when-{number}": row.get("when_said", ""),
        }
    return fields | changes


def test_pasted_table_is_shown_beside_what_was_understood(head: Client, cast: Cast) -> None:
    reading = bring(head, cast, text=PASTED)

    page = head.get(f"/planen/lest/{reading.public_id}/").content.decode()

    assert "Vi kjenner ikke rollen: trollmannen." in page
    assert "Vi forstår ikke tiden: Når snøen smelter." in page
    assert "I partallsuker" in page
    assert not EnvironmentPlan.objects.exists()


def test_corrected_rows_become_a_draft_and_the_rest_is_left(head: Client, cast: Cast) -> None:
    reading = bring(head, cast, file=SimpleUploadedFile("plan.docx", word_file()))

    answer = head.post(
        f"/planen/lest/{reading.public_id}/", typed(reading, **{"when-1": "Uke 36", "who-1": "Rektor", "what-1": "Vennskapsuka"})
    )

    assert answer.status_code == 302
    content = content_from(EnvironmentPlan.objects.get().editions.get().content)
    rows = [row for _section, row in content.rows()]
    assert [(row.what, row.who, row.when_said) for row in rows] == [
        ("Klassens time", ("contact_teacher",), "Partallsuker"),
        ("Vennskapsuka", ("head_teacher",), "Uke 36"),
    ]
    assert rows[1].timings[0].kind == "window"


def test_correction_is_read_again_before_anything_is_taken(head: Client, cast: Cast) -> None:
    reading = bring(head, cast, text=PASTED)
    fields = typed(reading, **{"when-1": "Mai/juni", "who-1": "FAU"})
    del fields["take"]

    page = head.post(f"/planen/lest/{reading.public_id}/", fields).content.decode()

    assert "Vi kjenner ikke rollen" not in page
    assert "Vi forstår ikke tiden" not in page
    assert not EnvironmentPlan.objects.exists()


def test_nothing_chosen_says_so(head: Client, cast: Cast) -> None:
    reading = bring(head, cast, text=PASTED)

    answer = head.post(f"/planen/lest/{reading.public_id}/", {"take": "1"})

    assert answer.status_code == 422
    assert "Velg minst én rad." in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": ""}, "Velg en fil eller lim inn tabellene."),
        ({"text": "12\n\n13"}, "Vi fant ingen tabeller"),
        ({"file": ("plan.pdf", b"%PDF-1.7")}, "Lagre planen som Word-fil"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(head: Client, cast: Cast, sent: dict[str, Any], said: str) -> None:
    fields = {name: SimpleUploadedFile(*value) if isinstance(value, tuple) else value for name, value in sent.items()}

    answer = head.post(f"/planen/egen/{cast.school.public_id}/", fields)

    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize("name", ["contact_teacher", "head_teacher_elsewhere", "pupil", "guardian"])
def test_others_cannot_bring_a_plan(head: Client, cast: Cast, name: str) -> None:
    reading = bring(head, cast, text=PASTED)

    for address in (f"/planen/egen/{cast.school.public_id}/", f"/planen/lest/{reading.public_id}/"):
        assert sign_in(cast, name).get(address).status_code in {403, 404}


def test_correction_in_nynorsk_and_as_schools_write_is_understood(head: Client, cast: Cast) -> None:
    reading = bring(head, cast, text=PASTED)
    fields = typed(reading, **{"when-1": "Annakvar veke", "who-1": "Kontaktlærarane på 5. trinn"})

    assert head.post(f"/planen/lest/{reading.public_id}/", fields).status_code == 302

    _first, row = [row for _section, row in content_from(EnvironmentPlan.objects.get().editions.get().content).rows()]
    assert (row.who, row.when_said, [timing.kind for timing in row.timings]) == (("contact_teacher",), "Annakvar veke", ["weekly"])
