"""Read a list of people into the register: decide everything first, then write it all or nothing.

Nothing is deleted. A pupil who is no longer in a whole list gets a last day at the school; her cases keep her, and so do
her guardians. A list gives no role that reads cases and no parental responsibility: those are given by a person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused, require
from aktsom.core.timing.clock import today
from aktsom.people.roster.comparison import Held, HeldPerson, compare, is_large_removal, person_changes
from aktsom.people.roster.neutral import Kind, Mode
from aktsom.people.roster.report import ImportReport
from aktsom.people.roster.staging import Roster
from aktsom.people.roster.wishes import Key, Known, Wish, Wishes, wishes
from aktsom.people.services.holdings import Holdings, load_holdings
from aktsom.people.services.roster_writing import Changes, write_people, write_school
from aktsom.schools.selectors import schools_of_owner


def import_roster(
    *,
    by: Actor,
    owner: Any,
    roster: Roster,
    school_number: str = "",
    dry_run: bool = False,
    force_large_removal: bool = False,
) -> ImportReport:
    """Bring the owner's people, groups and places in line with the list. Raises Refused when too many would be ended."""
    require(by, Action.ROSTER_IMPORT, owner)
    decided = _decide(by, owner, roster.with_own_counts(), school_number)
    report = _report(decided, dry_run)
    if is_large_removal(active=len(decided.active), ended=len(decided.leaving)) and not force_large_removal:
        report.notes.append(_large_removal(decided))
        report.ends_many = True
        if not dry_run:
            raise Refused([_large_removal(decided)])
    if not dry_run:
        _write(by, owner, decided)
    return report


@dataclass
class _Decided:
    """Everything that follows from the list and what is here, before a row is written."""

    roster: Roster
    schools: dict[int, Any]
    here: Holdings
    asked: Wishes
    changes: Changes
    active: set[str] = field(default_factory=set)
    leaving: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


def _decide(by: Actor, owner: Any, roster: Roster, school_number: str) -> _Decided:
    day = today()
    notes: list[str] = []
    schools = {school.pk: school for school in schools_of_owner(by, owner=owner)}
    covered = _covered(roster, schools, school_number, notes)
    here = load_holdings(owner_id=owner.pk, source=roster.source, day=day)
    renamed = _renamed(roster, here)
    known = Known(
        schools=covered,
        people=frozenset(here.people),
        groups=frozenset(here.group_schools),
        protected=frozenset(key for key, person in here.people.items() if person.protected),
        births={key: person.birth_date for key, person in here.people.items() if person.birth_date},
        day=day,
    )
    asked = wishes(roster, known)
    changes = Changes(day=day, source=roster.source, owner_id=owner.pk, renamed=renamed)
    decided = _Decided(roster, {pk: schools[pk] for pk in set(covered.values())}, here, asked, changes, notes=notes)
    _compare(decided)
    _compare_people(decided)
    return decided


def _covered(roster: Roster, schools: dict[int, Any], school_number: str, notes: list[str]) -> dict[str, int]:
    """Return which school here each school in the list is. Raises Refused when there is none."""
    by_number = {school.org_number: pk for pk, school in schools.items()}
    if school_number and school_number not in by_number:
        raise Refused([_("Eieren har ingen skole med organisasjonsnummer %(number)s.") % {"number": school_number}])
    covered: dict[str, int] = {}
    for school in roster.schools.values():
        if school_number and len(roster.schools) == 1 and not school.org_number:
            covered[school.external_id] = by_number[school_number]
            notes.append(_("Skolen i listen har ikke organisasjonsnummer. Den er lest som skolen du valgte med --school."))
        elif school.org_number not in by_number:
            roster.skip(Kind.SCHOOL, _("Skolen finnes ikke hos eieren i Aktsom. Registrer den først."), school.where)
        elif school_number and school.org_number != school_number:
            roster.skip(Kind.SCHOOL, _("En annen skole er valgt med --school."), school.where)
        else:
            covered[school.external_id] = by_number[school.org_number]
    if not covered:
        raise Refused([_("Ingen av skolene i listen finnes hos eieren i Aktsom. Registrer dem først, eller bruk --school.")])
    if len(set(covered.values())) < len(covered):
        raise Refused([_("To skoler i listen har samme organisasjonsnummer. Be den som lager filen om å rette det.")])
    untouched = [school.name for pk, school in schools.items() if pk not in covered.values()]
    if untouched and not school_number:
        notes.append(_("Skoler som ikke står i listen, er ikke rørt: %(names)s.") % {"names": ", ".join(untouched)})
    return covered


def _renamed(roster: Roster, here: Holdings) -> dict[str, str]:
    """Return new id -> old id for people the source has given a new id, and let what is here answer to the new one."""
    pairs = {
        person.external_id: former
        for person in roster.people.values()
        for former in person.former_ids
        if former in here.people and person.external_id not in here.people
    }
    new_of = {former: new for new, former in pairs.items()}
    if new_of:
        here.people = {new_of.get(key, key): person for key, person in here.people.items()}
        for name in ("enrolments", "positions", "memberships", "guardianships"):
            rows = getattr(here, name)
            setattr(here, name, {tuple(new_of.get(part, part) for part in key): row for key, row in rows.items()})
        here.settled_families = {tuple(new_of.get(part, part) for part in key) for key in here.settled_families}
        here.given_by_hand = {new_of.get(key, key) for key in here.given_by_hand}
    return pairs


def _compare(decided: _Decided) -> None:
    here, asked, changes = decided.here, decided.asked, decided.changes
    groups = here.group_schools | dict(asked.groups.keys())
    changes.group_schools = groups

    full = decided.roster.mode is Mode.FULL
    gone = {over[1] for over in asked.over if over[0] in {Kind.PERSON, Kind.GROUP}}

    def ends(kind: Kind, school_of: Callable[[Key], int | None], *told: Any) -> Callable[[Key], bool]:
        return lambda key: school_of(key) in decided.schools and (full or (kind, *told, *key) in asked.over or not gone.isdisjoint(key[:2]))

    def group_school(key: Key) -> int | None:
        return groups.get(key[0])

    def second(key: Key) -> int:
        return int(key[1])

    for name, kind, ending in (
        ("enrolments", Kind.PLACE, ends(Kind.PLACE, second, True)),
        ("positions", Kind.PLACE, ends(Kind.PLACE, second, False)),
        ("groups", Kind.GROUP, ends(Kind.GROUP, second)),
        ("memberships", Kind.MEMBERSHIP, ends(Kind.MEMBERSHIP, group_school)),
        ("guardianships", Kind.GUARDIANSHIP, _family_ends(decided)),
    ):
        held: dict[Key, Held] = getattr(here, name)
        wanted: dict[Key, Wish] = getattr(asked, name)
        changes.differences[name] = compare(held, wanted, day=changes.day, ends=ending)
        changes.kinds[name] = kind


def _family_ends(decided: _Decided) -> Callable[[Key], bool]:
    """A guardianship ends only when a whole list that names guardians no longer names this one, for a pupil in it."""
    asked, here = decided.asked, decided.here
    names_guardians = decided.roster.mode is Mode.FULL and bool(decided.roster.guardianships)
    enrolled = {person for person, _school in asked.enrolments}
    return lambda key: (
        names_guardians and key[0] in enrolled and key[0] not in asked.families_left_alone and key not in here.settled_families
    )


def _compare_people(decided: _Decided) -> None:
    here, asked, changes = decided.here, decided.asked, decided.changes
    for person_id, person in asked.people.items():
        held: HeldPerson | None = here.people.get(person_id)
        if held is None:
            changes.new_people[person_id] = (person, asked.kinds[person_id])
            continue
        columns = person_changes(held, person, renamed=person_id in changes.renamed)
        if columns:
            changes.changed_people[person_id] = (held, columns)
    ended = {name: set(changes.differences[name].ended) for name in ("enrolments", "positions")}
    rows = {name: getattr(here, name).keys() for name in ended}
    decided.active = {person for keys in rows.values() for person, school in keys if school in decided.schools}
    lost = {person for keys in ended.values() for person, _school in keys}
    stay = {person for name, keys in rows.items() for person, school in keys if (person, school) not in ended[name]}
    stay |= {person for person, _school in [*asked.enrolments, *asked.positions]}
    decided.leaving = lost - stay
    guardians = {guardian for _pupil, guardian in [*here.guardianships, *asked.guardianships]}
    staff = {person for person, _school in ended["positions"]}
    changes.leaving_staff = sorted((decided.leaving & staff) - guardians - here.given_by_hand)
    _notes(decided)


def _notes(decided: _Decided) -> None:
    by_hand = len(decided.leaving & decided.here.given_by_hand)
    if by_hand:
        text = _("%(count)s personer står ikke lenger i listen, men har roller noen har gitt dem her. Rollene er ikke tatt bort.")
        decided.notes.append(text % {"count": by_hand})
    named = bool(decided.roster.guardianships)
    enrolled = {person for person, _school in decided.asked.enrolments} - decided.asked.families_left_alone
    gone = {key for key in decided.here.settled_families if key[0] in enrolled and key not in decided.asked.guardianships}
    if named and gone:
        text = _("%(count)s foresatte står ikke lenger i listen, men er satt opp av en person her. De er ikke endret.")
        decided.notes.append(text % {"count": len(gone)})


def _large_removal(decided: _Decided) -> str:
    text = _(
        "%(ended)s av %(active)s personer ville blitt avsluttet, mer enn en femdel. Er listen hel? "
        "Er det riktig likevel, kjør på nytt med --force-large-removal."
    )
    return text % {"ended": len(decided.leaving), "active": len(decided.active)}


def _report(decided: _Decided, dry_run: bool) -> ImportReport:
    report = ImportReport(dry_run=dry_run, notes=decided.notes)
    report.take_reading(decided.roster)
    for name, difference in decided.changes.differences.items():
        report.add(decided.changes.kinds[name], difference)
    people = report.counts[Kind.PERSON]
    people.new, people.changed = len(decided.changes.new_people), len(decided.changes.changed_people)
    people.ended = len(decided.leaving)
    return report


def _write(by: Actor, owner: Any, decided: _Decided) -> None:
    """Write everything in one transaction, with one event per school that changes and one for the owner's people."""
    changes = decided.changes
    with transaction.atomic():
        if changes.touch_people():
            write_people(by=by, owner=owner, changes=changes)
        changes.load_people()
        for pk, school in decided.schools.items():
            share = changes.share_of(pk)
            if any(share.values()):
                write_school(by=by, school=school, changes=changes, share=share)
