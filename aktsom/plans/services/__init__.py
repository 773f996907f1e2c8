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
from aktsom.plans.services.reading_in import TypedRow, correct_reading, keep_reading, take_reading
from aktsom.plans.services.reflecting import agree_in_team, follow_up_agreement, remove_agreement
from aktsom.plans.services.resources import end_resource, keep_resource, look_at_areas, renew_resource, say_conformity, say_of_address
from aktsom.plans.services.reviewing import (
    answer_review,
    begin_review,
    close_review,
    decide_proposal,
    invite_to_review,
    propose_change,
)
from aktsom.plans.services.wording import translate_plan

__all__ = [
    "TypedRow",
    "agree_in_team",
    "answer_review",
    "arrange_plan",
    "ask_body",
    "begin_edition",
    "begin_plan",
    "begin_review",
    "choose_procedure",
    "close_review",
    "correct_reading",
    "decide_proposal",
    "drop_edition",
    "edit_plan",
    "end_resource",
    "follow_up_agreement",
    "invite_to_review",
    "keep_reading",
    "keep_resource",
    "look_at_areas",
    "propose_change",
    "put_edition_in_force",
    "record_treatment",
    "remove_agreement",
    "renew_resource",
    "say_conformity",
    "say_of_address",
    "send_edition",
    "take_edition_back",
    "take_reading",
    "translate_plan",
    "undo_edit",
]
