"""One task: what, who, when and why then; done, skipped, or opened again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, may, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw
from aktsom.core.files.responses import sealed_response
from aktsom.core.timing.clock import today
from aktsom.core.vault.sealing import ContentDestroyed
from aktsom.plans.selectors.editions import content_in_force
from aktsom.plans.selectors.reflection import cards_of_row
from aktsom.plans.selectors.resources import for_task
from aktsom.wheel.access import get_file, get_reported_file, get_task
from aktsom.wheel.forms import DoneForm, SkipForm, done_today
from aktsom.wheel.rules import TookPart
from aktsom.wheel.selectors import evidence, tasks
from aktsom.wheel.selectors.roles import names_for
from aktsom.wheel.services import finish_task, remove_file, reopen_task, skip_task
from aktsom.wheel.views.frame import school_year_page


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
    written = {**done_today(), "note": task.note, "evidence": "\n".join(task.evidence), "took_part": task.took_part}
    form = DoneForm(request.POST if "done_on" in request.POST else written, request.FILES)
    if form.is_valid():
        try:
            finish_task(by=request.actor, task=task, documents=form.cleaned_data["files"], **form.mark())
        except Refused as refused:
            form.add_error(None, [str(reason) for reason in refused.reasons])
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


@require_GET
@requires(Action.WHEEL_SEE)
def file_open(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give out one file: a picture is shown, anything else is only ever a download."""
    return given(request, get_file(request.actor, Action.WHEEL_SEE, public_id))


@require_GET
@requires(Action.WHEEL_OVERVIEW)
def report_file(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """Give out one file from the § 12-3 report of a school: the only way the owner has to it."""
    page = school_year_page(request, public_id, Action.WHEEL_OVERVIEW)
    return given(request, get_reported_file(request.actor, page.school, file_id))


def given(request: HttpRequest, file: Any) -> HttpResponse:
    """Write down that the file was read, and give it out."""
    saw(request, Event.WHEEL_FILE_READ, file)
    try:
        content = evidence.content_of_file(file)
    except (ContentDestroyed, FileNotFoundError):
        return render(request, "wheel/file_gone.html", {"file": file}, status=410)
    is_picture = file.media_type == "image/jpeg"
    ending = "jpg" if is_picture else file.name.rsplit(".", 1)[-1]
    return sealed_response(content, media_type=file.media_type, name=f"vedlegg.{ending}", as_download=not is_picture)


@require_http_methods(["GET", "POST"])
@requires(Action.WHEEL_TASK_MARK)
def file_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask first, then take the file away for good."""
    file = get_file(request.actor, Action.WHEEL_TASK_MARK, public_id)
    if request.method == "POST":
        remove_file(by=request.actor, file=file)
        messages.success(request, _("Filen er slettet. Den kan ikke hentes fram igjen."))
        return redirect("wheel:task-detail", public_id=file.task.public_id)
    saw(request, Event.WHEEL_FILES_SEEN, file.task)
    return render(request, "wheel/file_remove.html", {"file": file, "task": file.task})


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
    written = {"done_on": task.done_on or today(), "note": task.note, "evidence": "\n".join(task.evidence), "took_part": task.took_part}
    if files := evidence.files_of(request.actor, task):
        saw(request, Event.WHEEL_FILES_SEEN, task)
    return {
        "task": task,
        "row": tasks.one_task(request.actor, task),
        "plan_row": row,
        "cards": cards_of_row(row.sources) if row else [],
        "people": names_for(task.school_id, task.who.split(), today(), group_id=task.group_id),
        "may_mark": may(request.actor, Action.WHEEL_TASK_MARK, task),
        "may_arrange": task.school_id in request.actor.schools_where(Action.WHEEL_ARRANGE),
        "done_form": done_form or DoneForm(initial=written),
        "skip_form": skip_form or SkipForm(),
        "last_year": tasks.last_year_of(task),
        "earlier": tasks.tasks_of_row_before(task),
        "fitting": for_task(task.school, task.title, *(row.resources if row else ())),
        "files": files,
        "took_part": [label for code, label in TookPart.choices if code in task.took_part],
        "today": today(),
    }
