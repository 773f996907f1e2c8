"""What the open plan pages ask the wheel: the dates the school has entered, and who holds the plan's roles."""

from __future__ import annotations

from datetime import date
from typing import Any

from aktsom.plans.selectors.entered import Entered
from aktsom.wheel.planned import known_of
from aktsom.wheel.selectors.roles import holders_at, people_by_role


def entered_for(year: Any) -> Entered:
    """Return what the school has entered for the rows of a year."""
    known = known_of(year)
    return Entered(known.facts, known.external, tuple(sorted(set(known.first_lessons.values()))))


def names_by_role(school_id: int, day: date) -> dict[str, list[str]]:
    """Return the names of those who hold each role today: by position, and those the role was given to by name."""
    found = people_by_role(school_id, day)
    for holder in holders_at(school_id, day):
        if holder.valid_from <= day:
            found.setdefault(holder.role, []).append(str(holder.person))
    return {code: list(dict.fromkeys(names)) for code, names in found.items()}
