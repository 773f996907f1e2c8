"""A new school's first steps: read from what is there, done by those who may, and a self-test that says what to do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aktsom.cases.tests.factories import building
from aktsom.core.notify.models import JobRun
from aktsom.core.timing.clock import now, today
from aktsom.insight.first_run import checks_of, steps_of
from aktsom.people.models import Position
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


def test_page_is_there_within_its_reads_and_led_to(cast: Cast) -> None:
    client = sign_in(cast, "head_teacher")
    client.get("/")
    with CaptureQueriesContext(connection) as reads:
        answer = client.get(f"/kom-i-gang/{cast.school.public_id}/")

    assert (answer.status_code, len(reads) <= MOST_QUERIES) == (200, True)
    assert client.get("/kom-i-gang/")["Location"] == f"/kom-i-gang/{cast.school.public_id}/"
    assert f"/kom-i-gang/{cast.school.public_id}/" in client.get(f"/skolen/{cast.school.public_id}/").content.decode()


def test_self_test_says_that_nobody_at_the_school_can_receive(cast: Cast) -> None:
    assert well(cast)["En melding når fram"] is True
    with building():
        Position.objects.filter(school=cast.school, role="head_teacher").update(valid_until=today() - timedelta(days=1))

    found = {check.name: check for check in checks_of(cast.school)}["En melding når fram"]

    assert (found.is_well, "går til skoleeieren" in found.said) == (False, True)


@pytest.mark.parametrize(("minutes", "alive"), [(1, True), (9, True), (11, False)])
def test_self_test_says_whether_the_worker_has_been_there(cast: Cast, minutes: int, alive: bool) -> None:
    assert well(cast)["Arbeid i bakgrunnen"] is False
    with building():
        JobRun.objects.create(name="x", slot=1, started_at=now() - timedelta(minutes=minutes))

    assert well(cast)["Arbeid i bakgrunnen"] is alive


def test_self_test_says_that_no_mail_goes_out_and_that_the_clock_is_norwegian(cast: Cast, settings: object) -> None:
    assert (well(cast)["E-post"], well(cast)["Tid"]) == (False, True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST = "mail.example.invalid"  # type: ignore[attr-defined]

    assert well(cast)["E-post"] is True


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
