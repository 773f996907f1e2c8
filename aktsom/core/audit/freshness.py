"""A mark per school that changes with everything its open pages are made of, so that a page kept ready is never an old one.

The mark lies in the shared cache and is written in the service's own transaction. Where it is lost, a new one is made: the page is
built once more. It says that something changed, never what.
"""

from __future__ import annotations

import secrets

from django.core.cache import cache

from aktsom.core.audit.events import Event
from aktsom.core.audit.scope import Scope

KEPT = 90 * 24 * 3600  # seconds
# What the open pages of a plan show besides the edition itself: names, calendar, dates of rows, roles and who holds them.
CHANGES_OPEN_PAGES = frozenset(
    {
        Event.SCHOOL_REGISTERED,
        Event.OWNER_REGISTERED,
        Event.SCHOOL_YEAR_SET,
        Event.ROSTER_IMPORTED,
        Event.POSITION_GIVEN,
        Event.DEPUTY_NAMED,
        Event.DEPUTY_ENDED,
        Event.ROW_FACT_ENTERED,
        Event.FIRST_LESSON_ENTERED,
        Event.ROLE_HOLDER_NAMED,
        Event.ROLE_HOLDER_ENDED,
        Event.TEAM_JOINED,
        Event.TEAM_LEFT,
        Event.TEAM_ENDED,
        Event.PLAN_ARRANGED,
        Event.PLAN_TRANSLATED,
        Event.WRITTEN_FORM_SET,
        Event.EDITION_IN_FORCE,
        Event.RESOURCE_KEPT,
        Event.RESOURCE_ENDED,
        Event.RESOURCE_RENEWED,
    }
)


def _key(kind: str, pk: int) -> str:
    return f"fresh:{kind}:{pk}"


def note_change(event: Event, scope: Scope) -> None:
    """Give the school, or the owner when it is no school's, a new mark when the event changes an open page."""
    if event in CHANGES_OPEN_PAGES:
        kind, pk = ("school", scope.school_id) if scope.school_id is not None else ("owner", scope.owner_id)
        if pk is not None:
            cache.set(_key(kind, pk), secrets.token_hex(6), KEPT)


def mark_of_place(*, owner_id: int, school_id: int | None = None) -> str:
    """Return the mark of a school with its owner's, or of an owner alone. One read of the cache."""
    keys = [_key("owner", owner_id), *([_key("school", school_id)] if school_id is not None else [])]
    held = cache.get_many(keys)
    for key in keys:
        if key not in held:
            held[key] = secrets.token_hex(6)
            cache.set(key, held[key], KEPT)
    return "-".join(held[key] for key in keys)
