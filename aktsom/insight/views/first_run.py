"""The first steps of a new school: one page that says what is left, and one page for each step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, may, require, requires
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.insight import first_run, services
from aktsom.insight.forms import AT_ONCE, FirstPlanForm, KeyPersonForm
from aktsom.insight.rules import USUAL_WEEKS, proposed_year, year_to_plan
from aktsom.insight.self_test import checks_of
from aktsom.people.selectors import delegated_receivers, deputies, head_teachers, own_person, people_in_role
from aktsom.reports.selectors import test_report
from aktsom.reports.services import remove_test_report, send_test_report
from aktsom.schools.access import get_school
from aktsom.schools.rules import obstacles_to_setting_year
from aktsom.schools.selectors import schools_where
from aktsom.schools.services import ClosedDays
from aktsom.wheel.forms import CalendarForm
from aktsom.wheel.services import set_calendar


def texts(refused: Refused) -> list[str]:
    """Return why not, in words."""
    return [str(getattr(reason, "label", reason)) for reason in refused.reasons]


@require_GET
@requires(Action.SCHOOL_ORGANISE)
def first_run_schools(request: HttpRequest) -> HttpResponse:
    """Lead to the first steps of the one school the person organises, or show the ones there are."""
    schools = schools_where(request.actor, Action.SCHOOL_ORGANISE)
    require(request.actor, Action.SCHOOL_ORGANISE, schools[0] if schools else None)
    if len(schools) == 1:
        return redirect("insight:first-run", public_id=schools[0].public_id)
    return render(request, "insight/first_run_schools.html", {"schools": schools})


@require_GET
@requires(Action.SCHOOL_ORGANISE)
def first_run_show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the first steps of a school, what is done, and what a self-test finds."""
    school = get_school(request.actor, Action.SCHOOL_ORGANISE, public_id)
    steps = first_run.steps_of(request.actor, school)
    page = {
        "school": school,
        "steps": steps,
        "done": sum(step.is_done for step in steps),
        "next_step": next((step for step in steps if not step.is_done), None),
        "may_try": may(request.actor, Action.SCHOOL_TRY, school),
    }
    return render(request, "insight/first_run.html", page)


@require_GET
@requires(Action.SCHOOL_TRY)
def self_test_show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what a self-test finds, and what one can try oneself."""
    school = get_school(request.actor, Action.SCHOOL_TRY, public_id)
    page = {
        "school": school,
        "checks": checks_of(school),
        "trial": test_report(school.pk),
        "address": getattr(own_person(request.actor), "email", ""),
    }
    return render(request, "insight/self_test.html", page)


@require_http_methods(["GET", "POST"])
@requires(Action.PLAN_BEGIN)
def first_run_plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask which plan the school begins with, and begin it."""
    school = get_school(request.actor, Action.PLAN_BEGIN, public_id)
    may_approve = may(request.actor, Action.PLAN_APPROVE, school) and may(request.actor, Action.PROCEDURE_CHOOSE, school)
    form = FirstPlanForm(request.POST if request.method == "POST" else None, may_approve=may_approve)
    if request.method == "POST" and form.is_valid():
        at_once = form.cleaned_data["start"] == AT_ONCE
        try:
            services.begin_first_plan(by=request.actor, school=school, template=form.cleaned_data["template"], at_once=at_once)
        except Refused as refused:
            form.add_error(None, texts(refused))
        else:
            messages.success(request, _("Planen gjelder fra i dag.") if at_once else _("Utkastet er begynt."))
            return redirect("insight:first-run", public_id=public_id)
    page = {"school": school, "form": form, "plans": first_run.plans_in_brief()}
    return render(request, "insight/first_run_plan.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Action.SCHOOL_YEAR_SET)
def first_run_calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    """Propose a school year from the county's usual weeks, and write it in as it was corrected."""
    school = get_school(request.actor, Action.SCHOOL_YEAR_SET, public_id)
    county = request.GET.get("fylke", "")
    proposed = proposed_year(year_to_plan(today()), county)
    ends = {"first_day": proposed.first_day, "last_day": proposed.last_day}
    form = CalendarForm(request.POST or None, spans=list(proposed.spans), initial=ends)
    if request.method == "POST" and form.is_valid() and _calendar_written(request, school, form):
        messages.success(request, _("Skoleruta er skrevet inn."))
        return redirect("insight:first-run", public_id=public_id)
    page = {"school": school, "form": form, "counties": list(USUAL_WEEKS), "county": county, "is_known": county in USUAL_WEEKS}
    return render(request, "insight/first_run_calendar.html", page, status=422 if form.errors else 200)


def _calendar_written(request: HttpRequest, school: Any, form: CalendarForm) -> bool:
    spans = [ClosedDays(name, first, last, kind) for kind, name, first, last in form.spans()]
    ends = {"first_day": form.cleaned_data["first_day"], "last_day": form.cleaned_data["last_day"]}
    obstacles = obstacles_to_setting_year(**ends, closed=[(span.first_day, span.last_day) for span in spans])
    if obstacles:
        form.add_error(None, [str(obstacle.label) for obstacle in obstacles])
        return False
    set_calendar(by=request.actor, school=school, spans=spans, **ends)
    return True


@require_http_methods(["GET", "POST"])
@requires(Action.COLLEAGUE_ADD)
def first_run_people(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who leads, stands in and receives, and write in those who are missing."""
    school, day = get_school(request.actor, Action.COLLEAGUE_ADD, public_id), today()
    heads = head_teachers(school.pk, day)
    is_head = school.pk in request.actor.schools_as(Role.HEAD_TEACHER)
    form = KeyPersonForm(request.POST or None, is_head=is_head, has_head=bool(heads), initial={"role": "" if heads else Role.HEAD_TEACHER})
    if request.method == "POST" and form.is_valid():
        try:
            person = services.add_key_person(by=request.actor, school=school, **form.colleague())
        except Refused as refused:
            form.add_error(None, texts(refused))
        else:
            messages.success(request, _("%(name)s er ført opp, og får en lenke på e-post.") % {"name": person})
            return redirect("insight:first-run-people", public_id=public_id)
    there = [
        (_("Rektor"), heads),
        (_("Stedfortreder"), deputies(school.pk, day)),
        (_("Tar imot meldinger for rektor"), delegated_receivers(school.pk, day)),
        (_("Avdelingsleder"), people_in_role(school.pk, Role.DEPARTMENT_HEAD, day)),
    ]
    page = {"school": school, "form": form, "there": there}
    return render(request, "insight/first_run_people.html", page, status=422 if form.errors else 200)


@require_POST
@requires(Action.SCHOOL_TRY)
def mail_try(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send an e-mail to one's own address."""
    school, person = get_school(request.actor, Action.SCHOOL_TRY, public_id), own_person(request.actor)
    address = getattr(person, "email", "")
    try:
        services.try_mail(by=request.actor, school=school, address=address)
    except Refused as refused:
        messages.error(request, " ".join(texts(refused)))
    else:
        said = _("E-posten er skrevet til en fil, siden ingen e-posttjener er satt opp.") if services.mail_goes_to_file() else ""
        messages.success(request, said or _("E-posten er sendt til %(address)s. Se om den kom fram.") % {"address": address})
    return redirect("insight:self-test", public_id=public_id)


@require_POST
@requires(Action.SCHOOL_TRY)
def trial_send(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send a test report the way every report goes."""
    school = get_school(request.actor, Action.SCHOOL_TRY, public_id)
    try:
        send_test_report(by=request.actor, school=school)
    except Refused as refused:
        messages.error(request, " ".join(texts(refused)))
    else:
        messages.success(request, _("Prøvemeldingen er sendt. De som tar imot, har fått den."))
    return redirect("insight:self-test", public_id=public_id)


@require_POST
@requires(Action.SCHOOL_TRY)
def trial_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the test report away."""
    school = get_school(request.actor, Action.SCHOOL_TRY, public_id)
    try:
        remove_test_report(by=request.actor, school=school)
    except Refused as refused:
        messages.error(request, " ".join(texts(refused)))
    else:
        messages.success(request, _("Prøvemeldingen er tatt bort. Loggen viser at den var der."))
    return redirect("insight:self-test", public_id=public_id)
