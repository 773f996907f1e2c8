"""An empty installation gets its first owner, school and person; and a class list is looked through and read in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, public, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw
from aktsom.insight import services
from aktsom.insight.forms import BeginForm, ClassFileForm
from aktsom.insight.views.first_run import texts
from aktsom.people.access import get_class_file
from aktsom.people.roster.report import kind_words
from aktsom.people.services import keep_class_file, look_through, remove_class_file, take_class_file
from aktsom.schools.access import get_school

SETTING_UP = "Whoever holds the one-time link of an empty installation writes in the first school; with an account there, it is no address."


@require_http_methods(["GET", "POST"])
@public(SETTING_UP)
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the owner, the school and the first person, and lead her to choosing a password."""
    if not services.may_begin(token):
        raise Http404
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            username, address = services.begin_installation(**form.parts())
        except Refused as refused:
            form.add_error(None, texts(refused))
        else:
            return render(request, "insight/begun.html", {"username": username, "address": address})
    return render(request, "insight/begin.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Action.CLASS_FILE_IMPORT)
def class_file_bring(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a class list; what it would do is shown on the next page before anything is written."""
    school = get_school(request.actor, Action.CLASS_FILE_IMPORT, public_id)
    form = ClassFileForm(request.POST, request.FILES) if request.method == "POST" else ClassFileForm()
    if request.method == "POST" and form.is_valid():
        file, whole = form.cleaned_data["file"], form.cleaned_data["covers"] == "all"
        try:
            kept = keep_class_file(by=request.actor, school=school, content=file.read(), name=file.name, is_whole_school=whole)
        except Refused as refused:
            form.add_error("file", texts(refused))
        else:
            return redirect("insight:class-file", public_id=kept.public_id)
    return render(request, "insight/class_file_bring.html", {"school": school, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Action.CLASS_FILE_IMPORT)
def class_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what the list would do, and read it in when that is confirmed."""
    kept = get_class_file(request.actor, Action.CLASS_FILE_IMPORT, public_id)
    refusals: list[str] = []
    try:
        if request.method == "POST":
            report = take_class_file(by=request.actor, kept=kept)
            said = ngettext("Lista er lest inn: %(count)d endring.", "Lista er lest inn: %(count)d endringer.", report.changes)
            messages.success(request, said % {"count": report.changes})
            return redirect("insight:first-run", public_id=kept.school.public_id)
        shown = _shown(look_through(kept))
    except Refused as refused:
        refusals, shown = texts(refused), {}
        if request.method == "POST":
            much = [_("Lista ville avsluttet mer enn en femdel av elevene. Be den som drifter Aktsom om hjelp, eller velg «noen klasser».")]
            refusals = [said for said in refusals if "--" not in said] or much
    saw(request, Event.CLASS_FILE_SEEN, kept)
    page = {"kept": kept, "school": kept.school, "refusals": refusals, **shown}
    return render(request, "insight/class_file.html", page, status=422 if refusals else 200)


def _shown(report: Any) -> dict[str, Any]:
    """Return the counts, what is left out and what to look into, as a page shows them. No names."""
    words = kind_words()
    left_out = [(f"{words[kind]}: {reason}", skips) for (kind, reason), skips in report.reasons.items()]
    return {
        "counts": [(words[kind], counts) for kind, counts in report.counts.items() if counts.read or counts.new or counts.ended],
        "left_out": left_out,
        "warnings": list(report.warnings.items()),
        "ends_many": report.ends_many,
        "changes": report.changes,
    }


@require_POST
@requires(Action.CLASS_FILE_IMPORT)
def class_file_drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let go of a list without reading it in."""
    kept = get_class_file(request.actor, Action.CLASS_FILE_IMPORT, public_id)
    remove_class_file(by=request.actor, kept=kept)
    messages.success(request, _("Lista er slettet. Ingenting er lest inn."))
    return redirect("insight:first-run-class", public_id=kept.school.public_id)
