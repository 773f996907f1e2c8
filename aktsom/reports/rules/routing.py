"""Which way a report goes, and to whom. The accused is never among them, and the list is never empty."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from aktsom.reports.rules.states import Involved, RecipientReason, Route


@dataclass(frozen=True)
class Reachable:
    """Who there is to receive today, by primary key. ``by_role`` holds the plan's receivers in the plan's order."""

    heads: tuple[int, ...] = ()
    deputies: tuple[int, ...] = ()
    delegated: tuple[int, ...] = ()
    by_role: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    owner: tuple[int, ...] = ()
    owner_handlers: tuple[int, ...] = ()


Receiver = tuple[int, RecipientReason]


def route_for(*, involved: str, accused: Collection[int], leadership: Collection[int]) -> Route:
    """Return the way the Act sends the report: somebody in the leadership, somebody at work, or ordinary (§§ 12-4, 12-5).

    Naming a leader is enough, whatever was answered; so is answering it without a name.
    """
    if involved == Involved.LEADERSHIP or set(accused) & set(leadership):
        return Route.LEADERSHIP
    if involved == Involved.STAFF or accused:
        return Route.STAFF
    return Route.ORDINARY


def leaders_in_doubt(*, route: str, suspected: Collection[int], leadership: Collection[int]) -> frozenset[int]:
    """Return the leaders a report can mean when it is about the leadership and none of them is named (§ 12-5 second paragraph)."""
    unnamed = route == Route.LEADERSHIP and not set(suspected) & set(leadership)
    return frozenset(leadership) if unnamed else frozenset()


def plain_name(written: str) -> str:
    """Return a name as names are compared: letters put together, marks nobody sees taken away, small letters.

    One phone writes «Å» as one sign, another as two; a page copied from elsewhere can hold marks that turn the text around.
    """
    seen = (letter for letter in unicodedata.normalize("NFKC", written) if unicodedata.category(letter) not in {"Cf", "Cc"})
    return "".join(seen).casefold()


def fitting(written: str, names: Mapping[int, str]) -> frozenset[int]:
    """Return whom a written name can mean: those who have every word of it, or else those who have any.

    It is wide on purpose. Somebody who is not meant loses nothing but one report; the one who is meant must not get it.
    """
    words = set(plain_name(written).split())
    parts = {pk: set(plain_name(name).split()) for pk, name in names.items()}
    whole = frozenset(pk for pk, own in parts.items() if words and words <= own)
    return whole or frozenset(pk for pk, own in parts.items() if words & own)


def names_a_leader(written: str, titles: Collection[str]) -> bool:
    """Return whether a written name is a leader's title, such as «rektor» or «avdelingslederen på 8. trinn»."""
    return any(plain_name(title) in plain_name(written) for title in titles)


def recipients_for(*, route: str, there: Reachable, accused: Collection[int], head_only: bool = False) -> list[Receiver]:
    """Return who gets the report and why.

    Leadership: the owner only (§ 12-5 second paragraph). Else the head teacher, who always knows, the deputy in force and
    whoever has been asked to receive; if none of them can, the next in the school's own order; at last the owner.
    """
    if route == Route.LEADERSHIP:
        return _owner(there, accused)
    found = [(pk, RecipientReason.HEAD_TEACHER) for pk in there.heads] + [(pk, RecipientReason.DEPUTY) for pk in there.deputies]
    if not head_only:
        found += [(pk, RecipientReason.DELEGATED) for pk in there.delegated]
    return _once(found, accused) or _fallback(there, accused) or _owner(there, accused)


def next_in_line(*, there: Reachable, have: Collection[int], accused: Collection[int]) -> list[Receiver]:
    """Return who gets a report nobody has taken: head and deputy if they lack it, then the first role with somebody new."""
    leading = recipients_for(route=Route.ORDINARY, there=there, accused=accused, head_only=True)
    lacking = [(pk, reason) for pk, reason in leading if pk not in have]
    return lacking or _fallback(there, {*accused, *have}) or [row for row in _owner(there, accused) if row[0] not in have]


def _fallback(there: Reachable, accused: Collection[int]) -> list[Receiver]:
    for people in there.by_role.values():
        group = _once([(pk, RecipientReason.FALLBACK) for pk in people], accused)
        if group:
            return group
    return []


def _owner(there: Reachable, accused: Collection[int]) -> list[Receiver]:
    named = _once([(pk, RecipientReason.OWNER) for pk in there.owner], accused)
    return named or _once([(pk, RecipientReason.OWNER) for pk in there.owner_handlers], accused)


def _once(found: Sequence[Receiver], accused: Collection[int]) -> list[Receiver]:
    kept: dict[int, RecipientReason] = {}
    for pk, reason in found:
        if pk not in accused:
            kept.setdefault(pk, reason)
    return list(kept.items())
