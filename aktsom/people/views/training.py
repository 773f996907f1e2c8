"""Training in privacy: who has had it, what the owner demands, and the page for whoever lacks it."""

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
from aktsom.people.forms import TrainingDemandForm, TrainingForm
from aktsom.people.selectors import training
from aktsom.schools.access import get_owner, get_school
from aktsom.schools.selectors import own_owners


@require_GET
@requires(Action.START_SEE)
def training_needed(request: HttpRequest) -> HttpResponse:
    """Tell somebody whose training is not written in what to do, and what she can do meanwhile."""
    page = {"lacks": request.actor.lacks_training, "recorders": training.who_records(request.actor)}
    return render(request, "people/training_needed.html", page)


@require_http_methods(["GET", "POST"])
@requires(Action.TRAINING_RECORD)
def training_record(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who at the school has had training, and write in more."""
    school = get_school(request.actor, Action.TRAINING_RECORD, public_id)
    people = selectors.staff_of(school.pk, today())
    others = [person for person in people if person.pk != request.actor.own_id]
    form = TrainingForm(request.POST or None, people=others, initial={"held_on": today()})
    if request.method == "POST" and write_in(request, school, form):
        return redirect("people:training-record", public_id=public_id)
    demand = training.open_demand(school.owner_id)
    page = {"school": school, "demand": demand, "form": form, "rows": training.training_rows(people, demand)}
    return render(request, "people/training_record.html", page, status=422 if form.errors else 200)


def write_in(request: HttpRequest, place: Any, form: TrainingForm) -> bool:
    """Write in what the form says, for all or for nobody. Return whether it was written."""
    if not form.is_valid():
        return False
    what = {"name": form.cleaned_data["name"], "held_on": form.cleaned_data["held_on"]}
    try:
        services.record_trainings(by=request.actor, place=place, people=form.chosen(), **what)
    except Refused as refused:
        form.add_error(None, [str(reason.label) for reason in refused.reasons])
        return False
    messages.success(request, _("Opplæringen er skrevet inn."))
    return True


@require_GET
@requires(Action.TRAINING_DEMAND)
def training_owners(request: HttpRequest) -> HttpResponse:
    """Lead to the page of the owner the person works for."""
    owners = own_owners(request.actor)
    require(request.actor, Action.TRAINING_DEMAND, owners[0] if owners else None)
    return redirect("people:training-demand", public_id=owners[0].public_id)


@require_http_methods(["GET", "POST"])
@requires(Action.TRAINING_DEMAND)
def training_demand(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show and set what the owner demands."""
    owner = get_owner(request.actor, Action.TRAINING_DEMAND, public_id)
    form = TrainingDemandForm(request.POST or None, initial={"valid_from": today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.demand_training(by=request.actor, owner=owner, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("Det er bestemt. De som mangler opplæring, får se hva de skal gjøre."))
            return redirect("people:training-demand", public_id=public_id)
    return render(request, "people/training_demand.html", page_of(owner, demand_form=form), status=422 if form.errors else 200)


@require_POST
@requires(Action.TRAINING_DEMAND)
def owner_training_record(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write in training for those who work for the owner, and for heads of its schools."""
    owner = get_owner(request.actor, Action.TRAINING_DEMAND, public_id)
    form = TrainingForm(request.POST, people=training.people_of_owner(owner.pk))
    if write_in(request, owner, form):
        return redirect("people:training-demand", public_id=public_id)
    return render(request, "people/training_demand.html", page_of(owner, record_form=form), status=422)


@require_POST
@requires(Action.TRAINING_DEMAND)
def training_demand_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let training no longer decide who gets in."""
    owner = get_owner(request.actor, Action.TRAINING_DEMAND, public_id)
    services.end_demand(by=request.actor, owner=owner)
    messages.success(request, _("Opplæring styrer ikke lenger hvem som kommer inn."))
    return redirect("people:training-demand", public_id=public_id)


def page_of(owner: Any, **forms: Any) -> dict[str, Any]:
    """Return what the owner's page shows."""
    people = training.people_of_owner(owner.pk)
    demand = training.open_demand(owner.pk)
    return {
        "owner": owner,
        "demand": demand,
        "rows": training.training_rows(people, demand),
        "demand_form": forms.get("demand_form") or TrainingDemandForm(initial={"valid_from": today()}),
        "record_form": forms.get("record_form") or TrainingForm(people=people, initial={"held_on": today()}),
    }
