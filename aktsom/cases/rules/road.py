"""The law's road through a case and the one next step. The road shows; it never locks: any step can be taken again."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from aktsom.cases.rules.states import CaseState, HearingOutcome
from aktsom.measures.rules import PlanState, PupilAnswer


@dataclass(frozen=True)
class CaseFacts:
    """What is known of a case without opening any of its text."""

    state: str = CaseState.OPEN
    acknowledged: bool = False
    has_handler: bool = False
    pupil_hearing: str = ""
    hear_again_on: date | None = None
    unheard_involved: int = 0
    rights_told: bool = False
    pupil_knows: bool = False  # somebody has told her of the case, so that she meets it on her own pages
    guardians_to_decide: bool = False
    has_best_interests: bool = False
    notes: int = 0
    has_analysis: bool = False
    findings: int = 0
    plan_state: str = ""
    none_needed: bool = False  # it was decided that no plan is needed, and nothing has happened since (ACT-06)
    evaluate_on: date | None = None
    measures: int = 0
    unsettled: int = 0  # measures nobody carried out and no evaluation has judged
    evaluations: int = 0
    pupil_answer: str = ""
    has_final_evaluation: bool = False
    open_measures: int = 0
    left_school: bool = False
    can_close: bool = False
    control_on: date | None = None
    postponed_to: date | None = None
    owner_told: bool = False
    governor_on: date | None = None
    was_turned: bool = False  # closed or opened again at some time

    @property
    def carried_out(self) -> bool:
        """Every measure was carried out, or judged at an evaluation; writing an evaluation alone carries nothing out."""
        return self.measures > 0 and self.unsettled == 0

    @property
    def begins_anew(self) -> bool:
        """The case was opened again and its plan is not in force: what the last plan came to is no longer an answer."""
        return self.state == CaseState.OPEN and self.was_turned and self.plan_state == PlanState.DRAFT

    @property
    def is_safe(self) -> bool:
        """The pupil has said so at the end. In a case that was opened again, what she said then must hold today."""
        has_said = self.pupil_answer == PupilAnswer.SAFE and self.has_final_evaluation
        return has_said and (self.state == CaseState.CLOSED or not self.was_turned or self.can_close)

    @property
    def pupil_has_answered(self) -> bool:
        return self.pupil_hearing in {HearingOutcome.HEARD, HearingOutcome.DID_NOT_WANT}


class StepCode(models.TextChoices):
    """The one thing to do next, said as the button says it."""

    APPOINT = "appoint", _("Sett noen til å arbeide med saken")
    HEAR_PUPIL = "hear_pupil", _("Snakk med eleven")
    EVALUATE = "evaluate", _("Evaluer tiltakene")
    EVALUATE_FINALLY = "evaluate_finally", _("Skriv sluttevalueringen")
    TELL_RIGHTS = "tell_rights", _("Fortell eleven om rettighetene")
    DECIDE_GUARDIANS = "decide_guardians", _("Ta stilling til å fortelle de foresatte")
    HEAR_INVOLVED = "hear_involved", _("Snakk med de andre elevene som er med")
    INVESTIGATE = "investigate", _("Skriv inn det dere finner ut")
    WEIGH_BEST_INTERESTS = "weigh_best_interests", _("Vurder hva som er best for eleven")
    ANALYSE = "analyse", _("Skriv hva undersøkelsen viser")
    WRITE_PLAN = "write_plan", _("Lag planen")
    CARRY_OUT = "carry_out", _("Følg tiltakene")
    CLOSE = "close", _("Avslutt saken")
    CHECK_UP = "check_up", _("Spør eleven hvordan det går")
    NOTHING = "nothing", _("Ingenting nå")


@dataclass(frozen=True)
class NextStep:
    """The step, and the day it has to be looked at when there is one."""

    code: StepCode
    on: date | None = None


def next_step(facts: CaseFacts, *, today: date) -> NextStep:
    """Return the one thing that helps the pupil most now. A proposal: nothing is locked behind it (INV-14)."""
    if facts.state == CaseState.CLOSED:
        return _after_the_end(facts, today)
    if not facts.has_handler:
        return NextStep(StepCode.APPOINT)
    if facts.plan_state == PlanState.IN_FORCE:
        return _while_in_force(facts, today)
    return _while_investigating(facts, today)


def _after_the_end(facts: CaseFacts, today: date) -> NextStep:
    if facts.control_on is not None and facts.control_on <= today and not facts.left_school:
        return NextStep(StepCode.CHECK_UP, facts.control_on)
    return NextStep(StepCode.NOTHING, facts.control_on)


def _while_in_force(facts: CaseFacts, today: date) -> NextStep:
    if facts.can_close:
        return NextStep(StepCode.CLOSE)
    if facts.left_school or (facts.pupil_answer == PupilAnswer.SAFE and not facts.has_final_evaluation):
        return NextStep(StepCode.EVALUATE_FINALLY, facts.evaluate_on)
    if facts.evaluate_on is not None and facts.evaluate_on <= today:
        return NextStep(StepCode.EVALUATE, facts.evaluate_on)
    return _still_owed(facts) or NextStep(StepCode.CARRY_OUT, facts.evaluate_on)


def _while_investigating(facts: CaseFacts, today: date) -> NextStep:
    if facts.can_close:
        return NextStep(StepCode.CLOSE)
    waits = facts.pupil_hearing == HearingOutcome.NOT_YET and facts.hear_again_on is not None and facts.hear_again_on > today
    if not facts.pupil_has_answered and not waits:
        return NextStep(StepCode.HEAR_PUPIL, facts.hear_again_on)
    owed = _still_owed(facts)
    if owed is not None:
        return owed
    if facts.notes == 0 and not facts.has_analysis:
        return NextStep(StepCode.INVESTIGATE, facts.postponed_to)
    if not facts.has_analysis and facts.findings == 0:
        return NextStep(StepCode.ANALYSE, facts.postponed_to)
    return NextStep(StepCode.WRITE_PLAN)


def _still_owed(facts: CaseFacts) -> NextStep | None:
    """Return what every case owes, whatever else goes on: rights, the choice about guardians, the other voices."""
    owed = [
        (not facts.rights_told, StepCode.TELL_RIGHTS),
        (facts.guardians_to_decide, StepCode.DECIDE_GUARDIANS),
        (facts.unheard_involved > 0, StepCode.HEAR_INVOLVED),
        (not facts.has_best_interests, StepCode.WEIGH_BEST_INTERESTS),
    ]
    return next((NextStep(code) for holds, code in owed if holds), None)


class RoadStep(models.TextChoices):
    """The law's road (§ 12-4), as the head of the room shows it."""

    REPORTED = "reported", _("Meldt")
    RECEIVED = "received", _("Mottatt")
    INVESTIGATED = "investigated", _("Undersøkt og hørt")
    PLANNED = "planned", _("Plan")
    CARRIED_OUT = "carried_out", _("Gjennomført")
    EVALUATED = "evaluated", _("Evaluert")
    SAFE = "safe", _("Trygg")


class RoadState(models.TextChoices):
    """Where one step of the road stands."""

    DONE = "done", _("Gjort")
    NOW = "now", _("Nå")
    MISSING = "missing", _("Mangler")
    LATER = "later", _("Senere")
    NOT_NEEDED = "not_needed", _("Trengs ikke")


def road(facts: CaseFacts) -> list[tuple[RoadStep, RoadState]]:
    """Return each step with its state: done, the first one that is not, one jumped over, or still to come."""
    done = [
        True,
        facts.acknowledged or facts.has_handler,
        facts.pupil_has_answered and (facts.notes > 0 or facts.has_analysis or facts.findings > 0),
        facts.none_needed or facts.plan_state in {PlanState.IN_FORCE, PlanState.ENDED},
        facts.none_needed or (facts.carried_out and not facts.begins_anew),
        facts.none_needed or (facts.evaluations > 0 and not facts.begins_anew),
        facts.is_safe and not facts.begins_anew,
    ]
    furthest = max(index for index, holds in enumerate(done) if holds)
    first_open = next((index for index, holds in enumerate(done) if not holds), len(done))
    states = [_road_state(index, holds, furthest, first_open) for index, holds in enumerate(done)]
    if facts.none_needed:
        states[3:6] = [RoadState.NOT_NEEDED] * 3  # plan, carried out, evaluated
    return list(zip(RoadStep, states, strict=True))


def road_of_part(facts: CaseFacts, *, is_pupils: bool, hearing: str, notes: int) -> list[tuple[RoadStep, RoadState]]:
    """Return the road as it is seen from inside one part, for somebody who helps with that part alone.

    ``hearing`` and ``notes`` are the part's own. The plan and what comes after it are the pupil's the case is for: from
    another one's part the road ends where that one is heard, and what the others have said moves nothing.
    """
    if is_pupils:
        return road(replace(facts, notes=notes))
    own = CaseFacts(acknowledged=facts.acknowledged, has_handler=facts.has_handler, pupil_hearing=hearing, notes=notes)
    return road(own)[:3]


def _road_state(index: int, done: bool, furthest: int, first_open: int) -> RoadState:
    if done:
        return RoadState.DONE
    if index < furthest:
        return RoadState.MISSING
    return RoadState.NOW if index == first_open or index == furthest + 1 else RoadState.LATER
