"""Bring your own plan, from the pasted table to the draft: shown beside the original first, corrected, taken."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.plans.models import EnvironmentPlan, PlanReading
from aktsom.plans.reading.kept import mark_of
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
    fields = {"take": "1", "seen": mark_of(reading.rows), "title": "Vår plan", "take-0": "on", "take-1": "on"}
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

    page = head.post(f"/planen/lest/{reading.public_id}/", fields, follow=True).content.decode()

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


SEVERAL = "<h1>Plan for trivsel</h1><table><tr><th>Hva</th><th>Hvem</th><th>Når</th></tr><tr><td>Tur<br>Lek</td><td>Rektor</td><td>Mai</td></tr></table>"


def test_plan_is_offered_its_own_title_and_takes_the_one_that_is_typed(head: Client, cast: Cast) -> None:
    reading = bring(head, cast, file=SimpleUploadedFile("skanning 3 (kopi).html", SEVERAL.encode()))
    page = head.get(f"/planen/lest/{reading.public_id}/").content.decode()

    head.post(f"/planen/lest/{reading.public_id}/", typed(reading, title="Trivselsplanen vår"))

    assert ('value="Plan for trivsel"' in page, content_from(EnvironmentPlan.objects.get().editions.get().content).title) == (
        True,
        "Trivselsplanen vår",
    )


def test_plan_without_a_title_is_offered_the_name_of_the_school(head: Client, cast: Cast) -> None:
    reading = bring(head, cast, text=PASTED)

    assert reading.title == f"{cast.school}: plan for et trygt og godt skolemiljø"


def test_rows_are_joined_and_split_and_what_was_typed_is_kept(head: Client, cast: Cast) -> None:
    reading = bring(head, cast, file=SimpleUploadedFile("plan.html", SEVERAL.encode()))
    address = f"/planen/lest/{reading.public_id}/"
    fields = typed(reading, **{"what-1": "Lek i skogen"})
    del fields["take"]

    answer = head.post(address, fields | {"change": "join-1"})
    reading.refresh_from_db()
    joined = [(kept["row"]["what"], kept["lines"]) for kept in reading.rows]
    split = typed(reading, **{"what-0": "Tur\nLek i skogen", "change": "split-0"})
    del split["take"], split["take-1"]
    head.post(address, split)
    reading.refresh_from_db()

    assert (answer.status_code, answer["Location"]) == (302, f"{address}#rad-0")
    assert joined == [("Tur; Lek i skogen", ["Tur", "Lek i skogen"])]
    assert [kept["row"]["what"] for kept in reading.rows] == ["Tur", "Lek i skogen"]
    assert AuditEvent.objects.filter(event=Event.PLAN_READING_CORRECTED).count() == 2


def test_corrections_and_what_was_left_out_are_there_when_the_page_is_opened_again(head: Client, cast: Cast) -> None:
    reading = bring(head, cast, text=PASTED)
    fields = typed(reading, **{"what-0": "Klassens beste time", "title": "Vår nye plan"})
    del fields["take"], fields["take-1"]

    head.post(f"/planen/lest/{reading.public_id}/", fields | {"again": "1"})
    page = head.get(f"/planen/lest/{reading.public_id}/").content.decode()

    assert ("Klassens beste time" in page, "Vår nye plan" in page) == (True, True)
    assert ('id="take-0" checked' in page, 'id="take-1" checked' in page) == (True, False)


@pytest.mark.parametrize("deed", [{"take": "1"}, {"change": "join-1"}, {"again": "1"}])
def test_rows_somebody_else_changed_meanwhile_are_not_written_over(head: Client, cast: Cast, deed: dict[str, str]) -> None:
    reading = bring(head, cast, text=PASTED)
    fields = typed(reading, seen="noe eldre", **{"what-0": "Skrevet nå"})
    del fields["take"]

    answer = head.post(f"/planen/lest/{reading.public_id}/", fields | deed)

    reading.refresh_from_db()
    page = answer.content.decode()
    assert (answer.status_code, "Radene er endret" in page, "Skrevet nå" in page) == (422, True, True)
    assert (reading.rows[0]["row"]["what"], EnvironmentPlan.objects.exists()) == ("Klassens time", False)


def test_plan_that_was_read_and_left_is_found_again(head: Client, cast: Cast) -> None:
    reading = bring(head, cast, text=PASTED)

    page = head.get(f"/planen/egen/{cast.school.public_id}/").content.decode()

    assert f"/planen/lest/{reading.public_id}/" in page


def test_row_without_words_for_what_is_done_is_not_chosen(head: Client, cast: Cast) -> None:
    reading = bring(head, cast, text="| Hva | Hvem | Når |\n|---|---|---|\n| | Rektor | Uke 40 |\n")
    page = head.get(f"/planen/lest/{reading.public_id}/").content.decode()

    assert ('id="take-0"' in page, 'id="take-0" checked' in page) == (True, False)
