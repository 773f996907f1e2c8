"""Send sealed content out, so that no browser keeps it, guesses at it or runs it."""

from __future__ import annotations

from django.http import HttpResponse

from aktsom.core.files import storage
from aktsom.core.files.models import Attachment


def sealed_response(content: bytes, *, media_type: str, name: str, as_download: bool = False) -> HttpResponse:
    """Return a response with content under a neutral file name."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'{"attachment" if as_download else "inline"}; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def picture_response(attachment: Attachment) -> HttpResponse:
    """Return a stored picture."""
    content = storage.get(attachment.content_key_id, attachment.stored_name)
    return sealed_response(content, media_type=attachment.media_type, name="bilde.jpg")
