"""A table with given name, family name, class, grade and birth date, for the school that has nothing else.

The text is read as UTF-8. If that fails it is read as Windows' western alphabet (cp1252), and if that fails too it is
refused: there is no third guess. A pupil is known again by name and birth date, since the table has no ids.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from aktsom.people.roster import neutral as n
from aktsom.people.roster import values as v
from aktsom.people.roster.neutral import GroupType, Kind, Mode, Part, UnreadableRoster, Where
from aktsom.people.roster.opening import Member
from aktsom.people.roster.tables import BOM, MOST_LINES, Row, decoded, rows

MOST_BYTES = 20 << 20
SEPARATORS = ";\t,"
HEADINGS = {
    "fornavn": ("fornavn", "fornamn", "elevens fornavn"),
    "etternavn": ("etternavn", "etternamn", "elevens etternavn"),
    "klasse": ("klasse", "gruppe", "basisgruppe", "klasse/gruppe"),
    "trinn": ("trinn", "årstrinn", "årssteg", "steg"),
    "fødselsdato": ("fødselsdato", "fødd", "født", "fdato", "fødselsdag"),
}
SCHOOL_ID = "skolen"


def read_five_columns(member: Member, org_number: str) -> Iterator[n.Record]:
    """Yield one school's pupils and classes."""
    lines = _lines(member)
    first = next(lines, None)
    if first is None or not first[1].strip():
        raise UnreadableRoster(Where(member.name), _("Filen er tom."), _("Hent den på nytt fra kilden."))
    separator = _separator(first[1], Where(member.name, 1))
    heading = _known_headings(first[1], separator)
    yield n.Header(f"femkolonner:{org_number}", Mode.FULL)
    yield n.School(SCHOOL_ID, "", org_number, Where(member.name))
    yield from _extra_columns(heading, separator, Where(member.name, 1))
    yield from _pupils(rows(_again((1, heading), lines), member.name, separator, HEADINGS), member.name)


def _again(first: tuple[int, str], rest: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield first
    yield from rest


def _lines(member: Member) -> Iterator[tuple[int, str]]:
    with member.open(MOST_BYTES) as stream:
        raw = stream.read()
    encoding = _encoding(raw)
    for number, line in enumerate(raw.removeprefix(BOM).splitlines(keepends=True), start=1):
        if number > MOST_LINES:
            return
        yield number, decoded(line, Where(member.name, number), encoding)


def _encoding(raw: bytes) -> str:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _separator(line: str, where: Where) -> str:
    counts = {separator: line.count(separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: counts[separator])
    if not counts[best]:
        raise UnreadableRoster(
            where,
            _("Den første linjen har bare én kolonne."),
            _("Skill kolonnene med semikolon, komma eller tabulator: fornavn;etternavn;klasse;trinn;fødselsdato."),
        )
    return best


def _known_headings(line: str, separator: str) -> str:
    """Return the heading line with our own names for the columns it has by another name."""
    names = {other: own for own, others in HEADINGS.items() for other in others}
    cells = next(csv.reader([line.strip()], delimiter=separator), [])
    return separator.join(f'"{names.get(cell.strip().lower(), cell.strip())}"'.replace('""', '"') for cell in cells) + "\n"


def _extra_columns(heading: str, separator: str, where: Where) -> Iterator[n.Record]:
    cells = {cell for cell in next(csv.reader([heading.strip()], delimiter=separator), []) if cell}
    for name in sorted(cells - set(HEADINGS)):
        yield n.Warned(_("Kolonnen «%(name)s» er ikke lest.") % {"name": name}, where)


def _pupils(table: Iterator[Row], name: str) -> Iterator[n.Record]:
    classes: dict[str, int | None] = {}
    members: list[n.Membership] = []
    undated: dict[str, Where] = {}
    for row in table:
        person = _person(row)
        if person is None:
            yield n.Skipped(Kind.PERSON, _("Fornavn eller etternavn mangler."), row.where)
            continue
        if person.birth_date is None:
            _refuse_namesake(undated, person)
        yield person
        grade = v.grade_of(row["trinn"])
        if grade is None and row["trinn"]:
            yield n.Warned(_("Et trinn kan ikke leses. Skriv 1 til 10 eller Vg1 til Vg3."), row.where)
        yield n.Place(person.external_id, SCHOOL_ID, Part.PUPIL, grade=grade)
        class_name = v.name_of(row["klasse"])[: v.LONGEST_GROUP_NAME]
        if class_name:
            classes[class_name] = grade if classes.get(class_name, grade) == grade else None
            members.append(n.Membership(class_name, person.external_id, Part.PUPIL))
    for class_name, grade in classes.items():
        yield n.Group(class_name, SCHOOL_ID, GroupType.HOMEROOM, class_name, Where(name), grade=grade)
    yield from members


def _refuse_namesake(undated: dict[str, Where], person: n.Person) -> None:
    """Two pupils with one name and no birth date would silently become one."""
    before = undated.setdefault(person.external_id, person.where)
    if before != person.where:
        raise UnreadableRoster(
            person.where,
            _("Samme navn står også på linje %(line)s, og ingen av dem har fødselsdato.") % {"line": before.line},
            _("Skriv fødselsdato på begge, så de ikke blir slått sammen."),
        )


def _person(row: Row) -> n.Person | None:
    for heading in HEADINGS:
        if v.is_national_id(row[heading]) or (heading == "fødselsdato" and sum(map(str.isdigit, row[heading])) == 11):
            raise UnreadableRoster(
                row.where,
                _("Kolonnen %(name)s har et fødselsnummer, og det skal ikke lagres her.") % {"name": heading},
                _("Ta det bort. Skriv bare fødselsdatoen, for eksempel 24.12.2014."),
            )
    given, family = v.name_of(row["fornavn"]), v.name_of(row["etternavn"])
    if not given or not family or max(len(given), len(family)) > v.LONGEST_NAME:
        return None
    born = v.written_date(row["fødselsdato"])
    if born is None and row["fødselsdato"]:
        raise UnreadableRoster(row.where, _("Fødselsdatoen kan ikke leses."), _("Skriv den slik: 24.12.2014, eller la feltet stå tomt."))
    return n.Person(_identity(given, family, str(born or "")), given, family, row.where, birth_date=born)


def _identity(given: str, family: str, born: str) -> str:
    text = "\n".join(part.casefold() for part in (given, family, born))
    return hashlib.sha256(text.encode()).hexdigest()[:40]
