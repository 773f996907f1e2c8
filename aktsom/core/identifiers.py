"""Random public identifiers: what addresses and logs show instead of primary keys."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: it can be read aloud
LENGTH = 12
PAIRS = tuple(first + second for second in ALPHABET for first in ALPHABET)  # two letters at a time: half as many divisions


def new_public_id() -> str:
    """Return 12 random characters (about 59 bits), safe in an address and readable aloud."""
    number, letters = secrets.randbelow(len(ALPHABET) ** LENGTH), []  # drawn once: a year's tasks need thousands of these
    for _ in range(LENGTH // 2):
        number, pair = divmod(number, len(PAIRS))
        letters.append(PAIRS[pair])
    return "".join(letters)
