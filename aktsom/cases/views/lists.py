"""The list of cases."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from aktsom.cases import selectors
from aktsom.cases.selectors import Shown
from aktsom.core.access.actions import Action
from aktsom.core.access.door import requires
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw_all
from aktsom.core.ui.shapes import Tab

CASES_PER_PAGE = 25


@require_GET
@requires(Action.CASE_SEE)
def case_list(request: HttpRequest) -> HttpResponse:
    """Show the cases the person works with or leads, most urgent first."""
    wanted = request.GET.get("vis", "")
    shown = Shown(wanted) if wanted in Shown.values else Shown.OPEN
    side = Paginator(selectors.case_list(request.actor, shown=shown), CASES_PER_PAGE).get_page(request.GET.get("side"))
    cases = list(side.object_list)
    saw_all(request, Event.CASE_LISTED, cases)
    page = {"rows": selectors.case_rows(request.actor, cases), "side": side, "shown": shown, "tabs": list_tabs(shown)} | _ways(request)
    return render(request, "cases/case_list.html", page)


def _ways(request: HttpRequest) -> dict[str, bool]:
    """Return which ways out of the list the person has, and whether the rows say which school they are of."""
    may = request.actor.may_somewhere
    return {
        "names_school": bool(request.actor.owners_as(Role.OWNER_HANDLER)),
        "may_open_in_emergency": may(Action.EMERGENCY_OPEN),
        "may_keep_notes": may(Action.HEALTH_NOTE_KEEP),
    }


def list_tabs(shown: Shown) -> list[Tab]:
    """Return the filters as tabs."""
    return [Tab(label=str(choice.label), url=f"?vis={choice.value}", current=choice == shown) for choice in Shown]
