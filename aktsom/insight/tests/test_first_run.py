"""A new school's first steps: read from what is there, done by those who may, and a self-test that says what to do."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aktsom.cases.tests.factories import building
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.notify.models import JobRun
from aktsom.core.timing.clock import now, today
from aktsom.insight.first_run import steps_of
from aktsom.insight.self_test import checks_of
from aktsom.people.models import OwnerRecipient, Position
from aktsom.plans.models import ChosenProcedure, EnvironmentPlan
from aktsom.plans.selectors.editions import edition_in_force
from aktsom.plans.selectors.procedure import procedure_of
from aktsom.wheel.models import WheelTask
from tests.cast import Cast
from tests.database_dump import MOST_QUERIES
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def done(cast: Cast) -> list[bool]:
    return [step.is_done for step in steps_of(cast.actor("head_teacher"), cast.school)]


def well(cast: Cast) -> dict[str, bool]:
    return {check.name: check.is_well for check in checks_of(cast.school)}


def test_plan_step_is_done_when_the_plan_is_in_force_at_once(cast: Cast) -> None:
    client = sign_in(cast, "head_teacher")
    before = done(cast)

    answer = client.post(f"/kom-i-gang/{cast.school.public_id}/plan/", {"template": "steinkjer", "start": "at_once"})

    assert (answer.status_code, answer["Location"]) == (302, f"/kom-i-gang/{cast.school.public_id}/")
    assert (before[0], done(cast)[0]) == (False, True)
    assert procedure_of(cast.school.pk).code == "steinkjer"
    assert WheelTask.objects.filter(school=cast.school).exists()


def test_plan_begun_as_a_draft_is_not_in_force(cast: Cast) -> None:
    client = sign_in(cast, "head_teacher")

    client.post(f"/kom-i-gang/{cast.school.public_id}/plan/", {"template": "steinkjer", "start": "draft"})

    assert EnvironmentPlan.objects.filter(school=cast.school).count() == 1
    assert (edition_in_force(cast.school.pk), done(cast)[0]) == (None, False)
    assert procedure_of(cast.school.pk).code == "storhamar"
    assert (
        steps_of(cast.actor("head_teacher"), cast.school)[0].url == f"/planen/{EnvironmentPlan.objects.get(school=cast.school).public_id}/"
    )


def test_plan_is_begun_once_and_the_second_time_says_why_not(cast: Cast) -> None:
    client, address = sign_in(cast, "head_teacher"), f"/kom-i-gang/{cast.school.public_id}/plan/"
    client.post(address, {"template": "steinkjer", "start": "draft"})

    answer = client.post(address, {"template": "sentrum", "start": "at_once"})

    assert answer.status_code == 422
    assert "Det finnes en plan fra før" in answer.content.decode()
    assert procedure_of(cast.school.pk).code == "storhamar"


@pytest.mark.parametrize("sent", [{}, {"template": "finnes-ikke", "start": "at_once"}])
def test_plan_step_without_a_choice_writes_nothing(cast: Cast, sent: dict[str, str]) -> None:
    answer = sign_in(cast, "head_teacher").post(f"/kom-i-gang/{cast.school.public_id}/plan/", sent)

    assert (answer.status_code, EnvironmentPlan.objects.count()) == (422, 0)


@pytest.mark.parametrize("name", ["pupil", "guardian", "contact_teacher", "technical_admin", "owner_handler", "head_teacher_elsewhere"])
def test_first_steps_are_for_those_who_organise_the_school(cast: Cast, name: str) -> None:
    client = sign_in(cast, name)

    assert client.get(f"/kom-i-gang/{cast.school.public_id}/").status_code in {403, 404}


def test_contact_teacher_cannot_begin_the_plan(cast: Cast) -> None:
    answer = sign_in(cast, "contact_teacher").post(
        f"/kom-i-gang/{cast.school.public_id}/plan/", {"template": "sentrum", "start": "at_once"}
    )

    assert (answer.status_code in {403, 404}, EnvironmentPlan.objects.count()) == (True, 0)


@pytest.mark.parametrize("page", ["", "virker-det/", "plan/", "skolerute/", "klasse/", "folk/"])
def test_pages_are_there_within_their_reads(cast: Cast, page: str) -> None:
    client = sign_in(cast, "head_teacher")
    client.get("/")
    with CaptureQueriesContext(connection) as reads:
        answer = client.get(f"/kom-i-gang/{cast.school.public_id}/{page}")

    assert (answer.status_code, len(reads) <= MOST_QUERIES) == (200, True)


def test_first_steps_are_led_to(cast: Cast) -> None:
    client = sign_in(cast, "head_teacher")

    assert client.get("/kom-i-gang/")["Location"] == f"/kom-i-gang/{cast.school.public_id}/"
    assert f"/kom-i-gang/{cast.school.public_id}/" in client.get(f"/skolen/{cast.school.public_id}/").content.decode()


def test_self_test_names_who_gets_each_kind_of_report(cast: Cast) -> None:
    found = {check.name: check for check in checks_of(cast.school)}
    head, owner = cast.person("head_teacher"), cast.person("owner_handler")

    assert str(head) in found["Melding om en elev"].said
    assert str(head) in found["Melding om en som arbeider ved skolen"].said
    assert str(head) not in found["Melding om noen i ledelsen"].said
    assert str(owner) in found["Melding om noen i ledelsen"].said


def test_self_test_says_that_nobody_at_the_school_can_receive(cast: Cast) -> None:
    assert well(cast)["Melding om en elev"] is True
    with building():
        Position.objects.filter(school=cast.school, role="head_teacher").update(valid_until=today() - timedelta(days=1))
        Position.objects.filter(school=cast.school, role__in=["department_head", "counsellor"]).update(
            valid_until=today() - timedelta(days=1)
        )

    found = {check.name: check for check in checks_of(cast.school)}["Melding om en elev"]

    assert (found.is_well, "går til skoleeieren" in found.said) == (False, True)


def test_self_test_says_that_nobody_at_the_owner_can_receive(cast: Cast) -> None:
    assert well(cast)["Melding om noen i ledelsen"] is True
    with building():
        OwnerRecipient.objects.all().delete()
        Position.objects.filter(owner=cast.owner, role="owner_handler").update(valid_until=today() - timedelta(days=1))

    assert well(cast)["Melding om noen i ledelsen"] is False


@pytest.mark.parametrize(("minutes", "alive"), [(1, True), (9, True), (11, False)])
def test_self_test_says_whether_the_worker_has_been_there(cast: Cast, minutes: int, alive: bool) -> None:
    assert well(cast)["Arbeid i bakgrunnen"] is False
    with building():
        JobRun.objects.create(name="x", slot=1, started_at=now() - timedelta(minutes=minutes))

    assert well(cast)["Arbeid i bakgrunnen"] is alive


def test_self_test_wants_mail_to_be_tried(cast: Cast, settings: Any) -> None:
    assert (well(cast)["E-post"], well(cast)["Tid"], well(cast)["Nøkler"]) == (False, True, True)
    sign_in(cast, "head_teacher").post(f"/kom-i-gang/{cast.school.public_id}/e-post/")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "mail.example.invalid"

    assert well(cast)["E-post"] is True


def test_mail_is_really_sent_to_ones_own_address_and_logged(cast: Cast) -> None:
    with building():
        person = cast.person("head_teacher")
        person.email = "rektor@example.invalid"
        person.save()

    sign_in(cast, "head_teacher").post(f"/kom-i-gang/{cast.school.public_id}/e-post/")

    assert [message.to for message in mail.outbox] == [["rektor@example.invalid"]]
    assert AuditEvent.objects.filter(event=Event.MAIL_TRIED, school_ref=cast.school.pk).count() == 1


def test_mail_that_does_not_go_says_so_and_is_not_written_as_tried(cast: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = "aktsom.insight.tests.test_first_run.NoMail"

    answer = sign_in(cast, "head_teacher").post(f"/kom-i-gang/{cast.school.public_id}/e-post/", follow=True)

    assert "E-posttjeneren tok ikke imot" in answer.content.decode()
    assert not AuditEvent.objects.filter(event=Event.MAIL_TRIED).exists()


class NoMail(BaseEmailBackend):
    """A mail server that is not there."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError


@pytest.mark.parametrize(("hours", "is_well"), [(1, True), (25, True), (27, False)])
def test_self_test_looks_at_how_old_the_backup_is(cast: Cast, settings: Any, tmp_path: Path, hours: int, is_well: bool) -> None:
    assert well(cast)["Sikkerhetskopi"] is False
    settings.AKTSOM_BACKUP_MARK = str(tmp_path / "kopi")
    assert well(cast)["Sikkerhetskopi"] is False
    (tmp_path / "kopi").touch()
    moment = (now() - timedelta(hours=hours)).timestamp()
    os.utime(tmp_path / "kopi", (moment, moment))

    assert well(cast)["Sikkerhetskopi"] is is_well


def test_self_test_says_when_the_master_key_is_gone(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise RuntimeError

    monkeypatch.setattr("aktsom.insight.self_test.sealing.current_master_key", gone)

    assert well(cast)["Nøkler"] is False


def test_plan_step_waits_while_the_school_follows_no_procedure(cast: Cast) -> None:
    sign_in(cast, "head_teacher").post(f"/kom-i-gang/{cast.school.public_id}/plan/", {"template": "steinkjer", "start": "at_once"})
    with building():
        ChosenProcedure.objects.filter(school=cast.school).delete()

    assert done(cast)[0] is False


def test_start_page_leads_to_the_first_steps_until_a_plan_is_in_force(cast: Cast) -> None:
    client, teacher = sign_in(cast, "head_teacher"), sign_in(cast, "contact_teacher")
    before = client.get("/").content.decode()
    client.post(f"/kom-i-gang/{cast.school.public_id}/plan/", {"template": "steinkjer", "start": "at_once"})

    assert ("/kom-i-gang/" in before, "/kom-i-gang/" in client.get("/").content.decode()) == (True, False)
    assert "/kom-i-gang/" not in teacher.get("/").content.decode()


def test_accounts_are_not_given_while_nobody_else_is_there(cast: Cast) -> None:
    with building():
        Position.objects.filter(school=cast.school).exclude(person=cast.person("head_teacher")).update(
            valid_from=today() - timedelta(days=9), valid_until=today() - timedelta(days=1)
        )

    step = next(step for step in steps_of(cast.actor("head_teacher"), cast.school) if step.name == "Gi kolleger en konto")

    assert (step.is_done, step.said) == (False, "Ingen kolleger er ført opp ennå.")
