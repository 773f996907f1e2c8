"""What plans in tests are made of."""

from __future__ import annotations

from datetime import date

from aktsom.core.timing.clock import today
from aktsom.plans.rules.editions import ProcedureHead


def procedure_head(number: int = 1, *, revised_on: date | None = None) -> ProcedureHead:
    """Return the whole head of an owner's procedure, approved today."""
    return ProcedureHead("Skolesjefen", today(), revised_on or today(), "7", str(number))
