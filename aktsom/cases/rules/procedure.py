"""The school's own procedure beside the law's road: which of its steps stand done, and what it asks to be thought of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from aktsom.cases.rules.road import CaseFacts, RoadState
from aktsom.cases.rules.states import CaseState, HearingOutcome
from aktsom.measures.rules import PlanState
from aktsom.plans.rules import CaseStep


class Consideration(models.TextChoices):
    """Things a plan asks to be thought of while a case is investigated. Each is done, or not needed here with why."""

    TEAM = "team", _("Ta saken i tverrfaglig team")
    PUPIL_SERVICES = "pupil_services", _("Få med elevtjenesten eller laget rundt eleven")
    CLASS_MEETING = "class_meeting", _("Ha møte med lærerne i klassen")
    CLASS_MAPPING = "class_mapping", _("Kartlegge hvordan klassen har det sammen")
    TELL_PUPIL = "tell_pupil", _("Si det til eleven først")


class NoPlanObstacle(models.TextChoices):
    """What the case still lacks before it can be decided that no plan is needed (ACT-06)."""

    CLOSED = "closed", _("Saken er avsluttet")
    NOT_HEARD = "not_heard", _("Eleven har ikke fått si sitt ennå. Det er eleven som sier om det er trygt")
    NOT_INVESTIGATED = "not_investigated", _("Ingenting er undersøkt ennå. Skriv først inn hva dere har funnet ut")


def obstacles_to_no_plan(*, state: str, pupil_hearing: str, notes: int, has_analysis: bool) -> list[NoPlanObstacle]:
    """Return what the case lacks: the choice rests on an investigation and on the pupil's own words, never on an opinion."""
    found = {
        NoPlanObstacle.CLOSED: state == CaseState.CLOSED,
        NoPlanObstacle.NOT_HEARD: pupil_hearing != HearingOutcome.HEARD,
        NoPlanObstacle.NOT_INVESTIGATED: notes == 0 and not has_analysis,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


class MarkObstacle(models.TextChoices):
    """What is missing when a step of the school's own procedure is marked."""

    LATER = "later", _("Dagen har ikke vært ennå")
    NO_REASON = "no_reason", _("Skriv kort hvorfor det ikke trengs her")


def obstacles_to_marking(*, was_needed: bool, text: str, on: date, today: date) -> list[MarkObstacle]:
    """Return what is missing. That something was not needed is an answer, with why (INV-14)."""
    found = {MarkObstacle.LATER: on > today, MarkObstacle.NO_REASON: not was_needed and not text.strip()}
    return [obstacle for obstacle, holds in found.items() if holds]


class GovernorObstacle(models.TextChoices):
    """Why it cannot be written that Statsforvalteren has taken the case up."""

    LATER = "later", _("Dagen har ikke vært ennå")
    NOTED = "noted", _("Det står i saken fra før at Statsforvalteren har tatt den opp")


def obstacles_to_noting_governor(*, known_on: date, today: date, is_noted: bool) -> list[GovernorObstacle]:
    """Return why it cannot be written. Nothing in the case waits for Statsforvalteren, before or after (NEG-43)."""
    found = {GovernorObstacle.NOTED: is_noted, GovernorObstacle.LATER: known_on > today}
    return [obstacle for obstacle, holds in found.items() if holds]


class GovernorDeadlineObstacle(models.TextChoices):
    """Why a day set by Statsforvalteren cannot be written in, or answered."""

    NOT_NOTED = "not_noted", _("Skriv først inn at Statsforvalteren har tatt opp saken")
    NO_TEXT = "no_text", _("Skriv hva Statsforvalteren vil ha. Én setning er nok")
    LATER = "later", _("Dagen har ikke vært ennå")
    ANSWERED = "answered", _("Det er allerede skrevet inn at dere har svart")


def obstacles_to_governor_deadline(*, text: str, is_noted: bool) -> list[GovernorDeadlineObstacle]:
    """Return why the day cannot be written in. Which day it is, is Statsforvalteren's own: no rule here knows a number (NEG-42)."""
    found = {GovernorDeadlineObstacle.NOT_NOTED: not is_noted, GovernorDeadlineObstacle.NO_TEXT: not text.strip()}
    return [obstacle for obstacle, holds in found.items() if holds]


def obstacles_to_answering_governor(*, answered_on: date, today: date, is_answered: bool) -> list[GovernorDeadlineObstacle]:
    """Return why it cannot be written that it was answered."""
    found = {GovernorDeadlineObstacle.ANSWERED: is_answered, GovernorDeadlineObstacle.LATER: answered_on > today}
    return [obstacle for obstacle, holds in found.items() if holds]


# Which area of the plan file speaks of a step.
AREA_OF_STEP = {
    CaseStep.TELL_PUPIL: "melding",
    CaseStep.REPORT: "melding",
    CaseStep.RECEIVE: "mottak",
    CaseStep.INVESTIGATE: "undersøkelse",
    CaseStep.TEAM: "undersøkelse",
    CaseStep.TELL_RIGHTS: "undersøkelse",
    CaseStep.PLAN: "plan",
    CaseStep.CARRY_OUT: "plan",
    CaseStep.TELL_OWNER: "eier",
    CaseStep.EVALUATE: "evaluering",
    CaseStep.CLOSE: "avslutning",
    CaseStep.ARCHIVE: "arkiv",
}
PASSING = {CaseStep.INTERVENE, CaseStep.URGENT, CaseStep.TELL_PUPIL}  # done at once or not at all: the rest does not wait for them
MARK_OF_STEP = {CaseStep.TEAM: Consideration.TEAM, CaseStep.TELL_PUPIL: Consideration.TELL_PUPIL}


@dataclass(frozen=True)
class ProcedureFacts:
    """What the road does not know and the school's own steps ask about."""

    owner_must_know: bool = False
    urgent_measures: int = 0
    marks: Mapping[str, bool] = field(default_factory=dict)  # consideration → whether it was needed


def own_steps(steps: Sequence[CaseStep], facts: CaseFacts, more: ProcedureFacts) -> list[tuple[CaseStep, RoadState]]:
    """Return the steps of the school's own procedure in its own order: done, not needed, jumped over, the next, or later.

    It shows and never locks; the school's order is its own, and the road of the Act stands beside it (INV-14).
    """
    states = [_state_of(step, facts, more) for step in steps]
    waiting = [index for index, state in enumerate(states) if state == RoadState.LATER]
    following = next((index for index in waiting if steps[index] not in PASSING), waiting[0] if waiting else -1)
    for index in waiting:
        states[index] = RoadState.NOW if index == following else RoadState.MISSING if index < following else RoadState.LATER
    return list(zip(steps, states, strict=True))


def _state_of(step: CaseStep, facts: CaseFacts, more: ProcedureFacts) -> RoadState:
    mark = MARK_OF_STEP.get(step)
    if mark in more.marks and not more.marks[str(mark)]:
        return RoadState.NOT_NEEDED
    if step == CaseStep.TELL_OWNER and not more.owner_must_know:
        return RoadState.NOT_NEEDED
    if facts.none_needed and step in {CaseStep.PLAN, CaseStep.CARRY_OUT, CaseStep.EVALUATE}:
        return RoadState.NOT_NEEDED
    return RoadState.DONE if _is_done(step, facts, more) else RoadState.LATER


def _is_done(step: CaseStep, facts: CaseFacts, more: ProcedureFacts) -> bool:
    done = {
        CaseStep.NOTICE: True,  # somebody noticed: there is a report
        CaseStep.REPORT: True,
        CaseStep.INTERVENE: more.urgent_measures > 0 or facts.open_measures > 0,
        CaseStep.URGENT: more.urgent_measures > 0 or facts.open_measures > 0,
        CaseStep.TELL_PUPIL: Consideration.TELL_PUPIL in more.marks or facts.pupil_has_answered,
        CaseStep.RECEIVE: facts.acknowledged or facts.has_handler,
        CaseStep.INVESTIGATE: facts.pupil_has_answered and (facts.notes > 0 or facts.has_analysis),
        CaseStep.TEAM: Consideration.TEAM in more.marks,
        CaseStep.TELL_RIGHTS: facts.rights_told,
        CaseStep.PLAN: facts.plan_state in {PlanState.IN_FORCE, PlanState.ENDED},
        CaseStep.TELL_OWNER: facts.owner_told,
        CaseStep.CARRY_OUT: facts.carried_out,
        CaseStep.EVALUATE: facts.evaluations > 0,
        CaseStep.CLOSE: facts.state == CaseState.CLOSED,
    }
    return done.get(step, False)
