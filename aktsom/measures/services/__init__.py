"""What happens to an action plan, each function one event."""

from aktsom.measures.services.evaluating import EvaluationDraft, MeasureVerdict, evaluate
from aktsom.measures.services.measures import (
    MeasureDraft,
    add_finding,
    add_measure,
    change_measure,
    end_measure,
    mark_done,
    say_own_view,
    say_view,
)
from aktsom.measures.services.plans import (
    end_action_plan,
    end_sharing,
    exclude_from_action_plan,
    let_back_to_action_plan,
    put_in_force,
    share_action_plan,
    start_action_plan,
    take_up_again,
    tell_party,
    write_problem,
)

__all__ = [
    "EvaluationDraft",
    "MeasureDraft",
    "MeasureVerdict",
    "add_finding",
    "add_measure",
    "change_measure",
    "end_action_plan",
    "end_measure",
    "end_sharing",
    "evaluate",
    "exclude_from_action_plan",
    "let_back_to_action_plan",
    "mark_done",
    "put_in_force",
    "say_own_view",
    "say_view",
    "share_action_plan",
    "start_action_plan",
    "take_up_again",
    "tell_party",
    "write_problem",
]
