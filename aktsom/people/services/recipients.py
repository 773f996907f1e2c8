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
from aktsom.core.audit.scope import Scope
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now, today
from aktsom.people.access import in_force
from aktsom.people.models import OwnerRecipient, Person, Position
from aktsom.people.rules import OwnerPurpose, obstacles_to_receiving


@service(Event.OWNER_RECIPIENTS_SET, action=Action.OWNER_ARRANGE, on="owner")
def set_recipients(*, by: Actor, owner: Any, purpose: OwnerPurpose, people: Collection[Person], school: Any = None) -> Any:
    """Set who receives one kind of notice from all the owner's schools, or from one of them alone, from today.

    Those for one school stand as they are when all are set; nobody for one school means that it has the same as all.
    Raises Refused for somebody who is no handler at the owner, or for another owner's school.
    """
    is_owners = school is None or school.owner_id == owner.pk
    obstacles = obstacles_to_receiving(wanted={person.pk for person in people}, handlers=_handlers(owner), is_owners_school=is_owners)
    if obstacles:
        raise Refused(obstacles)
    rows = OwnerRecipient.objects.filter(in_force(today()), owner=owner, purpose=purpose, school=school)
    there = {row.person_id: row for row in rows}
    wanted = {person.pk: person for person in people}
    for person_id, row in there.items():
        if person_id not in wanted:
            row.valid_until = today() - timedelta(days=1)
            row.valid_from = min(row.valid_from, row.valid_until)
            row.save()
    for person_id, person in wanted.items():
        if person_id not in there:
            OwnerRecipient.objects.create(owner=owner, person=person, purpose=purpose, school=school, valid_from=today())
    return owner


@service(Event.OWNER_RECIPIENTS_TRIED, action=Action.OWNER_ARRANGE, on="owner")
def try_recipients(*, by: Actor, owner: Any) -> list[Any]:
    """Send a notice that only asks to be opened to everybody who receives something, so that it is known to arrive (OWN-08)."""
    named = OwnerRecipient.objects.filter(in_force(today()), owner=owner).order_by("person_id").values_list("person_id", flat=True)
    people = sorted({*named, *_handlers(owner)})
    occasion = f"{owner.public_id}:{now().isoformat(timespec='seconds')}"
    path = f"/skolen/eier/{owner.public_id}/mottakere/"
    return notify(by=by, person_ids=people, code="owner.test", occasion=occasion, path=path, scope=Scope(owner_id=owner.pk), urgent=True)


def _handlers(owner: Any) -> set[int]:
    return set(Position.objects.filter(in_force(today()), owner=owner, role=Role.OWNER_HANDLER).values_list("person_id", flat=True))
