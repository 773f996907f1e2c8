"""A page from a web site as blocks. No scripts, no network; text that lies loose between the tags is kept too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from aktsom.plans.reading.blocks import Block, DocumentRefused, Heading, Paragraph, Table

JUNK = "//script|//style|//noscript|//template|//head|//title|//comment()|//nav"
# What stands in the line; everything else begins a new one.
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins", "label", "mark", "q", "s", "small", "span", "strong"}
    | {"sub", "sup", "time", "u", "wbr"}
)
WIDEST, TALLEST = 60, 200  # cells one cell can cover


def web_blocks(text: str) -> list[Block]:
    """Return what a page holds, in its order. Raises DocumentRefused for one built to exhaust the reader."""
    from lxml import etree, html  # slow import

    parser = html.HTMLParser(no_network=True, recover=True, huge_tree=False)
    try:
        tree: Any = html.fromstring(f"<div>{text}</div>", parser=parser)
        for junk in tree.xpath(JUNK):
            junk.drop_tree()
        reading = _Page()
        found = [*reading.walk(tree), *reading.flush()]
    except (RecursionError, etree.ParserError) as error:
        raise DocumentRefused(_("Siden kan ikke leses. Kopier teksten fra nettleseren og lim den inn.")) from error
    return found


class _Page:
    """Walks the page; ``line`` is what has been met since the last block ended."""

    def __init__(self) -> None:
        self.line = ""
        self.mark = ""

    def walk(self, node: Any) -> Iterator[Block]:
        """Yield the blocks below a node."""
        self.line += node.text or ""
        for child in node:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag == "br":
                self.line += "\n"
            elif tag in INLINE:
                yield from self.walk(child)
            elif tag:
                yield from self.flush()
                yield from self.block(child, tag)
            self.line += child.tail or ""

    def block(self, node: Any, tag: str) -> Iterator[Block]:
        """Yield what a block element holds."""
        if re.fullmatch(r"h[1-6]", tag):
            text = " ".join(cell_text(node).split())
            if text:
                yield Heading(int(tag[1]), text)
        elif tag == "table":
            yield from table_blocks(node)
        else:
            self.mark = "- " if tag == "li" else ""
            yield from self.walk(node)
            yield from self.flush()

    def flush(self) -> Iterator[Block]:
        """Yield the line that has been gathered, one paragraph for each line of it."""
        lines = [" ".join(line.split()) for line in self.line.split("\n")]
        mark, self.mark, self.line = self.mark, "", ""
        for line in lines:
            if line:
                yield Paragraph(mark + line)


def table_blocks(node: Any) -> Iterator[Block]:
    """Yield a table with its merged cells laid out, then the tables that lay inside it."""
    inner = node.xpath(".//table")
    for table in inner:
        if table.getparent() is not None:
            tail = table.tail
            table.tail = None
            table.getparent().remove(table)
            table.tail = tail
    caption = " ".join(" ".join(part.text_content().split()) for part in node.xpath("./caption"))
    if caption:
        yield Paragraph(caption)
    found = node.xpath("./tr|./thead/tr|./tbody/tr|./tfoot/tr")
    rows = _laid_out(found)
    kept = [at for at, row in enumerate(rows) if any(cell.strip() for cell in row)]
    across = [number for number, at in enumerate(kept) if len(rows[at]) > 1 and len(found[at].xpath("./td|./th")) == 1]
    if kept:
        yield Table(tuple(rows[at] for at in kept), tuple(across))
    for table in inner:
        yield from table_blocks(table)


def _laid_out(rows: list[Any]) -> list[tuple[str, ...]]:
    """Return the rows with a cell that covers several rows said in each of them, and one that covers columns said once."""
    found: list[tuple[str, ...]] = []
    waiting: dict[int, tuple[int, str]] = {}  # column: rows left, text
    for row in rows:
        cells: list[str] = []
        for cell in row.xpath("./td|./th"):
            _fill(cells, waiting)
            at, text = len(cells), cell_text(cell)
            wide, tall = _span(cell, "colspan", WIDEST), _span(cell, "rowspan", TALLEST)
            cells += [text, *[""] * (wide - 1)]
            if tall > 1:
                waiting |= {at + number: (tall - 1, text if number == 0 else "") for number in range(wide)}
        _fill(cells, waiting)
        found.append(tuple(cells))
    return found


def _fill(cells: list[str], waiting: dict[int, tuple[int, str]]) -> None:
    while len(cells) in waiting:
        at = len(cells)
        left, text = waiting.pop(at)
        cells.append(text)
        if left > 1:
            waiting[at] = (left - 1, text)
        if len(cells) > WIDEST:
            return


def _span(cell: Any, name: str, most: int) -> int:
    said = cell.get(name, "1").strip()
    return max(1, min(int(said), most)) if said.isdigit() else 1


def cell_text(node: Any) -> str:
    """Return the lines of a cell; list items begin with «- »."""
    for line in node.xpath(".//br"):
        line.tail = "\n" + (line.tail or "")
    for item in node.xpath(".//li|.//p|.//div"):
        item.tail = "\n" + (item.tail or "")
        if item.tag == "li":
            item.text = ("\n▪ " if any(above.tag == "li" for above in item.iterancestors()) else "\n- ") + (item.text or "")
    lines = (" ".join(line.split()) for line in node.text_content().split("\n"))
    return "\n".join(line for line in lines if line)
