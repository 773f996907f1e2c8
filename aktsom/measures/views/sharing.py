"""A measure in several plans, and what a measure needs from the leadership."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw
from aktsom.measures import selectors, services
from aktsom.measures.access import get_measure
from aktsom.measures.forms import AnswerForm, ShareForm, WishForm
from aktsom.measures.rules import RequestOutcome
from aktsom.measures.views import room
from aktsom.measures.views.measures import back
from aktsom.measures.views.plans import forms_ask


@forms_ask
@requires(Action.ACTION_PLAN_WRITE)
def measure_share(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lay a measure in another pupil's plan too. Only plans the person works with herself can be chosen."""
    measure = get_measure(request.actor, Action.ACTION_PLAN_WRITE, public_id)
    saw(request, Event.MEASURE_SEEN, measure)
    form = ShareForm(request.POST or None, plans=selectors.shareable_plans(request.actor, measure))
    if form.is_valid():
        try:
            services.share_measure(by=request.actor, measure=measure, plan=form.chosen())
        except Refused as refused:
            room.show_refusal(form, refused)
        else:
            return back(request, form.chosen(), _("Tiltaket ligger i denne planen nå. Velg hvilket funn det svarer på her."))
    page = room.frame(request.actor, measure.plan) | {"form": form, "measure": measure}
    page["shared"] = selectors.shared_with(request.actor, measure)
    return render(request, "measures/measure_share.html", page, status=422 if form.errors else 200)


@forms_ask
@requires(Action.ACTION_PLAN_WRITE)
def resource_ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask the leadership for something a measure needs."""
    measure = get_measure(request.actor, Action.ACTION_PLAN_WRITE, public_id)
    saw(request, Event.MEASURE_SEEN, measure)
    form = WishForm(request.POST or None, initial=room.kept(request))
    if form.is_valid():
        services.ask_for_resources(by=request.actor, measure=measure, wish=form.cleaned_data["wish"])
        return back(request, measure.plan, _("Ledelsen har fått spørsmålet. Tiltaket venter ikke på svaret."))
    return _page(request, measure, form, _("Be om noe tiltaket trenger"), _("Send til ledelsen"))


@forms_ask
@requires(Action.RESOURCE_ANSWER)
def resource_answer(request: HttpRequest, public_id: str, request_id: str) -> HttpResponse:
    """Answer what a measure needs."""
    measure = get_measure(request.actor, Action.RESOURCE_ANSWER, public_id)
    asked = selectors.request_of(measure, request_id)
    if asked is None:
        raise Http404
    saw(request, Event.MEASURE_SEEN, measure)
    form = AnswerForm(request.POST or None, initial=room.kept(request))
    if form.is_valid():
        outcome, words = RequestOutcome(form.cleaned_data["outcome"]), form.cleaned_data["answer"]
        try:
            services.answer_request(by=request.actor, measure=measure, request=asked, outcome=outcome, answer=words)
        except Refused as refused:
            room.show_refusal(form, refused)
        else:
            return back(request, measure.plan, _("Svaret er sendt til den som spurte."))
    return _page(request, measure, form, _("Svar på hva tiltaket trenger"), _("Send svaret"), asked=asked)


def _page(request: HttpRequest, measure: Any, form: Any, title: str, deed: str, **more: Any) -> HttpResponse:
    page = room.frame(request.actor, measure.plan) | {"form": form, "measure": measure, "title": title, "deed": deed} | more
    page["draft_url"] = room.draft_url(request)
    return render(request, "measures/resource_form.html", page, status=422 if form.errors else 200)
