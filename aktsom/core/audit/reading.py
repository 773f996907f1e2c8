"""The read record: a page says what it showed, and the page leaves only after that is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest

from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditedModel, AuditEvent
from aktsom.core.audit.scope import Scope


def last_time(event: Event, *, school_id: int) -> datetime | None:
    """Return when this last happened at a school, or None. Only when: never who or about whom."""
    rows = AuditEvent.objects.filter(chain=Scope(school_id=school_id).chain, event=event).order_by("-number")
    found: datetime | None = rows.values_list("at", flat=True).first()
    return found


def saw(request: HttpRequest, event: Event, *subjects: AuditedModel) -> None:
    """Note that this page shows ``subjects``. Call it in the view, before the template."""
    saw_all(request, event, subjects)


def saw_all(request: HttpRequest, event: Event, subjects: Iterable[AuditedModel]) -> None:
    """Note that this page shows a list of records; one event is written for each."""
    seen = request.__dict__.setdefault("aktsom_seen", [])
    seen.extend((event, subject) for subject in subjects)
