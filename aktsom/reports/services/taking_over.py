"""A report that somebody took gets a new person who has said yes (REP-27)."""

from __future__ import annotations

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import OutOfReach
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now
from aktsom.reports.access import kept_out_of
from aktsom.reports.models import Report, ReportRecipient
from aktsom.reports.rules import RecipientReason


@service(Event.DUTY_TAKEN_OVER, action=Action.HANDOVER_ANSWER)
def take_over_report(*, by: Actor, public_id: str, from_person_id: int, ends: bool) -> Report:
    """Let the one who said yes read and answer the report; the one before no longer does when ``ends``.

    Whoever leads the school has asked her; the domain that keeps the question has seen to that.
    """
    report: Report | None = Report.objects.filter(public_id=public_id).first()
    if report is None or by.own_id in kept_out_of(report):
        raise OutOfReach(Report._meta.label, public_id)
    if ends and from_person_id != by.own_id:
        report.recipients.filter(person_id=from_person_id, reason=RecipientReason.HANDLER, ended_at=None).update(ended_at=now())
    ReportRecipient.objects.update_or_create(
        report=report,
        person_id=by.own_id,
        reason=RecipientReason.HANDLER,
        defaults={"ended_at": None, "given_at": now()},
        create_defaults={"content_key_id": report.content_key_id, "given_at": now()},
    )
    return report
