"""The shapes tables come in: upright, lying on the side, as cards, and with a column for each month or grade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from aktsom.plans.reading.columns import (
    DONE,
    HOW,
    OTHER,
    WHAT,
    WHEN,
    WHO,
    grades_of_heading,
    guessed_roles,
    header_roles,
    is_when,
    role_of_heading,
)
from aktsom.plans.reading.documents import Table
from aktsom.plans.reading.lines import LONGEST_LINE

Row = Sequence[str]
NUMBERS = re.compile(r"\d{1,2}(?:\s*[-–]\s*\d{1,2})?")
_TO_CALL = re.compile(r"(?:telefon|tlf|mobil|e-?post|kontaktinformasjon)[\w/ -]*\.?", re.IGNORECASE)
HEADING_WITHIN = 4  # a table's heading stands among its first rows, below a title or two


@dataclass(frozen=True)
class TableRow:
    """The cells of one row by what they hold, with the row as it stood. ``is_carried`` when the time is that of the row above."""

    cells: dict[str, str]
    original: tuple[str, ...]
    grades: tuple[int, ...] = ()
    is_carried: bool = False


@dataclass(frozen=True)
class TableTitle:
    """A line across the whole table: the name of what follows."""

    text: str


@dataclass(frozen=True)
class TableLeft:
    """Cells nothing was made of."""

    text: str


Found = TableRow | TableTitle | TableLeft


def read_table(table: Table) -> Iterator[Found]:
    """Yield the rows of a table, whichever shape it has. Every cell with words is in something that is yielded."""
    rows = [tuple(row) for row in table.rows]
    start = next((at for at, row in enumerate(rows[:HEADING_WITHIN]) if header_roles(row) is not None), None)
    grades = next((at for at, row in enumerate(rows[:HEADING_WITHIN]) if grades_of_heading(row) is not None), None)
    months = next((at for at, row in enumerate(rows[:HEADING_WITHIN]) if _is_months(row)), None)
    if rows and _is_list_of_numbers(rows[0]):
        yield from (TableLeft(_said(row)) for row in rows)
    elif grades is not None:
        yield from _titles(rows[:grades])
        yield from _by_grade(rows[grades + 1 :], grades_of_heading(rows[grades]) or [])
    elif start is not None:
        yield from _titles(rows[:start])
        yield from _upright(rows[start:], set(table.titles) if not start else {at - start for at in table.titles})
    elif months is not None and _is_crossed(rows[months:]):
        yield from _titles(rows[:months])
        yield from _upright(rows[months:], set())
    elif months is not None:
        yield from _titles(rows[:months])
        yield from _by_month(rows[months + 1 :], rows[months])
    elif _lies_on_its_side(rows):
        yield from _cards(rows)
    else:
        yield from _without_heading(rows, set(table.titles))


def _is_list_of_numbers(row: Row) -> bool:
    """Return whether a heading is that of a list of whom to call: nobody does anything in it."""
    return header_roles(row) is None and any(_TO_CALL.fullmatch(cell.strip()) for cell in row)


def _titles(rows: Sequence[Row]) -> Iterator[Found]:
    for row in rows:
        text = " ".join(cell.strip() for cell in row if cell.strip())
        if text:
            yield TableTitle(text) if len(text) <= LONGEST_LINE else TableLeft(text)


@dataclass
class _Columns:
    """What each column holds, and the time of the row above when the first column is the time."""

    roles: list[str]
    weeks: tuple[int, ...] = ()  # the columns that hold only the numbers of weeks
    names: tuple[str, ...] = ()  # what the heading calls the columns
    times: tuple[int, ...] = ()  # the columns that are times themselves, with a cross where the row has its time
    above: str = ""
    cells: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, heading: Row) -> _Columns:
        """Return what the columns below a heading hold."""
        weeks = tuple(at for at, cell in enumerate(heading) if cell.strip().casefold() in {"uke", "veke", "uker", "veker"})
        roles = header_roles(heading) or ([OTHER if is_when(cell) else WHAT for cell in heading] if _is_months(heading) else [])
        times = tuple(at for at, cell in enumerate(heading) if at < len(roles) and roles[at] == OTHER and len(cell) <= 30 and is_when(cell))
        crossed = times if len(times) > 1 and WHEN not in roles else ()
        return cls(roles, weeks, tuple(cell.strip().rstrip(":") for cell in heading), crossed)

    def named(self, at: int, cell: str) -> str:
        """Return a cell of a column we have no place for, with the column's own name before it."""
        name = self.names[at] if at < len(self.names) else ""
        return f"{name}: {cell.strip()}" if name and "\n" not in cell else cell

    def read(self, row: Row) -> TableRow:
        said = [f"uke {cell.strip()}" if at in self.weeks and NUMBERS.fullmatch(cell.strip()) else cell for at, cell in enumerate(row)]
        cells = {role: cell for role, cell in zip(self.roles, said, strict=False) if role not in {OTHER, DONE}}
        extra = [
            self.named(at, cell)
            for at, (role, cell) in enumerate(zip(self.roles, row, strict=False))
            if role == OTHER and cell.strip(" -–—") and not (at in self.times and (_is_cross(cell) or is_when(cell)))
        ]
        extra += [cell for cell in row[len(self.roles) :] if cell.strip()]
        if extra:
            cells[OTHER] = "\n".join(extra)
        crossed = [
            self.names[at] if _is_cross(cell) or not is_when(cell) else cell.strip()
            for at, cell in enumerate(row)
            if at in self.times and cell.strip(" -–—")
        ]
        if crossed:
            cells[WHEN] = ", ".join(crossed)
        is_carried = self.roles[0] == WHEN and not cells.get(WHEN, "").strip() and bool(self.above)
        if is_carried:
            cells[WHEN] = self.above
        self.above = cells.get(WHEN, "") if self.roles[0] == WHEN else ""
        return TableRow(cells, tuple(row), is_carried=is_carried)


def _upright(rows: Sequence[Row], titles: set[int]) -> Iterator[Found]:
    columns = _Columns.of(rows[0])
    for at, row in enumerate(rows[1:], 1):
        again = header_roles(row)  # a heading row repeated after a page break, or a new heading within the table
        if again is not None:
            columns = _Columns.of(row)
        elif at in titles:
            yield from _titles([row])
        elif any(cell.strip() for cell in row):
            read = columns.read(row)
            yield read if _says_something(read.cells) else TableLeft(_said(row))


def _says_something(cells: dict[str, str]) -> bool:
    """Return whether a row says more than a time; «–» is an empty cell."""
    return any(cell.strip(" \n-–—") for role, cell in cells.items() if role != WHEN)


def _without_heading(rows: Sequence[Row], titles: set[int]) -> Iterator[Found]:
    roles = guessed_roles([row for at, row in enumerate(rows) if at not in titles])
    if WHO not in roles and WHEN not in roles:
        yield from (TableLeft(_said(row)) for row in rows)
        return
    columns = _Columns(roles)
    for at, row in enumerate(rows):
        if at in titles:
            yield from _titles([row])
        elif any(cell.strip() for cell in row):
            yield columns.read(row)


def _is_months(row: Row) -> bool:
    """Return whether a row is a heading of times: three or more, and nothing else but a name in the first column."""
    said = [cell for cell in row if cell.strip()]
    times = [cell for cell in said if len(cell) <= 30 and is_when(cell)]
    return len(times) >= 3 and len(said) - len(times) <= 1


_CROSSES = frozenset({"x", "xx", "✓", "✔", "●", "•", "*", "ja", "☒", "☑"})


def _is_cross(cell: str) -> bool:
    return cell.strip().casefold() in _CROSSES


def _is_crossed(rows: Sequence[Row]) -> bool:
    """Return whether the cells below the times of a heading are crosses, and what is done stands beside them."""
    below = [cell for row in rows[1:] for cell, heading in zip(row, rows[0], strict=False) if is_when(heading) and cell.strip()]
    return bool(below) and all(_is_cross(cell) for cell in below)


def _by_month(rows: Sequence[Row], heading: Row) -> Iterator[Found]:
    """A column for each month: every line of a cell is something that is done then; the first column may say who."""
    for row in rows:
        side = " ".join(cell.strip() for cell, month in zip(row, heading, strict=False) if not is_when(month) and cell.strip())
        was_used = not side
        for cell, month in zip(row, heading, strict=False):
            for line in (_bare(line) for line in cell.split("\n") if is_when(month) and _bare(line)):
                was_used = True
                yield TableRow({WHAT: line, WHEN: month, WHO: side}, tuple(part for part in (side, month, line) if part))
        if not was_used:
            yield TableLeft(side)
        yield from (TableLeft(cell) for cell in row[len(heading) :] if cell.strip())


def _by_grade(rows: Sequence[Row], grades: Sequence[int | None]) -> Iterator[Found]:
    """A wheel with a column for each grade: what stands the same for all becomes one row, else one for those grades."""
    every = tuple(grade for grade in grades if grade is not None)
    for row in rows:
        month = next((cell for cell, grade in zip(row, grades, strict=False) if grade is None and cell.strip()), "")
        if not is_when(month):
            yield from [TableLeft(_said(row))] if _said(row) else []
            continue
        asked: dict[str, list[int]] = {}
        for cell, grade in zip(row, grades, strict=False):
            for activity in (line.strip() for line in cell.split("\n") if grade is not None and line.strip()):
                asked.setdefault(activity, []).append(grade)  # type: ignore[arg-type]
        for activity, whose in asked.items():
            limited = () if tuple(whose) == every else tuple(whose)
            yield TableRow({WHAT: activity, WHEN: month}, (month, activity), limited)


def _lies_on_its_side(rows: Sequence[Row]) -> bool:
    """Return whether what the columns hold stands down the first column instead of across the first row."""
    labels = [role_of_heading(row[0]) for row in rows if row and row[0].strip()]
    known = {label for label in labels if label}
    return len(known & {WHO, WHEN}) > 0 and len(known) >= 2 and sum(bool(label) for label in labels) * 2 > len(labels)


def _cards(rows: Sequence[Row]) -> Iterator[Found]:
    """Yield one row for each column after the first; a label that comes again begins a new card."""
    groups: list[list[Row]] = [[]]
    labels: set[str] = set()
    for row in rows:
        role = role_of_heading(row[0]) if row else ""
        if role and role in labels:
            groups.append([])
            labels = set()
        labels |= {role} if role else set()
        groups[-1].append(row)
    for group in groups:
        for at in range(1, max(len(row) for row in group)):
            yield from _card(group, at)


def _card(group: Sequence[Row], at: int) -> Iterator[Found]:
    cells: dict[str, str] = {}
    original: list[str] = []
    for row in group:
        text = row[at].strip() if at < len(row) else ""
        if not text:
            continue
        role = role_of_heading(row[0]) or HOW
        said = text if role_of_heading(row[0]) else f"{row[0].strip()}: {text}".lstrip(": ")
        cells[role] = f"{cells[role]}\n{said}" if role in cells else said
        original.append(f"{row[0].strip()}: {text}".lstrip(": "))
    if cells:
        yield TableRow(cells, tuple(original))


def _said(row: Row) -> str:
    return "\t".join(cell for cell in row if cell.strip())


def _bare(line: str) -> str:
    return line.strip().lstrip("-•▪*· ").strip()
