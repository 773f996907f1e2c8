"""The owner's own way for what the schools send: who receives which kind, set by the owner and by nobody else."""

from __future__ import annotations

import pytest

from aktsom.core.access.door import OutOfReach, Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.notify.models import Notice, Sending
from aktsom.core.timing.clock import today
from aktsom.people import services
from aktsom.people.models import Person
from aktsom.people.rules import OwnerPurpose
from aktsom.people.selectors import owner_recipients
from aktsom.schools.models import School
from tests.cast import BUILDER, Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def receiving(cast: Cast, purpose: OwnerPurpose) -> list[str]:
    return [str(person) for person in owner_recipients(cast.owner.pk, purpose, today())]


def test_esc_08_owner_sets_who_receives_one_kind_and_the_others_stand(cast: Cast) -> None:
    client, address = sign_in(cast, "owner_handler"), f"/skolen/eier/{cast.owner.public_id}/mottakere/"
    assert client.get("/skolen/eier/mottakere/").headers["Location"] == address

    client.post(address, {"kind": "leadership"})
    after = {purpose: receiving(cast, purpose) for purpose in OwnerPurpose}
    client.post(address, {"kind": "leadership", "leadership-people": [cast.person("owner_handler").public_id]})

    assert after == {purpose: [] if purpose == OwnerPurpose.LEADERSHIP else ["Eirin Eirinvik"] for purpose in OwnerPurpose}
    assert receiving(cast, OwnerPurpose.LEADERSHIP) == ["Eirin Eirinvik"]
    assert AuditEvent.objects.filter(event=Event.OWNER_RECIPIENTS_SET).count() == 2


def test_somebody_else_can_neither_see_nor_set_it(cast: Cast) -> None:
    address = f"/skolen/eier/{cast.owner.public_id}/mottakere/"

    answers = {name: sign_in(cast, name).get(address).status_code for name in ("head_teacher", "other_owner_handler", "pupil")}

    assert answers == {"head_teacher": 403, "other_owner_handler": 404, "pupil": 403}
    with pytest.raises(OutOfReach):
        services.set_recipients(by=cast.actor("other_owner_handler"), owner=cast.owner, purpose=OwnerPurpose.STAFF, people=[])
    with pytest.raises(Refused):
        services.set_recipients(
            by=cast.actor("owner_handler"), owner=cast.owner, purpose=OwnerPurpose.STAFF, people=[cast.person("head_teacher")]
        )


def other_school(cast: Cast) -> School:
    with unit_of_work(BUILDER, "test"):
        return School.objects.create(slug="sundvik", name="Sundvik skole", org_number="900000013", owner=cast.owner, level="primary")


def test_esc_08_one_school_has_its_own_recipients_and_the_others_keep_the_same(cast: Cast) -> None:
    client, school = sign_in(cast, "owner_handler"), other_school(cast)
    address, me = f"/skolen/eier/{cast.owner.public_id}/mottakere/", cast.person("owner_handler")
    client.post(address, {"kind": "leadership"})  # nobody for all of them
    assert "Egne mottakere for én skole" in client.get(address).content.decode()

    answer = client.post(f"{address}?skole={school.slug}", {"kind": "leadership", "leadership-people": [me.public_id]})

    assert answer.headers["Location"] == f"{address}?skole=sundvik"
    assert owner_recipients(cast.owner.pk, OwnerPurpose.LEADERSHIP, today(), school.pk) == [me]
    assert owner_recipients(cast.owner.pk, OwnerPurpose.LEADERSHIP, today(), cast.school.pk) == []
    assert "Har egne" in client.get(address).content.decode()
    client.post(f"{address}?skole={school.slug}", {"kind": "leadership"})
    assert owner_recipients(cast.owner.pk, OwnerPurpose.LEADERSHIP, today(), school.pk) == []


def test_recipients_are_not_set_for_another_owners_school(cast: Cast) -> None:
    client, address = sign_in(cast, "owner_handler"), f"/skolen/eier/{cast.owner.public_id}/mottakere/"

    assert client.get(f"{address}?skole={cast.other_school.slug}").status_code == 404
    with pytest.raises(Refused):
        services.set_recipients(
            by=cast.actor("owner_handler"), owner=cast.owner, purpose=OwnerPurpose.STAFF, people=[], school=cast.other_school
        )


def test_own_08_test_notice_goes_to_every_recipient_and_the_page_shows_who_has_read_it(cast: Cast) -> None:
    client, address = sign_in(cast, "owner_handler"), f"/skolen/eier/{cast.owner.public_id}/mottakere/"
    before = client.get(address).content.decode()
    assert ("owner_handler@example.invalid" in before, "Ikke lest ennå" in before) == (True, False)

    client.post(f"{address}prov/")

    notice = Notice.objects.get(code="owner.test")
    assert (notice.person_ref, notice.owner_ref, notice.is_urgent) == (cast.person("owner_handler").pk, cast.owner.pk, True)
    assert Sending.objects.filter(notice=notice).count() == 1
    assert "Ikke lest ennå" in client.get(address).content.decode()
    assert client.post("/varsler/sett/", {"notice": notice.public_id}).headers["Location"] == address
    after = client.get(address).content.decode()
    assert ("Ikke lest ennå" in after, "lest" in after) == (False, True)
    assert AuditEvent.objects.filter(event=Event.OWNER_RECIPIENTS_TRIED).count() == 1


def test_recipient_without_an_address_is_pointed_out(cast: Cast) -> None:
    with unit_of_work(BUILDER, "test"):
        Person.objects.filter(pk=cast.person("owner_handler").pk).update(email="")

    page = sign_in(cast, "owner_handler").get(f"/skolen/eier/{cast.owner.public_id}/mottakere/").content.decode()

    assert "Mangler e-postadresse" in page


def test_nobody_else_sends_a_test_notice(cast: Cast) -> None:
    address = f"/skolen/eier/{cast.owner.public_id}/mottakere/prov/"

    answers = {name: sign_in(cast, name).post(address).status_code for name in ("head_teacher", "other_owner_handler", "guardian")}

    assert answers == {"head_teacher": 403, "other_owner_handler": 404, "guardian": 403}
    assert Notice.objects.filter(code="owner.test").count() == 0
