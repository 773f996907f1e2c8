"""Whoever has done something where a notice leads, has seen the notice: it is not new any more, and comes in no morning mail."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from aktsom.core.access.actions import Action
from aktsom.core.notify.services import mark_seen_at

PLACE = re.compile(r"/[\w\-]+/[a-z0-9]{12}/")
REFUSED = 400


def acted_on(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Mark the person's own notices of a place as seen when she has sent something there and it was taken."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        place = PLACE.match(request.path) if request.method == "POST" and response.status_code < REFUSED else None
        if place and request.resolver_match and isinstance(getattr(request.resolver_match.func, "access", None), Action):
            mark_seen_at(request.actor, place[0])  # type: ignore[attr-defined]
        return response

    return middleware
