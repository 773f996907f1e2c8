"""How every school stands, for who leads or oversees it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from aktsom.core.access.actions import Action
from aktsom.core.access.door import requires
from aktsom.insight.overview import duties_at, schools_now


@require_GET
@requires(Action.WHEEL_OVERVIEW)
def schools_show(request: HttpRequest) -> HttpResponse:
    """Show plan, year, cases and evaluations of each school, without names."""
    rows = schools_now(request.actor)
    return render(request, "insight/schools_show.html", {"rows": rows, "duties": duties_at(row.school for row in rows)})
