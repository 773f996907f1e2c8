"""What happens to people: stand-ins and receivers are named, and lists are read in. Each function one event."""

from aktsom.people.services.accounts import give_position, open_account, register_colleague, reset_colleague_factor
from aktsom.people.services.roster import import_roster
from aktsom.people.services.standing_in import end_delegation, end_deputyship, give_delegation, name_deputy

__all__ = [
    "end_delegation",
    "end_deputyship",
    "give_delegation",
    "give_position",
    "import_roster",
    "name_deputy",
    "open_account",
    "register_colleague",
    "reset_colleague_factor",
]
