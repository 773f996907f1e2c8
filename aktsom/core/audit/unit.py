"""The unit of work: inside it writes are allowed, because an event will tell of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from aktsom.core.access.actor import Actor


@dataclass(frozen=True)
class UnitOfWork:
    """Who is writing, and under which event."""

    by: Actor
    event: str


_unit: ContextVar[UnitOfWork | None] = ContextVar("aktsom_unit_of_work", default=None)


def current_unit() -> UnitOfWork | None:
    return _unit.get()


@contextmanager
def unit_of_work(by: Actor, event: str) -> Iterator[UnitOfWork]:
    """Allow writes while the block runs. Only the service decorator and test factories open one."""
    unit = UnitOfWork(by=by, event=event)
    token = _unit.set(unit)
    try:
        yield unit
    finally:
        _unit.reset(token)
