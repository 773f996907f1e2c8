"""The owner's list: school by school, what is urgent first, and only that is called urgent."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aktsom.reports.models import OwnerNotice
from aktsom.reports.rules import Involved, Seriousness, Urgency
from aktsom.reports.selectors import answered_owner_notices, waiting_by_school, waiting_owner_notices
from aktsom.reports.services import acknowledge_report, assess_report, open_owner_notice
from aktsom.reports.tests.factories import send
from tests.cast import Cast
from tests.database_dump import MOST_QUERIES
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def serious(cast: Cast, *, urgency: Urgency = Urgency.ORDINARY) -> OwnerNotice:
    report = send(cast, urgency=urgency)
    assess_report(by=cast.actor("head_teacher"), report=report, seriousness=Seriousness.SERIOUS, reason="Flere mot én.")
    return OwnerNotice.objects.get(report=report)


def shown(cast: Cast, address: str = "/eier/") -> str:
    page: Any = sign_in(cast, "owner_handler").get(address)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", page.content.decode())


def test_only_what_nobody_opened_and_cannot_wait_is_urgent(cast: Cast) -> None:
    ordinary, pressing, opened = serious(cast), serious(cast, urgency=Urgency.NOW), serious(cast, urgency=Urgency.NOW)
    open_owner_notice(by=cast.actor("owner_handler"), notice=opened)

    waiting = [(row.pk, row.is_urgent) for row in waiting_owner_notices(cast.actor("owner_handler"))]

    assert waiting == [(pressing.pk, True), (ordinary.pk, False), (opened.pk, False)]


def test_list_stands_school_by_school_with_what_is_urgent_first(cast: Cast) -> None:
    serious(cast)
    serious(cast, urgency=Urgency.NOW)

    headings = re.findall(r"<h2[^>]*><bdi>(.*?)</bdi>", shown(cast))

    assert headings == ["Haster", cast.school.name]
    assert waiting_by_school(cast.actor("owner_handler")) == [(cast.school.slug, cast.school.name, 2, 2)]


def test_list_comes_in_pages_and_asks_as_little_for_many_as_for_one(cast: Cast) -> None:
    serious(cast)
    owner = sign_in(cast, "owner_handler")
    counts = []
    for more in (0, 11):
        for _number in range(more):
            serious(cast)
        owner.get("/eier/")
        with CaptureQueriesContext(connection) as asked:
            page = owner.get("/eier/").content.decode()
        counts.append(len(asked))

    assert (page.count("Alvorlig tilfelle"), "side=2" in page) == (10, True)
    assert shown(cast, "/eier/?side=2").count("Alvorlig tilfelle") == 2
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_report_about_the_leadership_waits_till_the_owner_takes_it_and_is_never_answered_to_the_school(cast: Cast) -> None:
    report = send(cast, involved=Involved.LEADERSHIP)
    notice, owner = OwnerNotice.objects.get(report=report), cast.actor("owner_handler")
    open_owner_notice(by=owner, notice=notice)

    before = [row.pk for row in waiting_owner_notices(owner)]
    page = shown(cast, f"/eier/{notice.public_id}/")
    acknowledge_report(by=owner, report=report)

    assert before == [notice.pk]
    assert ("Svar skolen" in page, "Ledelsen ved skolen ser den aldri" in page) == (False, True)
    assert (list(waiting_owner_notices(owner)), list(answered_owner_notices(owner))) == ([], [notice])
    assert "Varsler som er besvart eller tatt imot" in shown(cast)
