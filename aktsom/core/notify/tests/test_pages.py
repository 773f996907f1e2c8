"""The pages of notices: own choices, the school's log, and its Teams channel."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from aktsom.core.audit.models import AuditEvent
from aktsom.core.audit.scope import Scope
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.notify import jobs
from aktsom.core.notify.models import NoticeChoice, Sending, TeamsRoute
from aktsom.core.notify.services import notify
from aktsom.core.notify.tests.test_notices import JOB, tell
from tests.cast import Cast
from tests.signed_in import sign_in

ADDRESS = "https://prod-1.westeurope.logic.azure.com/workflows/abc/triggers/manual/paths/invoke?sig=hemmelig-tegn"


def test_own_choice_is_kept_and_shown(cast: Cast, settings: Any) -> None:
    settings.AKTSOM_SMS_GATEWAY, settings.AKTSOM_SMS_URL = "sveve", "https://api.sveve.no/SMS/SendMessage"
    head = cast.person("head_teacher")
    with unit_of_work(JOB, "test"):
        head.phone = "90000001"
        head.save()
    client = sign_in(cast, "head_teacher")

    before = client.get("/varsler/innstillinger/").content.decode()
    answer = client.post("/varsler/innstillinger/", {"at_once_by": "both", "digest_by": "sms", "wanted": ["task"]}, follow=True)

    choice = NoticeChoice.objects.get(person_ref=head.pk)
    assert "SMS går til +4790000001." in before
    assert "Slik kommer varslene til deg fra nå av." in answer.content.decode()
    assert (choice.at_once_by, choice.digest_by, choice.muted) == ("both", "sms", "answer")
    assert AuditEvent.objects.filter(event="notice.chosen").count() == 1


@pytest.mark.parametrize("sent", [{"at_once_by": "sms", "digest_by": "mail"}, {"at_once_by": "", "digest_by": "mail"}, {}])
def test_choice_that_gives_no_way_is_refused(cast: Cast, sent: dict[str, str]) -> None:
    answer = sign_in(cast, "head_teacher").post("/varsler/innstillinger/", sent)

    assert (answer.status_code, NoticeChoice.objects.count()) == (422, 0)


def test_log_shows_that_it_was_sent_and_not_what_nor_to_which_family(cast: Cast) -> None:
    tell(cast, "head_teacher", "guardian", urgent=True, path="/saker/hemmelig/")
    with unit_of_work(JOB, "test"):
        withheld = Scope(school_id=cast.school.pk, owner_id=cast.owner.pk, withheld=True)
        people = [cast.person("owner_handler").pk]
        notify(by=JOB, person_ids=people, code="owner.notice", occasion="y", path="/x/", scope=withheld, urgent=True)
    for public_id in Sending.objects.values_list("public_id", flat=True):
        jobs.send_notice.call(public_id)

    page = sign_in(cast, "head_teacher").get("/varsler/logg/").content.decode()

    head, guardian, owner = (cast.person(name) for name in ("head_teacher", "guardian", "owner_handler"))
    assert [str(person) in page for person in (head, guardian, owner)] == [True, False, False]
    assert page.count("E-post ·") == 2
    assert "En elev eller foresatt" in page
    assert "/saker/hemmelig/" not in page
    assert "melding venter" not in page


def test_log_costs_the_same_for_one_and_for_forty(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = sign_in(cast, "head_teacher")
    tell(cast, "head_teacher", urgent=True)
    client.get("/varsler/logg/")
    for number in range(40):
        tell(cast, "head_teacher", "case_handler", urgent=True, occasion=str(number))

    with django_assert_max_num_queries(25):
        assert client.get("/varsler/logg/?side=2").status_code == 200


def test_log_of_a_school_without_sendings_says_so(cast: Cast) -> None:
    assert "Ingenting er sendt ennå" in sign_in(cast, "head_teacher").get("/varsler/logg/").content.decode()


@pytest.mark.parametrize("name", ["pupil", "guardian", "contact_teacher", "case_handler", "owner_handler", "technical_admin"])
def test_log_and_channel_are_for_those_who_lead_the_school(cast: Cast, name: str) -> None:
    tell(cast, "head_teacher", urgent=True)
    client = sign_in(cast, name)

    assert [client.get(page).status_code in {403, 404} for page in ("/varsler/logg/", "/varsler/teams/")] == [True, True]


def test_head_of_another_school_sees_none_of_this_ones_log(cast: Cast) -> None:
    tell(cast, "head_teacher", urgent=True)

    page = sign_in(cast, "head_teacher_elsewhere").get("/varsler/logg/").content.decode()

    assert "Ingenting er sendt ennå" in page


def test_channel_is_connected_and_its_address_never_shown_again(cast: Cast) -> None:
    client = sign_in(cast, "head_teacher")

    shown = client.post("/varsler/teams/", {"school": cast.school.pk, "url": ADDRESS}, follow=True).content.decode()
    removed = client.post("/varsler/teams/koble-fra/", {"school": cast.school.pk}, follow=True).content.decode()

    assert "Teams-kanalen er koblet til." in shown
    assert ("prod-1.westeurope.logic.azure.com" in shown, "hemmelig-tegn" in shown) == (True, False)
    assert "Ingen kanal er koblet til." in removed
    assert (TeamsRoute.objects.count(), AuditEvent.objects.filter(event="notice.route_set").count()) == (0, 2)


@pytest.mark.parametrize("url", ["http://prod-1.westeurope.logic.azure.com/x", "https://example.invalid/x", "hei", "https://127.0.0.1/"])
def test_channel_with_another_address_is_refused_with_what_to_do(cast: Cast, url: str) -> None:
    answer = sign_in(cast, "head_teacher").post("/varsler/teams/", {"school": cast.school.pk, "url": url})

    assert (answer.status_code, TeamsRoute.objects.count()) == (422, 0)
    assert "Kopier hele adressen derfra." in answer.content.decode()


def test_channel_of_another_school_is_out_of_reach(cast: Cast) -> None:
    client = sign_in(cast, "head_teacher")

    refused = client.post("/varsler/teams/", {"school": cast.other_school.pk, "url": ADDRESS})
    gone = client.post("/varsler/teams/koble-fra/", {"school": cast.other_school.pk})

    assert (refused.status_code, gone.status_code, TeamsRoute.objects.count()) == (422, 404, 0)


@pytest.mark.parametrize("page", ["/varsler/innstillinger/", "/varsler/logg/", "/varsler/teams/"])
def test_pages_ask_for_sign_in(db: None, page: str) -> None:
    assert Client().get(page).status_code == 302
