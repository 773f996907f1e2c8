"""Whatever shows sealed words of a child leaves a read event, also a form that is sent back with what is missing.

At work the same holds for a pupil's name; and neither the title of a page nor the name of a file has one, since the browser
keeps both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent, AuditKind
from aktsom.core.vault.fields import SealedTextField
from tests.access.matrix import _quick, questions
from tests.access.sample import Sample, build_sample
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.no_cover,  # the domains' own tests are measured; traced, this walk takes twice the time
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the answers do not depend on the database; asked once"),
]
READERS = ("pupil", "guardian", "contact_teacher", "case_handler", "head_teacher", "owner_handler")
AT_WORK = set(READERS) - {"pupil", "guardian"}
PUPILS = ("Ylva", "Sander", "Teodor")
NOT_REAL = ("/demo/", "/utvikling/")  # pages no real school has
OWN_TEXT = "accounts.Draft"  # what she typed herself and has not sent is a record of nobody


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list in which every sealed text that is opened is noted."""
    found: list[str] = []
    really = SealedTextField.opened

    def noted(self: SealedTextField, instance: Any, stored: str) -> Any:
        found.append(instance._meta.label)
        return really(self, instance, stored)

    monkeypatch.setattr(SealedTextField, "opened", noted)
    return found


def unnoticed(cast: Cast, name: str, sample: Sample, opened: list[str]) -> Iterator[str]:
    """Ask every address as one who reads, with each method and nothing filled in; yield the pages nobody hears of."""
    client = sign_in(cast, name)
    for endpoint, shown, address in questions(sample):
        for method in endpoint.methods:
            opened.clear()
            point, before = transaction.savepoint(), reads()
            body = endpoint.body if method == "POST" else ""
            response = client.generic(method, address, body, content_type="application/x-www-form-urlencoded")
            is_page = response.status_code not in {301, 302, 403, 404}
            if is_page and set(opened) - {OWN_TEXT} and reads() == before:
                yield f"{method} {shown} ({response.status_code}) as {name}: {sorted(set(opened))}"
            if is_page and not shown.startswith(NOT_REAL):
                text = "" if response.streaming else response.content.decode(errors="replace")
                if name in AT_WORK and reads() == before and any(pupil in text for pupil in PUPILS):
                    yield f"{method} {shown} as {name}: a pupil's name, and no read event"
                kept = [*re.findall(r"<title>.*?</title>", text, re.DOTALL), response.headers.get("Content-Disposition", "")]
                if any(pupil in line for line in kept for pupil in PUPILS):
                    yield f"{method} {shown} as {name}: a name in {kept}"
            transaction.savepoint_rollback(point)


def reads() -> int:
    return AuditEvent.objects.filter(kind=AuditKind.READ).count()


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_no_page_opens_sealed_words_or_shows_a_name_without_a_read_event(cast: Cast, opened: list[str], name: str) -> None:
    sample = build_sample(cast)

    with _quick():
        assert list(unnoticed(cast, name, sample, opened)) == []


def test_report_read_through_an_empty_form_is_in_the_log(cast: Cast) -> None:
    report = build_sample(cast).identifiers["reports"]["public_id"]
    client = sign_in(cast, "head_teacher")

    answers = [client.post(f"/meldinger/{report}/{deed}/").status_code for deed in ("vurder", "svar")]

    read = AuditEvent.objects.filter(event=Event.REPORT_READ, object_id=report, person_ref=cast.person("head_teacher").pk)
    assert (answers, read.count()) == ([422, 422], 2)


def test_whoever_is_turned_away_at_the_gate_is_in_the_log(cast: Cast) -> None:
    answer = sign_in(cast, "technical_admin").get("/eier/")

    refused = AuditEvent.objects.get(event=Event.ACCESS_REFUSED)
    assert (answer.status_code, refused.person_ref) == (403, cast.person("technical_admin").pk)


def test_page_that_never_came_is_not_said_to_be_read(cast: Cast) -> None:
    report = build_sample(cast).identifiers["reports"]["public_id"]

    answer = sign_in(cast, "head_teacher").get(f"/meldinger/{report}/bilde/xxxxxxxxxxxx/")

    assert (answer.status_code, reads()) == (404, 0)
