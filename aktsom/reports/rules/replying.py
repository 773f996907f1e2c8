"""When the school's own standard promises an answer. Never an invented number."""

from __future__ import annotations

from datetime import date

from aktsom.core.timing.calendar import add_working_days


def reply_day(received_on: date, standard_days: int | None) -> date | None:
    """Return the day an answer is promised by, or None when the school has set no standard."""
    return None if standard_days is None else add_working_days(received_on, standard_days)
