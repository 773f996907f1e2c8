"""A report becomes a case in one post, or joins one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aktsom.cases import selectors, services
from aktsom.cases.access import get_case
from aktsom.cases.forms import JoinForm, OpenForm
from aktsom.cases.views.frame import ask_and_answer
from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw, saw_all
from aktsom.core.notify.services import mark_seen_at
from aktsom.reports.access import get_report


@ask_and_answer
@requires(Action.CASE_OPEN)
def case_open(request: HttpRequest) -> HttpResponse:
    """Open a case from a report. Sent without choices, the report's pupil and the person herself are taken."""
    report = get_report(request.actor, Action.CASE_OPEN, request.GET.get("melding", ""))
    name = request.GET.get("navn", "")
    choices = selectors.opening_choices(request.actor, report, selectors.pupils_named(request.actor, report, name))
    sent = request.POST if set(request.POST) & {"pupil", "handlers", "other"} else choices.defaults
    form = OpenForm(sent if request.method == "POST" else None, choices=choices, initial=choices.defaults)
    if request.method == "POST" and form.is_valid():
        try:
            case = services.open_case(by=request.actor, report=report, pupil=form.chosen_pupil(), handlers=form.chosen_handlers())
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("Saken er åpnet. Det meldingen sa, ligger her."))
            tell_of_doubt(request, case, report)
            mark_seen_at(request.actor, reverse("reports:report-detail", args=[report.public_id]))
            return redirect("cases:case-detail", public_id=case.public_id)
    saw(request, Event.REPORT_READ, report)
    known = [case for case in selectors.joinable_cases(request.actor, report=report) if case.is_about]
    saw_all(request, Event.CASE_LISTED, known)
    page = {"form": form, "report": report, "name": name, "known": known, "told": report.pupils.all(), "nobody": not choices.pupils}
    return render(request, "cases/case_open.html", page, status=422 if form.errors else 200)


@ask_and_answer
@requires(Action.CASE_OPEN)
def report_join(request: HttpRequest) -> HttpResponse:
    """Put a report into a case the person reaches."""
    report = get_report(request.actor, Action.CASE_OPEN, request.GET.get("melding", ""))
    name = request.GET.get("navn", "")
    cases = selectors.joinable_cases(request.actor, report=report, text=name)
    form = JoinForm(request.POST or None, cases=cases)
    if form.is_valid():
        case = get_case(request.actor, Action.CASE_OPEN, form.chosen().public_id)
        try:
            services.join_report(by=request.actor, case=case, report=report)
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("Meldingen ligger i saken nå."))
            tell_of_doubt(request, case, report)
            mark_seen_at(request.actor, reverse("reports:report-detail", args=[report.public_id]))
            return redirect("cases:case-detail", public_id=case.public_id)
    saw(request, Event.REPORT_READ, report)
    saw_all(request, Event.CASE_LISTED, cases)
    saw_list = {"form": form, "report": report, "name": name, "found": bool(cases)}
    return render(request, "cases/report_join.html", saw_list, status=422 if form.errors else 200)


def tell_of_doubt(request: HttpRequest, case: Any, report: Any) -> None:
    """Say at once whom the case is shut for because this report can be about them, and who can decide otherwise."""
    names = [str(row.person) for row in selectors.in_doubt(case, report)]
    if names:
        told = _("Meldingen kan gjelde %(names)s, som derfor er stengt ute av saken. Rektor kan åpne igjen under «Hvem».")
        if case.is_withheld:
            told = _("Meldingen kan gjelde %(names)s, som derfor er stengt ute av saken. Du kan åpne igjen under «Hvem».")
        messages.info(request, told % {"names": ", ".join(names)})
