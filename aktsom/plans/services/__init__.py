"""What happens to plans: a school chooses its procedure; a plan is begun, written, treated, put in force and evaluated."""

from aktsom.plans.services.editing import edit_plan, undo_edit
from aktsom.plans.services.editions import (
    arrange_plan,
    ask_body,
    begin_edition,
    begin_plan,
    drop_edition,
    put_edition_in_force,
    record_treatment,
    send_edition,
    take_edition_back,
)
from aktsom.plans.services.procedure import choose_procedure
from aktsom.plans.services.reading_in import TakenRow, keep_reading, take_reading
from aktsom.plans.services.reviewing import (
    answer_review,
    begin_review,
    close_review,
    decide_proposal,
    invite_to_review,
    propose_change,
)

__all__ = [
    "TakenRow",
    "answer_review",
    "arrange_plan",
    "ask_body",
    "begin_edition",
    "begin_plan",
    "begin_review",
    "choose_procedure",
    "close_review",
    "decide_proposal",
    "drop_edition",
    "edit_plan",
    "invite_to_review",
    "keep_reading",
    "propose_change",
    "put_edition_in_force",
    "record_treatment",
    "send_edition",
    "take_edition_back",
    "take_reading",
    "undo_edit",
]
