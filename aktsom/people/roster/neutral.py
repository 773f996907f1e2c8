"""What every list of people comes down to, whichever system it came from.

A reader yields these records one after another. Ids are the source's own; ``Header.source`` says which source.
There is no place here for passwords, national identity numbers, addresses, grades or absence: a reader cannot pass on
what has nowhere to go.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _


class Where(NamedTuple):
    """A place in a file: its name and the line, 0 when the file as a whole is meant."""

    file: str
    line: int = 0


class UnreadableRoster(Exception):
    """The list cannot be read: where, why, and what to do about it. Nothing has been imported."""

    def __init__(self, where: Where, reason: str, remedy: str) -> None:
        self.where, self.reason, self.remedy = where, reason, remedy
        place = _("%(file)s, linje %(line)s") % where._asdict() if where.line else where.file
        super().__init__(_("%(place)s: %(reason)s %(remedy)s") % {"place": place, "reason": reason, "remedy": remedy})


class Mode(StrEnum):
    """Whether what is not in the list has ended (full) or is merely not mentioned (delta)."""

    FULL = "full"
    DELTA = "delta"


class Kind(StrEnum):
    """What is counted in the report."""

    SCHOOL = "school"
    PERSON = "person"
    PLACE = "place"
    GROUP = "group"
    MEMBERSHIP = "membership"
    GUARDIANSHIP = "guardianship"


class GroupType(StrEnum):
    """The kinds of groups that are read. Everything else is skipped with a reason."""

    HOMEROOM = "homeroom"
    MENTOR = "mentor"
    TEACHING = "teaching"
    SFO = "sfo"
    GRADE = "grade"  # only tells which grade its pupils are on


class Part(StrEnum):
    """What a person is at a school or in a group."""

    PUPIL = "pupil"
    CONTACT_TEACHER = "contact_teacher"
    TEACHER = "teacher"
    ASSISTANT = "assistant"
    OTHER_STAFF = "other_staff"


@dataclass(frozen=True, slots=True)
class Header:
    """Which system the list comes from, and whether it is whole."""

    source: str
    mode: Mode


@dataclass(frozen=True, slots=True)
class School:
    external_id: str
    name: str
    org_number: str
    where: Where


@dataclass(frozen=True, slots=True)
class Person:
    """A person. ``former_ids`` are ids the source says it used before. ``ended`` is said by delta lists."""

    external_id: str
    given_name: str
    family_name: str
    where: Where
    birth_date: date | None = None
    email: str = ""
    phone: str = ""
    former_ids: tuple[str, ...] = ()
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A person belongs to a school, as pupil or as somebody who works there, with the last day included."""

    person_id: str
    school_id: str
    part: Part
    title: str = ""
    grade: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    external_id: str
    school_id: str
    type: GroupType
    name: str
    where: Where
    grade: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    group_id: str
    person_id: str
    part: Part
    valid_from: date | None = None
    valid_until: date | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Guardianship:
    """A guardian is named for a pupil. No format here says who has parental responsibility, so it is never set."""

    pupil_id: str
    guardian_id: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in the list that is not read, with the reason a person will see."""

    kind: Kind
    reason: str
    where: Where


@dataclass(frozen=True, slots=True)
class Warned:
    """Something in the list that should not be there, such as passwords. It is not read."""

    reason: str
    where: Where


def passwords(place: str) -> str:
    """Return the warning about passwords in a list. They are never looked at, only seen to be there."""
    return _("Filen har passord i «%(place)s». De er ikke lest inn. Be den som lager filen om å ta dem bort.") % {"place": place}


Record = Header | School | Person | Place | Group | Membership | Guardianship | Skipped | Warned
