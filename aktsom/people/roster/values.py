"""Read single cells: dates, grades, addresses and ids, the same way for every format."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

from aktsom.people.roster.neutral import UnreadableRoster, Where

LONGEST_ID = 120
LONGEST_NAME = 120
LONGEST_PHONE = 30
LONGEST_GROUP_NAME = 80
FIRST_UPPER_SECONDARY = 10
HIGHEST_GRADE = 13

_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:$|[T ])")
_NORWEGIAN = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})$")
_UPPER = re.compile(r"\bvg\s*([1-3])\b", re.IGNORECASE)
_LOWER = re.compile(r"(?:aarstrinn|årstrinn|trinn)?\s*(\d{1,2})(?:\s*\.?\s*(?:aarstrinn|årstrinn|trinn|klasse))?\.?", re.IGNORECASE)
_EMAIL = re.compile(r"^[^@\s,;<>]{1,64}@[^@\s,;<>]+\.[^@\s,;<>.]{2,}$")
_WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))


@lru_cache(maxsize=20_000)
def iso_date(text: str) -> date | None:
    """Return the day of a date or date-time in ISO 8601, or None when it is anything else."""
    found = _ISO.match(text.strip())
    return _day(*(int(part) for part in found.groups())) if found else None


def written_date(text: str) -> date | None:
    """Return the day of a date as people write it in Norway (24.12.2014) or in ISO 8601, or None."""
    found = _NORWEGIAN.match(text.strip())
    if found is None:
        return iso_date(text)
    day, month, year = (int(part) for part in found.groups())
    return _day(year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=20_000)
def day_before(day: date | None) -> date | None:
    """Return the last day included, for sources that name the first day after it."""
    return day - timedelta(days=1) if day is not None and day > date.min else None


def grade_of(text: str) -> int | None:
    """Return the grade 1 to 13 (11 is Vg1) that ``text`` names, or None when it names none or several."""
    text = text.strip().rsplit("/", 1)[-1]
    upper = _UPPER.search(text)
    if upper:
        return FIRST_UPPER_SECONDARY + int(upper[1])
    found = _LOWER.fullmatch(text)
    grade = int(found[1]) if found else 0
    return grade if 1 <= grade <= HIGHEST_GRADE else None


def email_of(text: str) -> str:
    """Return the address in lower-case, or an empty string when it is none."""
    text = text.strip()
    return text.lower() if len(text) <= 254 and _EMAIL.match(text) else ""


def phone_of(text: str) -> str:
    """Return the number, or an empty string when it is too long or has no digits."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_PHONE and any(char.isdigit() for char in text) else ""


def name_of(text: str) -> str:
    """Return a name with single spaces and no control characters."""
    return " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())


def is_national_id(text: str) -> bool:
    """Return whether ``text`` is a Norwegian national identity number (or D-number) by its two check digits."""
    digits = [int(char) for char in text if char.isascii() and char.isdigit()]
    if len(digits) != 11 or len(text.strip()) > 12 or not any(digits):
        return False
    return all(sum(w * d for w, d in zip(weights, digits, strict=False)) % 11 == 0 for weights in _WEIGHTS)


def checked_id(text: str, where: Where) -> str:
    """Return the source's id; refuse one that is too long to keep or is a national identity number."""
    text = text.strip()
    if len(text) > LONGEST_ID:
        raise UnreadableRoster(
            where,
            _("En id er lengre enn %(most)s tegn.") % {"most": LONGEST_ID},
            _("Be den som lager filen om å bruke kortere id-er."),
        )
    if is_national_id(text):
        raise UnreadableRoster(
            where,
            _("En id er et fødselsnummer, og det skal ikke lagres her."),
            _("Be den som lager filen om å bruke en annen id."),
        )
    return text
