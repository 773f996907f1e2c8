"""Reports as pages and other domains ask for them."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.core.files import storage
from aktsom.core.files.responses import picture_response
from aktsom.core.privacy.numbers import protected
from aktsom.core.timing.clock import now, today
from aktsom.core.timing.law import head_title
from aktsom.core.vault.sealing import ContentDestroyed
from aktsom.core.waiting import Waits, waiting
from aktsom.people.selectors import group_names, owner_handlers, owner_recipients
from aktsom.plans.selectors import NoProcedure, procedure_of
from aktsom.reports.access import (
    get_sent_report,
    judgements_visible_to,
    lookup_of,
    messages_of,
    own_reports,
    owner_notices_visible_to,
    report_by_lookup,
    reports_to_clear,
    reports_visible_to,
    test_report_at,
)
from aktsom.reports.models import GroundlessJudgement, OwnerNotice, Report, ReportAccused, ReportMessage, ReportPupil, ReportRecipient
from aktsom.reports.rules import NoticePurpose, RecipientReason, ReportState, Route, Urgency
from aktsom.reports.rules.replying import reply_day
from aktsom.schools.rules import OwnerKind

PUPILS = Prefetch("pupils", ReportPupil.objects.select_related("person"))
ACCUSED = Prefetch("accused", ReportAccused.objects.select_related("person"))
PICTURES_IN_PAGE = 10
ENDED = (ReportState.IN_CASE, ReportState.FINISHED)  # a case follows it up, or an incident is finished


def listed(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Return reports as lists need them: the pupils by name, and no text unsealed."""
    return reports.select_related("school").prefetch_related(
        Prefetch("pupils", ReportPupil.objects.select_related("person").defer("written_name"))
    )


def open_reports(actor: Actor, *, school_id: int | None = None) -> QuerySet[Report]:
    """Return the reports no case follows up yet, those that cannot wait first, then the oldest."""
    reports = reports_visible_to(actor).exclude(state__in=ENDED)
    if school_id is not None:
        reports = reports.filter(school_id=school_id)
    return listed(reports).order_by(F("acknowledged_at").asc(nulls_first=True), "urgency", "received_at", "id")


def followed_reports(actor: Actor) -> QuerySet[Report]:
    """Return the reports that are followed up in a case, and the incidents that are finished, newest first."""
    return listed(reports_visible_to(actor).filter(state__in=ENDED)).order_by("-received_at", "-id")


def reports_of_case(report_ids: Iterable[int]) -> list[Report]:
    """Return the reports of a case, oldest first. The caller has the right to the case."""
    rows = Report.objects.filter(pk__in=list(report_ids)).select_related(
        "reporter", "logged_by", "acknowledged_by", "first_known_by", "school"
    )
    return list(
        rows.prefetch_related(PUPILS, ACCUSED, "pictures__attachment", "assessments__assessed_by", "owner_notices").order_by(
            "received_at", "id"
        )
    )


def pupils_of(report: Report) -> list[str]:
    """Return the names of the pupils of a report, as registered or as written."""
    return [str(row.person) if row.person else row.written_name for row in report.pupils.select_related("person")]


def head_word(school: Any) -> str:
    """Return what the head teacher of the school is called."""
    try:
        return leader_word(school.owner.kind, procedure_of(school.pk))
    except NoProcedure:
        return leader_word(school.owner.kind, None)


def leader_word(owner_kind: str, procedure: Any) -> str:
    """Return what a head teacher is called: «daglig leder» at a private school, else the plan's own word."""
    if owner_kind == OwnerKind.PRIVATE or procedure is None:
        return head_title(owner_kind)
    return str(procedure.title_of(Role.HEAD_TEACHER))


def reason_word(reason: str, head: str) -> str:
    """Return why somebody has a report, with the school's own word for its leader."""
    words = {
        RecipientReason.HEAD_TEACHER: head.capitalize(),
        RecipientReason.DEPUTY: _("%(head)ss stedfortreder") % {"head": head.capitalize()},
        RecipientReason.FALLBACK: _("Tar imot når %(head)s ikke kan nås") % {"head": head},
    }
    return words.get(RecipientReason(reason), str(RecipientReason(reason).label))


def receiving_roles(report: Report) -> list[str]:
    """Return why each of those who have the report has it, in the order they got it, without a name."""
    reasons = (
        report.recipients.filter(ended_at=None).exclude(reason=RecipientReason.HANDLER).order_by("id").values_list("reason", flat=True)
    )
    head = head_word(report.school)
    return list(dict.fromkeys(reason_word(reason, head) for reason in reasons))


def registered_pupils(report: Report) -> list[Any]:
    """Return the pupils of a report that are registered."""
    return [row.person for row in report.pupils.select_related("person") if row.person]


def accused_names(report: Report) -> list[str]:
    """Return the names of those at work a report is about. Only for pages the accused never meet."""
    return [str(row.person) if row.person else row.written_name for row in report.accused.select_related("person")]


def classes_of(reports: Iterable[Report]) -> dict[int, str]:
    """Return the class of each registered pupil of some reports, by person."""
    ids = {row.person_id for report in reports for row in report.pupils.all() if row.person_id}
    return group_names(ids, today())


def incident_answers(report: Report) -> list[Any]:
    """Return what was answered about an incident, the latest first. The caller has the right to the report."""
    return list(report.incident_answers.select_related("answered_by").order_by("-answered_at", "-id")) if report.incident_kind else []


def latest_assessment(report: Report) -> Any:
    """Return how serious it was last judged, or None."""
    return report.assessments.select_related("assessed_by").order_by("-assessed_at", "-id").first()


def conversation(report: Report) -> list[Any]:
    """Return what was written both ways, oldest first."""
    return messages_of(report)


def with_answers(reports: QuerySet[Report]) -> QuerySet[Any]:
    """Annotate reports with whether the school has answered."""
    return reports.annotate(is_answered=Exists(ReportMessage.objects.filter(report_id=OuterRef("pk"), from_reporter=False)))


def answers_owed(reports: Iterable[Any]) -> dict[int, date]:
    """Return the day an answer is promised by, for those of some reports (``with_answers``) the school has not answered, by key."""
    waiting = [report for report in reports if not report.is_answered]
    days = {report.pk: reply_day(timezone.localtime(report.received_at).date(), report.school.reply_standard_days) for report in waiting}
    return {pk: day for pk, day in days.items() if day is not None}


def pictures_of(report: Report) -> list[Any]:
    """Return the pictures of a report with their size."""
    return list(report.pictures.select_related("attachment"))


def pictures_in_page(report: Report) -> list[dict[str, Any]]:
    """Return the newest pictures, to lie in the page itself; one whose key is destroyed is left out."""
    rows = report.pictures.select_related("attachment").order_by("-pk")[:PICTURES_IN_PAGE]
    found = ((row, _content(row.attachment)) for row in reversed(rows))
    return [
        {
            "uri": f"data:image/jpeg;base64,{base64.b64encode(content).decode()}",
            "from_reporter": row.from_reporter,
            "width": row.attachment.width,
            "height": row.attachment.height,
        }
        for row, content in found
        if content is not None
    ]


def _content(attachment: Any) -> bytes | None:
    try:
        return storage.get(attachment.content_key_id, attachment.stored_name)
    except (ContentDestroyed, FileNotFoundError):
        return None


def is_said_already(report: Report, text: str, *, from_reporter: bool, pictures: Iterable[Any] = ()) -> bool:
    """Return whether the last thing written is just this, from the same side: a second press, not a second message."""
    last = report.messages.order_by("-pk").first()
    return bool(last and last.from_reporter == from_reporter and last.text == text and last.pictures.count() == len(list(pictures)))


def holders_of(report: Report) -> list[Any]:
    """Return who has the report now, and why."""
    return list(report.recipients.filter(ended_at=None).select_related("person").order_by("id"))


def picture_of(report: Report, public_id: str) -> Any:
    """Return the response with one picture of a report, or None."""
    row = report.pictures.select_related("attachment").filter(public_id=public_id).first()
    return (row, picture_response(row.attachment)) if row is not None else None


def just_sent(actor: Actor, public_id: str) -> Report:
    """Return a report the actor has sent or written in for somebody else; raise OutOfReach otherwise."""
    return get_sent_report(actor, public_id)


def is_to_clear(actor: Actor, report: Report) -> bool:
    """Return whether the actor still has what the report says in her own SMS or Teams."""
    return reports_to_clear(actor).filter(pk=report.pk).exists()


TO_CLEAR = "to_clear"


def clearing_waits(actor: Actor) -> Waits:
    """Return what the actor has to delete where it came: which channel, and when it was written in, to be read with others."""
    rows = reports_to_clear(actor)
    return Waits(rows, lambda: waiting(rows, TO_CLEAR, at="received_at", note="channel"))


def own_report_list(actor: Actor) -> list[Report]:
    """Return what the actor has sent herself, newest first."""
    return list(own_reports(actor).order_by("-received_at", "-id")[:100])


def by_receipt(receipt: str, *, school_id: int) -> Report | None:
    """Return the report a receipt belongs to at this school, or None."""
    return report_by_lookup(lookup_of(receipt), school_id=school_id)


def waiting_owner_notices(actor: Actor) -> QuerySet[OwnerNotice]:
    """Return the notices the owner has not dealt with: what is urgent first, then oldest first.

    Urgent is what nobody at the owner has opened and that cannot wait for an ordinary working day: whoever reported said
    that it is urgent now, or the owner itself has to act because it is about the leadership (§ 12-5 second paragraph).
    """
    pressing = Q(report__urgency=Urgency.NOW) | Q(purpose=NoticePurpose.LEADERSHIP)
    urgent = ExpressionWrapper(Q(opened_at=None) & pressing, output_field=BooleanField())
    return _waiting(actor).annotate(is_urgent=urgent).order_by("-is_urgent", "sent_at", "id")


def _waiting(actor: Actor) -> QuerySet[OwnerNotice]:
    """Return the notices without an answer. One about the leadership is the owner's own report, and waits till that is taken."""
    taken = Q(purpose=NoticePurpose.LEADERSHIP, report__acknowledged_at__isnull=False)
    return owner_notices_visible_to(actor).filter(answered_at=None).exclude(taken)


def waiting_by_school(actor: Actor) -> list[tuple[str, str, int, int]]:
    """Return the schools with notices that wait: short name, name, how many, and how many nobody has opened."""
    waiting = _waiting(actor).order_by("report__school__name")
    named = waiting.values("report__school__slug", "report__school__name")
    counted = named.annotate(amount=Count("pk"), new=Count("pk", filter=Q(opened_at=None)))
    return list(counted.values_list("report__school__slug", "report__school__name", "amount", "new"))


def answered_owner_notices(actor: Actor) -> QuerySet[OwnerNotice]:
    """Return the notices the owner has dealt with, newest first."""
    done = owner_notices_visible_to(actor).exclude(pk__in=_waiting(actor).values("pk"))
    return done.order_by(Coalesce("answered_at", "report__acknowledged_at").desc(), "-id")


def held_back(actor: Actor) -> QuerySet[GroundlessJudgement]:
    """Return the judgements «clearly groundless» whose receiver at the owner the actor is, newest first (STF-03)."""
    mine = [owner_id for owner_id in actor.owners_as(Role.OWNER_HANDLER) if _receives_staff_cases(actor, owner_id)]
    return judgements_visible_to(actor).filter(report__owner_id__in=mine).order_by("-judged_at", "-id")


def staff_reports_kept(actor: Actor, school_ids: Iterable[int]) -> dict[int, int]:
    """Return how many reports about somebody who works at a school the owner has not had, by school (§ 12-5; ESC-10).

    For the owner's own people. A number, never which: the reports are the school's until they are passed on. The hour is
    Aktsom's own rhythm, so that a report that has just come is not counted.
    """
    owned, just_now = actor.owners_as(Role.OWNER_HANDLER), now() - timedelta(hours=1)
    works_at = actor.schools_as(Role.STAFF)
    rows = Report.objects.filter(route=Route.STAFF, owner_id__in=owned, school_id__in=list(school_ids), received_at__lt=just_now)
    rows = rows.exclude(school_id__in=works_at).filter(owner_notices=None, groundless=None, is_test=False)
    return dict(rows.order_by("school_id").values_list("school_id").annotate(amount=Count("pk")))


def _receives_staff_cases(actor: Actor, owner_id: int) -> bool:
    named = owner_recipients(owner_id, "staff", today()) or owner_handlers(owner_id, today())
    return actor.person_id in {person.pk for person in named}


@dataclass(frozen=True)
class TestReport:
    """How it went with a test report: when it was sent, and who took it and when. Nothing of what it says."""

    public_id: str
    sent_at: datetime
    taken_at: datetime | None
    taken_by: str


def test_report(school_id: int) -> TestReport | None:
    """Return how it went with the school's test report, or None when there is none."""
    found = test_report_at(school_id)
    if found is None:
        return None
    return TestReport(found.public_id, found.received_at, found.acknowledged_at, str(found.acknowledged_by or ""))


@dataclass(frozen=True)
class OverviewRow:
    """One line of the overview: a thing to count by, and how many, small numbers not told."""

    label: str
    amount: str


def report_overview(actor: Actor, *, school_id: int) -> dict[str, list[OverviewRow]]:
    """Return counts of the last year's reports by kind, way and class, with small numbers suppressed (REP-25, REP-26)."""
    since = now() - timedelta(days=365)
    reports = list(
        listed(reports_visible_to(actor).filter(school_id=school_id, received_at__gte=since, is_test=False, concerns_pupil=True))
    )
    classes = classes_of(reports)
    by_class = Counter(classes.get(row.person_id or 0, "") for report in reports for row in report.pupils.all())
    by_month = Counter(timezone.localtime(report.received_at).date().replace(day=1) for report in reports)
    tables = {
        "kind": _by_label(Counter(str(report.get_reporter_kind_display()) for report in reports)),
        "channel": _by_label(Counter(str(report.get_channel_display()) for report in reports)),
        "class": _by_label(Counter({name or _("Uten klasse"): amount for name, amount in by_class.items()})),
        "month": {date_format(month, "F Y"): amount for month, amount in sorted(by_month.items())},
    }
    return {
        name: [OverviewRow(label, _("vises ikke") if amount is None else str(amount)) for label, amount in rows.items()]
        for name, rows in protected(tables).items()
    }


def _by_label(counted: Counter[str]) -> dict[str, int]:
    return dict(sorted(counted.items()))


def reports_left_lying(actor: Actor) -> list[Report]:
    """Return the reports nobody has taken: what cannot wait after an hour, the rest when a new day has begun.

    The hour and the day are Aktsom's own reminder rhythm, and are not shown as the Act's.
    """
    midnight = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    pressing = (Q(urgency=Urgency.NOW) | ~Q(route=Route.ORDINARY)) & Q(received_at__lt=now() - timedelta(hours=1))
    lying = reports_visible_to(actor).filter(acknowledged_at=None).exclude(state=ReportState.IN_CASE)
    return list(lying.filter(pressing | Q(received_at__lt=midnight)).order_by("received_at", "id"))


def reports_held(actor: Actor, school_ids: Iterable[int]) -> list[tuple[str, int, int, int]]:
    """Return the reports somebody has taken and no case follows up: public id, who has it now, school and owner (REP-27)."""
    taken_over = ReportRecipient.objects.filter(report_id=OuterRef("pk"), reason=RecipientReason.HANDLER, ended_at=None)
    rows = reports_visible_to(actor).filter(school_id__in=list(school_ids), state=ReportState.ACKNOWLEDGED)
    held = rows.annotate(
        holder=Coalesce(
            Subquery(taken_over.order_by("-given_at", "-id").values("person_id")[:1]),
            F("acknowledged_by_id"),
            output_field=BigIntegerField(),
        )
    )
    return list(held.order_by("received_at", "id").values_list("public_id", "holder", "school_id", "owner_id"))
