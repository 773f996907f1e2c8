"""Others are asked for help, they answer, health staff keep their own notes, and a concern for the home is considered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from aktsom.cases.access import inside_owner_or_school, shut_out_of
from aktsom.cases.models import Case, CasePart, ConcernConsidered, HealthNote, HelpRequest, LearningCooperation
from aktsom.cases.rules.assistance import (
    CooperationObstacle,
    HelpObstacle,
    obstacles_to_answering,
    obstacles_to_asking,
    obstacles_to_noting_cooperation,
)
from aktsom.cases.services.records import inside_walls, touch, write
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor, system_actor
from aktsom.core.access.door import OutOfReach, Refused
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import notify
from aktsom.core.privacy.names import names_in
from aktsom.core.timing.clock import now, today
from aktsom.core.vault.services import content_key_for, destroy_content_key
from aktsom.people.selectors import people_in_role
from aktsom.schools.selectors import school_of


@dataclass(frozen=True)
class HelpDraft:
    """What is asked, of whom, why it may be shared, and until when."""

    helper: str
    purpose: str
    shared: str
    basis: str
    ends_on: date | None
    person: Any = None  # None: somebody outside the school, who answers otherwise
    limits: str = ""
    section: str = ""
    consent_on: date | None = None


@service(Event.HELP_ASKED, action=Action.HELP_ASK, on="case")
def ask_for_help(*, by: Actor, case: Case, part: CasePart, draft: HelpDraft) -> HelpRequest:
    """Ask for help with one pupil's part. Whoever is asked sees the question and nothing of the case (HLP-02, fact 38)."""
    part = inside_walls(by, case, part)
    obstacles = obstacles_to_asking(
        purpose=draft.purpose,
        shared=draft.shared,
        basis=draft.basis,
        consent_on=draft.consent_on,
        section=draft.section,
        ends_on=draft.ends_on,
        today=today(),
        helper=draft.helper,
        limits=draft.limits,
        is_named=bool(
            names_in(f"{draft.purpose}\n{draft.shared}\n{draft.limits}", [str(row.person) for row in case.parts.select_related("person")])
        ),
    )
    obstacles += _unfit(case, draft.person)
    if obstacles:
        raise Refused(obstacles)
    asked = write(HelpRequest, case, part=part, asked_by_id=by.own_id, asked_at=now(), answer="", **vars(draft))
    if draft.person is not None:
        _notify(by, case, draft.person.pk, "help.asked", reverse("cases:help-detail", args=[asked.public_id]))
    return asked


def _unfit(case: Case, person: Any) -> list[HelpObstacle]:
    if person is None:
        return []
    found = {
        HelpObstacle.HELD_BY_OWNER: case.is_withheld,
        HelpObstacle.SHUT_OUT: person.pk in shut_out_of(case),
        HelpObstacle.NOT_THERE: not inside_owner_or_school(case, person.pk)[0],
    }
    return [obstacle for obstacle, holds in found.items() if holds]


def is_health_staff(case: Case, person_id: int | None) -> bool:
    """Return whether somebody is health staff at the case's school, with a confidentiality of her own."""
    return any(person.pk == person_id for person in people_in_role(case.school_id, Role.SCHOOL_NURSE, today()))


@service(Event.HELP_ANSWERED, action=Action.HELP_ANSWER, on="asked")
def answer_help(*, by: Actor, asked: HelpRequest, answer: str, basis: str = "", consent_on: date | None = None) -> HelpRequest:
    """The one who was asked answers. Health staff say on what basis they may (helsepersonelloven §§ 21–22)."""
    _write_answer(by, asked, answer, basis, consent_on, is_health_staff=is_health_staff(asked.case, by.person_id))
    _notify(by, asked.case, asked.asked_by_id, "help.answered", reverse("cases:case-help", args=[asked.case.public_id]))
    return asked


@service(Event.HELP_ANSWERED, action=Action.HELP_ASK, on="case")
def write_answer(*, by: Actor, case: Case, asked: HelpRequest, answer: str) -> HelpRequest:
    """Write in what somebody outside the school answered. Nobody answers for a person who was asked by name."""
    inside_walls(by, case, asked.part)
    if asked.person_id is not None:
        raise OutOfReach(HelpRequest._meta.label, asked.public_id)
    _write_answer(by, asked, answer, "", None, is_health_staff=False)
    return asked


def _write_answer(by: Actor, asked: HelpRequest, answer: str, basis: str, consent_on: date | None, *, is_health_staff: bool) -> None:
    obstacles = obstacles_to_answering(
        answer=answer,
        basis=basis,
        consent_on=consent_on,
        is_health_staff=is_health_staff,
        is_answered=asked.answered_at is not None,
        today=today(),
    )
    if obstacles:
        raise Refused(obstacles)
    asked.answer, asked.answer_basis, asked.answer_consent_on = answer, basis if is_health_staff else "", consent_on
    asked.answered_by_id, asked.answered_at = by.own_id, now()
    asked.save()
    touch(asked.case)


@service(Event.HELP_ENDED, action=Action.HELP_ASK, on="case")
def end_help(*, by: Actor, case: Case, asked: HelpRequest) -> HelpRequest:
    """The question is over: whoever was asked sees it no longer. What she answered stays."""
    inside_walls(by, case, asked.part)
    asked.ended_at = now()
    asked.save(update_fields=["ended_at"])
    touch(case)
    return asked


@service(Event.LEARNING_COOPERATION_NOTED, action=Action.HELP_ASK, on="case")
def note_learning_cooperation(
    *, by: Actor, case: Case, part: CasePart, helper: str, begun_on: date, contact: str = ""
) -> LearningCooperation:
    """Write that PPT or OT works with the pupil's individual teaching too. That it is so, and never what (HLP-05)."""
    part = inside_walls(by, case, part)
    noted = LearningCooperation.objects.filter(part=part, helper=helper, ended_on=None).exists()
    obstacles = obstacles_to_noting_cooperation(helper=helper, begun_on=begun_on, today=today(), is_noted=noted)
    if obstacles:
        raise Refused(obstacles)
    return write(
        LearningCooperation, case, part=part, helper=helper, contact=contact, begun_on=begun_on, written_by_id=by.own_id, written_at=now()
    )


@service(Event.LEARNING_COOPERATION_ENDED, action=Action.HELP_ASK, on="case")
def end_learning_cooperation(*, by: Actor, case: Case, cooperation: LearningCooperation) -> LearningCooperation:
    """Write that the cooperation is over. That it was there stays."""
    inside_walls(by, case, cooperation.part)
    if cooperation.ended_on is not None:
        raise Refused([CooperationObstacle.ENDED])
    cooperation.ended_on = max(today(), cooperation.begun_on)
    cooperation.save(update_fields=["ended_on"])
    touch(case)
    return cooperation


@service(Event.CONCERN_CONSIDERED, action=Action.CONCERN_NOTE, on="case")
def consider_concern(*, by: Actor, case: Case) -> ConcernConsidered:
    """Write that somebody considered the duty in § 24-3. What she concluded is hers: no field holds it."""
    return write(ConcernConsidered, case, considered_by_id=by.own_id, considered_at=now())


@service(Event.HEALTH_NOTE_WRITTEN, action=Action.HEALTH_NOTE_KEEP)
def write_health_note(*, by: Actor, school_id: int, pupil: Any, text: str) -> HealthNote:
    """Keep a note of one's own about a pupil. It has a key of its own and belongs to no case."""
    if school_id not in by.schools_as(Role.SCHOOL_NURSE):
        raise OutOfReach(HealthNote._meta.label, "")
    school = school_of(school_id)
    moment = now()
    return HealthNote.objects.create(
        content_key=content_key_for(owner_ref=school.owner_id, kind="other"),
        school=school,
        author_id=by.own_id,
        pupil=pupil,
        text=text,
        written_at=moment,
        changed_at=moment,
    )


@service(Event.HEALTH_NOTE_WRITTEN, action=Action.HEALTH_NOTE_KEEP, on="note")
def change_health_note(*, by: Actor, note: HealthNote, text: str) -> HealthNote:
    """Write an own note anew. It is a working note and no journal, so the old text is not kept."""
    note.text, note.changed_at = text, now()
    note.save()
    return note


@service(Event.HEALTH_NOTE_REMOVED, action=Action.HEALTH_NOTE_KEEP, on="note")
def remove_health_note(*, by: Actor, note: HealthNote) -> None:
    """Remove an own note, and the key that could read it."""
    _delete_for_good(system_actor("own note removed"), note, "own note removed")


def _delete_for_good(by: Actor, note: HealthNote, reason: str) -> None:
    key = note.content_key
    note.delete()
    destroy_content_key(by=by, content_key=key, reason=reason)


@service(Event.WORKING_NOTES_REMOVED, action=Action.JOB_RUN, on="school")
def remove_old_health_notes(*, by: Actor, school: Any, before: date) -> Any:
    """Delete the own notes nobody has changed since, and the keys that could read them, by the owner's rule (PRV-06).

    Whose they were, about whom and how many is said nowhere.
    """
    for note in HealthNote.objects.filter(school=school, changed_at__date__lt=before).select_related("content_key"):
        _delete_for_good(by, note, "working note kept as long as the owner wants")
    return school


def _notify(by: Actor, case: Case, person_id: int, code: str, path: str) -> None:
    if person_id not in shut_out_of(case):
        notify(by=by, person_ids=[person_id], code=code, occasion=f"{case.public_id}:{path}", path=path, scope=case.scope())
