"""The school's public pages: no sign-in, and nothing that tells who came."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from aktsom.core.access.actor import ANONYMOUS
from aktsom.core.access.door import public
from aktsom.core.timing.clock import now
from aktsom.reports import selectors, services
from aktsom.reports.forms import AnswerForm, PublicReportForm, ReceiptForm
from aktsom.reports.rules import Channel, Involved, ReporterKind
from aktsom.reports.services import ReportDraft
from aktsom.reports.views.collecting import names_in, pictures_of, shown_back
from aktsom.reports.views.replies import reply_words
from aktsom.reports.views.sending import who_reads
from aktsom.schools.selectors import public_school

OPEN = "A pupil must be able to tell without an account (REP-16, REP-17)."
SALT = "aktsom.si-fra"
FORM_LIVES = 24 * 3600  # seconds a page can stand open before it is sent
MOST_TRIES = 30  # wrong receipts a minute for a whole school; nobody is told apart
HELP_LINES = [
    (_("Alarmtelefonen for barn og unge"), "116 111", "116111"),
    (_("Politi, hvis noen er i fare"), "112", "112"),
]


def school_or_404(slug: str) -> Any:
    """Return the school, or 404."""
    school = public_school(slug)
    if school is None:
        raise Http404
    return school


@require_GET
@public(OPEN)
def school_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the school's page: say it, come back for an answer, and who else can help."""
    return render(request, "reports/school_page.html", {"school": school_or_404(slug), "help_lines": HELP_LINES})


@require_GET
@public(OPEN)
def what_is_stored(request: HttpRequest, slug: str) -> HttpResponse:
    """Say exactly what is stored, and what is not."""
    return render(request, "reports/what_is_stored.html", {"school": school_or_404(slug)})


@require_GET
@public(OPEN)
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a poster with a QR code to print and hang up."""
    school = school_or_404(slug)
    address = f"{settings.AKTSOM_BASE_URL}/skole/{school.slug}/si-fra/"
    code = segno.make(address, error="m").svg_inline(scale=8, title=_("QR-kode til siden der du kan si fra"), omitsize=True)
    return render(request, "reports/poster.html", {"school": school, "address": address, "code": mark_safe(code)})  # noqa: S308 - made by us from our own address


@csrf_exempt  # a cookie would follow the pupil around; the form carries a signed token instead
@require_http_methods(["GET", "POST"])
@public(OPEN)
def tell(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a pupil tell without an account. Whoever happens to be signed in, nothing ties her to the report."""
    school = school_or_404(slug)
    form = PublicReportForm(request.POST or None, request.FILES or None)
    valid = form.is_valid() if request.method == "POST" else False
    if valid and not token_holds(request.POST.get("token", ""), school):
        form.add_error(None, _("Siden har stått åpen for lenge. Teksten din står her. Trykk på send én gang til."))
        valid = False
    pictures, must_show = pictures_of(request, form) if request.method == "POST" else ([], False)
    if valid and not must_show:
        report = services.receive_anonymous_report(by=ANONYMOUS, school=school, draft=draft_of(form, pictures))
        page = {"school": school, "receipt": report.receipt, "reply": reply_words(school, report.received_at)}
        return render(request, "reports/tell_sent.html", page)
    page = {
        "school": school,
        "form": form,
        "pictures": shown_back(pictures),
        "token": signing.dumps(school.pk, salt=SALT),
        "who": who_reads(school),
        "reply": reply_words(school, now()),
    }
    return render(request, "reports/tell.html", page, status=422 if form.errors else 200)


def token_holds(token: str, school: Any) -> bool:
    """Return whether the form was made by us, for this school, in the last day."""
    try:
        return bool(signing.loads(token, salt=SALT, max_age=FORM_LIVES) == school.pk)
    except signing.BadSignature:
        return False


def draft_of(form: PublicReportForm, pictures: list[Any]) -> ReportDraft:
    """Return what was written as a draft. Without a name wanted, none is kept even if one was written."""
    cleaned = form.cleaned_data
    named = cleaned["known"] == "some" and cleaned["name"].strip()
    return ReportDraft(
        what_happened=cleaned["what_happened"],
        reporter_kind=ReporterKind.PUPIL if named else ReporterKind.ANONYMOUS,
        reporter_name=cleaned["name"].strip() if named else "",
        channel=Channel.PUBLIC_PAGE,
        written_pupils=tuple(names_in(cleaned["about"])),
        involved=Involved(cleaned["involved"] or Involved.NO),
        written_accused=tuple(names_in(cleaned["accused"])),
        where_happened=cleaned["where_happened"],
        pictures=tuple(pictures),
    )


@csrf_exempt  # the receipt itself is what proves the right, and no cookie is set
@require_http_methods(["GET", "POST"])
@public(OPEN)
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody with the receipt read the answers and write more."""
    school = school_or_404(slug)
    receipt_form = ReceiptForm(request.POST or None)
    if not receipt_form.is_valid():
        return render(
            request, "reports/answer_ask.html", {"school": school, "form": receipt_form}, status=422 if receipt_form.errors else 200
        )
    receipt = receipt_form.cleaned_data["receipt"]
    report = None if too_many_tries(school) else selectors.by_receipt(receipt, school_id=school.pk)
    if report is None:
        receipt_form.add_error(
            "receipt",
            _(
                "Vi finner ingen melding med disse ordene. Se etter om alle fire ordene og tallet er med. "
                "Etter mange forsøk må du vente et minutt."
            ),
        )
        return render(request, "reports/answer_ask.html", {"school": school, "form": receipt_form}, status=422)
    return conversation_page(request, school, report, receipt)


def conversation_page(request: HttpRequest, school: Any, report: Any, receipt: str) -> HttpResponse:
    """Show what was written both ways, and write more when something is sent. Pictures are shown back first."""
    form = AnswerForm(request.POST, request.FILES) if "text" in request.POST else AnswerForm()
    pictures, must_show = pictures_of(request, form) if form.is_bound else ([], False)
    sent = form.is_valid() and not must_show
    if sent:
        services.add_anonymously(by=ANONYMOUS, receipt=receipt, text=form.cleaned_data["text"], pictures=tuple(pictures))
        form, pictures = AnswerForm(), []
    page = {
        "school": school,
        "report": report,
        "receipt": receipt,
        "messages_both_ways": selectors.conversation(report),
        "form": form,
        "pictures": shown_back(pictures),
        "sent": sent,
    }
    return render(request, "reports/answer.html", page, status=422 if form.errors else 200)


def too_many_tries(school: Any) -> bool:
    """Return whether a whole school has tried too often this minute. No address is kept, so nobody is told apart."""
    key = f"receipt-tries:{school.pk}:{int(now().timestamp()) // 60}"
    cache.add(key, 0, 120)
    return bool(cache.incr(key) > MOST_TRIES)
