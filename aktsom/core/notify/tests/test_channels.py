"""Notices by Teams and SMS, against a real HTTPS server: told once, without content, and tried again when it may help."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail

from aktsom.core.access.door import Refused
from aktsom.core.audit.scope import Scope
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.notify import gateways, jobs, outgoing, services
from aktsom.core.notify.models import Notice, NoticeChoice, Sending, TeamsRoute
from aktsom.core.notify.rules import MOST_TRIES, PersonalChannel, SendState, Trouble, fits_one_sms
from aktsom.core.notify.secrets import opened_address, reseal_addresses
from aktsom.core.notify.services import notify
from aktsom.core.notify.tests.receiver import Receiver
from aktsom.core.notify.tests.test_notices import JOB, tell
from aktsom.core.notify.wording import digest_message, message_of, teams_message
from aktsom.core.timing.clock import now
from tests.cast import Cast
from tests.operations.mail_sink import MailSink

MESSAGE = message_of("report.new", "/meldinger/abc/", urgent=True)
SVEVE_OK = (200, '{"response": {"msgOkCount": 1, "stdSMSCount": 1, "ids": [42]}}')
LINK_OK = (200, '{"messageId": "Dcshuhod0PMAAAFQ+/PbnR3x", "resultCode": 1005, "description": "Queued"}')


@pytest.fixture
def receiver(tmp_path: Path, settings: Any) -> Iterator[Receiver]:
    with Receiver(tmp_path) as server:
        settings.AKTSOM_TEAMS_HOSTS = ["localhost"]
        settings.AKTSOM_OUTGOING_CA_FILE = str(server.certificate)
        settings.AKTSOM_OUTGOING_PRIVATE = True
        settings.AKTSOM_SMS_URL = f"{server.url}/sms/send"
        settings.AKTSOM_SMS_USER, settings.AKTSOM_SMS_PASSWORD, settings.AKTSOM_SMS_FROM = "bruker", "hemmelig-ord", "Aktsom"
        yield server


def connect(cast: Cast, receiver: Receiver) -> TeamsRoute:
    url = f"{receiver.url}/workflows/abc/run?sig=hemmelig-tegn"
    return services.connect_teams(by=cast.actor("head_teacher"), school_id=cast.school.pk, url=url)


def teams_post(receiver: Receiver) -> None:
    gateways.send_teams(teams_message(), f"{receiver.url}/x?sig=1")


def trouble_of(receiver: Receiver) -> Trouble | None:
    try:
        teams_post(receiver)
    except outgoing.Undelivered as fault:
        return fault.trouble
    return None


def with_phone(cast: Cast, name: str, by: PersonalChannel) -> None:
    person = cast.person(name)
    with unit_of_work(JOB, "test"):
        person.phone = "900 00 001"
        person.save()
        NoticeChoice.objects.create(person_ref=person.pk, at_once_by=by)


def test_teams_is_told_once_for_each_occasion_and_never_who_or_what(cast: Cast, receiver: Receiver) -> None:
    route = connect(cast, receiver)
    tell(cast, "head_teacher", "case_handler", urgent=True)
    tell(cast, "counsellor" if "counsellor" in cast.people else "contact_teacher", urgent=True)
    tell(cast, "head_teacher", occasion="rolig", code="measure.soon")
    sending = Sending.objects.get(channel="teams")

    jobs.send_notice.call(sending.public_id)
    jobs.send_notice.call(sending.public_id)

    (card,) = receiver.got
    content = card["attachments"][0]["content"]
    assert (card["type"], content["type"], content["version"]) == ("message", "AdaptiveCard", "1.4")
    assert [block["text"] for block in content["body"]] == [teams_message().title, teams_message().body]
    assert [action["type"] for action in content["actions"]] == ["Action.OpenUrl"]
    names = {word for person in cast.people.values() for word in (person.given_name, person.family_name)} | {cast.school.name}
    assert [name for name in names if name in str(card)] == []
    assert receiver.paths == ["/workflows/abc/run?sig=hemmelig-tegn"]
    sending.refresh_from_db()
    assert (sending.state, sending.tries, sending.person_ref) == (SendState.SENT, 1, None)
    assert "hemmelig-tegn" not in route.sealed_url
    assert opened_address(route).endswith("sig=hemmelig-tegn")


@pytest.mark.parametrize("withheld", [False, True])
def test_neg_01_teams_is_never_told_of_what_the_school_must_not_know(cast: Cast, receiver: Receiver, withheld: bool) -> None:
    connect(cast, receiver)
    with unit_of_work(JOB, "test"):
        scope = Scope(school_id=cast.school.pk, owner_id=cast.owner.pk, withheld=withheld)
        people = [cast.person("owner_handler").pk]
        notify(by=JOB, person_ids=people, code="report.urgent", occasion="x", path="/x/", scope=scope, urgent=True)

    assert Sending.objects.filter(channel="teams").count() == (0 if withheld else 1)


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ((202, ""), None),
        ((200, "1"), None),
        ((302, ""), Trouble.STRANGE),
        ((400, "nei"), Trouble.REFUSED),
        ((404, ""), Trouble.REFUSED),
        ((429, ""), Trouble.BUSY),
        ((500, "<html>"), Trouble.BUSY),
    ],
)
def test_answer_of_the_other_side_is_understood(receiver: Receiver, answer: tuple[int, str], trouble: Trouble | None) -> None:
    receiver.answers = [answer]

    assert trouble_of(receiver) == trouble
    assert len(receiver.got) == 1  # a redirect is never followed


def test_certificate_nobody_vouches_for_gets_nothing(receiver: Receiver, settings: Any) -> None:
    settings.AKTSOM_OUTGOING_CA_FILE = ""

    assert (trouble_of(receiver), receiver.got) == (Trouble.INSECURE, [])


def test_certificate_of_another_name_gets_nothing(receiver: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.AKTSOM_TEAMS_HOSTS = ["teams.example.invalid"]
    port = receiver.server_address[1]
    place = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: place)

    with pytest.raises(outgoing.Undelivered) as fault:
        gateways.send_teams(teams_message(), f"https://teams.example.invalid:{port}/x")

    assert (fault.value.trouble, receiver.got) == (Trouble.INSECURE, [])


def test_answer_that_drips_is_cut_off_in_time(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "ANSWER_WITHIN", 0.5)
    receiver.drip = 0.05
    began = time.monotonic()

    assert trouble_of(receiver) is None  # it said 202 before it began to drip: sent, and not to be sent again
    assert time.monotonic() - began < 5


def test_server_that_says_nothing_is_slow(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "ANSWER_WITHIN", 0.3)
    receiver.silence = 1.0

    assert trouble_of(receiver) == Trouble.SLOW


def test_server_that_is_down_is_away(receiver: Receiver) -> None:
    receiver.shutdown()
    receiver.server_close()

    assert trouble_of(receiver) == Trouble.AWAY


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/x",
        "https://localhost.example.invalid/x",
        "https://example.invalid/localhost",
        "https://bruker@localhost/x",
        "https://localhost:x/",
        "https://",
        "ftp://localhost/",
        "https://local host/",
        "https://localhost/\r\nHost: x",
    ],
)
def test_only_https_to_a_host_the_operator_allows(receiver: Receiver, url: str) -> None:
    with pytest.raises(outgoing.Undelivered) as fault:
        gateways.send_teams(teams_message(), url)

    assert (fault.value.trouble, receiver.got) == (Trouble.NOT_ALLOWED, [])


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "100.64.0.1"])
def test_name_that_leads_into_a_private_net_is_refused(
    receiver: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    settings.AKTSOM_OUTGOING_PRIVATE = False
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *args, **kwargs: [(2, 1, 6, "", ("93.184.215.14", 443)), (2, 1, 6, "", (address, 443))]
    )

    assert (trouble_of(receiver), receiver.got) == (Trouble.NOT_ALLOWED, [])


def test_sveve_gets_its_form_and_its_answers_are_understood(receiver: Receiver, settings: Any) -> None:
    settings.AKTSOM_SMS_GATEWAY = "sveve"
    receiver.answers = [
        SVEVE_OK,
        (200, '{"response": {"msgOkCount": 0, "fatalError": "Feil brukernavn/passord"}}'),
        (200, '{"response": {"msgOkCount": 0, "errors": [{"number": "1", "message": "Telefonnummeret er ikke gyldig"}]}}'),
        (200, "<html>"),
        (200, '{"response": 1}'),
        (200, "[]"),
    ]
    troubles = []
    for _number in range(6):
        try:
            gateways.send_sms(MESSAGE, "+4790000001", reference="abc")
            troubles.append(None)
        except outgoing.Undelivered as fault:
            troubles.append(fault.trouble)

    strange = [Trouble.STRANGE] * 3
    assert troubles == [None, Trouble.BUSY, Trouble.REFUSED, *strange]
    assert receiver.got[0] == {
        "user": "bruker",
        "passwd": "hemmelig-ord",
        "to": "90000001",
        "msg": MESSAGE.short,
        "from": "Aktsom",
        "ref": "abc",
        "f": "json",
    }


def test_link_gets_its_form_and_its_answers_are_understood(receiver: Receiver, settings: Any) -> None:
    settings.AKTSOM_SMS_GATEWAY, settings.AKTSOM_SMS_PLATFORM, settings.AKTSOM_SMS_PARTNER = "link", "P1", "P2"
    receiver.answers = [LINK_OK, (200, '{"resultCode": 1007, "description": "Invalid"}'), (200, "{}"), (401, "")]
    troubles = []
    for _number in range(4):
        try:
            gateways.send_sms(MESSAGE, "+4790000001", reference="abc")
            troubles.append(None)
        except outgoing.Undelivered as fault:
            troubles.append(fault.trouble)

    assert troubles == [None, Trouble.REFUSED, Trouble.STRANGE, Trouble.REFUSED]
    assert (receiver.got[0]["destination"], receiver.got[0]["userData"], receiver.got[0]["refId"]) == ("+4790000001", MESSAGE.short, "abc")
    assert (receiver.got[0]["platformId"], receiver.got[0]["platformPartnerId"]) == ("P1", "P2")
    assert receiver.headers[0]["Authorization"] == "Basic YnJ1a2VyOmhlbW1lbGlnLW9yZA=="


@pytest.mark.parametrize("message", [MESSAGE, digest_message(1), digest_message(12)])
def test_sms_fits_in_one_message_of_plain_letters_and_says_why(settings: Any, message: Any) -> None:
    assert fits_one_sms(message.short)
    assert "Du får dette fordi" in message.short


def test_sms_that_fails_for_good_goes_by_mail_instead(cast: Cast, receiver: Receiver, settings: Any) -> None:
    settings.AKTSOM_SMS_GATEWAY = "sveve"
    with_phone(cast, "head_teacher", PersonalChannel.SMS)
    receiver.answers = [(400, "")]
    (notice,) = tell(cast, "head_teacher", urgent=True)

    jobs.send_notice.call(Sending.objects.get(channel="sms").public_id)
    jobs.send_notice.call(Sending.objects.get(channel="mail").public_id)

    assert sorted(Sending.objects.values_list("channel", "state")) == [("mail", "sent"), ("sms", "failed")]
    notice.refresh_from_db()
    assert (len(mail.outbox), notice.mail_state) == (1, SendState.SENT)


def test_both_ways_are_used_when_both_are_chosen(cast: Cast, receiver: Receiver, settings: Any) -> None:
    settings.AKTSOM_SMS_GATEWAY = "sveve"
    with_phone(cast, "head_teacher", PersonalChannel.BOTH)

    tell(cast, "head_teacher", urgent=True)

    assert sorted(Sending.objects.values_list("channel", flat=True)) == ["mail", "sms"]


def test_server_that_comes_back_gets_it_once(cast: Cast, receiver: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    connect(cast, receiver)
    receiver.answers = [(503, ""), (503, ""), (202, "")]
    with time_machine.travel(now(), tick=False) as clock, caplog.at_level(logging.DEBUG):
        tell(cast, "head_teacher", urgent=True)
        for _number in range(8):
            clock.shift(timedelta(minutes=61))
            jobs.take_up_what_was_left()

    sending = Sending.objects.get(channel="teams")
    assert (sending.state, sending.tries, sending.trouble, len(receiver.got)) == (SendState.SENT, 3, "", 3)
    assert "hemmelig-tegn" not in caplog.text
    assert "localhost" not in caplog.text


def test_server_that_never_comes_back_is_given_up_and_shown_as_not_sent(cast: Cast, receiver: Receiver) -> None:
    connect(cast, receiver)
    receiver.answers = [(503, "")]
    with time_machine.travel(now(), tick=False) as clock:
        tell(cast, "head_teacher", urgent=True)
        for _number in range(9):
            clock.shift(timedelta(hours=13))
            jobs.take_up_what_was_left()

    sending = Sending.objects.get(channel="teams")
    assert (sending.state, sending.tries, sending.trouble, len(receiver.got)) == (SendState.FAILED, MOST_TRIES, "busy", MOST_TRIES)


def test_real_mail_server_gets_mail_once_with_a_lasting_id(cast: Cast, settings: Any) -> None:
    (notice,) = tell(cast, "head_teacher", urgent=True)
    sending = Sending.objects.get(notice=notice)
    with MailSink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.server_address[1]
        jobs.send_notice.call(sending.public_id)
        jobs.send_notice.call(sending.public_id)
        accepted = list(sink.accepted)

    assert accepted == [f"<{sending.public_id}@aktsom.invalid>"]
    sending.refresh_from_db()
    assert sending.state == SendState.SENT


def test_mail_server_that_is_down_loses_nothing(cast: Cast, settings: Any) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed.getsockname()[1]
    (notice,) = tell(cast, "head_teacher", urgent=True)

    jobs.send_notice.call(Sending.objects.get(notice=notice).public_id)

    assert list(Sending.objects.values_list("state", "trouble", "tries")) == [("waiting", "away", 1)]
    assert Notice.objects.filter(person_ref=notice.person_ref).count() == 1


def test_school_admin_of_another_school_cannot_connect_this_one(cast: Cast, receiver: Receiver) -> None:
    for name in ("contact_teacher", "other_owner_handler", "technical_admin"):
        with pytest.raises((Refused, PermissionError, Exception)) as fault:
            services.connect_teams(by=cast.actor(name), school_id=cast.school.pk, url=f"{receiver.url}/x")
        assert type(fault.value).__name__ in {"Refused", "NotAllowed"}

    assert TeamsRoute.objects.count() == 0


def test_address_is_sealed_anew_when_the_master_key_changes(cast: Cast, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    route = connect(cast, receiver)
    before = opened_address(route)
    from aktsom.core.vault import sealing

    old = sealing.current_master_key()
    keys = {"ny": b"n" * 32, old[0]: old[1]}
    monkeypatch.setattr(sealing, "master_keys", lambda: keys)
    with unit_of_work(JOB, "test"):
        changed = [reseal_addresses(), reseal_addresses()]
    del keys[old[0]]

    route.refresh_from_db()
    assert (changed, opened_address(route)) == ([1, 0], before)
