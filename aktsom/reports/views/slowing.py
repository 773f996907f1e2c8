"""Slow down abuse of the open pages without knowing who anybody is. Nobody is locked out; what is right always passes."""

from __future__ import annotations

import time
from threading import BoundedSemaphore
from typing import Any

from django.core.cache import cache

from aktsom.core.timing.clock import now
from aktsom.reports.rules import MANY_WRONG

WAIT_SECONDS = 0.5
_waiting = BoundedSemaphore(1)  # one wrong try at a time may hold a thread, so that waiting itself cannot be used to stop others


def counted(what: str, school: Any) -> int:
    """Count one more of this at the school (or at none) in this minute; return how many. Only a number is kept, no finer time."""
    second = int(now().timestamp())
    key = f"{what}:{getattr(school, 'pk', 0)}:{second // 60}"
    cache.add(key, 0, 180 - second % 60)
    return int(cache.incr(key))


def slow_down_wrong_try(school: Any) -> None:
    """Let a wrong receipt wait when there are many wrong ones at the school this minute. See rules.receipts for why."""
    if counted("wrong", school) > MANY_WRONG and _waiting.acquire(blocking=False):
        try:
            time.sleep(WAIT_SECONDS)
        finally:
            _waiting.release()
