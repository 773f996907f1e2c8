"""Bring your own plan: read it, show it beside the original, take what is right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, requires
from aktsom.plans import services
from aktsom.plans.access import get_reading
from aktsom.plans.reading import DocumentRefused, blocks_of, recognise
from aktsom.plans.reading.forms import OwnPlanForm
from aktsom.plans.selectors.editions import draft_of, plan_of_school
from aktsom.plans.selectors.reading import ReadingPage, open_readings, reading_page
from aktsom.schools.access import get_school


@require_http_methods(["GET", "POST"])
@requires(Action.PLAN_BEGIN)
def own_plan_bring(request: HttpRequest, public_id: str) -> HttpResponse:
    """Upload a file or paste tables; what was found is shown on the next page before anything is taken."""
    school = get_school(request.actor, Action.PLAN_BEGIN, public_id)
    form = OwnPlanForm(request.POST or None, request.FILES or None) if request.method == "POST" else OwnPlanForm()
    if form.is_valid():
        try:
            reading = services.keep_reading(by=request.actor, school=school, **_found(form))
        except (DocumentRefused, Refused) as refused:
            form.add_error(None, [str(reason) for reason in getattr(refused, "reasons", [refused])])
        else:
            return redirect("plans:reading-detail", public_id=reading.public_id)
    page = {"form": form, "school": school, "open": open_readings(request.actor, school=school)}
    return render(request, "plans/reading_bring.html", page, status=422 if form.errors else 200)


def _found(form: OwnPlanForm) -> dict[str, Any]:
    file = form.cleaned_data.get("file")
    if file:
        return {"name": file.name, "found": recognise(blocks_of(file.read(), file.name))}
    text = form.cleaned_data["text"]
    return {"name": _("Innlimt plan"), "found": recognise(blocks_of(text.encode(), "plan.md"))}


@require_http_methods(["GET", "POST"])
@requires(Action.PLAN_BEGIN)
def reading_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show each row beside what stood in the file; keep corrections, and take the chosen rows as a draft."""
    reading = get_reading(request.actor, Action.PLAN_BEGIN, public_id)
    page = reading_page(reading, request.POST if request.method == "POST" else None)
    plan = plan_of_school(request.actor, school=reading.school)
    refusals: list[str] = []
    if request.method == "POST":
        try:
            return _taken_over(request, reading, page, plan) if "take" in request.POST else _corrected(request, reading, page)
        except Refused as refused:
            refusals = [str(reason) for reason in refused.reasons]
    context = {"page": page, "reading": reading, "refusals": refusals, "plan": plan, "into": request.POST.get("into", "add")}
    return render(request, "plans/reading_detail.html", context, status=422 if refusals else 200)


def _taken_over(request: HttpRequest, reading: Any, page: ReadingPage, plan: Any) -> HttpResponse:
    """Lay what was chosen in a draft, and go there."""
    sent = _sent(request, page)
    adds = request.POST.get("into", "add" if plan else "") == "add"
    made = services.take_reading(by=request.actor, reading=reading, taken=sent.pop("typed"), **sent, add_to_plan=adds)
    number = sum(row.is_chosen for row in page.rows) + len(sent["texts"])
    text = ngettext("%(count)d rad er lagt i utkastet.", "%(count)d rader er lagt i utkastet.", number) % {"count": number}
    messages.success(request, text)
    draft = draft_of(request.actor, plan=made)
    return redirect("plans:edition-edit", public_id=draft.public_id) if draft else redirect("plans:plan-home")


def _corrected(request: HttpRequest, reading: Any, page: ReadingPage) -> HttpResponse:
    """Keep what was typed; the button pressed says whether a row is taken apart or put together, and which."""
    deed, _between, place = request.POST.get("change", "").partition("-")
    number = int(place) if place.isdecimal() else -1
    services.correct_reading(by=request.actor, reading=reading, **_sent(request, page), deed=deed, number=number)
    at = number - 1 if deed == "join" else number
    return redirect(f"{request.path}#rad-{at}" if number >= 0 else request.path)


def _sent(request: HttpRequest, page: ReadingPage) -> dict[str, Any]:
    typed = [
        services.TypedRow(
            row.number,
            request.POST.get(f"what-{row.number}", ""),
            request.POST.get(f"who-{row.number}", ""),
            request.POST.get(f"when-{row.number}", ""),
            row.is_chosen,
        )
        for row in page.rows
    ]
    texts = [text.number for text in page.unread if text.is_chosen]
    return {"typed": typed, "texts": texts, "title": page.title, "seen": request.POST.get("seen", "")}
