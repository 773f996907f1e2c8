"""Compare what a list asks for with what is here: what is new, what differs, and what has ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from aktsom.people.roster.neutral import Person
from aktsom.people.roster.wishes import Key, Wish

LARGEST_REMOVAL = 0.20  # integrations.md section 3: refuse when more than 20 percent disappear


@dataclass(frozen=True, slots=True)
class Held:
    """A row that is here: its key in the database, its days and its details."""

    pk: int
    valid_from: date
    valid_until: date | None
    detail: tuple[Any, ...] = ()


@dataclass
class Difference:
    """What must be written for one kind."""

    new: dict[Key, Wish] = field(default_factory=dict)
    changed: dict[Key, tuple[Held, Wish]] = field(default_factory=dict)
    ended: dict[Key, Held] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.ended)


def compare(held: dict[Key, Held], asked: dict[Key, Wish], *, day: date, ends: Callable[[Key], bool]) -> Difference:
    """Return the difference. ``ends(key)`` says whether something that is here and not asked for is over."""
    difference = Difference()
    for key, wish in asked.items():
        row = held.get(key)
        if row is None:
            difference.new[key] = wish
        elif _settled(row, wish, day) != row:
            difference.changed[key] = (row, wish)
    for key, row in held.items():
        if key not in asked and (row.valid_until is None or row.valid_until >= day) and ends(key):
            difference.ended[key] = row
    return difference


def _settled(row: Held, wish: Wish, day: date) -> Held:
    """Return the row as it should be. A first day that has passed stays; what the source does not say stays."""
    begins = wish.valid_from if wish.valid_from is not None and row.valid_from > day else row.valid_from
    detail = tuple(new if new is not None else old for new, old in zip(wish.detail, row.detail, strict=True))
    return Held(row.pk, begins, wish.valid_until, detail)


def settled(row: Held, wish: Wish, day: date) -> Held:
    """Return how a row that differs should be written."""
    after = _settled(row, wish, day)
    if after.valid_until is not None and after.valid_until < after.valid_from:
        return Held(after.pk, after.valid_until, after.valid_until, after.detail)
    return after


def over(row: Held, day: date) -> Held:
    """Return the row with yesterday as its last day; one that never began begins and ends there."""
    last = day - timedelta(days=1)
    return Held(row.pk, min(row.valid_from, last), last, row.detail)


@dataclass(frozen=True, slots=True)
class HeldPerson:
    """A person from this source who is here."""

    pk: int
    given_name: str
    family_name: str
    birth_date: date | None
    email: str
    phone: str
    ended_on: date | None
    protected: bool


def person_changes(held: HeldPerson, person: Person, *, renamed: bool = False) -> dict[str, Any]:
    """Return the columns that differ. Empty cells change nothing; protected people keep their e-mail and phone."""
    told: dict[str, Any] = {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "birth_date": person.birth_date or held.birth_date,
        "ended_on": None,
    }
    if not held.protected:
        told |= {"email": person.email or held.email, "phone": person.phone or held.phone}
    if renamed:
        told["external_id"] = person.external_id
    return {name: value for name, value in told.items() if name == "external_id" or getattr(held, name) != value}


def is_large_removal(*, active: int, ended: int) -> bool:
    """Return whether more than a fifth of the active people would be ended."""
    return ended > active * LARGEST_REMOVAL
