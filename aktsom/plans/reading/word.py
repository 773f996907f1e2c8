"""A Word file as blocks, read from its own parts: also what lies in content controls, text boxes, tracked changes and notes.

Only the parts with text are unpacked, each within a bound that counts what really comes out, not what the file says of itself.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from aktsom.plans.reading.blocks import Block, DocumentRefused, Heading, Paragraph, Table

LARGEST_PART = 40_000_000  # bytes unpacked
MOST_PARTS = 5_000
MOST_COLUMNS = 60
DEEPEST = 60  # tables within tables and controls within controls
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|overskrift|title|tittel)\s*(\d*)", re.IGNORECASE)
_NOTES = re.compile(r"word/(?:footnotes|endnotes|header\d*|footer\d*)\.xml")
_DELETED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText"}


def word_blocks(content: bytes) -> Iterator[Block]:
    """Return what a Word file holds, in its order; headers and notes last. Raises DocumentRefused."""
    parts = _unpacked(content)
    styles = _styles(parts.pop("word/styles.xml", None))
    body = _parsed(parts.pop("word/document.xml"))
    if body.find(f"{W}body") is None:
        raise DocumentRefused(_("Word-fila er ødelagt. Åpne den i Word, lagre den på nytt og prøv igjen."))
    reading, seen = _Reading(styles), set[str]()
    for block in reading.blocks(body):
        seen |= set() if isinstance(block, Table) else {block.text}
        yield block
    for name in sorted(parts):
        for block in reading.blocks(_parsed(parts[name])):
            if isinstance(block, Table) or block.text not in seen:  # the same header on every page
                seen |= set() if isinstance(block, Table) else {block.text}
                yield block


def _unpacked(content: bytes) -> dict[str, bytes]:
    broken = _("Word-fila er ødelagt. Åpne den i Word, lagre den på nytt og prøv igjen.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [item.filename for item in packed.infolist()]
            _refuse_other_kinds(names)
            wanted = [name for name in names if name in {"word/document.xml", "word/styles.xml"} or _NOTES.fullmatch(name)]
            return {name: _bounded(packed, name) for name in wanted}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        if isinstance(error, DocumentRefused):
            raise
        raise DocumentRefused(broken) from error


def _refuse_other_kinds(names: list[str]) -> None:
    if len(names) > MOST_PARTS:
        raise DocumentRefused(_("Fila er for stor til å være en plan."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise DocumentRefused(_("Fila har makroer. Lagre den som vanlig Word-fil (.docx) og prøv igjen."))
    if "word/document.xml" not in names:
        raise DocumentRefused(_("Dette er ikke en Word-fil. Lagre planen som Word-fil (.docx) eller lim den inn som tekst."))


def _bounded(packed: zipfile.ZipFile, name: str) -> bytes:
    with packed.open(name) as part:
        content = part.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise DocumentRefused(_("Fila er for stor til å være en plan."))
    return content


def _parsed(content: bytes) -> Any:
    from lxml import etree  # slow import

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentRefused(_("Word-fila er ødelagt. Åpne den i Word, lagre den på nytt og prøv igjen.")) from error
    about: Any = root.getroottree().docinfo
    if about.doctype:  # Word never writes one; whoever does, wants something else
        raise DocumentRefused(_("Word-fila er ødelagt. Åpne den i Word, lagre den på nytt og prøv igjen."))
    return root


def _styles(content: bytes | None) -> dict[str, tuple[int, int]]:
    """Return for each style the level of heading it is (0 is none), and how deep a list it makes (0 is none)."""
    if content is None:
        return {}
    found = {}
    for style in _parsed(content).iter(f"{W}style"):
        name = style.find(f"{W}name")
        said = name.get(f"{W}val", "") if name is not None else ""
        level = _HEADING.match(said)
        deep = re.search(r"list\D*(\d?)", said.lower())
        found[style.get(f"{W}styleId", "")] = (int(level[1] or 1) if level else _outline(style), int(deep[1] or 1) if deep else 0)
    return found


def _list_level(node: Any) -> int:
    """Return how deep in a list a paragraph says that it stands: 1 the outermost, 0 in none."""
    numbering = node.find(f"{W}pPr/{W}numPr")
    level = numbering.find(f"{W}ilvl") if numbering is not None else None
    value = level.get(f"{W}val", "0") if level is not None else "0"
    return 0 if numbering is None else int(value) + 1 if value.isdigit() and len(value) < 3 else 1


def _outline(element: Any) -> int:
    level = element.find(f"{W}pPr/{W}outlineLvl")
    value = level.get(f"{W}val", "9") if level is not None else "9"
    return int(value) + 1 if value.isdigit() and int(value) < 9 else 0


@dataclass
class _Reading:
    styles: dict[str, tuple[int, int]]
    depth: int = field(default=0)

    def blocks(self, node: Any) -> Iterator[Block]:
        """Yield the blocks below a node; a container that holds no text of its own is walked through."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise DocumentRefused(_("Fila er for stor til å være en plan."))
        for child in node:
            if child.tag == f"{W}p":
                yield from self.paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self.table(child)
            elif isinstance(child.tag, str) and child.tag not in _DELETED:
                yield from self.blocks(child)
        self.depth -= 1

    def paragraph(self, node: Any) -> Iterator[Block]:
        text = "\n".join(" ".join(line.split()) for line in _text(node).split("\n")).strip()
        style = node.find(f"{W}pPr/{W}pStyle")
        level, deep = self.styles.get(style.get(f"{W}val", "") if style is not None else "", (0, 0))
        level = _outline(node) or level
        deep = max(deep, _list_level(node))
        if text and level:
            yield Heading(level, text.replace("\n", " "))
        elif text:
            yield Paragraph(f"{'▪' if deep > 1 else '-'} {text}" if deep and not text.startswith("- ") else text)
        yield from self.boxes(node)

    def boxes(self, node: Any) -> Iterator[Block]:
        """Yield what lies in text boxes. Word writes each twice, for old readers; the old form is left out."""
        for box in node.iter(f"{W}txbxContent"):
            if not any(above.tag.endswith("}Fallback") for above in box.iterancestors() if isinstance(above.tag, str)):
                yield from self.blocks(box)

    def table(self, node: Any) -> Iterator[Block]:
        """Yield a table, then those that lie inside its cells."""
        rows: list[tuple[str, ...]] = []
        inner: list[Any] = []
        across: set[int] = set()
        for row in _below(node, f"{W}tr"):
            rows.append(self.row(row, rows[-1] if rows else (), inner))
            across |= {len(rows) - 1} if len(rows[-1]) > 1 and sum(1 for _cell in _below(row, f"{W}tc")) == 1 else set()
        kept = [at for at, row in enumerate(rows) if any(cell.strip() for cell in row)]
        if kept:
            yield Table(tuple(rows[at] for at in kept), tuple(number for number, at in enumerate(kept) if at in across))
        self.depth += 1
        for table in inner:
            if self.depth > DEEPEST:
                raise DocumentRefused(_("Fila er for stor til å være en plan."))
            yield from self.table(table)
        self.depth -= 1

    def row(self, node: Any, above: tuple[str, ...], inner: list[Any]) -> tuple[str, ...]:
        """Return the cells. One merged downwards says the same in each row; one merged sideways stands once."""
        cells: list[str] = []
        for cell in _below(node, f"{W}tc"):
            told = cell.find(f"{W}tcPr")
            merged = told.find(f"{W}vMerge") if told is not None else None
            span = told.find(f"{W}gridSpan") if told is not None else None
            goes_on = merged is not None and merged.get(f"{W}val") != "restart"
            text = self.cell(cell, inner)
            cells.append(above[len(cells)] if goes_on and not text and len(cells) < len(above) else text)
            wide = int(span.get(f"{W}val", "1")) if span is not None and span.get(f"{W}val", "").isdigit() else 1
            cells += [""] * (min(wide, MOST_COLUMNS) - 1)
        return tuple(cells)

    def cell(self, node: Any, inner: list[Any]) -> str:
        """Return the lines of a cell; tables inside it are put aside."""
        lines: list[str] = []
        for child in _flat(node):
            if child.tag == f"{W}tbl":
                inner.append(child)
            else:
                lines += [block.text for block in self.paragraph(child) if isinstance(block, Paragraph | Heading)]
        return "\n".join(lines).strip()


def _flat(node: Any) -> Iterator[Any]:
    """Yield the paragraphs and tables directly below a node, also through content controls and tracked changes."""
    for child in node:
        if child.tag in {f"{W}p", f"{W}tbl"}:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _DELETED:
            yield from _flat(child)


def _below(node: Any, tag: str) -> Iterator[Any]:
    for child in node:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"}:
            yield from _below(child, tag)


def _text(node: Any) -> str:
    """Return the text of a paragraph as it stands when tracked changes are accepted; text boxes are told apart."""
    found = []
    for child in node:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _DELETED or tag.endswith(("}drawing", "}pict", "}AlternateContent", "}object")):
            continue
        if tag == f"{W}t":
            found.append(child.text or "")
        elif tag in {f"{W}br", f"{W}cr"}:
            found.append("\n")
        elif tag == f"{W}tab":
            found.append("\t" if node.tag == f"{W}r" else "")
        elif tag in {f"{W}noBreakHyphen", f"{W}softHyphen"}:
            found.append("-" if tag == f"{W}noBreakHyphen" else "")
        else:
            found.append(_text(child))
    return "".join(found)
