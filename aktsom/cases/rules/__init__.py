"""What is right in a case: its words, its road, what closes it, what the file must show, who can work in it."""

from aktsom.cases.rules.closing import ClosingObstacle, ReopeningObstacle, obstacles_to_closing, obstacles_to_reopening
from aktsom.cases.rules.opening import JoiningObstacle, OpeningObstacle, obstacles_to_joining, obstacles_to_opening
from aktsom.cases.rules.proof import ProofFacts, ProofPoint, ProofState, proof_of_duties
from aktsom.cases.rules.road import CaseFacts, NextStep, RoadState, RoadStep, StepCode, next_step, road, road_of_part
from aktsom.cases.rules.states import (
    CaseKind,
    CaseRole,
    CaseState,
    ClosingReason,
    ExclusionReason,
    GuardianDecision,
    HearingOutcome,
    NoteKind,
    PartKind,
)
from aktsom.cases.rules.writing import (
    GuardianObstacle,
    HearingObstacle,
    PostponementObstacle,
    WorkObstacle,
    obstacles_to_deciding_on_guardians,
    obstacles_to_hearing,
    obstacles_to_postponing,
    obstacles_to_working,
)

__all__ = [
    "CaseFacts",
    "CaseKind",
    "CaseRole",
    "CaseState",
    "ClosingObstacle",
    "ClosingReason",
    "ExclusionReason",
    "GuardianDecision",
    "GuardianObstacle",
    "HearingObstacle",
    "HearingOutcome",
    "JoiningObstacle",
    "NextStep",
    "NoteKind",
    "OpeningObstacle",
    "PartKind",
    "PostponementObstacle",
    "ProofFacts",
    "ProofPoint",
    "ProofState",
    "ReopeningObstacle",
    "RoadState",
    "RoadStep",
    "StepCode",
    "WorkObstacle",
    "next_step",
    "obstacles_to_closing",
    "obstacles_to_deciding_on_guardians",
    "obstacles_to_hearing",
    "obstacles_to_joining",
    "obstacles_to_opening",
    "obstacles_to_postponing",
    "obstacles_to_reopening",
    "obstacles_to_working",
    "proof_of_duties",
    "road",
    "road_of_part",
]
