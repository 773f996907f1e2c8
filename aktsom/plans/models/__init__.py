"""What the plans domain keeps: the procedure a school follows, and its plan in editions."""

from aktsom.plans.models.catalogue import CatalogueEntry
from aktsom.plans.models.plan import EnvironmentPlan, PlanEdit, PlanEdition, PlanReview, PlanTreatment, ReviewAnswer, ReviewProposal
from aktsom.plans.models.procedure import ChosenProcedure
from aktsom.plans.models.reading import PlanReading
from aktsom.plans.models.reflection import TeamAgreement
from aktsom.plans.models.resource import AddressCheck, AreaLook, PlanConformity, PlanResource

__all__ = [
    "AddressCheck",
    "AreaLook",
    "CatalogueEntry",
    "ChosenProcedure",
    "EnvironmentPlan",
    "PlanConformity",
    "PlanEdit",
    "PlanEdition",
    "PlanReading",
    "PlanResource",
    "PlanReview",
    "PlanTreatment",
    "ReviewAnswer",
    "ReviewProposal",
    "TeamAgreement",
]
