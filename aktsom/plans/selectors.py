"""The procedure a school follows, read from its plan file."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from aktsom.core.timing.clock import today
from aktsom.plans.access import procedures_visible_to
from aktsom.plans.loading import library_procedure, load_procedure
from aktsom.plans.rules import Procedure
from aktsom.core.access.actor import ANONYMOUS


class NoProcedure(LookupError):
    """The school has not chosen a plan yet."""


def procedure_of(school_id: int, on: date | None = None) -> Procedure:
    """Return the procedure in force at the school on ``on`` (default today); raise NoProcedure when none is chosen."""
    day = on or today()
    chosen = (
        procedures_visible_to(ANONYMOUS)
        .filter(school_id=school_id, valid_from__lte=day)
        .exclude(valid_until__lt=day)
        .order_by("-valid_from")
        .values("pk", "code", "text")
        .first()
    )
    if chosen is None:
        raise NoProcedure(f"school {school_id} has no plan in force on {day}")
    return _own(chosen["text"], chosen["code"]) if chosen["text"] else library_procedure(chosen["code"])


@lru_cache(maxsize=256)
def _own(text: str, code: str) -> Procedure:
    return load_procedure(text, name=f"{code}.yaml")
