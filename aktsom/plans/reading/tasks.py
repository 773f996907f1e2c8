"""The separate things one cell asks for: the items of a list, items below an item, and lines that each begin anew.

A cell is taken apart only where somebody ended a line or set a mark. Every word stays; a person is asked to look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from aktsom.plans.reading.cells import joined, lines_of
from aktsom.plans.reading.columns import WHAT, WHEN, WHO, is_when, is_who

LONGEST_NAME = 60  # letters; what something is called
LONGEST = 90  # letters; a longer line is running text
MOST_TASKS = 30  # in one cell; a longer list is left for a person
LONGEST_ROW = 4_000  # letters in all of a row that is taken apart: each part has the whole row beside it
MOST = 12  # lines without marks; more of them are running text
_MARK = re.compile(r"([-–•▪*·o]|\d{1,2}[.)])\s+(?=\S)")
_COUNTED = re.compile(
    r"\d{1,2}[.)]\s+(?!(?:trinn|klasse|januar|februar|mars|april|mai|juni|juli|august|septem|oktob|novem|desem))", re.IGNORECASE
)
_GOES_ON = re.compile(r"(?:[,;:/&(–-]|\b(?:og|eller|av|for|med|på|til|fra|frå|hos|i|om|ved|samt))$", re.IGNORECASE)
_SENTENCE = re.compile(
    r"\b(?:er|skal|har|blir|vert|kan|får|må|bør|vil|gjør|gjer|går|tar|tek|lager|lagar|deltar|deltek|sørger|syter|arbeider|jobber|bruker)\b"
)


@dataclass(frozen=True)
class CellTask:
    """One thing a cell asks for, with the items that stood below it."""

    what: str
    parts: tuple[str, ...] = ()


def tasks_in(cell: str, *, are_lines_meant: bool) -> tuple[CellTask, ...]:
    """Return the separate things a cell asks for; the whole cell as one when it is not certain that they are several."""
    lines = [line.strip() for line in cell.split("\n") if line.strip()]
    marks = _marks(lines)
    if any(marks) and len(lines) <= 2 * MOST_TASKS:
        return _listed(lines, marks)
    if are_lines_meant and _stand_alone(lines):
        return tuple(CellTask(line) for line in lines)
    return (CellTask(joined(cell)),)


def _marks(lines: Sequence[str]) -> list[str]:
    """Return the mark each line begins with. Numbers are marks when they count from one: «5. trinn» is none."""
    found = [_MARK.match(line) for line in lines]
    marks = [mark[1] if mark else "" for mark in found]
    counted = [mark for line, mark in zip(lines, marks, strict=True) if mark[:1].isdigit() and _COUNTED.match(line)]
    counts = [int(mark[:-1]) for mark in counted] == list(range(1, len(counted) + 1)) and len(counted) > 1
    numbers = set(counted) if counts else set()
    marks = ["1" if mark in numbers else "" if mark[:1].isdigit() else mark for mark in marks]
    is_word = next((mark for mark in marks if mark), "") == "o"  # «o» is a mark below another, and else the letter
    return ["" if mark == "o" and is_word else mark for mark in marks]


def _listed(lines: Sequence[str], marks: Sequence[str]) -> tuple[CellTask, ...]:
    top = next(mark for mark in marks if mark)
    head: list[str] = []
    items: list[tuple[str, list[str]]] = []
    for line, mark in zip(lines, marks, strict=True):
        text = _MARK.sub("", line, count=1).strip() if mark else line
        if mark == top:
            items.append((text, []))
        elif mark:
            items[-1][1].append(text)
        elif not items:
            head.append(line)
        elif items[-1][1]:
            items[-1][1][-1] += f" {line}"
        else:
            items[-1] = (f"{items[-1][0]} {line}", [])
    if head:
        return (CellTask(joined("\n".join(head)).rstrip(": "), tuple(text for item, below in items for text in (item, *below))),)
    return tuple(CellTask(item.rstrip(":") if below else item, tuple(below)) for item, below in items)


def _stand_alone(lines: Sequence[str]) -> bool:
    """Return whether each line is a short thing by itself: none is a sentence, and none goes on in the next."""
    if not 2 <= len(lines) <= MOST or any(len(line) > LONGEST or line.endswith(".") or _SENTENCE.search(line) for line in lines):
        return False
    return lines[0][:1].isalnum() and all(begins_anew(above, below) for above, below in pairwise(lines))


def begins_anew(above: str, below: str) -> bool:
    """Return whether a line is something else than more of the line above."""
    return (below[:1].isupper() or below[:1].isdigit()) and not _GOES_ON.search(above)


def on_one_line(text: str) -> str:
    """Return lines a person left together as one: a line that begins anew comes after a semicolon, one that goes on after a space."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    said = lines[0] if lines else ""
    for above, below in pairwise(lines):
        said = f"{said.removesuffix('.')}; {below}" if begins_anew(above, below) else joined(f"{said}\n{below}")
    return said


def titled(cell: str) -> tuple[str, str]:
    """Return what is done and how, of a cell with a short line and then sentences about it; the cell alone when it is not so."""
    first, _break, rest = cell.strip().partition("\n")
    first, lines = first.strip(), [line.strip() for line in rest.split("\n") if line.strip()]
    is_name = 0 < len(first) <= LONGEST_NAME and not first.endswith((".", "?", "!")) and not _SENTENCE.search(first)
    if not lines or not is_name or any(_marks([first, *lines])) or not begins_anew(first, lines[0]):
        return cell, ""
    is_told = any(line.endswith(".") or _SENTENCE.search(line) for line in lines)
    return (first, "\n".join(lines)) if is_told else (cell, "")


def divided(cells: dict[str, str], *, are_lines_meant: bool) -> list[tuple[dict[str, str], tuple[str, ...]]]:
    """Return the cells of each thing the row asks for, with its sub-items. Who and when with as many lines are shared out line by line."""
    tasks = tasks_in(cells.get(WHAT, ""), are_lines_meant=are_lines_meant)
    told = {role: _shared_out(cell, len(tasks), role) for role, cell in cells.items() if role != WHAT}
    return [({**{role: each[at] for role, each in told.items()}, WHAT: task.what}, task.parts) for at, task in enumerate(tasks)]


def _shared_out(cell: str, count: int, role: str) -> list[str]:
    lines, fits = lines_of(cell), {WHO: is_who, WHEN: is_when}.get(role)
    return lines if fits and len(lines) == count > 1 and all(fits(line) for line in lines) else [cell] * count


def said_lines(cell: str, *, are_lines_meant: bool = True) -> tuple[str, ...]:
    """Return the lines of a cell a person may want to take apart; none when there is only one, or one only goes on in the next."""
    lines = lines_of(cell)
    return tuple(lines) if len(lines) > 1 and (are_lines_meant or _stand_alone(lines)) else ()
