"""A document from outside: a picture written anew, a PDF or an Office file without anything that runs. Never opened here, only kept.

A PDF or Office file cannot be written anew without changing it. It is looked at from outside, kept sealed, and only ever
given out as a download.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from aktsom.core.files.pictures import LARGEST_FILE, PictureRefused, clean_picture

LARGEST_UNPACKED = 200_000_000
MOST_PARTS = 4_000
LONGEST_NAME = 120
PDF_START, ZIP_START = b"%PDF-", b"PK\x03\x04"
# What makes a PDF do something by itself. It can be hidden in packed parts, so this is a first sieve and no promise.
PDF_RUNS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
OFFICE = {
    "word/": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xl/": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ppt/": ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
OPEN_DOCUMENT = re.compile(rb"^application/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)$")
OPEN_ENDINGS = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
RUNS = re.compile(r"vbaproject|activex|oleobject|embeddings/|macros?/|scripts?/|basic/", re.IGNORECASE)
UNSAFE_IN_NAME = re.compile(r"[^\w .,()+-]+")


class DocumentRefused(ValueError):
    """The file cannot be kept. The message is for the person who sent it."""


@dataclass(frozen=True)
class CleanDocument:
    """What is kept: its bytes, its kind, and a name without anything odd in it."""

    content: bytes
    media_type: str
    name: str

    @property
    def is_picture(self) -> bool:
        return self.media_type == "image/jpeg"


def clean_document(upload: Any) -> CleanDocument:
    """Return the file as it can be kept; raise DocumentRefused with kind words.

    ``upload`` has ``name``, ``size`` and ``read``.
    """
    if refused := getattr(upload, "refused", ""):
        raise DocumentRefused(refused)
    if upload.size > LARGEST_FILE:
        raise DocumentRefused(_("Filen er for stor. Den kan være opptil 15 MB."))
    start = upload.read(len(PDF_START))
    upload.seek(0)
    if start == PDF_START:
        return _pdf(upload.read(), upload.name)
    if start.startswith(ZIP_START):
        return _office(upload.read(), upload.name)
    try:
        return CleanDocument(clean_picture(upload).content, "image/jpeg", kept_name(upload.name, "jpg"))
    except PictureRefused:
        raise DocumentRefused(
            _("Vi kan ikke ta imot denne filen. Bruk et bilde, en PDF, eller en Word-, Excel- eller PowerPoint-fil.")
        ) from None


def kept_name(name: str, ending: str) -> str:
    """Return the name of a file without path, odd characters or marks that turn text around, and with the ending it really has."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    stem = UNSAFE_IN_NAME.sub(" ", plain.rsplit(".", 1)[0] if "." in plain else plain).strip(" .")
    return f"{stem[:LONGEST_NAME] or 'vedlegg'}.{ending}"


def _pdf(content: bytes, name: str) -> CleanDocument:
    if PDF_RUNS.search(content):
        raise DocumentRefused(_("PDF-en har noe i seg som kan kjøre. Skriv den ut til en ny PDF, og legg ved den."))
    return CleanDocument(content, "application/pdf", kept_name(name, "pdf"))


def _office(content: bytes, name: str) -> CleanDocument:
    broken = DocumentRefused(_("Vi kan ikke lese denne filen. Lagre den på nytt, eller lag en PDF av den."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise broken
            kind = _kind(package, [part.filename for part in parts])
    except DocumentRefused:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError, NotImplementedError):
        raise broken from None
    if kind is None:
        raise broken
    ending, media_type = kind
    return CleanDocument(content, media_type, kept_name(name, ending))


def _kind(package: zipfile.ZipFile, names: list[str]) -> tuple[str, str] | None:
    """Return ending and media type of an Office file; None for any other package. Refuses macros and things laid inside."""
    if any(RUNS.search(name) for name in names):
        raise DocumentRefused(_("Filen har makroer eller andre filer inni seg. Lagre den uten, eller lag en PDF av den."))
    if "mimetype" in names and package.getinfo("mimetype").file_size <= 100:
        found = OPEN_DOCUMENT.match(package.read("mimetype").strip())
        return (OPEN_ENDINGS[found[1].decode()], found[0].decode()) if found else None
    if "[Content_Types].xml" in names:
        return next((kind for folder, kind in OFFICE.items() if any(name.startswith(folder) for name in names)), None)
    return None
