"""A school's own plan is read in, looked at, and the rows somebody chose become a draft. The file itself is not kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import connection, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now
from aktsom.plans.models import EnvironmentPlan, PlanReading
from aktsom.plans.reading import Recognised
from aktsom.plans.reading.kept import TypedRow, corrected, kept_row, mark_of, rearranged, with_correction
from aktsom.plans.reading.recognised import LONGEST_WHAT, area_of
from aktsom.plans.rules.content import PlanContent, Row, RowKind, Section, SectionForm, content_from, row_from
from aktsom.plans.rules.editions import EditionState
from aktsom.plans.rules.steps import Edit
from aktsom.plans.services.editing import edit_plan
from aktsom.plans.services.editions import begin_edition, begin_plan

LONGEST_UNREAD = 5_000  # pieces of text outside tables that are kept for the person to see; a document never has more blocks


@service(Event.PLAN_READ_IN, action=Action.PLAN_BEGIN, on="school")
def keep_reading(*, by: Actor, school: Any, name: str, found: Recognised) -> PlanReading:
    """Keep what was read until it is looked at. Raises Refused when there was neither a row nor a piece of text."""
    if not found.rows and not found.rest:
        raise Refused(["Vi fant ingen tabeller med tiltak i teksten. Lim inn selve tabellen, med overskriftene."])
    rest = [{"text": piece.text, "heading": piece.heading, "is_item": piece.is_item} for piece in found.rest[:LONGEST_UNREAD]]
    rows = [kept_row(item) for item in found.rows]
    title = found.title or _("%(school)s: plan for et trygt og godt skolemiljø") % {"school": school}
    return PlanReading.objects.create(
        school=school, name=name[:200], title=title[:200], rows=rows, unread=rest, made_by_id=by.own_id, made_at=now()
    )


@service(Event.PLAN_READING_CORRECTED, action=Action.PLAN_BEGIN, on="reading")
def correct_reading(
    *,
    by: Actor,
    reading: PlanReading,
    seen: str,
    typed: Iterable[TypedRow],
    title: str,
    texts: Iterable[int],
    deed: str = "",
    number: int = -1,
) -> PlanReading:
    """Keep what was typed, and take a row apart or put two together when that was asked for.

    ``seen`` is the mark of the rows on the screen. Raises Refused when somebody else has changed them meanwhile.
    """
    current = _held(reading, seen)
    fields = {row.number: row for row in typed}
    rows = [with_correction(kept, fields[at]) if at in fields else kept for at, kept in enumerate(current.rows)]
    chosen = set(texts)
    current.unread = [{**piece, "is_taken": at in chosen} if isinstance(piece, dict) else piece for at, piece in enumerate(current.unread)]
    current.rows, current.title = rearranged(rows, deed, number), title.strip()[:200] or current.title
    current.save(update_fields=["rows", "unread", "title"])
    return current


def _held(reading: PlanReading, seen: str) -> PlanReading:
    """Return the reading as it is now, held until it is written (one writer at a time)."""
    found = PlanReading.objects.filter(pk=reading.pk)
    current: PlanReading = (
        (found.select_for_update() if connection.features.has_select_for_update else found).select_related("school").get()
    )
    if mark_of(current.rows) != seen:
        raise Refused(["Radene er endret etter at du åpnet siden. Åpne den på nytt."])
    return current


def take_reading(
    *,
    by: Actor,
    reading: PlanReading,
    seen: str,
    taken: Iterable[TypedRow],
    texts: Iterable[int] = (),
    title: str = "",
    add_to_plan: bool = False,
) -> EnvironmentPlan:
    """Make a draft of the rows that were taken: the school's first plan, or a new edition of the one it has.

    ``texts`` are the pieces of text taken as they stand. ``add_to_plan`` puts everything after what the plan has, in the draft being
    written or in a new edition of what is in force. Raises Refused when nothing was taken, or when a draft stands in the way.
    """
    rows = [row for row in taken if row.is_taken]
    pieces = [reading.unread[number] for number in texts]
    if not rows and not pieces:
        raise Refused(["Velg minst én rad."])
    with transaction.atomic():
        content = _content(_held(reading, seen), rows, pieces, title)
        plan: EnvironmentPlan | None = EnvironmentPlan.objects.filter(school_id=reading.school_id).first()
        if plan is None:
            plan = begin_plan(by=by, place=reading.school, content=content)
        elif add_to_plan:
            _add_to(by=by, plan=plan, content=content, reason=reading.name)
        else:
            _begin_anew(by=by, plan=plan, content=content, reason=reading.name)
        _mark_taken(by=by, reading=reading)
    made: EnvironmentPlan = plan
    return made


def _begin_anew(*, by: Actor, plan: EnvironmentPlan, content: PlanContent, reason: str) -> None:
    if plan.editions.filter(state__in=[EditionState.DRAFT, EditionState.TREATED]).exists():
        raise Refused(["Det er et utkast fra før. Legg radene til i det, eller skriv det ferdig eller legg det bort først."])
    begin_edition(by=by, plan=plan, content=content, reason=reason)


def _add_to(*, by: Actor, plan: EnvironmentPlan, content: PlanContent, reason: str) -> None:
    """Put the parts and rows after those the plan has, one change at a time, so that each can be undone."""
    draft = plan.editions.filter(state__in=[EditionState.DRAFT, EditionState.TREATED]).first()
    draft = draft or begin_edition(by=by, plan=plan, reason=reason)
    there = content_from(draft.content)
    keys = {section.key for section in there.sections} | {row.key for _section, row in there.rows()}
    for section in content.sections:
        own = replace(section, key=_free(f"fra-fil-{section.key}", keys), rows=())
        draft = edit_plan(by=by, edition=draft, edit=Edit("add_section", own.key, section=own))
        for row in section.rows:
            kept = replace(row, key=_free(row.key, keys))
            draft = edit_plan(by=by, edition=draft, edit=Edit("add_row", kept.key, row=kept, into=own.key))


def _free(key: str, taken: set[str]) -> str:
    """Return the key, or the key with the first number nobody has, and remember it."""
    free = next(each for each in (key, *(f"{key}-{number}" for number in range(2, len(taken) + 3))) if each not in taken)
    taken.add(free)
    return free


@service(Event.PLAN_TAKEN_OVER, action=Action.PLAN_BEGIN, on="reading")
def _mark_taken(*, by: Actor, reading: PlanReading) -> PlanReading:
    reading.taken_at = now()
    reading.save(update_fields=["taken_at"])
    return reading


def _content(reading: PlanReading, rows: list[TypedRow], pieces: list[Any], title: str) -> PlanContent:
    sections: dict[str, list[Row]] = {}
    keys: set[str] = set()
    for item in rows:
        kept = reading.rows[item.number]
        sections.setdefault(kept["section"], []).append(corrected(row_from(kept["row"]), item))
        keys.add(kept["row"]["key"])
    with_tables = set(sections)
    for piece in pieces:
        sections.setdefault(piece["heading"][:120] or _("Tekst fra planen"), []).append(_text_row(piece["text"], keys))
    made = tuple(
        Section(f"del-{number}", title, area_of(title), SectionForm.TABLE if title in with_tables else SectionForm.TEXT, rows=tuple(each))
        for number, (title, each) in enumerate(sections.items(), 1)
    )
    return PlanContent(title.strip()[:200] or reading.title or reading.name, sections=made)


def _text_row(text: str, keys: set[str]) -> Row:
    """Return a piece of text as a row to read, its words as they stood: what is too long for the first line goes on in the next."""
    at = len(text) if len(text) <= LONGEST_WHAT else text.rfind(" ", 0, LONGEST_WHAT)
    at = LONGEST_WHAT if at <= 0 else at
    key = _free(slugify(text)[:40].strip("-") or "tekst", keys)
    return Row(key, RowKind.TEXT, text[:at], how=text[at:].strip())


__all__ = ["TypedRow", "correct_reading", "keep_reading", "take_reading"]
