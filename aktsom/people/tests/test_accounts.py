"""New colleagues get in by a link to their own e-mail, and nobody takes over an account that is in use."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from aktsom.core.access.door import NotAllowed, OutOfReach
from aktsom.core.accounts.models import User
from aktsom.core.audit.models import AuditEvent
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import today
from aktsom.people import services
from aktsom.people.models import Person, Position
from aktsom.people.rules import PersonKind
from tests.cast import BUILDER, Cast
from tests.signed_in import sign_in

PASSWORD = "blåbær-lykt-fjære-9"


def newcomer(cast: Cast, *, email: str = "Ny@example.invalid", school: Any = None) -> Person:
    with unit_of_work(BUILDER, "test"):
        person = Person.objects.create(owner=cast.owner, kind=PersonKind.STAFF, given_name="Nora", family_name="Norastad", email=email)
        Position.objects.create(person=person, role="staff", school=school or cast.school, valid_from=today())
    return person


def link_in(text: str) -> str:
    found = re.search(r"(/konto/password/reset/key/\S+)", text)
    assert found is not None
    return found[1]


def test_newcomer_chooses_a_password_and_gets_in(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    person = newcomer(cast)
    address = f"/skolen/{cast.school.public_id}/kontoer/"
    head = sign_in(cast, "head_teacher")
    offered = re.findall(r'name="people" value="(\w+)"', head.get(address).content.decode())

    with django_capture_on_commit_callbacks(execute=True):
        head.post(address, {"people": [person.public_id]})
    (sent,) = mail.outbox
    client = Client()
    form = client.get(link_in(str(sent.body)), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    answer = client.post("/konto/login/", {"login": "ny@example.invalid", "password": PASSWORD})

    assert (offered, sent.to) == ([person.public_id], ["Ny@example.invalid"])
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert AuditEvent.objects.get(event="account.opened").person_ref == cast.person("head_teacher").pk
    assert "Nora" not in str(sent.body) + sent.subject
    assert re.findall(r'name="people"', head.get(address).content.decode()) == []


def test_new_link_can_be_sent_until_the_account_is_in_use(cast: Cast) -> None:
    person = newcomer(cast)
    by = cast.actor("head_teacher")
    services.open_account(by=by, school=cast.school, person=person)
    services.open_account(by=by, school=cast.school, person=person)
    assert User.objects.filter(email="Ny@example.invalid").count() == 1
    person.user.set_password(PASSWORD)
    person.user.save()

    with pytest.raises(NotAllowed):
        services.open_account(by=by, school=cast.school, person=person)


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        ("contact_teacher", NotAllowed),
        ("technical_admin", NotAllowed),
        ("head_teacher_elsewhere", OutOfReach),
        ("other_owner_handler", OutOfReach),
    ],
)
def test_account_is_opened_by_those_who_may_only(cast: Cast, by: str, refusal: type[Exception]) -> None:
    person = newcomer(cast)

    with pytest.raises(refusal):
        services.open_account(by=cast.actor(by), school=cast.school, person=person)
    assert services.open_account(by=cast.actor("owner_handler"), school=cast.school, person=person).user is not None


def test_account_is_for_those_who_work_here_and_have_an_address(cast: Cast) -> None:
    by = cast.actor("head_teacher")
    for person in (newcomer(cast, school=cast.other_school), newcomer(cast, email=""), cast.person("pupil")):
        with pytest.raises(NotAllowed):
            services.open_account(by=by, school=cast.school, person=person)


def test_two_people_with_one_address_get_two_names(cast: Cast) -> None:
    by = cast.actor("head_teacher")

    names = [services.open_account(by=by, school=cast.school, person=newcomer(cast)).user.username for _number in range(2)]

    assert names == ["ny@example.invalid", "ny@example.invalid-2"]


def test_command_gives_the_first_head_teacher_role_and_link(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    person = newcomer(cast)

    call_command("open_account", "ny@example.invalid", "--school", cast.school.org_number, "--role", "head_teacher")
    call_command("open_account", "ny@example.invalid", "--school", cast.school.org_number, "--role", "head_teacher")

    said = capsys.readouterr().out
    assert "Brukernavn: ny@example.invalid" in said
    assert Client().get(link_in(said), follow=True).status_code == 200
    assert Position.objects.filter(person=person, role="head_teacher", school=cast.school).count() == 1
    assert AuditEvent.objects.filter(event="position.given").count() == 2


def test_command_explains_what_it_did_not_find(cast: Cast) -> None:
    with pytest.raises(CommandError, match="Det finnes ingen skole med organisasjonsnummer 000000000"):
        call_command("open_account", "ny@example.invalid", "--school", "000000000")
    with pytest.raises(CommandError, match="0 personer hos eieren har den adressen"):
        call_command("open_account", "ingen@example.invalid", "--school", cast.school.org_number)


def test_first_head_teacher_gets_all_the_way_in_with_two_factors(
    cast: Cast, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    newcomer(cast)
    call_command("open_account", "ny@example.invalid", "--school", cast.school.org_number, "--role", "head_teacher")
    client = Client()
    form = client.get(link_in(capsys.readouterr().out), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    client.post("/konto/login/", {"login": "ny@example.invalid", "password": PASSWORD})
    kept_out = client.get("/saker/")

    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    page = client.get("/konto/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert secret is not None
    code = format_hotp_value(hotp_value(secret[1], int(time.time()) // 30))
    monkeypatch.setattr("django.db.transaction.on_commit", lambda deed, *args, **kwargs: deed())  # a test never commits
    client.post("/konto/2fa/totp/activate/", {"code": code})

    assert (kept_out.status_code, kept_out["Location"]) == (302, "/konto/to-faktorer/?next=%2Fsaker%2F")
    assert client.get("/saker/").status_code == 200
