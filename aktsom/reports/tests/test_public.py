"""The school's public pages: anybody can tell, and nothing shows who did."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aktsom.core.audit.models import AuditEvent
from aktsom.core.files.tests.test_pictures import CAMERA, jpeg
from aktsom.core.timing.clock import now
from aktsom.reports import services
from aktsom.reports.models import Report
from aktsom.reports.rules import Channel, ReporterKind, Route
from aktsom.reports.services.sending import receipt_words
from aktsom.reports.tests.factories import TEXT, building, noticed, receivers
from aktsom.reports.views import public
from tests.cast import Cast
from tests.database_dump import database_text
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
TELL, ANSWER = "/skole/solvik/si-fra/", "/skole/solvik/svar/"
ADDRESS, BROWSER = "203.0.113.77", "Kjennelig-nettleser/9.1 (Ylvas telefon)"


def value_of(response: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found is not None
    return found.group(1)


def tell(client: Client, **wishes: Any) -> Any:
    token = value_of(client.get(TELL), "token")
    return client.post(TELL, {"token": token, "what_happened": TEXT, "known": "nobody", **wishes})


def receipt_in(response: Any) -> str:
    found = re.search(r'aktsom-receipt">([^<]+)<', response.content.decode())
    assert found is not None
    return found.group(1)


@pytest.fixture
def somebody(cast: Cast) -> Client:
    """A browser that could be recognised: an address and a name of its own."""
    return Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=BROWSER, HTTP_X_FORWARDED_FOR=ADDRESS, HTTP_REFERER="https://ylvas-side.invalid/")


@pytest.mark.parametrize("page", ["", "si-fra/", "si-fra/hva-lagres/", "svar/", "plakat/"])
def test_public_page_opens_for_everybody_and_sets_no_cookie(somebody: Client, page: str) -> None:
    answer = somebody.get(f"/skole/solvik/{page}")

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert len(answer.cookies) == 0
    assert Client().get(f"/skole/finnes-ikke/{page}").status_code == 404


def test_pupil_tells_with_one_field_and_gets_four_words_and_four_digits(cast: Cast, somebody: Client) -> None:
    form = somebody.get(TELL)
    answer = tell(somebody)

    assert [name for name, field in form.context["form"].fields.items() if field.required] == ["what_happened"]
    words = receipt_in(answer).split()
    assert set(words[:4]) <= set(receipt_words())
    assert re.fullmatch(r"\d{4}", words[4])
    report = Report.objects.get()
    assert (report.what_happened, report.channel, report.reporter_kind) == (TEXT, Channel.PUBLIC_PAGE, ReporterKind.ANONYMOUS)
    assert set(receivers(cast, report)) == {"head_teacher", "accused_head_teacher"}
    assert noticed(cast) == {"head_teacher", "accused_head_teacher"}
    assert "no-store" in answer["Cache-Control"]


def test_anonymous_report_leaves_nothing_that_identifies(cast: Cast, somebody: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = value_of(somebody.get(TELL), "token")
    shown = somebody.post(TELL, {"token": token, "what_happened": TEXT, "known": "nobody", "name": "Ylva", "pictures": jpeg()})
    before = Report.objects.count()
    answer = somebody.post(
        TELL,
        {"token": token, "what_happened": TEXT, "known": "nobody", "name": "Kjennelig Navnesen", "carried": value_of(shown, "carried")},
    )
    receipt = receipt_in(answer)
    somebody.post(ANSWER, {"receipt": receipt, "text": "Det skjedde igjen."})

    assert before == 0
    assert Report.objects.get().pictures.count() == 1
    everything = database_text() + caplog.text
    for trace in (
        ADDRESS,
        "Kjennelig",
        "ylvas-side",
        "ylva-hjemme",
        CAMERA,
        TEXT,
        "Det skjedde igjen",
        receipt,
        receipt.split()[-1] + "\n",
    ):
        assert trace not in everything
    assert answer.cookies.output() == ""


def test_pupil_who_happens_to_be_signed_in_is_not_tied_to_the_report(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    pupil = sign_in(cast, "pupil")
    before = AuditEvent.objects.filter(person_ref=cast.person("pupil").pk).count()

    answer = tell(pupil)

    report = Report.objects.get()
    assert (report.reporter_id, report.logged_by_id, report.first_known_by_id) == (None, None, None)
    assert AuditEvent.objects.filter(person_ref=cast.person("pupil").pk).count() == before
    event = AuditEvent.objects.get(event="report.received")
    assert (event.user_ref, event.person_ref, event.roles) == (None, None, "")
    assert "Set-Cookie" not in answer.headers
    assert "Ylva" not in answer.content.decode()
    assert str(cast.person("pupil").user_id) not in re.findall(r"user[_=: ]+(\d+)", caplog.text)


def test_pupil_who_wants_to_be_known_gives_her_name_to_those_who_help(cast: Cast, somebody: Client) -> None:
    tell(somebody, known="some", name="Ylva Ylvasen")

    report = Report.objects.get()
    assert (report.reporter_kind, report.reporter_name, report.reporter_id) == (ReporterKind.PUPIL, "Ylva Ylvasen", None)


def test_report_about_an_adult_in_the_leadership_goes_to_the_owner(cast: Cast, somebody: Client) -> None:
    tell(somebody, involved="leadership")

    report = Report.objects.get()
    assert report.route == Route.LEADERSHIP
    assert receivers(cast, report) == {"owner_handler": "owner"}


def test_empty_report_is_asked_for_one_sentence(somebody: Client) -> None:
    answer = tell(somebody, what_happened=" ")

    assert answer.status_code == 422
    assert "Én setning er nok" in answer.content.decode()
    assert Report.objects.count() == 0


@pytest.mark.parametrize("token", ["", "made-up", "eyJ:1abc:xyz"])
def test_form_we_did_not_make_is_shown_again_with_its_text(somebody: Client, token: str) -> None:
    answer = somebody.post(TELL, {"token": token, "what_happened": TEXT})

    assert answer.status_code == 422
    assert TEXT in answer.content.decode()
    assert Report.objects.count() == 0


def test_form_of_one_school_does_not_send_to_another(cast: Cast, somebody: Client) -> None:
    token = value_of(somebody.get("/skole/fjordvik/si-fra/"), "token")

    assert somebody.post(TELL, {"token": token, "what_happened": TEXT}).status_code == 422
    assert Report.objects.count() == 0


def test_picture_is_shown_back_and_can_be_taken_away_before_sending(somebody: Client) -> None:
    token = value_of(somebody.get(TELL), "token")
    shown = somebody.post(TELL, {"token": token, "what_happened": TEXT, "pictures": [jpeg(), jpeg((50, 50))]})
    carried = re.findall(r'name="carried" value="([^"]+)"', shown.content.decode())

    dropped = somebody.post(TELL, {"token": token, "what_happened": TEXT, "carried": carried, "drop": carried[0][:64]})
    left = re.findall(r'name="carried" value="([^"]+)"', dropped.content.decode())
    somebody.post(TELL, {"token": token, "what_happened": TEXT, "carried": left})

    assert len(carried) == 2
    assert left == carried[1:]
    assert Report.objects.get().pictures.count() == 1


def test_file_that_is_no_picture_is_refused_with_kind_words(somebody: Client) -> None:
    answer = tell(somebody, pictures=SimpleUploadedFile("x.jpg", b"no picture", "image/jpeg"))

    assert answer.status_code == 422
    assert "Vi kan ikke lese denne filen som et bilde" in answer.content.decode()
    assert TEXT in answer.content.decode()


def test_receipt_brings_the_pupil_back_to_answers_and_lets_her_write_more(cast: Cast, somebody: Client) -> None:
    receipt = receipt_in(tell(somebody))
    report = Report.objects.get()
    services.answer_reporter(by=cast.actor("head_teacher"), report=report, text="Takk. Vil du snakke med noen?")

    back = somebody.post(ANSWER, {"receipt": f"  {receipt.upper()}. "}).content.decode()
    sent = somebody.post(ANSWER, {"receipt": receipt, "text": "Ja, med helsesykepleier."}).content.decode()

    assert "Takk. Vil du snakke med noen?" in back
    assert "Sendt." in sent
    assert [(row.from_reporter, row.author_id) for row in report.messages.order_by("pk")] == [
        (False, cast.person("head_teacher").pk),
        (True, None),
    ]


def test_picture_can_be_added_with_the_receipt(cast: Cast, somebody: Client) -> None:
    receipt = receipt_in(tell(somebody))

    shown = somebody.post(ANSWER, {"receipt": receipt, "text": "Her er et bilde.", "pictures": jpeg()})
    before = Report.objects.get().pictures.count()
    somebody.post(ANSWER, {"receipt": receipt, "text": "Her er et bilde.", "carried": value_of(shown, "carried")})

    assert before == 0
    assert Report.objects.get().pictures.count() == 1


def test_wrong_receipt_gets_a_kind_answer_and_too_many_are_stopped(cast: Cast, somebody: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = receipt_in(tell(somebody))
    monkeypatch.setattr(public, "MOST_TRIES", 3)
    cache.clear()

    with time_machine.travel(now(), tick=False):
        wrong = [somebody.post(ANSWER, {"receipt": "hest sol båt kake 0000"}) for _ in range(3)]
        stopped = somebody.post(ANSWER, {"receipt": receipt})
    with time_machine.travel(now() + timedelta(minutes=2), tick=False):
        later = somebody.post(ANSWER, {"receipt": receipt})

    assert {answer.status_code for answer in [*wrong, stopped]} == {422}
    assert "Vi finner ingen melding med disse ordene" in wrong[0].content.decode()
    assert later.status_code == 200


def test_receipt_is_good_at_its_own_school_only(cast: Cast, somebody: Client) -> None:
    receipt = receipt_in(tell(somebody))

    assert somebody.post("/skole/fjordvik/svar/", {"receipt": receipt}).status_code == 422


def test_answer_time_is_the_schools_own_and_never_invented(cast: Cast, somebody: Client) -> None:
    without = somebody.get(TELL).content.decode()
    with building():
        cast.school.reply_standard_days = 2
        cast.school.save()
    with time_machine.travel("2026-11-20T09:00:00+00:00", tick=False):
        shown = somebody.get(TELL).content.decode()

    assert "Du får svar så snart som mulig." in without
    assert "Du får svar innen tirsdag 24. november 2026." in shown


def test_poster_has_a_code_and_the_address_in_letters(somebody: Client) -> None:
    page = somebody.get("/skole/solvik/plakat/").content.decode()

    assert "<svg" in page
    assert f"{settings.AKTSOM_BASE_URL}{TELL}" in page
    assert "116 111" in page


def test_school_page_shows_who_else_can_help(somebody: Client) -> None:
    page = somebody.get("/skole/solvik/").content.decode()

    for help_line in ("116 111", "112", "Mobbeombudet", "Statsforvalteren"):
        assert help_line in page
