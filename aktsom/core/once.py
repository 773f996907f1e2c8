"""What a page has asked for it does not ask for again: nothing can have changed, since a page that is read cannot write.

Only while a safe request is answered. A service, a job and a test ask each time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("aktsom_asked_on_this_page", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Remember answers while the block runs, and forget them after it."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def once_per_page_by(key: Callable[P, Hashable]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Ask once while a page is made for each ``key`` of what is asked.

    The answer is shared by all who ask: give only what nobody changes.
    """

    def decorate(ask: Callable[P, R]) -> Callable[P, R]:
        @wraps(ask)
        def asked(*args: P.args, **kwargs: P.kwargs) -> R:
            known = _known.get()
            if known is None:
                return ask(*args, **kwargs)
            question = (ask, key(*args, **kwargs))
            if question not in known:
                known[question] = ask(*args, **kwargs)
            answer: R = known[question]
            return answer

        return asked

    return decorate


def _as_asked(*args: Any, **kwargs: Any) -> Hashable:
    return args, tuple(sorted(kwargs.items()))


def once_per_page(ask: Callable[P, R]) -> Callable[P, R]:
    """Ask once while a page is made for each set of arguments; these must be values that can be compared."""
    by_arguments: Callable[P, Hashable] = _as_asked
    return once_per_page_by(by_arguments)(ask)
