"""PIFU-IMS SAS 1.3 as XML: streamed, with entities, outside files and the network shut out.

Elements are matched by local name, so both namespaces in use are read. Grades, absence, addresses, pictures, identity
numbers and passwords are never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from sys import intern
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from aktsom.people.roster import neutral as n
from aktsom.people.roster import values as v
from aktsom.people.roster.neutral import GroupType, Kind, Mode, Part, UnreadableRoster, Where
from aktsom.people.roster.opening import BoundedStream, Member, too_large

NAMESPACES = ("http://pifu.no/xsd/pifu-ims_sas/pifu-ims_sas-v1", "http://pifu.no/xsd/pifu-ims_sas/pifu-ims_sas-1.1")
MOST_BYTES_AT_ONCE = 4 << 20  # one person, group or member; what is kept in memory at a time
MOST_LINES_TOLD = 65_535  # the parser's element line numbers stop counting there
ORG_SCHEME = "pifu-ims-go-org"
SCHOOL = "2"
GROUP_TYPES = {"1": GroupType.HOMEROOM, "2": GroupType.TEACHING, "3": GroupType.MENTOR, "4": GroupType.GRADE, "15": GroupType.SFO}
PARTS = {
    "01": Part.PUPIL,
    "02": Part.TEACHER,
    "04": Part.OTHER_STAFF,
    "05": Part.OTHER_STAFF,
    "06": Part.CONTACT_TEACHER,
    "07": Part.OTHER_STAFF,
    "08": Part.ASSISTANT,
}
ENDED = "0"
LONGEST_TITLE = 120
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_HEAD = 1 << 16


def titles() -> dict[str, str]:
    """Return what a role is called here. A title gives no access; that is given by a person."""
    return {
        "02": _("Lærer"),
        "04": _("Ansatt"),
        "05": _("Skoleleder"),
        "06": _("Lærer"),
        "07": _("Administrasjon"),
        "08": _("Assistent"),
    }


@dataclass(frozen=True, slots=True)
class _Found:
    """A group or organisation as the file has it, before it is known which school it is in."""

    id: str
    where: Where
    number: str
    word: str
    name: str
    org_number: str
    grade: int | None
    valid_from: date | None
    valid_until: date | None


@dataclass
class _Reading:
    """What has been seen so far, and the groups, which can only be placed when all of them are known."""

    name: str
    source: str = "pifu"
    schools: set[str] = field(default_factory=set)
    parents: dict[str, str] = field(default_factory=dict)
    orgs: set[str] = field(default_factory=set)
    types: dict[str, GroupType] = field(default_factory=dict)
    waiting: list[_Found] = field(default_factory=list)

    def where(self, element: Any) -> Where:
        line = element.sourceline or 0
        return Where(self.name, line if line < MOST_LINES_TOLD else 0)

    def external_id(self, sourcedid: Any) -> str:
        """Return the id; one that comes from another system than the file itself carries that system's name."""
        own, source = text(sourcedid, "id"), text(sourcedid, "source")
        own = own if not source or source[:60] == self.source else f"{source}#{own}"
        return intern(v.checked_id(own, self.where(sourcedid)))

    def school_of(self, group_id: str) -> str | None:
        """Follow the parents up to a school, at most ten steps."""
        for _step in range(10):
            if group_id in self.schools:
                return group_id
            group_id = self.parents.get(group_id, "")
        return None


def local(element: Any) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rsplit("}", 1)[-1]


def children(element: Any, name: str) -> list[Any]:
    """Return the children with this local name."""
    return [child for child in element if local(child) == name]


def child(element: Any, *path: str) -> Any:
    """Return the first element down ``path``, or None."""
    for name in path:
        element = next(iter(children(element, name)), None) if element is not None else None
    return element


def text(element: Any, *path: str) -> str:
    """Return the text at the end of ``path``, or an empty string."""
    found = child(element, *path)
    return (found.text or "").strip() if found is not None else ""


def read_pifu(member: Member) -> Iterator[n.Record]:
    """Yield everything that is of use in a PIFU-IMS file."""
    _refuse_document_type(member)
    reading = _Reading(member.name)
    try:
        with member.open() as stream:
            yield from _elements(stream, reading)
    except etree.XMLSyntaxError as error:
        raise UnreadableRoster(
            Where(member.name, error.lineno or 0),
            _("Filen er ikke hel eller gyldig XML."),
            _("Hent den på nytt fra kilden. Den kan være avkortet."),
        ) from error


def _refuse_document_type(member: Member) -> None:
    with member.open() as stream:
        head = stream.read(_HEAD).replace(b"\0", b"").upper()
    if any(word in head for word in _FORBIDDEN):
        raise _has_document_type(member.name)


def _has_document_type(name: str) -> UnreadableRoster:
    return UnreadableRoster(
        Where(name),
        _("Filen har egne definisjoner (DOCTYPE eller ENTITY), og det har ikke en vanlig PIFU-fil."),
        _("Be den som lager filen om å ta dem bort."),
    )


def _elements(stream: BoundedStream, reading: _Reading) -> Iterator[n.Record]:
    steps = etree.iterparse(
        stream,
        events=("start", "end"),
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    depth = told = 0
    for event, element in steps:
        if stream.taken - told > MOST_BYTES_AT_ONCE:
            raise too_large(reading.name)
        if event == "start":
            depth += 1
            if depth == 1:
                _check_root(element, reading)
            continue
        depth -= 1
        if depth == 1 or (depth == 2 and local(element) == "member"):
            yield from _whole(element, reading)
            element.clear(keep_tail=False)
            told = stream.taken
        if depth == 1:
            _forget_before(element)
    yield from _groups(reading)


def _check_root(root: Any, reading: _Reading) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise _has_document_type(reading.name)
    if local(root) != "enterprise":
        raise UnreadableRoster(
            Where(reading.name), _("Dette er ikke en PIFU-IMS-fil."), _("Den skal begynne med <enterprise>. Se etter at det er riktig fil.")
        )


def _forget_before(element: Any) -> None:
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _whole(element: Any, reading: _Reading) -> Iterator[n.Record]:
    """Yield what one whole part of the file says."""
    name = local(element)
    if name == "properties":
        yield _header(element, reading)
    elif name == "person":
        yield from _person(element, reading)
    elif name == "group":
        _remember_group(element, reading)
    elif name == "member":
        yield from _groups(reading)
        yield from _member(element, reading)


def _header(element: Any, reading: _Reading) -> n.Header:
    reading.source = text(element, "datasource")[:60] or "pifu"
    return n.Header(reading.source, Mode.FULL if text(element, "type").lower() in {"full", ""} else Mode.DELTA)


def _person(element: Any, reading: _Reading) -> Iterator[n.Record]:
    where = reading.where(element)
    if any(user.get("password") for user in children(element, "userid")):
        yield n.Warned(n.passwords("userid"), where)
    person_id, former = _ids(element, reading)
    given, family = v.name_of(text(element, "name", "n", "given")), v.name_of(text(element, "name", "n", "family"))
    if not (given or family):
        given = v.name_of(text(element, "name", "fn"))
    if not person_id or not (given or family) or max(len(given), len(family)) > v.LONGEST_NAME:
        yield n.Skipped(Kind.PERSON, _("Id eller navn mangler, eller navnet er for langt."), where)
        return
    extension = child(element, "extension")
    yield n.Person(
        external_id=person_id,
        given_name=given,
        family_name=family,
        where=where,
        birth_date=v.iso_date(text(element, "demographics", "bday")),
        email=_email(element, extension),
        phone=_phone(element),
        former_ids=former,
        ended=any(_is_inactive(status) for status in _in(extension, "pifu_status")),
    )
    yield from _contacts(person_id, extension, reading)


def _in(element: Any, name: str) -> list[Any]:
    return children(element, name) if element is not None else []


def _is_inactive(status: Any) -> bool:
    return status.get("type") == "activeInactive" and (status.text or "").strip().lower() == "inaktiv"


def _ids(element: Any, reading: _Reading) -> tuple[str, tuple[str, ...]]:
    """Return the id in use now and those the source used before."""
    by_type: dict[str, list[str]] = {}
    for sourcedid in children(element, "sourcedid"):
        by_type.setdefault((sourcedid.get("sourcedidtype") or "New").lower(), []).append(reading.external_id(sourcedid))
    current = [*by_type.pop("new", []), *(i for ids in by_type.values() for i in ids)]
    return (current[0], tuple(current[1:])) if current else ("", ())


def _email(element: Any, extension: Any) -> str:
    at_work = [mail for mail in _in(extension, "pifu_email") if mail.get("type") == "personEmailAtOrg"]
    found = [v.email_of(mail.text or "") for mail in [*at_work, *children(element, "email")]]
    return next((email for email in found if email), "")


def _phone(element: Any) -> str:
    numbers = {tel.get("teltype", "1"): tel.text or "" for tel in reversed(children(element, "tel"))}
    return v.phone_of(numbers.get("3", "")) or v.phone_of(numbers.get("1", ""))


def _contacts(person_id: str, extension: Any, reading: _Reading) -> Iterator[n.Record]:
    for contact in _in(extension, "pifu_hasContactPerson"):
        sourcedid = child(contact, "sourcedid")
        if sourcedid is None:
            continue
        if contact.get("type") == "guardian":
            yield n.Guardianship(person_id, reading.external_id(sourcedid))
        else:
            yield n.Skipped(Kind.GUARDIANSHIP, _("Pårørende som ikke er foresatt, leses ikke inn."), reading.where(contact))


def _remember_group(element: Any, reading: _Reading) -> None:
    sourcedid = child(element, "sourcedid")
    if sourcedid is None:
        return
    group_id = reading.external_id(sourcedid)
    parent = next((r for r in children(element, "relationship") if r.get("relation") == "1"), None)
    parent_sourcedid = child(parent, "sourcedid")
    if parent_sourcedid is not None:
        reading.parents[group_id] = reading.external_id(parent_sourcedid)
    is_org = text(element, "grouptype", "scheme").endswith("-org")
    level = child(element, "grouptype", "typevalue")
    number = (level.get("level") or "") if level is not None else ""
    if is_org:
        reading.orgs.add(group_id)
    if is_org and number == SCHOOL:
        reading.schools.add(group_id)
    reading.waiting.append(_found(element, group_id, number, reading))


def _found(element: Any, group_id: str, number: str, reading: _Reading) -> _Found:
    ids = {i.get("type"): text(i, "pifu_value") for i in _in(child(element, "extension"), "pifu_id")}
    return _Found(
        id=group_id,
        where=reading.where(element),
        number=number,
        word=v.name_of(text(element, "grouptype", "typevalue"))[:40],
        name=v.name_of(text(element, "description", "short") or text(element, "description", "long")),
        org_number=ids.get("organizationNumber", "").replace(" ", ""),
        grade=v.grade_of(ids.get("grepCodeGradeLevel") or ids.get("grepCode") or ""),
        valid_from=v.iso_date(text(element, "timeframe", "begin")),
        valid_until=v.iso_date(text(element, "timeframe", "end")),
    )


def _groups(reading: _Reading) -> Iterator[n.Record]:
    """Yield the schools and groups that have been remembered, once all of them are known."""
    waiting, reading.waiting = reading.waiting, []
    for found in waiting:
        yield _group(found, reading)


def _group(found: _Found, reading: _Reading) -> n.Record:
    if found.id in reading.schools:
        return n.School(found.id, found.name, found.org_number, found.where)
    if found.id in reading.orgs:
        return n.Skipped(Kind.SCHOOL, _("Dette er ikke en skole."), found.where)
    group_type = GROUP_TYPES.get(found.number)
    if group_type is None:
        return n.Skipped(Kind.GROUP, _("Grupper av typen «%(type)s» er ikke i bruk her.") % {"type": found.word}, found.where)
    school = reading.school_of(found.id)
    if school is None:
        return n.Skipped(Kind.GROUP, _("Skolen det vises til, står ikke i listen."), found.where)
    reading.types[found.id] = group_type
    return n.Group(
        external_id=found.id,
        school_id=school,
        type=group_type,
        name=(found.name or found.id)[: v.LONGEST_GROUP_NAME],
        where=found.where,
        grade=found.grade or (v.grade_of(found.name) if group_type is GroupType.GRADE else None),
        valid_from=found.valid_from,
        valid_until=found.valid_until,
    )


def _member(element: Any, reading: _Reading) -> Iterator[n.Record]:
    group_sourcedid, person_sourcedid = child(element.getparent(), "sourcedid"), child(element, "sourcedid")
    if group_sourcedid is None or person_sourcedid is None or text(element, "idtype") == "2":
        return
    group_id, person_id = reading.external_id(group_sourcedid), reading.external_id(person_sourcedid)
    for role in children(element, "role"):
        yield _membership(role, group_id, person_id, reading)


def _membership(role: Any, group_id: str, person_id: str, reading: _Reading) -> n.Record:
    """Return what one role says: a place at a school or a part in a group. Grades and absence in it are not read."""
    code = (role.get("roletype") or "").zfill(2)
    part, kind = PARTS.get(code), Kind.PLACE if group_id in reading.orgs else Kind.MEMBERSHIP
    if part is None:
        return n.Skipped(kind, _("Rollen «%(role)s» er ikke i bruk her.") % {"role": code}, reading.where(role))
    days = v.iso_date(text(role, "timeframe", "begin")), v.iso_date(text(role, "timeframe", "end"))
    ended = text(role, "status") == ENDED
    if group_id in reading.schools:
        title = v.name_of(text(role, "subrole")).capitalize()[:LONGEST_TITLE] or titles().get(code, "")
        return n.Place(person_id, group_id, part, title=title, valid_from=days[0], valid_until=days[1], ended=ended)
    if group_id in reading.orgs:
        return n.Skipped(kind, _("Tilhørighet til skoleeieren gir ikke plass ved en skole."), reading.where(role))
    if part is Part.TEACHER and reading.types.get(group_id) is GroupType.MENTOR:
        part = Part.CONTACT_TEACHER
    return n.Membership(group_id, person_id, part, valid_from=days[0], valid_until=days[1], ended=ended)
