"""The school's public pages: no sign-in, and nothing that tells who came."""

from __future__ import annotations

import secrets
from typing import Any

import segno
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from aktsom.core.access.actor import ANONYMOUS
from aktsom.core.access.door import public
from aktsom.core.timing.clock import now
from aktsom.plans.selectors.editions import has_plan
from aktsom.reports import services
from aktsom.reports.forms import PublicReportForm
from aktsom.reports.rules import MANY_SENT, STOOD_SECONDS, Channel, Involved, ReporterKind
from aktsom.reports.selectors import head_word
from aktsom.reports.services import ReportDraft
from aktsom.reports.views.collecting import names_in, pictures_of, sending_of, shown_back
from aktsom.reports.views.replies import reply_words
from aktsom.reports.views.sending import who_reads
from aktsom.reports.views.slowing import counted
from aktsom.schools.selectors import public_school

OPEN = "A pupil must be able to tell without an account (REP-16, REP-17)."
SALT = "aktsom.si-fra"
FORM_LIVES = 24 * 3600  # seconds a page can stand open before it is sent
HELP_LINES = [
    (gettext_lazy("Alarmtelefonen for barn og unge"), "116 111", "116111"),
    (gettext_lazy("Politi når det haster og noen er i fare"), "112", "112"),
    (gettext_lazy("Politi når det ikke haster"), "02800", "02800"),
    (gettext_lazy("Ambulanse når noen er skadet eller det er fare for liv"), "113", "113"),
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
    school = school_or_404(slug)
    return render(
        request,
        "reports/school_page.html",
        {"school": school, "head_word": head_word(school), "help_lines": HELP_LINES, "has_plan": has_plan(school.pk)},
    )


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
    adults = services.adults_to_choose(school)
    form = PublicReportForm(request.POST or None, request.FILES or None, adults=adults, head_word=head_word(school))
    valid = form.is_valid() if request.method == "POST" else False
    token = request.POST.get("token", "")
    if valid and (waits := why_it_waits(token, school)):
        form.add_error(None, waits)
        valid = False
    pictures, must_show = pictures_of(request, form) if request.method == "POST" else ([], False)
    if valid and not must_show:
        sending = sending_of(request, token)
        report = services.receive_anonymous_report_once(by=ANONYMOUS, school=school, draft=draft_of(form, pictures), sending=sending)
        page = {"school": school, "receipt": report.receipt, "reply": reply_words(school, report.received_at)}
        return render(request, "reports/tell_sent.html", page)
    page = {
        "school": school,
        "form": form,
        "pictures": shown_back(pictures),
        "open_more": bool(pictures) or is_missing_under_more(form),
        "token": token if token_holds(token, school) else signing.dumps([school.pk, secrets.token_urlsafe(16)], salt=SALT),
        "who": who_reads(school),
        "reply": reply_words(school, now()),
    }
    return render(request, "reports/tell.html", page, status=422 if form.errors else 200)


def is_missing_under_more(form: PublicReportForm) -> bool:
    """Return whether something under «Vil du fortelle mer?» has to be looked at; what is wrong above it does not open it."""
    return bool(set(form.errors) & {"about", "involved", "accused", "where_happened", "adult", "pictures"})


def why_it_waits(token: str, school: Any) -> str:
    """Return why a report is not sent just now, or nothing. Nobody is refused: the text stands there, and one more press sends it.

    When very many send at one school in a minute, a page must have stood a minute. That slows a flood, asks for no
    identity, and lets everybody through who waits.
    """
    if not token_holds(token, school):
        return _("Siden har stått åpen for lenge. Teksten din står her. Trykk på send én gang til.")
    if counted("sent", school) > MANY_SENT and token_holds(token, school, lives=STOOD_SECONDS):
        return _(
            "Veldig mange skriver akkurat nå. Teksten din står her. Vent ett minutt og trykk på send én gang til. "
            "Haster det, ring skolen eller 116 111."
        )
    return ""


def token_holds(token: str, school: Any, *, lives: int = FORM_LIVES) -> bool:
    """Return whether the form was made by us, for this school, in the last day (or in the last ``lives`` seconds)."""
    try:
        return bool(signing.loads(token, salt=SALT, max_age=lives)[0] == school.pk)
    except (signing.BadSignature, TypeError, IndexError):
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
        chosen_adult=form.chosen_adult(),
        pictures=tuple(pictures),
    )
