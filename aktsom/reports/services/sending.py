"""Somebody tells: the report is written, sent the way the Act says, and the right people are alerted."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import IntegrityError

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.files.pictures import CleanPicture
from aktsom.core.timing.clock import now, today
from aktsom.core.timing.law import head_title
from aktsom.core.vault.services import content_key_for
from aktsom.people import selectors as people
from aktsom.plans.rules import Procedure, StaffCaseRule
from aktsom.reports.access import lookup_of, report_by_lookup, report_by_sending
from aktsom.reports.models import Report, ReportAccused, ReportBar, ReportPupil, ReportRecipient
from aktsom.reports.rules import (
    BarReason,
    Channel,
    HealthSource,
    IncidentKind,
    Involved,
    PupilTold,
    Receiver,
    RecipientReason,
    ReporterKind,
    Route,
    Urgency,
    chooser,
    fitting,
    leaders_in_doubt,
    names_a_leader,
    new_receipt,
    owner_purposes,
    recipients_for,
    route_for,
)
from aktsom.reports.services.alerts import alert_recipients
from aktsom.reports.services.coarse import coarse
from aktsom.reports.services.owner import LEADING_REASONS, tell_owner
from aktsom.reports.services.pictures import keep_pictures
from aktsom.reports.services.receivers import procedure_for, reachable, staff_by_id

LEADER_TITLES = ("rektor", "inspektør", "avdelingsleder", "daglig leder")
WORDS = Path(__file__).parent.parent / "words.txt"


@dataclass(frozen=True)
class ReportDraft:
    """Everything a form can collect. Only ``what_happened`` is needed; nothing else keeps it from being sent."""

    what_happened: str
    reporter_kind: ReporterKind
    channel: Channel = Channel.FORM
    pupils: tuple[Any, ...] = ()
    written_pupils: tuple[str, ...] = ()
    reporter: Any = None
    reporter_name: str = ""
    logged_by: Any = None
    involved: Involved = Involved.NO
    accused: tuple[Any, ...] = ()
    written_accused: tuple[str, ...] = ()
    urgency: Urgency = Urgency.ORDINARY
    where_happened: str = ""
    done_at_once: str = ""
    pupils_wish: str = ""
    bases: tuple[str, ...] = ()
    topic: str = ""
    pupil_told: PupilTold | str = ""
    health_source: HealthSource = HealthSource.NOT_HEALTH_STAFF
    consent_from: str = ""
    consent_given_on: date | None = None
    first_known_by: Any = None
    first_known_by_text: str = ""
    first_known_at: datetime | None = None
    noticed_at: datetime | None = None
    chosen_adult: Any = None
    extra_answers: tuple[dict[str, str], ...] = ()
    incident_kind: IncidentKind | str = ""
    concerns_pupil: bool = True
    pictures: tuple[CleanPicture, ...] = field(default=(), repr=False)


@service(Event.REPORT_RECEIVED, action=Action.REPORT_SEND, on="school")
def receive_report(*, by: Actor, school: Any, draft: ReportDraft, send_lookup: str | None = None) -> Report:
    """Write a report from somebody signed in and send it the way the Act says. It can never be refused (RCV-06)."""
    return write_and_send(by, school, draft, send_lookup=send_lookup)


@coarse
@service(Event.REPORT_RECEIVED, action=Action.REPORT_SEND_ANONYMOUSLY)
def receive_anonymous_report(*, by: Actor, school: Any, draft: ReportDraft, receipt: str = "") -> Report:
    """Write a report from the school's public page. The report remembers its receipt as ``receipt``, stored nowhere."""
    receipt = receipt or new_receipt(receipt_words(), secrets.randbelow)
    report = write_and_send(by, school, draft, receipt_lookup=lookup_of(receipt))
    report.receipt = receipt  # type: ignore[attr-defined]
    return report


def receive_report_once(*, by: Actor, school: Any, draft: ReportDraft, sending: bytes) -> Report:
    """Receive what was sent, or return the report the same sending already made: a second press never makes two."""
    lookup = hmac.new(sending, f"user {by.user_id}".encode(), "sha256").hexdigest()
    try:
        return report_by_sending(lookup) or receive_report(by=by, school=school, draft=draft, send_lookup=lookup)
    except IntegrityError:  # both presses came at once; the one that lost lands on the other's report
        found = report_by_sending(lookup)
        if found is None:
            raise
        return found


def receive_anonymous_report_once(*, by: Actor, school: Any, draft: ReportDraft, sending: bytes) -> Report:
    """Receive what was sent without a name, or return what the same sending already made, with the same receipt.

    The receipt is drawn from the sending's key, so nothing more is stored to know the second from the first.
    """
    receipt = new_receipt(receipt_words(), chooser(sending))
    found = report_by_lookup(lookup_of(receipt), school_id=school.pk)
    if found is None:
        try:
            return receive_anonymous_report(by=by, school=school, draft=draft, receipt=receipt)
        except IntegrityError:
            found = report_by_lookup(lookup_of(receipt), school_id=school.pk)
    if found is None or found.what_happened != draft.what_happened:  # the same words by chance: another pupil's report
        return receive_anonymous_report(by=by, school=school, draft=draft)
    found.receipt = receipt  # type: ignore[attr-defined]
    return found


@lru_cache(maxsize=1)
def receipt_words() -> tuple[str, ...]:
    """Return the easy words receipts are made of."""
    return tuple(WORDS.read_text(encoding="utf-8").split())


def write_and_send(by: Actor, school: Any, draft: ReportDraft, **extra: Any) -> Report:
    """Write the report and send it the way the Act says. Called inside a service."""
    procedure = procedure_for(school)
    draft, suspected = with_suspected(school, draft)
    leaders = {person.pk for person in people.leadership(school.pk, today())}
    route = route_for(involved=_answered(school, procedure, draft), accused=suspected, leadership=leaders)
    report = _written(school, draft, route, **extra)
    receivers = recipients_for(
        route=route, there=reachable(school, procedure, grade=_grade(draft)), accused=suspected, head_only=_head_only(procedure, draft)
    )
    untold = leaders_in_doubt(route=route, suspected=suspected, leadership=leaders)
    _parts(report, draft, suspected | (untold - {person_id for person_id, _why in receivers} - {by.person_id}))
    _give(by, report, draft, receivers, suspected)
    keep_pictures(report, draft.pictures, from_reporter=True)
    if report.concerns_pupil:
        tell_owner_at_once(by, report, procedure, is_led=bool({reason for _, reason in receivers} & set(LEADING_REASONS)))
    return report


def with_suspected(school: Any, draft: ReportDraft) -> tuple[ReportDraft, frozenset[int]]:
    """Return the draft with written names of staff made into people where only one fits, and everybody they can mean."""
    staff = staff_by_id(school.pk) if draft.written_accused else {}
    names = {pk: str(person) for pk, person in staff.items()}
    certain, written = list(draft.accused), []
    suspected = {person.pk for person in certain}
    for name in draft.written_accused:
        found = fitting(name, names)
        suspected |= found
        certain += [staff[pk] for pk in found if len(found) == 1]
        written += [name] if len(found) != 1 else []
    return replace(draft, accused=tuple(dict.fromkeys(certain)), written_accused=tuple(written)), frozenset(suspected)


def _answered(school: Any, procedure: Procedure | None, draft: ReportDraft) -> Involved:
    """Return what was answered about those who work there, made stricter by what was written: a leader's title, or any name."""
    titles = {head_title(school.owner.kind), *LEADER_TITLES}
    if procedure is not None:
        titles |= {procedure.title_of(role) for role in (Role.HEAD_TEACHER, Role.DEPARTMENT_HEAD)}
    if any(names_a_leader(name, titles) for name in draft.written_accused):
        return Involved.LEADERSHIP
    if draft.written_accused and draft.involved == Involved.UNSURE:
        return Involved.STAFF
    return draft.involved


def _give(by: Actor, report: Report, draft: ReportDraft, receivers: list[Receiver], suspected: frozenset[int]) -> None:
    given = dict(receivers)
    if draft.chosen_adult is not None and report.route != Route.LEADERSHIP and draft.chosen_adult.pk not in suspected:
        given.setdefault(draft.chosen_adult.pk, RecipientReason.CHOSEN)
    if by.person_id is not None and by.person_id not in suspected and report.owner_id in by.owners_as(Role.OWNER_HANDLER):
        given.setdefault(by.person_id, RecipientReason.OWNER)  # the owner follows what a guardian told her herself (ESC-05)
    for person_id, reason in given.items():
        ReportRecipient.objects.create(
            report=report, content_key_id=report.content_key_id, person_id=person_id, reason=reason, given_at=report.received_at
        )
    alert_recipients(by=by, report=report, person_ids=[pk for pk in given if pk != by.person_id])


def _written(school: Any, draft: ReportDraft, route: Route, **extra: Any) -> Report:
    moment = now()
    anonymous = draft.reporter_kind == ReporterKind.ANONYMOUS
    received = moment.replace(second=0, microsecond=0) if anonymous else moment
    return Report.objects.create(
        content_key=content_key_for(owner_ref=school.owner_id, kind="report"),
        school=school,
        owner_id=school.owner_id,
        route=route,
        involved=draft.involved,
        channel=draft.channel,
        topic=draft.topic,
        urgency=draft.urgency,
        reporter_kind=draft.reporter_kind,
        reporter=draft.reporter,
        logged_by=draft.logged_by,
        reporter_name=draft.reporter_name,
        what_happened=draft.what_happened,
        where_happened=draft.where_happened,
        done_at_once=draft.done_at_once,
        pupils_wish=draft.pupils_wish,
        bases=" ".join(draft.bases),
        pupil_told=draft.pupil_told,
        health_source=draft.health_source,
        consent_from=draft.consent_from,
        consent_given_on=draft.consent_given_on,
        first_known_by=draft.first_known_by,
        first_known_by_text=draft.first_known_by_text,
        first_known_at=draft.first_known_at or draft.noticed_at or received,
        noticed_at=draft.noticed_at,
        received_at=received,
        extra_answers=list(draft.extra_answers) or None,  # type: ignore[misc]
        incident_kind=draft.incident_kind,
        concerns_pupil=draft.concerns_pupil or route != Route.ORDINARY,
        **extra,
    )


def _parts(report: Report, draft: ReportDraft, suspected: frozenset[int]) -> None:
    common = {"report": report, "content_key_id": report.content_key_id}
    for person in draft.pupils:
        ReportPupil.objects.create(person=person, **common)
    for name in draft.written_pupils:
        ReportPupil.objects.create(written_name=name, **common)
    for person in draft.accused:
        ReportAccused.objects.create(person=person, **common)
    for name in draft.written_accused:
        ReportAccused.objects.create(written_name=name, **common)
    # Whom a written name or a leader's title can mean is kept, so that none of them meets it in another role later.
    for person_id in sorted(suspected - {person.pk for person in draft.accused}):
        ReportBar.objects.create(person_id=person_id, reason=BarReason.MAY_BE_MEANT, barred_at=report.received_at, **common)


def _grade(draft: ReportDraft) -> int | None:
    return next((row.grade for pupil in draft.pupils if (row := people.current_enrolment(pupil.pk, today()))), None)


def _head_only(procedure: Procedure | None, draft: ReportDraft) -> bool:
    topics = {topic.code: topic.receivers for topic in procedure.topics} if procedure else {}
    return topics.get(draft.topic) == (Role.HEAD_TEACHER,)


def tell_owner_at_once(by: Actor, report: Report, procedure: Procedure | None, *, is_led: bool) -> None:
    """Tell the owner what the Act or the plan says she is told without waiting for anybody (§ 12-5; ESC-02).

    A staff report nobody in the leadership could get goes straight on: there is nobody to pass it on.
    """
    always = procedure is not None and procedure.staff_cases == StaffCaseRule.ALWAYS
    purposes = owner_purposes(
        route=report.route,
        seriousness="",
        every_case=procedure is not None and procedure.owner_in_every_case,
        is_groundless=is_led and not always,
    )
    for purpose in purposes:
        tell_owner(by=by, report=report, purpose=purpose, by_itself=True)
