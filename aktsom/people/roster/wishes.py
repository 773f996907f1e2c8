"""What a list asks for on a given day, once its schools are found here: pure, so that it can be tested without a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from aktsom.people.roster import neutral as n
from aktsom.people.roster.neutral import GroupType, Kind, Mode, Part
from aktsom.people.roster.staging import Roster
from aktsom.people.rules import ClassRole, GroupKind, PersonKind, is_of_age

Key = tuple[Any, ...]

CLASS_ROLES = {
    Part.PUPIL: ClassRole.PUPIL,
    Part.CONTACT_TEACHER: ClassRole.CONTACT_TEACHER,
    Part.TEACHER: ClassRole.SUBJECT_TEACHER,
    Part.ASSISTANT: ClassRole.ASSISTANT,
}
GROUP_KINDS = {
    GroupType.HOMEROOM: GroupKind.SCHOOL_CLASS,
    GroupType.MENTOR: GroupKind.CONTACT_GROUP,
    GroupType.TEACHING: GroupKind.TEACHING_GROUP,
    GroupType.SFO: GroupKind.SFO,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What should hold: from a day (None: the source does not say), until a day (None: open), with its details."""

    valid_from: date | None = None
    valid_until: date | None = None
    detail: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Known:
    """What is already here that decides what may be read in."""

    schools: dict[str, int]  # the source's school id -> the school here
    people: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    protected: frozenset[str] = frozenset()  # pupils with protected address
    births: dict[str, date] = field(default_factory=dict)
    day: date = date.min


@dataclass
class Wishes:
    """Everything a list asks for, by the source's ids and our schools."""

    people: dict[str, n.Person] = field(default_factory=dict)
    kinds: dict[str, PersonKind] = field(default_factory=dict)
    enrolments: dict[Key, Wish] = field(default_factory=dict)
    positions: dict[Key, Wish] = field(default_factory=dict)
    groups: dict[Key, Wish] = field(default_factory=dict)
    memberships: dict[Key, Wish] = field(default_factory=dict)
    guardianships: dict[Key, Wish] = field(default_factory=dict)
    over: set[Key] = field(default_factory=set)  # said to be over: (Kind, *key)
    families_left_alone: set[str] = field(default_factory=set)


@lru_cache(maxsize=20_000)
def span(valid_from: date | None, valid_until: date | None) -> Wish:
    """Return one and the same wish for the same days: a county has hundreds of thousands of memberships."""
    return Wish(valid_from, valid_until)


def wishes(roster: Roster, known: Known) -> Wishes:
    """Return what the list asks for. What is left out is counted on the roster with its reason."""
    asked = Wishes()
    _places(roster, known, asked)
    _guardianships(roster, known, asked)
    _people(roster, asked)
    _groups(roster, known, asked)
    _memberships(roster, known, asked)
    return asked


def _places(roster: Roster, known: Known, asked: Wishes) -> None:
    grades = roster.grades(known.day)
    for place in roster.places.values():
        school = known.schools.get(place.school_id)
        person = roster.people.get(place.person_id)
        if school is None:
            roster.skip(Kind.PLACE, _("Skolen leses ikke inn nå."))
        elif person is None:
            roster.skip(Kind.PLACE, _("Personen det vises til, står ikke i listen."))
        else:
            is_pupil = place.part is Part.PUPIL
            key = (place.person_id, school)
            kind = Kind.PLACE
            if _is_over(place, known.day) or person.ended:
                asked.over.add((kind, is_pupil, *key))
                roster.skip(kind, _("Sluttdatoen er passert, eller kilden sier at det er slutt."))
            elif is_pupil:
                grade = place.grade or grades.get(place.person_id)
                asked.enrolments[key] = Wish(place.valid_from, place.valid_until, (grade,))
            else:
                asked.positions[key] = Wish(place.valid_from, place.valid_until, (place.title,))


def _is_over(record: n.Place | n.Membership | n.Group, day: date) -> bool:
    backwards = record.valid_from and record.valid_until and record.valid_from > record.valid_until
    return bool(record.ended or backwards or (record.valid_until and record.valid_until < day))


def _guardianships(roster: Roster, known: Known, asked: Wishes) -> None:
    """A guardian is named, never given responsibility. Protected pupils and pupils of age are left as a person set them."""
    pupils = {person_id for person_id, _school in asked.enrolments}
    for pupil_id in pupils:
        born = roster.people[pupil_id].birth_date or known.births.get(pupil_id)
        if pupil_id in known.protected or is_of_age(born, known.day):
            asked.families_left_alone.add(pupil_id)
    for pupil_id, guardian_id in roster.guardianships:
        guardian = roster.people.get(guardian_id)
        if pupil_id not in pupils:
            roster.skip(Kind.GUARDIANSHIP, _("Eleven leses ikke inn nå."))
        elif pupil_id in known.protected:
            roster.skip(Kind.GUARDIANSHIP, _("Eleven har adressesperre. Foresatte settes opp av en person."))
        elif pupil_id in asked.families_left_alone:
            roster.skip(Kind.GUARDIANSHIP, _("Eleven er myndig og bestemmer selv hvem som får følge med."))
        elif guardian is None or guardian.ended:
            roster.skip(Kind.GUARDIANSHIP, _("Den foresatte står ikke i listen."))
        else:
            asked.guardianships[pupil_id, guardian_id] = Wish()


def _people(roster: Roster, asked: Wishes) -> None:
    """Only people with a place, and guardians of pupils with one, are registered."""
    for _pupil, guardian_id in asked.guardianships:
        asked.kinds[guardian_id] = PersonKind.GUARDIAN
    for person_id, _school in asked.positions:
        asked.kinds[person_id] = PersonKind.STAFF
    for person_id, _school in asked.enrolments:
        asked.kinds[person_id] = PersonKind.PUPIL
    for person_id, person in roster.people.items():
        if person_id in asked.kinds:
            asked.people[person_id] = person
        elif person.ended:
            asked.over.add((Kind.PERSON, person_id))
            roster.skip(Kind.PERSON, _("Kilden sier at personen har sluttet."), person.where)
        else:
            roster.skip(Kind.PERSON, _("Personen hører ikke til ved noen av skolene, og er ikke foresatt til noen der."), person.where)


def _groups(roster: Roster, known: Known, asked: Wishes) -> None:
    for group_id, group in roster.groups.items():
        school, kind = known.schools.get(group.school_id), GROUP_KINDS.get(group.type)
        if school is None:
            roster.skip(Kind.GROUP, _("Skolen leses ikke inn nå."), group.where)
        elif kind is None:
            roster.skip(Kind.GROUP, _("Gruppen er bare brukt til å finne elevenes trinn."), group.where)
        elif _is_over(group, known.day):
            asked.over.add((Kind.GROUP, group_id, school))
            roster.skip(Kind.GROUP, _("Sluttdatoen er passert, eller kilden sier at det er slutt."), group.where)
        else:
            asked.groups[group_id, school] = Wish(group.valid_from, group.valid_until, (str(kind), group.name, group.grade))


def _memberships(roster: Roster, known: Known, asked: Wishes) -> None:
    in_delta = roster.mode is Mode.DELTA
    groups = {group_id for group_id, _school in asked.groups} | (known.groups if in_delta else frozenset())
    groups -= {key[1] for key in asked.over if key[0] is Kind.GROUP}
    people = asked.people.keys() | (known.people if in_delta else frozenset())
    for (group_id, person_id, part), membership in roster.memberships.items():
        role = CLASS_ROLES.get(part)
        if role is None:
            roster.skip(Kind.MEMBERSHIP, _("Rollen gir ingen plass i en gruppe her."))
        elif group_id not in groups:
            roster.skip(Kind.MEMBERSHIP, _("Gruppen leses ikke inn."))
        elif person_id not in people:
            roster.skip(Kind.MEMBERSHIP, _("Personen leses ikke inn."))
        elif _is_over(membership, known.day):
            asked.over.add((Kind.MEMBERSHIP, group_id, person_id, role.value))
            roster.skip(Kind.MEMBERSHIP, _("Sluttdatoen er passert, eller kilden sier at det er slutt."))
        else:
            asked.memberships[group_id, person_id, role.value] = span(membership.valid_from, membership.valid_until)
