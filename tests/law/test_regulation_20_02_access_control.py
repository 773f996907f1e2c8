"""Opplæringsforskrifta § 20-2: nobody reads about pupils before she knows enough about privacy and security (fact 30)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from aktsom.cases.tests.factories import make_case
from aktsom.core.access.actions import Action
from aktsom.core.access.roles import NEEDS_TRAINING
from aktsom.people.tests.test_training import demand, train
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
TOLD = "/skolen/opplaring/"


def test_nobody_reads_a_case_until_the_training_is_written_in(cast: Cast) -> None:
    case = make_case(cast)
    page = reverse("cases:case-detail", args=[case.public_id])
    handler = sign_in(cast, "case_handler")
    before = handler.get(page)

    demand(cast)
    while_it_lacks = [handler.get(address).get("Location", "") for address in ("/", "/saker/", "/meldinger/", page)]
    train(cast, "case_handler", by="head_teacher")

    assert (before.status_code, while_it_lacks, handler.get(page).status_code) == (200, [TOLD] * 4, 200)


def test_whoever_lacks_it_is_told_what_to_do_and_by_whom(cast: Cast) -> None:
    demand(cast)

    shown = sign_in(cast, "case_handler").get(TOLD).content.decode()

    assert "§ 20-2" in shown
    assert [str(cast.person(name)) in shown for name in ("head_teacher", "owner_handler", "head_teacher_elsewhere")] == [True, True, False]


def test_duty_to_report_never_waits_for_a_course(cast: Cast) -> None:
    demand(cast)
    teacher = sign_in(cast, "teacher_without_relation")

    assert [teacher.get(page).status_code for page in ("/meld/", "/meld/muntlig/", "/mine-meldinger/")] == [200, 200, 200]
    assert NEEDS_TRAINING & {Action.REPORT_SEND, Action.REPORT_LOG_ORAL, Action.REPORT_FOLLOW_OWN, Action.REPORT_SEND_ANONYMOUSLY} == set()


def test_family_is_asked_for_no_training(cast: Cast) -> None:
    case = make_case(cast)
    demand(cast)

    assert NEEDS_TRAINING & {Action.CASE_SEE_OWN, Action.CASE_SAY_OWN, Action.EXCHANGE_SEE, Action.EXCHANGE_WRITE} == set()
    assert sign_in(cast, "pupil").get("/").status_code == 200
    assert sign_in(cast, "head_teacher").get(reverse("cases:case-detail", args=[case.public_id])).status_code == 200


def test_without_an_owners_demand_nobody_is_stopped(cast: Cast) -> None:
    assert sign_in(cast, "case_handler").get("/saker/").status_code == 200
    assert sign_in(cast, "case_handler").get(TOLD).status_code == 200
