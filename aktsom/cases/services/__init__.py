"""What happens in a case. Each function is one event at the school, and the only place that writes it."""

from aktsom.cases.services.barring import clear_of_name
from aktsom.cases.services.closing import close_case, reopen_case
from aktsom.cases.services.investigation import (
    add_analysis,
    add_finding,
    add_note,
    add_part,
    correct_note,
    postpone_investigation,
)
from aktsom.cases.services.opening import join_report, open_case
from aktsom.cases.services.procedure import answer_governor, decide_no_plan, mark_step, note_governor, set_governor_deadline
from aktsom.cases.services.voice import (
    choose_trusted_adult,
    decide_on_guardians,
    tell_rights,
    weigh_best_interests,
    write_hearing,
)
from aktsom.cases.services.workers import (
    add_helper,
    appoint_handler,
    end_work,
    exclude_person,
    extend_help,
    tell_of_missing_handler,
)

__all__ = [
    "add_analysis",
    "add_finding",
    "add_helper",
    "add_note",
    "add_part",
    "answer_governor",
    "appoint_handler",
    "choose_trusted_adult",
    "clear_of_name",
    "close_case",
    "correct_note",
    "decide_no_plan",
    "decide_on_guardians",
    "end_work",
    "exclude_person",
    "extend_help",
    "join_report",
    "mark_step",
    "note_governor",
    "open_case",
    "postpone_investigation",
    "reopen_case",
    "set_governor_deadline",
    "tell_of_missing_handler",
    "tell_rights",
    "weigh_best_interests",
    "write_hearing",
]
