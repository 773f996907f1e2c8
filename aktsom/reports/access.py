"""Who meets a report: those who have it, the leadership where the Act lets it, the owner, and never the accused."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import NotAllowed, OutOfReach, register_reach, through
from aktsom.core.access.roles import Role
from aktsom.reports.models import (
    GroundlessJudgement,
    OwnerNotice,
    Report,
    ReportAccused,
    ReportBar,
    ReportingRoutine,
    ReportMessage,
    ReportQuestion,
    ReportRecipient,
)
from aktsom.reports.rules import LEFT_ELSEWHERE, BarReason, RecipientReason, Route, receipt_lookup

LEADING = (Role.HEAD_TEACHER, Role.DEPUTY)


def _received(actor: Actor, *reasons: RecipientReason) -> Exists:
    rows = ReportRecipient.objects.filter(report_id=OuterRef("pk"), person_id=actor.own_id, ended_at=None)
    return Exists(rows.filter(reason__in=reasons) if reasons else rows)


def _has_it_at_school(actor: Actor) -> Q:
    """Somebody at the school has the report and still works there. Never one about the leadership (§ 12-5)."""
    return Q(school_id__in=actor.schools_as(Role.STAFF)) & ~Q(route=Route.LEADERSHIP) & Q(_received(actor))


def _has_it_at_owner(actor: Actor) -> Q:
    return Q(owner_id__in=actor.owners_as(Role.OWNER_HANDLER)) & Q(_received(actor, RecipientReason.OWNER))


def _led(actor: Actor) -> Q:
    return Q(school_id__in=actor.schools_as(*LEADING)) & ~Q(route=Route.LEADERSHIP)


def _kept_out(actor: Actor, outer: str = "pk") -> Q:
    """The report is about the actor, a name in it can mean her, or she is shut out of the case it belongs to."""
    here = {"report_id": OuterRef(outer), "person_id": actor.own_id}
    return Q(Exists(ReportAccused.objects.filter(**here))) | Q(Exists(ReportBar.objects.filter(**here)))


def kept_out_of(report: Report) -> frozenset[int]:
    """Return everybody who never meets the report: the same turned round, for those who get notices of it."""
    accused = report.accused.exclude(person=None).order_by().values_list("person_id", flat=True)
    return frozenset(accused.union(report.bars.order_by().values_list("person_id", flat=True)))


def reports_kept_from(actor: Actor) -> QuerySet[Report]:
    """Return the reports the actor never meets, for a condition in the domain that points at them; nothing of them is read."""
    return Report.objects.filter(_kept_out(actor))


def is_kept_from_report(person_id: int, public_id: str) -> bool:
    """Return whether somebody never meets the report with this public id."""
    return any(person_id in kept_out_of(report) for report in Report.objects.filter(public_id=public_id))


def may_be_meant_in(report: Report) -> frozenset[int]:
    """Return those a name in the report can mean, and of whom nobody has said that it does not."""
    return frozenset(report.bars.filter(reason=BarReason.MAY_BE_MEANT).values_list("person_id", flat=True))


def receivers_of(report: Report) -> list[int]:
    """Return those who have the report now and may meet it, for a notice of it."""
    have = report.recipients.filter(ended_at=None).exclude(person_id__in=kept_out_of(report))
    return list(have.order_by("pk").values_list("person_id", flat=True))


def reports_visible_to(actor: Actor) -> QuerySet[Report]:
    """Return the reports the actor can meet at work.

    The accused never meets one, whatever else she is, nor whoever is shut out of its case (NEG-01, NEG-02).
    """
    reports = Report.objects.select_related("school", "owner", "reporter", "logged_by", "acknowledged_by")
    if actor.is_system:
        return reports
    if actor.person_id is None:
        return reports.none()
    return reports.filter(_has_it_at_school(actor) | _has_it_at_owner(actor) | _led(actor)).exclude(_kept_out(actor))


def own_reports(actor: Actor) -> QuerySet[Report]:
    """Return the reports the actor has sent herself, for the limited view: status and messages, nothing more (REP-15)."""
    if actor.person_id is None:
        return Report.objects.none()
    return Report.objects.select_related("school").filter(reporter_id=actor.person_id)


def get_own_report(actor: Actor, public_id: str) -> Report:
    """Return a report the actor has sent, or raise OutOfReach (404)."""
    report: Report | None = own_reports(actor).filter(public_id=public_id).first()
    if report is None:
        raise OutOfReach(Report._meta.label, public_id)
    return report


def get_sent_report(actor: Actor, public_id: str) -> Report:
    """Return a report the actor sent, or logged for somebody else, for the page that says it is received."""
    sent = Q(reporter_id=actor.person_id) | Q(logged_by_id=actor.person_id)
    rows = Report.objects.none() if actor.person_id is None else Report.objects.select_related("school__owner").filter(sent)
    report: Report | None = rows.filter(public_id=public_id).first()
    if report is None:
        raise OutOfReach(Report._meta.label, public_id)
    return report


def reports_to_clear(actor: Actor) -> QuerySet[Report]:
    """Return the reports the actor wrote in from her own SMS or Teams and has not said that she deleted there (PRV-10)."""
    mine = Report.objects.filter(logged_by_id=actor.own_id) if actor.person_id is not None else Report.objects.none()
    return mine.filter(channel__in=LEFT_ELSEWHERE, cleared_elsewhere_at=None)


def relations(actor: Actor, report: Report) -> frozenset[Role]:
    """Return the relation roles: receiver, the owner's handler of a leadership report, the owner who was told."""
    reasons = set(report.recipients.filter(person_id=actor.own_id, ended_at=None).values_list("reason", flat=True))
    at_owner = report.owner_id in actor.owners_as(Role.OWNER_HANDLER) and RecipientReason.OWNER in reasons
    roles: set[Role] = set()
    if reasons - {RecipientReason.OWNER} and report.school_id in actor.schools_as(Role.STAFF):
        roles.add(Role.CASE_HANDLER if RecipientReason.HANDLER in reasons else Role.REPORT_RECEIVER)
    if at_owner:
        roles.add(Role.CASE_OWNER_HANDLER if report.is_withheld else Role.CASE_OWNER_FOLLOWER)
        if not report.recipients.exclude(reason=RecipientReason.OWNER).exists():  # nobody at the school could get it
            roles.add(Role.REPORT_RECEIVER)
    return frozenset(roles)


def get_report(actor: Actor, action: Action, public_id: str) -> Report:
    """Return the report, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(Report, actor, action, public_id)


def owner_notices_visible_to(actor: Actor) -> QuerySet[OwnerNotice]:
    """Return the notices whose report the actor has as the owner's receiver."""
    notices = OwnerNotice.objects.select_related("report", "report__school", "sent_by", "opened_by", "answered_by")
    if actor.is_system:
        return notices
    mine = ReportRecipient.objects.filter(
        report_id=OuterRef("report_id"), person_id=actor.own_id, reason=RecipientReason.OWNER, ended_at=None
    )
    at_owner = Q(report__owner_id__in=actor.owners_as(Role.OWNER_HANDLER))
    return notices.filter(at_owner & Exists(mine)).exclude(_kept_out(actor, "report_id"))


def judgements_visible_to(actor: Actor) -> QuerySet[GroundlessJudgement]:
    """Return why reports were not sent on to the owner (§ 12-5), for the owner's own people. The reports are not among it."""
    judgements = GroundlessJudgement.objects.select_related("report__school", "judged_by")
    return judgements.filter(report__owner_id__in=actor.owners_as(Role.OWNER_HANDLER)).exclude(_kept_out(actor, "report_id"))


def get_owner_notice(actor: Actor, action: Action, public_id: str) -> OwnerNotice:
    """Return the notice, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(OwnerNotice, actor, action, public_id)


def lookup_of(receipt: str) -> str:
    """Return what a receipt is found by: its keyed hash. The receipt itself is stored nowhere."""
    return receipt_lookup(receipt, b"aktsom receipt" + settings.SECRET_KEY.encode())


def sending_secret() -> bytes:
    """Return the secret the keys of sendings are made with."""
    return b"aktsom sending" + settings.SECRET_KEY.encode()


def report_by_sending(lookup: str) -> Report | None:
    """Return the report one sending of one form made, or None. Only who sent it can know the key."""
    return Report.objects.filter(send_lookup=lookup).first()


def test_report_at(school_id: int) -> Report | None:
    """Return the school's test report, or None. It is about no child."""
    found: Report | None = Report.objects.filter(school_id=school_id, is_test=True).select_related("content_key").first()
    return found


def report_by_lookup(lookup: str, *, school_id: int | None = None) -> Report | None:
    """Return the report with this receipt, or None. Holding the receipt is the right to it, and to nothing else."""
    found = Report.objects.filter(receipt_lookup=lookup).select_related("school")
    return (found.filter(school_id=school_id) if school_id is not None else found).first()


def messages_of(report: Report) -> list[ReportMessage]:
    """Return what was written between reporter and school, oldest first. The caller has the right to the report."""
    return list(report.messages.select_related("author").order_by("pk"))  # an anonymous time is only the minute


def routines_visible_to(actor: Actor) -> QuerySet[ReportingRoutine]:
    """Return the routines, every edition, of the schools the actor works at."""
    rows = ReportingRoutine.objects.select_related("school", "written_by")
    return rows if actor.is_system else rows.filter(school_id__in=actor.schools_as(Role.STAFF))


def get_routine(actor: Actor, action: Action, public_id: str) -> ReportingRoutine:
    """Return one edition of a routine, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(ReportingRoutine, actor, action, public_id)


def questions_visible_to(actor: Actor) -> QuerySet[ReportQuestion]:
    """Return the questions the actor can change: the school's for who leads it, the owner's for its own handlers."""
    rows = ReportQuestion.objects.filter(ended_at=None).select_related("owner", "school")
    if actor.is_system:
        return rows
    own = Q(school_id__in=actor.schools_as(*LEADING))
    return rows.filter(own | Q(school=None, owner_id__in=actor.owners_as(Role.OWNER_HANDLER)))


def questions_at(*, owner_id: int | None, school_id: int | None) -> QuerySet[ReportQuestion]:
    """Return what stands in the form now of one school's own or, without one, of the owner's. What is asked there is no secret."""
    return _asked_at(owner_id, school_id).filter(ended_at=None).order_by("place", "id")


def earlier_questions(*, owner_id: int, school_id: int | None) -> QuerySet[ReportQuestion]:
    """Return what was asked before, the latest first; old reports still show those words."""
    return _asked_at(owner_id, school_id).filter(ended_at__isnull=False).order_by("-ended_at", "-id")


def _asked_at(owner_id: int | None, school_id: int | None) -> QuerySet[ReportQuestion]:
    return ReportQuestion.objects.filter(owner_id=owner_id, school_id=school_id)  # type: ignore[misc]


def require_own_form(actor: Actor, place: Any) -> None:
    """A school's own questions are written by who leads it, the owner's by the owner. Raise NotAllowed (403)."""
    school_id = place.scope().school_id
    if school_id is not None and not actor.is_system and school_id not in actor.schools_as(*LEADING):
        raise NotAllowed(Action.REPORT_FORM_WRITE, place)


def get_question(actor: Actor, action: Action, public_id: str) -> ReportQuestion:
    """Return the question, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(ReportQuestion, actor, action, public_id)


register_reach(ReportingRoutine, routines_visible_to)
register_reach(ReportQuestion, questions_visible_to)
register_reach(Report, reports_visible_to, relations)
register_reach(OwnerNotice, owner_notices_visible_to, lambda actor, notice: relations(actor, notice.report))
