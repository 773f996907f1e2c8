"""The front page: one for those who are signed in, one for those who are not."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, may, public, require, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw_all
from aktsom.insight import first_run, selectors
from aktsom.insight.forms import AT_ONCE, FirstPlanForm
from aktsom.insight.services import begin_first_plan
from aktsom.plans.selectors.editions import schools_with_plan
from aktsom.schools.access import get_school
from aktsom.schools.selectors import own_schools


@require_GET
@public("Whoever is not signed in is led to signing in, or in the demo to choosing a person; nobody else's things are shown.")
def start(request: HttpRequest) -> HttpResponse:
    """Show what needs the person today."""
    if not request.actor.is_signed_in:
        return redirect("demo:demo-choose" if settings.AKTSOM_DEMO_SIGN_IN else settings.LOGIN_URL)
    if not request.actor.second_factor and request.actor.grants and selectors.reads_cases(request.actor):
        return redirect("accounts:second-factor")
    today = selectors.today_of(request.actor)
    saw_all(request, Event.REPORT_LISTED, today.reports)
    saw_all(request, Event.CASE_LISTED, today.cases)
    saw_all(request, Event.MEASURE_SEEN, today.measures)
    page: dict[str, object] = {"needs": today.needs, "asks_as_guardian": selectors.is_only_guardian(request.actor)}
    page["is_pupil"] = selectors.is_pupil(request.actor)
    led = request.actor.schools_where(Action.SCHOOL_ORGANISE)
    page["has_first_steps"] = bool(led and led - set(schools_with_plan()))
    if today.schools:
        page["school_name"] = ", ".join(today.schools)
    return render(request, "insight/start.html", page)


@require_GET
@requires(Action.SCHOOL_ORGANISE)
def first_run_schools(request: HttpRequest) -> HttpResponse:
    """Lead to the first steps of the one school the person organises, or show the ones there are."""
    schools = [school for school in own_schools(request.actor) if school.pk in request.actor.schools_where(Action.SCHOOL_ORGANISE)]
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
    page = {"school": school, "steps": steps, "done": sum(step.is_done for step in steps), "checks": first_run.checks_of(school)}
    return render(request, "insight/first_run.html", page)


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
            begin_first_plan(by=request.actor, school=school, template=form.cleaned_data["template"], at_once=at_once)
        except Refused as refused:
            form.add_error(None, [str(reason) for reason in refused.reasons])
        else:
            messages.success(request, _("Planen gjelder fra i dag.") if at_once else _("Utkastet er begynt."))
            return redirect("insight:first-run", public_id=public_id)
    return render(request, "insight/first_run_plan.html", {"school": school, "form": form}, status=422 if form.errors else 200)
