"""Rows out of a document's tables, each with what stood there, what was understood, and what needs a person.

Nothing is filled in: a cell that is not understood keeps its words and is pointed out. A row is *whole* when everything that
stood in it was understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.utils.text import slugify
from django.utils.translation import gettext as _

from aktsom.core.timing.yearly import Timing
from aktsom.core.timing.yearly.expressions import Unset
from aktsom.plans.reading.cells import joined, listed, when_cell, who_cell
from aktsom.plans.reading.columns import DONE, HOW, OTHER, WHAT, WHEN, WHO, grades_of_heading, guessed_roles, header_roles, is_when
from aktsom.plans.reading.documents import Block, Heading, Paragraph, Table
from aktsom.plans.reading.lines import LONGEST_LINE, can_be_line, heading_of, rows_of
from aktsom.plans.rules.content import PerWhom, PlanContent, Row, RowKind, RowPart, Section, SectionArea, SectionForm

AREA_WORDS = (
    (SectionArea.INFORM, ("inform",)),
    (SectionArea.WHEEL, ("årshjul",)),
    (
        SectionArea.RESPOND,
        ("aktivitetsplikt", "undersøk", "varsl", "håndter", "meld", "gripe inn", "krenk", "mistanke", "følge opp", "12-4", "12-5"),
    ),
    (SectionArea.EVALUATE, ("evaluer",)),
    (SectionArea.PREVENT, ("forebygg",)),
    (SectionArea.PROMOTE, ("fremme", "trivsel")),
    (SectionArea.RESOURCES, ("ressurs", "lenke")),
    (SectionArea.APPENDIX, ("vedlegg",)),
)


@dataclass(frozen=True)
class RecognisedRow:
    """A row with the cells it was made from. ``questions`` are what a person must look at."""

    row: Row
    original: tuple[str, ...]
    section: str
    questions: tuple[str, ...] = ()
    is_whole: bool = True


@dataclass(frozen=True)
class Recognised:
    """Everything found in a document. ``unread`` are pieces of text outside tables, kept for the person to see."""

    rows: tuple[RecognisedRow, ...] = ()
    sections: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def whole(self) -> int:
        """How many rows need no person."""
        return sum(row.is_whole for row in self.rows)

    def content(self, title: str) -> PlanContent:
        """Return the rows as a plan, in the document's own sections."""
        made = []
        under: dict[str, list[Row]] = {name: [] for name in self.sections}
        for found in self.rows:
            under[found.section].append(found.row)
        for number, name in enumerate(self.sections, 1):
            if rows := tuple(under[name]):
                made.append(Section(f"del-{number}", name, area_of(name), SectionForm.TABLE, rows=rows))
        return PlanContent(title, sections=tuple(made))


def area_of(title: str) -> SectionArea:
    """Return what a section with this title is most likely about."""
    said = title.casefold()
    return next((area for area, words in AREA_WORDS if any(word in said for word in words)), SectionArea.PREVENT)


@dataclass
class _Found:
    rows: list[RecognisedRow] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    counted: dict[str, int] = field(default_factory=dict)  # how often a heading or key has come, so that the next number is known

    def section(self) -> str:
        if not self.sections:
            self.begin(_("Tiltak"))
        return self.sections[-1]

    def begin(self, title: str) -> None:
        name, number = title[:120], self.counted.get(f"del {title[:115]}", 1)
        while name in self.names:
            number += 1
            name = f"{title[:115]} ({number})"
        self.counted[f"del {title[:115]}"] = number
        self.names.add(name)
        self.sections.append(name)


def recognise(blocks: Iterable[Block]) -> Recognised:
    """Return the rows of every table in the document, in order, under the headings they stood below."""
    found = _Found()
    loose: list[str] = []
    columns: list[str] | None = None
    for block in blocks:
        if isinstance(block, Paragraph) and columns is None and heading_of(block.text) is None and not _is_capitals(block.text):
            found.unread.append(block.text)
            continue
        if columns is not None and isinstance(block, Paragraph) and _is_line(block.text):
            loose.append(block.text)
            continue
        if columns is not None:
            _take_lines(found, loose, columns)
            loose, columns = [], None
        if isinstance(block, Heading):
            found.begin(block.text)
        elif isinstance(block, Table):
            _take_table(found, block)
        elif _is_capitals(block.text):
            found.begin(block.text.capitalize())
        else:
            columns = heading_of(block.text)
            found.unread += [] if columns else [block.text]
    if columns is not None:
        _take_lines(found, loose, columns)
    return Recognised(tuple(found.rows), tuple(found.sections), tuple(found.unread))


def _is_line(text: str) -> bool:
    """Return whether a paragraph can be a line of a table that lost its columns."""
    return can_be_line(text) and not _is_capitals(text) and heading_of(text) is None


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 5 and all(letter.isupper() for letter in letters) and len(text) < LONGEST_LINE


def _take_lines(found: _Found, lines: Sequence[str], columns: Sequence[str]) -> None:
    rows = rows_of(list(lines), columns)
    while rows and set(rows[-1]) == {WHAT}:  # the words after the table
        found.unread.append(joined(rows.pop()[WHAT]))
    for cells in rows:
        _take_row(found, cells, tuple(cells.get(column, "") for column in columns))


def _take_table(found: _Found, table: Table) -> None:
    rows = list(table.rows)
    grades = grades_of_heading(rows[0]) if rows else None
    if grades is not None:
        _take_months(found, rows[1:], grades)
        return
    roles = header_roles(rows[0]) if rows else None
    if roles is not None:
        rows = rows[1:]
    else:
        roles = guessed_roles(rows)
        if WHO not in roles and WHEN not in roles:
            found.unread += ["\t".join(row) for row in rows]
            return
    for row in rows:
        again = header_roles(row)  # a heading row repeated after a page break, or a new heading within the table
        if again is not None:
            roles = again
            continue
        cells = {role: cell for role, cell in zip(roles, row, strict=False) if role not in {OTHER, DONE}}
        extra = [cell for role, cell in zip(roles, row, strict=False) if role == OTHER and cell.strip()]
        if extra:
            cells[HOW] = "\n".join([part for part in (cells.get(HOW, ""), *extra) if part])
        if any(cell.strip() for cell in cells.values()):
            _take_row(found, cells, tuple(row))


def _take_months(found: _Found, rows: Sequence[Sequence[str]], grades: Sequence[int | None]) -> None:
    """A wheel with a column for each grade: what stands the same for all becomes one row, else one for those grades."""
    every = tuple(grade for grade in grades if grade is not None)
    for row in rows:
        month = next((cell for cell, grade in zip(row, grades, strict=False) if grade is None and cell.strip()), "")
        if not is_when(month):
            continue
        asked: dict[str, list[int]] = {}
        for cell, grade in zip(row, grades, strict=False):
            for activity in (line.strip() for line in cell.split("\n") if grade is not None and line.strip()):
                asked.setdefault(activity, []).append(grade)  # type: ignore[arg-type]
        for activity, whose in asked.items():
            limited = () if tuple(whose) == every else tuple(whose)
            _take_row(found, {WHAT: activity, WHEN: month}, (month, activity), grades=limited)


def _take_row(found: _Found, cells: dict[str, str], original: tuple[str, ...], *, grades: tuple[int, ...] = ()) -> None:
    who, when = who_cell(cells.get(WHO, "")), when_cell(cells.get(WHEN, ""))
    what, how = joined(cells.get(WHAT, "")), cells.get(HOW, "")
    questions = _questions(what, cells)
    whole = bool(what or how) and not who.unmatched and not when.unread
    if not what:
        what, how = joined(how)[:200] or _("Uten tekst"), ""
    timings: tuple[Timing, ...] = tuple(dict.fromkeys(timing for group in when.timings for timing in group)) or (Unset(),)
    row = Row(
        key=_key(found, what),
        kind=RowKind.TASK,
        what=what[:300],
        how=joined(how) if not listed(how) else how,
        who=who.roles,
        who_said=joined(cells.get(WHO, "")) if who.unmatched or not who.is_certain else "",
        when_said=joined(cells.get(WHEN, "")),
        timings=timings,
        per=PerWhom.GROUP if "contact_teacher" in who.roles[:1] and len(who.roles) == 1 else PerWhom.SCHOOL,
        grades=grades,
    )
    row = _with_parts(row, listed(how), when.phrases, when.timings)
    found.rows.append(RecognisedRow(row, original, found.section(), tuple(questions), whole))


def _with_parts(row: Row, items: list[str], phrases: tuple[str, ...], timings: tuple[tuple[Timing, ...], ...]) -> Row:
    """Give each list item its own time when there are as many times as items."""
    if len(items) < 2 or len(items) != len(phrases):
        return row
    parts = tuple(RowPart(item[:300], row.who, said, one, row.per) for item, said, one in zip(items, phrases, timings, strict=True))
    return replace(row, parts=parts, timings=(), how="")


def _questions(what: str, cells: dict[str, str]) -> list[str]:
    who, when = who_cell(cells.get(WHO, "")), when_cell(cells.get(WHEN, ""))
    asked = []
    if not what:
        asked.append(_("Det står ikke hva som skal gjøres."))
    if who.unmatched:
        asked.append(_("Vi kjenner ikke rollen: %(words)s.") % {"words": ", ".join(who.unmatched)})
    elif not who.roles:
        asked.append(_("Det står ikke hvem som har ansvaret."))
    elif not who.is_certain:
        asked.append(_("Vi leste rollen slik: sjekk at den stemmer."))
    if when.unread:
        asked.append(_("Vi forstår ikke tiden: %(words)s.") % {"words": ", ".join(when.unread)})
    elif not when.timings:
        asked.append(_("Det står ikke når."))
    elif not when.is_certain:
        asked.append(_("Tiden er vag. Se om vi har lest den rett."))
    return asked


def _key(found: _Found, what: str) -> str:
    base = slugify(what)[:40].strip("-") or "rad"
    key, number = base, found.counted.get(f"rad {base}", 1)
    while key in found.keys:
        number += 1
        key = f"{base}-{number}"
    found.counted[f"rad {base}"] = number
    found.keys.add(key)
    return key
