"""Who at the owner has read a notice from a school, and who has not (OWN-08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aktsom.core.notify.addresses import staff_names
from aktsom.core.notify.selectors import deliveries
from aktsom.reports.models import OwnerNotice


@dataclass(frozen=True)
class Reader:
    """One receiver: how the notice came out, and when she read it."""

    name: str
    state: str
    color: str
    read_at: datetime | None


def readers_of(notice: OwnerNotice) -> list[Reader]:
    """Return everybody the notice was sent to, in the order it went out. Whoever opened it has read it, whatever way she came."""
    sent = deliveries(code="owner.notice", occasion=notice.public_id)
    names = staff_names(each.person_id for each in sent)
    opened = {notice.opened_by_id: notice.opened_at}
    return [
        Reader(names[each.person_id], each.state, each.color, each.seen_at or opened.get(each.person_id))
        for each in sent
        if each.person_id in names
    ]
