"""An incident that may have nothing to do with a pupil: sent the same way, and never finished before one question is answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import OutOfReach, Refused, requires
from aktsom.core.access.roles import Role
from aktsom.core.accounts import drafts
from aktsom.core.timing.clock import now, today
from aktsom.people import selectors as people
from aktsom.reports import services
from aktsom.reports.access import get_report
from aktsom.reports.forms.incidents import IncidentAnswerForm, IncidentForm
from aktsom.reports.rules import HealthSource, Involved, ReporterKind, Urgency, concerns_a_pupil
from aktsom.reports.services import ReportDraft
from aktsom.reports.views.collecting import found_people, moment_of
from aktsom.reports.views.receiving import page_of
from aktsom.reports.views.sending import frame, health_question, health_source_of, school_for, send_once, works_there

INCIDENT_FORM = "report.incident"


@require_http_methods(["GET", "POST"])
@requires(Action.REPORT_SEND)
def incident_report(request: HttpRequest) -> HttpResponse:
    """Tell of an accident, vandalism, violence against staff or a near miss. Only for those who work there."""
    school = school_for(request)
    if not works_there(request.actor, school):
        raise OutOfReach("reports.Report", "")
    source = health_source_of(request)
    if school.pk in request.actor.schools_as(Role.SCHOOL_NURSE) and source != HealthSource.OUTSIDE_TREATMENT:
        return health_question(request, school, page="reports:incident-report")
    kept = drafts.initial_for(request.user, INCIDENT_FORM)
    form = IncidentForm(request.POST if request.method == "POST" else None, initial={"happened_on": today(), **kept})
    if form.is_valid():
        sent = send_once(request, school, incident_draft(request, school, form))
        drafts.drop(request.user, INCIDENT_FORM)
        return redirect("reports:report-sent", public_id=sent.public_id)
    page = frame(request, school, form, []) | {"draft_form": INCIDENT_FORM}
    page["more_wrong"] = bool(set(form.errors) - {"incident_kind", "what_happened", "unsafe"})
    return render(request, "reports/incident_report.html", page, status=422 if form.errors else 200)


def incident_draft(request: HttpRequest, school: Any, form: IncidentForm) -> ReportDraft:
    """Return what was written as a draft: an ordinary report unless every answer is a clear no."""
    cleaned = form.cleaned_data
    reporter = people.own_person(request.actor)
    pupils, written = found_people(request.actor, school, cleaned["pupils"], staff=False)
    accused, written_accused = found_people(request.actor, school, cleaned["accused"], staff=True)
    involved = Involved(cleaned["involved"] or Involved.NO)
    happened = moment_of(cleaned["happened_on"], cleaned["happened_clock"])
    noticed = happened if cleaned["happened_on"] != today() or cleaned["happened_clock"] else now()
    return ReportDraft(
        what_happened=cleaned["what_happened"],
        reporter_kind=ReporterKind.STAFF,
        reporter=reporter,
        pupils=tuple(pupils),
        written_pupils=tuple(written),
        urgency=Urgency(cleaned["urgency"] or Urgency.ORDINARY),
        involved=involved,
        accused=tuple(accused),
        written_accused=tuple(written_accused),
        where_happened=cleaned["where_happened"],
        done_at_once=cleaned["done_at_once"],
        noticed_at=noticed,
        first_known_at=noticed,
        first_known_by=reporter,
        health_source=health_source_of(request) or HealthSource.NOT_HEALTH_STAFF,
        incident_kind=cleaned["incident_kind"],
        concerns_pupil=concerns_a_pupil(unsafe=cleaned["unsafe"], involved=involved, accused=[*accused, *written_accused]),
    )


@require_POST
@requires(Action.INCIDENT_ANSWER)
def incident_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer whether a pupil can be unsafe: no finishes the incident, yes makes it the report it was."""
    report = get_report(request.actor, Action.INCIDENT_ANSWER, public_id)
    form = IncidentAnswerForm(request.POST)
    if form.is_valid():
        unsafe = form.cleaned_data["unsafe"] == "yes"
        try:
            services.answer_incident(by=request.actor, report=report, may_be_unsafe=unsafe, result=form.cleaned_data["result"])
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            said = _("Nå er det en melding om en elev, kjent fra den dagen hendelsen ble meldt. Neste steg er å åpne sak.")
            messages.success(request, said if unsafe else _("Hendelsen er ferdig. Den som meldte, får vite det."))
            return redirect("reports:report-detail", public_id=public_id)
    return render(request, "reports/report_detail.html", page_of(request, report, incident_form=form), status=422)
