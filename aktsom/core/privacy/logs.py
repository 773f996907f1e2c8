"""The server's own log without content: no words an error quotes, no addresses, and nothing of who was turned back.

An error's message can quote the row it stopped at (PostgreSQL: «Failing row contains …»), so only its kind and place are
written. What is answered with less than 500 is no fault of the server, and would tell when somebody tried to tell without
a name; who is refused stands in the audit log.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from typing import Any

AT_FAULT = 500
SECURITY = "django.security"  # a wrong host or a form without its token: the operator needs to see that


class ContentFreeFormatter(logging.Formatter):
    """Write which errors came where in the code, and never what they say."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - named as logging names it
        error = ei[1]
        return "\n".join(_told(error)) if error is not None else ""


def _told(error: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield f"{type(one).__module__}.{type(one).__qualname__}"
        for frame in traceback.extract_tb(one.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        one = one.__cause__ or one.__context__


class NoTraces(logging.Filter):
    """Leave out what was only refused, and write the kind of address in place of the address."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is None:
            return True
        if getattr(record, "status_code", AT_FAULT) < AT_FAULT and not record.name.startswith(SECURITY):
            return False
        match = getattr(request, "resolver_match", None)
        kind = f"/{match.route}" if match is not None else "(ukjent adresse)"
        path = getattr(request, "path", None)
        if isinstance(record.args, tuple):
            record.args = tuple(kind if part == path else part for part in record.args)
        return True
