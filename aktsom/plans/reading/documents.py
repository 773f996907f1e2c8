"""A file as headings, paragraphs and tables. Every file is hostile: bounded, no network, no macros, no outside entities."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from aktsom.core.ui.forms import readable
from aktsom.plans.reading.blocks import Block, DocumentRefused, Heading, Paragraph, Table
from aktsom.plans.reading.pasted import unquoted, with_first_lines
from aktsom.plans.reading.web import web_blocks
from aktsom.plans.reading.word import word_blocks

LARGEST = 15_000_000  # bytes as uploaded
MOST_BLOCKS, MOST_CELLS = 5_000, 20_000
MOST_LETTERS, MOST_LINES = 1_000_000, 20_000  # of plain text; every step below takes time in step with them, never with their square
LONGEST_PAGE = 4_000_000  # letters of a page from a web site, tags and all
OLD_WORD = b"\xd0\xcf\x11\xe0"


def blocks_of(content: bytes, name: str) -> list[Block]:
    """Return what the file holds, in its order. Raises DocumentRefused for what is too large, broken or of another kind."""
    if len(content) > LARGEST:
        raise DocumentRefused(_("Fila er for stor. Lagre den uten bilder og prøv igjen."))
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if content[:4] == b"PK\x03\x04" or ending == "docx":
        _refuse_locked(content)
        found = list(islice(word_blocks(content), MOST_BLOCKS + 1))
    elif ending in {"doc", "pdf", "odt", "rtf", "pages"} or content.lstrip()[:5] in {b"%PDF-", b"{\\rtf"} or content[:4] == OLD_WORD:
        _refuse_locked(content)
        raise DocumentRefused(_("Lagre planen som Word-fil (.docx) eller lim den inn som tekst."))
    else:
        text = _decoded(content)
        reader = {"html": web_blocks, "htm": web_blocks, "tsv": _separated, "csv": _separated}.get(ending, _marked)
        if len(text) > LONGEST_PAGE or (reader is _marked and (len(text) > MOST_LETTERS or text.count("\n") > MOST_LINES)):
            raise DocumentRefused(_("Fila er for stor til å være en plan."))
        found = list(islice(reader(text), MOST_BLOCKS + 1))
    if len(found) > MOST_BLOCKS or sum(len(row) for block in found if isinstance(block, Table) for row in block.rows) > MOST_CELLS:
        raise DocumentRefused(_("Fila er for stor til å være en plan."))
    return found


def _refuse_locked(content: bytes) -> None:
    """A Word file with a password, and one from before 2007, both begin as an old one."""
    if content[:4] == OLD_WORD:
        raise DocumentRefused(
            _("Fila er låst med passord, eller er en gammel Word-fil. Åpne den i Word og lagre den som .docx uten passord.")
        )


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "cp1252"):
        try:
            return readable(content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n"))
        except UnicodeDecodeError:
            continue
    raise DocumentRefused(_("Fila er ikke lesbar tekst."))


# Text


def _separated(text: str) -> Iterator[Block]:
    separator = "\t" if "\t" in text else (";" if text.count(";") > text.count(",") else ",")
    try:
        rows = [tuple(cell.strip() for cell in row) for row in csv.reader(io.StringIO(text), delimiter=separator)]
    except csv.Error as error:  # a cell of more than 131 072 letters
        raise DocumentRefused(_("Fila er for stor til å være en plan.")) from error
    yield Table(tuple(row for row in rows if any(row)))


_INLINE = re.compile(r"\[([^\[\]]{0,500})\]\([^()]{0,500}\)")


def _is_rule(line: str) -> bool:
    """Return whether a line only rules off a heading, as «|---|:--|»."""
    return "--" in line and not line.translate({ord(mark): None for mark in "|:-"}).strip()


def _marked(text: str) -> Iterator[Block]:
    """Markdown and plain text: # headings, | tables |, tab-separated tables with continuation lines, and paragraphs."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        heading = re.match(r"\s{0,3}(#{1,6})\s+(\S.*)", line.rstrip())
        if heading:
            yield Heading(len(heading[1]), plain(heading[2]))
            at += 1
        elif line.lstrip().startswith("|") and line.count("|") > 2:
            at, table = _piped(lines, at)
            yield table
        elif "\t" in line.strip():
            at, table = _tabbed(lines, at)
            yield table
        elif line.strip():
            yield Paragraph(plain(line.strip()))
            at += 1
        else:
            at += 1


def _piped(lines: list[str], at: int) -> tuple[int, Table]:
    rows: list[tuple[str, ...]] = []
    while at < len(lines) and lines[at].lstrip().startswith("|"):
        if not _is_rule(lines[at]):
            rows.append(tuple(plain(cell) for cell in lines[at].strip().strip("|").split("|")))
        at += 1
    return at, Table(tuple(rows))


def _tabbed(lines: list[str], at: int) -> tuple[int, Table]:
    """Rows of tab-separated cells; a line that does not reach the next row's first cell continues the cell before it."""
    width = lines[at].count("\t")
    collected: list[list[str]] = []
    blanks = 0
    while at < len(lines):
        line = lines[at]
        if line.lstrip().startswith("#") or line.strip() == "---":
            break
        if _is_rule(line):
            at += 1
            continue
        if not line.strip():
            blanks += 1
            open_row = bool(collected) and len(collected[-1]) <= width
            if blanks > 2 and not open_row:
                break
            at += 1
            if collected and open_row and not collected[-1][-1].endswith("\n"):
                collected[-1][-1] += "\n"
            continue
        cells = line.split("\t")
        if collected and len(collected[-1]) <= width and len(collected[-1]) + len(cells) - 1 <= width + 1:
            collected[-1][-1] += "\n" + cells[0]
            collected[-1] += cells[1:]
        elif len(cells) == 1 and blanks:
            break
        elif len(cells) == 1 and collected:
            collected[-1][-1] += "\n" + cells[0]
        else:
            collected.append(cells)
        blanks = 0
        at += 1
    rows = tuple(
        tuple(plain(unquoted(cell)) for cell in [*row, *[""] * (width + 1 - len(row))]) for row in with_first_lines(collected, width)
    )
    return at, Table(tuple(_continued(rows)), are_lines_meant=False)


def _continued(rows: tuple[tuple[str, ...], ...]) -> list[tuple[str, ...]]:
    """Join a row whose first cell is empty to the one before: a page break in the middle of a row."""
    joined: list[tuple[str, ...]] = []
    for row in rows:
        if joined and not row[0].strip() and any(cell.strip() for cell in row):
            joined[-1] = tuple("\n".join(part for part in pair if part) for pair in zip(joined[-1], row, strict=False))
        elif any(cell.strip() for cell in row):
            joined.append(row)
    return joined


def plain(text: str) -> str:
    """Return text without Markdown marks and HTML tags; list items become lines that begin with «- »."""
    text = _INLINE.sub(r"\1", text)
    text = re.sub(r"<li[^<>]{0,200}>\s*-?\s*", "\n- ", text)
    text = re.sub(r"<br\s*/?>|</li>|</p>", "\n", text)
    text = re.sub(r"<[^>]{1,200}>", "", text)
    text = re.sub(r"(\*\*|__)(.*?)\1", r"\2", text)
    lines = (" ".join(line.split()) for line in text.replace("&nbsp;", " ").replace("&amp;", "&").split("\n"))
    return "\n".join(line for line in lines if line)


__all__ = ["Block", "DocumentRefused", "Heading", "Paragraph", "Table", "blocks_of", "plain"]
