"""What is here already from one source: rows that hold today or later, by the source's own ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from sys import intern

from django.db.models import Q

from aktsom.people.models import Enrolment, Group, Guardianship, Membership, Person, Position
from aktsom.people.roster.comparison import Held, HeldPerson
from aktsom.people.roster.wishes import Key

# Written on guardianships from lists. A person who decides about responsibility writes her own basis.
FROM_LIST = "Fra innlest liste. Foreldreansvar er ikke oppgitt."


@dataclass
class Holdings:
    """Everything an import is compared with."""

    people: dict[str, HeldPerson] = field(default_factory=dict)
    enrolments: dict[Key, Held] = field(default_factory=dict)
    positions: dict[Key, Held] = field(default_factory=dict)
    groups: dict[Key, Held] = field(default_factory=dict)
    memberships: dict[Key, Held] = field(default_factory=dict)
    guardianships: dict[Key, Held] = field(default_factory=dict)
    group_schools: dict[str, int] = field(default_factory=dict)
    settled_families: set[Key] = field(default_factory=set)  # a person has decided; no list changes it
    given_by_hand: set[str] = field(default_factory=set)  # people with a role somebody gave them here


def _lasting(day: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gte": day})


def load_holdings(*, owner_id: int, source: str, day: date) -> Holdings:
    """Read what is here from this source at this owner."""
    here = Holdings()
    _people(here, owner_id, source)
    _places(here, owner_id, source, day)
    _groups(here, owner_id, source, day)
    _guardianships(here, owner_id, source, day)
    return here


def _people(here: Holdings, owner_id: int, source: str) -> None:
    rows = Person.objects.filter(owner_id=owner_id, source=source).exclude(external_id="")
    names = ("external_id", "pk", "given_name", "family_name", "birth_date", "email", "phone", "ended_on", "protected_address")
    for external_id, *columns in rows.values_list(*names).iterator():
        here.people[intern(external_id)] = HeldPerson(*columns)


def _places(here: Holdings, owner_id: int, source: str, day: date) -> None:
    own = {"person__owner_id": owner_id, "person__source": source}
    enrolled = Enrolment.objects.filter(_lasting(day), **own).order_by("valid_from", "pk")
    for person, school, pk, begins, until, grade in enrolled.values_list(
        "person__external_id", "school_id", "pk", "valid_from", "valid_until", "grade"
    ).iterator():
        here.enrolments[intern(person), school] = Held(pk, begins, until, (grade,))
    placed = Position.objects.filter(_lasting(day), **own).order_by("valid_from", "pk")
    for person, school, pk, begins, until, title, told_by in placed.values_list(
        "person__external_id", "school_id", "pk", "valid_from", "valid_until", "title", "source"
    ).iterator():
        if told_by == source:
            here.positions[intern(person), school] = Held(pk, begins, until, (title,))
        else:
            here.given_by_hand.add(person)


def _groups(here: Holdings, owner_id: int, source: str, day: date) -> None:
    groups = Group.objects.filter(school__owner_id=owner_id, source=source).exclude(external_id="").order_by("pk")
    for group, school, pk, begins, until, kind, name, grade in groups.values_list(
        "external_id", "school_id", "pk", "valid_from", "valid_until", "kind", "name", "grade"
    ).iterator():
        here.groups[group, school] = Held(pk, begins, until, (kind, name, grade))
        here.group_schools[group] = school
    rows = Membership.objects.filter(_lasting(day), person__owner_id=owner_id, person__source=source, group__source=source).order_by(
        "valid_from", "pk"
    )
    for group, person, role, pk, begins, until in rows.values_list(
        "group__external_id", "person__external_id", "role", "pk", "valid_from", "valid_until"
    ).iterator():
        here.memberships[intern(group), intern(person), intern(role)] = Held(pk, begins, until)


def _guardianships(here: Holdings, owner_id: int, source: str, day: date) -> None:
    rows = Guardianship.objects.filter(_lasting(day), pupil__owner_id=owner_id, pupil__source=source, guardian__source=source).order_by(
        "valid_from", "pk"
    )
    for pupil, guardian, pk, begins, until, basis, responsible, consented in rows.values_list(
        "pupil__external_id",
        "guardian__external_id",
        "pk",
        "valid_from",
        "valid_until",
        "basis",
        "parental_responsibility",
        "adult_pupil_consented_on",
    ).iterator():
        here.guardianships[intern(pupil), intern(guardian)] = Held(pk, begins, until)
        if responsible or consented or basis != FROM_LIST:
            here.settled_families.add((pupil, guardian))
