"""Append events to their chain, and the decorator that makes a function a service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import require
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.freshness import note_change
from aktsom.core.audit.models import AuditedModel, AuditEvent, AuditKind
from aktsom.core.audit.scope import SYSTEM_SCOPE, Scope
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import now

P = ParamSpec("P")
R = TypeVar("R")
FIRST_HASH = "0" * 64
_UNREMARKABLE = {Role.NOBODY, Role.SIGNED_IN}


def record(by: Actor, event: Event, kind: AuditKind, subjects: Iterable[AuditedModel | None]) -> list[AuditEvent]:
    """Append one event per subject, each to the chain of the school (or owner) it belongs to."""
    by_chain: dict[str, list[AuditEvent]] = defaultdict(list)
    for subject in subjects:
        row = _row(by, event, kind, subject)
        by_chain[row.chain].append(row)
    with transaction.atomic():
        for chain in sorted(by_chain):
            _append(chain, by_chain[chain])
    return [row for rows in by_chain.values() for row in rows]


def _row(by: Actor, event: Event, kind: AuditKind, subject: AuditedModel | None) -> AuditEvent:
    scope: Scope = subject.scope() if subject is not None else SYSTEM_SCOPE
    positions = by.roles_at(school_id=scope.school_id, owner_id=scope.owner_id) - _UNREMARKABLE
    return AuditEvent(
        chain=scope.chain,
        at=now(),
        kind=kind,
        event=event,
        user_ref=by.user_id,
        person_ref=by.person_id,
        job=by.job,
        roles=" ".join(sorted(positions))[:200],
        ground=by.ground_at(scope.school_id),
        school_ref=None if scope.withheld else scope.school_id,
        owner_ref=scope.owner_id,
        object_type=subject._meta.label_lower if subject is not None else "",
        object_id=str(getattr(subject, "public_id", "") or getattr(subject, "pk", "") or ""),
        file_id=scope.file_id,
    )


def _append(chain: str, rows: list[AuditEvent]) -> None:
    _lock(chain)
    last = AuditEvent.objects.filter(chain=chain).order_by("-number").values("number", "hash").first()
    number, previous = (last["number"], last["hash"]) if last else (0, FIRST_HASH)
    for row in rows:
        number += 1
        row.number, row.previous_hash = number, previous
        row.hash = previous = row.expected_hash()
    AuditEvent.objects.bulk_create(rows)


def _lock(chain: str) -> None:
    # SQLite's immediate transactions already let one writer in at a time.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"audit {chain}"])


def service(event: Event, *, action: Action, on: str = "") -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Make a function the only place where ``event`` happens.

    The function is keyword-only with ``by``. ``on`` names the argument the deed is checked against (reach and table);
    empty means a deed that needs no object. The event is written about the record the function returns, or else about
    that argument, in the same transaction: no log, no change.
    """

    def decorate(function: Callable[..., R]) -> Callable[..., R]:
        @wraps(function)
        def wrapped(*, by: Actor, **arguments: Any) -> R:
            subject = arguments[on] if on else None
            require(by, action, subject)
            with transaction.atomic(), unit_of_work(by, event):
                result = function(by=by, **arguments)
                [row] = record(by, event, AuditKind.WRITE, [result if isinstance(result, AuditedModel) else subject])
                note_change(event, Scope(school_id=row.school_ref, owner_id=row.owner_ref))
            return result

        wrapped.event, wrapped.action = event, action  # type: ignore[attr-defined]
        return wrapped

    return decorate
