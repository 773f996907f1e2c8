"""What happens to people: stand-ins and receivers are named, and lists are read in. Each function one event."""

from aktsom.people.services.accounts import add_colleague, give_position, open_account, register_colleague, reset_colleague_factor
from aktsom.people.services.adults import begin_team, change_team, end_team, join_team, keep_card, leave_team
from aktsom.people.services.attendance import set_attendance
from aktsom.people.services.class_files import keep_class_file, look_through, remove_class_file, take_class_file
from aktsom.people.services.guardianship import ask_to_follow, decide_request, give_consent, withdraw_consent, write_in_request
from aktsom.people.services.partners import add_partner, change_partner, end_partner
from aktsom.people.services.recipients import set_recipients, try_recipients
from aktsom.people.services.roster import import_roster
from aktsom.people.services.standing_in import end_delegation, end_deputyship, give_delegation, name_deputy
from aktsom.people.services.training import demand_training, end_demand, record_training, record_trainings

__all__ = [
    "add_colleague",
    "add_partner",
    "ask_to_follow",
    "begin_team",
    "change_partner",
    "change_team",
    "decide_request",
    "demand_training",
    "end_delegation",
    "end_demand",
    "end_deputyship",
    "end_partner",
    "end_team",
    "give_consent",
    "give_delegation",
    "give_position",
    "import_roster",
    "join_team",
    "keep_card",
    "keep_class_file",
    "leave_team",
    "look_through",
    "name_deputy",
    "open_account",
    "record_training",
    "record_trainings",
    "register_colleague",
    "remove_class_file",
    "reset_colleague_factor",
    "set_attendance",
    "set_recipients",
    "take_class_file",
    "try_recipients",
    "withdraw_consent",
    "write_in_request",
]
