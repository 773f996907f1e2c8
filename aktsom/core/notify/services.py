"""Put a notice to people, once for each occasion, and let the worker send the e-mail after commit."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor, system_actor
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.audit.scope import Scope
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.notify.models import MailState, Notice
from aktsom.core.timing.clock import is_to_the_minute, now


def notify(
    *, by: Actor, person_ids: Iterable[int], code: str, occasion: str, path: str, scope: Scope, urgent: bool = False
) -> list[Notice]:
    """Put one notice to each person; the same code and occasion never gives two. Called inside a service.

    ``path`` is where to look after sign-in. The e-mail is sent by the worker when the transaction is committed.
    """
    wanted = list(dict.fromkeys(person_ids))
    there = set(Notice.objects.filter(person_ref__in=wanted, code=code, occasion=occasion).values_list("person_ref", flat=True))
    rows = [
        Notice(
            person_ref=person_id,
            school_ref=scope.school_id,
            owner_ref=scope.owner_id,
            is_withheld=scope.withheld,
            code=code,
            occasion=occasion[:80],
            path=path,
            is_urgent=urgent,
            created_at=now(),
            mail_state=MailState.WAITING,
            mail_changed_at=now(),
        )
        for person_id in wanted
        if person_id not in there
    ]
    made = Notice.objects.bulk_create(rows)
    for notice in () if is_to_the_minute() else made:  # else the queue would keep the second: the next round takes it up
        transaction.on_commit(lambda public_id=notice.public_id: _enqueue(public_id))  # type: ignore[misc]
    return made


def _enqueue(public_id: str) -> None:
    from aktsom.core.notify.jobs import send_notice  # slow import

    send_notice.enqueue(public_id)


@service(Event.NOTICE_SEEN, action=Action.NOTICE_SEE)
def mark_seen(*, by: Actor, public_ids: Iterable[str]) -> int:
    """Mark the person's own notices as seen; return how many."""
    rows = Notice.objects.filter(person_ref=by.own_id, public_id__in=list(public_ids), seen_at=None)
    return rows.update(seen_at=now())


def claim(public_id: str) -> Notice | None:
    """Take a waiting notice to be sent; None when somebody else has it or it is sent. Compare and set, so only one wins."""
    with transaction.atomic(), unit_of_work(system_actor("send_notice"), Event.NOTICE_SENT):
        won = Notice.objects.filter(public_id=public_id, mail_state=MailState.WAITING).update(
            mail_state=MailState.SENDING, mail_changed_at=now()
        )
    return Notice.objects.get(public_id=public_id) if won else None


@service(Event.NOTICE_SENT, action=Action.NOTICE_SEND)
def settle(*, by: Actor, notice: Notice, state: MailState) -> Notice:
    """Write how the sending went."""
    notice.mail_state, notice.mail_changed_at = state, now()
    notice.mail_tries += 1
    notice.save()
    return notice
