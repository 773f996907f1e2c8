"""Facts 29 and 43: denied unless a role in this case says otherwise, and never with a password alone."""

import pytest
from django.test import Client

from aktsom.core.access.roles import NEEDS_SECOND_FACTOR
from tests.access.matrix import endpoints
from tests.access.sample import build_sample
from tests.cast import Cast
from tests.signed_in import BACKEND, sign_in

CASE_CONTENT = {"saker", "meldinger", "planer", "eier"}
pytestmark = pytest.mark.django_db


def with_password_alone(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.person(name).user, backend=BACKEND)
    return client


def test_no_page_with_case_content_opens_with_a_password_alone(cast: Cast) -> None:
    sample = build_sample(cast)
    pages = [
        (f"/{page.group}/", sample.address(page.route, page.space, page.name))
        for page in endpoints()
        if page.group in CASE_CONTENT and "GET" in page.methods
    ]
    client = with_password_alone(cast, "head_teacher")

    let_in = [address for _group, address in pages if not client.get(address).get("Location", "").startswith("/konto/to-faktorer/")]

    assert len(pages) > 30
    assert let_in == []
    assert sign_in(cast, "head_teacher").get("/saker/").status_code == 200


def test_reporting_never_asks_for_more_than_signing_in(cast: Cast) -> None:
    assert with_password_alone(cast, "teacher_without_relation").get("/meld/").status_code == 200
    assert {action for action in NEEDS_SECOND_FACTOR if action.startswith("report.send")} == set()
