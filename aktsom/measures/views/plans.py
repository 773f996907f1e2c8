"""The plan: shown, its problem and findings written, put in force, told, and its versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw
from aktsom.core.timing.clock import today
from aktsom.core.ui.editing import Editing, editing
from aktsom.core.ui.offering import Offer, offered, put_in
from aktsom.measures import selectors, services
from aktsom.measures.access import get_action_plan
from aktsom.measures.forms import FindingForm, InForceForm, InvitationForm, ProblemForm, TellingForm
from aktsom.measures.views import room

forms_ask = require_http_methods(["GET", "POST"])


@require_GET
@requires(Action.ACTION_PLAN_SEE)
def plan_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the whole plan, with the quiet meter of what the Act still asks for."""
    plan = get_action_plan(request.actor, Action.ACTION_PLAN_SEE, public_id)
    saw(request, Event.ACTION_PLAN_READ, plan)
    selectors.read_contents(plan)
    page = room.frame(request.actor, plan) | {
        "meter": room.points(plan),
        "standard": "" if plan.version else room.own_standard(plan),
        "findings": list(plan.findings.all()),
        "measures": selectors.open_measures(plan),
        "ended": selectors.ended_measures(plan),
        "evaluations": selectors.last_evaluations(plan),
        "more_evaluations": True,
        "tellings": selectors.tellings(plan),
        "invitations": selectors.invitations(plan),
        "none_needed": selectors.none_needed(plan) if not plan.version else None,
        "has_changes": selectors.has_unpublished_changes(plan),
        "obstacles": selectors.obstacles(plan),
        "beside_meter": [str(obstacle.label) for obstacle in selectors.obstacles_beside_meter(plan)],
    }
    last = page["evaluations"][-1] if page["evaluations"] else None
    page["has_ended_well"] = bool(last and last.is_final and not page["measures"])  # nothing more is asked of the plan
    return render(request, "measures/plan_detail.html", page)


@forms_ask
@requires(Action.ACTION_PLAN_WRITE)
def problem_write(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write the problem, the evaluation date and who evaluates."""
    plan = get_action_plan(request.actor, Action.ACTION_PLAN_WRITE, public_id)
    saw(request, Event.ACTION_PLAN_READ, plan)
    initial = {
        "problem": plan.problem,
        "evaluate_on": plan.evaluate_on,
        "evaluator": plan.evaluator.public_id if plan.evaluator else "",
    }
    kept = room.kept(request)
    edit = editing(request, initial, texts=("problem",), by=plan.changed_by, at=plan.changed_at, kept=kept)
    form = ProblemForm(edit.sent, people=room.evaluators(plan), initial=initial | kept)
    offers = [Offer(_("Funn, %(name)s") % {"name": row.added_by}, row.text, "problem") for row in selectors.findings(plan)]
    wanted_text = offered(request, offers)
    if wanted_text is not None:
        put_in(form, request.POST, wanted_text)
    elif form.is_valid() and edit.may_save(form):
        wanted = {key: form.cleaned_data[key] for key in ("problem", "evaluate_on")}
        try:
            services.write_problem(by=request.actor, plan=plan, evaluator=form.person("evaluator"), **wanted)
        except Refused as refused:
            room.show_refusal(form, refused)
        else:
            return _back(request, plan, _("Lagret."))
    return _form_page(request, plan, form, _("Problemet tiltakene skal løse"), _("Lagre problemet"), edit=edit, offers=offers)


@forms_ask
@requires(Action.ACTION_PLAN_WRITE)
def finding_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write a finding that the measures must answer."""
    plan = get_action_plan(request.actor, Action.ACTION_PLAN_WRITE, public_id)
    saw(request, Event.ACTION_PLAN_READ, plan)
    form = FindingForm(request.POST or None, initial=room.kept(request))
    if form.is_valid():
        try:
            services.add_finding(by=request.actor, plan=plan, text=form.cleaned_data["text"])
        except Refused as refused:
            room.show_refusal(form, refused)
        else:
            return _back(request, plan, _("Funnet er skrevet inn."))
    return _form_page(request, plan, form, _("Et funn tiltakene skal svare på"), _("Legg til funnet"))


@forms_ask
@requires(Action.ACTION_PLAN_PUT_IN_FORCE)
def plan_in_force(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put the plan, or its next version, in force; the page shows what is missing."""
    plan = get_action_plan(request.actor, Action.ACTION_PLAN_PUT_IN_FORCE, public_id)
    saw(request, Event.ACTION_PLAN_READ, plan)
    form = InForceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.put_in_force(by=request.actor, plan=plan, reason=form.cleaned_data["reason"])
        except Refused as refused:
            room.show_refusal(form, refused)
        else:
            return _back(request, plan, _("Planen er i kraft."))
    page = room.frame(request.actor, plan) | {
        "form": form,
        "meter": room.points(plan),
        "obstacle_texts": [str(obstacle.label) for obstacle in selectors.obstacles(plan)],
        "obstacles": selectors.obstacles(plan),
        "measures": selectors.open_measures(plan),
    }
    return render(request, "measures/plan_in_force.html", page, status=422 if form.errors else 200)


@forms_ask
@requires(Action.ACTION_PLAN_WRITE)
def plan_invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write who was invited to take part in making the plan, and whether she did."""
    plan = get_action_plan(request.actor, Action.ACTION_PLAN_WRITE, public_id)
    saw(request, Event.ACTION_PLAN_READ, plan)
    form = InvitationForm(request.POST or None, parties=room.party_choices(plan), initial={"invited_on": today()} | room.kept(request))
    if form.is_valid():
        kind, person = room.parties(plan)[form.cleaned_data["party"]]
        wanted = {key: form.cleaned_data[key] for key in ("invited_on", "answer", "took_part_on")}
        try:
            services.invite_party(by=request.actor, plan=plan, party=kind, person=person, **wanted)
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            return _back(request, plan, _("Skrevet inn."))
    return _form_page(request, plan, form, _("Invitert til å være med på planen"), _("Skriv det inn"))


@forms_ask
@requires(Action.ACTION_PLAN_WRITE)
def plan_tell(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write that a party was told of the plan, and her answer."""
    plan = get_action_plan(request.actor, Action.ACTION_PLAN_WRITE, public_id)
    saw(request, Event.ACTION_PLAN_READ, plan)
    form = TellingForm(request.POST or None, parties=room.party_choices(plan), initial={"told_on": today()} | room.kept(request))
    if form.is_valid():
        kind, person = room.parties(plan)[form.cleaned_data["party"]]
        wanted = {key: form.cleaned_data[key] for key in ("told_on", "acceptance", "objection")}
        services.tell_party(by=request.actor, plan=plan, party=kind, person=person, **wanted)
        return _back(request, plan, _("Skrevet inn."))
    return _form_page(request, plan, form, _("Planen er gjort kjent"), _("Skriv inn svaret"))


@require_GET
@requires(Action.ACTION_PLAN_SEE)
def evaluation_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show every evaluation of the plan."""
    plan = get_action_plan(request.actor, Action.ACTION_PLAN_SEE, public_id)
    saw(request, Event.ACTION_PLAN_READ, plan)
    page = room.frame(request.actor, plan) | {"evaluations": selectors.evaluations(plan)}
    return render(request, "measures/evaluation_list.html", page)


@require_GET
@requires(Action.ACTION_PLAN_SEE)
def version_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show every version of the plan with date and reason."""
    plan = get_action_plan(request.actor, Action.ACTION_PLAN_SEE, public_id)
    saw(request, Event.ACTION_PLAN_READ, plan)
    page = room.frame(request.actor, plan) | {"versions": selectors.versions(plan)}
    return render(request, "measures/version_list.html", page)


@require_GET
@requires(Action.ACTION_PLAN_SEE)
def version_detail(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Show one version exactly as it was put in force."""
    plan = get_action_plan(request.actor, Action.ACTION_PLAN_SEE, public_id)
    version = selectors.version_page(plan, number)
    if version is None:
        raise Http404
    saw(request, Event.ACTION_PLAN_READ, plan)
    return render(request, "measures/version_detail.html", room.frame(request.actor, plan) | {"version": version})


def _back(request: HttpRequest, plan: Any, words: str) -> HttpResponse:
    room.sent(request)
    messages.success(request, words)
    return redirect("measures:plan-detail", public_id=plan.public_id)


def _form_page(request: HttpRequest, plan: Any, form: Any, title: str, deed: str, edit: Editing | None = None, **more: Any) -> HttpResponse:
    page = room.frame(request.actor, plan) | {"form": form, "title": title, "deed": deed, "draft_url": room.draft_url(request)}
    answer = edit.status(form) if edit is not None else 422 if form.errors else 200
    return render(request, "measures/plan_form.html", page | {"edit": edit} | more, status=answer)
