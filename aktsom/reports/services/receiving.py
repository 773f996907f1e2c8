"""The receiver takes the report and judges how serious it is. Nobody can refuse one."""

from __future__ import annotations

from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import OutOfReach, Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now
from aktsom.reports.models import Report, ReportAssessment
from aktsom.reports.rules import (
    LEFT_ELSEWHERE,
    NoticePurpose,
    ReportState,
    Route,
    Seriousness,
    obstacles_to_assessing,
    obstacles_to_treating_as_report,
)
from aktsom.reports.services.alerts import alert_reporter
from aktsom.reports.services.owner import note_known_to_head, tell_owner


@service(Event.REPORT_ACKNOWLEDGED, action=Action.REPORT_ACKNOWLEDGE, on="report")
def acknowledge_report(*, by: Actor, report: Report) -> Report:
    """Take the report. A staff report goes straight on to the owner when the head teacher takes it (§ 12-5, RCV-03)."""
    if report.acknowledged_at is None:
        report.acknowledged_at, report.acknowledged_by_id = now(), by.person_id
        if report.state == ReportState.SENT:
            report.state = ReportState.ACKNOWLEDGED
    make_known_to_head(by, report)
    report.save()
    alert_reporter(by=by, report=report, code="report.status", occasion="acknowledged")
    return report


def make_known_to_head(by: Actor, report: Report) -> None:
    """Note that the head teacher or her deputy knows; a staff report then goes straight on unless judged groundless."""
    leads = note_known_to_head(by, report)
    if leads and report.route == Route.STAFF and not hasattr(report, "groundless"):
        tell_owner(by=by, report=report, purpose=NoticePurpose.STAFF)


@service(Event.REPORT_CLEARED_ELSEWHERE, action=Action.REPORT_LOG_ORAL)
def mark_cleared_elsewhere(*, by: Actor, report: Report) -> Report:
    """Whoever wrote in what came to her by SMS or Teams says that it is deleted there. Nobody else can know (PRV-10)."""
    if by.person_id is None or report.logged_by_id != by.person_id or report.channel not in LEFT_ELSEWHERE:
        raise OutOfReach(Report._meta.label, report.public_id)
    if report.cleared_elsewhere_at is None:
        report.cleared_elsewhere_at, report.cleared_elsewhere_by_id = now(), by.person_id
        report.save(update_fields=["cleared_elsewhere_at", "cleared_elsewhere_by"])
    return report


@service(Event.REPORT_ASSESSED, action=Action.REPORT_ASSESS, on="report")
def assess_report(*, by: Actor, report: Report, seriousness: Seriousness, reason: str, urgent_measures: str = "") -> Report:
    """Write how serious it is and why, and what protects the pupil today. Serious: the owner is told at once (§ 12-4)."""
    obstacles: list[Any] = [*obstacles_to_treating_as_report(concerns_pupil=report.concerns_pupil), *obstacles_to_assessing(reason=reason)]
    if obstacles:
        raise Refused(obstacles)
    ReportAssessment.objects.create(
        report=report,
        content_key_id=report.content_key_id,
        seriousness=seriousness,
        reason=reason,
        urgent_measures=urgent_measures,
        assessed_by_id=by.own_id,
        assessed_at=now(),
    )
    note_known_to_head(by, report)
    report.save()
    if seriousness == Seriousness.SERIOUS:
        tell_owner(by=by, report=report, purpose=NoticePurpose.SERIOUS, reason=reason)
    return report
