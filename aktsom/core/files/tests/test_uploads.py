"""Every upload is hostile until it is counted, decoded and written anew."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from aktsom.core.access.actor import system_actor
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.files import storage, uploads
from aktsom.core.files.models import Attachment
from aktsom.core.files.pictures import LARGEST_FILE, PictureRefused, clean_picture
from aktsom.core.files.responses import picture_response
from aktsom.core.files.selectors import strays
from aktsom.core.files.services import store_picture
from aktsom.core.files.tests.test_pictures import jpeg
from aktsom.core.timing.clock import now
from aktsom.core.vault.services import content_key_for, destroy_content_key
from tests.cast import Cast

JOB = system_actor("test")


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> Path:
    settings.AKTSOM_FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


def stored(cast: Cast) -> Attachment:
    with unit_of_work(JOB, "test"):
        key = content_key_for(owner_ref=cast.owner.pk, kind="report")
        return store_picture(content_key_id=key.pk, picture=clean_picture(jpeg()))


def sent(cast: Cast, *files: SimpleUploadedFile) -> Any:
    page = f"/skole/{cast.school.slug}/si-fra/"
    return Client().post(page, {"what_happened": "Dette skrev jeg først.", "pictures": list(files)})


def test_file_over_its_bound_is_thrown_away_and_the_typed_text_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST_FILE", 200_000)
    monkeypatch.setattr("tempfile.TemporaryFile", None)
    monkeypatch.setattr("tempfile.NamedTemporaryFile", None)

    page = sent(cast, SimpleUploadedFile("stor.jpg", b"x" * 200_001, "image/jpeg")).content.decode()

    assert "Filen er for stor. Den kan være opptil 15 MB." in page
    assert "Dette skrev jeg først." in page


def test_files_over_the_bound_together_are_refused_with_their_own_words(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_HELD", 3_000)

    page = sent(cast, *(SimpleUploadedFile(f"{number}.jpg", jpeg().read(), "image/jpeg") for number in range(6))).content.decode()

    assert "Filene er for store til sammen." in page
    assert "Dette skrev jeg først." in page


@pytest.mark.parametrize("amount", [10, 11])
def test_ten_files_are_enough_for_anybody(cast: Cast, amount: int) -> None:
    answer = sent(cast, *(SimpleUploadedFile(f"{number}.txt", b"x", "text/plain") for number in range(amount)))

    assert answer.status_code == {10: 422, 11: 413}[amount]
    assert ("Det var for mye på én gang" in answer.content.decode()) is (amount == 11)


def test_forty_megabytes_of_text_get_a_clear_answer(cast: Cast) -> None:
    answer = Client().post(f"/skole/{cast.school.slug}/si-fra/", {"what_happened": "æ" * 20_000_000})

    assert (answer.status_code, "Det var for mye på én gang" in answer.content.decode()) == (413, True)


@pytest.mark.parametrize("kind", ["text", "files"])
def test_what_is_refused_is_heard_out_so_that_the_browser_comes_to_read_why(cast: Cast, kind: str) -> None:
    """A server that answers and hangs up in the middle gives a browser a broken connection and no answer."""
    part = b'--B\r\nContent-Disposition: form-data; name="pictures"; filename="a.png"\r\n\r\n' + b"x" * 200_000 + b"\r\n"
    bodies = {
        "text": (b"what_happened=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
        "files": (part * 40 + b"--B--\r\n", "multipart/form-data; boundary=B"),
    }
    body, content_type = bodies[kind]
    wire = io.BytesIO(body)
    page, extra = f"/skole/{cast.school.slug}/si-fra/", {"wsgi.input": wire, "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": content_type}

    answer = Client().generic("POST", page, b"", **extra)  # type: ignore[arg-type]

    assert (answer.status_code, "Det var for mye på én gang" in answer.content.decode()) == (413, True)
    assert wire.tell() == len(body)


def test_request_without_a_readable_size_is_refused(db: None) -> None:
    answer = Client().post("/konto/login/", b"x", content_type="text/plain", CONTENT_LENGTH="mange")

    assert answer.status_code == 413


@given(st.lists(st.integers(0, 60), max_size=6))
def test_no_more_is_ever_held_than_the_bounds_allow(sizes: list[int]) -> None:
    handler = uploads.MemoryOnly()
    bounds = (uploads.LARGEST_FILE, uploads.MOST_HELD)
    uploads.LARGEST_FILE, uploads.MOST_HELD = 30, 70
    try:
        files = []
        for size in sizes:
            handler.new_file("pictures", "a.jpg", "image/jpeg", size)
            for at in range(0, size, 7):
                handler.receive_data_chunk(b"x" * min(7, size - at), at)
            files.append(handler.file_complete(size))
    finally:
        uploads.LARGEST_FILE, uploads.MOST_HELD = bounds

    kept = [len(file.read()) for file in files if not isinstance(file, uploads.TooMuch)]
    assert sum(kept) == handler.held <= 70
    assert all(length <= 30 for length in kept)
    assert all(file.size > LARGEST_FILE for file in files if isinstance(file, uploads.TooMuch))


HOSTILE = {
    "html": b"<html><script>alert(1)</script></html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "macros": b"PK\x03\x04word/vbaProject.bin" + b"\0" * 200,
    "old macros": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "pdf": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj",
    "program": b"\x7fELF" + b"\0" * 200,
    "cut off": b"\xff\xd8\xff\xe0\x00\x10JFIF",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_is_refused_whatever_it_calls_itself(name: str) -> None:
    with pytest.raises(PictureRefused):
        clean_picture(SimpleUploadedFile("bilde.jpg", HOSTILE[name], "image/jpeg"))


def test_picture_that_is_also_a_page_comes_out_as_a_picture_only() -> None:
    both = jpeg().read() + b"<script>alert(document.cookie)</script>" + b"PK\x05\x06" + b"\0" * 18

    written = clean_picture(SimpleUploadedFile("begge.html", both, "text/html")).content

    assert (b"<script" in written, b"PK\x05\x06" in written, written[:2], written[-2:]) == (False, False, b"\xff\xd8", b"\xff\xd9")


def test_stored_file_is_whole_and_only_the_service_may_read_it(cast: Cast, own_folder: Path) -> None:
    attachment = stored(cast)

    path = own_folder / attachment.stored_name[:2] / attachment.stored_name
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
    assert [file.name for file in own_folder.rglob("*") if file.is_file()] == [attachment.stored_name]


def test_writing_that_breaks_off_leaves_nothing(cast: Cast, own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError("No space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        stored(cast)

    assert [file for file in own_folder.rglob("*") if file.is_file()] == []


def test_fingerprint_is_keyed_so_that_the_same_picture_has_two(cast: Cast) -> None:
    first, second = stored(cast), stored(cast)
    content = storage.get(first.content_key_id, first.stored_name)

    assert content == storage.get(second.content_key_id, second.stored_name)
    assert first.fingerprint == storage.fingerprint(first.content_key_id, content)
    assert first.fingerprint != second.fingerprint


def test_destroyed_picture_gives_plain_words(cast: Cast) -> None:
    attachment = stored(cast)
    there = picture_response(attachment)

    destroy_content_key(by=JOB, content_key=attachment.content_key, reason="test")
    gone = picture_response(attachment)

    assert (there.status_code, there["Content-Security-Policy"]) == (200, "default-src 'none'; sandbox")
    assert (gone.status_code, gone["Content-Type"]) == (410, "text/plain; charset=utf-8")
    assert gone.content.decode() == "Bildet er slettet. Det kan ikke hentes fram igjen."


def test_picture_whose_file_is_missing_gives_plain_words_and_a_line_in_the_log(
    cast: Cast, own_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    attachment = stored(cast)
    storage.remove(attachment.stored_name)

    assert picture_response(attachment).status_code == 410
    assert [record.levelname for record in caplog.records if record.name == "aktsom.files"] == ["ERROR"]


def test_strays_are_found_both_ways_and_removed_only_when_told(cast: Cast, own_folder: Path) -> None:
    kept, lost = stored(cast), stored(cast)
    storage.remove(lost.stored_name)
    (own_folder / "ab").mkdir(exist_ok=True)
    (own_folder / "ab" / "abstray").write_bytes(b"x")
    (own_folder / "ab" / "abhalf.part").write_bytes(b"x")
    out = io.StringIO()

    young = strays()
    with time_machine.travel(now().timestamp() + 25 * 3600, tick=False):
        old = strays()
        with pytest.raises(CommandError, match="Noen filer mangler"):
            call_command("find_orphans", stdout=out)
        dry = sorted(name for name, _changed in storage.stored_names())
        with pytest.raises(CommandError, match="Noen filer mangler"):
            call_command("find_orphans", "--delete", stdout=out)

    assert (young.files, old.files) == ((), ("abhalf.part", "abstray"))
    assert old.records == (f"files.Attachment {lost.pk}",)
    assert dry == sorted([kept.stored_name, "abstray", "abhalf.part"])
    assert [name for name, _changed in storage.stored_names()] == [kept.stored_name]
    assert out.getvalue().splitlines()[3] == "2 filer uten post, 1 poster uten fil."
