"""Who has had training in privacy, until when it counts, and whom the school works with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.people.access import in_force, partners_visible_to
from aktsom.people.models import Partner, Person, Position, PrivacyTraining, TrainingDemand
from aktsom.people.rules import months_after, training_holds


@dataclass(frozen=True)
class TrainingRow:
    """One colleague: what she had last, until when it counts, and whether it counts today."""

    person: Person
    name: str
    held_on: date | None
    counts_until: date | None
    holds: bool


def open_demand(owner_id: int) -> TrainingDemand | None:
    """Return what the owner demands, also when it has not begun; None when it demands nothing."""
    return TrainingDemand.objects.filter(owner_id=owner_id, valid_until=None).first()


def training_rows(people: list[Person], demand: TrainingDemand | None) -> list[TrainingRow]:
    """Return the people by name with what they have had, those who lack it first."""
    months = demand.renewal_months if demand else None
    had: dict[int, list[PrivacyTraining]] = defaultdict(list)
    for training in PrivacyTraining.objects.filter(person__in=people).order_by("-held_on", "-id"):
        had[training.person_id].append(training)
    rows = [_row(person, had[person.pk], months) for person in people]
    return sorted(rows, key=lambda row: (row.holds, row.person.folded_name, row.person.pk))


def _row(person: Person, had: list[PrivacyTraining], months: int | None) -> TrainingRow:
    last = had[0] if had else None
    until = months_after(last.held_on, months) if last and months is not None else None
    holds = training_holds([row.held_on for row in had], renewal_months=months, day=today())
    return TrainingRow(person, last.name if last else "", last.held_on if last else None, until, holds)


def people_of_owner(owner_id: int) -> list[Person]:
    """Return those who work for the owner itself, and the heads of its schools."""
    rows = Position.objects.filter(in_force(today())).select_related("person")
    own = rows.filter(owner_id=owner_id) | rows.filter(school__owner_id=owner_id, role=Role.HEAD_TEACHER)
    return list(dict.fromkeys(row.person for row in own.order_by("id")))


def who_records(actor: Actor) -> list[Person]:
    """Return who can write in the actor's training: heads and organisers of her schools, and the owner's handlers."""
    schools = actor.schools_as(Role.STAFF)
    owners = actor.owners_as(Role.OWNER_HANDLER)
    rows = Position.objects.filter(in_force(today())).exclude(person_id=actor.own_id).select_related("person")
    near = rows.filter(school_id__in=schools, role__in=[Role.HEAD_TEACHER, Role.SCHOOL_ADMIN]).order_by("id")
    handlers = rows.filter(role=Role.OWNER_HANDLER)
    above = [*handlers.filter(owner__schools__in=schools).order_by("id"), *handlers.filter(owner_id__in=owners).order_by("id")]
    return list(dict.fromkeys(row.person for row in [*near, *above]))


def partners_of(actor: Actor, school: Any) -> list[Partner]:
    """Return whom the school works with, by name."""
    return list(partners_visible_to(actor).filter(school=school))
