"""Papers of the case: made, read through by a person before the family gets them, and fetched."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aktsom.cases.access import get_case
from aktsom.cases.forms import ReleaseForm
from aktsom.cases.rules.papers import PaperKind
from aktsom.cases.selectors import papers as papers_shown
from aktsom.cases.services import papers
from aktsom.cases.views.frame import ask_and_answer
from aktsom.cases.views.room import whole_case
from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, may, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw


@require_POST
@requires(Action.CASE_PRINT)
def paper_make(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make one paper of the case and show it in the list, or say why it cannot be made yet."""
    case = whole_case(request, Action.CASE_PRINT, public_id)
    kind = request.POST.get("kind", "")
    if kind not in PaperKind.values:
        raise Http404
    try:
        paper = papers.make_paper(by=request.actor, case=case, kind=PaperKind(kind))
    except Refused as refused:
        messages.warning(request, " ".join(str(reason.label) for reason in refused.reasons))
        return redirect("cases:case-documents", public_id=public_id)
    messages.success(request, _("Dokumentet er laget."))
    if paper.for_family and may(request.actor, Action.CASE_RELEASE_PAPER, case):
        return redirect("cases:paper-release", public_id=public_id, paper_id=paper.public_id)
    return redirect("cases:case-documents", public_id=public_id)


@ask_and_answer
@requires(Action.CASE_RELEASE_PAPER)
def paper_release(request: HttpRequest, public_id: str, paper_id: str) -> HttpResponse:
    """Show the names found, each in its sentence, and let a person decide that the paper may leave."""
    case = whole_case(request, Action.CASE_RELEASE_PAPER, public_id)
    paper = _one(papers_shown.paper_of(case, paper_id))
    saw(request, Event.CASE_READ, case)
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            papers.release_paper(by=request.actor, case=case, paper=paper, decision=form.cleaned_data["decision"])
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("Dokumentet er gitt ut. Eleven og foresatte kan hente det når de logger inn."))
            return redirect("cases:case-documents", public_id=public_id)
    page = {"case": case, "paper": paper, "form": form, "names": paper.names_found.splitlines()}
    return render(request, "cases/paper_release.html", page, status=422 if form.errors else 200)


@require_GET
@requires(Action.CASE_PRINT)
def paper_fetch(request: HttpRequest, public_id: str, paper_id: str) -> HttpResponse:
    """Give the paper to somebody who works with the whole case."""
    case = whole_case(request, Action.CASE_PRINT, public_id)
    return _given(request, _one(papers_shown.paper_of(case, paper_id)))


@require_GET
@requires(Action.CASE_SEE_OWN)
def own_paper_fetch(request: HttpRequest, public_id: str, paper_id: str) -> HttpResponse:
    """Give the family a paper that a person has let out; the others do not exist for them."""
    case = get_case(request.actor, Action.CASE_SEE_OWN, public_id)
    return _given(request, _one(papers_shown.released_paper_of(case, paper_id)))


def _one(paper: Any) -> Any:
    if paper is None:
        raise Http404
    return paper


def _given(request: HttpRequest, paper: Any) -> HttpResponse:
    """Return the PDF under a name that says nothing of anybody, never kept by the browser."""
    saw(request, Event.CASE_PAPER_READ, paper)
    response = HttpResponse(papers_shown.paper_content(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="dokument-{paper.public_id}.pdf"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
