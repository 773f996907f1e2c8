"""The school environment case: its people, its walled parts, its notes, hearings, assessments and endings."""

from aktsom.cases.models.assistance import ConcernConsidered, HealthNote, HelpRequest, LearningCooperation
from aktsom.cases.models.case import Case, CaseRecord, CaseReport, CaseTurn
from aktsom.cases.models.continuity import Absence, AskAgain, Handover, SchoolChange
from aktsom.cases.models.conversations import Agreement, Conversation, ConversationGuest, PromptSet
from aktsom.cases.models.emergency import EmergencyAccess
from aktsom.cases.models.family import (
    CheckIn,
    CorrectionRequest,
    Exchange,
    ExchangeLine,
    FamilyAnswer,
    FamilyLetter,
    LetterReply,
)
from aktsom.cases.models.investigation import Analysis, Note, Postponement
from aktsom.cases.models.papers import Paper
from aktsom.cases.models.people import CaseExclusion, CasePart, CaseWorker
from aktsom.cases.models.procedure import GovernorDeadline, GovernorEntry, StepMark
from aktsom.cases.models.voice import BestInterests, GuardiansTold, Hearing, RightsTold

__all__ = [
    "Absence",
    "Agreement",
    "Analysis",
    "AskAgain",
    "BestInterests",
    "Case",
    "CaseExclusion",
    "CasePart",
    "CaseRecord",
    "CaseReport",
    "CaseTurn",
    "CaseWorker",
    "CheckIn",
    "ConcernConsidered",
    "Conversation",
    "ConversationGuest",
    "CorrectionRequest",
    "EmergencyAccess",
    "Exchange",
    "ExchangeLine",
    "FamilyAnswer",
    "FamilyLetter",
    "GovernorDeadline",
    "GovernorEntry",
    "GuardiansTold",
    "Handover",
    "HealthNote",
    "Hearing",
    "HelpRequest",
    "LearningCooperation",
    "LetterReply",
    "Note",
    "Paper",
    "Postponement",
    "PromptSet",
    "RightsTold",
    "SchoolChange",
    "StepMark",
]
