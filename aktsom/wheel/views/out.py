"""Out of the wheel: calendar addresses that can be ended, and the year as a spreadsheet."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import public, requires
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.schools.access import get_school
from aktsom.schools.selectors import current_year, school_years, schools_as
from aktsom.wheel import services
from aktsom.wheel.access import get_feed
from aktsom.wheel.calendar import as_calendar, as_spreadsheet, mark_of
from aktsom.wheel.selectors.out import HEADINGS, as_calendar_tasks, feed_of, own_feeds, spreadsheet_rows

OPEN_BECAUSE = "A calendar cannot sign in; the address holds a secret of 192 bits and no personal data is sent (integrations.md 5)."
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@public(OPEN_BECAUSE)
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Send the tasks behind the secret; whatever is not in use is not there."""
    feed = feed_of(secret)
    if feed is None:
        raise Http404
    tasks = as_calendar_tasks(feed.tasks, request.build_absolute_uri)
    headers = {"ETag": f'"{mark_of(tasks)}"', "Cache-Control": "private, max-age=3600"}
    if feed.changed_at is not None:
        headers["Last-Modified"] = http_date(feed.changed_at.timestamp())
    if request.headers.get("If-None-Match", "").removeprefix("W/") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(as_calendar(tasks, name=feed.name), content_type="text/calendar; charset=utf-8", headers=headers)


@require_GET
@requires(Action.FEED_KEEP)
def feed_list(request: HttpRequest) -> HttpResponse:
    """Show the calendar addresses in use, and make new ones."""
    return render(request, "wheel/feed_list.html", _page(request))


def _page(request: HttpRequest, address: str = "") -> dict[str, object]:
    led = request.actor.schools_as(Role.HEAD_TEACHER, Role.DEPUTY, Role.SCHOOL_ADMIN)
    return {
        "feeds": own_feeds(request.actor),
        "schools": [(school, school.pk in led) for school in schools_as(request.actor, Role.STAFF)],
        "address": address,
        "webcal": address.replace("https://", "webcal://").replace("http://", "webcal://"),
    }


@require_POST
@requires(Action.FEED_KEEP)
def feed_make(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make an address and show it, this once."""
    school = get_school(request.actor, Action.FEED_KEEP, public_id)
    led = request.actor.schools_as(Role.HEAD_TEACHER, Role.DEPUTY, Role.SCHOOL_ADMIN)
    is_schools = request.POST.get("whose") == "school" and school.pk in led
    _feed, secret = services.make_feed(by=request.actor, school=school, is_schools=is_schools)
    address = request.build_absolute_uri(f"/kalender/{secret}.ics")
    return render(request, "wheel/feed_list.html", _page(request, address))


@require_POST
@requires(Action.FEED_KEEP)
def feed_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """End an address."""
    feed = get_feed(request.actor, Action.FEED_KEEP, public_id)
    services.end_feed(by=request.actor, feed=feed)
    messages.success(request, _("Adressen er avsluttet. Kalendere som bruker den, får ikke noe mer."))
    return redirect("wheel:feed-list")


@require_GET
@requires(Action.WHEEL_SEE)
def year_spreadsheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the year's tasks as a spreadsheet."""
    school = get_school(request.actor, Action.WHEEL_SEE, public_id)
    named = {year.name: year for year in school_years(school.pk)}
    year = named.get(request.GET.get("ar", "")) or current_year(school.pk, today())
    if year is None:
        raise Http404
    body = as_spreadsheet(spreadsheet_rows(request.actor, school=school, year=year), title=f"Årshjul {year}", headings=HEADINGS)
    name = f"arshjul-{year}".replace("/", "-")
    return HttpResponse(body, content_type=SHEET, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'})
