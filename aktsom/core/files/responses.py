"""Send sealed content out, so that no browser keeps it, guesses at it or runs it."""

from __future__ import annotations

import logging

from django.http import HttpResponse
from django.utils.translation import gettext as _

from aktsom.core.files import storage
from aktsom.core.files.models import Attachment
from aktsom.core.vault.sealing import ContentDestroyed

logger = logging.getLogger("aktsom.files")


def sealed_response(content: bytes, *, media_type: str, name: str, as_download: bool = False) -> HttpResponse:
    """Return a response with content under a neutral file name."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'{"attachment" if as_download else "inline"}; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def picture_response(attachment: Attachment) -> HttpResponse:
    """Return a stored picture, or plain words when its content was destroyed by law or its file is gone."""
    try:
        content = storage.get(attachment.content_key_id, attachment.stored_name)
    except ContentDestroyed:
        return _gone(_("Bildet er slettet. Det kan ikke hentes fram igjen."))
    except FileNotFoundError:
        logger.exception("The file of attachment %s is missing; find_orphans shows which", attachment.public_id)
        return _gone(_("Vi finner ikke bildet. Si fra til den som drifter Aktsom hos dere."))
    return sealed_response(content, media_type=attachment.media_type, name="bilde.jpg")


def _gone(words: str) -> HttpResponse:
    response = sealed_response(words.encode(), media_type="text/plain; charset=utf-8", name="slettet.txt")
    response.status_code = 410
    return response
