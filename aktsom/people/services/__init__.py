"""What happens to people: stand-ins and receivers are named, and lists are read in. Each function one event."""

from aktsom.people.services.accounts import give_position, open_account, register_colleague, reset_colleague_factor
from aktsom.people.services.guardianship import ask_to_follow, decide_request, give_consent, withdraw_consent, write_in_request
from aktsom.people.services.roster import import_roster
from aktsom.people.services.standing_in import end_delegation, end_deputyship, give_delegation, name_deputy

__all__ = [
    "ask_to_follow",
    "decide_request",
    "end_delegation",
    "end_deputyship",
    "give_consent",
    "give_delegation",
    "give_position",
    "import_roster",
    "name_deputy",
    "open_account",
    "register_colleague",
    "reset_colleague_factor",
    "withdraw_consent",
    "write_in_request",
]
