"""«I dag» for somebody with several schools, and how many questions it asks."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aktsom.cases.tests.factories import building, make_case, make_report, put_plan_in_force
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.people.models import Position
from tests.cast import Cast
from tests.database_dump import MOST_QUERIES
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_head_of_two_schools_sees_both_names_and_which_school_each_thing_is_from(cast: Cast) -> None:
    make_report(cast)
    client = sign_in(cast, "head_teacher")
    one = text_of(client.get("/").content.decode())
    with building():
        Position.objects.create(
            person=cast.person("head_teacher"), school=cast.other_school, role=Role.HEAD_TEACHER, valid_from=today() - timedelta(days=9)
        )

    two = text_of(client.get("/").content.decode())

    assert ("Fjordvik skole" in one, one.count("Solvik skole")) == (False, 1)
    assert "Fjordvik skole, Solvik skole" in two
    assert two.count("Solvik skole") == 2


def test_today_asks_the_same_few_questions_however_many_cases_there_are(cast: Cast) -> None:
    client, counts = sign_in(cast, "head_teacher"), []
    for name in ("pupil", "classmate", "other_party"):
        put_plan_in_force(cast, make_case(cast, pupil=cast.person(name)))
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        counts.append(len(asked))

    assert counts[0] == counts[2] <= MOST_QUERIES
