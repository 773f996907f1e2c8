"""My notices and how they come; for the school, what was sent and its Teams channel."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, requires
from aktsom.core.notify import selectors, services
from aktsom.core.notify.forms import ChoiceForm, TeamsForm

A_PAGE = 50


@require_GET
@requires(Action.NOTICE_SEE)
def notice_list(request: HttpRequest) -> HttpResponse:
    """Show the person's own notices: what waits, why she gets it, and where it is."""
    actor = request.actor
    may = {"may_log": bool(actor.schools_where(Action.NOTICE_LOG_SEE)), "may_route": bool(actor.schools_where(Action.NOTICE_ROUTE_SET))}
    return render(request, "notify/notice_list.html", {"notices": selectors.own_notices(actor), **may})


@require_POST
@requires(Action.NOTICE_SEE)
def notice_seen(request: HttpRequest) -> HttpResponse:
    """Mark notices as seen; then go to the one that was opened, or back to the list."""
    public_ids = request.POST.getlist("notice")
    services.mark_seen(by=request.actor, public_ids=public_ids)
    opened = selectors.own_notice(request.actor, public_ids[0]) if len(public_ids) == 1 else None
    return redirect(opened.path if opened else "notify:notice-list")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.NOTICE_CHOOSE)
def notice_choose(request: HttpRequest) -> HttpResponse:
    """Choose how notices come. A duty always comes; only the way is chosen."""
    ways = selectors.own_ways(request.actor)
    form = ChoiceForm(request.POST if request.method == "POST" else None, ways=ways)
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("at_once_by", "digest_by")}
        services.choose_channels(by=request.actor, muted=form.muted(), **chosen)
        messages.success(request, _("Slik kommer varslene til deg fra nå av."))
        return redirect("notify:notice-choose")
    return render(request, "notify/notice_choose.html", {"form": form, "ways": ways}, status=422 if form.errors else 200)


@require_GET
@requires(Action.NOTICE_LOG_SEE)
def notice_log(request: HttpRequest) -> HttpResponse:
    """Show what was sent from the school: to whom, by which way, and whether it came out."""
    if not request.actor.schools_where(Action.NOTICE_LOG_SEE):
        raise Http404
    page = Paginator(selectors.sending_log(request.actor), A_PAGE).get_page(request.GET.get("side"))
    return render(request, "notify/notice_log.html", {"page": page, "rows": selectors.log_rows(page.object_list)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.NOTICE_ROUTE_SET)
def teams_set(request: HttpRequest) -> HttpResponse:
    """Connect the school's Teams channel, so that it is told when something is urgent."""
    routes = selectors.teams_routes(request.actor)
    if not routes:
        raise Http404
    form = TeamsForm(request.POST if request.method == "POST" else None, routes=routes, initial={"school": routes[0].school_id})
    if request.method == "POST" and form.is_valid():
        try:
            services.connect_teams(by=request.actor, school_id=form.cleaned_data["school"], url=form.cleaned_data["url"].strip())
        except Refused as refused:
            form.add_error("url", str(refused.reasons[0].label))
        else:
            messages.success(request, _("Teams-kanalen er koblet til."))
            return redirect("notify:teams-set")
    return render(request, "notify/teams_set.html", {"form": form, "routes": routes}, status=422 if form.errors else 200)


@require_POST
@requires(Action.NOTICE_ROUTE_SET)
def teams_remove(request: HttpRequest) -> HttpResponse:
    """Stop telling the school's Teams channel."""
    school = request.POST.get("school", "")
    if not school.isdecimal() or int(school) not in request.actor.schools_where(Action.NOTICE_ROUTE_SET):
        raise Http404
    services.disconnect_teams(by=request.actor, school_id=int(school))
    messages.success(request, _("Teams-kanalen er koblet fra. Adressen er slettet."))
    return redirect("notify:teams-set")
