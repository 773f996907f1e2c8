"""What somebody without a name does leaves the same coarse time everywhere: report, log, notices, keys and files."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from aktsom.core.timing.clock import to_the_minute

P = ParamSpec("P")
R = TypeVar("R")


def coarse(service: Callable[P, R]) -> Callable[P, R]:
    """Let a service, its event and its notices know only the minute. Stands outside ``@service``, which writes the event."""

    @wraps(service)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        with to_the_minute():
            return service(*args, **kwargs)

    return wrapped
