"""The clocks of one case as cards: what, by when, why, and whose rule."""

from __future__ import annotations

from typing import Any

from aktsom.cases.facts import day_of
from aktsom.cases.models import Case
from aktsom.cases.rules.clocks import Clock, ClockFacts, Reading, readings
from aktsom.core.timing.clock import today
from aktsom.core.timing.deadlines import LocalStandard
from aktsom.core.ui.shapes import DeadlineCard
from aktsom.measures.rules import PlanState
from aktsom.plans.selectors import NoProcedure, procedure_of


def deadlines(case: Case, standing: Any, reports: list[Any] | None = None) -> list[DeadlineCard]:
    """Return the clocks of the case, each with its source and why it falls on that day; ``reports`` when already read."""
    return [_card(reading) for reading in readings(clock_facts(case, standing, reports), today=today())]


def family_week_card(case: Case, standing: Any) -> DeadlineCard:
    """Return the week to Statsforvalteren alone, for the family's page."""
    shown = readings(clock_facts(case, standing), today=today())
    return next(_card(reading) for reading in shown if reading.clock == Clock.FAMILY_WEEK)


def clock_facts(case: Case, standing: Any, reports: list[Any] | None = None) -> ClockFacts:
    """Return the days of the case and the standards its school has set."""
    if reports is None:
        reports = [row.report for row in case.case_reports.select_related("report").defer("report__what_happened")]
    received = [report.acknowledged_at for report in reports if report.acknowledged_at is not None]
    reported = min(report.received_at for report in reports)
    plan = standing.plan
    return ClockFacts(
        kind=case.kind,
        first_known_on=day_of(case.first_known_at),
        reported_on=day_of(reported),
        received_on=day_of(min(received)) if received else None,
        raised_on=case.raised_with_head_on,
        investigated=standing.facts.has_analysis or standing.facts.plan_state in {PlanState.IN_FORCE, PlanState.ENDED},
        postponed_to=standing.facts.postponed_to,
        plan_standard=_plan_standard(case),
        plan_in_force=plan is not None and plan.state in {PlanState.IN_FORCE, PlanState.ENDED},
        evaluate_on=plan.evaluate_on if plan is not None and plan.state == PlanState.IN_FORCE else None,
    )


def _plan_standard(case: Case) -> LocalStandard | None:
    """Return the school's own number for the plan as it was when the case was opened, if it has one (AMB-08)."""
    try:
        return procedure_of(case.school_id, on=day_of(case.opened_at)).plan_standard
    except NoProcedure:
        return None


def _card(reading: Reading) -> DeadlineCard:
    return DeadlineCard(
        what=str(reading.clock.label),
        due=reading.due_on,
        word=reading.word,
        why=reading.why,
        whose=reading.whose,
        law=reading.law.section,
        law_url=reading.law.link,
        state=reading.state,
    )
