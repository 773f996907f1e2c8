"""A sentence about something ordinary that served the plan, written by who wants to (PLN-29)."""

from __future__ import annotations

from datetime import date
from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.wheel.models import DailyNote


@service(Event.DAILY_NOTE_WRITTEN, action=Action.DAILY_NOTE_KEEP, on="school")
def write_daily_note(*, by: Actor, school: Any, text: str, on: date) -> DailyNote:
    """Keep the sentence. Raises Refused when it is empty or for a day to come."""
    if not text.strip():
        raise Refused(["Skriv en setning først."])
    if on > today():
        raise Refused(["Datoen kan ikke være fram i tid."])
    return DailyNote.objects.create(school=school, on=on, text=text.strip()[:300], written_by_id=by.own_id, written_at=now())


@service(Event.DAILY_NOTE_REMOVED, action=Action.DAILY_NOTE_KEEP, on="note")
def remove_daily_note(*, by: Actor, note: DailyNote) -> None:
    """Remove one's own sentence. Raises Refused for somebody else's."""
    if note.written_by_id != by.own_id:
        raise Refused(["Bare den som skrev det, kan slette det."])
    note.delete()


@service(Event.WORKING_NOTES_REMOVED, action=Action.JOB_RUN, on="school")
def remove_old_daily_notes(*, by: Actor, school: Any, before: date) -> Any:
    """Delete the sentences that are older than the owner keeps working notes (PRV-06). The log says that, and not which."""
    DailyNote.objects.filter(school=school, on__lt=before).delete()
    return school
