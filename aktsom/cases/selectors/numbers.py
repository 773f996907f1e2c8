"""How many cases a school has and how old they are, for those who lead or own it. No names, no text (OWN-02, QUA-10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q

from aktsom.cases.access import LEADING
from aktsom.cases.models import Case, CaseExclusion, CaseReport
from aktsom.cases.rules import CaseKind, CaseState
from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import now


@dataclass(frozen=True)
class CaseNumbers:
    """The open cases of a school, the days since the oldest of them was opened, and those closed since a moment.

    ``owner_not_told``: the open ones the owner is to know of (§§ 12-4, 12-5) and has had no notice of (ESC-10).
    """

    open: int = 0
    oldest_days: int = 0
    closed: int = 0
    owner_not_told: int = 0


def case_numbers(actor: Actor, school_ids: Iterable[int], *, since: datetime) -> dict[int, CaseNumbers]:
    """Return the numbers by school, for the schools the actor leads and those of the owner she works for.

    What is withheld from a school (§ 12-5 second paragraph) is counted for the owner alone, and never for somebody who
    also works at the school. A case the actor is shut out of is not counted: a number tells that it is there.
    """
    led, owned, works_at = actor.schools_as(*LEADING), actor.owners_as(Role.OWNER_HANDLER), actor.schools_as(Role.STAFF)
    met = Q(school_id__in=led, is_withheld=False) | Q(owner_id__in=owned) & (Q(is_withheld=False) | ~Q(school_id__in=works_at))
    must_know = Q(state=CaseState.OPEN, is_withheld=False) & (Q(is_serious=True) | Q(kind=CaseKind.STAFF))
    shut_out = Exists(CaseExclusion.objects.filter(case_id=OuterRef("pk"), person_id=actor.own_id))
    rows: Any = (
        Case.objects.filter(met, school_id__in=list(school_ids))
        .exclude(shut_out)
        .order_by("school_id")
        .values_list("school_id")
        .annotate(
            open=Count("id", filter=Q(state=CaseState.OPEN)),
            oldest=Min("opened_at", filter=Q(state=CaseState.OPEN)),
            closed=Count("id", filter=Q(state=CaseState.CLOSED, closed_at__gte=since)),
            untold=Count("id", filter=must_know & ~_owner_told()),
        )
    )
    return {
        school: CaseNumbers(amount, (now() - oldest).days if oldest else 0, closed, untold)
        for school, amount, oldest, closed, untold in rows
    }


def _owner_told() -> Q:
    """Return the condition that a notice has gone to the owner, or that § 12-5 lets a case that is not serious be held back."""
    joined = CaseReport.objects.filter(case_id=OuterRef("pk"))
    held_back = Exists(joined.filter(report__groundless__isnull=False))
    return Q(Exists(joined.filter(report__owner_notices__isnull=False))) | Q(held_back, is_serious=False)
