"""Whom an owner has set to receive what the schools send (ESC-08)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import today
from aktsom.people.access import in_force
from aktsom.people.models import OwnerRecipient, Person, Position
from aktsom.people.rules import OwnerPurpose, obstacles_to_receiving


@service(Event.OWNER_RECIPIENTS_SET, action=Action.OWNER_ARRANGE, on="owner")
def set_recipients(*, by: Actor, owner: Any, purpose: OwnerPurpose, people: Collection[Person]) -> Any:
    """Set who receives one kind of notice from all the owner's schools, from today. Those for one school stand as they are."""
    handlers = Position.objects.filter(in_force(today()), owner=owner, role=Role.OWNER_HANDLER).values_list("person_id", flat=True)
    obstacles = obstacles_to_receiving(wanted={person.pk for person in people}, handlers=set(handlers))
    if obstacles:
        raise Refused(obstacles)
    rows = OwnerRecipient.objects.filter(in_force(today()), owner=owner, purpose=purpose, school=None)
    there = {row.person_id: row for row in rows}
    wanted = {person.pk: person for person in people}
    for person_id, row in there.items():
        if person_id not in wanted:
            row.valid_until = today() - timedelta(days=1)
            row.valid_from = min(row.valid_from, row.valid_until)
            row.save()
    for person_id, person in wanted.items():
        if person_id not in there:
            OwnerRecipient.objects.create(owner=owner, person=person, purpose=purpose, valid_from=today())
    return owner
