"""What every service of a case needs: the case's key on a new record, the mark of when it was last touched, its plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.urls import reverse

from aktsom.cases.access import forget_roles, get_part, shut_out_of
from aktsom.cases.knowing import knows
from aktsom.cases.models import Case, CasePart, CaseRecord
from aktsom.core.access.actor import Actor
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now
from aktsom.measures.selectors import plan_of_file

R = TypeVar("R", bound=CaseRecord)


def write(model: type[R], case: Case, **values: Any) -> R:
    """Write a record of the case, sealed with its key, and note that the case was touched."""
    record = model(content_key_id=case.content_key_id, **(values | {"case": case}))
    record.save()
    touch(case)
    return record


def touch(case: Case) -> None:
    """Note that somebody did something in the case."""
    forget_roles(case)
    case.last_touched_at = now()
    case.save(update_fields=["last_touched_at"])


def inside_walls(by: Actor, case: Case, part: CasePart) -> CasePart:
    """Return the part, or raise OutOfReach when the actor stands outside its walls."""
    return get_part(by, case, part.public_id)


def plan_of(by: Actor, case: Case) -> Any:
    """Return the pupil's plan kept in this case; every case has one from the day it is opened."""
    return plan_of_file(by, case.public_id)


def tell(by: Actor, case: Case, person_ids: Iterable[int], code: str, occasion: str, *, page: str = "cases:case-detail") -> None:
    """Put a notice without name or content; nobody who is shut out gets one, and no pupil who has not been told of the case."""
    left_out = shut_out_of(case) | {by.person_id}
    receivers = [pk for pk in dict.fromkeys(person_ids) if pk not in left_out and (pk != case.pupil_id or knows(case))]
    if receivers:
        notify(
            by=by,
            person_ids=receivers,
            code=code,
            occasion=f"{case.public_id}:{occasion}",
            path=reverse(page, args=[case.public_id]),
            scope=case.scope(),
        )
