"""Write what was read before the page leaves, write refusals, and let safe methods only read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from aktsom.core.access.door import NotAllowed, OutOfReach
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditKind
from aktsom.core.audit.recording import record, record_all
from aktsom.core.once import one_page

GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
READING = re.compile(r"[\s(]*(SELECT|WITH|EXPLAIN|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SET|SHOW)\b", re.IGNORECASE)
# Session housekeeping and rate limits are not records of anybody; everything else is.
HOUSEKEEPING = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"(django_session|core_cache)"', re.IGNORECASE)


class WriteOnRead(RuntimeError):
    """A page tried to change something on GET."""


class read_record:  # noqa: N801 - named as the middleware it is
    """Outer: writes read events and refusals after the view, and if that fails the page is not shown."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        actor = request.actor  # type: ignore[attr-defined]
        if not request.__dict__.get("aktsom_failed"):  # also a form sent back with what is missing shows what it stands on
            self.write_reads(request, actor)
        for refusal in request.__dict__.get("aktsom_refusals", []):
            record(actor, Event.ACCESS_REFUSED, AuditKind.REFUSAL, [getattr(refusal, "subject", None)])
        return response

    def write_reads(self, request: HttpRequest, actor: Any) -> None:
        record_all(actor, AuditKind.READ, request.__dict__.get("aktsom_seen", []))

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        request.__dict__["aktsom_failed"] = True  # an error page shows nothing of what the view had noted as seen
        if isinstance(exception, (NotAllowed, OutOfReach)):
            request.__dict__.setdefault("aktsom_refusals", []).append(exception)


def safe_methods_only_read(get_response: GetResponse) -> GetResponse:
    """Innermost: a GET that writes is a fault, and fails as one."""

    def guard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not READING.match(sql) and not HOUSEKEEPING.match(sql):
            raise WriteOnRead(sql.split("(")[0][:80])
        return execute(sql, params, many, context)

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return get_response(request)
        with connection.execute_wrapper(guard), one_page():
            return get_response(request)

    return middleware
