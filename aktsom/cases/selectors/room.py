"""The case room: the head with road and next step, and the parts inside the actor's walls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from aktsom.cases.access import notes_visible_to, parts_visible_to
from aktsom.cases.facts import closing_of, facts_of, is_from_today, with_facts
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

NOTES_SHOWN = 20  # of each part on the tab; the rest in pages


@dataclass(frozen=True)
class CaseStanding:
    """Where one case stands."""

    facts: CaseFacts
    step: NextStep
    road: list[tuple[RoadStep, RoadState]]
    plan: PlanStanding | None
    closing: list[ClosingObstacle]
    is_from_today: bool


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
        closing=closing_of(row, plan, reason="safe", note="-", why_already="-"),
        is_from_today=is_from_today(plan),
    )


@dataclass(frozen=True)
class PartPage:
    """One walled part: what was found out last in it, how much there is in all, and the pupil's voice."""

    part: CasePart
    notes: list[Any]
    notes_in_all: int
    hearings: list[Hearing]
    best_interests: list[BestInterests]

    @property
    def corrected(self) -> set[int]:
        """The notes that a later one corrects."""
        return {note.pk for note in self.notes if note.is_corrected}

    @property
    def has_more(self) -> bool:
        """Whether there is more than what is shown."""
        return self.notes_in_all > len(self.notes)


def part_notes(part: CasePart) -> QuerySet[Note]:
    """Return everything found out in one part, newest first, for a list in pages. The part is already inside the walls."""
    return with_corrections(Note.objects.filter(part=part)).select_related("written_by").order_by("-happened_at", "-id")


def with_corrections(notes: QuerySet[Note]) -> QuerySet[Note]:
    """Annotate notes with whether a later one corrects them."""
    return notes.annotate(is_corrected=Exists(Note.objects.filter(corrects_id=OuterRef("pk"))))


def notes_of_parts(actor: Actor, case: Case) -> list[PartPage]:
    """Return the parts inside the actor's walls with the last notes of each, oldest of them first.

    However much a case holds, the page opens as quickly: the rest is one link away.
    """
    parts = list(parts_visible_to(actor, case))
    newest = {"partition_by": "part_id", "order_by": [F("happened_at").desc(), F("id").desc()]}
    numbered = with_corrections(Note.objects.filter(part__in=parts)).annotate(
        place=Window(RowNumber(), **newest), in_part=Window(Count("pk"), partition_by="part_id")
    )
    shown: list[Any] = list(numbered.filter(place__lte=NOTES_SHOWN).select_related("written_by").order_by("happened_at", "id"))
    return [_notes_page(part, [note for note in shown if note.part_id == part.pk]) for part in parts]


def _notes_page(part: CasePart, notes: list[Any]) -> PartPage:
    return PartPage(part=part, notes=notes, notes_in_all=notes[0].in_part if notes else 0, hearings=[], best_interests=[])


def voices_of_parts(actor: Actor, case: Case) -> list[PartPage]:
    """Return the parts inside the actor's walls with what the pupils said and what is best for them."""
    parts = list(parts_visible_to(actor, case))
    hearings = list(Hearing.objects.filter(part__in=parts).select_related("held_by").order_by("written_at", "id"))
    weighed = list(BestInterests.objects.filter(part__in=parts).select_related("written_by").order_by("written_at", "id"))
    return [
        PartPage(
            part=part,
            notes=[],
            notes_in_all=0,
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
