"""A report nobody has taken is not left lying: those who have it are reminded, and the next in line gets it too."""

from __future__ import annotations

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now, today
from aktsom.reports.access import kept_out_of
from aktsom.reports.models import Report, ReportRecipient
from aktsom.reports.rules import Route, next_in_line
from aktsom.reports.services.receivers import procedure_for, reachable, suspected_in


def occasion_of(report: Report) -> str:
    """Return what makes today's reminder of a report one and the same."""
    return f"{report.public_id}:{today():%Y%m%d}"


@service(Event.REPORT_PASSED_ON, action=Action.JOB_RUN, on="report")
def remind_of_report(*, by: Actor, report: Report) -> Report:
    """Remind whoever has the report, and give it to the next in line at the school (RCV-03, NEG-08)."""
    have = set(report.recipients.filter(ended_at=None).values_list("person_id", flat=True))
    suspected = suspected_in(report) | kept_out_of(report)
    if report.route != Route.LEADERSHIP:
        there = reachable(report.school, procedure_for(report.school), grade=None)
        for person_id, reason in next_in_line(there=there, have=have, accused=suspected):
            ReportRecipient.objects.create(
                report=report, content_key_id=report.content_key_id, person_id=person_id, reason=reason, given_at=now()
            )
            have.add(person_id)
    notify(
        by=by,
        person_ids=sorted(have - suspected),
        code="report.waiting",
        occasion=occasion_of(report),
        path=f"/meldinger/{report.public_id}/",
        scope=report.scope(),
        urgent=True,
    )
    return report
