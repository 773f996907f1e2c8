"""My notices, newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import requires
from aktsom.core.notify import selectors, services


@require_GET
@requires(Action.NOTICE_SEE)
def notice_list(request: HttpRequest) -> HttpResponse:
    """Show the person's own notices: what waits, why she gets it, and where it is."""
    return render(request, "notify/notice_list.html", {"notices": selectors.own_notices(request.actor)})


@require_POST
@requires(Action.NOTICE_SEE)
def notice_seen(request: HttpRequest) -> HttpResponse:
    """Mark notices as seen; then go to the one that was opened, or back to the list."""
    public_ids = request.POST.getlist("notice")
    services.mark_seen(by=request.actor, public_ids=public_ids)
    opened = selectors.own_notice(request.actor, public_ids[0]) if len(public_ids) == 1 else None
    return redirect(opened.path if opened else "notify:notice-list")
