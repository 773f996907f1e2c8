"""Find out: notes with their source, what they show together, other people's own parts, and waiting with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from aktsom.cases.access import notes_visible_to
from aktsom.cases.models import Analysis, Case, CasePart, Note, Postponement
from aktsom.cases.rules import ExclusionReason, NoteKind, PartKind, obstacles_to_postponing
from aktsom.cases.rules.writing import NoteObstacle
from aktsom.cases.services.barring import shut_out
from aktsom.cases.services.records import inside_walls, plan_of, touch, write
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import OutOfReach, Refused, require
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.measures import services as measures


@dataclass(frozen=True)
class NoteDraft:
    """What somebody found out. Only the text is asked for; short log entries are enough in simple cases (DOC-12)."""

    kind: NoteKind
    happened_at: datetime
    text: str
    source: str = ""
    pupils_words: str = ""
    has_time: bool = True


@service(Event.CASE_NOTE_ADDED, action=Action.CASE_INVESTIGATE, on="case")
def add_note(*, by: Actor, case: Case, part: CasePart, draft: NoteDraft) -> Note:
    """Write one thing that was found out into one person's part, apart from the others' (INV-13, HRG-11)."""
    return _note(by, inside_walls(by, case, part), draft)


@service(Event.CASE_NOTE_CORRECTED, action=Action.CASE_INVESTIGATE, on="case")
def correct_note(*, by: Actor, case: Case, note: Note, draft: NoteDraft, reason: str) -> Note:
    """Write the note anew. The first text is kept, with who, when and why (fact 45)."""
    if not notes_visible_to(by, case).filter(pk=note.pk).exists():
        raise OutOfReach(Note._meta.label, note.public_id)
    standing = Note.objects.select_for_update().get(pk=note.pk)  # held, so that two corrections at once cannot both be written
    if Note.objects.filter(corrects=standing).exists():
        raise Refused([NoteObstacle.CORRECTED])
    return _note(by, note.part, draft, corrects=note, correction_reason=reason)


def _note(by: Actor, part: CasePart, draft: NoteDraft, **more: Any) -> Note:
    return write(
        Note,
        part.case,
        part=part,
        kind=draft.kind,
        happened_at=draft.happened_at,
        has_time=draft.has_time,
        text=draft.text,
        source=draft.source,
        pupils_words=draft.pupils_words,
        written_by_id=by.person_id,
        written_at=now(),
        **more,
    )


@service(Event.CASE_PARTY_ADDED, action=Action.CASE_HEAR, on="case")
def add_part(*, by: Actor, case: Case, kind: PartKind, person: Any) -> CasePart:
    """Add another pupil, or somebody working at the school, with an own walled part (PRV-03, STF-11).

    Whoever works at the school and gets a part is shut out of the case at the same time; the leadership decides that.
    """
    if kind == PartKind.EMPLOYEE:
        require(by, Action.CASE_EXCLUDE, case)
    part, made = CasePart.objects.get_or_create(
        case=case,
        person=person,
        defaults={"content_key_id": case.content_key_id, "kind": kind, "added_at": now()},
    )
    if kind == PartKind.EMPLOYEE:
        shut_out(by, case, person.pk, ExclusionReason.ACCUSED)
    if made:
        touch(case)
    return part


@service(Event.CASE_ANALYSED, action=Action.CASE_HEAR, on="case")
def add_analysis(
    *, by: Actor, case: Case, situation: str, experience: str, surroundings: str, needed: str, enough_known: bool, **more: str
) -> Analysis:
    """Write one person's view of what the investigation shows; several each write their own (INV-16, INV-17).

    ``more`` holds what is asked beside the four: what keeps it going, one's own view, and how thorough (INV-04).
    """
    texts = {"situation": situation, "experience": experience, "surroundings": surroundings, "needed": needed} | more
    return write(Analysis, case, enough_known=enough_known, written_by_id=by.person_id, written_at=now(), **texts)


def add_finding(*, by: Actor, case: Case, text: str, source_ref: str = "") -> Any:
    """Give the plan something its measures must answer. The event is the plan's own."""
    return measures.add_finding(by=by, plan=plan_of(by, case), text=text, source_ref=source_ref)


@service(Event.CASE_POSTPONED, action=Action.CASE_POSTPONE, on="case")
def postpone_investigation(*, by: Actor, case: Case, reason: str, new_date: date | None) -> Postponement:
    """Put the investigation off, with a written reason and a new day (INV-01). Raise Refused without them (NEG-10)."""
    obstacles = obstacles_to_postponing(reason=reason, new_date=new_date, today=today())
    if obstacles:
        raise Refused(obstacles)
    return write(Postponement, case, reason=reason, new_date=new_date, written_by_id=by.person_id, written_at=now())
