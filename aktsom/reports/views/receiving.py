"""Receive: the list, the report, taking it, judging it, answering. There is no way to refuse one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, require, requires, roles_towards
from aktsom.core.access.roles import ALLOWED, Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw, saw_all
from aktsom.core.timing.law import owner_title
from aktsom.plans.rules import StaffCaseRule
from aktsom.plans.selectors import NoProcedure, procedure_of
from aktsom.reports import selectors, services
from aktsom.reports.access import get_report
from aktsom.reports.forms import AssessmentForm, ReasonForm, SchoolAnswerForm
from aktsom.reports.forms.incidents import IncidentAnswerForm
from aktsom.reports.rules import LEFT_ELSEWHERE, SIGNS_OF_SERIOUSNESS, RecipientReason, Route, Seriousness
from aktsom.reports.views.collecting import pictures_of, shown_back
from aktsom.reports.views.replies import promised_words
from aktsom.schools.selectors import schools_where

forms_ask = require_http_methods(["GET", "POST"])
PER_PAGE = 25


@require_GET
@requires(Action.REPORT_SEE)
def report_list(request: HttpRequest) -> HttpResponse:
    """Show the reports that wait, and those followed up in a case."""
    require(request.actor, Action.REPORT_LIST, None)
    followed = request.GET.get("vis") == "fulgt"
    reports = selectors.followed_reports(request.actor) if followed else selectors.open_reports(request.actor)
    names_school = bool(request.actor.owners_as(Role.OWNER_HANDLER))  # who works for several schools
    page = Paginator(reports, PER_PAGE).get_page(request.GET.get("side"))
    saw_all(request, Event.REPORT_LISTED, page.object_list)
    context = {"page": page, "followed": followed, "classes": selectors.classes_of(page.object_list), "names_school": names_school}
    return render(request, "reports/report_list.html", context)


@require_GET
@requires(Action.REPORT_SEE)
def report_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one report with what the Act asks of the receiver now."""
    report = get_report(request.actor, Action.REPORT_SEE, public_id)
    return render(request, "reports/report_detail.html", page_of(request, report))


@require_POST
@requires(Action.REPORT_ACKNOWLEDGE)
def acknowledge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the report."""
    report = get_report(request.actor, Action.REPORT_ACKNOWLEDGE, public_id)
    services.acknowledge_report(by=request.actor, report=report)
    messages.success(request, _("Du har tatt imot meldingen."))
    return redirect("reports:report-detail", public_id=public_id)


@require_POST
@requires(Action.REPORT_ASSESS)
def assess(request: HttpRequest, public_id: str) -> HttpResponse:
    """Judge how serious it is, with reason. Serious: the owner is told at once."""
    report = get_report(request.actor, Action.REPORT_ASSESS, public_id)
    form = AssessmentForm(request.POST)
    if form.is_valid() and report.concerns_pupil:
        cleaned = form.cleaned_data
        services.assess_report(
            by=request.actor,
            report=report,
            seriousness=Seriousness(cleaned["seriousness"]),
            reason=cleaned["reason"],
            urgent_measures=cleaned["urgent_measures"],
        )
        told = _("Eieren er varslet.") if cleaned["seriousness"] == Seriousness.SERIOUS else ""
        messages.success(request, f"{_('Vurderingen er skrevet inn.')} {told}".strip())
        return redirect("reports:report-detail", public_id=public_id)
    return render(request, "reports/report_detail.html", page_of(request, report, assessment_form=form), status=422)


@forms_ask
@requires(Action.REPORT_JUDGE_GROUNDLESS)
def groundless(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write why a staff report is clearly groundless: the only exception from telling the owner (§ 12-5)."""
    report = get_report(request.actor, Action.REPORT_JUDGE_GROUNDLESS, public_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            services.judge_groundless(by=request.actor, report=report, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("Skrevet inn. Eieren kan lese grunnen. Eleven skal fortsatt følges opp."))
            return redirect("reports:report-detail", public_id=public_id)
    return render(request, "reports/groundless.html", {"report": report, "form": form}, status=422 if form.errors else 200)


@require_POST
@requires(Action.REPORT_ANSWER)
def answer_reporter(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer the one who reported."""
    report = get_report(request.actor, Action.REPORT_ANSWER, public_id)
    form = SchoolAnswerForm(request.POST, request.FILES)
    pictures, must_show = pictures_of(request, form)
    if form.is_valid() and not must_show:
        text = form.cleaned_data["text"]
        if not selectors.is_said_already(report, text, from_reporter=False, pictures=pictures):
            services.answer_reporter(by=request.actor, report=report, text=text, pictures=tuple(pictures))
        messages.success(request, _("Svaret er sendt."))
        return redirect("reports:report-detail", public_id=public_id)
    return render(
        request,
        "reports/report_detail.html",
        page_of(request, report, message_form=form, shown=shown_back(pictures)),
        status=422 if form.errors else 200,
    )


@require_GET
@requires(Action.REPORT_SEE)
def picture(request: HttpRequest, public_id: str, picture_id: str) -> HttpResponse:
    """Show one picture of a report."""
    report = get_report(request.actor, Action.REPORT_SEE, public_id)
    found = selectors.picture_of(report, picture_id)
    if found is None:
        raise Http404
    row, response = found
    saw(request, Event.PICTURE_SEEN, row)
    return response  # type: ignore[no-any-return]


@require_GET
@requires(Action.REPORT_OVERVIEW)
def overview(request: HttpRequest) -> HttpResponse:
    """Show counts of the last year's reports, small numbers not told."""
    schools = schools_where(request.actor, Action.REPORT_OVERVIEW)
    require(request.actor, Action.REPORT_OVERVIEW, schools[0] if schools else None)
    school = schools[0]
    counts = selectors.report_overview(request.actor, school_id=school.pk)
    titles = {"kind": _("Hvem som melder"), "channel": _("Hvordan"), "class": _("Klasse"), "month": _("Måned")}
    sections = [(titles[key], rows) for key, rows in counts.items()]
    return render(request, "reports/overview.html", {"school": school, "sections": sections})


def page_of(request: HttpRequest, report: Any, **forms: Any) -> dict[str, Any]:
    """Return what the page of one report shows, and note that it is shown: also when a form on it is sent back."""
    saw(request, Event.REPORT_READ, report)
    procedure = _procedure(report)
    kind = report.owner.kind
    head = selectors.leader_word(kind, procedure)
    holders = selectors.holders_of(report)
    reasons = {row.reason for row in holders if row.person_id == request.actor.person_id}
    deeds = frozenset().union(*(ALLOWED[role] for role in roles_towards(request.actor, report)))
    conversation = selectors.conversation(report)
    return {
        "report": report,
        "school": report.school if request.actor.owners_as(Role.OWNER_HANDLER) else None,  # who works for several schools
        "pupils": selectors.pupils_of(report),
        "accused": selectors.accused_names(report),
        "assessment": selectors.latest_assessment(report),
        "left_elsewhere": report.channel in LEFT_ELSEWHERE,
        "notices": list(report.owner_notices.all()),
        "pictures": selectors.pictures_of(report),
        "messages_both_ways": conversation,
        "promised": promised_words(report, conversation),
        "groundless": getattr(report, "groundless", None),
        "head_word": head,
        "owner_word": owner_title(kind),
        "may_assess": Action.REPORT_ASSESS in deeds and report.concerns_pupil,
        "may_open": Action.CASE_OPEN in deeds and not report.is_test and report.concerns_pupil,
        **incident_of(report, deeds, forms.get("incident_form")),
        "may_answer": Action.REPORT_ANSWER in deeds,
        "open_url": f"/saker/ny/?melding={report.public_id}",
        "may_take": Action.REPORT_ACKNOWLEDGE in deeds,
        "may_hold_back": report.route == Route.STAFF and (procedure is None or procedure.staff_cases != StaffCaseRule.ALWAYS),
        "serious_examples": (procedure.serious_examples if procedure else ()) or SIGNS_OF_SERIOUSNESS,
        "examples_of_plan": bool(procedure and procedure.serious_examples),
        "assessment_form": forms.get("assessment_form") or AssessmentForm(),
        "message_form": forms.get("message_form") or SchoolAnswerForm(),
        "pictures_to_send": forms.get("shown", []),
        "chosen_by_reporter": RecipientReason.CHOSEN in reasons,
        "known_to_leader": bool({RecipientReason.HEAD_TEACHER, RecipientReason.DEPUTY} & {row.reason for row in holders}),
        "who": readers(holders, head),
    }


def incident_of(report: Any, deeds: frozenset[Action], form: Any) -> dict[str, Any]:
    """Return what the page of an incident shows: the question that is left, and what was answered (REP-29)."""
    return {
        "may_answer_incident": Action.INCIDENT_ANSWER in deeds and not report.concerns_pupil,
        "incident_answers": selectors.incident_answers(report),
        "incident_form": form or IncidentAnswerForm(),
    }


def readers(holders: list[Any], head: str) -> list[str]:
    """Return who can read the report, by name for those who have it."""
    return [f"{row.person} ({selectors.reason_word(row.reason, head).lower()})" for row in holders]


def _procedure(report: Any) -> Any:
    try:
        return procedure_of(report.school_id)
    except NoProcedure:
        return None
