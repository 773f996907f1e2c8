"""A file as headings, paragraphs and tables. Every file is hostile: bounded, no network, no macros, no outside entities."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

LARGEST = 15_000_000  # bytes as uploaded
LARGEST_UNPACKED = 80_000_000
MOST_BLOCKS, MOST_CELLS = 5_000, 20_000
MOST_LETTERS, MOST_LINES = 1_000_000, 20_000  # of plain text; every step below takes time in step with them, never with their square


class DocumentRefused(ValueError):
    """The file cannot be read. The text says why, and what to do."""


@dataclass(frozen=True)
class Heading:
    """A heading, 1 the highest."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A piece of running text; line breaks inside it are kept."""

    text: str


@dataclass(frozen=True)
class Table:
    """Rows of cells as text. Line breaks and list items inside a cell are lines of it."""

    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Table


def blocks_of(content: bytes, name: str) -> list[Block]:
    """Return what the file holds, in its order. Raises DocumentRefused for what is too large, broken or of another kind."""
    if len(content) > LARGEST:
        raise DocumentRefused(_("Fila er for stor. Lagre den uten bilder og prøv igjen."))
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending == "docx" or content[:4] == b"PK\x03\x04":
        found = _docx(content)
    elif ending in {"doc", "pdf", "odt", "rtf"}:
        raise DocumentRefused(_("Lagre planen som Word-fil (.docx) eller lim den inn som tekst."))
    else:
        text = _decoded(content)
        reader = {"html": _html, "htm": _html, "tsv": _separated, "csv": _separated}.get(ending, _marked)
        if reader is _marked and (len(text) > MOST_LETTERS or text.count("\n") > MOST_LINES):
            raise DocumentRefused(_("Fila er for stor til å være en plan."))
        found = list(islice(reader(text), MOST_BLOCKS + 1))
    if len(found) > MOST_BLOCKS or sum(len(row) for block in found if isinstance(block, Table) for row in block.rows) > MOST_CELLS:
        raise DocumentRefused(_("Fila er for stor til å være en plan."))
    return found


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "cp1252"):
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
        except UnicodeDecodeError:
            continue
    raise DocumentRefused(_("Fila er ikke lesbar tekst."))


# Word


def _docx(content: bytes) -> list[Block]:
    _refuse_bomb(content)
    import docx  # slow import

    try:
        document = docx.Document(io.BytesIO(content))
        _refuse_wide(document)
        return list(islice(_docx_blocks(document), MOST_BLOCKS + 1))
    except DocumentRefused:
        raise
    except Exception as error:  # whatever a broken or hostile file makes the reader say
        raise DocumentRefused(_("Word-fila er ødelagt. Åpne den i Word, lagre den på nytt og prøv igjen.")) from error


def _refuse_wide(document: Any) -> None:
    """Refuse a cell that says it covers thousands of columns: each column it covers is a cell."""
    from docx.oxml.ns import qn  # slow import

    covered = sum(int(span.get(qn("w:val"), "1")) for span in document.element.iter(qn("w:gridSpan")))
    if covered > MOST_CELLS:
        raise DocumentRefused(_("Fila er for stor til å være en plan."))


def _refuse_bomb(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > LARGEST_UNPACKED or len(packed.infolist()) > 5_000:
                raise DocumentRefused(_("Fila er for stor til å være en plan."))
    except zipfile.BadZipFile as error:
        raise DocumentRefused(_("Word-fila er ødelagt. Åpne den i Word, lagre den på nytt og prøv igjen.")) from error


def _docx_blocks(document: Any) -> Iterator[Block]:
    from docx.table import Table as WordTable

    for item in document.iter_inner_content():
        if isinstance(item, WordTable):
            yield Table(tuple(_docx_row(row) for row in item.rows))
            continue
        text = item.text.strip()
        style = (item.style.name or "") if item.style is not None else ""
        level = re.match(r"(?:Heading|Overskrift|Title|Tittel)\s*(\d*)", style)
        if text and level:
            yield Heading(int(level[1] or 1), text)
        elif text:
            yield Paragraph(f"- {text}" if "List" in style else text)


def _docx_row(row: Any) -> tuple[str, ...]:
    cells: list[str] = []
    before = None
    for cell in row.cells:  # a merged cell comes once for each column it covers
        if cell._tc is not before:
            cells.append("\n".join(part.text for part in cell.paragraphs).strip())
        else:
            cells.append("")
        before = cell._tc
    return tuple(cells)


# HTML


def _html(text: str) -> Iterator[Block]:
    from lxml import html  # slow import

    parser = html.HTMLParser(no_network=True, recover=True, huge_tree=False)
    tree: Any = html.fromstring(f"<div>{text}</div>", parser=parser)
    for junk in tree.xpath("//script|//style|//noscript|//template|//head"):
        junk.drop_tree()
    yield from _html_blocks(tree)


def _html_blocks(node: Any) -> Iterator[Block]:
    for child in node:
        tag = child.tag if isinstance(child.tag, str) else ""
        if re.fullmatch(r"h[1-6]", tag):
            yield Heading(int(tag[1]), _html_text(child))
        elif tag == "table":
            rows = [tuple(_html_text(cell) for cell in row.xpath("./td|./th")) for row in child.xpath(".//tr")]
            yield Table(tuple(row for row in rows if any(row)))
        elif tag in {"p", "li", "blockquote"} and _html_text(child):
            yield Paragraph(_html_text(child))
        elif tag:
            yield from _html_blocks(child)


def _html_text(node: Any) -> str:
    for line in node.xpath(".//br"):
        line.tail = "\n" + (line.tail or "")
    for item in node.xpath(".//li|.//p|.//div"):
        item.tail = "\n" + (item.tail or "")
        if item.tag == "li":
            item.text = "- " + (item.text or "")
    lines = (" ".join(line.split()) for line in node.text_content().split("\n"))
    return "\n".join(line for line in lines if line)


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
    rows = tuple(tuple(plain(cell) for cell in [*row, *[""] * (width + 1 - len(row))]) for row in collected)
    return at, Table(tuple(_continued(rows)))


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
