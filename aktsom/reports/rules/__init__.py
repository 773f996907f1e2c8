"""What is right about a report: its ways, its receivers, and what the receiver must write."""

from aktsom.reports.rules.receipts import new_receipt, plain_receipt, receipt_lookup
from aktsom.reports.rules.receiving import (
    SIGNS_OF_SERIOUSNESS,
    AssessmentObstacle,
    GroundlessObstacle,
    obstacles_to_assessing,
    obstacles_to_judging_groundless,
    owner_purposes,
)
from aktsom.reports.rules.routing import Reachable, Receiver, fitting, names_a_leader, next_in_line, recipients_for, route_for
from aktsom.reports.rules.states import (
    Channel,
    HealthSource,
    Involved,
    NoticePurpose,
    PupilTold,
    RecipientReason,
    ReporterKind,
    ReportState,
    Route,
    Seriousness,
    Urgency,
)

__all__ = [
    "SIGNS_OF_SERIOUSNESS",
    "AssessmentObstacle",
    "Channel",
    "GroundlessObstacle",
    "HealthSource",
    "Involved",
    "NoticePurpose",
    "PupilTold",
    "Reachable",
    "Receiver",
    "RecipientReason",
    "ReportState",
    "ReporterKind",
    "Route",
    "Seriousness",
    "Urgency",
    "fitting",
    "names_a_leader",
    "new_receipt",
    "next_in_line",
    "obstacles_to_assessing",
    "obstacles_to_judging_groundless",
    "owner_purposes",
    "plain_receipt",
    "receipt_lookup",
    "recipients_for",
    "route_for",
]
