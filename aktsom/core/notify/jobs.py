"""Send e-mails, take up what a fallen worker left, and run what is due. Everything here can be done twice without harm."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django_tasks import task

from aktsom.core.access.actor import system_actor
from aktsom.core.audit.events import Event
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.notify.addresses import addresses
from aktsom.core.notify.models import JobRun, MailState, Notice
from aktsom.core.notify.services import claim, settle
from aktsom.core.notify.wording import wording_of
from aktsom.core.timing.clock import now
from aktsom.core.vault.keyring import forget_keys

logger = logging.getLogger("aktsom.jobs")
MOST_TRIES = 5
LEFT_BEHIND = timedelta(minutes=5)
NEVER_QUEUED = timedelta(minutes=1)
SEEN_KEPT = timedelta(days=180)  # RETENTION_RULES["notice"]
RUNS_KEPT = timedelta(days=30)


@task()  # type: ignore[untyped-decorator]
def send_notice(public_id: str) -> None:
    """Send the e-mail of one notice. Done twice, the second finds nothing to claim."""
    notice = claim(public_id)
    if notice is not None:
        settle(by=system_actor("send_notice"), notice=notice, state=deliver(notice))


def deliver(notice: Notice) -> MailState:
    """Send the e-mail and return how it went. A person without an address gets the notice in Aktsom only."""
    address = addresses([notice.person_ref]).get(notice.person_ref)
    if not address:
        return MailState.NONE
    try:
        message_of(notice, address).send()
    except (SMTPException, OSError):
        return MailState.WAITING if notice.mail_tries + 1 < MOST_TRIES else MailState.FAILED
    return MailState.SENT


def message_of(notice: Notice, address: str) -> EmailMessage:
    """Return the e-mail: that something waits, why, and a link that asks for sign-in. The id is the same every time."""
    words = wording_of(notice.code)
    body = "\n\n".join(
        [
            str(words.what),
            _("Logg inn og les: %(url)s") % {"url": f"{settings.AKTSOM_BASE_URL}{notice.path}"},
            _("Hvorfor får du dette? %(why)s") % {"why": words.why},
            _("Varselet har aldri navn eller innhold. Det står bare i Aktsom."),
        ]
    )
    subject = _("Haster: noe venter på deg i Aktsom") if notice.is_urgent else _("Noe venter på deg i Aktsom")
    return EmailMessage(subject=subject, body=body, to=[address], headers={"Message-ID": f"<{notice.public_id}@aktsom.invalid>"})


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
    """Set what a fallen worker held back to waiting, and ask again for every e-mail that waits; return how many."""
    limit = now() - LEFT_BEHIND
    with transaction.atomic(), unit_of_work(system_actor("tick"), Event.NOTICE_WRITTEN):
        Notice.objects.filter(mail_state=MailState.SENDING, mail_changed_at__lt=limit).update(mail_state=MailState.WAITING)
    fresh = Q(mail_tries=0, mail_changed_at__lt=now() - NEVER_QUEUED)  # a notice of somebody without a name waits for this round
    waiting = Notice.objects.filter(Q(mail_changed_at__lt=limit) | fresh, mail_state=MailState.WAITING).order_by("mail_changed_at")
    public_ids = list(waiting.values_list("public_id", flat=True)[:200])
    for public_id in public_ids:
        send_notice.enqueue(public_id)
    return len(public_ids)


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
        JobRun.objects.filter(started_at__lt=now() - RUNS_KEPT).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now() - RUNS_KEPT).delete()
    call_command("clearsessions", verbosity=0)
