"""The school's own procedure, as those who work with the case meet it: its steps, and what the plan says of the one that waits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from aktsom.cases.facts import day_of
from aktsom.cases.models import Case, GovernorDeadline, GovernorEntry, StepMark
from aktsom.cases.rules import CaseKind, RoadState
from aktsom.cases.rules.procedure import AREA_OF_STEP, Consideration, ProcedureFacts, own_steps
from aktsom.core.access.door import OutOfReach
from aktsom.core.ui.shapes import Step
from aktsom.plans.selectors import NoProcedure, procedure_of


@dataclass(frozen=True)
class OwnProcedure:
    """The school's own steps with where each stands, and what its plan says of the first that waits."""

    name: str
    steps: list[Step]
    waiting: str
    says: str
    source: str


def procedure_of_case(case: Case) -> Any:
    """Return the procedure the case was born under, or None when the school had chosen none; kept on the record."""
    if "kept_procedure" not in case.__dict__:
        try:
            case.__dict__["kept_procedure"] = procedure_of(case.school_id, on=day_of(case.opened_at))
        except NoProcedure:
            case.__dict__["kept_procedure"] = None
    return case.__dict__["kept_procedure"]


def own_procedure(case: Case, standing: Any, reports: list[Any], marks: list[StepMark]) -> OwnProcedure | None:
    """Return the steps of the school's own procedure for this case."""
    procedure = procedure_of_case(case)
    if procedure is None or not procedure.steps:
        return None
    more = ProcedureFacts(
        owner_must_know=case.is_serious or case.kind == CaseKind.STAFF or procedure.owner_in_every_case,
        urgent_measures=sum(bool(report.done_at_once) for report in reports),
        marks={mark.step: mark.was_needed for mark in marks},
    )
    states = own_steps(procedure.steps, standing.facts, more)
    waiting = next((step for step, state in states if state == RoadState.NOW), None)
    area = AREA_OF_STEP.get(waiting, "") if waiting is not None else ""
    rule = procedure.local_rules.get(area)
    return OwnProcedure(
        name=procedure.name,
        steps=[Step(label=str(step.label), state=str(state), note=str(state.label)) for step, state in states],
        waiting=str(waiting.label) if waiting is not None else "",
        says=rule.text if rule is not None else "",
        source=_in_words(rule.source if rule is not None else procedure.sources.get(area, "")),
    )


def _in_words(source: str) -> str:
    """Return where in the plan it stands, when it is said in words; the library's own row codes help nobody here."""
    return "" if re.fullmatch(r"(?:[A-Z]{3}-[A-Z]+\d*\s*)+", source) else source


def considerations(marks: list[StepMark]) -> list[tuple[str, str, StepMark | None]]:
    """Return everything worth thinking of, each with its code and the last mark somebody set."""
    last = {mark.step: mark for mark in marks}
    return [(choice.value, str(choice.label), last.get(choice.value)) for choice in Consideration]


def step_marks(case: Case) -> list[StepMark]:
    """Return the steps that were marked, oldest first."""
    return list(StepMark.objects.filter(case=case).select_related("written_by").order_by("written_at", "id"))


def governor_entry(case: Case) -> GovernorEntry | None:
    """Return when Statsforvalteren took the case up, if that is known."""
    return GovernorEntry.objects.filter(case=case).select_related("written_by").order_by("written_at", "id").first()


def governor_deadlines(case: Case) -> list[GovernorDeadline]:
    """Return the days Statsforvalteren has set in the case, those that wait first, then by day."""
    rows = GovernorDeadline.objects.filter(case=case).select_related("written_by", "answered_by")
    return sorted(rows, key=lambda row: (row.answered_on is not None, row.due_on, row.pk))


def governor_deadline(case: Case, public_id: str) -> GovernorDeadline:
    """Return one of the case's days, or raise OutOfReach (404). The caller has the right to the case."""
    found = next((row for row in governor_deadlines(case) if row.public_id == public_id), None)
    if found is None:
        raise OutOfReach(GovernorDeadline._meta.label, public_id)
    return found
