"""One sending makes one report, whoever sends; consent taken back; and lists for those who can have something in them."""

from __future__ import annotations

import re
import secrets
from typing import Any

import pytest
from django.db import IntegrityError
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.core.audit.models import AuditEvent
from aktsom.reports import services
from aktsom.reports.models import Report
from aktsom.reports.rules import HealthSource, ReporterKind, chooser, new_receipt, plain_name, sending_key
from aktsom.reports.services import ReportDraft, sending
from aktsom.reports.tests.factories import TEXT, make_nurse, noticed, send
from tests.cast import CAST, Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
FORMS = {
    "contact_teacher": ("/meld/", {"pupils": "Ylva Ylvasen", "what_happened": TEXT, "urgency": "ordinary"}),
    "pupil": ("/meld/", {"what_happened": TEXT}),
    "guardian": ("/meld/", {"what_happened": TEXT}),
    "head_teacher": ("/meld/muntlig/", {"pupils": "Ylva Ylvasen", "what_happened": TEXT, "told_by": "Mor"}),
}


def token_in(page: Any) -> str:
    found = re.search(r'name="sending" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize("name", FORMS)
def test_second_press_lands_on_the_first_report_and_a_new_form_makes_a_new_one(cast: Cast, name: str) -> None:
    address, written = FORMS[name]
    client = sign_in(cast, name)
    token = token_in(client.get(address))

    first, second = (client.post(address, written | {"sending": token}) for _press in range(2))
    other = client.post(address, written | {"sending": token_in(client.get(address))})

    assert first.url == second.url != other.url
    assert Report.objects.count() == 2
    assert AuditEvent.objects.filter(event="report.received").count() == 2


def test_words_changed_before_sending_again_are_not_lost(cast: Cast) -> None:
    client = sign_in(cast, "contact_teacher")
    address, written = FORMS["contact_teacher"]
    token = token_in(client.get(address))

    client.post(address, written | {"sending": token})
    client.post(address, written | {"sending": token, "what_happened": "Og i går."})

    assert sorted(report.what_happened for report in Report.objects.all()) == sorted([TEXT, "Og i går."])


def test_token_of_one_person_means_nothing_for_another(cast: Cast) -> None:
    address, written = FORMS["pupil"]

    for name in ("pupil", "classmate"):
        sign_in(cast, name).post(address, written | {"sending": "the same"})

    assert Report.objects.count() == 2


def test_form_with_a_fault_keeps_its_token_and_its_text(cast: Cast) -> None:
    client = sign_in(cast, "contact_teacher")

    answer = client.post("/meld/", {"what_happened": TEXT, "sending": "kept-token"})

    assert answer.status_code == 422
    assert token_in(answer) == "kept-token"
    assert TEXT in answer.content.decode()


def test_two_presses_at_once_land_on_the_same_report(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = ReportDraft(TEXT, ReporterKind.PUPIL, reporter=cast.person("pupil"))
    wishes = {"by": cast.actor("pupil"), "school": cast.school, "draft": draft, "sending": b"key"}
    first = services.receive_report_once(**wishes)
    real = sending.report_by_sending
    answers = iter([None])

    def late(lookup: str) -> Any:
        return next(answers, real(lookup))

    monkeypatch.setattr(sending, "report_by_sending", late)

    assert services.receive_report_once(**wishes).pk == first.pk
    assert Report.objects.count() == 1


def test_database_refuses_a_second_report_of_one_sending(cast: Cast) -> None:
    draft = ReportDraft(TEXT, ReporterKind.PUPIL, reporter=cast.person("pupil"))
    services.receive_report(by=cast.actor("pupil"), school=cast.school, draft=draft, send_lookup="x")

    with pytest.raises(IntegrityError):
        services.receive_report(by=cast.actor("pupil"), school=cast.school, draft=draft, send_lookup="x")


@settings(max_examples=30)
@given(st.lists(st.tuples(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=3)), max_size=4), st.text(max_size=8))
def test_key_of_a_sending_is_the_same_only_for_the_same_words(content: list[tuple[str, list[str]]], token: str) -> None:
    key = sending_key(b"secret", token, content)

    assert key == sending_key(b"secret", token, list(reversed(content))) or len({name for name, _ in content}) < len(content)
    assert key != sending_key(b"secret", token + "x", content)
    assert key != sending_key(b"other", token, content)
    assert key != sending_key(b"secret", token, [*content, ("more", ["x"])])


@settings(max_examples=20)
@given(st.binary(min_size=16, max_size=32))
def test_receipt_drawn_from_a_key_is_always_the_same(seed: bytes) -> None:
    words = [f"ord{number}" for number in range(1000)]

    assert new_receipt(words, chooser(seed)) == new_receipt(words, chooser(seed)) != new_receipt(words, chooser(seed + b"x"))
    assert new_receipt(words, secrets.randbelow) != new_receipt(words, secrets.randbelow)


def test_name_is_compared_without_what_nobody_sees() -> None:
    assert plain_name("A\u030ase\u200b \u202eBerg") == plain_name("åse berg") != plain_name("ase berg")


def test_consent_is_taken_back_by_the_one_who_had_it(cast: Cast) -> None:
    make_nurse(cast, "teacher_of_others")
    nurse, head = sign_in(cast, "teacher_of_others"), sign_in(cast, "head_teacher")
    wishes = {"reporter": cast.person("teacher_of_others"), "health_source": HealthSource.CONSENT, "consent_from": "Ylva selv"}
    report = send(cast, by="teacher_of_others", **wishes)
    address = f"/mine-meldinger/{report.public_id}/samtykke/"

    missing = nurse.post(address, {"withdrawn_by": ""})
    nurse.post(address, {"withdrawn_by": "Ylva selv"})
    others = [sign_in(cast, name).post(address, {"withdrawn_by": "En annen"}).status_code for name in ("contact_teacher", "pupil")]

    assert missing.status_code == 422
    assert others == [404, 404]
    report.refresh_from_db()
    assert (report.consent_withdrawn_at is not None, report.consent_withdrawn_by) == (True, "Ylva selv")
    assert "Del ikke mer av det som kom fra behandlingen" in head.get(f"/meldinger/{report.public_id}/").content.decode()
    assert "head_teacher" in noticed(cast, "report.more")
    assert AuditEvent.objects.filter(event="report.consent_withdrawn", file_id=report.public_id).count() == 1


def test_consent_that_never_was_is_not_taken_back(cast: Cast) -> None:
    report = send(cast)

    answer = sign_in(cast, "contact_teacher").post(f"/mine-meldinger/{report.public_id}/samtykke/", {"withdrawn_by": "Ylva"})

    assert answer.status_code == 404


def test_list_of_reports_is_for_those_who_can_be_given_one(cast: Cast) -> None:
    answers = {name: sign_in(cast, name).get("/meldinger/").status_code for name in CAST if name != "nobody"}

    closed = {name for name, status in answers.items() if status in {403, 404}}
    assert {"pupil", "classmate", "guardian", "other_party", "technical_admin"} <= closed
    assert closed.isdisjoint({"contact_teacher", "teacher_without_relation", "head_teacher", "case_handler", "owner_handler"})
    assert {sign_in(cast, name).get("/eier/").status_code for name in ("pupil", "contact_teacher", "head_teacher")} == {403}
