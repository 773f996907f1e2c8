"""What is known of cases, counted in the database without opening any text. Services and pages ask the rules with these."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Max, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from aktsom.cases.access import working_now
from aktsom.cases.knowing import pupil_knows
from aktsom.cases.models import (
    Analysis,
    BestInterests,
    Case,
    CasePart,
    CaseReport,
    CaseTurn,
    CaseWorker,
    GovernorEntry,
    GuardiansTold,
    Hearing,
    Note,
    Postponement,
    RightsTold,
)
from aktsom.cases.rules import CaseFacts, CaseRole, CaseState, ClosingObstacle, HearingOutcome, PartKind, obstacles_to_closing
from aktsom.core.access.actor import Actor
from aktsom.core.timing.clock import today
from aktsom.measures.rules import PupilAnswer
from aktsom.measures.selectors import PlanStanding, plan_standings
from aktsom.people.access import in_force
from aktsom.people.rules import is_of_age

HEARD = (HearingOutcome.HEARD, HearingOutcome.DID_NOT_WANT)


def day_of(moment: Any) -> date:
    """Return the day of a moment in Norway."""
    return timezone.localtime(moment).date()


def at_work_rows(day: date) -> QuerySet[CaseWorker]:
    """Return the handlers in force whose position at the case's school or owner also holds on ``day``."""
    here = Q(person__positions__school_id=F("case__school_id")) | Q(person__positions__owner_id=F("case__owner_id"))
    return CaseWorker.objects.filter(working_now(), here, in_force(day, "person__positions__"), role=CaseRole.HANDLER)


def with_urgency(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Annotate cases with the little that decides which comes first, so that a long list is sorted before facts are counted."""
    return cases.annotate(
        has_handler=Exists(at_work_rows(today()).filter(case_id=OuterRef("pk"))),
        hear_again_on=Subquery(_last_hearing().values("planned_on")[:1]),
    )


def _last_hearing() -> QuerySet[Hearing]:
    return Hearing.objects.filter(part__kind=PartKind.PUPIL, case_id=OuterRef("pk")).order_by("-written_at", "-id")


def with_facts(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Annotate cases with what the road and the next step need. One query, no text."""
    day = today()
    own = Q(part__kind=PartKind.PUPIL)
    unheard = CasePart.objects.filter(case_id=OuterRef("pk"), kind=PartKind.INVOLVED_PUPIL).exclude(
        Exists(Hearing.objects.filter(part_id=OuterRef("pk"), outcome__in=HEARD))
    )
    return with_urgency(cases).annotate(
        was_acknowledged=Exists(CaseReport.objects.filter(case_id=OuterRef("pk"), report__acknowledged_at__isnull=False)),
        last_hearing=Subquery(_last_hearing().values("outcome")[:1]),
        unheard_involved=counted(unheard),
        were_rights_told=Exists(RightsTold.objects.filter(case_id=OuterRef("pk"))),
        pupil_was_told=Exists(Case.objects.filter(pupil_knows(), pk=OuterRef("pk"))),
        guardians_decided=Exists(GuardiansTold.objects.filter(case_id=OuterRef("pk"))),
        weighed=Exists(BestInterests.objects.filter(own, case_id=OuterRef("pk"))),
        notes_written=counted(Note.objects.filter(case_id=OuterRef("pk"))),
        was_analysed=Exists(Analysis.objects.filter(case_id=OuterRef("pk"))),
        owner_was_told=Exists(CaseReport.objects.filter(case_id=OuterRef("pk"), report__owner_notices__isnull=False)),
        governor_on=Subquery(_last(GovernorEntry).values("known_on")[:1]),
        was_turned=Exists(CaseTurn.objects.filter(case_id=OuterRef("pk"))),
        postponed_to=Subquery(_last(Postponement).values("new_date")[:1]),
        is_enrolled=Exists(_enrolled(day)),
        changed_at=Greatest(
            Subquery(_newest(CaseReport, "joined_at")),
            Coalesce(Subquery(_newest(CaseTurn, "turned_at", state=CaseState.OPEN)), F("opened_at")),
            Coalesce(Subquery(_newest(Hearing, "written_at", part__kind=PartKind.PUPIL)), F("opened_at")),
        ),
    )


def counted(rows: QuerySet[Any]) -> Coalesce:
    """Return how many of the rows each case has, for an annotation; the rows are already tied to the case with OuterRef."""
    grouped = rows.order_by().values("case_id").annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(grouped), 0)


def _last(model: type[Model]) -> QuerySet[Any]:
    return model._default_manager.filter(case_id=OuterRef("pk")).order_by("-written_at", "-id")


def _newest(model: type[Model], moment: str, **conditions: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.filter(case_id=OuterRef("pk"), **conditions).order_by()
    newest: QuerySet[Any] = rows.values("case_id").annotate(newest=Max(moment)).values("newest")
    return newest


def _enrolled(day: date) -> QuerySet[Case]:
    here = in_force(day, "pupil__enrolments__") & Q(pupil__enrolments__school_id=F("school_id"))
    return Case.objects.filter(here, pk=OuterRef("pk"))


def facts_of(case: Any, plan: PlanStanding | None) -> CaseFacts:
    """Return the facts of an annotated case and its plan."""
    return CaseFacts(
        state=case.state,
        acknowledged=case.was_acknowledged,
        has_handler=case.has_handler,
        pupil_hearing=case.last_hearing or "",
        hear_again_on=case.hear_again_on,
        unheard_involved=case.unheard_involved,
        rights_told=case.were_rights_told,
        pupil_knows=case.pupil_was_told,
        guardians_to_decide=not case.guardians_decided and not is_of_age(case.pupil.birth_date, today()),
        has_best_interests=case.weighed,
        notes=case.notes_written,
        has_analysis=case.was_analysed,
        postponed_to=case.postponed_to,
        owner_told=case.is_withheld or case.owner_was_told,
        governor_on=case.governor_on,
        was_turned=case.was_turned,
        left_school=not case.is_enrolled,
        control_on=case.control_on,
        can_close=not closing_of(case, plan, reason="safe", note="-", why_already="-"),
        **_plan_facts(plan),
        **_no_plan_facts(case, plan),
    )


def _plan_facts(plan: PlanStanding | None) -> dict[str, Any]:
    if plan is None:
        return {}
    return {
        "findings": plan.findings,
        "plan_state": plan.state,
        "evaluate_on": plan.evaluate_on,
        "measures": plan.measures,
        "unsettled": plan.unsettled,
        "evaluations": plan.evaluations,
        "pupil_answer": plan.answer,
        "has_final_evaluation": plan.last_is_final,
        "open_measures": plan.open_measures,
    }


def _no_plan_facts(case: Any, plan: PlanStanding | None) -> dict[str, Any]:
    """Return that no plan is needed, as long as nothing came after the choice: a report, a talk with the pupil, a new opening."""
    if plan is None or plan.none_needed_at is None or plan.none_needed_at < case.changed_at:
        return {}
    return {"none_needed": True}


def closing_of(case: Any, plan: PlanStanding | None, *, reason: str, note: str, why_already: str) -> list[ClosingObstacle]:
    """Return what stands between an annotated case and its end."""
    changes = [at for at in (case.changed_at, plan.changed_at if plan else None) if at is not None]
    decided_at = plan.none_needed_at if plan else None  # the pupil's own «trygt og godt» went with the choice (ACT-06)
    return obstacles_to_closing(
        state=case.state,
        reason=reason,
        note=note,
        pupil_answer=PupilAnswer.SAFE if decided_at else plan.answer if plan else "",
        answered_at=decided_at or (plan.answered_at if plan else None),
        last_change_at=max(changes) if changes else None,
        has_final_evaluation=decided_at is not None or (plan.last_is_final if plan else False),
        open_measures=plan.open_measures if plan else 0,
        left_school=not case.is_enrolled,
        plan_is_from_today=is_from_today(plan),
        why_already=why_already,
    )


def is_from_today(plan: PlanStanding | None) -> bool:
    """Return whether the plan, or its last change, came in force today: then no measure has had time to work (EVL-05)."""
    return plan is not None and plan.changed_at is not None and day_of(plan.changed_at) == today()


def closing_obstacles(actor: Actor, case: Case, *, reason: str, note: str, why_already: str) -> list[ClosingObstacle]:
    """Return what stands between the case and its end, as it is in the database now."""
    row = with_facts(Case.objects.filter(pk=case.pk)).get()
    plan = plan_standings(actor, [case.public_id]).get(case.public_id)
    return closing_of(row, plan, reason=reason, note=note, why_already=why_already)


def facts_by_case(actor: Actor, cases: Iterable[Any]) -> dict[str, CaseFacts]:
    """Return the facts of annotated cases by public id; the plans are asked for once."""
    rows = list(cases)
    plans = plan_standings(actor, [case.public_id for case in rows])
    return {case.public_id: facts_of(case, plans.get(case.public_id)) for case in rows}
