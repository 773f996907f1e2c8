"""Minutes somebody in the family may read: of talks she was in herself, after a person has let them out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from aktsom.cases.models import Case
from aktsom.cases.models.conversations import Conversation
from aktsom.cases.rules import PartKind
from aktsom.cases.rules.conversations import ConversationKind, ConversationState
from aktsom.core.access.actor import Actor
from aktsom.core.privacy.places import without_places


@dataclass(frozen=True)
class OwnMinutes:
    """Minutes of one talk."""

    public_id: str
    title: str
    held_on: date
    text: str


def own_minutes(actor: Actor, case: Case) -> list[OwnMinutes]:
    """Return the released minutes of the talks the reader took part in, newest first.

    Each guardian reads only those of her own talks (fact 35), and the pupil those of the talks with her. Minutes kept in
    another one's part are never among them.
    """
    took_part = Q(guests__person_id=actor.own_id)
    if actor.own_id == case.pupil_id:
        took_part |= Q(kind=ConversationKind.EXPOSED)
    rows = Conversation.objects.filter(
        took_part, case=case, part__kind=PartKind.PUPIL, state=ConversationState.HELD, released_at__isnull=False
    )
    hidden = case.pupil.protected_address and actor.own_id != case.pupil_id
    return [
        OwnMinutes(
            row.public_id,
            str(row.get_kind_display()),
            row.held_on,
            without_places(row.minutes, known=(case.school.name,)) if hidden else row.minutes,
        )
        for row in rows.distinct().order_by("-held_on", "-id")
    ]
