"""The school's routine for reporting: read it, say so, write it, look through it, and see who has not read it yet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import OutOfReach, Refused, may, requires
from aktsom.core.access.roles import Role
from aktsom.core.accounts import drafts
from aktsom.core.timing.clock import today
from aktsom.core.ui.editing import editing
from aktsom.reports import services
from aktsom.reports.access import get_routine
from aktsom.reports.forms.routine import ReviewForm, RoutineForm
from aktsom.reports.selectors import routine as routines
from aktsom.reports.services.routine import WORDS
from aktsom.schools.access import get_school
from aktsom.schools.selectors import schools_as

A_YEAR = timedelta(days=365)


@require_GET
@requires(Action.ROUTINE_SEE)
def routine_own(request: HttpRequest) -> HttpResponse:
    """Show the routine of the school the person works at, or the one chosen by short name."""
    schools = schools_as(request.actor, Role.STAFF)
    chosen = request.GET.get("skole", "")
    school = next((school for school in schools if school.slug == chosen), schools[0] if schools else None)
    if school is None:
        raise OutOfReach("schools.School", chosen)
    found = routines.routine_at(request.actor, school.pk)
    if found is not None:
        return redirect("reports:routine-detail", public_id=found.public_id)
    page = {"school": school, "may_write": may(request.actor, Action.ROUTINE_WRITE, school)}
    return render(request, "reports/routine_none.html", page)


@require_GET
@requires(Action.ROUTINE_SEE)
def routine_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one edition, and let whoever works there say that she has read the one that holds."""
    routine = get_routine(request.actor, Action.ROUTINE_SEE, public_id)
    return render(request, "reports/routine_detail.html", page_of(request, routine))


def page_of(request: HttpRequest, routine: Any, form: ReviewForm | None = None) -> dict[str, Any]:
    """Return what the page of one edition shows."""
    now_holds = routines.routine_at(request.actor, routine.school_id)
    others = [school for school in schools_as(request.actor, Role.STAFF) if school.pk != routine.school_id]
    return {
        "routine": routine,
        "school": routine.school,
        "others": others,
        "holds": now_holds,
        "is_newest": now_holds.pk == routine.pk,
        "is_read": now_holds.is_read,
        "editions": routines.editions(request.actor, routine.school_id),
        "reviews": routines.reviews_of(routine),
        "may_write": may(request.actor, Action.ROUTINE_WRITE, routine),
        "form": form or ReviewForm(initial={"next_on": today() + A_YEAR}),
    }


@require_POST
@requires(Action.ROUTINE_CONFIRM)
def routine_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that the routine is read; from «I dag» one comes back there."""
    routine = get_routine(request.actor, Action.ROUTINE_CONFIRM, public_id)
    try:
        services.confirm_routine(by=request.actor, routine=routine)
    except Refused as refused:
        messages.error(request, " ".join(f"{reason.label}." for reason in refused.reasons))
        return redirect("reports:routine-own")
    messages.success(request, _("Takk. Det står at du har lest rutinen."))
    return redirect("/") if request.POST.get("from") == "today" else redirect("reports:routine-detail", public_id=public_id)


@require_http_methods(["GET", "POST"])
@requires(Action.ROUTINE_WRITE)
def routine_write(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write the first routine or a new edition, and ask everybody who works there to read it."""
    school = get_school(request.actor, Action.ROUTINE_WRITE, public_id)
    holds = routines.routine_at(request.actor, school.pk)
    words = {name: getattr(holds, name) for name in WORDS} if holds else routines.proposed_words(school)
    form_key = f"routine.{school.public_id}"
    kept = drafts.initial_for(request.user, form_key)
    last = {"by": holds.written_by, "at": holds.written_at} if holds else {}
    edit = editing(request, words, texts=("how", "to_whom", "when_away", "form_place"), **last, kept=kept)
    form = RoutineForm(edit.sent, initial=words | {"review_on": today() + A_YEAR, **kept})
    if request.method == "POST" and form.is_valid() and edit.may_save(form):
        try:
            written = services.write_routine(by=request.actor, school=school, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            drafts.drop(request.user, form_key)
            messages.success(request, _("Rutinen gjelder nå. Alle som arbeider her, blir bedt om å lese den."))
            return redirect("reports:routine-detail", public_id=written.public_id)
    page = {"school": school, "holds": holds, "form": form, "edit": edit, "draft_form": form_key}
    return render(request, "reports/routine_write.html", page, status=edit.status(form))


@require_POST
@requires(Action.ROUTINE_WRITE)
def routine_review(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let the routine stand as it is, and set the next day to look at it."""
    routine = get_routine(request.actor, Action.ROUTINE_WRITE, public_id)
    form = ReviewForm(request.POST)
    if form.is_valid():
        try:
            services.review_routine(by=request.actor, routine=routine, next_on=form.cleaned_data["next_on"])
        except Refused as refused:
            form.add_error("next_on", [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("Skrevet inn at dere har sett på rutinen."))
            return redirect("reports:routine-detail", public_id=public_id)
    return render(request, "reports/routine_detail.html", page_of(request, routine, form), status=422)


@require_GET
@requires(Action.ROUTINE_WRITE)
def routine_readers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who has read the routine that holds, and who has not."""
    school = get_school(request.actor, Action.ROUTINE_WRITE, public_id)
    holds = routines.routine_at(request.actor, school.pk)
    rows = routines.readers(school, holds) if holds else []
    page = {"school": school, "routine": holds, "rows": rows, "waiting": sum(row.read_at is None for row in rows)}
    return render(request, "reports/routine_readers.html", page)


@require_POST
@requires(Action.ROUTINE_WRITE)
def routine_remind(request: HttpRequest, public_id: str) -> HttpResponse:
    """Remind those who have not read it. The notice says nothing but that."""
    routine = get_routine(request.actor, Action.ROUTINE_WRITE, public_id)
    amount = services.remind_of_routine(by=request.actor, routine=routine)
    said = ngettext("%(amount)s kollega får en påminnelse.", "%(amount)s kolleger får en påminnelse.", amount) % {"amount": amount}
    messages.success(request, said if amount else _("Alle som mangler, er minnet på det i dag."))
    return redirect("reports:routine-readers", public_id=routine.school.public_id)
