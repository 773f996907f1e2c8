"""What the pages of a plan share: its tabs, drafts of what is typed, and how refusals are shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused, may
from aktsom.core.access.roles import Role
from aktsom.core.accounts import drafts
from aktsom.core.ui.shapes import Tab
from aktsom.plans.access import get_edition, get_plan
from aktsom.plans.selectors.editions import draft_of
from aktsom.plans.selectors.wording import other_form_name
from aktsom.schools.access import get_school


def works_with(actor: Actor, plan: Any) -> bool:
    """Return whether the actor works at the plan's school or owner."""
    return plan.school_id in actor.schools_as(Role.STAFF) or plan.owner_id in actor.owners_as(Role.OWNER_HANDLER)


def plan_at_work(request: HttpRequest, action: Action, public_id: str) -> Any:
    """Return the plan through the door; a plan of another place is not there on these pages."""
    plan = get_plan(request.actor, action, public_id)
    if not works_with(request.actor, plan):
        raise Http404
    return plan


def edition_at_work(request: HttpRequest, action: Action, public_id: str) -> Any:
    """Return the edition through the door; one of another place is not there on these pages."""
    edition = get_edition(request.actor, action, public_id)
    if not works_with(request.actor, edition.plan):
        raise Http404
    return edition


def school_at_work(request: HttpRequest, action: Action, public_id: str) -> Any:
    """Return the school through the door; one where the actor neither works nor is the owner of is not there on these pages."""
    school = get_school(request.actor, action, public_id)
    if school.pk not in request.actor.schools_as(Role.STAFF) and school.owner_id not in request.actor.owners_as(Role.OWNER_HANDLER):
        raise Http404
    return school


def plan_frame(request: HttpRequest, plan: Any, current: str) -> dict[str, Any]:
    """Return what every page of a plan shows."""
    draft = draft_of(request.actor, plan=plan)
    edits = may(request.actor, Action.PLAN_EDIT, plan)
    return {"plan": plan, "draft": draft, "may_edit": edits, "place": plan.school or plan.owner, "tabs": _tabs(plan, draft, edits, current)}


def _tabs(plan: Any, draft: Any, edits: bool, current: str) -> list[Tab]:
    ways = [("plan-show", _("Planen"), plan.public_id, True), ("edition-list", _("Utgaver"), plan.public_id, True)]
    if draft:
        ways.insert(1, ("edition-edit" if edits else "edition-show", _("Utkastet"), draft.public_id, True))
        ways.insert(2, ("edition-treatment", _("Behandling"), draft.public_id, edits))
    other_form = _("På %(form)s") % {"form": other_form_name(plan)}
    ways += [("review-list", _("Evaluering"), plan.public_id, edits), ("wording-list", other_form, plan.public_id, edits)]
    ways.append(("plan-arrange", _("Oppsett"), plan.public_id, edits))
    return [Tab(label, reverse(f"plans:{name}", args=[ident]), name == current) for name, label, ident, has in ways if has]


def draft_key(request: HttpRequest) -> str:
    """Return the name of what is kept of a form while it is typed: one for each form about each record."""
    return request.path.strip("/").replace("/", "-").lower()


def kept(request: HttpRequest) -> dict[str, Any]:
    """Return what somebody typed in this form and has not sent."""
    return drafts.initial_for(request.user, draft_key(request))


def sent(request: HttpRequest) -> None:
    """Throw what was kept away: it is sent."""
    drafts.drop(request.user, draft_key(request))


def draft_url(request: HttpRequest) -> str:
    """Return where the page keeps what is typed."""
    return f"{reverse('accounts:draft-keep')}?form={draft_key(request)}"


def show_refusal(request: HttpRequest, refused: Refused, form: forms.Form | None = None) -> None:
    """Say why it was refused: in the form when there is one, else at the top of the next page."""
    reasons = [str(reason) for reason in refused.reasons]
    if form is not None:
        form.add_error(None, reasons)
    else:
        messages.error(request, " ".join(reasons))
