"""An incident that is no report about a pupil: answered, ended with one line, or turned into the report it was (REP-29).

Deviations and work-environment systems will take over what happens to the incident itself; they find it by its kind and
state, and never by opening what it says.
"""

from __future__ import annotations

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now
from aktsom.reports.access import receivers_of
from aktsom.reports.models import IncidentAnswer, Report
from aktsom.reports.rules import ReportState, obstacles_to_answering
from aktsom.reports.services.alerts import alert_recipients, alert_reporter
from aktsom.reports.services.owner import note_known_to_head
from aktsom.reports.services.receivers import procedure_for
from aktsom.reports.services.sending import tell_owner_at_once


@service(Event.INCIDENT_ANSWERED, action=Action.INCIDENT_ANSWER, on="report")
def answer_incident(*, by: Actor, report: Report, may_be_unsafe: bool, result: str = "") -> Report:
    """Answer whether a pupil can be unsafe. No: it is finished, with how it went. Yes: it is a report, known since it came."""
    obstacles = obstacles_to_answering(is_incident=not report.concerns_pupil, may_be_unsafe=may_be_unsafe, result=result)
    if obstacles:
        raise Refused(obstacles)
    answer = IncidentAnswer.objects.create(
        report=report,
        content_key_id=report.content_key_id,
        pupil_may_be_unsafe=may_be_unsafe,
        result=result.strip(),
        answered_by_id=by.own_id,
        answered_at=now(),
    )
    if report.acknowledged_at is None:
        report.acknowledged_at, report.acknowledged_by_id = now(), by.person_id
    note_known_to_head(by, report)
    report.concerns_pupil = may_be_unsafe
    report.state = ReportState.ACKNOWLEDGED if may_be_unsafe else ReportState.FINISHED
    report.save()
    if may_be_unsafe:
        _send_as_report(by, report)
    alert_reporter(by=by, report=report, code="report.status", occasion=answer.public_id)
    return report


def _send_as_report(by: Actor, report: Report) -> None:
    """Let the others who have it know that it is a report now, and tell the owner what the plan says she is told."""
    others = [person_id for person_id in receivers_of(report) if person_id != by.person_id]
    alert_recipients(by=by, report=report, person_ids=others, occasion=f"{report.public_id}:report")
    tell_owner_at_once(by, report, procedure_for(report.school), is_led=True)
