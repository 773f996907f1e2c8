"""What a school has said besides its plan: dates for rows, and who holds a role. The domains that keep it say so themselves.

Plans stand below the wheel, so the wheel gives its answers here when it starts (as core.notify is given addresses).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from aktsom.core.timing.yearly import Facts


@dataclass(frozen=True)
class Entered:
    """What a school has entered for a year's rows, by the row's key or «row#part», and when classes have their first lesson."""

    facts: Mapping[str, Facts] = field(default_factory=dict)
    external: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    first_lessons: tuple[date, ...] = ()

    def of(self, key: str) -> Facts:
        """Return what is known about one row or sub-item."""
        facts = self.facts.get(key, Facts())
        return replace(facts, external={**self.external, **facts.external})


YearSource = Callable[[Any], Entered]
NameSource = Callable[[int, date], Mapping[str, list[str]]]
_years: list[YearSource] = []
_names: list[NameSource] = []


def register_entered(years: YearSource, names: NameSource) -> None:
    """Let the domain that keeps dates and role holders answer for them."""
    _years[:], _names[:] = [years], [names]


def entered_for(year: Any) -> Entered:
    """Return what the school has entered for a school year."""
    return _years[0](year) if _years else Entered()


def names_by_role(school_id: int, day: date) -> Mapping[str, list[str]]:
    """Return the names of those who hold each role of the plan on a day, by its code."""
    return _names[0](school_id, day) if _names else {}
