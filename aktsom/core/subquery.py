"""A condition that several parts of one query use, turned into SQL once."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

NONE_AT_ALL = "SELECT CAST(NULL AS bigint) WHERE 1 = 0"


def sql_of(keys: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of a query for keys, and its values apart. One that can find nothing (``none()``) finds nothing here too."""
    try:
        return keys.order_by().query.sql_with_params()
    except EmptyResultSet:
        return NONE_AT_ALL, ()


def made_once(keys: QuerySet[Any]) -> RawSQL:
    """Return a query for keys as an expression to stand behind ``__in`` wherever it is needed.

    Django makes the SQL of a nested query anew at each place. That, and not the database, was most of what «I dag» cost.
    """
    return RawSQL(*sql_of(keys))  # noqa: S611 - made by Django from a queryset, its values apart
