"""The owner's own way for what the schools send: who receives which kind, set by the owner and by nobody else."""

from __future__ import annotations

import pytest

from aktsom.core.access.door import OutOfReach, Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.timing.clock import today
from aktsom.people import services
from aktsom.people.rules import OwnerPurpose
from aktsom.people.selectors import owner_recipients
from tests.cast import Cast
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
