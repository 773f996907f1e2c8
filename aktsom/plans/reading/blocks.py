"""What every file comes down to: headings, paragraphs and tables; and the one error when it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass


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
    titles: tuple[int, ...] = ()  # the rows that are one cell across the whole table
    are_lines_meant: bool = True  # a line ends because somebody ended it, and not because the column was narrow


Block = Heading | Paragraph | Table
