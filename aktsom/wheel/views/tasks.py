"""One task: what, who, when and why then; done, skipped, or opened again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, may, requires
from aktsom.core.timing.clock import today
from aktsom.plans.selectors.editions import content_in_force
from aktsom.wheel.access import get_task
from aktsom.wheel.forms import DoneForm, SkipForm, done_today
from aktsom.wheel.selectors import tasks
from aktsom.wheel.selectors.roles import names_for
from aktsom.wheel.services import mark_done, reopen_task, skip_task


@require_GET
@requires(Action.WHEEL_SEE)
def task_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one task, with the ways to mark it for those who may."""
    task = get_task(request.actor, Action.WHEEL_SEE, public_id)
    return render(request, "wheel/task_detail.html", page_of(request, task))


@require_POST
@requires(Action.WHEEL_TASK_MARK)
def task_done(request: HttpRequest, public_id: str) -> HttpResponse:
    """Mark the task done. From a list, without a word more, it was done today."""
    task = get_task(request.actor, Action.WHEEL_TASK_MARK, public_id)
    form = DoneForm(
        request.POST if "done_on" in request.POST else {**done_today(), "note": task.note, "evidence": "\n".join(task.evidence)}
    )
    if form.is_valid():
        try:
            mark_done(
                by=request.actor, task=task, done_on=form.cleaned_data["done_on"], note=form.cleaned_data["note"], evidence=form.lines()
            )
        except Refused as refused:
            form.add_error("done_on", [str(reason) for reason in refused.reasons])
        else:
            messages.success(request, _("Skrevet inn som gjort: %(title)s. Åpne det for å skrive mer eller angre.") % {"title": task.title})
            return back(request, task)
    return render(request, "wheel/task_detail.html", page_of(request, task, done_form=form), status=422)


@require_POST
@requires(Action.WHEEL_TASK_MARK)
def task_skip(request: HttpRequest, public_id: str) -> HttpResponse:
    """Skip the task this time, with a reason."""
    task = get_task(request.actor, Action.WHEEL_TASK_MARK, public_id)
    form = SkipForm(request.POST)
    if form.is_valid():
        try:
            skip_task(by=request.actor, task=task, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error("reason", [str(reason) for reason in refused.reasons])
        else:
            messages.success(request, _("Dere hopper over det denne gangen. Grunnen er skrevet ned."))
            return back(request, task)
    return render(request, "wheel/task_detail.html", page_of(request, task, skip_form=form), status=422)


@require_POST
@requires(Action.WHEEL_TASK_MARK)
def task_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the mark away again."""
    task = get_task(request.actor, Action.WHEEL_TASK_MARK, public_id)
    reopen_task(by=request.actor, task=task)
    messages.success(request, _("Merket er tatt bort. Gjøremålet står åpent igjen."))
    return back(request, task)


def back(request: HttpRequest, task: Any) -> HttpResponse:
    """Return to where the person was, when that is one of our own addresses; else to the task."""
    asked = request.POST.get("tilbake", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return redirect(asked)
    return redirect("wheel:task-detail", public_id=task.public_id)


def page_of(request: HttpRequest, task: Any, *, done_form: DoneForm | None = None, skip_form: SkipForm | None = None) -> dict[str, Any]:
    """Return what the page of a task shows."""
    content = content_in_force(task.school_id)
    row = content.row(task.row_key) if content else None
    written = {"done_on": task.done_on or today(), "note": task.note, "evidence": "\n".join(task.evidence)}
    return {
        "task": task,
        "row": tasks.one_task(request.actor, task),
        "plan_row": row,
        "people": names_for(task.school_id, task.who.split(), today(), group_id=task.group_id),
        "may_mark": may(request.actor, Action.WHEEL_TASK_MARK, task),
        "may_arrange": task.school_id in request.actor.schools_where(Action.WHEEL_ARRANGE),
        "done_form": done_form or DoneForm(initial=written),
        "skip_form": skip_form or SkipForm(),
        "last_year": tasks.last_year_of(task),
        "earlier": tasks.tasks_of_row_before(task),
        "today": today(),
    }
