"""What one colleague does for another's account."""

from __future__ import annotations

from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import NotAllowed
from aktsom.core.accounts.services import reset_second_factor
from aktsom.core.timing.clock import today
from aktsom.people.access import works_at
from aktsom.people.models import Person


def reset_colleague_factor(*, by: Actor, school: Any, person: Person, reason: str) -> Any:
    """Take away the second factor of somebody who works at the school. Raises NotAllowed for anybody else."""
    if not works_at(person.pk, school.pk, today()):
        raise NotAllowed(Action.ACCOUNT_RESET_FACTOR, school)
    return reset_second_factor(by=by, school=school, person=person, reason=reason)
