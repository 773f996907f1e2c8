"""A report sent to see that reports arrive: it goes the real way, says what it is, and can be taken away again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor, system_actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import forget_notices
from aktsom.core.vault.services import destroy_content_key
from aktsom.people.selectors import own_person
from aktsom.reports.access import test_report_at
from aktsom.reports.models import Report
from aktsom.reports.rules import Involved, ReporterKind, ReportState, recipients_for, route_for
from aktsom.reports.services.alerts import alert_recipients
from aktsom.reports.services.receivers import procedure_for, reachable
from aktsom.reports.services.sending import ReportDraft, write_and_send


@service(Event.TEST_REPORT_SENT, action=Action.SCHOOL_TRY, on="school")
def send_test_report(*, by: Actor, school: Any) -> Report:
    """Send a report about nobody, the way every report goes. Raises Refused while another one is there."""
    if test_report_at(school.pk) is not None:
        raise Refused([_("Det ligger en prøvemelding der fra før. Ta den bort først.")])
    text = _("Dette er en prøvemelding. Den handler ikke om noe barn. Den er sendt for å se at meldinger kommer fram.")
    draft = ReportDraft(what_happened=text, reporter_kind=ReporterKind.STAFF, reporter=own_person(by))
    report = write_and_send(by, school, draft, is_test=True)
    if report.recipients.filter(person_id=by.own_id).exists():  # who sends is not told of her own; of a test she is
        alert_recipients(by=by, report=report, person_ids=[by.own_id])
    return report


@service(Event.TEST_REPORT_REMOVED, action=Action.SCHOOL_TRY, on="school")
def remove_test_report(*, by: Actor, school: Any) -> Any:
    """Take the school's test report away with its notices. The log keeps that it was there. Raises Refused when there is none."""
    report = test_report_at(school.pk)
    if report is None or report.state == ReportState.IN_CASE:
        raise Refused([_("Det er ingen prøvemelding å ta bort.")])
    key = report.content_key
    forget_notices(occasion=report.public_id)
    report.delete()
    destroy_content_key(by=system_actor("test report removed"), content_key=key, reason="test report removed")
    return school


def who_would_get(school: Any) -> dict[Involved, list[int]]:
    """Return the primary keys of those who would have a report today, by the answer about those who work at the school."""
    there = reachable(school, procedure_for(school), grade=None)
    routes = {asked: route_for(involved=asked, accused=(), leadership=()) for asked in (Involved.NO, Involved.STAFF, Involved.LEADERSHIP)}
    return {asked: [pk for pk, _why in recipients_for(route=route, there=there, accused=())] for asked, route in routes.items()}
