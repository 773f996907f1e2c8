"""Counts of children and reports, told so that nobody can be recognised, not even by subtracting one number from another (PRV-05)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

SMALLEST = 5  # a count under this is not told. Aktsom's own floor; no section gives one for these numbers


def is_small(amount: int) -> bool:
    """Return whether a count tells of so few that they can be recognised. None at all tells of nobody."""
    return 0 < amount < SMALLEST


def told(amount: int) -> str:
    """Return one count by itself in words."""
    return _("under %(number)s") % {"number": SMALLEST} if is_small(amount) else str(amount)


def hidden(counts: Mapping[str, int]) -> frozenset[str]:
    """Return which rows of one table are not told: the small ones, and so many of the next that subtraction gives none of them.

    Whoever knows the total knows the sum of what is hidden. That is safe when it can be split in several ways: there are
    two rows or more, the sum is no small number itself, and it is more than one for each row.
    """
    order = sorted(counts, key=lambda row: (counts[row], row))
    kept_back = [row for row in order if is_small(counts[row])]
    for row in order:
        if not kept_back or _can_be_split(counts, kept_back):
            break
        if counts[row] >= SMALLEST:  # a row of none stands: it tells of nobody, and hides nobody either
            kept_back.append(row)
    return frozenset(kept_back)


def _can_be_split(counts: Mapping[str, int], rows: list[str]) -> bool:
    total = sum(counts[row] for row in rows)
    return len(rows) > 1 and total >= SMALLEST and total > len(rows)


def protected(tables: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int | None]]:
    """Return several tables over the same things with what cannot be told as None.

    A table that cannot be made safe whatever is hidden in it takes all the others with it: their sums would give it away.
    """
    away = {name: hidden(counts) for name, counts in tables.items()}
    unsafe = any(rows and not _can_be_split(tables[name], sorted(rows)) for name, rows in away.items())
    return {
        name: {row: None if unsafe or row in away[name] else amount for row, amount in counts.items()} for name, counts in tables.items()
    }
