"""A table pasted as text: lines after a row's last cell may be the first lines of the next row's first cell, and say so themselves."""

from __future__ import annotations

from collections.abc import Sequence

from aktsom.plans.reading.columns import WHEN, WHO, is_when, is_who, role_of_heading


def with_first_lines(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """Return the rows with such lines moved down. They are moved only where they cannot be what the last column holds."""
    found = [list(row) for row in rows]
    if not found or len(found[0]) <= width:
        return found
    role = role_of_heading(found[0][width].split("\n")[0])
    for at in range(len(found) - 1):
        if len(found[at]) > width:
            keeps, moved = _parted(found[at][width], role, is_heading=at == 0 and bool(role))
            found[at][width] = keeps
            found[at + 1][0] = "\n".join([*moved, found[at + 1][0]]) if moved else found[at + 1][0]
    return found


def unquoted(cell: str) -> str:
    """Return a cell of several lines without the quotation marks a spreadsheet sets around it when it is copied."""
    bare = cell.strip()
    is_quoted = "\n" in bare and len(bare) > 2 and bare.startswith('"') and bare.endswith('"')
    return bare[1:-1].replace('""', '"') if is_quoted else cell


def _parted(cell: str, role: str, *, is_heading: bool) -> tuple[str, list[str]]:
    """Return what is the cell's own, and the lines that are not."""
    first, *rest = [line for line in cell.split("\n") if line.strip()] or [""]
    if is_heading:
        return first, rest
    fits = {WHEN: is_when, WHO: is_who}.get(role)
    if fits is None or not rest or not fits(first):
        return cell, []
    own = next((at for at, line in enumerate(rest) if not fits(line) and not fits("\n".join([first, *rest[: at + 1]]))), len(rest))
    return ("\n".join([first, *rest[:own]]), rest[own:]) if own < len(rest) and _is_start(rest[own]) else (cell, [])


def _is_start(line: str) -> bool:
    """Return whether a line can begin a cell: with a capital, a number or the mark of a list."""
    return line.strip()[:1].isupper() or line.strip()[:1] in "-–•▪*·0123456789«"
