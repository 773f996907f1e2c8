"""A picture from outside is written anew: nothing of the original file survives, and a hostile one is refused kindly."""

from __future__ import annotations

import io
import random
import threading
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from aktsom.core.access.actor import system_actor
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.files import pictures, storage
from aktsom.core.files.pictures import LARGEST_WRITTEN, PictureRefused, carried, clean_picture, uncarried
from aktsom.core.files.responses import picture_response, sealed_response
from aktsom.core.files.services import store_picture
from aktsom.core.vault.services import content_key_for
from tests.cast import Cast

GPS, CAMERA = 0x8825, "Kamera til Kjennelig"


def jpeg(size: tuple[int, int] = (40, 30), *, noise: bool = False, orientation: int = 1) -> SimpleUploadedFile:
    """Return a JPEG that tells where it was taken and with which camera."""
    picture = Image.new("RGB", size, "teal")
    if noise:
        picture = Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3))  # noqa: S311 - noise, no secret
    exif = Image.Exif()
    exif[0x010F] = CAMERA
    exif[0x0112] = orientation
    exif[GPS] = {1: "N", 2: (59.0, 54.0, 49.5), 3: "E", 4: (10.0, 44.0, 20.1)}
    written = io.BytesIO()
    picture.save(written, "JPEG", exif=exif, comment=b"Tatt av Kjennelig")
    return SimpleUploadedFile("ylva-hjemme.jpg", written.getvalue(), "image/jpeg")


def test_picture_loses_everything_that_tells_where_and_who() -> None:
    upload = jpeg()
    before = upload.read()
    upload.seek(0)

    clean = clean_picture(upload)

    assert CAMERA.encode() in before
    read = Image.open(io.BytesIO(clean.content))
    assert (dict(read.getexif()), read.info.get("comment"), read.format) == ({}, None, "JPEG")
    assert b"Kjennelig" not in clean.content


def test_picture_is_turned_the_right_way_before_the_mark_is_lost() -> None:
    clean = clean_picture(jpeg((40, 30), orientation=6))

    assert (clean.width, clean.height) == (30, 40)


def test_large_picture_is_made_small_enough_to_be_carried() -> None:
    clean = clean_picture(jpeg((2200, 1700), noise=True))

    assert len(clean.content) <= LARGEST_WRITTEN
    assert max(clean.width, clean.height) <= pictures.LONGEST_SIDE


@pytest.mark.parametrize("content", [b"", b"not a picture", b"<svg onload='alert(1)'/>", b"%PDF-1.7", b"\xff\xd8\xff\xe0broken"])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PictureRefused):
        clean_picture(SimpleUploadedFile("x.jpg", content, "image/jpeg"))


def test_too_large_file_is_refused_before_it_is_read() -> None:
    class Large:
        size = pictures.LARGEST_FILE + 1

        def read(self) -> bytes:
            raise AssertionError("It was read.")

    with pytest.raises(PictureRefused):
        clean_picture(Large())


def test_picture_with_too_many_points_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pictures.MOST_PIXELS, "JPEG", 40 * 30 - 1)

    with pytest.raises(PictureRefused, match="punkter"):
        clean_picture(jpeg())


@pytest.mark.parametrize(("kind", "is_read"), [("JPEG", True), ("PNG", False), ("WEBP", False), ("GIF", False)])
def test_what_must_be_whole_in_memory_has_the_smaller_bound(monkeypatch: pytest.MonkeyPatch, kind: str, is_read: bool) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS_ELSE", 3_000_000)
    written = io.BytesIO()
    Image.new("L", (2000, 1600)).save(written, kind)
    upload = SimpleUploadedFile("a", written.getvalue())

    if not is_read:
        with pytest.raises(PictureRefused, match="punkter"):
            clean_picture(upload)
    else:
        assert clean_picture(upload).width == 1600


def test_pictures_unfold_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, most = [], []
    really = pictures._bare

    def counted(content: bytes) -> object:
        at_once.append(1)
        most.append(len(at_once))
        time.sleep(0.02)
        at_once.pop()
        return really(content)

    monkeypatch.setattr(pictures, "_bare", counted)
    threads = [threading.Thread(target=clean_picture, args=(jpeg(),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [1, 1, 1, 1]


def test_whoever_waits_too_long_is_asked_to_try_again_and_the_next_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "WAIT_SECONDS", 0.01)
    with pictures._unfolding, pytest.raises(PictureRefused, match="Vent litt"):
        clean_picture(jpeg())

    assert clean_picture(jpeg()).width == 40


def test_only_pictures_we_wrote_ourselves_come_back_from_a_form() -> None:
    clean = clean_picture(jpeg())
    text = carried(clean)
    mark, rest = text.split(".", 1)

    assert uncarried(text) == clean
    assert uncarried("0" * 64 + "." + rest) is None
    assert uncarried(text[:-8]) is None
    assert uncarried("anything") is None
    assert mark == text[:64]


def test_stored_picture_is_sealed_on_disk_and_comes_back(cast: Cast) -> None:
    clean = clean_picture(jpeg())
    with unit_of_work(system_actor("test"), "test"):
        key = content_key_for(owner_ref=cast.owner.pk, kind="report")
        attachment = store_picture(content_key_id=key.pk, picture=clean)

    on_disk = storage._path(attachment.stored_name).read_bytes()
    assert clean.content[100:200] not in on_disk
    assert storage.get(key.pk, attachment.stored_name) == clean.content
    assert picture_response(attachment).content == clean.content
    assert (attachment.width, attachment.height, attachment.size) == (40, 30, len(clean.content))


def test_stored_name_cannot_lead_out_of_the_folder() -> None:
    with pytest.raises(ValueError, match="letters and digits"):
        storage._path("../etc/passwd")


def test_sealed_content_is_never_kept_or_guessed_at_by_a_browser() -> None:
    answer = sealed_response(b"x", media_type="application/pdf", name="papir.pdf", as_download=True)

    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'attachment; filename="papir.pdf"'
