"""Questions of help in a case, those put to oneself, and health staff's own notes."""

from __future__ import annotations

from datetime import date
from typing import Any

from aktsom.cases.access import health_notes_visible_to, help_visible_to, parts_visible_to
from aktsom.cases.models import Case, ConcernConsidered, HealthNote, HelpRequest, LearningCooperation
from aktsom.cases.rules import PartKind
from aktsom.cases.rules.assistance import SharingBasis
from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.people.selectors import pupil_choices
from aktsom.schools.selectors import schools_as


def help_of_case(actor: Actor, case: Case) -> list[HelpRequest]:
    """Return what others were asked, in the parts inside the actor's walls, the last first."""
    rows = HelpRequest.objects.filter(case=case, part__in=parts_visible_to(actor, case))
    return list(rows.select_related("part__person", "person", "asked_by", "answered_by"))


def help_in(actor: Actor, case: Case, public_id: str) -> HelpRequest | None:
    """Return one question inside the actor's walls, or None."""
    return next((row for row in help_of_case(actor, case) if row.public_id == public_id), None)


def cooperations_in(actor: Actor, case: Case) -> list[LearningCooperation]:
    """Return who works with the pupils' individual teaching too, in the parts inside the actor's walls."""
    rows = LearningCooperation.objects.filter(case=case, part__in=parts_visible_to(actor, case))
    return list(rows.select_related("part__person", "written_by"))


def cooperation_in(actor: Actor, case: Case, public_id: str) -> LearningCooperation | None:
    """Return one of them inside the actor's walls, or None."""
    return next((row for row in cooperations_in(actor, case) if row.public_id == public_id), None)


def pupils_parts(actor: Actor, case: Case) -> list[Any]:
    """Return the pupils' parts inside the actor's walls: help is asked for one pupil at a time."""
    return list(parts_visible_to(actor, case).exclude(kind=PartKind.EMPLOYEE))


def concerns_considered(case: Case) -> list[ConcernConsidered]:
    """Return who considered the duty towards child welfare, and when. There is nothing more to return."""
    return list(ConcernConsidered.objects.filter(case=case).select_related("considered_by"))


def own_questions(actor: Actor) -> list[HelpRequest]:
    """Return the questions put to the actor herself, unanswered ones first, then the last."""
    return sorted(help_visible_to(actor), key=lambda row: row.answered_at is not None)


def pupil_named(asked: HelpRequest) -> str:
    """Return the name of the pupil it is about, or nothing when it was asked without a name."""
    return "" if asked.basis == SharingBasis.WITHOUT_NAME else str(asked.part.person)


def own_notes(actor: Actor) -> list[HealthNote]:
    """Return the actor's own notes, the last first."""
    return list(health_notes_visible_to(actor))


def months_kept(actor: Actor) -> int | None:
    """Return how long the owners of the schools where the actor is health staff keep working notes; the shortest, or None."""
    rules = [school.owner.working_notes_months for school in schools_as(actor, Role.SCHOOL_NURSE)]
    return min((months for months in rules if months is not None), default=None)


def has_own_notes_before(school: Any, day: date) -> bool:
    """Return whether somebody at the school has a note of her own that nobody has changed since before a day."""
    return HealthNote.objects.filter(school=school, changed_at__date__lt=day).exists()


def pupils_to_note(actor: Actor, text: str) -> list[tuple[int, Any]]:
    """Return the pupils with such a name at the schools where the actor is health staff, each with the school.

    One she was asked about by name is found too, also with a protected address: she knows of her already.
    """
    words = text.casefold().split()
    if not words:
        return []
    schools = sorted(actor.schools_as(Role.SCHOOL_NURSE))
    asked = help_visible_to(actor).filter(case__school_id__in=schools).exclude(basis=SharingBasis.WITHOUT_NAME)
    known = [(row.case.school_id, row.part.person) for row in asked]
    found = [(school_id, pupil) for school_id in schools for pupil in pupil_choices(actor, school_id=school_id, text=text)]
    found += [(school_id, pupil) for school_id, pupil in known if all(word in pupil.folded_name for word in words)]
    return list({pupil.pk: (school_id, pupil) for school_id, pupil in reversed(found)}.values())[::-1]
