"""Health staff's own notes: met by the one who wrote them and nobody else."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aktsom.cases.access import get_health_note
from aktsom.cases.help_forms import HealthNoteForm, NewHealthNoteForm
from aktsom.cases.selectors.assistance import months_kept, own_notes, pupils_to_note
from aktsom.cases.services import assistance as deeds
from aktsom.cases.views.frame import ask_and_answer
from aktsom.core.access.actions import Action
from aktsom.core.access.door import NotAllowed, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw, saw_all
from aktsom.core.timing.clock import today
from aktsom.people.selectors import group_names


@require_GET
@requires(Action.HEALTH_NOTE_KEEP)
def health_notes(request: HttpRequest) -> HttpResponse:
    """Show one's own notes."""
    _only_health_staff(request)
    notes = own_notes(request.actor)
    saw_all(request, Event.HEALTH_NOTE_READ, notes)
    return render(request, "cases/health_notes.html", {"notes": notes, "months": months_kept(request.actor)})


@ask_and_answer
@requires(Action.HEALTH_NOTE_KEEP)
def health_note_write(request: HttpRequest) -> HttpResponse:
    """Write a note of one's own."""
    _only_health_staff(request)
    name = request.GET.get("navn", "")
    found = pupils_to_note(request.actor, name)
    schools = {pupil.pk: school_id for school_id, pupil in found}
    people = [pupil for _school, pupil in found]
    form = NewHealthNoteForm(
        request.POST or None, people=people, classes=group_names([one.pk for one in people if not one.protected_address], today())
    )
    if request.method == "POST" and form.is_valid():
        pupil = form.chosen()
        deeds.write_health_note(by=request.actor, school_id=schools[pupil.pk], pupil=pupil, text=form.cleaned_data["text"])
        messages.success(request, _("Lagret. Bare du kan lese det."))
        return redirect("cases:health-notes")
    page = {"form": form, "name": name, "found": bool(found)}
    return render(request, "cases/health_note_write.html", page, status=422 if form.errors else 200)


@ask_and_answer
@requires(Action.HEALTH_NOTE_KEEP)
def health_note_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write an own note anew."""
    note = get_health_note(request.actor, public_id)
    form = HealthNoteForm(request.POST or None, initial={"text": note.text})
    if request.method == "POST" and form.is_valid():
        deeds.change_health_note(by=request.actor, note=note, text=form.cleaned_data["text"])
        messages.success(request, _("Lagret. Bare du kan lese det."))
        return redirect("cases:health-notes")
    saw(request, Event.HEALTH_NOTE_READ, note)
    return render(request, "cases/health_note_change.html", {"form": form, "note": note}, status=422 if form.errors else 200)


@require_POST
@requires(Action.HEALTH_NOTE_KEEP)
def health_note_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Remove an own note for good."""
    deeds.remove_health_note(by=request.actor, note=get_health_note(request.actor, public_id))
    messages.success(request, _("Notatet er slettet."))
    return redirect("cases:health-notes")


def _only_health_staff(request: HttpRequest) -> None:
    if not request.actor.may_somewhere(Action.HEALTH_NOTE_KEEP):
        raise NotAllowed(Action.HEALTH_NOTE_KEEP)
