"""The owner and the school ask for a little more in the report form. Nothing of it is ever required (REP-24)."""

from __future__ import annotations

from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now
from aktsom.reports.access import questions_at, require_own_form
from aktsom.reports.models import ReportQuestion
from aktsom.reports.rules import MOST_OF_OWNER, MOST_OF_SCHOOL, QuestionKind, lines_of, obstacles_to_asking


@service(Event.REPORT_QUESTION_ASKED, action=Action.REPORT_FORM_WRITE, on="place")
def ask_in_reports(*, by: Actor, place: Any, instead_of: ReportQuestion | None = None, **asked: Any) -> ReportQuestion:
    """Put a question in the form, of a school or of every school of an owner. Raises Refused.

    ``instead_of``: the one it replaces, in the same place. What was answered to that one keeps its own words.
    """
    require_own_form(by, place)
    scope = place.scope()
    there = questions_at(owner_id=scope.owner_id, school_id=scope.school_id)
    others = [row for row in there if instead_of is None or row.pk != instead_of.pk]
    obstacles = obstacles_to_asking(
        text=asked["text"],
        kind=asked["kind"],
        choices=asked.get("choices", ""),
        audiences=[asked["for_staff"], asked["for_guardians"]],
        others=[row.text for row in others],
        most=MOST_OF_OWNER if scope.school_id is None else MOST_OF_SCHOOL,
    )
    if obstacles:
        raise Refused(obstacles)
    if instead_of is not None:
        instead_of.ended_at = now()
        instead_of.save()
    last = max((row.place for row in there), default=0)
    return ReportQuestion.objects.create(
        owner_id=scope.owner_id,
        school_id=scope.school_id,
        text=asked["text"].strip(),
        hint=asked.get("hint", "").strip(),
        kind=asked["kind"],
        choices="\n".join(lines_of(asked.get("choices", ""))) if asked["kind"] == QuestionKind.CHOOSE else "",
        for_staff=asked["for_staff"],
        for_guardians=asked["for_guardians"],
        place=instead_of.place if instead_of is not None else last + 1,
        replaces=instead_of,
        written_at=now(),
    )


@service(Event.REPORT_QUESTION_ENDED, action=Action.REPORT_FORM_WRITE, on="question")
def end_question(*, by: Actor, question: ReportQuestion) -> ReportQuestion:
    """Take a question out of the form. Reports that answered it keep question and answer."""
    question.ended_at = now()
    question.save()
    return question
