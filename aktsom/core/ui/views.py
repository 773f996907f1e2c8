"""The living page of all components, and the answers when something is not as it should be."""

from contextlib import suppress

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from aktsom.core.access.actor import ANONYMOUS
from aktsom.core.access.door import public
from aktsom.core.accounts.stranded import is_sent_from_here, keep_what_was_sent, page_of
from aktsom.core.ui import showcase


@public("Bare i utprøving: viser komponentene, ingen opplysninger.")
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in every state, so that a change can be looked at in one place."""
    if not settings.AKTSOM_DEMO_SIGN_IN:
        raise Http404
    form = showcase.filled_form() if "feil" in request.GET else showcase.ShowcaseForm()
    page = Paginator(range(1, 201), 10).get_page(request.GET.get("side", 3))
    return render(request, "ui/showcase.html", {**showcase.examples(), "form": form, "page": page})


def _kind_answer(template: str, status: int, **words: str) -> HttpResponse:
    """Answer without asking anything of the request: the same words for everyone, also when all else is broken."""
    return HttpResponse(render_to_string(template, words), status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer when a form was open for so long that its proof of origin is gone. What was written in it is kept.

    Not when another site can have sent it: nobody else puts words into a person's drafts.
    """
    page = ""
    with suppress(DatabaseError):
        if is_sent_from_here(request) and request.resolver_match and keep_what_was_sent(request, request.resolver_match.func):
            page = page_of(request)
    return _kind_answer("403_csrf.html", 403, page=page)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer when the request could not be understood."""
    too_much = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent))
    return _kind_answer("413.html", 413) if too_much else _kind_answer("400.html", 400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer when the person is in reach of the thing but may not do this with it."""
    return _kind_answer("403.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer when the thing does not exist, or not for this person; the two cannot be told apart.

    Whoever is signed in keeps her menu. When it cannot be drawn, the words come without it.
    """
    if getattr(request, "actor", ANONYMOUS).is_signed_in:
        with suppress(DatabaseError):
            return render(request, "404_signed_in.html", status=404)
    return _kind_answer("404.html", 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when something went wrong on our side."""
    return _kind_answer("500.html", 500)
