"""Collect a stream of records into one whole list, refusing what contradicts itself. Nothing is written from here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from aktsom.people.roster import neutral as n
from aktsom.people.roster.neutral import Kind, Mode, Part, UnreadableRoster, Where

MOST_RECORDS = 2_000_000


@dataclass
class Skips:
    """Why something was left out, how many times, and where the first one stands."""

    count: int = 0
    first: Where = field(default_factory=lambda: Where(""))


@dataclass
class Roster:
    """A whole list, free of contradictions, as the source has it."""

    source: str = ""
    mode: Mode = Mode.FULL
    schools: dict[str, n.School] = field(default_factory=dict)
    people: dict[str, n.Person] = field(default_factory=dict)
    groups: dict[str, n.Group] = field(default_factory=dict)
    places: dict[tuple[str, str, bool], n.Place] = field(default_factory=dict)
    memberships: dict[tuple[str, str, Part], n.Membership] = field(default_factory=dict)
    guardianships: dict[tuple[str, str], n.Guardianship] = field(default_factory=dict)
    read: Counter[Kind] = field(default_factory=Counter)
    skipped: dict[tuple[Kind, str], Skips] = field(default_factory=dict)
    warned: dict[str, Skips] = field(default_factory=dict)

    def skip(self, kind: Kind, reason: str, where: Where | None = None, times: int = 1) -> None:
        """Count something left out under its reason."""
        self._count(self.skipped, (kind, reason), where, times)

    def warn(self, reason: str, where: Where | None = None) -> None:
        """Count something in the list that should not be there."""
        self._count(self.warned, reason, where, 1)

    @staticmethod
    def _count(counted: dict[Any, Skips], key: Any, where: Where | None, times: int) -> None:
        skips = counted.setdefault(key, Skips(first=where or Where("")))
        skips.count += times

    def with_own_counts(self) -> Roster:
        """Return the same list with counts of its own, so that a trial run leaves no trace in the next."""
        return replace(self, skipped={key: replace(skips) for key, skips in self.skipped.items()})

    def grades(self, day: date) -> dict[str, int]:
        """Return the grade of each pupil that her class or grade group tells on ``day``, by person."""
        told: dict[str, int] = {}
        for group_type in (n.GroupType.HOMEROOM, n.GroupType.GRADE):
            for (group_id, person_id, part), membership in self.memberships.items():
                group = self.groups.get(group_id)
                now = not membership.ended and (membership.valid_until is None or membership.valid_until >= day)
                if now and part is Part.PUPIL and group and group.type is group_type and group.grade is not None:
                    told[person_id] = group.grade
        return told


def stage(records: Iterable[n.Record]) -> Roster:
    """Collect the whole stream and complete what follows from it."""
    roster = Roster()
    for number, record in enumerate(records):
        if number > MOST_RECORDS:
            raise UnreadableRoster(Where(_("Listen")), _("Den er lengre enn noen liste over folk er."), _("Se etter at det er riktig fil."))
        _KEEP[type(record)](roster, record)
    _places_from_groups(roster)
    return roster


def _keep_header(roster: Roster, header: n.Header) -> None:
    roster.source, roster.mode = header.source, header.mode


def _keep_once(kept: dict[str, Any], roster: Roster, kind: Kind, record: n.School | n.Person | n.Group) -> None:
    """Keep a record under its id. The same twice is skipped; two different with one id cannot both be right."""
    roster.read[kind] += 1
    before = kept.setdefault(record.external_id, record)
    if before is record:
        return
    if _same(before, record):
        roster.skip(kind, _("Står to ganger i listen med samme innhold."), record.where)
        return
    raise UnreadableRoster(
        record.where,
        _("Id-en «%(id)s» er brukt to ganger, første gang på linje %(line)s.") % {"id": record.external_id, "line": before.where.line},
        _("Be den som lager filen om å rette det."),
    )


def _same(one: Any, other: Any) -> bool:
    names = [name for name in type(one).__slots__ if name != "where"]
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _keep_place(roster: Roster, place: n.Place) -> None:
    roster.read[Kind.PLACE] += 1
    key = (place.person_id, place.school_id, place.part is Part.PUPIL)
    roster.places[key] = _wider(roster.places.get(key), place)


def _keep_membership(roster: Roster, membership: n.Membership) -> None:
    roster.read[Kind.MEMBERSHIP] += 1
    key = (membership.group_id, membership.person_id, membership.part)
    roster.memberships[key] = _wider(roster.memberships.get(key), membership)


def _wider(before: Any, new: Any) -> Any:
    """Return whichever of two spans for the same place lasts longer; an open one lasts longest."""
    if before is None or before.ended:
        return new
    if new.ended:
        return before
    return new if (new.valid_until or date.max) > (before.valid_until or date.max) else before


def _keep_guardianship(roster: Roster, guardianship: n.Guardianship) -> None:
    roster.read[Kind.GUARDIANSHIP] += 1
    if guardianship.pupil_id == guardianship.guardian_id:
        roster.skip(Kind.GUARDIANSHIP, _("Personen er satt opp som sin egen foresatte."))
        return
    roster.guardianships[guardianship.pupil_id, guardianship.guardian_id] = guardianship


def _keep_skipped(roster: Roster, skipped: n.Skipped) -> None:
    roster.read[skipped.kind] += 1
    roster.skip(skipped.kind, skipped.reason, skipped.where)


_KEEP: dict[type, Callable[[Roster, Any], None]] = {
    n.Header: _keep_header,
    n.School: lambda roster, record: _keep_once(roster.schools, roster, Kind.SCHOOL, record),
    n.Person: lambda roster, record: _keep_once(roster.people, roster, Kind.PERSON, record),
    n.Group: lambda roster, record: _keep_once(roster.groups, roster, Kind.GROUP, record),
    n.Place: _keep_place,
    n.Membership: _keep_membership,
    n.Guardianship: _keep_guardianship,
    n.Skipped: _keep_skipped,
    n.Warned: lambda roster, record: roster.warn(record.reason, record.where),
}


def _places_from_groups(roster: Roster) -> None:
    """A compact list places nobody; then whoever is in a school's group belongs to that school."""
    if roster.places:
        return
    for membership in roster.memberships.values():
        group = roster.groups.get(membership.group_id)
        if group is None or membership.ended:
            continue
        part = membership.part
        key = (membership.person_id, group.school_id, part is Part.PUPIL)
        place = n.Place(membership.person_id, group.school_id, part, valid_from=membership.valid_from, valid_until=membership.valid_until)
        roster.places[key] = _wider(roster.places.get(key), place)
