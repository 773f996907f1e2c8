"""What came by SMS or Teams is deleted there once it is written in: whoever wrote it in is told, and says so (PRV-10)."""

from typing import Any

import pytest

from aktsom.core.access.door import OutOfReach
from aktsom.reports.models import Report
from aktsom.reports.rules import Channel
from aktsom.reports.services import mark_cleared_elsewhere
from aktsom.reports.tests.factories import events, send
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
WARNED = "Slett det der det kom"


def written_in(cast: Cast, **wishes: Any) -> Report:
    """Let the contact teacher write in what a parent told her."""
    values = {"reporter": None, "reporter_name": "En forelder", "logged_by": cast.person("contact_teacher"), "channel": Channel.SMS}
    return send(cast, **values | wishes)


def test_prv_10_whoever_wrote_it_in_is_told_to_delete_it_there_until_she_says_it_is_done(cast: Cast) -> None:
    report, client = written_in(cast), sign_in(cast, "contact_teacher")
    page, line = f"/meld/{report.public_id}/sendt/", "Slett en melding på SMS"
    assert (WARNED in client.get(page).content.decode(), line in client.get("/").content.decode()) == (True, True)
    head = sign_in(cast, "head_teacher")
    assert "ikke slettet der ennå" in head.get(f"/meldinger/{report.public_id}/").content.decode()

    client.post(f"/meld/{report.public_id}/slettet/")
    client.post(f"/meld/{report.public_id}/slettet/")

    assert (WARNED in client.get(page).content.decode(), line in client.get("/").content.decode()) == (False, False)
    assert "ikke slettet der ennå" not in head.get(f"/meldinger/{report.public_id}/").content.decode()
    assert "report.cleared_elsewhere" in events(report)


@pytest.mark.parametrize("channel", [Channel.FORM, Channel.PHONE, Channel.IN_PERSON])
def test_what_lies_nowhere_else_asks_for_nothing(cast: Cast, channel: Channel) -> None:
    report = written_in(cast, channel=channel)

    assert WARNED not in sign_in(cast, "contact_teacher").get(f"/meld/{report.public_id}/sendt/").content.decode()
    with pytest.raises(OutOfReach):
        mark_cleared_elsewhere(by=cast.actor("contact_teacher"), report=report)


@pytest.mark.parametrize("name", ["head_teacher", "teacher_of_others", "head_teacher_elsewhere", "guardian"])
def test_nobody_else_can_say_it_is_deleted(cast: Cast, name: str) -> None:
    report = written_in(cast)

    assert sign_in(cast, name).post(f"/meld/{report.public_id}/slettet/").status_code in {403, 404}
    report.refresh_from_db()
    assert report.cleared_elsewhere_at is None


def test_how_it_came_is_asked_in_the_open_so_that_sms_and_teams_are_not_forgotten(cast: Cast) -> None:
    page = sign_in(cast, "contact_teacher").get("/meld/muntlig/").content.decode()

    assert page.index('name="channel"') < page.index("Vil du fortelle mer?")
    assert "Slett det der når det er skrevet inn her." in page
