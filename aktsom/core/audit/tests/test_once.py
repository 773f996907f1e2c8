"""A page that is read asks once; what sends, asks each time. What a page showed is written together."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from aktsom.core.access.actor import system_actor
from aktsom.core.audit.events import Event
from aktsom.core.audit.middleware import safe_methods_only_read
from aktsom.core.audit.models import AuditEvent, AuditKind
from aktsom.core.audit.recording import record_all
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.audit.verification import verify_all
from aktsom.core.once import once_per_page, once_per_page_by, one_page
from aktsom.schools.models import SchoolOwner
from aktsom.schools.rules import OwnerKind

JOB = system_actor("test")
asked: list[object] = []


@once_per_page
def _twice(number: int, *, plus: int = 0) -> int:
    asked.append((number, plus))
    return 2 * number + plus


@once_per_page_by(lambda text: text.casefold())
def _length(text: str) -> int:
    asked.append(text)
    return len(text)


def test_page_asks_once_for_each_set_of_arguments_and_forgets_when_it_is_made() -> None:
    asked.clear()
    with one_page():
        found = [_twice(2), _twice(2), _twice(2, plus=1), _twice(3), _length("Ås"), _length("ÅS")]
    again = _twice(2)

    assert (found, again) == ([4, 4, 5, 6, 2, 2], 4)
    assert asked == [(2, 0), (2, 1), (3, 0), "Ås", (2, 0)]


@pytest.mark.parametrize(("method", "times"), [("GET", 1), ("HEAD", 1), ("POST", 2)])
def test_only_a_page_that_cannot_write_remembers(db: None, method: str, times: int) -> None:
    asked.clear()

    safe_methods_only_read(lambda request: (_twice(2), _twice(2)))(RequestFactory().generic(method, "/"))  # type: ignore[arg-type,return-value]

    assert len(asked) == times


def test_what_a_page_showed_of_many_owners_is_written_with_the_same_few_questions(db: None) -> None:
    with unit_of_work(JOB, "test"):
        owners = [SchoolOwner.objects.create(org_number=f"90000000{n}", name=f"Eier {n}", kind=OwnerKind.MUNICIPALITY) for n in range(4)]
    counts = []
    for shown in (owners[:1], owners, owners):
        with CaptureQueriesContext(connection) as queries:
            record_all(JOB, AuditKind.READ, [(event, owner) for event in (Event.CASE_READ, Event.CASE_LISTED) for owner in shown])
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2]
    assert [event.number for event in AuditEvent.objects.filter(chain=f"owner:{owners[0].pk}").order_by("number")] == [1, 2, 3, 4, 5, 6]
    assert [report.broken_at for report in verify_all()] == [None] * 4


def test_page_that_showed_nothing_writes_nothing(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        written = record_all(JOB, AuditKind.READ, [])

    assert (written, len(queries)) == ([], 0)
