"""Measures: added, changed, ended, spoken about, and carried out by the one who has the task."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, may, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw, saw_all
from aktsom.core.timing.clock import today
from aktsom.core.ui.editing import editing
from aktsom.measures import selectors, services
from aktsom.measures.access import get_action_plan, get_measure
from aktsom.measures.forms import DeedForm, MeasureForm, ViewForm
from aktsom.measures.rules import MeasureLevel
from aktsom.measures.services import MeasureDraft
from aktsom.measures.views import room
from aktsom.measures.views.plans import forms_ask
from aktsom.plans.selectors.catalogue import catalogue_by_finding, measure_catalogue

TEXTS = ("what", "adaptation", "rhythm", "task")


@forms_ask
@requires(Action.ACTION_PLAN_WRITE)
def measure_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add a measure, perhaps from the plan's catalogue, perhaps at once."""
    plan = get_action_plan(request.actor, Action.ACTION_PLAN_WRITE, public_id)
    saw(request, Event.ACTION_PLAN_READ, plan)
    suggestion = next((item for item in measure_catalogue(plan.school_id) if item.code == request.GET.get("fra")), None)
    initial: dict[str, Any] = {"starts_on": today()}
    if suggestion is not None:
        initial |= {"what": suggestion.text, "level": suggestion.level}
    initial |= room.kept(request)
    form = MeasureForm(request.POST or None, people=room.staff(plan), findings=selectors.findings(plan), initial=initial)
    if form.is_valid():
        try:
            services.add_measure(by=request.actor, plan=plan, draft=draft_of(form, code=suggestion.code if suggestion else ""))
        except Refused as refused:
            room.show_refusal(form, refused)
        else:
            return back(request, plan, _("Tiltaket er lagt til."))
    catalogue = catalogue_by_finding(plan.school_id)
    return measure_form(request, plan, form, _("Nytt tiltak"), _("Legg til tiltaket"), catalogue=catalogue)


@forms_ask
@requires(Action.ACTION_PLAN_WRITE)
def measure_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a measure in the working text; the version in force stays as it was until the next is put in force."""
    measure = get_measure(request.actor, Action.ACTION_PLAN_WRITE, public_id)
    saw(request, Event.MEASURE_SEEN, measure)
    standing, kept = initial_of(measure), room.kept(request)
    edit = editing(request, standing, texts=TEXTS, by=measure.changed_by, at=measure.changed_at, kept=kept)
    form = MeasureForm(edit.sent, people=room.staff(measure.plan), findings=selectors.findings(measure.plan), initial=standing | kept)
    if form.is_valid() and edit.may_save(form):
        try:
            services.change_measure(by=request.actor, measure=measure, draft=draft_of(form, code=measure.catalogue_code))
        except Refused as refused:
            room.show_refusal(form, refused)
        else:
            again = _("Tiltaket er endret. Sett planen i kraft på nytt når den er klar.")
            return back(request, measure.plan, again if measure.plan.version else _("Tiltaket er endret."))
    more = {"edit": edit, "shared": selectors.shared_with(request.actor, measure)}
    return measure_form(request, measure.plan, form, _("Endre tiltaket"), _("Lagre tiltaket"), status=edit.status(form), **more)


@require_POST
@requires(Action.ACTION_PLAN_WRITE)
def measure_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """End a measure. It stays in the plan's history."""
    measure = get_measure(request.actor, Action.ACTION_PLAN_WRITE, public_id)
    try:
        services.end_measure(by=request.actor, measure=measure)
    except Refused as refused:
        return back(request, measure.plan, " ".join(str(reason.label) for reason in refused.reasons))
    return back(request, measure.plan, _("Tiltaket er avsluttet.") if measure.plan.version else _("Tiltaket er tatt bort."))


@forms_ask
@requires(Action.ACTION_PLAN_WRITE)
def view_say(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write what the pupil or a guardian says about a measure."""
    measure = get_measure(request.actor, Action.ACTION_PLAN_WRITE, public_id)
    saw(request, Event.MEASURE_SEEN, measure)
    form = ViewForm(request.POST or None, parties=room.party_choices(measure.plan), initial=room.kept(request))
    if form.is_valid():
        kind, person = room.parties(measure.plan)[form.cleaned_data["party"]]
        wanted = {key: form.cleaned_data[key] for key in ("text", "disagrees", "schools_reason")}
        services.say_view(by=request.actor, measure=measure, party=kind, person=person, **wanted)
        return back(request, measure.plan, _("Skrevet inn."))
    page = room.frame(request.actor, measure.plan) | {"form": form, "measure": measure, "draft_url": room.draft_url(request)}
    return render(request, "measures/view_form.html", page, status=422 if form.errors else 200)


@require_GET
@requires(Action.START_SEE)
def my_measures(request: HttpRequest) -> HttpResponse:
    """Show the measures the person answers for or carries out, without the background."""
    tasks = selectors.my_tasks(request.actor)
    saw_all(request, Event.MEASURE_LISTED, [task.measure for task in tasks])
    return render(request, "measures/my_measures.html", {"tasks": tasks, "me": request.actor.person_id})


@forms_ask
@requires(Action.MEASURE_SEE_TASK)
def measure_task(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the task of one measure, and let the one who does it mark that it was done."""
    measure = get_measure(request.actor, Action.MEASURE_SEE_TASK, public_id)
    saw(request, Event.MEASURE_SEEN, measure)
    form = DeedForm(request.POST or None, today=today(), initial={"done_on": today()})
    if form.is_valid():
        services.mark_done(by=request.actor, measure=measure, **form.cleaned_data)
        messages.success(request, _("Skrevet inn som gjort."))
        return redirect("measures:measure-task", public_id=public_id)
    page = {
        "measure": measure,
        "form": form,
        "deeds": selectors.deeds(measure),
        "sees_plan": may(request.actor, Action.ACTION_PLAN_SEE, measure),
    }
    return render(request, "measures/measure_task.html", page, status=422 if form.errors else 200)


def draft_of(form: MeasureForm, *, code: str) -> MeasureDraft:
    """Return what was written as a draft the service understands."""
    cleaned = form.cleaned_data
    return MeasureDraft(
        what=cleaned["what"],
        level=MeasureLevel(cleaned["level"]),
        finding=form.findings.get(cleaned["finding"]),
        adaptation=cleaned["adaptation"],
        rhythm=cleaned["rhythm"],
        task=cleaned["task"],
        responsible=form.person("responsible"),
        carried_out_by=form.person("carried_out_by"),
        starts_on=cleaned["starts_on"],
        ends_on=cleaned["ends_on"],
        evaluate_on=cleaned["evaluate_on"],
        is_immediate=cleaned["is_immediate"],
        catalogue_code=code,
    )


def initial_of(measure: Any) -> dict[str, Any]:
    """Return what the form shows of a measure that exists."""
    kept = ("what", "level", "adaptation", "rhythm", "task", "starts_on", "ends_on", "evaluate_on", "is_immediate")
    people = {name: getattr(measure, name) for name in ("responsible", "carried_out_by", "finding")}
    return {name: getattr(measure, name) for name in kept} | {key: row.public_id if row else "" for key, row in people.items()}


def back(request: HttpRequest, plan: Any, words: str) -> HttpResponse:
    """Return to the plan with a word about what happened."""
    room.sent(request)
    messages.success(request, words)
    return redirect("measures:plan-detail", public_id=plan.public_id)


def measure_form(request: HttpRequest, plan: Any, form: Any, title: str, deed: str, status: int = 0, **more: Any) -> HttpResponse:
    """Show the form of a measure."""
    page = room.frame(request.actor, plan) | {"form": form, "title": title, "deed": deed} | more
    page["draft_url"] = room.draft_url(request)
    return render(request, "measures/measure_form.html", page, status=status or (422 if form.errors else 200))
