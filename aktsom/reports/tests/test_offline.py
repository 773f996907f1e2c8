"""Reporting without network: who gets the page, what it holds, and what is opened for whom (REP-27)."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from aktsom.core.timing.clock import today
from aktsom.core.vault.personal import lock_of
from aktsom.core.vault.tests import test_personal
from aktsom.reports.models import Report
from aktsom.reports.services import write_routine
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/meld/uten-nett/"
SCRIPT = Path(__file__).parents[1] / "static" / "reports" / "offline.js"


def test_page_names_nobody_and_says_whom_to_ring(cast: Cast) -> None:
    page = sign_in(cast, "contact_teacher").get(PAGE).content.decode()

    words = set(re.findall(r"\w+", re.sub(r"<[^>]*>", " ", page)))
    names = {name for person in cast.people.values() for name in (person.given_name, person.family_name)}
    assert words & names == set()
    assert (cast.school.phone in page, "ring 112" in page, lock_of(cast.person("contact_teacher").user.pk) in page) == (True, True, True)
    assert ("csrfmiddlewaretoken" in page, cast.person("contact_teacher").public_id in page) == (False, False)


def test_telephone_of_the_routine_goes_before_the_schools_own(cast: Cast) -> None:
    words = {"how": "Si fra.", "to_whom": "Rektor.", "phone": "55 55 00 11", "review_on": today() + timedelta(days=90)}
    write_routine(by=cast.actor("head_teacher"), school=cast.school, **words)  # type: ignore[arg-type]

    page = sign_in(cast, "contact_teacher").get(PAGE).content.decode()

    assert ("tel:55550011" in page, cast.school.phone in page) == (True, False)


@pytest.mark.parametrize(("name", "status"), [("contact_teacher", 200), ("owner_handler", 200), ("pupil", 404), ("guardian", 404)])
def test_page_is_for_those_who_work_there(cast: Cast, name: str, status: int) -> None:
    assert sign_in(cast, name).get(PAGE).status_code == status


def test_page_asks_whoever_is_not_signed_in_to_sign_in(cast: Cast) -> None:
    assert Client().get(PAGE).url == f"/konto/login/?next={PAGE.replace('/', '%2F')}"  # type: ignore[attr-defined]


def test_worker_is_the_same_for_all_and_stands_at_the_top(cast: Cast) -> None:
    worker = Client().get("/uten-nett.js")

    assert (worker.status_code, worker.headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert worker.content == sign_in(cast, "contact_teacher").get("/uten-nett.js").content
    assert "worker-src 'self'" in worker.headers["Content-Security-Policy"]


def test_worker_and_page_keep_things_under_the_same_names() -> None:
    worker, script = Client().get("/uten-nett.js").content.decode(), SCRIPT.read_text(encoding="utf-8")

    assert re.findall(r'const (?:KEPT|CACHE) = "(.*)"', worker + script) == ["aktsom-uten-nett-1"] * 2
    assert re.findall(r'const STORE = "(.*)"', worker + script) == ["aktsom-uten-nett"] * 2


def test_kept_text_is_opened_for_its_writer_alone_and_sends_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_personal, "WORDS", json.dumps({"what_happened": ["Hun gråt"]}))
    sent = vars(test_personal.locked_to(cast.person("contact_teacher").user.pk))

    assert sign_in(cast, "contact_teacher").post("/meld/uten-nett/apne/", sent).json() == {"what_happened": ["Hun gråt"]}
    assert sign_in(cast, "teacher_of_others").post("/meld/uten-nett/apne/", sent).status_code == 422
    assert sign_in(cast, "pupil").post("/meld/uten-nett/apne/", sent).status_code == 404
    assert Report.objects.count() == 0


def test_signing_out_asks_the_browser_to_keep_nothing(cast: Cast) -> None:
    client = sign_in(cast, "contact_teacher")

    assert "Clear-Site-Data" not in client.get("/konto/logout/").headers
    assert client.post("/konto/logout/").headers["Clear-Site-Data"] == '"storage"'
