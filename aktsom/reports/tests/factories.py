"""Reports in the situations tests need, sent through the services the way people send them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from aktsom.core.access.actor import ANONYMOUS, system_actor
from aktsom.core.access.roles import Role
from aktsom.core.audit.models import AuditEvent
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import today
from aktsom.people.models import Delegation, Deputyship, Position
from aktsom.reports import services
from aktsom.reports.models import Report
from aktsom.reports.rules import ReporterKind
from aktsom.reports.services import ReportDraft
from tests.cast import Cast

BUILDER = system_actor("test")
TEXT = "Blir stående alene ved fotballbanen, sier noen gutter fra niende."


@contextmanager
def building() -> Iterator[None]:
    """Let a test write records directly."""
    with unit_of_work(BUILDER, "test"):
        yield


def send(cast: Cast, *, by: str = "contact_teacher", accused: tuple[str, ...] = (), **wishes: Any) -> Report:
    """Send a report as somebody of the cast."""
    values: dict[str, Any] = {
        "what_happened": TEXT,
        "reporter_kind": ReporterKind.STAFF,
        "reporter": cast.person(by),
        "pupils": (cast.person("pupil"),),
        "accused": tuple(cast.person(name) for name in accused),
    }
    return services.receive_report(by=cast.actor(by), school=cast.school, draft=ReportDraft(**values | wishes))


def send_anonymously(cast: Cast, **wishes: Any) -> Report:
    """Send a report from the school's public page. ``receipt`` on the report holds the words."""
    values: dict[str, Any] = {"what_happened": TEXT, "reporter_kind": ReporterKind.ANONYMOUS}
    return services.receive_anonymous_report(by=ANONYMOUS, school=cast.school, draft=ReportDraft(**values | wishes))


def end_position(cast: Cast, name: str) -> None:
    """Let somebody stop working, yesterday."""
    with building():
        Position.objects.filter(person=cast.person(name)).update(valid_until=today() - timedelta(days=1))


def make_deputy(cast: Cast, name: str) -> None:
    """Let somebody stand in for the head teacher today."""
    with building():
        Deputyship.objects.create(school=cast.school, deputy=cast.person(name), valid_from=today())


def make_receiver(cast: Cast, name: str) -> None:
    """Ask somebody to receive reports."""
    with building():
        Delegation.objects.create(school=cast.school, receiver=cast.person(name), given_by=cast.person("head_teacher"), valid_from=today())


def make_nurse(cast: Cast, name: str) -> None:
    """Let somebody be the school's nurse."""
    with building():
        Position.objects.filter(person=cast.person(name)).update(role=Role.SCHOOL_NURSE)


def names(cast: Cast, person_ids: Any) -> set[str]:
    """Return who of the cast these are."""
    wanted = set(person_ids)
    return {name for name, person in cast.people.items() if person.pk in wanted}


def receivers(cast: Cast, report: Report) -> dict[str, str]:
    """Return who has the report and why."""
    rows = dict(report.recipients.filter(ended_at=None).values_list("person_id", "reason"))
    return {name: rows[person.pk] for name, person in cast.people.items() if person.pk in rows}


def noticed(cast: Cast, code: str = "") -> set[str]:
    """Return who of the cast has a notice, of any code or this one."""
    rows = Notice.objects.filter(code=code) if code else Notice.objects.all()
    return names(cast, rows.values_list("person_ref", flat=True))


def purposes(report: Report) -> list[str]:
    """Return why the owner was told."""
    return list(report.owner_notices.values_list("purpose", flat=True))


def events(report: Report) -> list[str]:
    """Return what the log holds about a report, in order."""
    return list(AuditEvent.objects.filter(file_id=report.public_id, kind="write").order_by("pk").values_list("event", flat=True))
