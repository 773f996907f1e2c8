"""Many new rows of one model, written with one prepared statement.

``bulk_create`` builds a record for each row and an SQL text with thousands of places, and that was two thirds of the time it took to
write the year of a large school. The rows here are plain values, the statement is made once, and everything that guards a row still
does: a unit of work is demanded, the database checks its constraints, and values go through the fields as they always do. For models
without sealed content and without anything of their own in ``save``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from django.db import connection, models

from aktsom.core.audit.models import demand_unit

PLAIN = (str, int, bool, type(None))


def insert_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write the rows (column → value; what is left out gets the field's default) and return how many. Raises UnauditedWrite."""
    demand_unit(model, "insert_rows")
    fields: list[Any] = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = list(zip(*(_column(field, wanted) for field, wanted in _by_field(fields, rows)), strict=True))
    if not columns:
        return 0
    name = connection.ops.quote_name
    named, places = ", ".join(name(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {name(model._meta.db_table)} ({named}) VALUES ({places})", columns)  # noqa: S608 - names are ours
    return len(columns)


def _by_field(fields: list[Any], rows: Iterable[Mapping[str, Any]]) -> Iterable[tuple[Any, list[Any]]]:
    """Yield each field with the value of every row. Raises ValueError unless every row gives the same columns of the model."""
    kept = list(rows)
    given = kept[0].keys() if kept else set()
    if given - {field.attname for field in fields} or any(row.keys() != given for row in kept):
        raise ValueError("every row gives the same columns, and only those of the model")
    for field in fields:
        if field.attname in given:
            yield field, [row[field.attname] for row in kept]
        else:
            made = callable(field.default) and not isinstance(field, models.JSONField)
            same = None if made else field.get_default()
            yield field, [field.get_default() for _row in kept] if made else [same] * len(kept)


def _column(field: Any, values: list[Any]) -> list[Any]:
    """Return the values as the database wants them; the same day or list is prepared once."""
    prepared: dict[Any, Any] = {}
    found = []
    for value in values:
        if type(value) in PLAIN:
            found.append(value)
            continue
        key = repr(value) if isinstance(value, list) else value
        if key not in prepared:
            prepared[key] = field.get_db_prep_save(value.value if isinstance(value, Enum) else value, connection)
        found.append(prepared[key])
    return found
