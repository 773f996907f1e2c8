"""A condition that several parts of one query use, turned into SQL once."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

NONE_AT_ALL = "SELECT CAST(NULL AS bigint) WHERE 1 = 0"


def made_once(keys: QuerySet[Any]) -> RawSQL:
    """Return a query for primary keys as an expression to stand behind ``__in`` wherever it is needed.

    Django makes the SQL of a nested query anew at each place. That, and not the database, was most of what «I dag» cost.
    The values stay parameters of the query. A query that can find nothing (``none()``) finds nothing here too.
    """
    try:
        sql, parameters = keys.order_by().query.sql_with_params()
    except EmptyResultSet:
        sql, parameters = NONE_AT_ALL, ()
    return RawSQL(sql, parameters)  # noqa: S611 - made by Django from a queryset, its values apart
