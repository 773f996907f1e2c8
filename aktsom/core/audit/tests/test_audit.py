"""No log, no change; no log, no page; and the log itself cannot be changed."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor, system_actor
from aktsom.core.access.door import NotAllowed
from aktsom.core.audit.events import SENTENCES, Event
from aktsom.core.audit.middleware import WriteOnRead, safe_methods_only_read
from aktsom.core.audit.models import AuditEvent, AuditKind, UnauditedWrite
from aktsom.core.audit.recording import record, service
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.audit.verification import verify_all, verify_chain
from aktsom.schools.models import SchoolOwner
from aktsom.schools.rules import OwnerKind

pytestmark = pytest.mark.django_db
JOB = system_actor("test")


def new_owner(number: str = "900000009") -> SchoolOwner:
    return SchoolOwner(org_number=number, name="Prøve kommune", kind=OwnerKind.MUNICIPALITY)


@service(Event.DEMO_LOADED, action=Action.DEMO_LOAD)
def set_up_owner(*, by: Actor, number: str) -> SchoolOwner:
    owner = new_owner(number)
    owner.save()
    return owner


@service(Event.DEMO_LOADED, action=Action.DEMO_LOAD)
def fail_after_writing(*, by: Actor) -> None:
    new_owner().save()
    raise LookupError("half-way")


def test_save_outside_a_service_is_refused() -> None:
    with pytest.raises(UnauditedWrite):
        new_owner().save()


@pytest.mark.parametrize("deed", ["update", "delete", "bulk_create", "bulk_update"])
def test_bulk_write_outside_a_service_is_refused(deed: str) -> None:
    rows = SchoolOwner.objects.all()
    attempts = {
        "update": lambda: rows.update(name="x"),
        "delete": rows.delete,
        "bulk_create": lambda: rows.bulk_create([new_owner()]),
        "bulk_update": lambda: rows.bulk_update([], ["name"]),
    }

    with pytest.raises(UnauditedWrite):
        attempts[deed]()


def test_delete_of_one_outside_a_service_is_refused() -> None:
    owner = set_up_owner(by=JOB, number="900000001")

    with pytest.raises(UnauditedWrite):
        owner.delete()


def test_service_writes_one_event_about_what_it_returns() -> None:
    owner = set_up_owner(by=JOB, number="900000001")

    event = AuditEvent.objects.get()
    assert (event.event, event.kind, event.object_type, event.object_id) == (
        Event.DEMO_LOADED,
        AuditKind.WRITE,
        "schools.schoolowner",
        owner.public_id,
    )
    assert (event.chain, event.job, event.ground, event.person_ref) == (f"owner:{owner.pk}", "test", "system", None)


def test_service_that_fails_leaves_neither_change_nor_event() -> None:
    with pytest.raises(LookupError), transaction.atomic():
        fail_after_writing(by=JOB)

    assert (SchoolOwner.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_service_refuses_whoever_the_table_does_not_name() -> None:
    with pytest.raises(NotAllowed):
        set_up_owner(by=Actor(), number="900000001")

    assert SchoolOwner.objects.count() == 0


@pytest.mark.parametrize("statement", ["UPDATE audit_auditevent SET event = 'x'", "DELETE FROM audit_auditevent"])
def test_log_cannot_be_changed_by_hand(statement: str) -> None:
    set_up_owner(by=JOB, number="900000001")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert AuditEvent.objects.get().event == Event.DEMO_LOADED


def chain_of_three() -> str:
    owner = set_up_owner(by=JOB, number="900000001")
    record(JOB, Event.CASE_READ, AuditKind.READ, [owner, owner])
    return owner.scope().chain


def drop_triggers() -> None:
    """Do what somebody with the database's own password could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER ALL")
        else:
            cursor.execute("DROP TRIGGER audit_no_update")
            cursor.execute("DROP TRIGGER audit_no_delete")


def test_whole_chain_is_found_whole() -> None:
    chain = chain_of_three()

    report = verify_chain(chain)

    assert (report.length, report.broken_at) == (3, None)


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit_auditevent SET event = 'case.closed' WHERE number = 2", 2),
        ("UPDATE audit_auditevent SET person_ref = 7 WHERE number = 1", 1),
        ("DELETE FROM audit_auditevent WHERE number = 2", 2),
    ],
)
def test_row_edited_by_hand_is_found(statement: str, broken_at: int) -> None:
    chain = chain_of_three()
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute(statement)

    assert verify_chain(chain).broken_at == broken_at
    with pytest.raises(SystemExit):
        call_command("verify_audit")


def test_cut_off_end_is_found_by_a_head_kept_elsewhere() -> None:
    chain = chain_of_three()
    head = verify_chain(chain).head
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditevent WHERE number = 3")

    assert verify_chain(chain).broken_at is None
    with pytest.raises(SystemExit):
        call_command("verify_audit", head=[f"{chain}=3:{head}"])


def test_chains_of_two_owners_do_not_touch() -> None:
    set_up_owner(by=JOB, number="900000001")
    set_up_owner(by=JOB, number="900000002")

    assert [report.length for report in verify_all()] == [1, 1]


def test_every_event_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Event)


def test_writes_inside_a_unit_are_allowed() -> None:
    with unit_of_work(JOB, "test"):
        new_owner().save()

    assert SchoolOwner.objects.count() == 1


def guarded(method: str, write: Callable[[], object]) -> None:
    """Run ``write`` inside a request of this method, behind the guard."""
    request = RequestFactory().generic(method, "/")
    safe_methods_only_read(lambda request: HttpResponse(write()))(request)


def test_reading_page_may_read_also_with_a_union() -> None:
    rows = SchoolOwner.objects.values("pk")

    guarded("GET", lambda: len(list(rows.union(rows, all=True))))


def test_reading_page_that_writes_is_a_fault() -> None:
    with pytest.raises(WriteOnRead), transaction.atomic():
        guarded("GET", lambda: set_up_owner(by=JOB, number="900000001"))

    assert SchoolOwner.objects.count() == 0


def test_page_that_sends_may_write() -> None:
    guarded("POST", lambda: set_up_owner(by=JOB, number="900000001"))

    assert SchoolOwner.objects.count() == 1
