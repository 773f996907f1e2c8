"""What waits for somebody, from several tables and domains, read together: every row in the same few words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, DateTimeField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

# PostgreSQL has to be told what kind of nothing it is.
NOTHING: dict[str, Any] = {
    "case_ref": Value("", CharField()),
    "at": Cast(Value(None), DateTimeField()),
    "day": Cast(Value(None), DateField()),
    "given": Value("", CharField()),
    "family": Value("", CharField()),
    "school": Value(0, IntegerField()),
}


class WaitingRow(NamedTuple):
    """One thing that waits: what kind, its own public id and its case's, since when, by when, about or from whom, and where.

    ``row_id`` only orders: what was written first of two that are alike.
    """

    code: str
    ref: str
    case_ref: str
    at: datetime | None
    day: date | None
    given: str
    family: str
    school_id: int
    row_id: int

    @property
    def order(self) -> tuple[str, str, str, int, str]:
        """The day that comes first, then what has waited longest, kind by kind, as they were written."""
        day, since = self.day or date.max, self.at.isoformat() if self.at is not None else "~"
        return (day.isoformat(), since, self.code, self.row_id, self.ref)

    @property
    def name(self) -> str:
        return f"{self.given or ''} {self.family or ''}".strip()


def waiting(rows: QuerySet[Any], code: str, *, ref: str = "public_id", person: str = "", **found: str) -> QuerySet[Any]:
    """Return the rows in the shape all share. ``person`` leads to who is named; ``found`` says where the other columns are."""
    if person:
        found |= {"given": f"{person}__given_name", "family": f"{person}__family_name"}
    columns = {f"waiting_{name}": F(found[name]) if name in found else nothing for name, nothing in NOTHING.items()}
    shaped = rows.order_by().annotate(waiting_code=Value(code, CharField()), **columns)
    found_rows: QuerySet[Any] = shaped.values_list("waiting_code", ref, *columns, "pk")
    return found_rows


def read_together(branches: Iterable[QuerySet[Any]]) -> list[WaitingRow]:
    """Return the rows of all of them with one query, in an order that is the same each time: a union has none of its own."""
    first, *others = branches
    rows = (WaitingRow._make(row) for row in (first.union(*others) if others else first))
    return sorted(rows, key=lambda row: row.order)
