"""What was found in a document: rows with the cells they were made from, the text beside them, and the title."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from aktsom.plans.reading.rest import Piece
from aktsom.plans.rules.content import PlanContent, Row, RowPart, Section, SectionArea, SectionForm

LONGEST_WHAT = 300  # letters
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
    is_named: bool = True  # something stood where it says what is done
    lines: tuple[str, ...] = ()  # of what is done, when they may be separate things and were left together


@dataclass(frozen=True)
class Recognised:
    """Everything found in a document. ``unread`` are pieces of text outside tables, kept for the person to see."""

    rows: tuple[RecognisedRow, ...] = ()
    sections: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    rest: tuple[Piece, ...] = ()  # the same text as pieces a person can choose, under their headings
    title: str = ""  # what the document calls itself

    @property
    def whole(self) -> int:
        """How many rows need no person."""
        return sum(row.is_whole for row in self.rows)

    def content(self, title: str) -> PlanContent:
        """Return the rows as a plan, in the document's own sections."""
        made = []
        under: dict[str, list[Row]] = {name: [] for name in self.sections}
        for found in self.rows:
            if not found.is_named:  # nobody wrote what is done, and nothing is put in its place
                continue
            under[found.section].append(found.row)
        for number, name in enumerate(self.sections, 1):
            if rows := tuple(under[name]):
                made.append(Section(f"del-{number}", name, area_of(name), SectionForm.TABLE, rows=rows))
        return PlanContent(title, sections=tuple(made))


def area_of(title: str) -> SectionArea:
    """Return what a section with this title is most likely about."""
    said = title.casefold()
    return next((area for area, words in AREA_WORDS if any(word in said for word in words)), SectionArea.PREVENT)


def with_sub_items(row: Row, items: Iterable[str]) -> Row:
    """Return the row with sub-items that have its people and its time, until somebody says otherwise."""
    parts = tuple(RowPart(item[:LONGEST_WHAT], row.who, row.when_said, row.timings, row.per) for item in items)
    return replace(row, parts=parts, timings=())
