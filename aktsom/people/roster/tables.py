"""Read a table of text line by line, with the file and line of everything that is wrong."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from aktsom.people.roster.neutral import UnreadableRoster, Where
from aktsom.people.roster.opening import BoundedStream, Member

LONGEST_LINE = 1 << 16
MOST_COLUMNS = 200
MOST_LINES = 2_000_000
BOM = b"\xef\xbb\xbf"
WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: cells by lower-case heading. What is missing is an empty string."""

    where: Where
    cells: dict[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")


def text_lines(stream: BoundedStream, name: str, encoding: str = "utf-8") -> Iterator[tuple[int, str]]:
    """Yield line numbers and lines as text. Stop at the first line that is too long or not text in ``encoding``."""
    for number in range(1, MOST_LINES + 2):
        where = Where(name, number)
        raw = stream.readline(LONGEST_LINE + 1)
        if not raw:
            return
        if len(raw) > LONGEST_LINE:
            raise UnreadableRoster(where, _("Linjen er mye lengre enn den skal være."), _("Se etter at det er riktig fil."))
        yield number, decoded(raw.removeprefix(BOM) if number == 1 else raw, where, encoding)
    raise UnreadableRoster(Where(name, MOST_LINES), _("Filen har for mange linjer."), _("Se etter at det er riktig fil."))


def decoded(raw: bytes, where: Where, encoding: str = "utf-8") -> str:
    """Return ``raw`` as text, or refuse it with the line it stands on."""
    if raw.startswith(WIDE_BOMS) or b"\0" in raw:
        raise UnreadableRoster(where, _("Filen er ikke vanlig tekst (UTF-8)."), _("Lagre den som «CSV UTF-8» og prøv igjen."))
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableRoster(
            where,
            _("Tegn nummer %(number)s kan ikke leses som %(encoding)s.") % {"number": error.start + 1, "encoding": encoding.upper()},
            _("Lagre filen som «CSV UTF-8» og prøv igjen."),
        ) from error


def cells_of(line: str, where: Where, separator: str) -> list[str]:
    """Return the cells of one line; a quote that never ends is an error here and not at the end of the file."""
    try:
        cells = next(csv.reader([line.rstrip("\r\n")], delimiter=separator, strict=True), [])
    except csv.Error as error:
        raise UnreadableRoster(
            where,
            _("Linjen kan ikke deles i kolonner. Det mangler trolig et anførselstegn."),
            _("Rett linjen, eller be om en ny fil."),
        ) from error
    if len(cells) > MOST_COLUMNS:
        raise UnreadableRoster(
            where, _("Linjen har flere enn %(most)s kolonner.") % {"most": MOST_COLUMNS}, _("Se etter at det er riktig fil.")
        )
    return cells


def headings_of(line: str, where: Where, separator: str, required: Iterable[str]) -> list[str]:
    """Return the headings in lower case; refuse a table without those that are ``required``."""
    headings = [cell.strip().lower() for cell in cells_of(line, where, separator)]
    while headings and not headings[-1]:
        headings.pop()
    doubled = next((heading for heading in headings if heading and headings.count(heading) > 1), None)
    if doubled:
        raise UnreadableRoster(where, _("Kolonnen «%(name)s» står to ganger.") % {"name": doubled}, _("Fjern den ene og prøv igjen."))
    missing = [heading for heading in required if heading.lower() not in headings]
    if missing:
        raise UnreadableRoster(
            where,
            _("Kolonnen «%(name)s» mangler.") % {"name": missing[0]},
            _("Se etter at den første linjen har navnene på kolonnene."),
        )
    return headings


def table(member: Member, required: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of a comma-separated UTF-8 table."""
    with member.open() as stream:
        lines = text_lines(stream, member.name)
        yield from rows(lines, member.name, ",", required)


def rows(lines: Iterator[tuple[int, str]], name: str, separator: str, required: Iterable[str]) -> Iterator[Row]:
    """Yield one row per line that has anything in it."""
    first = next(lines, None)
    if first is None:
        raise UnreadableRoster(Where(name), _("Filen er tom."), _("Hent den på nytt fra kilden."))
    headings = headings_of(first[1], Where(name, 1), separator, required)
    for number, line in lines:
        where = Where(name, number)
        cells = cells_of(line, where, separator)
        if len(cells) < len(headings) and not line.endswith(("\n", "\r")) and any(cells):
            raise UnreadableRoster(where, _("Filen stopper midt i en linje."), _("Hent den på nytt fra kilden."))
        if any(cells):
            yield Row(where, {heading: cell.strip() for heading, cell in zip(headings, cells, strict=False)})
