"""The school: who leads, who stands in, who receives reports, and which plan it follows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, require, requires
from aktsom.core.timing.clock import today
from aktsom.people import selectors, services
from aktsom.people.access import get_delegation, get_deputyship
from aktsom.people.forms import StandInForm
from aktsom.schools.access import get_school
from aktsom.schools.selectors import schools_where


@require_GET
@requires(Action.SCHOOL_ORGANISE)
def school_list(request: HttpRequest) -> HttpResponse:
    """Lead to the one school the person organises, or show the ones there are."""
    schools = schools_where(request.actor, Action.SCHOOL_ORGANISE)
    require(request.actor, Action.SCHOOL_ORGANISE, schools[0] if schools else None)
    if len(schools) == 1:
        return redirect("people:school-detail", public_id=schools[0].public_id)
    return render(request, "people/school_list.html", {"schools": schools})


@require_GET
@requires(Action.SCHOOL_ORGANISE)
def school_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the school's organisation, with the forms to change it."""
    school = get_school(request.actor, Action.SCHOOL_ORGANISE, public_id)
    return render(request, "people/school_detail.html", page_of(request, school))


@require_http_methods(["POST"])
@requires(Action.DEPUTY_NAME)
def deputy_name(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name a deputy for a stretch of days."""
    school = get_school(request.actor, Action.DEPUTY_NAME, public_id)
    form = stand_in_form(request, school, "deputy")
    if form.is_valid():
        try:
            services.name_deputy(by=request.actor, school=school, deputy=form.chosen(), **dates_of(form))
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("%(name)s er stedfortreder.") % {"name": form.chosen()})
            return redirect("people:school-detail", public_id=public_id)
    return render(request, "people/school_detail.html", page_of(request, school, deputy_form=form), status=422)


@require_http_methods(["POST"])
@requires(Action.DELEGATION_GIVE)
def delegation_give(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let somebody receive reports for the head teacher."""
    school = get_school(request.actor, Action.DELEGATION_GIVE, public_id)
    form = stand_in_form(request, school, "receiver")
    if form.is_valid():
        try:
            services.give_delegation(by=request.actor, school=school, receiver=form.chosen(), **dates_of(form))
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("%(name)s tar imot meldinger. Ansvaret er fortsatt ditt.") % {"name": form.chosen()})
            return redirect("people:school-detail", public_id=public_id)
    return render(request, "people/school_detail.html", page_of(request, school, receiver_form=form), status=422)


@require_POST
@requires(Action.DEPUTY_NAME)
def deputy_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """End a deputyship now."""
    deputyship = get_deputyship(request.actor, Action.DEPUTY_NAME, public_id)
    services.end_deputyship(by=request.actor, deputyship=deputyship)
    messages.success(request, _("Stedfortredelsen er avsluttet."))
    return redirect("people:school-detail", public_id=deputyship.school.public_id)


@require_POST
@requires(Action.DELEGATION_GIVE)
def delegation_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back the task of receiving."""
    delegation = get_delegation(request.actor, Action.DELEGATION_GIVE, public_id)
    services.end_delegation(by=request.actor, delegation=delegation)
    messages.success(request, _("Oppgaven er tatt tilbake."))
    return redirect("people:school-detail", public_id=delegation.school.public_id)


def stand_in_form(request: HttpRequest, school: Any, prefix: str) -> StandInForm:
    """Return the form for a stand-in, bound when it was sent."""
    people = selectors.staff_of(school.pk, today())
    return StandInForm(request.POST or None, people=people, prefix=prefix, initial={"valid_from": today()})


def dates_of(form: StandInForm) -> dict[str, Any]:
    """Return the first and last day of the form."""
    return {"valid_from": form.cleaned_data["valid_from"], "valid_until": form.cleaned_data["valid_until"]}


def page_of(request: HttpRequest, school: Any, **forms: StandInForm) -> dict[str, Any]:
    """Return what the page of the school shows."""
    people = selectors.staff_of(school.pk, today())
    may_name = request.actor.schools_where(Action.DEPUTY_NAME)
    return {
        "school": school,
        "heads": selectors.head_teachers(school.pk, today()),
        "leaders": selectors.leadership(school.pk, today()),
        "deputyships": selectors.deputyships_at(request.actor, school.pk, today()),
        "delegations": selectors.delegations_at(request.actor, school.pk, today()),
        "may_name": school.pk in may_name,
        "may_decide": school.pk in request.actor.schools_where(Action.GUARDIAN_DECIDE),
        "today": today(),
        "deputy_form": forms.get("deputy_form") or StandInForm(people=people, prefix="deputy", initial={"valid_from": today()}),
        "receiver_form": forms.get("receiver_form") or StandInForm(people=people, prefix="receiver", initial={"valid_from": today()}),
    }
