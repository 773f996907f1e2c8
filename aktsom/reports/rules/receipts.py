"""The words and number that bring an anonymous reporter back. Only a keyed hash of them is ever stored."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Callable, Sequence

WORDS = 4
HIGHEST = 9999


def new_receipt(words: Sequence[str], choose: Callable[[int], int]) -> str:
    """Return four words and a number, e.g. «hest sol båt kake 0412». ``choose(n)`` gives a random number below n."""
    return " ".join([*(words[choose(len(words))] for _ in range(WORDS)), f"{choose(HIGHEST + 1):04d}"])


def plain_receipt(text: str) -> str:
    """Return what was written the way it is hashed: lower case, single spaces, letters with rings and strokes made plain."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = folded.replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return " ".join(re.findall(r"[a-z]+|\d+", folded))


def receipt_lookup(receipt: str, secret: bytes) -> str:
    """Return the keyed hash (64 hexadecimal digits) a receipt is found by."""
    return hmac.new(secret, plain_receipt(receipt).encode(), "sha256").hexdigest()
