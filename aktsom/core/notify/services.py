"""Put a notice to people, once for each occasion, and let the worker send it out after commit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor, system_actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.audit.scope import Scope
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.notify.addresses import NOWHERE, Contact, contacts
from aktsom.core.notify.gateways import has_sms
from aktsom.core.notify.models import Notice, NoticeChoice, Sending, TeamsRoute
from aktsom.core.notify.outgoing import is_allowed
from aktsom.core.notify.rules import (
    CANNOT_BE_MUTED,
    FINAL,
    MOST_TRIES,
    Channel,
    Group,
    PersonalChannel,
    RouteObstacle,
    SendState,
    Trouble,
    channels_of,
    digest_day,
    goes_at_once,
    group_of,
    is_digest_time,
    morning_of,
    wait_before,
)
from aktsom.core.notify.secrets import sealed_address
from aktsom.core.timing.clock import is_to_the_minute, now

GATHERED = 500  # people a look; the next look takes the rest
MANY = 25  # more than this at once are put in line by the worker
FOR_THE_NEXT_ROUND = timedelta(minutes=6)  # so long ago that the worker takes it up at once: past jobs.LEFT_BEHIND


def notify(
    *, by: Actor, person_ids: Iterable[int], code: str, occasion: str, path: str, scope: Scope, urgent: bool = False
) -> list[Notice]:
    """Put one notice to each person; the same code and occasion never gives two. Called inside a service.

    ``path`` is where to look after sign-in. What cannot wait is sent by the worker when the transaction is committed;
    the rest stands in Aktsom and goes out with the digest of the next working morning.
    """
    wanted = list(dict.fromkeys(person_ids))
    occasion = occasion[:80]
    told = Notice.objects.filter(code=code, occasion=occasion)
    there = set(told.filter(person_ref__in=wanted).values_list("person_ref", flat=True))
    is_first = not there and not told.exists()
    rows = [
        Notice(
            person_ref=person_id,
            school_ref=scope.school_id,
            owner_ref=scope.owner_id,
            is_withheld=scope.withheld,
            code=code,
            occasion=occasion,
            path=path,
            is_urgent=urgent,
            created_at=now(),
            mail_changed_at=now(),
        )
        for person_id in wanted
        if person_id not in there
    ]
    made = Notice.objects.bulk_create(rows)
    if made and goes_at_once(code, urgent=urgent):
        _send_now(made, also_teams=is_first)
    return made


def forget_notices(*, occasion: str) -> None:
    """Take away every notice of something that was only a test, with what was sent. Called inside a service."""
    Notice.objects.filter(Q(occasion=occasion) | Q(occasion__startswith=f"{occasion}:")).delete()


def _send_now(notices: list[Notice], *, also_teams: bool) -> None:
    """Write a sending for each way out. A school's Teams channel is told once, and never of what the school must not know."""
    people = [notice.person_ref for notice in notices]
    where, chosen = contacts(people), choices_of(people)
    rows = [
        _sending(notice, channel)
        for notice in notices
        for channel in _ways(chosen[notice.person_ref].at_once_by, where.get(notice.person_ref, NOWHERE))
    ]
    first = notices[0]
    if also_teams and not first.is_withheld and first.school_ref and TeamsRoute.objects.filter(school_ref=first.school_ref).exists():
        rows.append(_sending(first, Channel.TEAMS))
    if len(rows) > MANY:  # a whole school: whoever pressed the button does not wait while each is put in line
        for row in rows:
            row.changed_at = now() - FOR_THE_NEXT_ROUND
        Sending.objects.bulk_create(rows)
        return
    for sending in Sending.objects.bulk_create(rows):
        _enqueue_after_commit(sending)


def _ways(choice: str, contact: Contact) -> list[Channel]:
    """Return the ways to one person; without any, e-mail, so that the log shows that an address is missing."""
    return channels_of(choice, has_mail=bool(contact.email), has_sms=bool(contact.number) and has_sms()) or [Channel.MAIL]


def _sending(notice: Notice, channel: Channel) -> Sending:
    return Sending(
        channel=channel,
        person_ref=None if channel == Channel.TEAMS else notice.person_ref,
        school_ref=notice.school_ref,
        owner_ref=notice.owner_ref,
        is_withheld=notice.is_withheld,
        notice=notice,
        created_at=now(),
        changed_at=now() - FOR_THE_NEXT_ROUND if is_to_the_minute() else now(),
        next_try_at=now(),
    )


def _enqueue_after_commit(sending: Sending) -> None:
    if not is_to_the_minute():  # the queue would keep the second somebody without a name sent; the next round takes it up
        transaction.on_commit(lambda: _enqueue(sending.public_id))


def _enqueue(public_id: str) -> None:
    from aktsom.core.notify.jobs import send_notice  # slow import

    send_notice.enqueue(public_id)


def choices_of(person_ids: Iterable[int]) -> dict[int, NoticeChoice]:
    """Return how people want their notices; a person who never chose has the ordinary choice."""
    wanted = list(person_ids)
    made = {row.person_ref: row for row in NoticeChoice.objects.filter(person_ref__in=wanted)}
    return {person: made.get(person) or NoticeChoice(person_ref=person) for person in wanted}


def gather_digests() -> int:
    """Write the digest of the morning for everyone who has something waiting; return how many people got one.

    A person has at most one digest a day on each channel: the database says so, whatever the clock does in October.
    """
    if not is_digest_time(now()):
        return 0
    today = digest_day(now())
    served = Sending.objects.filter(digest_on=today).values("person_ref")
    people = (
        _waiting(today).exclude(person_ref__in=served).order_by("person_ref").values_list("person_ref", flat=True).distinct()[:GATHERED]
    )
    return sum(_gather(person_id, today) for person_id in list(people))


def _waiting(today: date) -> QuerySet[Notice]:
    return Notice.objects.filter(
        created_at__lt=morning_of(today), digest_on=None, seen_at=None, sendings=None, mail_state=SendState.WAITING
    )


def _gather(person_id: int, today: date) -> bool:
    try:
        with transaction.atomic(), unit_of_work(system_actor("gather_digests"), Event.NOTICE_WRITTEN):
            notices = list(_waiting(today).filter(person_ref=person_id).select_for_update(of=("self",)).order_by("pk"))
            choice = choices_of([person_id])[person_id]
            muted = {notice.pk for notice in notices if group_of(notice.code) in choice.muted.split()}
            Notice.objects.filter(pk__in=muted).update(mail_state=SendState.NONE, mail_changed_at=now())
            told = [notice for notice in notices if notice.pk not in muted]
            if told:
                _write_digest(person_id, told, choice, today)
            return bool(told)
    except IntegrityError:  # another worker gathered the same morning
        return False


def _write_digest(person_id: int, notices: list[Notice], choice: NoticeChoice, today: date) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(digest_on=today)
    schools = {notice.school_ref for notice in notices}
    contact = contacts([person_id]).get(person_id, NOWHERE)
    for channel in _ways(choice.digest_by, contact):
        sending = Sending(
            channel=channel,
            person_ref=person_id,
            school_ref=schools.pop() if len(schools) == 1 else None,
            owner_ref=notices[0].owner_ref,
            is_withheld=any(notice.is_withheld for notice in notices),
            digest_on=today,
            amount=len(notices),
            created_at=now(),
            changed_at=now(),
            next_try_at=now(),
        )
        schools = {sending.school_ref}
        sending.save()
        _enqueue_after_commit(sending)


@service(Event.NOTICE_SEEN, action=Action.NOTICE_SEE)
def mark_seen(*, by: Actor, public_ids: Iterable[str]) -> int:
    """Mark the person's own notices as seen; return how many."""
    rows = Notice.objects.filter(person_ref=by.own_id, public_id__in=list(public_ids), seen_at=None)
    return rows.update(seen_at=now())


def mark_seen_at(by: Actor, path: str) -> None:
    """Mark the person's own notices that lead to ``path`` as seen, if there are any: she has been there and acted."""
    if by.person_id is None:
        return
    unseen = list(Notice.objects.filter(person_ref=by.person_id, seen_at=None, path=path).values_list("public_id", flat=True))
    if unseen:
        mark_seen(by=by, public_ids=unseen)


@service(Event.NOTICE_CHOSEN, action=Action.NOTICE_CHOOSE)
def choose_channels(*, by: Actor, at_once_by: str, digest_by: str, muted: Iterable[str]) -> NoticeChoice:
    """Keep how the person wants her notices. What is a duty cannot be turned off, only sent another way."""
    choice, _ = NoticeChoice.objects.get_or_create(person_ref=by.own_id)
    choice.at_once_by, choice.digest_by = PersonalChannel(at_once_by), PersonalChannel(digest_by)
    choice.muted = " ".join(sorted({Group(group) for group in muted} - CANNOT_BE_MUTED))
    choice.save()
    return choice


@service(Event.NOTICE_ROUTE_SET, action=Action.NOTICE_ROUTE_SET)
def connect_teams(*, by: Actor, school_id: int, url: str) -> TeamsRoute:
    """Let the school's Teams channel be told that something is urgent. The address is kept sealed and never shown again."""
    if school_id not in by.schools_where(Action.NOTICE_ROUTE_SET):
        raise Refused([RouteObstacle.NOT_YOURS])
    if not is_allowed(url, settings.AKTSOM_TEAMS_HOSTS):
        raise Refused([RouteObstacle.NOT_A_WORKFLOW])
    sealed, host = sealed_address(url, school_id), urlsplit(url).hostname or ""
    route, _ = TeamsRoute.objects.update_or_create(school_ref=school_id, defaults={"sealed_url": sealed, "host": host, "set_at": now()})
    return route


@service(Event.NOTICE_ROUTE_SET, action=Action.NOTICE_ROUTE_SET)
def disconnect_teams(*, by: Actor, school_id: int) -> int:
    """Stop telling the school's Teams channel, and forget its address."""
    if school_id not in by.schools_where(Action.NOTICE_ROUTE_SET):
        raise Refused([RouteObstacle.NOT_YOURS])
    return TeamsRoute.objects.filter(school_ref=school_id).delete()[0]


def claim(public_id: str) -> Sending | None:
    """Take a waiting sending; None when somebody else has it or it is sent. Compare and set, so only one wins."""
    with transaction.atomic(), unit_of_work(system_actor("send_notice"), Event.NOTICE_SENT):
        waiting = Sending.objects.filter(public_id=public_id, state=SendState.WAITING, next_try_at__lte=now())
        won = waiting.update(state=SendState.SENDING, changed_at=now())
    return Sending.objects.select_related("notice").get(public_id=public_id) if won else None


@service(Event.NOTICE_SENT, action=Action.NOTICE_SEND)
def settle(*, by: Actor, sending: Sending, state: SendState, trouble: Trouble | None = None) -> Sending:
    """Write how the sending went. One that failed is tried again later, unless asking again would give the same answer."""
    sending.tries += 1
    sending.state, sending.trouble, sending.changed_at = state, trouble or "", now()
    if trouble is not None:
        is_over = trouble in FINAL or sending.tries >= MOST_TRIES
        sending.state = SendState.FAILED if is_over else SendState.WAITING
        sending.next_try_at = now() + wait_before(sending.tries)
    sending.save()
    if sending.channel != Channel.TEAMS:
        _tell_notices(sending)
    if sending.state == SendState.FAILED and sending.channel == Channel.SMS:
        _fall_back_to_mail(sending)
    return sending


def _tell_notices(sending: Sending) -> None:
    """Let the notices say how they came out; what is sent on one way stays sent when another fails."""
    mine = (
        Notice.objects.filter(pk=sending.notice_id)
        if sending.notice_id
        else Notice.objects.filter(person_ref=sending.person_ref or 0, digest_on=sending.digest_on)
    )
    mine.exclude(mail_state=SendState.SENT).update(mail_state=sending.state, mail_tries=sending.tries, mail_changed_at=now())


def _fall_back_to_mail(sending: Sending) -> None:
    """Send by e-mail what could not go as SMS, when that way has not been used."""
    same = {"notice_id": sending.notice_id, "digest_on": sending.digest_on, "person_ref": sending.person_ref}
    if Sending.objects.filter(**same, channel=Channel.MAIL).exists():
        return
    kept = {name: getattr(sending, name) for name in ("school_ref", "owner_ref", "is_withheld", "amount")}
    moment = {"created_at": now(), "changed_at": now(), "next_try_at": now()}
    _enqueue_after_commit(Sending.objects.create(**same, **kept, **moment, channel=Channel.MAIL))
