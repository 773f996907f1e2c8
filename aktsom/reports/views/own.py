"""What I have reported: that it came, where it stands, and words both ways. Never what the school writes of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import OutOfReach, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw
from aktsom.core.timing.law import owner_title
from aktsom.reports import selectors, services
from aktsom.reports.access import get_own_report
from aktsom.reports.forms import AnswerForm, ConsentForm, ReceiptForm
from aktsom.reports.rules import HealthSource
from aktsom.reports.views.collecting import pictures_of, shown_back
from aktsom.reports.views.replies import awaited_words, reply_words
from aktsom.reports.views.sending import who_has
from aktsom.reports.views.slowing import slow_down_wrong_try


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
        "to_clear": selectors.is_to_clear(request.actor, report),
    }
    return render(request, "reports/report_sent.html", page)


@require_POST
@requires(Action.REPORT_LOG_ORAL)
def cleared_mark(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that what came by SMS or Teams is deleted there."""
    services.mark_cleared_elsewhere(by=request.actor, report=selectors.just_sent(request.actor, public_id))
    messages.success(request, _("Takk. Nå ligger det bare i Aktsom."))
    return redirect("reports:report-sent", public_id=public_id)


@require_http_methods(["GET", "POST"])
@requires(Action.REPORT_FOLLOW_OWN)
def own_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one's own report, and let the person write more."""
    report = get_own_report(request.actor, public_id)
    saw(request, Event.REPORT_READ, report)
    form = AnswerForm(request.POST or None, request.FILES or None)
    pictures, must_show = pictures_of(request, form) if form.is_bound else ([], False)
    if form.is_valid() and not must_show:
        text = form.cleaned_data["text"]
        if not selectors.is_said_already(report, text, from_reporter=True, pictures=pictures):
            services.add_from_reporter(by=request.actor, report=report, text=text, pictures=tuple(pictures))
        messages.success(request, _("Sendt."))
        return redirect("reports:own-detail", public_id=public_id)
    conversation = selectors.conversation(report)
    page = {
        "report": report,
        "messages_both_ways": conversation,
        "awaited": awaited_words(report, conversation),
        "pictures_shown": selectors.pictures_in_page(report),
        "form": form,
        "pictures": shown_back(pictures),
        "who": who_has(report),
        "may_withdraw": report.health_source == HealthSource.CONSENT and report.consent_withdrawn_at is None,
    }
    return render(request, "reports/own_detail.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Action.REPORT_FOLLOW_OWN)
def claim(request: HttpRequest) -> HttpResponse:
    """Let a pupil or guardian tie what she sent without sign-in to herself. What it means is said first."""
    form = ReceiptForm(request.POST or None)
    if form.is_valid():
        try:
            report = services.claim_report(by=request.actor, receipt=form.cleaned_data["receipt"])
        except OutOfReach:
            slow_down_wrong_try(None)
            form.add_error("receipt", _("Vi finner ingen melding med disse ordene. Se etter om alle fire ordene og tallet er med."))
        else:
            messages.success(request, _("Nå står meldingen her. De som hjelper deg, ser at det er du som sendte den."))
            return redirect("reports:own-detail", public_id=report.public_id)
    return render(request, "reports/claim.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Action.REPORT_FOLLOW_OWN)
def consent_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Health staff write that consent is taken back (REP-22)."""
    report = get_own_report(request.actor, public_id)
    form = ConsentForm(request.POST or None)
    if form.is_valid():
        services.withdraw_consent(by=request.actor, report=report, withdrawn_by=form.cleaned_data["withdrawn_by"])
        messages.success(request, _("Skrevet inn. De som har meldingen, får vite det."))
        return redirect("reports:own-detail", public_id=public_id)
    return render(request, "reports/consent_withdraw.html", {"report": report, "form": form}, status=422 if form.errors else 200)
