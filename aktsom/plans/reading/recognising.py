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
from aktsom.plans.reading.cells import joined, listed, time_at_end, when_cell, who_cell
from aktsom.plans.reading.columns import HOW, OTHER, WHAT, WHEN, WHO, is_when, is_who
from aktsom.plans.reading.documents import Block, Heading, Paragraph, Table
from aktsom.plans.reading.labelled import is_item, labelled, with_aside, without_mark
from aktsom.plans.reading.lines import LONGEST_LINE, can_be_line, heading_of, rows_of
from aktsom.plans.reading.recognised import LONGEST_WHAT, Recognised, RecognisedRow, with_sub_items
from aktsom.plans.reading.rest import Piece, pieces_of
from aktsom.plans.reading.tables import TableRow, TableTitle, read_table
from aktsom.plans.reading.tasks import LONGEST_ROW, divided, said_lines, titled
from aktsom.plans.reading.titles import title_of
from aktsom.plans.rules.content import PerWhom, Row, RowKind, RowPart

MOST_ROWS = 2_000  # of one plan; after them no cell is taken apart
SHORT = 120  # letters; a line below a month that is longer is running text


@dataclass
class _Found:
    rows: list[RecognisedRow] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    headings: dict[int, tuple[str, str]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
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
        self.note(title, name)

    def note(self, text: str, section: str = "") -> None:
        """Remember a heading, which is left over when no row comes of it. Without a section it is a time or a role."""
        self.headings[len(self.unread)] = (text, section)
        self.unread.append(text)

    def used(self, text: str) -> None:
        """Rows have been made with this time or role, so its heading is not left over."""
        self.taken.add(text)

    def left(self) -> list[str]:
        """Return what no row was made of, headings too, in the document's order."""
        with_rows = {row.section for row in self.rows}
        gone = {at for at, (text, name) in self.headings.items() if (name in with_rows if name else text.strip().strip(":") in self.taken)}
        return [text for at, text in enumerate(self.unread) if at not in gone]

    def rest(self) -> list[Piece]:
        """Return the text no row was made of as pieces, each with the heading above it."""
        return pieces_of((text, at in self.headings) for at, text in enumerate(self.unread))


def recognise(blocks: Iterable[Block]) -> Recognised:
    """Return the rows of every table and every labelled line in the document, in order, under the headings they stood below."""
    reader, whole = _Reader(), list(blocks)
    for block in whole:
        reader.take(block)
    return replace(reader.end(), title=title_of(whole))


@dataclass
class _Reader:
    """Goes through a document block by block, and remembers what the words before say about the next."""

    found: _Found = field(default_factory=_Found)
    columns: list[str] | None = None  # of a table that lost them, while its lines are gathered
    lines: list[str] = field(default_factory=list)
    context: dict[str, str] = field(default_factory=dict)  # a heading that is a time or a role holds for what stands below it
    card: dict[str, str] = field(default_factory=dict)  # a row told by labels, while it is told
    told: list[str] = field(default_factory=list)
    doubts: tuple[str, ...] = ()
    is_named_by_heading: bool = False  # what the card is about was the heading above, for want of better
    waits_for: str = ""  # a label without anything after it
    before: str = ""  # what stood just before, when it may be what the labels are about

    def take(self, block: Block) -> None:
        """Take the next block."""
        if self.columns is not None and isinstance(block, Paragraph) and _is_line(block.text):
            self.lines.append(block.text)
            return
        if self.columns is not None:
            _take_lines(self.found, self.lines, self.columns)
            self.lines, self.columns = [], None
        if isinstance(block, Table):
            self.close()
            self.table(block)
        elif isinstance(block, Heading) or _is_capitals(block.text):
            self.close()
            self.heading(block.text)
        else:
            self.columns = heading_of(block.text)
            if self.columns is None:
                self.paragraph(block.text)

    def end(self) -> Recognised:
        """Return everything, when there is no more."""
        self.close()
        if self.columns is not None:
            _take_lines(self.found, self.lines, self.columns)
        return Recognised(tuple(self.found.rows), tuple(self.found.sections), tuple(self.found.left()), tuple(self.found.rest()))

    def heading(self, text: str) -> None:
        """A heading that is a time or a role says so for what comes; any other begins a section."""
        said = text.strip().strip(":")
        role = WHEN if is_when(said) else WHO if is_who(said) else ""
        self.before = ""
        if role:
            self.found.note(text)
            self.context = {role: said}
            return
        self.context, self.before = {}, text
        self.found.begin(text.capitalize() if _is_capitals(text) else text)

    def table(self, table: Table) -> None:
        """Take the rows of a table, with the time or role of the heading above where it has no column for it."""
        self.before = ""
        for one in read_table(table):
            if isinstance(one, TableTitle):
                self.heading(one.text)
            elif isinstance(one, TableRow):
                asked = (_("Tiden står i en rad over. Sjekk at den gjelder her også."),) if one.is_carried else ()
                said = [text for role, text in self.context.items() if role not in one.cells]
                cells = self.with_context(one.cells)
                _take_cells(
                    self.found, cells, (*said, *one.original), grades=one.grades, asked=asked, are_lines_meant=table.are_lines_meant
                )
            else:
                self.found.unread.append(one.text)

    def with_context(self, cells: dict[str, str]) -> dict[str, str]:
        """Return the cells with what the heading above says, where they say nothing themselves."""
        if any(role not in cells for role in self.context):
            self.found.used(next(iter(self.context.values())))
        return {**self.context, **cells}

    def paragraph(self, text: str) -> None:
        """Take a paragraph outside tables: part of a row told by labels, an item below a time or a role, or just text."""
        bare = without_mark(text)
        before, cells = labelled(bare)
        if cells:
            self.labels(before, cells, text)
            return
        if self.waits_for and len(bare) <= SHORT:  # «Ansvar:» on a line of its own
            self.card[self.waits_for] = "\n".join(part for part in (self.card[self.waits_for], bare) if part)
            self.told.append(text)
            self.waits_for = self.waits_for if is_item(text) else ""
            return
        if self.card and not {WHO, WHEN} & set(self.card):
            self.card[HOW] = "\n".join(part for part in (self.card.get(HOW, ""), bare) if part)
            self.told.append(text)
            return
        self.close()
        can_be_row = is_item(text) or (WHEN in self.context and len(bare) <= SHORT and not bare.endswith((".", ":")))
        what, aside = with_aside(bare) if can_be_row else (bare, {})
        if can_be_row and (self.context or aside):
            said = [part for part in self.context.values() if part]
            _take_row(self.found, self.with_context({**aside, WHAT: what}), (*said, text))
            self.before = ""
        else:
            self.found.unread.append(text)
            self.before = text

    def labels(self, before: str, cells: dict[str, str], text: str) -> None:
        """Take a line with labels: a new row where it says what, or says again what the row has; else more of the same."""
        if WHAT in cells and not before and self.card and self.is_named_by_heading and not set(cells) & (set(self.card) - {WHAT}):
            self.card[WHAT], self.is_named_by_heading = "", False  # «Hvem: …» and then «Hva: …»: the heading was no task
        elif before or WHAT in cells:
            self.close()
            cells = {
                **cells,
                WHAT: cells.get(WHAT) or before,
                **({HOW: "\n".join([before, cells.get(HOW, "")]).strip()} if cells.get(WHAT) and before else {}),
            }
        elif not self.card or any(role in self.card for role in cells if role in {WHO, WHEN}):
            self.close()
            is_certain = is_item(self.before) or self.before in self.found.sections
            self.is_named_by_heading = self.before in self.found.sections
            self.card = {WHAT: without_mark(self.taken_before())}
            self.doubts = (
                () if is_certain or not self.card[WHAT] else (_("Vi leste linja over som det som skal gjøres. Sjekk at det stemmer."),)
            )
        for role, said in cells.items():
            self.card[role] = f"{self.card[role]}\n{said}" if self.card.get(role) else said
        self.told.append(text)
        self.waits_for = next((role for role, said in cells.items() if not said and not self.card[role]), "")

    def taken_before(self) -> str:
        """Return the text just before, which the labels are about; a paragraph is no longer left over then."""
        before, self.before = self.before, ""
        is_paragraph = len(self.found.unread) - 1 not in self.found.headings  # a heading stays, as the name of its section
        if before and is_paragraph and self.found.unread and self.found.unread[-1] == before:
            self.found.unread.pop()
            self.told.append(before)
        return before if len(before) <= LONGEST_WHAT else ""

    def close(self) -> None:
        """The row told by labels is over: it is taken, or left when it says neither who nor when."""
        card, told, doubts = self.card, self.told, self.doubts
        self.card, self.told, self.doubts, self.waits_for = {}, [], (), ""
        if any(card.get(role, "").strip() for role in (WHO, WHEN)):
            _take_row(self.found, self.with_context(card), tuple(told), asked=doubts)
        else:
            self.found.unread += told
        self.before = "" if card else self.before


def _is_line(text: str) -> bool:
    """Return whether a paragraph can be a line of a table that lost its columns."""
    return can_be_line(text) and not _is_capitals(text) and heading_of(text) is None


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 5 and all(letter.isupper() for letter in letters) and len(text) < LONGEST_LINE


def _take_lines(found: _Found, lines: Sequence[str], columns: Sequence[str]) -> None:
    rows = rows_of(list(lines), columns)
    after = []
    while rows and set(rows[-1]) == {WHAT}:  # the words after the table
        after.append(joined(rows.pop()[WHAT]))
    for cells in rows:
        _take_row(found, cells, tuple(cells.get(column, "") for column in columns))
    found.unread += reversed(after)


def _take_cells(
    found: _Found,
    cells: dict[str, str],
    original: tuple[str, ...],
    *,
    grades: tuple[int, ...],
    asked: tuple[str, ...],
    are_lines_meant: bool,
) -> None:
    """Take the row of a table: one for each thing the cell asks for, all with the row as it stood beside them."""
    what, told = titled(cells.get(WHAT, "")) if are_lines_meant else (cells.get(WHAT, ""), "")
    if told:
        cells = {**cells, WHAT: what, HOW: "\n".join(part for part in (told, cells.get(HOW, "")) if part)}
        asked = (*asked, _("Første linje er lest som det som skal gjøres, resten som hvordan. Sjekk at det stemmer."))
    is_small = sum(map(len, original)) <= LONGEST_ROW and len(found.rows) < MOST_ROWS
    tasks = divided(cells, are_lines_meant=are_lines_meant) if is_small else [(cells, ())]
    if len(tasks) > 1:
        asked = (*asked, _("Det sto flere ting i samme rute, og vi har delt dem. Sjekk hva, hvem og når."))
    lines = said_lines(cells.get(WHAT, ""), are_lines_meant=are_lines_meant) if len(tasks) == 1 and not tasks[0][1] else ()
    for each, parts in tasks:
        more = (_("Punktene er lest som deler av oppgaven. Sjekk at det stemmer."),) if parts else ()
        _take_row(found, each, original, grades=grades, asked=(*asked, *more), below=parts, lines=lines)


def _take_row(
    found: _Found,
    cells: dict[str, str],
    original: tuple[str, ...],
    *,
    grades: tuple[int, ...] = (),
    asked: tuple[str, ...] = (),
    below: tuple[str, ...] = (),
    lines: tuple[str, ...] = (),
) -> None:
    if not cells.get(WHEN, "").strip(" -–—") and (said := time_at_end(joined(cells.get(WHAT, "")))):
        cells, asked = {**cells, WHEN: said}, (*asked, _("Tiden er lest i teksten. Sjekk at den stemmer."))
    who, when = who_cell(cells.get(WHO, "")), when_cell(cells.get(WHEN, ""))
    what, how, other = joined(cells.get(WHAT, "")), cells.get(HOW, ""), cells.get(OTHER, "")
    questions = [*_questions(what, cells), *asked]
    whole = bool(what or how or other) and not who.unmatched and not when.unread
    is_named = bool(what or how or other)
    if not what:
        what, how, other = (joined(how)[:200], "", other) if how else (joined(other)[:200] or _("Uten tekst"), "", "")
    timings: tuple[Timing, ...] = tuple(dict.fromkeys(timing for group in when.timings for timing in group)) or (Unset(),)
    row = Row(
        key=_key(found, what),
        kind=RowKind.TASK,
        what=what[:300],
        how="\n".join(part for part in (how if listed(how) else joined(how), other) if part),
        who=who.roles,
        who_said=joined(cells.get(WHO, "")) if who.unmatched or not who.is_certain else "",
        when_said=joined(cells.get(WHEN, "")),
        timings=timings,
        per=PerWhom.GROUP if "contact_teacher" in who.roles[:1] and len(who.roles) == 1 else PerWhom.SCHOOL,
        grades=grades,
    )
    row = with_sub_items(row, below) if below else _with_parts(row, listed(how), when.phrases, when.timings)
    found.rows.append(RecognisedRow(row, original, found.section(), tuple(questions), whole, is_named, lines))


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
