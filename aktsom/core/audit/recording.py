"""Append events to their chain, and the decorator that makes a function a service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction
from django.db.models import Q, Subquery

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
HEADS_AT_ONCE = 50
LOCK_ALL = """
    SELECT pg_advisory_xact_lock(key)
    FROM (SELECT DISTINCT hashtext(name) AS key FROM unnest(%s::text[]) AS name ORDER BY 1 OFFSET 0) AS keys
"""
_UNREMARKABLE = {Role.NOBODY, Role.SIGNED_IN}


def record(by: Actor, event: Event, kind: AuditKind, subjects: Iterable[AuditedModel | None]) -> list[AuditEvent]:
    """Append one event per subject, each to the chain of the school (or owner) it belongs to."""
    return record_all(by, kind, ((event, subject) for subject in subjects))


def record_all(by: Actor, kind: AuditKind, happened: Iterable[tuple[Event, AuditedModel | None]]) -> list[AuditEvent]:
    """Append several events about several subjects: one transaction, one lock, one write, however many chains."""
    by_chain: dict[str, list[AuditEvent]] = defaultdict(list)
    for event, subject in happened:
        row = _row(by, event, kind, subject)
        by_chain[row.chain].append(row)
    if by_chain:
        with transaction.atomic():
            _append(by_chain)
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


def _append(by_chain: dict[str, list[AuditEvent]]) -> None:
    _lock(by_chain)
    heads = _heads(by_chain)
    for chain, rows in by_chain.items():
        number, previous = heads.get(chain, (0, FIRST_HASH))
        for row in rows:
            number += 1
            row.number, row.previous_hash = number, previous
            row.hash = previous = row.expected_hash()
    AuditEvent.objects.bulk_create(row for rows in by_chain.values() for row in rows)


def _heads(chains: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Return the last number and hash of each chain, with one query; each chain's last is found by the index."""
    heads: dict[str, tuple[int, str]] = {}
    ordered = sorted(chains)
    for first in range(0, len(ordered), HEADS_AT_ONCE):
        wanted = Q(pk__in=[])
        for chain in ordered[first : first + HEADS_AT_ONCE]:
            last = AuditEvent.objects.filter(chain=chain).order_by("-number").values("number")[:1]
            wanted |= Q(chain=chain, number=Subquery(last))
        found = AuditEvent.objects.filter(wanted).values_list("chain", "number", "hash")
        heads |= {chain: (number, head) for chain, number, head in found}
    return heads


def _lock(chains: Iterable[str]) -> None:
    # SQLite's immediate transactions already let one writer in at a time. The order is the same for all: no two wait for each other.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(LOCK_ALL, [[f"audit {chain}" for chain in chains]])


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
