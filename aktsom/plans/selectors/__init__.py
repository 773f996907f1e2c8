"""What other domains and pages ask of plans: the procedure in force, and the whole plan in its editions."""

from aktsom.plans.selectors.catalogue import measure_catalogue
from aktsom.plans.selectors.procedure import (
    PLAIN_WORDS,
    NoProcedure,
    duties_compared,
    evaluation_rhythm_days,
    follows,
    library,
    people_to_tell,
    procedure_of,
    procedures_of,
    words_of,
)

__all__ = [
    "PLAIN_WORDS",
    "NoProcedure",
    "duties_compared",
    "evaluation_rhythm_days",
    "follows",
    "library",
    "measure_catalogue",
    "people_to_tell",
    "procedure_of",
    "procedures_of",
    "words_of",
]
