"""Whom the school works with: written in, changed and taken out by those who may, and read by all who work there."""

from typing import Any

import pytest
from django.urls import reverse

from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.audit.models import AuditEvent
from aktsom.people import services
from aktsom.people.models import Partner
from aktsom.people.rules import PartnerObstacle
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
WRITTEN = {"name": "Politikontakten", "purpose": "Trygg fritid", "meets": "Hver måned", "contact": "", "phone": "02800", "email": ""}


def make_partner(cast: Cast, **written: Any) -> Partner:
    return services.add_partner(by=cast.actor("head_teacher"), school=cast.school, **WRITTEN | written)


def test_partner_needs_a_name_and_a_purpose(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        make_partner(cast, name=" ", purpose="")

    assert refused.value.reasons == [PartnerObstacle.NO_NAME, PartnerObstacle.NO_PURPOSE]


def test_partner_is_written_in_changed_and_taken_out_on_the_pages(cast: Cast) -> None:
    head = sign_in(cast, "head_teacher")
    listed = reverse("people:partner-list", args=[cast.school.public_id])

    refused = head.post(reverse("people:partner-add", args=[cast.school.public_id]), WRITTEN | {"purpose": ""})
    head.post(reverse("people:partner-add", args=[cast.school.public_id]), WRITTEN)
    partner = Partner.objects.get()
    head.post(reverse("people:partner-change", args=[partner.public_id]), WRITTEN | {"meets": "Første tirsdag i måneden"})
    shown = sign_in(cast, "teacher_without_relation").get(listed).content.decode()
    head.post(reverse("people:partner-end", args=[partner.public_id]))

    assert refused.status_code == 422
    assert [word in shown for word in ("Politikontakten", "Trygg fritid", "Første tirsdag i måneden", "02800", "Ta ut av listen")] == [
        True,
        True,
        True,
        True,
        False,
    ]
    assert "Politikontakten" not in sign_in(cast, "teacher_without_relation").get(listed).content.decode()
    assert list(AuditEvent.objects.filter(event__startswith="partner.").order_by("number").values_list("event", flat=True)) == [
        "partner.kept",
        "partner.kept",
        "partner.ended",
    ]


@pytest.mark.parametrize("name", ["contact_teacher", "pupil", "guardian", "head_teacher_elsewhere", "former_deputy", "technical_admin"])
def test_list_is_kept_by_those_who_may_and_nobody_else(cast: Cast, name: str) -> None:
    partner = make_partner(cast)

    with pytest.raises((NotAllowed, OutOfReach)):
        services.change_partner(by=cast.actor(name), partner=partner, **WRITTEN | {"name": "Andre"})

    partner.refresh_from_db()
    assert partner.name == "Politikontakten"


@pytest.mark.parametrize(("name", "status"), [("pupil", 403), ("guardian", 403), ("head_teacher_elsewhere", 404), ("nobody", 302)])
def test_list_is_not_for_families_or_other_schools(cast: Cast, name: str, status: int) -> None:
    from django.test import Client

    client = Client() if name == "nobody" else sign_in(cast, name)

    assert client.get(reverse("people:partner-list", args=[cast.school.public_id])).status_code == status
