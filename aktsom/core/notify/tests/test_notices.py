"""A notice says that something waits, to the right person, once, and never what (PRV-08, NEG-40)."""

from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
import time_machine
from django.core import mail

from aktsom.core.access.actor import system_actor
from aktsom.core.audit.models import AuditEvent
from aktsom.core.audit.scope import Scope
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.notify import jobs
from aktsom.core.notify.models import JobRun, MailState, Notice, Sending
from aktsom.core.notify.selectors import own_notices, unseen_count
from aktsom.core.notify.services import notify
from aktsom.core.notify.wording import WORDINGS, digest_message, message_of, teams_message
from aktsom.core.timing.clock import now
from tests.cast import Cast
from tests.signed_in import sign_in

JOB = system_actor("test")


def tell(
    cast: Cast, *names: str, code: str = "report.new", occasion: str = "en", urgent: bool = False, path: str = "/meldinger/abc/"
) -> list[Notice]:
    with unit_of_work(JOB, "test"):
        return notify(
            by=JOB,
            person_ids=[cast.person(name).pk for name in names],
            code=code,
            occasion=occasion,
            path=path,
            scope=Scope(school_id=cast.school.pk),
            urgent=urgent,
        )


def state_of(notice: Notice) -> tuple[str, int]:
    notice.refresh_from_db()
    return notice.mail_state, notice.mail_tries


def sending_of(notice: Notice) -> str:
    return Sending.objects.get(notice=notice).public_id


def test_same_occasion_gives_one_notice_however_often(cast: Cast) -> None:
    first = tell(cast, "head_teacher", "head_teacher", "case_handler")
    again = tell(cast, "head_teacher", "owner_handler")
    new = tell(cast, "head_teacher", occasion="to")

    assert [len(first), len(again), len(new)] == [2, 1, 1]


def test_mail_is_sent_when_the_change_is_committed_and_not_before(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        (notice,) = tell(cast, "head_teacher")
        before = len(mail.outbox)

    assert (before, len(mail.outbox), state_of(notice)) == (0, 1, (MailState.SENT, 1))
    assert AuditEvent.objects.filter(event="notice.sent", object_id=sending_of(notice)).count() == 1


@pytest.mark.parametrize("code", [*WORDINGS, "ukjent.kode"])
def test_neg_40_mail_has_no_name_no_school_and_no_content(cast: Cast, code: str) -> None:
    (notice,) = tell(cast, "head_teacher", code=code, urgent=True)

    jobs.send_notice.call(sending_of(notice))
    (sent,) = mail.outbox
    message = sent.message()

    text = str(message["Subject"]) + message.get_payload(decode=True).decode()
    other = [message_of(code, notice.path, urgent=False), digest_message(3), teams_message()]
    text += " ".join(f"{one.title} {one.body} {one.short}" for one in other)
    secret = {word for person in cast.people.values() for word in (person.given_name, person.family_name)}
    assert [word for word in (*secret, cast.school.name, cast.owner.name) if word in text] == []
    assert "/meldinger/abc/" in text
    assert "Hvorfor får du dette?" in text
    assert message["Message-ID"] == f"<{sending_of(notice)}@aktsom.invalid>"
    assert message["Auto-Submitted"] == "auto-generated"


def test_urgent_is_said_in_the_subject(cast: Cast) -> None:
    (calm,), (urgent,) = tell(cast, "head_teacher"), tell(cast, "head_teacher", occasion="to", urgent=True)

    for notice in (calm, urgent):
        jobs.send_notice.call(sending_of(notice))

    assert [message.subject for message in mail.outbox] == [
        "Noe venter på deg i Aktsom",
        "Haster: noe venter på deg i Aktsom",
    ]


def test_task_run_twice_sends_once(cast: Cast) -> None:
    (notice,) = tell(cast, "head_teacher")

    jobs.send_notice.call(sending_of(notice))
    jobs.send_notice.call(sending_of(notice))

    assert (len(mail.outbox), state_of(notice)) == (1, (MailState.SENT, 1))


def test_person_without_address_gets_the_notice_in_aktsom_only(cast: Cast) -> None:
    head = cast.person("head_teacher")
    with unit_of_work(JOB, "test"):
        head.email = ""
        head.save()
    (notice,) = tell(cast, "head_teacher")

    jobs.send_notice.call(sending_of(notice))

    assert (len(mail.outbox), state_of(notice)) == (0, (MailState.NONE, 1))
    assert unseen_count(cast.actor("head_teacher")) == 1


def test_mail_server_that_is_away_is_tried_again_at_growing_distance(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    (notice,) = tell(cast, "head_teacher")
    tries: list[str] = []

    def refuse(message: Any) -> None:
        tries.append(message.extra_headers["Message-ID"])
        raise SMTPException("busy")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    states = []
    with time_machine.travel(now(), tick=False) as clock:
        jobs.send_notice.call(sending_of(notice))
        for minutes in (4, 1, 15, 60, 239, 1, 720, 5000):
            states.append((state_of(notice)[0], len(tries)))
            clock.shift(timedelta(minutes=minutes))
            jobs.take_up_what_was_left()

    waiting = [(MailState.WAITING, amount) for amount in (1, 1, 2, 3, 4, 4, 5)]
    assert states == [*waiting, (MailState.FAILED, 6)]
    assert len(tries) == 6
    assert len(set(tries)) == 1


def test_what_a_fallen_worker_held_is_taken_up_after_five_minutes(cast: Cast) -> None:
    (notice,) = tell(cast, "head_teacher")
    with time_machine.travel(now(), tick=False) as clock:
        with unit_of_work(JOB, "test"):
            Sending.objects.filter(notice=notice).update(state=MailState.SENDING, changed_at=now())
        clock.shift(timedelta(minutes=4))
        early = jobs.take_up_what_was_left()
        clock.shift(timedelta(minutes=2))
        late = jobs.take_up_what_was_left()

    assert (early, late, len(mail.outbox), state_of(notice)[0]) == (0, 1, 1, MailState.SENT)


def test_everybody_meets_only_her_own_notices(cast: Cast) -> None:
    (own,) = tell(cast, "head_teacher", path="/meldinger/rektors/")
    (other,) = tell(cast, "case_handler", path="/saker/andres/")
    client = sign_in(cast, "head_teacher")

    page = client.get("/varsler/").content.decode()
    opened = client.post("/varsler/sett/", {"notice": own.public_id})
    stolen = client.post("/varsler/sett/", {"notice": other.public_id})

    assert [row.public_id for row in own_notices(cast.actor("head_teacher"))] == [own.public_id]
    assert (own.public_id in page, other.public_id in page) == (True, False)
    assert (opened["Location"], stolen["Location"]) == ("/meldinger/rektors/", "/varsler/")
    other.refresh_from_db()
    assert (unseen_count(cast.actor("head_teacher")), other.seen_at) == (0, None)


def test_notices_stand_newest_first_with_a_fixed_number_of_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    actor = cast.actor("head_teacher")
    with time_machine.travel(now(), tick=False) as clock:
        for occasion in ("en", "to", "tre"):
            tell(cast, "head_teacher", occasion=occasion, path=f"/{occasion}/")
            clock.shift(60)

    with django_assert_num_queries(1):
        rows = own_notices(actor)

    assert [row.path for row in rows] == ["/tre/", "/to/", "/en/"]


def test_periodic_job_runs_once_in_its_time_and_again_in_the_next(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_periodic", {})
    runs: list[str] = []
    jobs.periodic(minutes=10)(lambda: runs.append("x"))
    with time_machine.travel("2026-11-24T08:00:00Z", tick=False) as clock:
        first = [len(jobs.tick()), len(jobs.tick())]
        clock.shift(timedelta(minutes=9))
        same = len(jobs.tick())
        clock.shift(timedelta(minutes=1))
        following = len(jobs.tick())

    assert (first, same, following, len(runs)) == ([1, 0], 0, 1, 2)


def test_job_that_fails_stops_no_other(db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(jobs, "_periodic", {})
    runs: list[str] = []

    def fall() -> None:
        raise RuntimeError

    jobs.periodic(minutes=10)(fall)
    jobs.periodic(minutes=10)(lambda: runs.append("x"))

    assert len(jobs.tick()) == 2
    assert runs == ["x"]
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_tidy_deletes_what_is_long_over_and_nothing_else(cast: Cast) -> None:
    tell(cast, "head_teacher", occasion="sett for lenge siden")
    tell(cast, "head_teacher", occasion="sett nå")
    tell(cast, "head_teacher", occasion="aldri sett")
    with unit_of_work(JOB, "test"):
        Notice.objects.filter(occasion="sett for lenge siden").update(seen_at=now() - timedelta(days=181))
        Notice.objects.filter(occasion="sett nå").update(seen_at=now())
        JobRun.objects.create(name="x", slot=1, started_at=now() - timedelta(days=31))
        JobRun.objects.create(name="x", slot=2, started_at=now())

    jobs.tidy()

    assert sorted(Notice.objects.values_list("occasion", flat=True)) == ["aldri sett", "sett nå"]
    assert list(JobRun.objects.values_list("slot", flat=True)) == [2]


def test_every_job_of_the_product_is_registered_without_any_page_being_shown() -> None:
    import subprocess
    import sys

    program = "import django; django.setup(); from aktsom.core.notify import jobs; print('\\n'.join(jobs._periodic))"
    names = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()

    wanted = {
        "aktsom.core.notify.jobs.take_up_what_was_left",
        "aktsom.core.notify.jobs.tidy",
        "aktsom.core.accounts.drafts.forget_old_drafts",
    }
    assert wanted - set(names) == set()
