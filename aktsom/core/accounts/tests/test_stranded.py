"""What is sent after the session has ended, without a script: not done, kept for the one who wrote it, and nobody else's."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from aktsom.cases.models import Note
from aktsom.cases.tests.factories import make_case, pupil_part
from aktsom.core.accounts import drafts
from aktsom.core.accounts.models import Draft
from aktsom.core.timing.clock import now
from aktsom.reports.models import Report
from tests.cast import Cast
from tests.signed_in import BACKEND, sign_in

NOT_KEPT = "/konto/login/?next=%2Fmeld%2F&tatt-vare-pa=nei"
TEXT = "Hun sto alene ved gjerdet hele friminuttet."
pytestmark = pytest.mark.django_db


def let_time_pass(hours: float) -> None:
    """Let every session have ended so many hours ago, as when nobody touched the page."""
    Session.objects.update(expire_date=now() - timedelta(hours=hours))


def sent_too_late(client: Client, address: str, *, hours: float = 0.1, **content: object) -> str:
    let_time_pass(hours)
    answer = client.post(address, {"what_happened": TEXT, **content}, headers={"Referer": f"http://testserver{address}"})
    assert answer.status_code == 302
    return str(answer.url)


@pytest.mark.parametrize(("name", "form"), [("contact_teacher", "report.staff"), ("guardian", "report.family")])
def test_report_sent_after_the_session_ended_is_in_the_form_again_after_sign_in(cast: Cast, name: str, form: str) -> None:
    to = sent_too_late(sign_in(cast, name), "/meld/", utkast=form, urgency="now")

    told = Client().get(to).content.decode()
    back = sign_in(cast, name).get("/meld/").content.decode()

    assert (to, Report.objects.count()) == ("/konto/login/?next=%2Fmeld%2F&tatt-vare-pa=tekst", 0)
    assert "Det du skrev, er tatt vare på" in told
    assert TEXT not in told
    assert (TEXT in back, "Du har et påbegynt utkast fra" in back) == (True, True)


def test_text_about_a_case_is_in_its_form_again_after_sign_in(cast: Cast) -> None:
    case = make_case(cast)
    address = reverse("cases:note-add", args=[case.public_id, pupil_part(case).public_id])

    sent_too_late(sign_in(cast, "case_handler"), address, text=TEXT)
    back = sign_in(cast, "case_handler").get(address).content.decode()

    assert (TEXT in back, Note.objects.count()) == (True, 0)


def test_words_to_an_address_that_only_receives_lead_back_to_the_page_they_stood_on(cast: Cast) -> None:
    client = sign_in(cast, "head_teacher")
    let_time_pass(0.1)

    answer = client.post("/saker/abc/hvem/def/avslutt/", {"reason": TEXT}, headers={"Referer": "http://testserver/saker/abc/hvem/"})

    assert answer.url == "/konto/login/?next=%2Fsaker%2Fabc%2Fhvem%2F&tatt-vare-pa=tekst"
    (row,) = drafts.drafts_of(cast.person("head_teacher").user)
    assert (row.path, row.beginning) == ("/saker/abc/hvem/", TEXT)


def test_address_of_another_site_is_never_gone_back_to(cast: Cast) -> None:
    client = sign_in(cast, "head_teacher")
    let_time_pass(0.1)

    answer = client.post("/saker/abc/hvem/def/avslutt/", {"reason": TEXT}, headers={"Referer": "https://ond.example/saker/"})

    assert answer.url == "/konto/login/?next=%2Fsaker%2Fabc%2Fhvem%2Fdef%2Favslutt%2F&tatt-vare-pa=tekst"


def test_kept_words_are_sealed_and_only_the_writers(cast: Cast) -> None:
    sent_too_late(sign_in(cast, "contact_teacher"), "/meld/", utkast="report.staff")

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM accounts_draft")
        stored = str(cursor.fetchone()[0])
    other = sign_in(cast, "teacher_of_others")

    assert "gjerdet" not in stored
    assert [TEXT in other.get(address).content.decode() for address in ("/meld/", "/konto/mine-utkast/")] == [False, False]
    assert TEXT in sign_in(cast, "contact_teacher").get("/konto/mine-utkast/").content.decode()


def test_nothing_is_kept_of_whom_nobody_knows_or_after_too_long_or_with_a_new_password(cast: Cast) -> None:
    stranger = Client().post("/meld/", {"what_happened": TEXT})
    old = sent_too_late(sign_in(cast, "contact_teacher"), "/meld/", hours=13, utkast="report.staff")
    client = sign_in(cast, "contact_teacher")
    user = cast.person("contact_teacher").user
    user.set_password("et helt nytt passord")
    user.save()
    changed = sent_too_late(client, "/meld/", utkast="report.staff")

    assert [stranger.url, old, changed] == [NOT_KEPT] * 3
    assert Draft.objects.count() == 0
    assert "Kopier den før du logger inn." in Client().get(NOT_KEPT).content.decode()


def test_a_made_up_session_or_form_keeps_nothing(cast: Cast) -> None:
    wrong_form = sent_too_late(sign_in(cast, "contact_teacher"), "/meld/", utkast="../../etc")
    client = Client()
    client.cookies["aktsom_session"] = "x" * 32
    made_up = sent_too_late(client, "/meld/", utkast="report.staff")

    assert [wrong_form, made_up] == [NOT_KEPT] * 2
    assert Draft.objects.count() == 0


def test_a_press_of_a_button_alone_is_no_draft_and_files_are_said_to_be_gone(cast: Cast) -> None:
    picture = SimpleUploadedFile("a.png", b"x", "image/png")
    pressed = sent_too_late(sign_in(cast, "contact_teacher"), "/meld/", what_happened="", urgency="now")
    with_file = sent_too_late(sign_in(cast, "contact_teacher"), "/meld/", utkast="report.staff", pictures=picture)

    assert (pressed, with_file) == ("/konto/login/?next=%2Fmeld%2F", "/konto/login/?next=%2Fmeld%2F&tatt-vare-pa=filer")
    assert "Bilder og filer må du legge ved på nytt." in Client().get(with_file).content.decode()


def test_public_report_page_never_looks_at_whose_session_it_was(cast: Cast) -> None:
    client = sign_in(cast, "pupil")
    let_time_pass(0.1)

    address = f"/skole/{cast.school.slug}/si-fra/"
    found = re.search(r'name="token" value="([^"]+)"', client.get(address).content.decode())
    assert found is not None
    client.post(address, {"what_happened": TEXT, "token": found[1], "known": "nobody"})

    assert (Report.objects.count(), Draft.objects.count()) == (1, 0)


@pytest.mark.parametrize(("origin", "kept"), [("http://testserver", 1), ("https://ond.example", 0), ("", 0)])
def test_form_with_an_old_proof_of_origin_is_kept_only_when_it_was_sent_from_here(cast: Cast, origin: str, kept: int) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.person("contact_teacher").user, backend=BACKEND)

    answer = client.post("/meld/", {"what_happened": TEXT, "utkast": "report.staff"}, headers={"Origin": origin} if origin else {})

    assert (answer.status_code, Draft.objects.count()) == (403, kept)
    assert ("Åpne siden igjen" in answer.content.decode()) == bool(kept)


def test_what_was_kept_goes_when_it_is_sent_after_sign_in(cast: Cast) -> None:
    sent_too_late(sign_in(cast, "contact_teacher"), "/meld/", utkast="report.staff")

    with time_machine.travel(now() + timedelta(minutes=2), tick=False):
        sign_in(cast, "contact_teacher").post("/meld/", {"what_happened": TEXT, "pupils": "Ylva Ylvasen", "urgency": "ordinary"})

    assert (Report.objects.count(), Draft.objects.count()) == (1, 0)
