"""A colleague's second factor is reset at one's own school, never one's own, never elsewhere, and she is told."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from aktsom.core.access.door import NotAllowed, OutOfReach
from aktsom.core.accounts.models import FactorReset, ResetReason
from aktsom.core.audit.models import AuditEvent
from aktsom.core.notify.models import Notice
from aktsom.people import services
from tests.cast import Cast
from tests.signed_in import sign_in

WHY = ResetReason.LOST


def equip(cast: Cast, *names: str) -> None:
    for name in names:
        user = cast.person(name).user
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
        Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0})


def left(cast: Cast, name: str) -> int:
    return Authenticator.objects.filter(user=cast.person(name).user).count()


def reset(cast: Cast, by: str, of: str) -> Any:
    return services.reset_colleague_factor(by=cast.actor(by), school=cast.school, person=cast.person(of), reason=WHY)


@pytest.mark.parametrize("by", ["head_teacher", "owner_handler"])
def test_reset_takes_every_factor_away_with_reason_log_and_notice(cast: Cast, by: str) -> None:
    equip(cast, "contact_teacher", "case_handler")

    reset(cast, by, "contact_teacher")

    record = FactorReset.objects.get()
    event = AuditEvent.objects.get(event="second_factor.reset")
    notice = Notice.objects.get()
    assert (left(cast, "contact_teacher"), left(cast, "case_handler")) == (0, 2)
    assert (record.person_ref, record.by_ref, record.reason) == (cast.person("contact_teacher").pk, cast.person(by).pk, "lost")
    assert (event.person_ref, event.school_ref, event.object_type) == (cast.person(by).pk, cast.school.pk, "accounts.factorreset")
    assert (notice.person_ref, notice.code) == (cast.person("contact_teacher").pk, "account.factor_reset")


def test_reset_twice_tells_twice(cast: Cast) -> None:
    equip(cast, "contact_teacher")
    reset(cast, "head_teacher", "contact_teacher")
    equip(cast, "contact_teacher")

    reset(cast, "head_teacher", "contact_teacher")

    assert Notice.objects.filter(person_ref=cast.person("contact_teacher").pk).count() == 2


@pytest.mark.parametrize(
    ("by", "of", "refusal"),
    [
        ("head_teacher", "head_teacher", NotAllowed),  # one's own
        ("head_teacher", "head_teacher_elsewhere", NotAllowed),  # works at another school
        ("head_teacher", "pupil", NotAllowed),  # does not work there
        ("teacher_without_relation", "contact_teacher", NotAllowed),
        ("technical_admin", "contact_teacher", NotAllowed),
        ("former_deputy", "contact_teacher", NotAllowed),
        ("head_teacher_elsewhere", "contact_teacher", OutOfReach),
        ("other_owner_handler", "contact_teacher", OutOfReach),
    ],
)
def test_reset_refused_for_all_others(cast: Cast, by: str, of: str, refusal: type[Exception]) -> None:
    equip(cast, of)

    with pytest.raises(refusal):
        reset(cast, by, of)

    assert (left(cast, of), FactorReset.objects.count(), Notice.objects.count()) == (2, 0, 0)


def test_page_offers_colleagues_with_a_factor_and_asks_why(cast: Cast) -> None:
    equip(cast, "contact_teacher", "head_teacher", "head_teacher_elsewhere")
    client = sign_in(cast, "head_teacher")
    address = f"/skolen/{cast.school.public_id}/innlogging/"
    teacher = cast.person("contact_teacher")

    lead = client.get("/skolen/innlogging/")
    page = client.get(address).content.decode()
    silent = client.post(address, {"person": teacher.public_id})
    foreign = client.post(address, {"person": cast.person("head_teacher_elsewhere").public_id, "reason": "lost"})
    own = client.post(address, {"person": cast.person("head_teacher").public_id, "reason": "lost"})
    between = left(cast, "contact_teacher")
    done = client.post(address, {"person": teacher.public_id, "reason": "lost"}, follow=True).content.decode()

    assert lead["Location"] == address
    assert [str(person) in page for person in (teacher, cast.person("head_teacher_elsewhere"), cast.person("case_handler"))] == [
        True,
        False,
        False,
    ]
    assert "Velg hvorfor. Det skrives i loggen." in silent.content.decode()
    assert (silent.status_code, foreign.status_code, own.status_code, between) == (422, 422, 422, 2)
    assert left(cast, "contact_teacher") == 0
    assert "Telefonen eller nøkkelen er borte" in done


@pytest.mark.parametrize(
    ("name", "status"), [("contact_teacher", 403), ("head_teacher_elsewhere", 404), ("pupil", 403), ("owner_handler", 200)]
)
def test_page_is_for_those_who_may(cast: Cast, name: str, status: int) -> None:
    assert sign_in(cast, name).get(f"/skolen/{cast.school.public_id}/innlogging/").status_code == status
