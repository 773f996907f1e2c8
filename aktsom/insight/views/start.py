"""The front page: one for those who are signed in, one for those who are not."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from aktsom.core.access.door import public
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw_all
from aktsom.insight import selectors
from aktsom.insight.home import home_of


@require_GET
@public("Whoever is not signed in is led to signing in, or in the demo to choosing a person; nobody else's things are shown.")
def start(request: HttpRequest) -> HttpResponse:
    """Show what needs the person today."""
    if not request.actor.is_signed_in:
        return redirect("demo:demo-choose" if settings.AKTSOM_DEMO_SIGN_IN else settings.LOGIN_URL)
    if not request.actor.second_factor and request.actor.grants and selectors.reads_cases(request.actor):
        return redirect("accounts:second-factor")
    if request.actor.lacks_training:
        return redirect("people:training-needed")
    today = selectors.today_of(request.actor)
    saw_all(request, Event.REPORT_LISTED, today.reports)
    saw_all(request, Event.CASE_LISTED, today.cases)
    saw_all(request, Event.MEASURE_LISTED, today.measures)
    page: dict[str, object] = {
        "needs": today.needs,
        "routines": today.routines,
        "home": home_of(request.actor),
        "asks_as_guardian": selectors.is_only_guardian(request.actor),
    }
    page["is_pupil"] = selectors.is_pupil(request.actor)
    if today.schools:
        page["school_name"] = ", ".join(today.schools)
    return render(request, "insight/start.html", page)
