"""What happens to an action plan, each function one event."""

from aktsom.measures.services.deciding import answer_request, ask_for_resources, decide_no_plan_needed
from aktsom.measures.services.evaluating import EvaluationDraft, MeasureVerdict, evaluate
from aktsom.measures.services.inviting import invite_party
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
    tell_guardians_of_plan,
    tell_party,
    write_problem,
)
from aktsom.measures.services.reminding import remind_of_evaluation, remind_of_measure
from aktsom.measures.services.sharing import share_measure

__all__ = [
    "EvaluationDraft",
    "MeasureDraft",
    "MeasureVerdict",
    "add_finding",
    "add_measure",
    "answer_request",
    "ask_for_resources",
    "change_measure",
    "decide_no_plan_needed",
    "end_action_plan",
    "end_measure",
    "end_sharing",
    "evaluate",
    "exclude_from_action_plan",
    "invite_party",
    "let_back_to_action_plan",
    "mark_done",
    "put_in_force",
    "remind_of_evaluation",
    "remind_of_measure",
    "say_own_view",
    "say_view",
    "share_action_plan",
    "share_measure",
    "start_action_plan",
    "take_up_again",
    "tell_guardians_of_plan",
    "tell_party",
    "write_problem",
]
