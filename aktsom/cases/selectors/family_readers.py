"""Who has read my case: those at work there, by name and role. Never who reported, never anybody else in the family."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from aktsom.cases.models import Case, CaseWorker
from aktsom.core.access.actor import Actor
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent, AuditKind
from aktsom.core.timing.clock import today
from aktsom.people.selectors import family_of, people_by_id, titles_at

LISTS = (Event.CASE_LISTED, Event.MEASURE_LISTED)  # a name or a task in a list is not the case opened


@dataclass(frozen=True)
class OwnReader:
    """Somebody who has opened the case, and what she is at the school or owner. No times: only seen in a list."""

    who: str
    role: str
    times: int
    last_at: datetime


def own_readers(actor: Actor, case: Case) -> list[OwnReader]:
    """Return who at work has read in the case itself, the last first (fact 31).

    Only the case's own file is counted: who opened a report would show who sent it (REP-20). Somebody in the family is shown
    to herself alone, so that two guardians learn nothing of each other (fact 35); one who also works with the case is at work.
    """
    opened = ~Q(event__in=LISTS)
    rows: Any = (
        AuditEvent.objects.filter(file_id=case.public_id, kind=AuditKind.READ, person_ref__isnull=False)
        .order_by()
        .values("person_ref")
        .annotate(times=Count("pk", filter=opened), opened_at=Max("at", filter=opened), seen_at=Max("at"))
        .order_by("-seen_at", "person_ref")
    )
    at_work = set(CaseWorker.objects.filter(case=case).values_list("person_id", flat=True))
    hidden = family_of(case.pupil_id) - at_work - {actor.own_id}
    found = [row for row in rows if row["person_ref"] not in hidden]
    ids = {row["person_ref"] for row in found}
    people, titles = people_by_id(ids), titles_at(ids, case.school_id, case.owner_id, today())
    gone = _("Noen som ikke er her lenger")
    return [
        OwnReader(
            _("Du") if row["person_ref"] == actor.own_id else str(people.get(row["person_ref"], gone)),
            "" if row["person_ref"] == actor.own_id else titles.get(row["person_ref"], _("Arbeider ikke her lenger")),
            row["times"],
            row["opened_at"] or row["seen_at"],
        )
        for row in found
    ]
