"""The owner: notices from the schools, opened and answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import require, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw, saw_all
from aktsom.core.timing.law import head_title
from aktsom.reports import selectors, services
from aktsom.reports.access import get_owner_notice
from aktsom.reports.forms import MessageForm
from aktsom.reports.selectors.owner_reading import readers_of
from aktsom.schools.selectors import own_schools

NOTICES_PER_PAGE = 10


@require_GET
@requires(Action.OWNER_NOTICE_SEE)
def notice_list(request: HttpRequest) -> HttpResponse:
    """Show the notices the owner's receiver has."""
    require(request.actor, Action.OWNER_NOTICE_SEE, None)
    by_school = selectors.waiting_by_school(request.actor)
    chosen = next((row for row in by_school if row[0] == request.GET.get("skole")), None)
    rows = selectors.waiting_owner_notices(request.actor)
    side = Paginator(rows.filter(report__school__slug=chosen[0]) if chosen else rows, NOTICES_PER_PAGE).get_page(request.GET.get("side"))
    answered = list(selectors.answered_owner_notices(request.actor)[:50])
    judgements = list(selectors.held_back(request.actor)[:50])
    saw_all(request, Event.REPORT_LISTED, [row.report for row in (*side.object_list, *answered, *judgements)])
    page = {
        "groups": in_groups(side.object_list),
        "side": side,
        "by_school": by_school,
        "chosen": chosen,
        "answered": answered,
        "judgements": judgements,
    }
    schools = own_schools(request.actor)
    leader = head_title(schools[0].owner.kind) if schools else ""
    return render(request, "reports/owner_list.html", page | {"schools": schools, "leader": leader.capitalize()})


def in_groups(notices: Sequence[Any]) -> list[tuple[str, list[Any]]]:
    """Return the notices of one page under headings: what is urgent first, then school by school, the oldest of each first."""
    groups: dict[str, list[Any]] = {}
    for notice in sorted(notices, key=lambda row: (not row.is_urgent, row.report.school.name)):
        groups.setdefault(_("Haster") if notice.is_urgent else notice.report.school.name, []).append(notice)
    return list(groups.items())


@require_GET
@requires(Action.OWNER_NOTICE_SEE)
def notice_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one notice, and the report when it has been opened."""
    notice = get_owner_notice(request.actor, Action.OWNER_NOTICE_SEE, public_id)
    saw(request, Event.REPORT_READ, notice.report)
    page = {
        "notice": notice,
        "report": notice.report,
        "pupils": selectors.pupils_of(notice.report) if notice.opened_at else [],
        "accused": selectors.accused_names(notice.report) if notice.opened_at else [],
        "groundless": getattr(notice.report, "groundless", None),
        "readers": readers_of(notice),
        "form": MessageForm(),
    }
    return render(request, "reports/owner_detail.html", page)


@require_POST
@requires(Action.OWNER_NOTICE_SEE)
def notice_open(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open the notice; the school sees that it is opened."""
    notice = get_owner_notice(request.actor, Action.OWNER_NOTICE_SEE, public_id)
    services.open_owner_notice(by=request.actor, notice=notice)
    return redirect("reports:owner-detail", public_id=public_id)


@require_POST
@requires(Action.OWNER_NOTICE_ANSWER)
def notice_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer the school."""
    notice = get_owner_notice(request.actor, Action.OWNER_NOTICE_ANSWER, public_id)
    form = MessageForm(request.POST)
    if form.is_valid():
        services.answer_owner_notice(by=request.actor, notice=notice, answer=form.cleaned_data["text"])
        messages.success(request, _("Svaret er sendt til skolen."))
        return redirect("reports:owner-detail", public_id=public_id)
    saw(request, Event.REPORT_READ, notice.report)
    page = {
        "notice": notice,
        "report": notice.report,
        "pupils": selectors.pupils_of(notice.report) if notice.opened_at else [],
        "accused": [],
        "groundless": None,
        "form": form,
    }
    return render(request, "reports/owner_detail.html", page, status=422)
