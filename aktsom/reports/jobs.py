"""What the worker does for reports by itself: no report is left lying."""

from __future__ import annotations

from django.utils.timezone import localtime

from aktsom.core.access.actor import system_actor
from aktsom.core.notify.jobs import periodic
from aktsom.core.notify.selectors import was_told
from aktsom.core.timing.calendar import is_working_day
from aktsom.core.timing.clock import now, today
from aktsom.reports.selectors import reports_left_lying
from aktsom.reports.services import occasion_of, remind_of_report

EARLIEST_HOUR = 7  # nobody is woken by a reminder
JOB = system_actor("reports nobody has taken")


@periodic(minutes=60)
def look_for_reports_nobody_has_taken() -> int:
    """Remind of reports nobody has taken, once each working day; return how many.

    The rhythm is Aktsom's own and no time limit of the Act: what cannot wait after an hour, the rest the next working day.
    """
    if not is_working_day(today()) or localtime(now()).hour < EARLIEST_HOUR:
        return 0
    lying = reports_left_lying(JOB)
    reports = [report for report in lying if not was_told(code="report.waiting", occasion=occasion_of(report))]
    for report in reports:
        remind_of_report(by=JOB, report=report)
    return len(reports)
