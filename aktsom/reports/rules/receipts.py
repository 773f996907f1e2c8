"""The words and number that bring a reporter without a name back, and what makes one sending one. Only keyed hashes are stored.

Why nobody is ever locked out (decision 0008): there are about 1 070 words, so four words and a number are one of some
13 000 000 000 000 000. Somebody who tries 200 a second for a whole year at a school with 500 reports meets one of them
with a chance of one in 4 000. That length is the lock. A limit that stops tries would only let one person keep all pupils
of a school from their answers, since nobody can be told apart. So a right receipt always opens, and only wrong ones wait.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

WORDS = 4
HIGHEST = 9999
MANY_WRONG = 30  # wrong receipts a minute at one school before each next wrong one has to wait
MANY_SENT = 20  # reports without sign-in a minute at one school before a page must have stood a while
STOOD_SECONDS = 60  # how long a page must then have stood; whoever waits is always let through


def new_receipt(words: Sequence[str], choose: Callable[[int], int]) -> str:
    """Return four words and a number, e.g. «hest sol båt kake 0412». ``choose(n)`` gives a random number below n."""
    return " ".join([*(words[choose(len(words))] for _ in range(WORDS)), f"{choose(HIGHEST + 1):04d}"])


def chooser(seed: bytes) -> Callable[[int], int]:
    """Return a ``choose`` that always gives the same numbers for the same secret seed."""
    drawn = 0

    def choose(below: int) -> int:
        nonlocal drawn
        drawn += 1
        return int.from_bytes(hmac.new(seed, drawn.to_bytes(4), "sha256").digest()) % below

    return choose


def sending_key(secret: bytes, token: str, content: Iterable[tuple[str, Sequence[str]]]) -> bytes:
    """Return what makes one sending of one form one: the form's own token and every word that was in it.

    A second press, a lost answer and «back and send again» give the same key. Whoever goes back and writes something else
    says something new, which must find its own way: it may name the one who got the first (§ 12-5).
    """
    keyed = hmac.new(secret, b"aktsom sending", "sha256")
    for part in [token, *(piece for name, values in sorted(content) for piece in (name, *values, ""))]:
        encoded = part.encode("utf-8", "surrogatepass")
        keyed.update(len(encoded).to_bytes(8) + encoded)
    return keyed.digest()


def plain_receipt(text: str) -> str:
    """Return what was written the way it is hashed: lower case, single spaces, letters with rings and strokes made plain."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = folded.replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return " ".join(re.findall(r"[a-z]+|\d+", folded))


def receipt_lookup(receipt: str, secret: bytes) -> str:
    """Return the keyed hash (64 hexadecimal digits) a receipt is found by."""
    return hmac.new(secret, plain_receipt(receipt).encode(), "sha256").hexdigest()
