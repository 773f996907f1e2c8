"""The one place that asks what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("aktsom_clock", default=None)
_coarse: ContextVar[bool] = ContextVar("aktsom_clock_coarse", default=False)


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return _set.get() or timezone.now()


def today() -> date:
    """Return today's date in Norway."""
    return timezone.localtime(now()).date()


@contextmanager
def to_the_minute() -> Iterator[None]:
    """Let the clock show whole minutes while the block runs, so that no trace of a deed is finer than another."""
    coarse = _coarse.set(True)
    try:
        with set_to(now().replace(second=0, microsecond=0)):
            yield
    finally:
        _coarse.reset(coarse)


def is_to_the_minute() -> bool:
    """Return whether what happens now may leave no finer trace than the minute."""
    return _coarse.get()


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let the clock stand at ``moment`` while the block runs. Only the demo and the bench use it, to make a past."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
