"""What waits for somebody, from several tables and domains, read together: every row in the same few words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import CharField, DateField, DateTimeField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from aktsom.core.subquery import sql_of

# PostgreSQL has to be told what kind of nothing it is.
NOTHING: dict[str, Any] = {
    "case_ref": Value("", CharField()),
    "at": Cast(Value(None), DateTimeField()),
    "day": Cast(Value(None), DateField()),
    "given": Value("", CharField()),
    "family": Value("", CharField()),
    "school": Value(0, IntegerField()),
    "note": Value("", CharField()),
}


class WaitingRow(NamedTuple):
    """One thing that waits: what kind, its own public id and its case's, since when, by when, about or from whom, and where.

    ``note`` holds a few words that are about nobody. ``row_id`` only orders: what was written first of two that are alike.
    """

    code: str
    ref: str
    case_ref: str
    at: datetime | None
    day: date | None
    given: str
    family: str
    school_id: int
    note: str
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


@dataclass(frozen=True)
class Waits:
    """Rows that may wait for somebody.

    ``may`` is asked first, is cheap, and finds something whenever ``rows`` does. It is never shown: what the person meets is
    decided by ``rows`` alone, which is made only when it is needed. Most people have few kinds of things waiting on a day.
    """

    may: QuerySet[Any]
    rows: Callable[[], QuerySet[Any]]


def read_together(branches: Iterable[Waits]) -> list[WaitingRow]:
    """Return the rows of all of them with at most two queries, in an order that is the same each time: a union has none of its own."""
    asked = list(branches)
    wanted = [branch.rows() for branch, found in zip(asked, _found_any([branch.may for branch in asked]), strict=True) if found]
    if not wanted:
        return []
    first, *others = wanted
    rows = (WaitingRow._make(row) for row in (first.union(*others) if others else first))
    return sorted(rows, key=lambda row: row.order)


def _found_any(asked: Sequence[QuerySet[Any]]) -> list[bool]:
    """Return for each whether it finds anything, with one query."""
    made = [sql_of(rows.values("pk")) for rows in asked]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(f"EXISTS ({sql})" for sql, _values in made), [value for _sql, values in made for value in values]
        )
        return [bool(found) for found in cursor.fetchone() or ()]
