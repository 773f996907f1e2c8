"""Open a case in an emergency, and look through it afterwards."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aktsom.cases.access import get_case
from aktsom.cases.help_forms import EmergencyForm, ReviewForm
from aktsom.cases.rules.emergency import EMERGENCY_HOURS, ReviewOutcome
from aktsom.cases.selectors.emergency import emergency_of, pupils_to_find
from aktsom.cases.services import emergency as deeds
from aktsom.cases.views.frame import Question, ask, ask_and_answer
from aktsom.core.access.actions import Action
from aktsom.core.access.door import NotAllowed, Refused, requires
from aktsom.core.timing.clock import today
from aktsom.people.selectors import group_names


@ask_and_answer
@requires(Action.EMERGENCY_OPEN)
def emergency_open(request: HttpRequest) -> HttpResponse:
    """Ask for the reason, find the pupil, and open her part for some hours."""
    if not request.actor.may_somewhere(Action.EMERGENCY_OPEN):
        raise NotAllowed(Action.EMERGENCY_OPEN)
    name = request.GET.get("navn", "")
    people = pupils_to_find(request.actor, name)
    classes = group_names([pupil.pk for pupil in people if not pupil.protected_address], today())
    form = EmergencyForm(request.POST or None, people=people, classes=classes)
    if request.method == "POST" and form.is_valid():
        try:
            opened: Any = deeds.open_in_emergency(by=request.actor, pupil=form.chosen(), reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("Saken er åpen for deg nå. Rektor har fått vite det."))
            return redirect("cases:case-investigation", public_id=opened.case.public_id)
    page = {"form": form, "name": name, "hours": EMERGENCY_HOURS}
    return render(request, "cases/emergency_open.html", page, status=422 if form.errors else 200)


@ask_and_answer
@requires(Action.EMERGENCY_REVIEW)
def emergency_review(request: HttpRequest, public_id: str, emergency_id: str) -> HttpResponse:
    """Write what came of looking through it."""
    case = get_case(request.actor, Action.EMERGENCY_REVIEW, public_id)
    opened = emergency_of(case, emergency_id)
    if opened is None:
        raise Http404
    question = Question(
        title=_("Se gjennom hvorfor saken ble åpnet"),
        intro=_("%(name)s skrev: «%(reason)s» Snakk gjerne sammen først.") % {"name": opened.person, "reason": opened.reason},
        button=_("Lagre"),
        back=reverse("cases:case-people", args=[public_id]),
    )

    def deed(sent: ReviewForm) -> str:
        outcome = ReviewOutcome(sent.cleaned_data["outcome"])
        deeds.review_emergency(by=request.actor, case=case, opened=opened, outcome=outcome, text=sent.cleaned_data["text"])
        return _("Det er skrevet inn at du har sett gjennom det.")

    return ask(request, case, ReviewForm(request.POST or None), question, deed)
