"""Open a folder, a ZIP or one file without being fooled: no links, no paths out, no bombs, every read bounded."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from aktsom.people.roster.neutral import UnreadableRoster, Where

MOST_MEMBERS = 200
MOST_BYTES = 1 << 30
MOST_TIMES_SMALLER = 100
RATIO_COUNTS_FROM = 1 << 20
LONGEST_DIRECTORY = 1 << 20
ARCHIVES = {".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".tgz", ".zst"}
READ = {".csv", ".txt", ".xml"}
_END_OF_DIRECTORY = b"PK\x05\x06"


class BoundedStream:
    """A stream that stops with a clear error when the file is broken or larger than is ever needed."""

    def __init__(self, raw: IO[bytes], name: str, most: int) -> None:
        self._raw, self._name, self._left = raw, name, most
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        return self._counted(lambda: self._raw.read(min(size, self._left + 1) if size >= 0 else self._left + 1))

    def readline(self, size: int = -1) -> bytes:
        return self._counted(lambda: self._raw.readline(size))

    def _counted(self, read: Callable[[], bytes]) -> bytes:
        try:
            chunk = read()
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise broken(self._name) from error
        self._left -= len(chunk)
        self.taken += len(chunk)
        if self._left < 0:
            raise too_large(self._name)
        return chunk

    def close(self) -> None:
        self._raw.close()


@dataclass(frozen=True)
class Member:
    """One file that can be read, by its own name without folders."""

    name: str
    opener: Callable[[], IO[bytes]]

    @contextmanager
    def open(self, most: int = MOST_BYTES) -> Iterator[BoundedStream]:
        try:
            raw = self.opener()
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
            raise broken(self.name) from error
        with raw:
            yield BoundedStream(raw, self.name, most)


Members = dict[str, Member]


def broken(name: str) -> UnreadableRoster:
    """Return the error for a file that is cut short or damaged."""
    return UnreadableRoster(Where(name), _("Filen er skadet eller avkortet."), _("Hent den på nytt fra kilden."))


def too_large(name: str) -> UnreadableRoster:
    """Return the error for a file that is larger than any list of people."""
    return UnreadableRoster(Where(name), _("Filen er større enn noen liste over folk er."), _("Se etter at det er riktig fil."))


def refused(name: str, reason: str) -> UnreadableRoster:
    """Return the error for something that has no place in such a file."""
    return UnreadableRoster(Where(name), reason, _("Lag en ny ZIP eller mappe med bare selve listene i."))


@contextmanager
def opened(path: Path) -> Iterator[Members]:
    """Open ``path`` and give its lists by lower-case name."""
    if not path.exists():
        raise UnreadableRoster(Where(path.name), _("Filen eller mappen finnes ikke."), _("Se etter at navnet er riktig."))
    if path.is_dir():
        yield _unique(_in_folder(path))
    elif _starts_as_zip(path):
        _bound_directory(path)
        with _zip(path) as archive:
            yield _unique(_in_zip(archive))
    elif path.suffix.lower() in READ:
        yield _unique([Member(path.name, lambda: _regular(path))])
    else:
        raise UnreadableRoster(Where(path.name), _("Filtypen kan ikke leses."), _("Bruk en mappe, en ZIP, en CSV-fil eller en XML-fil."))


def opened_upload(content: bytes, name: str) -> Members:
    """Give the lists of a file somebody uploaded, from memory: the same bounds, and nothing is written to disk."""
    if content[:2] == b"PK" or name.lower().endswith(".zip"):
        _refuse_long_directory(content[-((1 << 16) + 22) :], name)
        try:
            return _unique(_in_zip(zipfile.ZipFile(BytesIO(content))))
        except (zipfile.BadZipFile, OSError, NotImplementedError, UnicodeDecodeError) as error:
            raise broken(name) from error
    if PurePosixPath(name).suffix.lower() not in READ:
        raise UnreadableRoster(Where(name), _("Filtypen kan ikke leses."), _("Lagre lista som CSV, og prøv igjen."))
    return _unique([Member(name, lambda: BytesIO(content))])


def _in_folder(folder: Path) -> list[Member]:
    entries = sorted((entry for entry in folder.iterdir() if entry.suffix.lower() in READ), key=lambda entry: entry.name)
    if len(entries) > MOST_MEMBERS:
        raise refused(folder.name, _("Mappen har for mange filer."))
    return [Member(entry.name, lambda entry=entry: _regular(entry, follow=False)) for entry in map(_no_link, entries)]  # type: ignore[misc]


def _no_link(path: Path) -> Path:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise refused(path.name, _("Filen er en snarvei til et annet sted."))
    return path


def _regular(path: Path, *, follow: bool = True) -> IO[bytes]:
    flags = os.O_RDONLY | os.O_NONBLOCK | (0 if follow else os.O_NOFOLLOW)
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise refused(path.name, _("Dette er ikke en vanlig fil."))
    return os.fdopen(descriptor, "rb")


def _starts_as_zip(path: Path) -> bool:
    with _regular(path) as raw:
        return raw.read(2) == b"PK" or path.suffix.lower() == ".zip"


def _bound_directory(path: Path) -> None:
    """Refuse a table of contents that alone would fill the memory, before it is read."""
    with _regular(path) as raw:
        size = raw.seek(0, os.SEEK_END)
        raw.seek(max(0, size - (1 << 16) - 22))
        tail = raw.read()
    _refuse_long_directory(tail, path.name)


def _refuse_long_directory(tail: bytes, name: str) -> None:
    at = tail.rfind(_END_OF_DIRECTORY)
    if at < 0 or len(tail) < at + 16:
        raise broken(name)
    if int.from_bytes(tail[at + 12 : at + 16], "little") > LONGEST_DIRECTORY:
        raise refused(name, _("ZIP-filen har for mange filer."))


def _zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise broken(path.name) from error


def _in_zip(archive: zipfile.ZipFile) -> list[Member]:
    entries = archive.infolist()
    if len(entries) > MOST_MEMBERS:
        raise refused(Path(archive.filename or "").name, _("ZIP-filen har for mange filer."))
    for entry in entries:
        reason = _fault(entry)
        if reason:
            raise refused(PurePosixPath(entry.filename.replace("\\", "/")).name or entry.filename, reason)
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise too_large(Path(archive.filename or "").name)
    lists = [entry for entry in entries if _is_list(entry)]
    return [Member(PurePosixPath(entry.filename).name, lambda entry=entry: archive.open(entry)) for entry in lists]  # type: ignore[misc]


def _fault(entry: zipfile.ZipInfo) -> str:
    """Return why this part of a ZIP cannot be trusted, or an empty string."""
    path = PurePosixPath(entry.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in entry.orig_filename or ":" in entry.orig_filename or "\0" in entry.orig_filename:
        return _("ZIP-filen peker på et sted utenfor seg selv.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        return _("ZIP-filen har en snarvei til et annet sted.")
    if entry.flag_bits & 1:
        return _("ZIP-filen er låst med passord.")
    if path.suffix.lower() in ARCHIVES:
        return _("ZIP-filen har en ny pakket fil inni seg.")
    if entry.file_size > RATIO_COUNTS_FROM and entry.file_size > MOST_TIMES_SMALLER * max(entry.compress_size, 1):
        return _("Filen er pakket så hardt at det ser ut som et forsøk på å fylle maskinen.")
    return ""


def _is_list(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not entry.is_dir() and not hidden and path.suffix.lower() in READ


def _unique(members: list[Member]) -> Members:
    found: Members = {}
    for member in members:
        if member.name.lower() in found:
            raise refused(member.name, _("Det er to filer med samme navn."))
        found[member.name.lower()] = member
    return found
