"""The shapes components take. A selector or view fills them; a component only shows them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise


@dataclass(frozen=True)
class Place:
    """One place in the main navigation."""

    label: Promise | str
    url: str
    icon: str = ""
    current: bool = False


@dataclass(frozen=True)
class Tab:
    """One tab in a room. Each is an address of its own, so it works without JavaScript."""

    label: str
    url: str
    current: bool = False
    note: str = ""


@dataclass(frozen=True)
class Step:
    """One step on the law's road. ``state`` is done, now, missing or later."""

    label: str
    state: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class DeadlineCard:
    """A time limit as a person meets it: what, by when, why, and whose rule it is.

    ``state`` is not_started, running, due_today, passed or met; for a right that opens on a day, not_open or open.
    A limit that is only a word in the Act has ``word`` («snarest») and no date.
    """

    what: str
    due: date | datetime | None = None
    word: str = ""
    why: str = ""
    whose: str = ""
    law: str = ""
    law_url: str = ""
    state: str = "running"
    action_label: str = ""
    action_url: str = ""


@dataclass(frozen=True)
class Obstacle:
    """What is missing before a deed can be done, why, and where to put it right."""

    text: str
    why: str = ""
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class Point:
    """One thing the Act or the plan asks for, and whether it is there."""

    label: str
    met: bool
    why: str = ""
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """One event on a timeline."""

    at: datetime
    text: str
    who: str = ""
    detail: str = ""
    icon: str = ""
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a list: cells in the order of the columns, and the address the first cell leads to."""

    cells: tuple[object, ...]
    url: str = ""
