"""A school's own plan is read in, looked at, and the rows somebody chose become a draft. The file itself is not kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now
from aktsom.core.timing.yearly.expressions import Unset
from aktsom.plans.models import EnvironmentPlan, PlanReading
from aktsom.plans.reading import Recognised
from aktsom.plans.reading.cells import times_of, who_cell
from aktsom.plans.reading.recognising import area_of
from aktsom.plans.rules.content import PlanContent, Row, Section, SectionForm, as_plain, row_from
from aktsom.plans.rules.editions import EditionState
from aktsom.plans.services.editions import begin_edition, begin_plan

LONGEST_UNREAD = 5_000  # pieces of text outside tables that are kept for the person to see; a document never has more blocks


@dataclass(frozen=True)
class TakenRow:
    """One row somebody took, with what she corrected. ``number`` is its place among the rows that were read."""

    number: int
    what: str
    who: str
    when: str


@service(Event.PLAN_READ_IN, action=Action.PLAN_BEGIN, on="school")
def keep_reading(*, by: Actor, school: Any, name: str, found: Recognised) -> PlanReading:
    """Keep what was read until it is looked at. Raises Refused when no table row was found."""
    if not found.rows:
        raise Refused(["Vi fant ingen tabeller med tiltak i teksten. Lim inn selve tabellen, med overskriftene."])
    rows = [
        {
            "row": as_plain(_alone(item.row))["sections"][0]["rows"][0],
            "original": list(item.original),
            "section": item.section,
            "questions": list(item.questions),
            "is_whole": item.is_whole,
        }
        for item in found.rows
    ]
    return PlanReading.objects.create(
        school=school, name=name[:200], rows=rows, unread=list(found.unread[:LONGEST_UNREAD]), made_by_id=by.own_id, made_at=now()
    )


def _alone(row: Row) -> PlanContent:
    return PlanContent("x", sections=(Section("x", "x", area_of(""), SectionForm.TABLE, rows=(row,)),))


def take_reading(*, by: Actor, reading: PlanReading, taken: Iterable[TakenRow]) -> EnvironmentPlan:
    """Make a draft of the rows that were taken: the school's first plan, or a new edition of the one it has.

    Raises Refused when nothing was taken, or while another draft is being written.
    """
    rows = list(taken)
    if not rows:
        raise Refused(["Velg minst én rad."])
    with transaction.atomic():
        plan = _draft_of(by=by, reading=reading, content=_content(reading, rows))
        _mark_taken(by=by, reading=reading)
    return plan


def _draft_of(*, by: Actor, reading: PlanReading, content: PlanContent) -> EnvironmentPlan:
    plan: EnvironmentPlan | None = EnvironmentPlan.objects.filter(school_id=reading.school_id).first()
    if plan is None:
        begun: EnvironmentPlan = begin_plan(by=by, place=reading.school, content=content)
        return begun
    if plan.editions.filter(state__in=[EditionState.DRAFT, EditionState.TREATED]).exists():
        raise Refused(["Det er et utkast fra før. Skriv det ferdig eller legg det bort først."])
    begin_edition(by=by, plan=plan, content=content, reason=reading.name)
    return plan


@service(Event.PLAN_TAKEN_OVER, action=Action.PLAN_BEGIN, on="reading")
def _mark_taken(*, by: Actor, reading: PlanReading) -> PlanReading:
    reading.taken_at = now()
    reading.save(update_fields=["taken_at"])
    return reading


def _content(reading: PlanReading, rows: list[TakenRow]) -> PlanContent:
    sections: dict[str, list[Row]] = {}
    for item in rows:
        kept = reading.rows[item.number]
        sections.setdefault(kept["section"], []).append(_corrected(row_from(kept["row"]), item))
    made = tuple(
        Section(f"del-{number}", title, area_of(title), SectionForm.TABLE, rows=tuple(each))
        for number, (title, each) in enumerate(sections.items(), 1)
    )
    return PlanContent(reading.name.rsplit(".", 1)[0] or "Plan", sections=made)


def _corrected(row: Row, item: TakenRow) -> Row:
    """Return the row with the person's own words; what was understood is read again only where she changed it."""
    if item.who.strip() != (row.who_said or ", ".join(row.who)):
        matched = who_cell(item.who)
        row = replace(row, who=matched.roles, who_said=item.who.strip() if matched.unmatched else "")
    if item.when.strip() != row.when_said:
        row = replace(row, when_said=item.when.strip(), timings=times_of(item.when) or (Unset(),), parts=())
    return replace(row, what=item.what.strip() or row.what)


__all__ = ["TakenRow", "keep_reading", "take_reading"]
