"""What somebody who helps with one part meets of a case: whose part, how far it has come, and until when (PRV-02, PRV-03)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from aktsom.cases.access import help_alone
from aktsom.cases.models import Case, CasePart, CaseWorker, Hearing, Note
from aktsom.cases.rules import CaseFacts, CaseState, PartKind, RoadState, RoadStep, road_of_part
from aktsom.core.access.actor import Actor
from aktsom.core.waiting import Waits, waiting

HELPING = "helping"


@dataclass(frozen=True)
class Helped:
    """One part the reader helps with, for as long as it lasts, and the road as it is seen from inside it."""

    part: CasePart
    reason: str
    last_day: date | None
    road: list[tuple[RoadStep, RoadState]]


def helped_by_case(actor: Actor, case_ids: Iterable[int]) -> dict[int, list[CaseWorker]]:
    """Return the help of the actor in those of the cases she meets nothing else of, by case."""
    found: dict[int, list[CaseWorker]] = {}
    rows = help_alone(actor).filter(case_id__in=list(case_ids)).select_related("part__person", "case")
    for row in rows.order_by("valid_from", "id"):
        found.setdefault(row.case_id, []).append(row)
    return found


def helped_with(actor: Actor, case: Case, facts: CaseFacts) -> list[Helped]:
    """Return the parts the actor helps with in this case, each with its own road."""
    rows = helped_by_case(actor, [case.pk]).get(case.pk, [])
    ids = [row.part_id for row in rows]
    heard = dict(Hearing.objects.filter(part_id__in=ids).order_by("written_at", "id").values_list("part_id", "outcome"))
    notes = dict(
        Note.objects.filter(part_id__in=ids).order_by().values("part_id").annotate(count=Count("pk")).values_list("part_id", "count")
    )
    return [
        Helped(
            row.part,
            row.reason,
            row.last_day,
            road_of_part(
                facts, is_pupils=row.part.kind == PartKind.PUPIL, hearing=heard.get(row.part_id, ""), notes=notes.get(row.part_id, 0)
            ),
        )
        for row in rows
        if row.part is not None
    ]


def helping_waits(actor: Actor) -> Waits:
    """Return the parts of open cases the actor helps with, to be read with what else waits for her."""
    mine = CaseWorker.objects.filter(person_id=actor.own_id, part__isnull=False)

    def met() -> object:
        rows = help_alone(actor).filter(case__state=CaseState.OPEN)
        return waiting(rows, HELPING, person="part__person", case_ref="case__public_id", at="valid_until", school="case__school_id")

    return Waits(mine, met)  # type: ignore[arg-type]
