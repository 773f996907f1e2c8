"""The plan as those who work with it meet it: begun, read, arranged, its editions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, requires
from aktsom.plans import services
from aktsom.plans.forms import ArrangeForm
from aktsom.plans.rules.focus import ONE_OF_TWO, Focus, under
from aktsom.plans.rules.inheriting import copied_whole, inherited_whole
from aktsom.plans.selectors.editions import content_of, editions_of, plans_of, procedure_head
from aktsom.plans.selectors.for_pupils import roles_to_show
from aktsom.plans.selectors.writing import (
    Source,
    changes_by_owner,
    content_of_source,
    difference,
    earlier_edition,
    edition_in_force_of,
    places_without_plan,
    published_plans,
    staff_plan,
    templates,
)
from aktsom.plans.views.frame import edition_at_work, plan_at_work, plan_frame, show_refusal, works_with
from aktsom.schools.access import get_owner, get_school


@require_GET
@requires(Action.PLAN_SEE_DRAFT)
def plan_home(request: HttpRequest) -> HttpResponse:
    """Go to the plan where there is one place; show the places where there are several."""
    plans = [plan for plan in plans_of(request.actor) if works_with(request.actor, plan)]
    without = places_without_plan(request.actor)
    if len(plans) == 1 and not without:
        return redirect("plans:plan-show", public_id=plans[0].public_id)
    return render(request, "plans/plan_home.html", {"plans": plans, "without": without})


@require_http_methods(["GET", "POST"])
@requires(Action.PLAN_BEGIN)
def plan_begin(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    """Begin from one of the library's plans, or empty."""
    if kind not in {"skole", "eier"}:
        raise Http404
    place = (get_school if kind == "skole" else get_owner)(request.actor, Action.PLAN_BEGIN, public_id)
    found, others = templates(), published_plans(place)
    if request.method == "POST":
        chosen = request.POST.get("template", "")
        try:
            plan = services.begin_plan(by=request.actor, place=place, **_beginning(chosen, found, others))
        except Refused as refused:
            show_refusal(request, refused)
            return redirect("plans:plan-home")
        draft = editions_of(request.actor, plan=plan)[0]
        messages.success(request, _("Utkastet er laget. Ingen andre enn dere ser det før det settes i kraft."))
        return redirect("plans:edition-edit", public_id=draft.public_id)
    return render(
        request,
        "plans/plan_begin.html",
        {
            "place": place,
            "templates": found,
            "others": [each for each in others if not each.is_owner],
            "guide": next((each for each in others if each.is_owner), None),
            "is_school": kind == "skole",
        },
    )


def _beginning(chosen: str, found: list[Any], others: list[Source]) -> dict[str, Any]:
    """Return what the plan begins as: the owner's guide, another school's plan with where it came from, a library plan, or empty."""
    source = next((each for each in others if each.code == chosen), None)
    content = content_of_source(source.code) if source else None
    if source and content:
        return {"content": inherited_whole(content) if source.is_owner else copied_whole(content, source.name)}
    return {"template": chosen if chosen in {code for code, *_rest in found} else ""}


@require_GET
@requires(Action.PLAN_SEE_DRAFT)
def plan_show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what is in force, with this year's dates, and what must be looked at."""
    plan = plan_at_work(request, Action.PLAN_SEE_DRAFT, public_id)
    edition = edition_in_force_of(plan)
    page = plan_frame(request, plan, "plan-show") | {"edition": edition, "content": None}
    if edition:
        content = content_of(edition)
        focus = request.GET.get("fokus", "")
        wanted = under(content, Focus(focus)) if focus in Focus.values else content
        page |= {"content": staff_plan(wanted, school_id=plan.school_id), "owner_changes": changes_by_owner(plan, content)}
        page |= {"focus": focus if focus in Focus.values else "", "focuses": [(item.value, item.label) for item in ONE_OF_TWO]}
        page["head"] = procedure_head(edition)
        draft = page["draft"]
        page["draft_keys"] = {row.key for _section, row in content_of(draft).rows()} if draft and draft.state == "draft" else set()
    return render(request, "plans/plan_show.html", page)


@require_GET
@requires(Action.PLAN_SEE_DRAFT)
def edition_show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one edition as it is or was."""
    edition = edition_at_work(request, Action.PLAN_SEE_DRAFT, public_id)
    current = "edition-show" if edition.state in {"draft", "treated"} else "edition-list"
    page = plan_frame(request, edition.plan, current) | {"edition": edition}
    page |= {"content": staff_plan(content_of(edition), school_id=edition.plan.school_id), "head": procedure_head(edition)}
    return render(request, "plans/edition_show.html", page)


@require_GET
@requires(Action.PLAN_SEE_DRAFT)
def edition_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show every edition, the latest first."""
    plan = plan_at_work(request, Action.PLAN_SEE_DRAFT, public_id)
    page = plan_frame(request, plan, "edition-list") | {"editions": editions_of(request.actor, plan=plan)}
    return render(request, "plans/edition_list.html", page)


@require_GET
@requires(Action.PLAN_SEE_DRAFT)
def edition_difference(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what differs from the edition before, row by row."""
    edition = edition_at_work(request, Action.PLAN_SEE_DRAFT, public_id)
    earlier = earlier_edition(edition)
    page = plan_frame(request, edition.plan, "edition-list") | {"edition": edition, "earlier": earlier}
    if earlier:
        page["changes"], page["sections"] = difference(content_of(earlier), content_of(edition))
    return render(request, "plans/edition_difference.html", page)


@require_POST
@requires(Action.PLAN_EDIT)
def edition_begin(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin a new draft from what is in force."""
    plan = plan_at_work(request, Action.PLAN_EDIT, public_id)
    try:
        edition = services.begin_edition(by=request.actor, plan=plan, reason=request.POST.get("reason", "")[:500])
    except Refused as refused:
        show_refusal(request, refused)
        return redirect("plans:plan-show", public_id=plan.public_id)
    messages.success(request, _("Utkastet er laget. Planen som gjelder, er som før til du setter utkastet i kraft."))
    row = request.POST.get("row", "")
    if content_of(edition).row(row):
        return redirect("plans:row-change", public_id=edition.public_id, key=row)
    return redirect("plans:edition-edit", public_id=edition.public_id)


@require_http_methods(["GET", "POST"])
@requires(Action.PLAN_EDIT)
def plan_arrange(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say who treats and evaluates the plan, and whether names are shown."""
    plan = plan_at_work(request, Action.PLAN_EDIT, public_id)
    edition = edition_in_force_of(plan)
    roles = plan.shown_roles if plan.shown_roles is not None else roles_to_show(content_of(edition)) if edition else []
    initial = {"treatments": plan.wanted_treatments, "reviewers": plan.wanted_reviewers, "shows_names": plan.shows_names}
    form = ArrangeForm(request.POST or None, initial=initial | {"shown_roles": roles}, is_school=plan.school_id is not None)
    if form.is_valid():
        services.arrange_plan(by=request.actor, plan=plan, **{"shows_names": False, **form.cleaned_data})
        messages.success(request, _("Oppsettet er lagret."))
        return redirect("plans:plan-arrange", public_id=plan.public_id)
    page = plan_frame(request, plan, "plan-arrange") | {"form": form}
    return render(request, "plans/plan_arrange.html", page, status=422 if form.errors else 200)
