"""What I have reported: that it came, where it stands, and words both ways. Never what the school writes of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from aktsom.core.access.actions import Action
from aktsom.core.access.door import requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw
from aktsom.core.timing.law import owner_title
from aktsom.reports import selectors, services
from aktsom.reports.access import get_own_report
from aktsom.reports.forms import MessageForm
from aktsom.reports.views.replies import reply_words
from aktsom.reports.views.sending import who_reads


@require_GET
@requires(Action.REPORT_FOLLOW_OWN)
def own_list(request: HttpRequest) -> HttpResponse:
    """Show what the person has reported."""
    return render(request, "reports/own_list.html", {"reports": selectors.own_report_list(request.actor)})


@require_GET
@requires(Action.REPORT_FOLLOW_OWN)
def report_sent(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that it is received, who has it, and what happens now. The reporter of an oral report is not the writer."""
    report = selectors.just_sent(request.actor, public_id)
    page = {
        "report": report,
        "who": selectors.receiving_roles(report),
        "reply": reply_words(report.school, report.received_at),
        "owner_word": owner_title(report.school.owner.kind),
        "own": report.reporter_id == request.actor.person_id,
    }
    return render(request, "reports/report_sent.html", page)


@require_http_methods(["GET", "POST"])
@requires(Action.REPORT_FOLLOW_OWN)
def own_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one's own report, and let the person write more."""
    report = get_own_report(request.actor, public_id)
    saw(request, Event.REPORT_READ, report)
    form = MessageForm(request.POST or None)
    if form.is_valid():
        services.add_from_reporter(by=request.actor, report=report, text=form.cleaned_data["text"])
        messages.success(request, _("Sendt."))
        return redirect("reports:own-detail", public_id=public_id)
    page = {"report": report, "messages_both_ways": selectors.conversation(report), "form": form, "who": who_reads(report.school)}
    return render(request, "reports/own_detail.html", page, status=422 if form.errors else 200)
