"""Files that show what was done: kept sealed, opened by those with reach, gone for good when taken away. And daily notes."""

import io
import zipfile
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from aktsom.core.access.actions import Action
from aktsom.core.access.door import OutOfReach, Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.files import storage
from aktsom.core.files.documents import CleanDocument, DocumentRefused, clean_document
from aktsom.core.files.tests.test_pictures import jpeg
from aktsom.core.timing.clock import today
from aktsom.core.vault.sealing import ContentDestroyed
from aktsom.wheel.access import files_visible_to, get_file
from aktsom.wheel.jobs import JOB, remove_old_evidence
from aktsom.wheel.models import DailyNote, TaskFile, WheelTask
from aktsom.wheel.rules import MOST_FILES, TaskState, obsolete_on
from aktsom.wheel.services import add_file, finish_task, remove_daily_note, remove_file, write_daily_note
from tests.cast import Cast
from tests.signed_in import sign_in

PDF = CleanDocument(b"%PDF-1.7 referat", "application/pdf", "referat.pdf")


def own(cast: Cast) -> WheelTask:
    return WheelTask.objects.filter(group=cast.group, who=" contact_teacher ").order_by("due_on", "id")[0]


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def package(*names: str, mimetype: str = "") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name in names:
            made.writestr(name, "x")
    return written.getvalue()


WORD = package("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "content", "kind", "kept"),
    [
        ("Møte 3. mai.pdf", b"%PDF-1.7 hei", "application/pdf", "Møte 3. mai.pdf"),
        ("../../regler.docx", WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "regler.docx"),
        (
            "liste",
            package("[Content_Types].xml", "xl/workbook.xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "liste.xlsx",
        ),
        (
            "a.zip",
            package("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
            "application/vnd.oasis.opendocument.text",
            "a.odt",
        ),
        ("x\u202egnp.exe", b"%PDF-1.4", "application/pdf", "x gnp.pdf"),
        ("..", b"%PDF-1.4", "application/pdf", "vedlegg.pdf"),
    ],
)
def test_document_is_kept_as_what_it_is_under_a_plain_name(name: str, content: bytes, kind: str, kept: str) -> None:
    found = clean_document(_named(name, content))

    assert (found.content, found.media_type, found.name) == (content, kind, kept)


def _named(name: str, content: bytes) -> Any:
    file = io.BytesIO(content)
    file.name, file.size = name, len(content)  # type: ignore[misc, attr-defined]
    return file


def test_picture_is_written_anew() -> None:
    found = clean_document(upload("tavla.png", jpeg().read()))

    assert (found.media_type, found.name, found.is_picture) == ("image/jpeg", "tavla.jpg", True)
    assert found.content[:3] == b"\xff\xd8\xff"


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"MZ\x90\x00",
        b"%PDF-1.7 /OpenAction << /S /JavaScript >>",
        b"%PDF-1.7 /EmbeddedFile",
        package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        package("[Content_Types].xml", "word/document.xml", "word/embeddings/oleObject1.bin"),
        package("noe/annet.txt"),
        package(mimetype="application/epub+zip"),
        WORD[:40],
        b"PK\x03\x04 ikke noe",
    ],
    ids=["page", "program", "pdf-script", "pdf-file", "macro", "object", "text", "book", "half", "no-package"],
)
def test_what_runs_hides_or_is_unknown_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentRefused):
        clean_document(upload("fil.docx", content))


def test_package_that_swells_is_refused_before_it_is_unpacked() -> None:
    swollen = io.BytesIO()
    with zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "x")
        made.writestr("word/document.xml", b"0" * 210_000_000)

    with pytest.raises(DocumentRefused):
        clean_document(upload("fil.docx", swollen.getvalue()))


@pytest.mark.django_db
def test_files_sent_with_the_mark_are_sealed_and_opened_by_those_with_reach(cast: Cast, laid_out: Any) -> None:
    client, task = sign_in(cast, "contact_teacher"), own(cast)
    sent = {"done_on": today().isoformat(), "note": "", "evidence": "", "took_part": ["pupils", "guardians"]}

    answer = client.post(
        f"/arshjul/gjoremal/{task.public_id}/gjort/", {**sent, "files": [upload("Regler.docx", WORD), upload("tavla.jpg", jpeg().read())]}
    )

    assert answer.status_code == 302
    word, picture = TaskFile.objects.order_by("id")
    page = client.get(f"/arshjul/gjoremal/{task.public_id}/").content.decode()
    assert ("Regler.docx" in page, "Elevene i klassen, Foresatte eller FAU" in page) == (True, True)
    on_disk = (Path(settings.AKTSOM_FILES_DIR) / word.stored_name[:2] / word.stored_name).read_bytes()
    assert WORD not in on_disk
    opened = client.get(f"/arshjul/fil/{word.public_id}/")
    shown = client.get(f"/arshjul/fil/{picture.public_id}/")
    assert (opened.content, opened["Content-Disposition"]) == (WORD, 'attachment; filename="vedlegg.docx"')
    assert (opened["Content-Security-Policy"], opened["Cache-Control"]) == ("default-src 'none'; sandbox", "no-store, private")
    assert (shown["Content-Type"], shown["Content-Disposition"]) == ("image/jpeg", 'inline; filename="vedlegg.jpg"')
    assert AuditEvent.objects.filter(event=Event.WHEEL_FILE_READ, object_id=word.public_id).count() == 1
    assert AuditEvent.objects.filter(event=Event.WHEEL_FILES_SEEN, object_id=task.public_id).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("contact_teacher", 200),
        ("head_teacher", 200),
        ("case_handler", 200),  # a department head, who works with the plan
        ("teacher_of_others", 404),
        ("owner_handler", 404),
        ("pupil", 403),
        ("guardian", 403),
        ("head_teacher_elsewhere", 404),
        ("other_owner_handler", 404),
    ],
)
def test_file_is_met_by_whose_task_it_is_and_those_who_lead_the_plan_alone(cast: Cast, laid_out: Any, name: str, status: int) -> None:
    file = add_file(by=cast.actor("contact_teacher"), task=own(cast), document=PDF)

    assert sign_in(cast, name).get(f"/arshjul/fil/{file.public_id}/").status_code == status


@pytest.mark.django_db
def test_task_of_others_is_seen_without_its_files(cast: Cast, laid_out: Any) -> None:
    task = own(cast)
    add_file(by=cast.actor("contact_teacher"), task=task, document=PDF)

    pages = {name: sign_in(cast, name).get(f"/arshjul/gjoremal/{task.public_id}/") for name in ("teacher_of_others", "contact_teacher")}

    assert {name: page.status_code for name, page in pages.items()} == {"teacher_of_others": 200, "contact_teacher": 200}
    assert {name: PDF.name in page.content.decode() for name, page in pages.items()} == {
        "teacher_of_others": False,
        "contact_teacher": True,
    }


@pytest.mark.django_db
def test_who_marked_the_task_done_meets_its_files(cast: Cast, laid_out: Any, building: Any) -> None:
    by = cast.actor("teacher_of_others")
    file, task = add_file(by=cast.actor("contact_teacher"), task=own(cast), document=PDF), own(cast)
    assert list(files_visible_to(by)) == []

    with building():
        task.done_by, task.done_on, task.state = cast.person("teacher_of_others"), today(), "done"
        task.save()

    assert [each.pk for each in files_visible_to(by)] == [file.pk]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("owner_handler", 200),
        ("head_teacher", 200),
        ("contact_teacher", 403),
        ("other_owner_handler", 404),
        ("head_teacher_elsewhere", 404),
    ],
)
def test_owner_opens_a_file_through_the_report_alone_and_it_is_written_down(cast: Cast, laid_out: Any, name: str, status: int) -> None:
    by, task = cast.actor("contact_teacher"), own(cast)
    finish_task(by=by, task=task, done_on=today(), documents=[PDF])
    file = TaskFile.objects.get()

    answer = sign_in(cast, name).get(f"/arshjul/{cast.school.public_id}/rapport/fil/{file.public_id}/")

    assert answer.status_code == status
    assert AuditEvent.objects.filter(event=Event.WHEEL_FILE_READ, object_id=file.public_id).count() == int(status == 200)


@pytest.mark.django_db
def test_report_gives_no_file_of_another_school_or_of_a_task_that_is_open_again(cast: Cast, laid_out: Any) -> None:
    file = add_file(by=cast.actor("contact_teacher"), task=own(cast), document=PDF)
    owner, elsewhere = sign_in(cast, "owner_handler"), sign_in(cast, "head_teacher_elsewhere")

    assert owner.get(f"/arshjul/{cast.school.public_id}/rapport/fil/{file.public_id}/").status_code == 404  # open: not in the report
    assert elsewhere.get(f"/arshjul/{cast.other_school.public_id}/rapport/fil/{file.public_id}/").status_code == 404


@pytest.mark.django_db
def test_refused_file_leaves_the_task_open_and_says_why(cast: Cast, laid_out: Any) -> None:
    client, task = sign_in(cast, "contact_teacher"), own(cast)

    answer = client.post(
        f"/arshjul/gjoremal/{task.public_id}/gjort/", {"done_on": today().isoformat(), "files": [upload("a.html", b"<p>")]}
    )

    task.refresh_from_db()
    assert (answer.status_code, task.state, TaskFile.objects.count()) == (422, TaskState.OPEN, 0)
    assert "Vi kan ikke ta imot denne filen." in answer.content.decode()


@pytest.mark.django_db
def test_eleventh_file_is_refused_and_nothing_is_marked(cast: Cast, laid_out: Any) -> None:
    by, task = cast.actor("contact_teacher"), own(cast)
    for _number in range(MOST_FILES):
        add_file(by=by, task=task, document=PDF)

    with pytest.raises(Refused):
        finish_task(by=by, task=WheelTask.objects.get(pk=task.pk), done_on=today(), documents=[PDF])
    task.refresh_from_db()
    assert (task.state, TaskFile.objects.count()) == (TaskState.OPEN, MOST_FILES)


@pytest.mark.django_db
def test_file_taken_away_is_gone_for_good(cast: Cast, laid_out: Any, django_capture_on_commit_callbacks: Any) -> None:
    by, task = cast.actor("contact_teacher"), own(cast)
    file = add_file(by=by, task=task, document=PDF)
    stored, key = file.stored_name, file.content_key_id
    sealed = (Path(settings.AKTSOM_FILES_DIR) / stored[:2] / stored).read_bytes()
    client = sign_in(cast, "contact_teacher")

    assert "Vil du slette filen?" in client.get(f"/arshjul/fil/{file.public_id}/slett/").content.decode()
    assert TaskFile.objects.get().removed_at is None
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/arshjul/fil/{file.public_id}/slett/")

    assert client.get(f"/arshjul/fil/{file.public_id}/").status_code == 404
    assert stored not in dict(storage.stored_names())
    path = Path(settings.AKTSOM_FILES_DIR) / stored[:2] / stored
    path.write_bytes(sealed)  # as a backup of the files would bring it back
    with pytest.raises(ContentDestroyed):
        storage.get(key, stored)
    path.unlink()
    assert TaskFile.objects.get().name == "Innholdet er slettet"


@pytest.mark.django_db
def test_only_who_may_mark_takes_a_file_away(cast: Cast, laid_out: Any) -> None:
    file = add_file(by=cast.actor("contact_teacher"), task=own(cast), document=PDF)

    assert sign_in(cast, "teacher_of_others").post(f"/arshjul/fil/{file.public_id}/slett/").status_code == 404
    assert sign_in(cast, "head_teacher_elsewhere").post(f"/arshjul/fil/{file.public_id}/slett/").status_code in {403, 404}
    assert [each.pk for each in files_visible_to(cast.actor("head_teacher"))] == [file.pk]
    remove_file(by=cast.actor("head_teacher"), file=file)
    assert list(files_visible_to(cast.actor("head_teacher"))) == []
    with pytest.raises(OutOfReach):
        get_file(cast.actor("head_teacher"), Action.WHEEL_SEE, file.public_id)
    assert remove_file(by=JOB, file=file).removed_at == file.removed_at


@pytest.mark.parametrize(("years", "expected"), [(0, None), (-1, None), (1, date(2028, 6, 18)), (5, date(2032, 6, 18))])
def test_files_are_kept_as_many_years_as_the_owner_says(years: int, expected: date | None) -> None:
    assert obsolete_on(year_ends=date(2027, 6, 18), years=years) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(("years", "left"), [(0, 1), (1, 0), (30, 1)])
def test_job_removes_only_what_is_older_than_the_setting(
    cast: Cast, laid_out: Any, building: Any, settings: Any, years: int, left: int
) -> None:
    settings.AKTSOM_EVIDENCE_YEARS = years
    task = own(cast)
    add_file(by=cast.actor("contact_teacher"), task=task, document=PDF)
    with building():
        laid_out.first_day, laid_out.last_day = laid_out.first_day - timedelta(days=1100), laid_out.last_day - timedelta(days=1100)
        laid_out.save()

    remove_old_evidence()

    assert TaskFile.objects.filter(removed_at=None).count() == left


@pytest.mark.django_db
def test_report_shows_files_who_took_part_and_daily_notes(cast: Cast, laid_out: Any) -> None:
    by, task = cast.actor("contact_teacher"), own(cast)
    finish_task(by=by, task=task, done_on=today(), took_part=["pupils"], documents=[PDF])
    write_daily_note(by=by, school=cast.school, text="Vi spiste lunsj sammen.", on=laid_out.first_day)
    head = sign_in(cast, "head_teacher")

    page = head.get(f"/arshjul/{cast.school.public_id}/rapport/").content.decode()

    assert all(text in page for text in ("referat.pdf", "Elevene i klassen: 1 gjøremål", "Vi spiste lunsj sammen."))
    paper = PdfReader(BytesIO(head.get(f"/arshjul/{cast.school.public_id}/rapport.pdf").content))
    written = "\n".join(sheet.extract_text() for sheet in paper.pages)
    assert all(text in written for text in ("Hvem som har vært med", "Elevene i klassen: 1 gjøremål", "Vi spiste lunsj sammen."))
    owner = sign_in(cast, "owner_handler").get(f"/arshjul/{cast.school.public_id}/rapport/").content.decode()
    assert ("referat.pdf" in owner, "Vi spiste lunsj sammen." in owner) == (True, False)


@pytest.mark.django_db
def test_daily_note_is_written_from_the_week_and_taken_away_by_its_writer_alone(cast: Cast, laid_out: Any) -> None:
    client = sign_in(cast, "contact_teacher")
    address = f"/arshjul/hverdag/{cast.school.public_id}/ny/"

    assert client.post(address, {"text": " "}).status_code == 422
    assert client.post(address, {"text": "Alle fikk være med på leken."}).status_code == 302
    note = DailyNote.objects.get()
    assert (note.text, note.on, note.written_by) == ("Alle fikk være med på leken.", today(), cast.person("contact_teacher"))
    assert "Alle fikk være med på leken." in client.get("/arshjul/").content.decode()
    assert "Alle fikk være med på leken." not in sign_in(cast, "teacher_of_others").get("/arshjul/").content.decode()
    assert sign_in(cast, "teacher_of_others").post(f"/arshjul/hverdag/{note.public_id}/slett/").status_code == 404
    assert sign_in(cast, "pupil").post(address, {"text": "Hei"}).status_code in {403, 404}
    with pytest.raises(Refused):
        remove_daily_note(by=cast.actor("head_teacher"), note=note)
    assert client.post(f"/arshjul/hverdag/{note.public_id}/slett/").status_code == 302
    assert DailyNote.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "days"), [("", 0), ("I morgen.", 1)])
def test_daily_note_without_words_or_for_a_day_to_come_is_refused(cast: Cast, laid_out: Any, text: str, days: int) -> None:
    with pytest.raises(Refused):
        write_daily_note(by=cast.actor("contact_teacher"), school=cast.school, text=text, on=today() + timedelta(days=days))


@pytest.mark.django_db
def test_nobody_signed_in_opens_a_file(client: Client, cast: Cast, laid_out: Any) -> None:
    file = add_file(by=cast.actor("contact_teacher"), task=own(cast), document=PDF)

    assert client.get(f"/arshjul/fil/{file.public_id}/").status_code in {302, 401, 403, 404}


@pytest.mark.django_db
def test_page_of_a_task_costs_the_same_with_one_file_and_with_many(cast: Cast, laid_out: Any) -> None:
    client, task = sign_in(cast, "contact_teacher"), own(cast)
    client.get("/arshjul/")
    costs = []
    for _number in range(3):
        add_file(by=cast.actor("contact_teacher"), task=task, document=PDF)
        with CaptureQueriesContext(connection) as reads:
            client.get(f"/arshjul/gjoremal/{task.public_id}/")
        costs.append(len(reads))

    assert costs[0] == costs[2] <= 25
