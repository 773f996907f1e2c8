"""Come back without an account: the receipt opens the answers, lets her write more, and lets her say who she is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from aktsom.core.access.actor import ANONYMOUS
from aktsom.core.access.door import public
from aktsom.core.timing.law import owner_title
from aktsom.reports import selectors, services
from aktsom.reports.forms import AnswerForm, NameForm, ReceiptForm
from aktsom.reports.selectors import head_word
from aktsom.reports.views.collecting import pictures_of, shown_back
from aktsom.reports.views.public import OPEN, school_or_404
from aktsom.reports.views.replies import awaited_words
from aktsom.reports.views.sending import who_has
from aktsom.reports.views.slowing import slow_down_wrong_try


def asked_for(request: HttpRequest, school: Any, form: ReceiptForm) -> Any:
    """Return the report of the receipt in the form, or None with a kind word in the form. A right one always opens."""
    report = selectors.by_receipt(form.cleaned_data["receipt"], school_id=school.pk) if form.is_valid() else None
    if report is None and form.is_bound and not form.errors:
        slow_down_wrong_try(school)
        form.add_error("receipt", _("Vi finner ingen melding med disse ordene. Se etter om alle fire ordene og tallet er med."))
    return report


def ask(request: HttpRequest, school: Any, form: ReceiptForm) -> HttpResponse:
    """Ask for the words."""
    return render(request, "reports/answer_ask.html", {"school": school, "form": form}, status=422 if form.errors else 200)


@csrf_exempt  # the receipt itself is what proves the right, and no cookie is set
@require_http_methods(["GET", "POST"])
@public(OPEN)
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody with the receipt read the answers and write more."""
    school = school_or_404(slug)
    form = ReceiptForm(request.POST or None)
    report = asked_for(request, school, form)
    if report is None:
        return ask(request, school, form)
    return conversation_page(request, school, report, form.cleaned_data["receipt"])


def conversation_page(request: HttpRequest, school: Any, report: Any, receipt: str) -> HttpResponse:
    """Show what was written both ways, and write more when something is sent. Pictures are shown back first."""
    form = AnswerForm(request.POST, request.FILES) if "text" in request.POST else AnswerForm()
    pictures, must_show = pictures_of(request, form) if form.is_bound else ([], False)
    sent = form.is_valid() and not must_show
    if sent:
        text = form.cleaned_data["text"]
        if not selectors.is_said_already(report, text, from_reporter=True, pictures=pictures):
            services.add_anonymously(by=ANONYMOUS, receipt=receipt, text=text, pictures=tuple(pictures))
        form, pictures = AnswerForm(), []
    page = answer_frame(school, report, receipt) | {
        "form": form,
        "pictures": shown_back(pictures),
        "sent": sent,
    }
    return render(request, "reports/answer.html", page, status=422 if form.errors else 200)


def answer_frame(school: Any, report: Any, receipt: str) -> dict[str, Any]:
    """Return what the page of the answers shows. The pictures lie in the page: an address would tell who looked."""
    conversation = selectors.conversation(report)
    return {
        "school": school,
        "report": report,
        "receipt": receipt,
        "messages_both_ways": conversation,
        "awaited": awaited_words(report, conversation),
        "pictures_shown": selectors.pictures_in_page(report),
        "nameless": report.reporter_kind == "anonymous",
    }


@csrf_exempt  # the receipt itself is what proves the right, and no cookie is set
@require_POST
@public(OPEN)
def give_name(request: HttpRequest, slug: str) -> HttpResponse:
    """Say first what it means to give one's name; then write it, when she has chosen to."""
    school = school_or_404(slug)
    receipt_form = ReceiptForm(request.POST)
    report = asked_for(request, school, receipt_form)
    if report is None:
        return ask(request, school, receipt_form)
    receipt = receipt_form.cleaned_data["receipt"]
    form = NameForm(request.POST) if "name" in request.POST else NameForm()
    if form.is_valid():
        named = services.give_name(by=ANONYMOUS, receipt=receipt, name=form.cleaned_data["name"])
        page = answer_frame(school, named, receipt) | {"form": AnswerForm(), "pictures": [], "named": True}
        return render(request, "reports/answer.html", page)
    example = owner_title(school.owner.kind) if report.is_withheld else head_word(school)
    page = {"school": school, "receipt": receipt, "form": form, "who": who_has(report), "example": example}
    return render(request, "reports/give_name.html", page, status=422 if form.errors else 200)
