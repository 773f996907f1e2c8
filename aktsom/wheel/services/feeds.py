"""Make an address a calendar can fetch from, and end it. Only a keyed hash of the secret is kept."""

from __future__ import annotations

import secrets
from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now
from aktsom.wheel.feeds import feed_lookup
from aktsom.wheel.models import CalendarFeed


def make_feed(*, by: Actor, school: Any, is_schools: bool = False) -> tuple[CalendarFeed, str]:
    """Return a new feed and the secret of its address, shown once. The person's own, or the school's own."""
    secret = secrets.token_urlsafe(24)
    return _keep_feed(by=by, school=school, secret=secret, person_id=None if is_schools else by.own_id), secret


@service(Event.FEED_MADE, action=Action.FEED_KEEP, on="school")
def _keep_feed(*, by: Actor, school: Any, secret: str, person_id: int | None) -> CalendarFeed:
    return CalendarFeed.objects.create(school=school, person_id=person_id, lookup=feed_lookup(secret), made_at=now())


@service(Event.FEED_ENDED, action=Action.FEED_KEEP, on="feed")
def end_feed(*, by: Actor, feed: CalendarFeed) -> CalendarFeed:
    """End the address: whoever fetches from it is told that it is not there."""
    feed.ended_at = now()
    feed.save(update_fields=["ended_at"])
    return feed
