"""Walk the chains and tell whether the log is whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aktsom.core.audit.models import AuditEvent
from aktsom.core.audit.recording import FIRST_HASH


@dataclass(frozen=True)
class ChainReport:
    """``broken_at`` is the number of the first row that does not fit, or None when the chain is whole."""

    chain: str
    length: int
    head: str
    broken_at: int | None = None


def verify_chain(chain: str) -> ChainReport:
    """Return the state of one chain: every number present, every hash right."""
    expected_number, previous = 0, FIRST_HASH
    for row in AuditEvent.objects.filter(chain=chain).order_by("number").iterator(chunk_size=2000):
        expected_number += 1
        if row.number != expected_number or row.previous_hash != previous or row.hash != row.expected_hash():
            return ChainReport(chain=chain, length=expected_number - 1, head=previous, broken_at=expected_number)
        previous = row.hash
    return ChainReport(chain=chain, length=expected_number, head=previous)


def verify_all() -> Iterator[ChainReport]:
    """Return the state of every chain, by name."""
    for chain in AuditEvent.objects.order_by("chain").values_list("chain", flat=True).distinct():
        yield verify_chain(chain)
