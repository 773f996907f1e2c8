"""A report written while there is no network: the page to write on, the worker that shows it, and opening what was kept."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import OutOfReach, public, requires
from aktsom.core.access.roles import Role
from aktsom.core.vault.personal import Locked, NotHers, lock_of, unlock
from aktsom.reports.forms import OfflineForm
from aktsom.reports.selectors.routine import newest
from aktsom.schools.selectors import own_schools

WORKER = Path(__file__).parents[1] / "offline_worker.js"
NO_CONTENT = "A script, the same for everybody."


@lru_cache(maxsize=1)
def worker_text() -> str:
    """Return the worker, read once."""
    return WORKER.read_text(encoding="utf-8")


@require_GET
@public(NO_CONTENT)
def worker(request: HttpRequest) -> HttpResponse:
    """Give the worker from the top of the site, so that it can answer for any page when there is no network."""
    return HttpResponse(worker_text(), content_type="text/javascript; charset=utf-8")


@require_GET
@requires(Action.REPORT_SEND)
def page(request: HttpRequest) -> HttpResponse:
    """Show the page to write on. It lies in the browser, so nobody is named on it: the schools and whom to ring are all."""
    _works_somewhere(request)
    return render(
        request,
        "reports/offline.html",
        {"form": OfflineForm(), "schools": whom_to_ring(request), "lock": lock_of(request.user.pk)},  # type: ignore[arg-type]
    )


@require_POST
@requires(Action.REPORT_SEND)
def open_kept(request: HttpRequest) -> HttpResponse:
    """Give back what somebody locked to herself, to herself alone. Nothing is written and nothing is sent."""
    _works_somewhere(request)
    locked = Locked(**{name: request.POST.get(name, "") for name in ("one_time", "nonce", "text", "token")})
    try:
        fields = json.loads(unlock(request.user.pk, locked))  # type: ignore[arg-type]
    except NotHers:
        return JsonResponse({}, status=422)
    return JsonResponse(fields)


def whom_to_ring(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the telephone of each school: the one its routine for reporting says, else the school's own."""
    routines = {row.school_id: row.phone for row in newest(request.actor)}
    numbers = [(school.name, routines.get(school.pk) or school.phone) for school in own_schools(request.actor)]
    return [(name, phone) for name, phone in numbers if phone]


def _works_somewhere(request: HttpRequest) -> None:
    if not (request.actor.schools_as(Role.STAFF) or request.actor.owners_as(Role.OWNER_HANDLER)):
        raise OutOfReach("schools.School", "")
