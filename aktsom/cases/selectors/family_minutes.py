"""The talks somebody in the family is in herself: those to come, and the minutes a person has let out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.db.models import F, Q, QuerySet

from aktsom.cases.models import Case
from aktsom.cases.models.conversations import Conversation
from aktsom.cases.rules import PartKind
from aktsom.cases.rules.conversations import ConversationKind, ConversationState
from aktsom.core.access.actor import Actor
from aktsom.core.privacy.places import without_places
from aktsom.core.timing.clock import today


@dataclass(frozen=True)
class OwnMinutes:
    """Minutes of one talk."""

    public_id: str
    with_adult: str
    held_on: date
    text: str


def own_minutes(actor: Actor, case: Case) -> list[OwnMinutes]:
    """Return the released minutes of the talks the reader took part in, newest first.

    Each guardian reads only those of her own talks (fact 35), and the pupil those of the talks with her. Minutes kept in
    another one's part are never among them.
    """
    rows = _own(actor, case).filter(state=ConversationState.HELD, released_at__isnull=False).order_by("-held_on", "-id")
    return [
        OwnMinutes(row.public_id, str(row.held_by), row.held_on, _shown(actor, case, row.minutes)) for row in rows.select_related("held_by")
    ]


@dataclass(frozen=True)
class OwnTalk:
    """A talk to come: when, where and with whom at the school. Who else is asked to it is nobody's to read here."""

    held_on: date
    held_at: time | None
    place: str
    with_adult: str


def own_talks(actor: Actor, case: Case) -> list[OwnTalk]:
    """Return the talks the reader herself is asked to, from today on, the first one first (HRG-06)."""
    rows = _own(actor, case).filter(state=ConversationState.PLANNED, held_on__gte=today()).select_related("held_by")
    return [
        OwnTalk(row.held_on, row.held_at, _shown(actor, case, row.place), str(row.held_by))
        for row in rows.order_by("held_on", F("held_at").asc(nulls_last=True), "id")
    ]


def _own(actor: Actor, case: Case) -> QuerySet[Conversation]:
    """Return the talks of the pupil's own part that the reader is in."""
    takes_part = Q(guests__person_id=actor.own_id)
    if actor.own_id == case.pupil_id:
        takes_part |= Q(kind=ConversationKind.EXPOSED)
    return Conversation.objects.filter(takes_part, case=case, part__kind=PartKind.PUPIL).distinct()


def _shown(actor: Actor, case: Case, text: str) -> str:
    """Return the text, without places when the pupil's address is protected and somebody else reads."""
    hidden = case.pupil.protected_address and actor.own_id != case.pupil_id
    return without_places(text, known=(case.school.name,)) if hidden else text
