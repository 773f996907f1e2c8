"""What one line of «I dag» is: how soon, what, why, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy


class Weight(IntEnum):
    """How soon something needs a person; lower comes first."""

    NOW = 0
    NEW = 1
    LATE = 2
    TODAY = 3
    SOON = 4
    YEAR = 5
    OWN = 6


GROUPS = {
    Weight.NOW: _lazy("Haster"),
    Weight.NEW: _lazy("Nye meldinger"),
    Weight.LATE: _lazy("Over tiden"),
    Weight.TODAY: _lazy("Å gjøre"),
    Weight.SOON: _lazy("Kommer"),
    Weight.YEAR: _lazy("Fra årshjulet"),
    Weight.OWN: _lazy("Saken"),
}


def due_words(*, late: bool) -> str:
    """Return what the day of a need is called."""
    return _("Skulle vært gjort") if late else _("Skal gjøres")


@dataclass(frozen=True)
class Need:
    """One thing that needs the person: what, why now, where, and the words on the one action."""

    weight: Weight
    since: str
    what: str
    why: str
    url: str
    action: str
    school_id: int = 0
    school: str = ""
    when: date | datetime | None = None
    when_is: str = ""  # what the day is: that it came, that it has passed, that it starts
    about: Any = None  # the case or measure whose name or words the line shows, for the read record
    with_same_words: tuple[Any, ...] = ()  # other measures the line stands for, for the read record
    case_ref: str = ""  # the case it names, where the line was read without the case itself

    @property
    def group(self) -> str:
        return str(GROUPS[self.weight])

    @property
    def order(self) -> tuple[int, str]:
        return (self.weight, self.since)


@dataclass(frozen=True)
class Today:
    """The start page: what needs the person, and the records it showed, for the read record."""

    needs: list[Need]
    reports: list[Any]
    cases: list[Any]
    measures: list[Any] = field(default_factory=list)
    routines: list[Any] = field(default_factory=list)  # routines for reporting she has not said that she has read, and whose
    schools: list[str] = field(default_factory=list)  # when there are several; with one, the frame says which
