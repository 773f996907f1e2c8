"""The owner asks for training in privacy, and colleagues' training is written in (opplæringsforskrifta § 20-2)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.people.access import in_force
from aktsom.people.models import Person, Position, PrivacyTraining, TrainingDemand
from aktsom.people.rules import obstacles_to_demanding_training, obstacles_to_recording_training, training_holds


def record_trainings(*, by: Actor, place: Any, people: list[Person], name: str, held_on: date) -> None:
    """Write in the same training for several colleagues: for all of them or for nobody. Raises Refused."""
    with transaction.atomic():
        for person in people:
            record_training(by=by, place=place, person=person, name=name, held_on=held_on)


@service(Event.TRAINING_RECORDED, action=Action.TRAINING_RECORD, on="place")
def record_training(*, by: Actor, place: Any, person: Person, name: str, held_on: date) -> PrivacyTraining:
    """Write in that somebody who works at the place (a school or an owner) has had training. Raises Refused."""
    obstacles = obstacles_to_recording_training(
        name=name,
        held_on=held_on,
        today=today(),
        is_own=person.pk == by.own_id,
        for_owner=place.scope().owner_id in by.owners_as(Role.OWNER_HANDLER),
        works_here=person.pk in working_at(place),
    )
    if obstacles:
        raise Refused(obstacles)
    return PrivacyTraining.objects.create(person=person, name=name.strip(), held_on=held_on, recorded_by_id=by.person_id, recorded_at=now())


def working_at(place: Any) -> set[int]:
    """Return who works at a school; at an owner, those who work for the owner itself and the heads of its schools."""
    scope = place.scope()
    rows = Position.objects.filter(in_force(today()))
    if scope.school_id is not None:
        return set(rows.filter(school_id=scope.school_id).values_list("person_id", flat=True))
    heads = rows.filter(school__owner_id=scope.owner_id, role=Role.HEAD_TEACHER)
    return set((rows.filter(owner_id=scope.owner_id) | heads).values_list("person_id", flat=True))


@service(Event.TRAINING_DEMANDED, action=Action.TRAINING_DEMAND, on="owner")
def demand_training(*, by: Actor, owner: Any, valid_from: date, renewal_months: int | None = None) -> TrainingDemand:
    """Decide that nobody reads about a pupil without training from a day on. One demand holds at a time. Raises Refused."""
    held = list(PrivacyTraining.objects.filter(person_id=by.own_id).values_list("held_on", flat=True))
    own_holds = training_holds(held, renewal_months=renewal_months, day=valid_from)
    obstacles = obstacles_to_demanding_training(valid_from=valid_from, today=today(), own_holds=own_holds)
    if obstacles:
        raise Refused(obstacles)
    _end_open(owner, valid_from)
    return TrainingDemand.objects.create(owner=owner, valid_from=valid_from, renewal_months=renewal_months)


@service(Event.TRAINING_DEMAND_ENDED, action=Action.TRAINING_DEMAND, on="owner")
def end_demand(*, by: Actor, owner: Any) -> None:
    """Let training no longer decide who gets in. What is written in about each person stays."""
    _end_open(owner, today())


def _end_open(owner: Any, before: date) -> None:
    """End the open demand the day before; one that has not begun by then never holds."""
    for demand in TrainingDemand.objects.filter(owner=owner, valid_until=None):
        demand.valid_until = before - timedelta(days=1)
        demand.valid_from = min(demand.valid_from, demand.valid_until)
        demand.save()
