"""What is sent to us is hostile and large until counted. It is held in memory only, within bounds, never on disk."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from aktsom.core.files.pictures import LARGEST_FILE

MOST_SENT = 100 * 1024 * 1024  # one request, whatever is in it
MOST_HELD = 45 * 1024 * 1024  # of files, in memory, for one request
LISTEN_MOST = 300 * 1024 * 1024  # so much is heard out, and thrown away, so that the browser comes to read our answer
LISTEN_SECONDS = 10
PIECE = 16 * 1024


class TooMuch(InMemoryUploadedFile):
    """A file that was counted and thrown away. It says why, so that the page can, with the typed text still there."""

    def __init__(self, field_name: str, name: str, refused: str) -> None:
        super().__init__(BytesIO(), field_name, name, "application/octet-stream", MOST_SENT, None)
        self.refused = refused


class MemoryOnly(FileUploadHandler):
    """Hold each file in memory up to its bound; past it, hold nothing and go on counting."""

    held = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.pieces: BytesIO | None = BytesIO()
        self.amount = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.amount += len(raw_data)
        if self.pieces is None:
            return
        if self.amount > LARGEST_FILE or self.held + self.amount > MOST_HELD:
            self.pieces = None
        else:
            self.pieces.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        field, name = self.field_name or "", self.file_name or ""
        if self.pieces is None:
            return TooMuch(field, name, _too_large() if self.amount > LARGEST_FILE else _too_much_at_once())
        self.held += self.amount
        self.pieces.seek(0)
        return InMemoryUploadedFile(self.pieces, field, name, self.content_type or "", file_size, self.charset)


def _too_large() -> str:
    return _("Filen er for stor. Den kan være opptil 15 MB. Prøv et skjermbilde av det.")


def _too_much_at_once() -> str:
    return _("Filene er for store til sammen. Send noen av dem nå, og resten etterpå.")


def size_gate(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse what says of itself that it is too large, before any of it is kept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if size.isdigit() and int(size) <= MOST_SENT:
            response = get_response(request)
            if response.status_code == 413:  # refused while some of it was still on its way
                _hear_out(request, int(size))
            return response
        if size.isdigit() and int(size) <= LISTEN_MOST:
            _hear_out(request, int(size))
        return too_much_answer()

    return middleware


def too_much_answer() -> HttpResponse:
    """Answer that it was too much at once, what the bounds are, and that the text is still there."""
    return HttpResponse(render_to_string("413.html"), status=413)


def _hear_out(request: HttpRequest, size: int) -> None:
    """Let the browser finish, within a bound of time: most browsers show no answer to what they may not finish."""
    until = time.monotonic() + LISTEN_SECONDS
    with suppress(UnreadablePostError):  # the browser went away
        while size > 0 and time.monotonic() < until:
            piece = request.read(min(PIECE, size))
            if not piece:
                return
            size -= len(piece)
