"""OneRoster 1.1 and 1.2 as CSV, the way Norwegian systems write it and with the flaws real files have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from sys import intern

from django.utils.translation import gettext as _

from aktsom.people.roster import neutral as n
from aktsom.people.roster import values as v
from aktsom.people.roster.neutral import GroupType, Kind, Mode, Part, UnreadableRoster, Where, passwords
from aktsom.people.roster.opening import Members
from aktsom.people.roster.tables import Row, table

FILES = ("orgs", "academicsessions", "classes", "users", "roles", "demographics", "enrollments")
ENDED = {"tobedeleted", "inactive"}
SCHOOL_TYPES = {"school", "department"}
GUARDIAN_ROLES = {"guardian", "parent"}
LEARNER = "student"  # the format's word for a pupil
PARTS = {
    LEARNER: Part.PUPIL,
    "teacher": Part.TEACHER,
    "aide": Part.ASSISTANT,
    "administrator": Part.OTHER_STAFF,
    "counselor": Part.OTHER_STAFF,
    "principal": Part.OTHER_STAFF,
    "siteadministrator": Part.OTHER_STAFF,
}
ORG_NUMBER = re.compile(r"\D*(\d{3})\s?(\d{3})\s?(\d{3})\D*")


def titles() -> dict[str, str]:
    """Return what a role is called here. A title gives no access; that is given by a person."""
    return {
        "teacher": _("Lærer"),
        "aide": _("Assistent"),
        "administrator": _("Administrasjon"),
        "siteadministrator": _("Administrasjon"),
        "counselor": _("Rådgiver"),
        "principal": _("Skoleleder"),
    }


@dataclass
class _Reading:
    """What one file must remember for the next."""

    members: Members
    modes: dict[str, Mode] = field(default_factory=dict)
    source: str = "oneroster"
    mode: Mode = Mode.FULL
    school_of: dict[str, str] = field(default_factory=dict)
    terms: dict[str, tuple[date | None, date | None]] = field(default_factory=dict)
    births: dict[str, date] = field(default_factory=dict)
    roles: dict[str, list[Row]] | None = None
    types: dict[str, GroupType] = field(default_factory=dict)
    pupils: set[str] = field(default_factory=set)
    guardians: set[str] = field(default_factory=set)
    links: list[tuple[str, str, bool]] = field(default_factory=list)

    def rows(self, name: str, *required: str) -> Iterator[Row]:
        member = self.members.get(f"{name}.csv")
        if member is not None and name in self.modes:
            yield from table(member, ("sourcedId", *required) if name != "manifest" else required)

    def ended(self, row: Row) -> bool:
        return row["status"].lower() in ENDED


def read_oneroster(members: Members) -> Iterator[n.Record]:
    """Yield everything that is of use in a OneRoster folder or ZIP."""
    reading = _Reading(members)
    _read_manifest(reading)
    yield n.Header(reading.source, reading.mode)
    yield from _orgs(reading)
    _sessions(reading)
    yield from _demographics(reading)
    _roles(reading)
    yield from _users(reading)
    yield from _links(reading)
    yield from _classes(reading)
    yield from _enrolments(reading)


def _read_manifest(reading: _Reading) -> None:
    """Find which files count. Without a manifest every known file that is there counts as whole."""
    stated: dict[str, str] = {}
    manifest = reading.members.get("manifest.csv")
    if manifest is not None:
        stated = {row["propertyname"].lower(): row["value"].lower() for row in table(manifest, ("propertyName", "value"))}
    for name in FILES:
        word = stated.get(f"file.{name}", "bulk" if not stated and f"{name}.csv" in reading.members else "absent") or "absent"
        if word == "absent":
            continue
        if f"{name}.csv" not in reading.members:
            raise UnreadableRoster(
                Where("manifest.csv"),
                _("Innholdslisten sier at %(name)s er med, men den filen mangler.") % {"name": f"{name}.csv"},
                _("Hent hele eksporten på nytt."),
            )
        reading.modes[name] = Mode.DELTA if word == "delta" else Mode.FULL
    if "users" not in reading.modes:
        raise UnreadableRoster(
            Where("users.csv"), _("Det er ingen liste over folk i filen."), _("Se etter at det er en OneRoster-eksport.")
        )
    whole = all(mode is Mode.FULL for mode in reading.modes.values())
    reading.mode = Mode.FULL if whole else Mode.DELTA
    code = stated.get("source.systemcode", "")
    reading.source = f"oneroster:{code}"[:60] if code not in {"", "absent"} else "oneroster"


def _orgs(reading: _Reading) -> Iterator[n.Record]:
    rows = {row["sourcedid"]: row for row in reading.rows("orgs", "name", "type")}
    for org_id, row in rows.items():
        kind = row["type"].lower()
        if reading.ended(row):
            yield n.Skipped(Kind.SCHOOL, _("Kilden sier at skolen er lagt ned."), row.where)
        elif kind not in SCHOOL_TYPES:
            yield n.Skipped(Kind.SCHOOL, _("Dette er ikke en skole."), row.where)
        elif kind == "department" and rows.get(row["parentsourcedid"]) is not None:
            reading.school_of[org_id] = intern(row["parentsourcedid"])
            yield n.Skipped(Kind.SCHOOL, _("Avdelingen er lest som en del av skolen den hører til."), row.where)
        else:
            reading.school_of[org_id] = intern(org_id)
            yield n.School(intern(org_id), v.name_of(row["name"]), org_number(row["identifier"]), row.where)


def org_number(text: str) -> str:
    """Return the nine digits of an organisation number, or an empty string."""
    found = ORG_NUMBER.fullmatch(text)
    return "".join(found.groups()) if found else ""


def _sessions(reading: _Reading) -> None:
    for row in reading.rows("academicsessions"):
        if row["status"].lower() != "tobedeleted":
            reading.terms[row["sourcedid"]] = (v.iso_date(row["startdate"]), v.day_before(v.iso_date(row["enddate"])))


def _demographics(reading: _Reading) -> Iterator[n.Record]:
    for row in reading.rows("demographics"):
        born = v.iso_date(row["birthdate"])
        if born:
            reading.births[row["sourcedid"]] = born
        elif row["birthdate"]:
            yield n.Warned(_("En fødselsdato kan ikke leses. Personen er lest inn uten."), row.where)


def _roles(reading: _Reading) -> None:
    if "roles" not in reading.modes:
        return
    reading.roles = {}
    for row in reading.rows("roles", "userSourcedId", "role"):
        reading.roles.setdefault(row["usersourcedid"], []).append(row)


def _users(reading: _Reading) -> Iterator[n.Record]:
    for row in reading.rows("users", "givenName", "familyName"):
        if row["password"]:
            yield n.Warned(passwords("password"), row.where)
        person_id = intern(v.checked_id(row["sourcedid"], row.where))
        given, family = _names(row)
        if not person_id or not (given or family):
            yield n.Skipped(Kind.PERSON, _("Id eller navn mangler."), row.where)
            continue
        if max(len(given), len(family)) > v.LONGEST_NAME:
            yield n.Skipped(Kind.PERSON, _("Navnet er lengre enn et navn kan være."), row.where)
            continue
        yield n.Person(
            external_id=person_id,
            given_name=given,
            family_name=family,
            where=row.where,
            birth_date=reading.births.get(person_id),
            email=v.email_of(row["email"]),
            phone=v.phone_of(row["sms"]) or v.phone_of(row["phone"]),
            ended=reading.ended(row),
        )
        yield from _places(reading, row, person_id)


def _names(row: Row) -> tuple[str, str]:
    given = row["preferredgivenname"] or row["prefferedgivenname"] or f"{row['givenname']} {row['middlename']}"
    return v.name_of(given), v.name_of(row["preferredfamilyname"] or row["familyname"])


def _places(reading: _Reading, row: Row, person_id: str) -> Iterator[n.Record]:
    """Yield where the person belongs, and remember the links between pupils and guardians."""
    stated = reading.roles.get(person_id, []) if reading.roles is not None else []
    told = [(r["role"].lower(), r["orgsourcedid"], r) for r in stated] or [
        (row["role"].lower(), org, row) for org in (row["orgsourcedids"] or row["primaryorgsourcedid"]).split(",")
    ]
    is_pupil = any(role == LEARNER for role, _org, _row in told)
    is_guardian = any(role in GUARDIAN_ROLES for role, _org, _row in told)
    if is_pupil:
        reading.pupils.add(person_id)
    if is_guardian:
        reading.guardians.add(person_id)
    if is_pupil or is_guardian:
        agents = [agent.strip() for agent in row["agentsourcedids"].split(",") if agent.strip()]
        reading.links += [(person_id, intern(agent), is_pupil) for agent in agents]
    for role, org, source in told:
        yield from _place(reading, role, org.strip(), source, (person_id, row["grades"]))


def _place(reading: _Reading, role: str, org: str, row: Row, pupil: tuple[str, str]) -> Iterator[n.Record]:
    part = PARTS.get(role)
    if part is None:
        if role not in GUARDIAN_ROLES:
            yield n.Skipped(Kind.PLACE, _("Rollen «%(role)s» er ikke i bruk her.") % {"role": role}, row.where)
        return
    school = reading.school_of.get(org)
    if school is None:
        yield n.Skipped(Kind.PLACE, _("Skolen det vises til, står ikke i listen."), row.where)
        return
    person_id, grades = pupil
    yield n.Place(
        person_id=person_id,
        school_id=school,
        part=part,
        title=titles().get(role, ""),
        grade=v.grade_of(grades) if part is Part.PUPIL else None,
        valid_from=v.iso_date(row["begindate"]),
        valid_until=v.day_before(v.iso_date(row["enddate"])),
        ended=reading.ended(row),
    )


def _links(reading: _Reading) -> Iterator[n.Record]:
    """Yield guardianships: a link counts only between a pupil and somebody the list itself calls guardian or parent."""
    pairs = [(own, agent) if own_is_pupil else (agent, own) for own, agent, own_is_pupil in reading.links]
    for pupil, guardian in dict.fromkeys(pairs):
        if pupil in reading.pupils and guardian in reading.guardians:
            yield n.Guardianship(pupil, guardian)
        else:
            yield n.Skipped(Kind.GUARDIANSHIP, _("Koblingen er ikke mellom en elev og en foresatt."), Where("users.csv"))


def _classes(reading: _Reading) -> Iterator[n.Record]:
    for row in reading.rows("classes", "title", "schoolSourcedId"):
        group_id = intern(v.checked_id(row["sourcedid"], row.where))
        school = reading.school_of.get(row["schoolsourcedid"])
        if school is None:
            yield n.Skipped(Kind.GROUP, _("Skolen det vises til, står ikke i listen."), row.where)
            continue
        reading.types[group_id] = _type(row)
        terms = [reading.terms[term.strip()] for term in row["termsourcedids"].split(",") if term.strip() in reading.terms]
        yield n.Group(
            external_id=group_id,
            school_id=school,
            type=reading.types[group_id],
            name=(v.name_of(row["title"]) or v.name_of(row["classcode"]) or group_id)[: v.LONGEST_GROUP_NAME],
            where=row.where,
            grade=v.grade_of(row["grades"]),
            valid_from=_outer(min, [start for start, _end in terms]),
            valid_until=_outer(max, [end for _start, end in terms]),
            ended=reading.ended(row),
        )


def _outer(pick: Callable[[list[date]], date], days: list[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return pick(known) if known and len(known) == len(days) else None


def _type(row: Row) -> GroupType:
    if row["classtype"].lower() != "homeroom":
        return GroupType.TEACHING
    return GroupType.MENTOR if row["metadata.additionalclasstype"].lower() == "mentor" else GroupType.HOMEROOM


def _enrolments(reading: _Reading) -> Iterator[n.Record]:
    for row in reading.rows("enrollments", "classSourcedId", "userSourcedId", "role"):
        part = PARTS.get(row["role"].lower())
        group_id = row["classsourcedid"]
        if part is None:
            yield n.Skipped(Kind.MEMBERSHIP, _("Rollen «%(role)s» er ikke i bruk her.") % {"role": row["role"].lower()}, row.where)
        elif group_id not in reading.types and reading.mode is Mode.FULL:
            yield n.Skipped(Kind.MEMBERSHIP, _("Gruppen det vises til, står ikke i listen."), row.where)
        else:
            yield n.Membership(
                group_id=intern(group_id),
                person_id=intern(row["usersourcedid"]),
                part=_part_in(reading.types.get(group_id), part, row),
                valid_from=v.iso_date(row["begindate"]),
                valid_until=v.day_before(v.iso_date(row["enddate"])),
                ended=reading.ended(row),
            )


def _part_in(group_type: GroupType | None, part: Part, row: Row) -> Part:
    """The teacher of a contact group, and the first teacher of a class, is its contact teacher."""
    first = row["primary"].lower() == "true"
    contact = group_type is GroupType.MENTOR or (group_type is GroupType.HOMEROOM and first)
    return Part.CONTACT_TEACHER if part is Part.TEACHER and contact else part
