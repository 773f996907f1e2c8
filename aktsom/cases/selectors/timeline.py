"""Who did what when, who has read, and what the file can show. Put together from the log, which holds no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from aktsom.cases.facts import HEARD, counted
from aktsom.cases.models import Analysis, BestInterests, Case, CasePart, Hearing, Note
from aktsom.cases.rules import CaseKind, NoteKind, PartKind, ProofFacts, ProofPoint, ProofState, proof_of_duties
from aktsom.core.audit.events import SENTENCES, Event
from aktsom.core.audit.models import AuditEvent, AuditKind
from aktsom.core.ui.shapes import Entry
from aktsom.measures.selectors import PlanStanding
from aktsom.people.selectors import people_by_id

# The reporter's name is the report's own business (REP-20): in a timeline she is «den som meldte».
REPORTERS_DEEDS = {Event.REPORT_RECEIVED, Event.REPORT_ADDED_TO, Event.PICTURE_ATTACHED}
NOT_DEEDS = (Event.NOTICE_WRITTEN, Event.NOTICE_SENT, Event.NOTICE_SEEN)


def files_of(case: Case) -> list[str]:
    """Return the files whose events make up the case: its own and its reports'."""
    return [case.public_id, *case.case_reports.values_list("report__public_id", flat=True)]


def timeline(case: Case) -> QuerySet[AuditEvent]:
    """Return every deed in the case and its reports, newest first."""
    return AuditEvent.objects.filter(file_id__in=files_of(case), kind=AuditKind.WRITE).exclude(event__in=NOT_DEEDS).order_by("-at", "-id")


def entries(events: list[AuditEvent]) -> list[Entry]:
    """Return a page of events as sentences with the names filled in."""
    people = people_by_id({event.person_ref or 0 for event in events})
    return [Entry(at=event.at, text=_sentence(event, people)) for event in events]


def _sentence(event: AuditEvent, people: dict[int, Any]) -> str:
    if event.event in REPORTERS_DEEDS:
        who = _("Den som meldte")
    elif event.job:
        who = "Aktsom"
    else:
        who = str(people.get(event.person_ref or 0, _("Noen som ikke er her lenger")))
    return str(SENTENCES[Event(event.event)]).format(who=who)


@dataclass(frozen=True)
class Reader:
    """Somebody who has opened the case."""

    who: str
    times: int
    first_at: datetime
    last_at: datetime


def readers(case: Case) -> list[Reader]:
    """Return who has read in the case, the last first (fact 31)."""
    rows = (
        AuditEvent.objects.filter(file_id__in=files_of(case), kind=AuditKind.READ, person_ref__isnull=False)
        .order_by()
        .values("person_ref")
        .annotate(times=Count("pk"), first_at=Min("at"), last_at=Max("at"))
        .order_by("-last_at", "person_ref")
    )
    found = list(rows)
    people = people_by_id({row["person_ref"] for row in found})
    gone = _("Noen som ikke er her lenger")
    return [Reader(str(people.get(row["person_ref"], gone)), row["times"], row["first_at"], row["last_at"]) for row in found]


def proof(case: Case, plan: PlanStanding | None) -> list[tuple[ProofPoint, ProofState]]:
    """Return the eight points and whether the file shows each (DOC-01). The whole case, whatever walls there are."""
    told = Count("report__owner_notices", distinct=True)
    joined = case.case_reports.select_related("report").prefetch_related("report__assessments").annotate(told=told)
    rows = list(joined.order_by("joined_at", "id"))
    reports = [row.report for row in rows]
    heard = Exists(Hearing.objects.filter(part_id=OuterRef("pk"), outcome__in=HEARD))
    weighed = Exists(BestInterests.objects.filter(part_id=OuterRef("pk")))
    pupils = CasePart.objects.filter(case=case).exclude(kind=PartKind.EMPLOYEE)
    voices = list(pupils.values_list(heard, weighed))
    looked = Q(kind__in=[NoteKind.OBSERVATION, NoteKind.MAPPING])
    notes, analyses = (model.objects.filter(case_id=OuterRef("pk")) for model in (Note, Analysis))
    seen, in_all, analysed = Case.objects.values_list(counted(notes.filter(looked)), counted(notes), counted(analyses)).get(pk=case.pk)
    done_at_once = sum(bool(report.done_at_once) for report in reports)
    urgent = sum(bool(assessment.urgent_measures) for report in reports for assessment in report.assessments.all())
    facts = ProofFacts(
        observations=seen + len(reports),
        urgent_measures=urgent + done_at_once,
        reports=len(reports),
        owner_notices=sum(row.told for row in rows),
        owner_must_know=case.is_serious or case.kind == CaseKind.STAFF,
        notes=in_all,
        analyses=analysed,
        measures=plan.measures if plan else 0,
        none_needed=plan is not None and plan.none_needed_at is not None,
        parts_to_hear=len(voices),
        parts_heard=sum(was_heard for was_heard, _weighed in voices),
        parts_weighed=sum(was_weighed for _heard, was_weighed in voices),
    )
    return proof_of_duties(facts)
