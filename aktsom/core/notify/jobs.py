"""Send what waits, take up what a fallen worker left, and run what is due. Everything here can be done twice without harm."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import translation
from django_tasks import task

from aktsom.core.access.actor import system_actor
from aktsom.core.audit.events import Event
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.notify import services
from aktsom.core.notify.addresses import NOWHERE, contacts
from aktsom.core.notify.gateways import send_mail, send_sms, send_teams
from aktsom.core.notify.models import JobRun, Notice, Sending, TeamsRoute
from aktsom.core.notify.outgoing import Undelivered
from aktsom.core.notify.rules import MOST_TRIES, Channel, SendState
from aktsom.core.notify.secrets import opened_address
from aktsom.core.notify.wording import Message, digest_message, message_of, teams_message
from aktsom.core.timing.clock import now
from aktsom.core.vault.keyring import forget_keys

logger = logging.getLogger("aktsom.jobs")
LEFT_BEHIND = timedelta(minutes=5)
SEEN_KEPT = timedelta(days=180)  # RETENTION_RULES["notice"]
RUNS_KEPT = timedelta(days=30)


@task()  # type: ignore[untyped-decorator]
def send_notice(public_id: str) -> None:
    """Send one sending. Done twice, the second finds nothing to claim."""
    sending = services.claim(public_id)
    if sending is None:
        return
    by = system_actor("send_notice")
    try:
        services.settle(by=by, sending=sending, state=deliver(sending))
    except Undelivered as fault:
        logger.warning("Sending %s by %s: %s", sending.public_id, sending.channel, fault.trouble.value)
        services.settle(by=by, sending=sending, state=SendState.WAITING, trouble=fault.trouble)


def deliver(sending: Sending) -> SendState:
    """Send it and return how it went; raise Undelivered with the reason. Without an address it stands in Aktsom only."""
    if sending.channel == Channel.TEAMS:
        return _deliver_to_teams(sending)
    contact = contacts([sending.person_ref or 0]).get(sending.person_ref or 0, NOWHERE)
    address = contact.number if sending.channel == Channel.SMS else contact.email
    if not address:
        return SendState.NONE
    with translation.override(contact.language):
        message = message_for(sending)
    send = send_sms if sending.channel == Channel.SMS else send_mail
    send(message, address, reference=sending.public_id)
    return SendState.SENT


def message_for(sending: Sending) -> Message:
    """Return what a sending says, in the language that is on."""
    if sending.notice is None:
        return digest_message(sending.amount)
    return message_of(sending.notice.code, sending.notice.path, urgent=sending.notice.is_urgent)


def _deliver_to_teams(sending: Sending) -> SendState:
    route = TeamsRoute.objects.filter(school_ref=sending.school_ref or 0).first()
    if route is None:
        return SendState.NONE
    with translation.override("nb"):
        message = teams_message()
    send_teams(message, opened_address(route))
    return SendState.SENT


@dataclass(frozen=True)
class Periodic:
    """Something that runs by itself every so many minutes."""

    name: str
    minutes: int
    run: Callable[[], object]


_periodic: dict[str, Periodic] = {}


def periodic(*, minutes: int) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Let a domain's job run every ``minutes``; it must do no harm when run twice."""

    def register(job: Callable[[], object]) -> Callable[[], object]:
        _periodic[f"{job.__module__}.{job.__name__}"] = Periodic(f"{job.__module__}.{job.__name__}", minutes, job)
        return job

    return register


def tick(moment: datetime | None = None) -> list[str]:
    """Run every job that is due, each once for its time however many workers there are; return their names."""
    moment = moment or now()
    return [job.name for job in list(_periodic.values()) if _run(job, moment)]


def _run(job: Periodic, moment: datetime) -> bool:
    slot = int(moment.timestamp()) // (job.minutes * 60)
    if JobRun.objects.filter(name=job.name, slot=slot).exists():
        return False
    try:
        with transaction.atomic(), unit_of_work(system_actor("tick"), Event.NOTICE_WRITTEN):
            JobRun.objects.create(name=job.name, slot=slot, started_at=moment)
    except IntegrityError:
        return False
    try:
        job.run()
    except Exception:  # one job that fails must not stop the others; it is tried again in its next stretch of time
        logger.exception("The job %s failed", job.name)
    finally:
        forget_keys()
    return True


@periodic(minutes=1)
def take_up_what_was_left() -> int:
    """Set what a fallen worker held back to waiting, and ask again for everything whose time has come; return how many."""
    limit = now() - LEFT_BEHIND
    with transaction.atomic(), unit_of_work(system_actor("tick"), Event.NOTICE_WRITTEN):
        held = Sending.objects.filter(state=SendState.SENDING, changed_at__lt=limit)
        held.update(state=SendState.WAITING, next_try_at=now())
    asked_for_just_now = Q(tries=0, changed_at__gte=limit)
    waiting = (
        Sending.objects.filter(state=SendState.WAITING, next_try_at__lte=now()).exclude(asked_for_just_now).order_by("next_try_at", "pk")
    )
    public_ids = list(waiting.values_list("public_id", flat=True)[:200])
    for public_id in public_ids:
        send_notice.enqueue(public_id)
    return len(public_ids)


@periodic(minutes=5)
def gather_digests() -> int:
    """Write the digest of the morning to those who have not had it."""
    return services.gather_digests()


def revive_tasks() -> int:
    """Give tasks that a killed worker left running back to the queue; return how many (tech.md section 7).

    A task that has brought down as many workers as a notice has tries is left where it is, and said in the log.
    """
    from django_tasks.base import TaskResultStatus  # slow import
    from django_tasks_db.models import DBTaskResult  # slow import

    revived = 0
    for stuck in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now() - LEFT_BEHIND):
        mine = DBTaskResult.objects.filter(pk=stuck.pk, status=TaskResultStatus.RUNNING, started_at=stuck.started_at)
        if len(stuck.worker_ids) >= MOST_TRIES:
            logger.error("The task %s has stopped %s workers and is given up", stuck.pk, len(stuck.worker_ids))
            mine.update(status=TaskResultStatus.FAILED, finished_at=now())
        else:
            revived += mine.update(status=TaskResultStatus.READY, started_at=None)
    return revived


@periodic(minutes=24 * 60)
def tidy() -> None:
    """Delete notices long seen, the memory of old runs, finished tasks, and sessions that are over."""
    from django_tasks_db.models import DBTaskResult  # slow import

    with transaction.atomic(), unit_of_work(system_actor("tick"), Event.NOTICE_WRITTEN):
        Notice.objects.filter(seen_at__lt=now() - SEEN_KEPT).delete()
        Sending.objects.filter(notice=None, created_at__lt=now() - SEEN_KEPT).delete()
        JobRun.objects.filter(started_at__lt=now() - RUNS_KEPT).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now() - RUNS_KEPT).delete()
    call_command("clearsessions", verbosity=0)
