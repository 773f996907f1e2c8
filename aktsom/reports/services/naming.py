"""Somebody who came without a name says who she is, or health staff write that consent is taken back. Always her own choice."""

from __future__ import annotations

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import OutOfReach
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now
from aktsom.reports.access import lookup_of, receivers_of, report_by_lookup
from aktsom.reports.models import Report
from aktsom.reports.rules import HealthSource, ReporterKind
from aktsom.reports.services.coarse import coarse


@coarse
@service(Event.REPORT_NAMED, action=Action.REPORT_SEND_ANONYMOUSLY)
def give_name(*, by: Actor, receipt: str, name: str) -> Report:
    """Write the name somebody with the receipt chose to give. Nothing is looked up: the name is what she wrote."""
    report = _with_receipt(receipt)
    report.reporter_kind, report.reporter_name, report.named_at = ReporterKind.PUPIL, name.strip(), now()
    report.save()
    _tell(by, report, "report.more", f"named:{int(now().timestamp())}")
    return report


@service(Event.REPORT_NAMED, action=Action.REPORT_FOLLOW_OWN)
def claim_report(*, by: Actor, receipt: str) -> Report:
    """Tie a report sent without sign-in to the pupil or guardian who holds its receipt and has signed in."""
    report = _with_receipt(receipt)
    kinds = {ReporterKind.PUPIL: Role.PUPIL, ReporterKind.GUARDIAN: Role.GUARDIAN}
    kind = next((kind for kind, role in kinds.items() if report.school_id in by.schools_as(role)), None)
    if kind is None or report.reporter_id not in {None, by.person_id}:
        raise OutOfReach(Report._meta.label, "")
    report.reporter_kind, report.reporter_id, report.reporter_name, report.named_at = kind, by.own_id, "", now()
    report.save()
    _tell(by, report, "report.more", f"claimed:{by.person_id}")
    return report


@service(Event.REPORT_CONSENT_WITHDRAWN, action=Action.REPORT_FOLLOW_OWN)
def withdraw_consent(*, by: Actor, report: Report, withdrawn_by: str) -> Report:
    """Note that consent to pass on what was known from treatment is taken back (REP-22). What is sent is not unsent."""
    if by.person_id is None or report.reporter_id != by.person_id or report.health_source != HealthSource.CONSENT:
        raise OutOfReach(Report._meta.label, report.public_id)
    if report.consent_withdrawn_at is None:
        report.consent_withdrawn_at, report.consent_withdrawn_by = now(), withdrawn_by
        report.save()
        _tell(by, report, "report.more", "consent")
    return report


def _with_receipt(receipt: str) -> Report:
    report = report_by_lookup(lookup_of(receipt))
    if report is None:
        raise OutOfReach(Report._meta.label, "")
    return report


def _tell(by: Actor, report: Report, code: str, occasion: str) -> None:
    path = f"/meldinger/{report.public_id}/"
    notify(by=by, person_ids=receivers_of(report), code=code, occasion=f"{report.public_id}:{occasion}", path=path, scope=report.scope())
