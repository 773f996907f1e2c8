"""What waits is asked for cheaply first, and read only where something may be."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aktsom.core.waiting import Waits, read_together, waiting
from aktsom.people.models import Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def never() -> Any:
    raise AssertionError("what cannot be there was read")


def test_nothing_is_read_where_nothing_may_wait(cast: Cast) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        rows = read_together([Waits(Person.objects.none(), never), Waits(Person.objects.filter(given_name="Ingen her"), never)])

    assert (rows, len(asked)) == ([], 1)


def test_rows_decide_what_is_met_though_something_may_wait(cast: Cast) -> None:
    everybody = Person.objects.all()
    pupil = Person.objects.filter(pk=cast.person("pupil").pk)

    rows = read_together([Waits(everybody, lambda: waiting(pupil, "one")), Waits(everybody, lambda: waiting(everybody.none(), "nobody"))])

    assert [(row.code, row.ref) for row in rows] == [("one", cast.person("pupil").public_id)]
