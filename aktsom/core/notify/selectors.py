"""Notices as pages ask for them. Everybody meets only her own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from aktsom.core.access.actor import Actor
from aktsom.core.notify.models import Notice
from aktsom.core.notify.wording import wording_of

SHOWN = 50


@dataclass(frozen=True)
class NoticeRow:
    """One notice in words."""

    public_id: str
    what: str
    why: str
    path: str
    created_at: datetime
    is_seen: bool
    is_urgent: bool


def unseen_count(actor: Actor) -> int:
    """Return how many notices the actor has not seen."""
    return Notice.objects.filter(person_ref=actor.person_id, seen_at=None).count() if actor.person_id else 0


def was_told(*, code: str, occasion: str) -> bool:
    """Return whether anybody has been told of this already, for jobs that must not repeat themselves."""
    return Notice.objects.filter(code=code, occasion=occasion).exists()


def told_of(*, codes: Iterable[str], occasions: Iterable[str]) -> set[tuple[str, str]]:
    """Return which of these somebody has been told of already, as pairs of code and occasion."""
    return set(Notice.objects.filter(code__in=list(codes), occasion__in=list(occasions)).values_list("code", "occasion"))


def own_notices(actor: Actor) -> list[NoticeRow]:
    """Return the actor's 50 newest notices."""
    rows = Notice.objects.filter(person_ref=actor.own_id).order_by("-created_at", "-id")[:SHOWN]
    return [_row(notice) for notice in rows] if actor.person_id else []


def own_notice(actor: Actor, public_id: str) -> Notice | None:
    """Return one of the actor's own notices."""
    return Notice.objects.filter(person_ref=actor.person_id, public_id=public_id).first() if actor.person_id else None


def _row(notice: Notice) -> NoticeRow:
    words = wording_of(notice.code)
    return NoticeRow(
        public_id=notice.public_id,
        what=str(words.what),
        why=str(words.why),
        path=notice.path,
        created_at=notice.created_at,
        is_seen=notice.seen_at is not None,
        is_urgent=notice.is_urgent,
    )
