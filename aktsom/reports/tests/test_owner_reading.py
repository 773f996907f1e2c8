"""The owner sees who has read a notice from a school."""

from __future__ import annotations

import pytest

from aktsom.reports.models import OwnerNotice
from aktsom.reports.rules import NoticePurpose
from aktsom.reports.services import notify_owner
from aktsom.reports.tests.factories import send
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def test_own_08_owner_sees_who_has_read_a_notice_from_a_school_and_the_school_does_not_see_the_list(cast: Cast) -> None:
    report = send(cast)
    head = cast.actor("head_teacher")
    notify_owner(by=head, report=report, purpose=NoticePurpose.SERIOUS, reason="Det er alvorlig.")
    notice = OwnerNotice.objects.get()
    owner, address = sign_in(cast, "owner_handler"), f"/eier/{notice.public_id}/"
    unread = owner.get(address).content.decode()

    owner.post(f"{address}apne/")

    assert ("Hvem har lest varselet?" in unread, "Ikke lest ennå" in unread) == (True, True)
    read = owner.get(address).content.decode()
    assert ("Eirin Eirinvik" in read, "Ikke lest ennå" in read) == (True, False)
    assert sign_in(cast, "head_teacher").get(address).status_code in {403, 404}
