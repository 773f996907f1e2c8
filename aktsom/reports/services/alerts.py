"""Alert those who have a report. No notice holds a name or a word of it."""

from __future__ import annotations

from collections.abc import Iterable

from aktsom.core.access.actor import Actor
from aktsom.core.notify.services import notify
from aktsom.reports.models import Report
from aktsom.reports.rules import ReporterKind, Route, Urgency


def alert_recipients(*, by: Actor, report: Report, person_ids: Iterable[int], occasion: str = "") -> None:
    """Tell the receivers that a report waits; at once and marked urgent when it cannot wait or somebody at work is involved."""
    if report.route == Route.LEADERSHIP:  # the owner is told by the notice of § 12-5, once
        return
    urgent = report.urgency == Urgency.NOW or report.route != Route.ORDINARY
    notify(
        by=by,
        person_ids=person_ids,
        code="report.urgent" if urgent else "report.new",
        occasion=occasion or report.public_id,
        path=f"/meldinger/{report.public_id}/",
        scope=report.scope(),
        urgent=urgent,
    )


def alert_reporter(*, by: Actor, report: Report, code: str, occasion: str) -> None:
    """Tell the one who reported, when we know who it is, that there is something to read."""
    if report.reporter_id is not None and report.reporter_kind != ReporterKind.ANONYMOUS:
        path = f"/mine-meldinger/{report.public_id}/"
        notify(
            by=by, person_ids=[report.reporter_id], code=code, occasion=f"{report.public_id}:{occasion}", path=path, scope=report.scope()
        )
