"""The living page of all components, and the answer when a form was open too long."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from aktsom.core.access.door import public
from aktsom.core.ui import showcase


@public("Bare i utprøving: viser komponentene, ingen opplysninger.")
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in every state, so that a change can be looked at in one place."""
    if not settings.DEBUG:
        raise Http404
    form = showcase.filled_form() if "feil" in request.GET else showcase.ShowcaseForm()
    page = Paginator(range(1, 201), 10).get_page(request.GET.get("side", 3))
    return render(request, "ui/showcase.html", {**showcase.examples(), "form": form, "page": page})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer kindly when a form was open for so long that its proof of origin is gone."""
    return render(request, "403_csrf.html", status=403)
