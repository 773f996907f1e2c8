"""A pupil begins at another school: what goes along is decided by a person, and received by one (§ 25-1; EVL-11, fact 39)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from aktsom.cases.models import Case, SchoolChange
from aktsom.cases.rules.continuity import SchoolChangeObstacle, SharedPiece, SharingBasis, obstacles_to_sharing_with_school
from aktsom.cases.services.records import plan_of, write
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.audit.scope import Scope
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now, today
from aktsom.measures.selectors import version_page
from aktsom.people.selectors import head_teachers


@dataclass(frozen=True)
class SchoolChangeDraft:
    """Where the pupil goes, what goes along, and why that is allowed."""

    pieces: Collection[SharedPiece]
    basis: SharingBasis
    reason: str
    to_school: Any = None
    to_name: str = ""
    consent_from: str = ""
    note: str = ""


@service(Event.SCHOOL_CHANGE_DECIDED, action=Action.SCHOOL_CHANGE_DECIDE, on="case")
def decide_school_change(*, by: Actor, case: Case, draft: SchoolChangeDraft) -> SchoolChange:
    """Decide what the new school gets of the plan in force. Notes, hearings and other people's parts never go along."""
    plan = plan_of(by, case)
    _refuse_wrong(case, plan, draft)
    same = {name: getattr(draft, name) for name in ("to_school", "basis", "reason", "consent_from", "note")}
    change = write(
        SchoolChange,
        case,
        to_name=draft.to_name.strip(),
        content=_content(plan, draft.pieces),
        evaluate_on=plan.evaluate_on if SharedPiece.EVALUATE_ON in draft.pieces else None,
        decided_by_id=by.own_id,
        decided_at=now(),
        **same,
    )
    if draft.to_school is not None:
        _tell_new_school(by, change)
    return change


def _refuse_wrong(case: Case, plan: Any, draft: SchoolChangeDraft) -> None:
    obstacles = obstacles_to_sharing_with_school(
        has_plan=plan is not None and plan.version > 0,
        is_withheld=case.is_withheld,
        chosen=draft.to_school is not None,
        named=bool(draft.to_name.strip()),
        same=draft.to_school is not None and draft.to_school.pk == case.school_id,
        pieces=len(draft.pieces),
        basis=draft.basis,
        reason=draft.reason,
        consent_from=draft.consent_from,
    )
    if obstacles:
        raise Refused(obstacles)


def _content(plan: Any, pieces: Collection[SharedPiece]) -> dict[str, Any]:
    """Return the chosen pieces of the version in force, as they stand: what, how often and when, never who and why."""
    version = version_page(plan, plan.version)
    content: dict[str, Any] = {}
    if version is not None and SharedPiece.PROBLEM in pieces:
        content["problem"] = version.problem
    if version is not None and SharedPiece.MEASURES in pieces:
        content["measures"] = [{"what": measure.what, "level": measure.level, "rhythm": measure.rhythm} for measure in version.measures]
    return content


def _tell_new_school(by: Actor, change: SchoolChange) -> None:
    heads = [person.pk for person in head_teachers(change.to_school_id or 0, today())]
    notify(
        by=by,
        person_ids=heads,
        code="school_change.decided",
        occasion=change.public_id,
        path=reverse("cases:school-change-detail", args=[change.public_id]),
        scope=Scope(school_id=change.to_school_id, owner_id=change.case.owner_id),
    )


@service(Event.SCHOOL_CHANGE_RECEIVED, action=Action.SCHOOL_CHANGE_RECEIVE, on="change")
def receive_school_change(*, by: Actor, change: SchoolChange) -> SchoolChange:
    """A named person at the new school takes it. Until then it waits on «I dag» there."""
    if change.received_at is not None:
        raise Refused([SchoolChangeObstacle.ANSWERED])
    change.received_by_id, change.received_at = by.own_id, now()
    change.save(update_fields=["received_by", "received_at"])
    notify(
        by=by,
        person_ids=[change.decided_by_id],
        code="school_change.received",
        occasion=change.public_id,
        path=reverse("cases:case-detail", args=[change.case.public_id]),
        scope=change.scope(),
    )
    return change
