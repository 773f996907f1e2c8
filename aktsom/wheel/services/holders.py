"""Give a role of the plan to a named person, and end it. The tasks follow the role."""

from __future__ import annotations

from datetime import date
from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.people.selectors import works_at
from aktsom.plans.rules.duty_roles import BY_CODE
from aktsom.wheel.models import RoleHolder


@service(Event.ROLE_HOLDER_NAMED, action=Action.WHEEL_ARRANGE, on="school")
def name_role_holder(*, by: Actor, school: Any, role: str, person: Any, valid_from: date, valid_until: date | None = None) -> RoleHolder:
    """Let somebody at the school hold a role of the plan. Raises Refused for an unknown role or somebody who does not work there."""
    if role not in BY_CODE:
        raise Refused(["Rollen finnes ikke."])
    if not works_at(person.pk, school.pk, valid_from):
        raise Refused(["Velg noen som arbeider ved skolen."])
    return RoleHolder.objects.create(school=school, role=role, person=person, valid_from=valid_from, valid_until=valid_until)


@service(Event.ROLE_HOLDER_ENDED, action=Action.WHEEL_ARRANGE, on="holder")
def end_role(*, by: Actor, holder: RoleHolder, last_day: date) -> RoleHolder:
    """Let the role end with a day."""
    holder.valid_until = max(last_day, holder.valid_from)
    holder.save(update_fields=["valid_until"])
    return holder
