"""Notices as pages ask for them."""

from __future__ import annotations

from aktsom.core.access.actor import Actor
from aktsom.core.notify.models import Notice


def unseen_count(actor: Actor) -> int:
    """Return how many notices the actor has not seen."""
    return Notice.objects.filter(person_ref=actor.person_id, seen_at=None).count()
