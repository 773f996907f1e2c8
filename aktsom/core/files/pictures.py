"""A picture from outside is hostile until it has been decoded and written anew. Nothing of the original file survives."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import logging
import threading
import warnings
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

logging.getLogger("PIL").setLevel(logging.INFO)  # at DEBUG it writes where and with what a picture was taken

LARGEST_FILE = 15 * 1024 * 1024
LONGEST_SIDE = 1600
MOST_PIXELS = {"JPEG": 60_000_000}  # a JPEG is read at an eighth of its size; the others must be whole in memory first
MOST_PIXELS_ELSE = 24_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
QUALITIES = (80, 65, 50)
WAIT_SECONDS = 20
LARGEST_WRITTEN = 320_000  # bytes; five as base64 are under DATA_UPLOAD_MAX_MEMORY_SIZE

# One picture at a time in each process: a small file can unfold to hundreds of megabytes, and anybody may send one.
_unfolding = threading.Lock()


class PictureRefused(ValueError):
    """The file is no picture we can read. The message is for the person who sent it."""


@dataclass(frozen=True)
class CleanPicture:
    """A JPEG without metadata, and its size in pixels."""

    content: bytes
    width: int
    height: int

    @property
    def data_uri(self) -> str:
        return f"data:image/jpeg;base64,{base64.b64encode(self.content).decode()}"


def clean_picture(upload: Any) -> CleanPicture:
    """Return the picture in ``upload`` written anew; raise PictureRefused with kind words.

    ``upload`` has ``size`` and ``read``. A file that is too large is refused before it is read.
    """
    if refused := getattr(upload, "refused", ""):
        raise PictureRefused(refused)
    if upload.size > LARGEST_FILE:
        raise PictureRefused(_("Bildet er for stort. Det kan være opptil 15 MB. Prøv et skjermbilde av det."))
    if not _unfolding.acquire(timeout=WAIT_SECONDS):
        raise PictureRefused(_("Veldig mange sender bilder akkurat nå. Vent litt og prøv igjen."))
    try:
        return _small_enough(_bare(upload.read()))
    finally:
        _unfolding.release()


def _bare(content: bytes) -> Any:
    """Return only the points of the picture, upright and small. It is made small before anything else is done with it."""
    from PIL import Image, ImageOps  # slow import

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            _refuse_too_many_points(picture)
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            small = picture if picture.mode in {"RGB", "RGBA", "L"} else picture.convert("RGB")
            small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(small).convert("RGB")
    except PictureRefused:
        raise
    except Exception:  # whatever a broken or hostile file makes the decoder say
        raise PictureRefused(_("Vi kan ikke lese denne filen som et bilde. Prøv JPEG, PNG eller et skjermbilde.")) from None
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    return bare


def _refuse_too_many_points(picture: Any) -> None:
    if picture.width * picture.height > MOST_PIXELS.get(picture.format, MOST_PIXELS_ELSE):
        raise PictureRefused(_("Bildet har for mange punkter. Prøv et skjermbilde av det."))


def _small_enough(bare: Any) -> CleanPicture:
    """Write the picture so small that five of them fit in one form that carries them until they are sent."""
    for quality in QUALITIES:
        written = io.BytesIO()
        bare.save(written, "JPEG", quality=quality, optimize=True)
        if written.tell() <= LARGEST_WRITTEN:
            return CleanPicture(written.getvalue(), bare.width, bare.height)
    return _small_enough(bare.resize((max(1, bare.width * 2 // 3), max(1, bare.height * 2 // 3))))


def _mark(content: bytes) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), b"picture" + content, hashlib.sha256).hexdigest()


def carried(picture: CleanPicture) -> str:
    """Return the picture as text that a form can carry until it is sent, so that nothing is stored before that."""
    return f"{_mark(picture.content)}.{picture.width}.{picture.height}.{base64.b64encode(picture.content).decode()}"


def uncarried(text: str) -> CleanPicture | None:
    """Return the picture a form carried, or None when it is not one we wrote ourselves."""
    try:
        mark, width, height, body = text.split(".", 3)
        content = base64.b64decode(body, validate=True)
        picture = CleanPicture(content, int(width), int(height))
    except ValueError:
        return None
    return picture if hmac.compare_digest(mark, _mark(content)) else None
