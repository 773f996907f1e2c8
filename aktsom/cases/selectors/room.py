"""The case room: the head with road and next step, and the parts inside the actor's walls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aktsom.cases.access import notes_visible_to, parts_visible_to
from aktsom.cases.facts import closing_of, facts_of, with_facts
from aktsom.cases.models import (
    Analysis,
    BestInterests,
    Case,
    CasePart,
    CaseTurn,
    GuardiansTold,
    Hearing,
    Note,
    Paper,
    Postponement,
    RightsTold,
)
from aktsom.cases.rules import CaseFacts, ClosingObstacle, NextStep, RoadState, RoadStep, next_step, road
from aktsom.core.access.actor import Actor
from aktsom.core.timing.clock import today
from aktsom.measures.selectors import PlanStanding, plan_standings


@dataclass(frozen=True)
class CaseStanding:
    """Where one case stands."""

    facts: CaseFacts
    step: NextStep
    road: list[tuple[RoadStep, RoadState]]
    plan: PlanStanding | None
    closing: list[ClosingObstacle]


def annotated(case: Case) -> Any:
    """Return the case with what the road needs."""
    return with_facts(Case.objects.select_related("pupil", "school", "owner").filter(pk=case.pk)).get()


def case_standing(actor: Actor, case: Case) -> CaseStanding:
    """Return facts, road, next step and what stands between the case and its end."""
    row = annotated(case)
    plan = plan_standings(actor, [case.public_id]).get(case.public_id)
    facts = facts_of(row, plan)
    return CaseStanding(
        facts=facts,
        step=next_step(facts, today=today()),
        road=road(facts),
        plan=plan,
        closing=closing_of(row, plan, reason="safe", note="-"),
    )


@dataclass(frozen=True)
class PartPage:
    """One walled part with everything found out in it."""

    part: CasePart
    notes: list[Note]
    hearings: list[Hearing]
    best_interests: list[BestInterests]

    @property
    def corrected(self) -> set[int]:
        """The notes that a later one corrects."""
        return {note.corrects_id for note in self.notes if note.corrects_id is not None}


def part_pages(actor: Actor, case: Case, *, notes_only: bool = False) -> list[PartPage]:
    """Return the parts inside the actor's walls with their notes and hearings; corrected notes stay with their correction."""
    parts = list(parts_visible_to(actor, case))
    spoken_for = [] if notes_only else parts
    notes = list(Note.objects.filter(part__in=parts).select_related("written_by").order_by("happened_at", "id"))
    hearings = list(Hearing.objects.filter(part__in=spoken_for).select_related("held_by").order_by("written_at", "id"))
    weighed = list(BestInterests.objects.filter(part__in=spoken_for).select_related("written_by").order_by("written_at", "id"))
    return [
        PartPage(
            part=part,
            notes=[note for note in notes if note.part_id == part.pk],
            hearings=[hearing for hearing in hearings if hearing.part_id == part.pk],
            best_interests=[text for text in weighed if text.part_id == part.pk],
        )
        for part in parts
    ]


def note_in(actor: Actor, case: Case, public_id: str) -> Note | None:
    """Return a note inside the actor's walls as it reads now: the last correction when it was corrected meanwhile."""
    note = notes_visible_to(actor, case).filter(public_id=public_id).first()
    while note is not None:
        later = notes_visible_to(actor, case).filter(corrects=note).first()
        if later is None:
            break
        note = later
    return note


def hearings_of(actor: Actor, case: Case) -> list[Hearing]:
    """Return the hearings of the parts the actor sees, oldest first."""
    parts = parts_visible_to(actor, case)
    return list(Hearing.objects.filter(part__in=parts).select_related("part__person", "held_by").order_by("held_on", "id"))


def analyses(case: Case) -> list[Analysis]:
    """Return what each contributor thinks the investigation shows, oldest first."""
    return list(Analysis.objects.filter(case=case).select_related("written_by").order_by("written_at", "id"))


def postponements(case: Case) -> list[Postponement]:
    """Return every time the investigation was put off."""
    return list(Postponement.objects.filter(case=case).select_related("written_by").order_by("written_at", "id"))


def rights_told(case: Case) -> list[RightsTold]:
    """Return when the pupil was told of the rights."""
    return list(RightsTold.objects.filter(case=case).select_related("told_by").order_by("told_on", "id"))


def guardian_decisions(case: Case) -> list[GuardiansTold]:
    """Return what was decided about guardians, newest first."""
    return list(GuardiansTold.objects.filter(case=case).select_related("written_by").order_by("-written_at", "-id"))


def turns(case: Case) -> list[CaseTurn]:
    """Return every closing and reopening."""
    return list(CaseTurn.objects.filter(case=case).select_related("turned_by").order_by("turned_at", "id"))


def papers_of(case: Case) -> list[Paper]:
    """Return the papers made from the case, newest first."""
    return list(Paper.objects.filter(case=case).select_related("made_by", "released_by").order_by("-made_at", "-id"))
