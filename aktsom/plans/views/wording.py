"""The plan in the other written form: which parts lack something, and a field for each text. It is shown at once, with no new edition."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, may, requires
from aktsom.core.ui.editing import editing
from aktsom.plans import services
from aktsom.plans.forms import OtherFormForm
from aktsom.plans.rules.wording import OTHER_FORM, AskedPart
from aktsom.plans.selectors.editions import plan_of_school
from aktsom.plans.selectors.wording import FORM_NAMES, asked_parts, form_of, other_form_name
from aktsom.plans.views import frame
from aktsom.schools.access import get_school
from aktsom.schools.services import set_written_form


def _frame(request: HttpRequest, plan: Any) -> dict[str, Any]:
    return frame.plan_frame(request, plan, "wording-list") | {"form_name": other_form_name(plan)}


@require_GET
@requires(Action.PLAN_EDIT)
def wording_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the parts of the plan, and how many texts of each nobody has said in the other form."""
    plan = frame.plan_at_work(request, Action.PLAN_EDIT, public_id)
    parts = asked_parts(request.actor, plan)
    page = _frame(request, plan) | {"parts": parts, "lacking": sum(part.lacking for part in parts)}
    page["whole"] = [part for part in parts if not part.lacking]
    if plan.school and may(request.actor, Action.SCHOOL_ORGANISE, plan.school):
        page["forms"] = [(code, name, code == form_of(plan)) for code, name in FORM_NAMES.items()]
    return render(request, "plans/wording_list.html", page)


@require_POST
@requires(Action.SCHOOL_ORGANISE)
def written_form_choose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say which form of Norwegian the school writes."""
    school = get_school(request.actor, Action.SCHOOL_ORGANISE, public_id)
    try:
        set_written_form(by=request.actor, school=school, language=request.POST.get("language", ""))
    except Refused as refused:
        frame.show_refusal(request, refused)
    else:
        messages.success(request, _("Lagret. De åpne sidene er på denne målformen til den som leser, velger en annen."))
    plan = plan_of_school(request.actor, school=school)
    return redirect("plans:wording-list", public_id=plan.public_id) if plan else redirect("plans:plan-home")


@require_http_methods(["GET", "POST"])
@requires(Action.PLAN_EDIT)
def wording_part(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Write the texts of one part in the other form: those that lack it, or all of them when that is asked for."""
    plan = frame.plan_at_work(request, Action.PLAN_EDIT, public_id)
    parts = asked_parts(request.actor, plan)
    part = next((each for each in parts if each.key == key), None)
    if part is None:
        raise Http404
    shows_all = "alle" in request.GET
    texts = part.worded if shows_all else part.own
    stands, kept = {each.mark: each.said for each in texts}, frame.kept(request)
    edit = editing(request, stands, texts=tuple(stands), kept=kept)
    language = OTHER_FORM[form_of(plan)]
    form = OtherFormForm(edit.sent, texts=texts, language=language, initial=stands | kept)
    if form.is_valid() and edit.may_save(form):
        said = {each.text: form.cleaned_data[each.mark] for each in texts if form.cleaned_data[each.mark].strip() != each.said}
        services.translate_plan(by=request.actor, plan=plan, language=language, said=said)
        frame.sent(request)
        messages.success(request, _("Lagret. Den åpne siden viser det når teksten gjelder."))
        return _onward(plan, parts, part, said)
    page = _frame(request, plan) | {"part": part, "form": form, "edit": edit, "shows_all": shows_all, "draft_url": frame.draft_url(request)}
    return render(request, "plans/wording_part.html", page, status=edit.status(form))


def _onward(plan: Any, parts: list[AskedPart], part: AskedPart, said: dict[str, str]) -> HttpResponse:
    """Go to this part while something is left in it, else to the next part that lacks something, else to the list."""
    left = [each for each in part.texts if each.is_lacking and not said.get(each.text)]
    at = parts.index(part)
    further = part if left else next((each for each in (*parts[at + 1 :], *parts[:at]) if each.lacking), None)
    if further is None:
        return redirect("plans:wording-list", public_id=plan.public_id)
    return redirect("plans:wording-part", public_id=plan.public_id, key=further.key)
