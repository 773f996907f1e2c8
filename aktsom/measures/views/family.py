"""The plan as the family meets it: what was decided, and their own words about each measure."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aktsom.core.access.actions import Action
from aktsom.core.access.door import requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw
from aktsom.measures import selectors, services
from aktsom.measures.access import get_action_plan, get_measure
from aktsom.measures.forms import OwnViewForm
from aktsom.measures.views import room
from aktsom.measures.views.plans import forms_ask


@require_GET
@requires(Action.CASE_SEE_OWN)
def own_plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the version in force to the pupil or a guardian, never what somebody is still writing."""
    plan = get_action_plan(request.actor, Action.CASE_SEE_OWN, public_id)
    saw(request, Event.ACTION_PLAN_READ, plan)
    page = own_frame(request, plan) | selectors.own_plan_page(request.actor, plan)
    return render(request, "measures/own_plan.html", page)


@forms_ask
@requires(Action.ACTION_PLAN_SAY_VIEW)
def own_view_say(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let the pupil or a guardian say whether one measure works, and what they think of it."""
    measure = get_measure(request.actor, Action.ACTION_PLAN_SAY_VIEW, public_id)
    if measure.public_id not in selectors.measures_in_force(measure.plan):
        raise Http404
    saw(request, Event.MEASURE_SEEN, measure)
    form = OwnViewForm(request.POST or None, initial=room.kept(request))
    if form.is_valid():
        services.say_own_view(by=request.actor, measure=measure, **form.cleaned_data)
        room.sent(request)
        messages.success(request, _("Takk. De som arbeider med planen, kan lese det du skrev."))
        return redirect("measures:own-plan", public_id=measure.plan.public_id)
    page = own_frame(request, measure.plan) | {
        "form": form,
        "shown": selectors.own_measure(request.actor, measure),
        "draft_url": room.draft_url(request),
    }
    return render(request, "measures/own_view_form.html", page, status=422 if form.errors else 200)


def own_frame(request: HttpRequest, plan: Any) -> dict[str, Any]:
    """Return what the family's pages about a plan show: who reads what is written, never anybody else in the family."""
    place = _("Skoleeiers saksbehandler") if plan.is_withheld else _("Rektor og stedfortreder")
    return {
        "plan": plan,
        "words": room.frame(request.actor, plan)["words"],
        "is_own": request.actor.own_id == plan.pupil_id,
        "room": f"/min-sak/{plan.file_ref}/",
        "home": reverse("measures:own-plan", args=[plan.public_id]),
        "who": [_("Du"), _("De som arbeider med saken"), place],
    }
