"""Write what an import has decided: people and families at the owner, then places and groups school by school."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any, TypeVar

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.recording import service
from aktsom.people.models import Enrolment, Group, Guardianship, Membership, Person, Position
from aktsom.people.roster.comparison import Difference, Held, HeldPerson, over, settled
from aktsom.people.roster.neutral import Kind
from aktsom.people.roster.neutral import Person as ListedPerson
from aktsom.people.roster.wishes import Key, Wish
from aktsom.people.rules import Attendance, PersonKind
from aktsom.people.services.holdings import FROM_LIST

AT_A_TIME = 2000
T = TypeVar("T")
M = TypeVar("M", bound=AuditedModel)
Share = dict[str, Difference]
AT_SCHOOL = ("enrolments", "positions", "groups", "memberships")


@dataclass
class Changes:
    """Everything to be written, by kind of row, with what is needed to write it."""

    day: date
    source: str
    owner_id: int
    renamed: dict[str, str] = field(default_factory=dict)
    new_people: dict[str, tuple[ListedPerson, PersonKind]] = field(default_factory=dict)
    changed_people: dict[str, tuple[HeldPerson, dict[str, Any]]] = field(default_factory=dict)
    leaving_staff: list[str] = field(default_factory=list)
    differences: dict[str, Difference] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    group_schools: dict[str, int] = field(default_factory=dict)
    person_pks: dict[str, int] = field(default_factory=dict)

    @property
    def yesterday(self) -> date:
        return self.day - timedelta(days=1)

    def touch_people(self) -> bool:
        """Return whether any person or family changes."""
        return bool(self.new_people or self.changed_people or self.leaving_staff or self.differences["guardianships"])

    def load_people(self) -> None:
        """Find the keys of everybody from this source."""
        rows = Person.objects.filter(owner_id=self.owner_id, source=self.source).values_list("external_id", "pk")
        self.person_pks = dict(rows.iterator())

    def share_of(self, school: int) -> Share:
        """Return the part of the changes that belongs to one school."""
        share = {name: Difference() for name in AT_SCHOOL}
        for name in AT_SCHOOL:
            whole = self.differences[name]
            for part in ("new", "changed", "ended"):
                rows = {key: row for key, row in getattr(whole, part).items() if self._school(name, key) == school}
                setattr(share[name], part, rows)
        return share

    def _school(self, name: str, key: Key) -> int | None:
        return self.group_schools.get(key[0]) if name == "memberships" else key[1]


@service(Event.ROSTER_IMPORTED, action=Action.ROSTER_IMPORT, on="owner")
def write_people(*, by: Actor, owner: Any, changes: Changes) -> None:
    """Write people and who is guardian of whom. A list never gives parental responsibility."""
    people = (_new_person(changes, person_id, *told) for person_id, told in changes.new_people.items())
    _create(Person, people)
    names: set[str] = set()
    changed = []
    for held, columns in changes.changed_people.values():
        changed.append(Person(pk=held.pk, **_whole(held, columns)))
        names |= columns.keys()
    if "external_id" in names:
        _rename(changes)
    names -= {"external_id"}
    if names:
        _update(Person, changed, sorted(names | ({"folded_name"} if names & {"given_name", "family_name"} else set())))
    for some in _chunks(changes.leaving_staff):
        rows = Person.objects.filter(owner_id=changes.owner_id, source=changes.source, external_id__in=some)
        rows.update(ended_on=changes.yesterday)
    _write_families(changes)


def _new_person(changes: Changes, person_id: str, person: ListedPerson, kind: PersonKind) -> Person:
    return Person(
        owner_id=changes.owner_id,
        kind=kind,
        given_name=person.given_name,
        family_name=person.family_name,
        folded_name=_folded(person.given_name, person.family_name),
        birth_date=person.birth_date,
        email=person.email,
        phone=person.phone,
        source=changes.source,
        external_id=person_id,
    )


def _folded(given: str, family: str) -> str:
    return f"{given} {family}".strip().casefold()[:250]


def _whole(held: HeldPerson, columns: dict[str, Any]) -> dict[str, Any]:
    """Return every column an update may touch, so that many people can be written together."""
    names = ("given_name", "family_name", "birth_date", "email", "phone", "ended_on")
    row = {name: columns.get(name, getattr(held, name)) for name in names}
    return row | {"folded_name": _folded(row["given_name"], row["family_name"])}


def _rename(changes: Changes) -> None:
    for new, former in changes.renamed.items():
        rows = Person.objects.filter(owner_id=changes.owner_id, source=changes.source, external_id=former)
        rows.update(external_id=new)


def _write_families(changes: Changes) -> None:
    changes.load_people()
    pks, families = changes.person_pks, changes.differences["guardianships"]
    _create(
        Guardianship,
        (
            Guardianship(pupil_id=pks[pupil], guardian_id=pks[guardian], basis=FROM_LIST, valid_from=changes.day)
            for pupil, guardian in families.new
        ),
    )
    _write_days(Guardianship, families, changes.day)


@service(Event.ROSTER_IMPORTED, action=Action.ROSTER_IMPORT, on="school")
def write_school(*, by: Actor, school: Any, changes: Changes, share: Share) -> None:
    """Write one school's places, groups and memberships."""
    _write_enrolments(school, changes, share["enrolments"])
    _write_positions(school, changes, share["positions"])
    _write_groups(school, changes, share["groups"])
    _write_memberships(school, changes, share["memberships"])


def _write_enrolments(school: Any, changes: Changes, rows: Difference) -> None:
    """A pupil who comes to a new grade gets a new row, so that the old grade is still known."""
    day, pks = changes.day, changes.person_pks
    moved = {key: pair for key, pair in rows.changed.items() if _moved_up(*pair, day)}
    kept = Difference(changed={key: pair for key, pair in rows.changed.items() if key not in moved}, ended=rows.ended)
    kept.ended = rows.ended | {key: held for key, (held, _wish) in moved.items()}
    _write_days(Enrolment, kept, day, ("grade",))
    stood = Enrolment.objects.filter(school=school, person_id__in=[pks[key[0]] for key in moved])
    as_before = dict(stood.order_by("valid_from", "pk").values_list("person_id", "attends_as"))  # the last one counts
    fresh = rows.new | {key: replace(wish, valid_from=day) for key, (_held, wish) in moved.items()}
    _create(
        Enrolment,
        (
            Enrolment(
                person_id=pks[person],
                school=school,
                grade=wish.detail[0],
                attends_as=as_before.get(pks[person], Attendance.PUPIL),
                valid_from=_from(wish, day),
                valid_until=wish.valid_until,
            )
            for (person, _school), wish in fresh.items()
        ),
    )


def _moved_up(held: Held, wish: Wish, day: date) -> bool:
    before, after = held.detail[0], wish.detail[0]
    return before is not None and after is not None and before != after and held.valid_from < day


def _from(wish: Wish, day: date) -> date:
    begins = wish.valid_from or day
    return min(begins, wish.valid_until) if wish.valid_until else begins


def _write_positions(school: Any, changes: Changes, rows: Difference) -> None:
    """Everyone who works at the school, and nothing more: a role that reads cases is given by a person."""
    pks, day = changes.person_pks, changes.day
    _create(
        Position,
        (
            Position(
                person_id=pks[person],
                school=school,
                role=Role.STAFF,
                title=wish.detail[0],
                source=changes.source,
                valid_from=_from(wish, day),
                valid_until=wish.valid_until,
            )
            for (person, _school), wish in rows.new.items()
        ),
    )
    _write_days(Position, rows, day, ("title",))


def _write_groups(school: Any, changes: Changes, rows: Difference) -> None:
    day = changes.day
    years = list(school.years.order_by("first_day")) if rows.new else []
    _create(
        Group,
        (
            Group(
                school=school,
                year=next((year for year in years if year.first_day <= max(_from(wish, day), day) <= year.last_day), None),
                kind=wish.detail[0],
                name=wish.detail[1],
                grade=wish.detail[2],
                source=changes.source,
                external_id=group,
                valid_from=_from(wish, day),
                valid_until=wish.valid_until,
            )
            for (group, _school), wish in rows.new.items()
        ),
    )
    _write_days(Group, rows, day, ("kind", "name", "grade"))


def _write_memberships(school: Any, changes: Changes, rows: Difference) -> None:
    pks, day = changes.person_pks, changes.day
    groups = dict(Group.objects.filter(school=school, source=changes.source).values_list("external_id", "pk"))
    _create(
        Membership,
        (
            Membership(
                group_id=groups[group],
                person_id=pks[person],
                role=role,
                valid_from=_from(wish, day),
                valid_until=wish.valid_until,
            )
            for (group, person, role), wish in rows.new.items()
        ),
    )
    _write_days(Membership, rows, day)


def _write_days(model: type[M], rows: Difference, day: date, details: tuple[str, ...] = ()) -> None:
    """Write changed and ended rows: their days and details."""
    after = [settled(held, wish, day) for held, wish in rows.changed.values()]
    after += [over(held, day) for held in rows.ended.values()]
    objects = [
        model(pk=row.pk, valid_from=row.valid_from, valid_until=row.valid_until, **dict(zip(details, row.detail, strict=True)))
        for row in after
    ]
    _update(model, objects, ["valid_from", "valid_until", *details])


def _create(model: type[M], objects: Iterable[M]) -> None:
    for some in _chunks(objects):
        model.objects.bulk_create(some)


def _update(model: type[M], objects: Iterable[M], names: list[str]) -> None:
    for some in _chunks(objects):
        model.objects.bulk_update(some, names, batch_size=200)


def _chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(rows)
    while some := list(islice(iterator, AT_A_TIME)):
        yield some
