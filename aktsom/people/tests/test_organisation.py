"""Who stands in for the head teacher and who receives for her, on the school's page; the responsibility never moves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aktsom.core.access.roles import Role
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import today
from aktsom.people import nearest
from aktsom.people.models import Delegation, Deputyship, Position
from aktsom.people.selectors import delegated_receivers, deputies
from tests.cast import BUILDER, Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def test_org_05_task_is_given_and_the_responsibility_stands_beside_it(cast: Cast) -> None:
    head, address = sign_in(cast, "head_teacher"), f"/skolen/{cast.school.public_id}/"
    sent = {"receiver-person": cast.person("case_handler").public_id, "receiver-valid_from": today()}
    head.post(f"{address}mottaker/", sent)

    page = head.get(address).content.decode()
    given = Delegation.objects.get()
    head.post(f"/skolen/mottaker/{given.public_id}/avslutt/")

    assert (given.receiver, given.given_by) == (cast.person("case_handler"), cast.person("head_teacher"))
    assert "Oppgaven er gitt av Randi Randistad, som fortsatt har ansvaret." in page
    assert delegated_receivers(cast.school.pk, today()) == []
    assert sign_in(cast, "case_handler").post(f"{address}mottaker/", sent).status_code == 403


def test_org_06_deputy_is_named_for_days_and_only_for_them(cast: Cast) -> None:
    head, address = sign_in(cast, "head_teacher"), f"/skolen/{cast.school.public_id}/"
    sent = {
        "deputy-person": cast.person("teacher_without_relation").public_id,
        "deputy-valid_from": today(),
        "deputy-valid_until": today() + timedelta(days=4),
    }
    head.post(f"{address}stedfortreder/", sent)

    standing = [[str(person) for person in deputies(cast.school.pk, today() + timedelta(days=ahead))] for ahead in (0, 4, 5)]

    assert standing == [["Ulrik Ulrikstad"], ["Ulrik Ulrikstad"], []]
    assert "Ulrik Ulrikstad" in head.get(address).content.decode()
    assert Deputyship.objects.count() == 2
    assert sign_in(cast, "head_teacher_elsewhere").post(f"{address}stedfortreder/", sent).status_code == 404


def test_org_01_schools_own_title_is_what_is_shown_whatever_the_role_is_called(cast: Cast) -> None:
    with unit_of_work(BUILDER, "test"):
        for name, title in (("former_deputy", "elevveileder"), ("teacher_without_relation", "")):
            Position.objects.create(
                person=cast.person(name), school=cast.school, role=Role.ENVIRONMENT_WORKER, title=title, valid_from=today()
            )

    shown = {str(adult.person): adult.what for adult in nearest.near_adults(cast.person("pupil").pk, today())}

    assert (shown["Vidar Vidarstad"], shown["Ulrik Ulrikstad"]) == ("elevveileder", "Miljøarbeider")
