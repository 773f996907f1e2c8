"""The owner is told, opens, answers; and the one exception of § 12-5."""

from __future__ import annotations

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now, today
from aktsom.people import selectors as people
from aktsom.plans.selectors import NoProcedure, procedure_of
from aktsom.reports.access import kept_out_of
from aktsom.reports.models import GroundlessJudgement, OwnerNotice, Report, ReportRecipient
from aktsom.reports.rules import NoticePurpose, RecipientReason, ReportState, Route, obstacles_to_judging_groundless

LEADING_REASONS = (RecipientReason.HEAD_TEACHER, RecipientReason.DEPUTY)
SET_PURPOSE = {NoticePurpose.EVERY_CASE: "serious"}


def note_known_to_head(by: Actor, report: Report) -> bool:
    """Note the first time the head teacher or her deputy did anything with the report; return whether she acts now."""
    leads = report.school_id in by.schools_as(Role.HEAD_TEACHER, Role.DEPUTY)
    if leads:
        report.known_to_head_at = report.known_to_head_at or now()
    return leads


def tell_owner(*, by: Actor, report: Report, purpose: str, reason: str = "", by_itself: bool = False) -> OwnerNotice:
    """Tell the owner's receivers, once for each purpose. Called inside a service; the accused is never told.

    ``by_itself``: the Act or the plan sends it when the report comes in, so the one who reported is not its sender.
    """
    sender = None if by_itself else by.person_id
    notice, made = OwnerNotice.objects.get_or_create(
        report=report,
        purpose=purpose,
        defaults={"content_key_id": report.content_key_id, "reason": reason, "sent_by_id": sender, "sent_at": now()},
    )
    if made:
        receivers = _owner_receivers(report, purpose)
        for person_id in receivers:
            ReportRecipient.objects.get_or_create(
                report=report,
                person_id=person_id,
                reason=RecipientReason.OWNER,
                defaults={"content_key_id": report.content_key_id, "given_at": now()},
            )
        path = f"/eier/{notice.public_id}/"
        notify(by=by, person_ids=receivers, code="owner.notice", occasion=notice.public_id, path=path, scope=report.scope(), urgent=True)
    return notice


def _owner_receivers(report: Report, purpose: str) -> list[int]:
    accused = kept_out_of(report)
    named = people.owner_recipients(report.owner_id, SET_PURPOSE.get(NoticePurpose(purpose), purpose), today(), report.school_id)
    found = [person.pk for person in named if person.pk not in accused]
    return found or [person.pk for person in people.owner_handlers(report.owner_id, today()) if person.pk not in accused]


@service(Event.REPORT_ESCALATED, action=Action.REPORT_PASS_TO_OWNER, on="report")
def notify_owner(*, by: Actor, report: Report, purpose: NoticePurpose, reason: str = "") -> Report:
    """Tell the owner of a serious case or a staff case (§§ 12-4, 12-5)."""
    tell_owner(by=by, report=report, purpose=purpose, reason=reason)
    return report


@service(Event.REPORT_JUDGED_GROUNDLESS, action=Action.REPORT_JUDGE_GROUNDLESS, on="report")
def judge_groundless(*, by: Actor, report: Report, reason: str) -> Report:
    """Write why a staff report is clearly groundless. The owner can read it; the pupil's own case goes on all the same."""
    try:
        always = procedure_of(report.school_id).staff_cases == "always"
    except NoProcedure:
        always = False
    obstacles = obstacles_to_judging_groundless(
        route=report.route,
        plan_says_always=always,
        is_told=report.owner_notices.filter(purpose=NoticePurpose.STAFF).exists(),
        reason=reason,
    )
    if obstacles:
        raise Refused(obstacles)
    GroundlessJudgement.objects.create(
        report=report, content_key_id=report.content_key_id, reason=reason, judged_by_id=by.own_id, judged_at=now()
    )
    note_known_to_head(by, report)
    if report.state == ReportState.SENT:
        report.state, report.acknowledged_at, report.acknowledged_by_id = ReportState.ACKNOWLEDGED, now(), by.person_id
    report.save()
    return report


@service(Event.OWNER_NOTICE_OPENED, action=Action.OWNER_NOTICE_SEE, on="notice")
def open_owner_notice(*, by: Actor, notice: OwnerNotice) -> OwnerNotice:
    """The owner opens the notice; the school sees when (ESC-07)."""
    if notice.opened_at is None:
        notice.opened_at, notice.opened_by_id = now(), by.person_id
        notice.save()
    return notice


@service(Event.OWNER_NOTICE_ANSWERED, action=Action.OWNER_NOTICE_ANSWER, on="notice")
def answer_owner_notice(*, by: Actor, notice: OwnerNotice, answer: str) -> OwnerNotice:
    """The owner answers the school: advice, resources, decisions (ESC-06)."""
    notice.answer, notice.answered_at, notice.answered_by_id = answer, now(), by.person_id
    notice.save()
    if notice.report.route != Route.LEADERSHIP:
        leading = notice.report.recipients.filter(reason__in=LEADING_REASONS, ended_at=None).values_list("person_id", flat=True)
        told = {*leading, *filter(None, [notice.sent_by_id])} - kept_out_of(notice.report)
        path = f"/meldinger/{notice.report.public_id}/"
        notify(by=by, person_ids=sorted(told), code="owner.answer", occasion=notice.public_id, path=path, scope=notice.scope())
    return notice
