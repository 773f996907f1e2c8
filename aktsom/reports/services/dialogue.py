"""Words both ways between reporter and school, and the report's way into a case."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import OutOfReach, Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.files.pictures import CleanPicture
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now
from aktsom.reports.access import lookup_of, receivers_of, report_by_lookup
from aktsom.reports.models import Report, ReportBar, ReportMessage, ReportRecipient
from aktsom.reports.rules import BarReason, RecipientReason, ReportState, obstacles_to_treating_as_report
from aktsom.reports.services.alerts import alert_reporter
from aktsom.reports.services.coarse import coarse
from aktsom.reports.services.pictures import keep_pictures
from aktsom.reports.services.receiving import make_known_to_head


@service(Event.REPORT_ANSWERED, action=Action.REPORT_ANSWER, on="report")
def answer_reporter(*, by: Actor, report: Report, text: str, pictures: tuple[CleanPicture, ...] = ()) -> Report:
    """Answer the one who reported, with or without a name."""
    message = _write(report, text, author_id=by.person_id, from_reporter=False)
    keep_pictures(report, pictures, from_reporter=False, message=message)
    alert_reporter(by=by, report=report, code="report.answer", occasion=message.public_id)
    return report


@service(Event.REPORT_ADDED_TO, action=Action.REPORT_FOLLOW_OWN)
def add_from_reporter(*, by: Actor, report: Report, text: str, pictures: tuple[CleanPicture, ...] = ()) -> Report:
    """The reporter writes more to her own report. Anybody else's is out of reach."""
    if by.person_id is None or report.reporter_id != by.person_id:
        raise OutOfReach(Report._meta.label, report.public_id)
    _add(by, report, text, pictures, author_id=by.person_id)
    return report


@coarse
@service(Event.REPORT_ADDED_TO, action=Action.REPORT_SEND_ANONYMOUSLY)
def add_anonymously(*, by: Actor, receipt: str, text: str, pictures: tuple[CleanPicture, ...] = ()) -> Report:
    """Somebody with the receipt writes more. Raises OutOfReach when no report has that receipt."""
    report = report_by_lookup(lookup_of(receipt))
    if report is None:
        raise OutOfReach(Report._meta.label, "")
    _add(by, report, text, pictures, author_id=None)
    return report


def _add(by: Actor, report: Report, text: str, pictures: tuple[CleanPicture, ...], *, author_id: int | None) -> None:
    message = _write(report, text, author_id=author_id, from_reporter=True)
    keep_pictures(report, pictures, from_reporter=True, message=message)
    path = f"/meldinger/{report.public_id}/"
    notify(by=by, person_ids=receivers_of(report), code="report.more", occasion=message.public_id, path=path, scope=report.scope())


def _write(report: Report, text: str, *, author_id: int | None, from_reporter: bool) -> ReportMessage:
    return ReportMessage.objects.create(
        report=report, content_key_id=report.content_key_id, text=text, author_id=author_id, from_reporter=from_reporter, sent_at=now()
    )


@service(Event.REPORT_PASSED_ON, action=Action.REPORT_ASSESS, on="report")
def share_report(*, by: Actor, report: Report, person: Any, reason: RecipientReason = RecipientReason.HANDLER) -> Report:
    """Let somebody who works with the case read the report. The accused is refused as if she did not exist."""
    if report.accused.filter(person=person).exists():
        raise OutOfReach(Report._meta.label, report.public_id)
    ReportRecipient.objects.update_or_create(
        report=report,
        person=person,
        reason=reason,
        defaults={"ended_at": None},
        create_defaults={"content_key_id": report.content_key_id, "given_at": now()},
    )
    return report


@service(Event.REPORT_SHARING_ENDED, action=Action.REPORT_ASSESS, on="report")
def end_sharing_report(*, by: Actor, report: Report, person: Any) -> Report:
    """Somebody no longer works with the case, and no longer reads its report on that ground."""
    rows = report.recipients.filter(person=person, reason=RecipientReason.HANDLER, ended_at=None)
    rows.update(ended_at=now())
    return report


@service(Event.REPORT_SHARING_ENDED, action=Action.REPORT_ASSESS, on="report")
def bar_from_report(*, by: Actor, report: Report, person_id: int) -> Report:
    """Somebody is shut out of the case, and with that of the report: she neither reads it nor hears of it any more (NEG-02).

    That a name in it can mean her stays on the report, so that it still follows into any other case.
    """
    report.recipients.filter(person_id=person_id, ended_at=None).update(ended_at=now())
    ReportBar.objects.get_or_create(
        report=report,
        person_id=person_id,
        defaults={"content_key_id": report.content_key_id, "reason": BarReason.SHUT_OUT, "barred_at": now()},
    )
    return report


@service(Event.REPORT_BAR_LIFTED, action=Action.REPORT_ASSESS, on="report")
def lift_bar(*, by: Actor, report: Report, person_id: int) -> Report:
    """Somebody can meet the report again on the grounds she has. Whether any case still shuts her out the caller has seen to."""
    report.bars.filter(person_id=person_id).delete()
    return report


@service(Event.REPORT_JOINED, action=Action.CASE_OPEN, on="report")
def mark_in_case(*, by: Actor, report: Report) -> Report:
    """The report is followed up in a case. Whoever opens the case has thereby taken the report. Raises Refused for a test."""
    if report.is_test:
        raise Refused([_("Dette er en prøvemelding. Den handler ikke om noe barn, og det kan ikke åpnes en sak av den.")])
    obstacles = obstacles_to_treating_as_report(concerns_pupil=report.concerns_pupil)
    if obstacles:
        raise Refused(obstacles)
    report.state = ReportState.IN_CASE
    if report.acknowledged_at is None:
        report.acknowledged_at, report.acknowledged_by_id = now(), by.person_id
    make_known_to_head(by, report)
    report.save()
    alert_reporter(by=by, report=report, code="report.status", occasion="in_case")
    return report
