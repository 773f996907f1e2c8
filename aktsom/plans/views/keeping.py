"""An open page is made once and kept ready until something it shows has changed."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from aktsom.core.audit.freshness import mark_of_place
from aktsom.core.timing.clock import today

KEPT = 3600  # seconds; a new edition, calendar, date or name has another key (core.audit.freshness)
HTML, PDF = "text/html; charset=utf-8", "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def kept_page(request: HttpRequest, edition: Any, part: str, make: Callable[[], bytes | None], media_type: str = HTML) -> HttpResponse:
    """Return what is kept for an edition in force, or make and keep it. Whoever has it already is told so by its mark.

    Raises Http404 when there is nothing to make.
    """
    plan = edition.plan
    owner_id = plan.school.owner_id if plan.school_id else plan.owner_id
    fresh = mark_of_place(owner_id=owner_id, school_id=plan.school_id)
    key = f"plan:{edition.public_id}:{sha256(part.encode()).hexdigest()[:12]}:{get_language()}:{fresh}:{today()}"
    body = cache.get(key)
    if body is None:
        body = make()
        if body is None:
            raise Http404
        cache.set(key, body, KEPT)
    return _marked(request, HttpResponse(body, content_type=media_type))


def _marked(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Give the answer the mark of its content; a browser asks each time, since the language may be another."""
    mark = f'"{sha256(answer.content).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == mark:
        answer = HttpResponse(status=304)
    answer.headers["ETag"] = mark
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def as_file(answer: HttpResponse, name: str, *, shown: bool = False) -> HttpResponse:
    """Give the answer a file name; ``shown`` opens it in the browser, for what is to be printed at once."""
    answer.headers["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{name}"'
    return answer
