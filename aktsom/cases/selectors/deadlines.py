"""The clocks of one case as cards: what, by when, why, and whose rule."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from aktsom.cases.facts import day_of
from aktsom.cases.models import Case
from aktsom.cases.rules.clocks import Clock, ClockFacts, Reading, readings
from aktsom.cases.selectors.procedure import governor_deadlines, procedure_of_case
from aktsom.core.timing.clock import today
from aktsom.core.timing.deadlines import TimeWord
from aktsom.core.ui.shapes import DeadlineCard
from aktsom.measures.rules import PlanState


def deadlines(case: Case, standing: Any, reports: list[Any] | None = None) -> list[DeadlineCard]:
    """Return the clocks of the case, each with its source and why it falls on that day; ``reports`` when already read."""
    cards = [_card(reading) for reading in readings(clock_facts(case, standing, reports), today=today())]
    return [*cards, *_governors(case)] if standing.facts.governor_on else cards


def _governors(case: Case) -> list[DeadlineCard]:
    """Return the days Statsforvalteren has set and that are not answered: a day of its own making, and no clock of the Act."""
    waiting = [row for row in governor_deadlines(case) if row.answered_on is None]
    return [
        DeadlineCard(
            what=_("Svar til Statsforvalteren"),
            due=row.due_on,
            word="",
            why=_("Dagen Statsforvalteren har satt."),
            whose=_("Statsforvalteren"),
            law="",
            law_url="",
            state="passed" if row.due_on < today() else "due_today" if row.due_on == today() else "running",
        )
        for row in waiting
    ]


def family_week_card(case: Case) -> DeadlineCard:
    """Return the week to Statsforvalteren alone, for the family's page: it counts from the day the head teacher knew."""
    known = day_of(case.first_known_at)
    facts = ClockFacts(case.kind, first_known_on=known, reported_on=known, received_on=None, raised_on=case.raised_with_head_on)
    shown = readings(facts, today=today())
    return next(_card(reading) for reading in shown if reading.clock == Clock.FAMILY_WEEK)


def clock_facts(case: Case, standing: Any, reports: list[Any] | None = None) -> ClockFacts:
    """Return the days of the case and the standards its school has set."""
    if reports is None:
        reports = [row.report for row in case.case_reports.select_related("report").defer("report__what_happened")]
    received = [report.acknowledged_at for report in reports if report.acknowledged_at is not None]
    reported = min(report.received_at for report in reports)
    plan = standing.plan
    procedure = procedure_of_case(case)  # its own numbers as they were when the case was opened (AMB-08)
    return ClockFacts(
        kind=case.kind,
        first_known_on=day_of(case.first_known_at),
        reported_on=day_of(reported),
        received_on=day_of(min(received)) if received else None,
        raised_on=case.raised_with_head_on,
        investigated=standing.facts.has_analysis or standing.facts.plan_state in {PlanState.IN_FORCE, PlanState.ENDED},
        postponed_to=standing.facts.postponed_to,
        investigation_standard=procedure.investigation_standard if procedure is not None else None,
        plan_standard=procedure.plan_standard if procedure is not None else None,
        plan_rule=_quicker_rule(procedure),
        plan_in_force=plan is not None and plan.state in {PlanState.IN_FORCE, PlanState.ENDED},
        evaluate_on=plan.evaluate_on if plan is not None and plan.state == PlanState.IN_FORCE else None,
    )


def _quicker_rule(procedure: Any) -> str:
    """Return what the school's plan says of when the action plan is made, where it says «straks» and not the Act's «snarast»."""
    if procedure is None or procedure.plan_word != TimeWord.IMMEDIATELY or "plan" not in procedure.local_rules:
        return ""
    return str(procedure.local_rules["plan"].text)


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
