"""The school's public pages: anybody can tell, and nothing shows who did."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aktsom.core.audit.models import AuditEvent
from aktsom.core.files.pictures import PictureRefused
from aktsom.core.files.tests.test_pictures import CAMERA, jpeg
from aktsom.core.notify.jobs import take_up_what_was_left
from aktsom.core.timing.clock import now
from aktsom.reports import services
from aktsom.reports.models import Report
from aktsom.reports.rules import Channel, ReporterKind, Route
from aktsom.reports.services.sending import receipt_words
from aktsom.reports.tests.factories import TEXT, building, make_receiver, noticed, receivers
from aktsom.reports.views import collecting, public, replies, slowing
from tests.cast import Cast
from tests.database_dump import database_text
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
TELL, ANSWER, NAME = "/skole/solvik/si-fra/", "/skole/solvik/svar/", "/skole/solvik/svar/navn/"
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


@pytest.mark.parametrize("known", ["nobody", ""])
def test_name_with_nobody_chosen_is_asked_about_and_never_thrown_away(cast: Cast, somebody: Client, known: str) -> None:
    asked = tell(somebody, known=known, name="Ylva Ylvasen")

    assert (asked.status_code, Report.objects.count()) == (422, 0)
    assert list(asked.context["form"].errors) == ["known"]
    assert TEXT in asked.content.decode()
    tell(somebody, known="some", name="Ylva Ylvasen")
    assert Report.objects.get().reporter_name == "Ylva Ylvasen"


def test_who_comes_back_is_told_when_the_answer_comes_until_it_has_come(cast: Cast, somebody: Client) -> None:
    words = {"receipt": receipt_in(tell(somebody))}
    report = Report.objects.get()
    promised = replies.reply_words(report.school, report.received_at)

    waiting = somebody.post(ANSWER, words).content.decode()
    services.answer_reporter(by=cast.actor("head_teacher"), report=report, text="Vi vil gjerne hjelpe.")
    answered = somebody.post(ANSWER, words).content.decode()

    assert [promised in page for page in (waiting, answered)] == [True, False]


def test_anonymous_report_leaves_nothing_that_identifies(cast: Cast, somebody: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = value_of(somebody.get(TELL), "token")
    shown = somebody.post(
        TELL, {"token": token, "what_happened": TEXT, "known": "nobody", "name": "Kjennelig Navnesen", "pictures": jpeg()}
    )
    before = Report.objects.count()
    answer = somebody.post(
        TELL,
        {"token": token, "what_happened": TEXT, "known": "nobody", "carried": value_of(shown, "carried")},
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


def test_wrong_receipts_wait_and_a_right_one_always_opens(cast: Cast, somebody: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = receipt_in(tell(somebody))
    waited: list[float] = []
    monkeypatch.setattr(slowing, "MANY_WRONG", 2)
    monkeypatch.setattr(slowing.time, "sleep", waited.append)
    cache.clear()

    with time_machine.travel(now(), tick=False):
        wrong = [somebody.post(ANSWER, {"receipt": "hest sol båt kake 0000"}) for _ in range(3)]
        slow = list(waited)
        right = somebody.post(ANSWER, {"receipt": receipt})

    assert {answer.status_code for answer in wrong} == {422}
    assert "Vi finner ingen melding med disse ordene" in wrong[0].content.decode()
    assert slow == waited == [slowing.WAIT_SECONDS]
    assert right.status_code == 200


def test_only_one_wrong_try_at_a_time_holds_a_thread(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(slowing, "MANY_WRONG", 0)
    monkeypatch.setattr(slowing.time, "sleep", waited.append)
    with slowing._waiting:
        slowing.slow_down_wrong_try(cast.school)

    assert waited == []


@pytest.mark.parametrize("changed", [{}, {"token": "another"}])
def test_same_sending_again_gives_the_same_receipt_and_one_report(cast: Cast, somebody: Client, changed: dict[str, str]) -> None:
    sent = {"token": value_of(somebody.get(TELL), "token"), "what_happened": TEXT, "known": "nobody"}
    again = dict(sent)
    if changed:
        again["token"] = value_of(somebody.get(TELL), "token")

    first, second = somebody.post(TELL, sent), somebody.post(TELL, again)

    assert (receipt_in(first) == receipt_in(second), Report.objects.count()) == ((False, 2) if changed else (True, 1))


def test_what_is_changed_before_it_is_sent_again_finds_its_own_way(cast: Cast, somebody: Client) -> None:
    sent = {"token": value_of(somebody.get(TELL), "token"), "what_happened": TEXT, "known": "nobody"}

    somebody.post(TELL, sent)
    somebody.post(TELL, sent | {"involved": "leadership"})

    assert sorted(Report.objects.values_list("route", flat=True)) == [Route.LEADERSHIP, Route.ORDINARY]


def test_same_message_pressed_twice_is_written_once(cast: Cast, somebody: Client) -> None:
    receipt = receipt_in(tell(somebody))

    for _press in range(2):
        somebody.post(ANSWER, {"receipt": receipt, "text": "Det skjedde igjen."})
    somebody.post(ANSWER, {"receipt": receipt, "text": "Det skjedde igjen i dag."})

    assert Report.objects.get().messages.count() == 2


def test_flood_asks_for_a_minute_and_lets_through_whoever_waits(cast: Cast, somebody: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "MANY_SENT", 1)
    cache.clear()
    with time_machine.travel("2026-11-20T09:00:00+00:00", tick=False):
        tell(somebody)
        stopped = tell(somebody, what_happened="Jeg også.")
        token = value_of(stopped, "token")
    with time_machine.travel("2026-11-20T09:01:05+00:00", tick=False):
        tell(somebody, what_happened="Mange igjen.")
        let_through = somebody.post(TELL, {"token": token, "what_happened": "Jeg også.", "known": "nobody"})

    assert stopped.status_code == 422
    assert "Jeg også." in stopped.content.decode()
    assert let_through.status_code == 200
    assert Report.objects.count() == 3


def test_no_stored_time_is_finer_than_the_minute(cast: Cast, somebody: Client, settings: Any) -> None:
    moment = datetime(2026, 11, 20, 9, 13, 47, 654321, tzinfo=UTC)
    with time_machine.travel(moment, tick=False):
        receipt = receipt_in(tell(somebody, involved="staff", accused="Ulrik Ulrikstad"))
        shown = somebody.post(ANSWER, {"receipt": receipt, "text": "Mer.", "pictures": jpeg()})
        somebody.post(ANSWER, {"receipt": receipt, "text": "Mer.", "carried": value_of(shown, "carried")})
        somebody.post(NAME, {"receipt": receipt, "name": "Ylva"})
        somebody.post(ANSWER, {"receipt": "hest sol båt kake 0000"})

    everything = database_text()
    assert Report.objects.get().pictures.count() == 1
    assert Report.objects.get().received_at == moment.replace(second=0, microsecond=0)
    assert "2026-11-20 09:13:00" in everything
    for fine in ("09:13:47", "09:13:4", "10:13:47", "654321", "09:16:47"):
        assert fine not in everything
    files = [path for path in Path(settings.AKTSOM_FILES_DIR).rglob("*") if path.is_file()]
    assert {int(path.stat().st_mtime) % 60 for path in files if path.stat().st_mtime < moment.timestamp() + 60} == {0}


def test_name_given_later_is_the_pupils_choice_and_shown_to_those_who_have_it(cast: Cast, somebody: Client) -> None:
    receipt = receipt_in(tell(somebody))
    head = sign_in(cast, "head_teacher")
    report = Report.objects.get()
    page = f"/meldinger/{report.public_id}/"
    without = head.get(page).content.decode()

    first = somebody.post(NAME, {"receipt": receipt}).content.decode()
    kept = Report.objects.get().reporter_kind
    empty = somebody.post(NAME, {"receipt": receipt, "name": " "})
    named = somebody.post(NAME, {"receipt": receipt, "name": "Ylva <b>Ylvasen</b>"}).content.decode()

    assert "Du kan ikke ta det tilbake når det er sendt." in first
    assert kept == ReporterKind.ANONYMOUS
    assert empty.status_code == 422
    assert "Nå vet de som har meldingen, hvem du er." in named
    report.refresh_from_db()
    assert (report.reporter_kind, report.reporter_name, report.reporter_id) == (ReporterKind.PUPIL, "Ylva <b>Ylvasen</b>", None)
    assert "Ylva &lt;b&gt;" in head.get(page).content.decode()
    assert "Ylva" not in without
    event = AuditEvent.objects.get(event="report.named")
    assert (event.user_ref, event.person_ref, event.object_id) == (None, None, report.public_id)
    assert somebody.post(NAME, {"receipt": "hest sol båt kake 0000", "name": "Per"}).status_code == 422


def test_name_page_says_who_gets_to_know_it_when_it_is_about_the_leadership(cast: Cast, somebody: Client) -> None:
    about_leader = somebody.post(NAME, {"receipt": receipt_in(tell(somebody, involved="leadership"))}).content.decode()
    ordinary = somebody.post(NAME, {"receipt": receipt_in(tell(somebody))}).content.decode()

    assert ("rektor" in about_leader.casefold(), "for eksempel kommunen" in about_leader) == (False, True)
    assert ("rektor" in ordinary.casefold(), "for eksempel kommunen" in ordinary) == (True, False)


def test_pupil_who_signs_in_ties_the_report_to_herself_with_the_receipt(cast: Cast, somebody: Client) -> None:
    receipt = receipt_in(tell(somebody))
    pupil, teacher = sign_in(cast, "pupil"), sign_in(cast, "contact_teacher")

    refused = teacher.post("/mine-meldinger/hent/", {"receipt": receipt})
    wrong = pupil.post("/mine-meldinger/hent/", {"receipt": "hest sol båt kake 0000"})
    before = Report.objects.get().reporter_id
    pupil.post("/mine-meldinger/hent/", {"receipt": receipt})
    other = sign_in(cast, "classmate").post("/mine-meldinger/hent/", {"receipt": receipt})

    assert (refused.status_code, wrong.status_code, other.status_code) == (422, 422, 422)
    assert before is None
    report = Report.objects.get()
    assert (report.reporter_id, report.reporter_kind) == (cast.person("pupil").pk, ReporterKind.PUPIL)
    assert report.public_id in pupil.get("/mine-meldinger/").content.decode()


def test_school_sends_a_picture_the_pupil_sees_with_her_receipt(cast: Cast, somebody: Client) -> None:
    receipt = receipt_in(tell(somebody))
    report = Report.objects.get()
    head = sign_in(cast, "head_teacher")
    address = f"/meldinger/{report.public_id}/svar/"

    shown = head.post(address, {"text": "Er det her?", "pictures": jpeg()})
    before = report.pictures.count()
    head.post(address, {"text": "Er det her?", "carried": value_of(shown, "carried")})
    page = somebody.post(ANSWER, {"receipt": receipt}).content.decode()

    assert (shown.status_code, before, report.pictures.count()) == (200, 0, 1)
    assert report.pictures.get().message.text == "Er det her?"
    assert "Bilde 1, sendt av skolen" in page
    assert "data:image/jpeg;base64," in page


def test_adult_is_chosen_and_never_the_one_it_is_about(cast: Cast, somebody: Client) -> None:
    adult = cast.person("case_handler")
    name = str(adult)

    refused = tell(somebody, adult=adult.public_id, accused=name)
    before = Report.objects.count()
    tell(somebody, adult=adult.public_id)
    unknown = tell(somebody, adult=cast.person("pupil").public_id)

    assert (refused.status_code, before, unknown.status_code) == (422, 0, 422)
    assert "Den voksne du valgte, er en av dem meldingen handler om" in refused.content.decode()
    report = Report.objects.get()
    assert receivers(cast, report)["case_handler"] == "chosen"
    assert "har valgt deg" in sign_in(cast, "case_handler").get(f"/meldinger/{report.public_id}/").content.decode()
    assert "har valgt deg" not in sign_in(cast, "head_teacher").get(f"/meldinger/{report.public_id}/").content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> & <b>noe</b>",
        "\u202eskjult\u202c מישהו قال 🙈👩‍👩‍👧",
        "A\u030ase ble dyttet",
        "x" * 19_000,
    ],
)
def test_whatever_is_written_comes_through_as_it_was(cast: Cast, somebody: Client, text: str) -> None:
    answer = tell(somebody, what_happened=text, about=text[:150])

    assert answer.status_code == 200
    report = Report.objects.get()
    assert report.what_happened == text
    page = sign_in(cast, "head_teacher").get(f"/meldinger/{report.public_id}/").content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("written", ["Ulri\u200bk Ulrikstad", "\u202eUlrik Ulrikstad", "ULRIK  ULRIKSTAD"])
def test_hidden_marks_in_a_name_do_not_lead_to_the_one_it_is_about(cast: Cast, somebody: Client, written: str) -> None:
    make_receiver(cast, "teacher_without_relation")

    tell(somebody, accused=written)

    assert "teacher_without_relation" not in receivers(cast, Report.objects.get())


def test_text_that_is_too_long_is_asked_to_be_shortened_and_kept(somebody: Client) -> None:
    answer = tell(somebody, what_happened="y" * 20_001)

    assert answer.status_code == 422
    assert "Teksten er for lang" in answer.content.decode()
    assert "y" * 20_001 in answer.content.decode()


def test_forty_megabytes_and_five_hundred_files_get_plain_words(somebody: Client) -> None:
    token = value_of(somebody.get(TELL), "token")
    huge = somebody.post(TELL, {"token": token, "what_happened": "z" * 40_000_000})
    files = [SimpleUploadedFile(f"{number}.jpg", b"x", "image/jpeg") for number in range(500)]
    many = somebody.post(TELL, {"token": token, "what_happened": TEXT, "pictures": files})

    for answer in (huge, many):
        assert answer.status_code == 413
        assert "tilbake" in answer.content.decode()
    assert Report.objects.count() == 0


def test_mail_that_cannot_be_sent_does_not_keep_a_report_back(cast: Cast, somebody: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1

    answer = tell(somebody)
    sign_in(cast, "contact_teacher").post("/meld/", {"pupils": "Ylva Ylvasen", "what_happened": TEXT, "urgency": "now"})

    assert answer.status_code == 200
    assert Report.objects.count() == 2
    assert noticed(cast) == {"head_teacher", "accused_head_teacher"}


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


def test_notice_of_a_report_without_a_name_waits_for_the_next_round(cast: Cast, somebody: Client) -> None:
    mail.outbox.clear()
    tell(somebody, involved="staff")
    at_once = len(mail.outbox)
    with time_machine.travel(now() + timedelta(minutes=3), tick=False):
        take_up_what_was_left()

    assert at_once == 0
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("name", "address", "form"),
    [
        ("contact_teacher", "/meld/", "report.staff"),
        ("pupil", "/meld/", "report.family"),
        ("head_teacher", "/meld/muntlig/", "report.oral"),
    ],
)
def test_text_is_there_again_after_a_session_that_ended_in_the_middle(cast: Cast, name: str, address: str, form: str) -> None:
    client = sign_in(cast, name)
    client.post(f"/konto/utkast/?form={form}", {"what_happened": TEXT})
    client.logout()

    ended = client.post(address, {"what_happened": TEXT, "pupils": "Ylva", "urgency": "now"})
    back = sign_in(cast, name).get(address).content.decode()

    assert (ended.status_code, Report.objects.count()) == (302, 0)
    assert ended.url.startswith("/konto/login/")
    assert TEXT in back
    assert "Du har et påbegynt utkast fra" in back
    assert "Forkast utkastet" in back


def is_unfolded(response: Any) -> bool:
    return '<details class="ds-details aktsom-fold" data-variant="default" open>' in response.content.decode()


def test_empty_report_does_not_unfold_what_is_optional_and_a_wrong_file_does(somebody: Client) -> None:
    empty = tell(somebody, what_happened="")
    wrong = tell(somebody, pictures=SimpleUploadedFile("notat.txt", b"ikke et bilde", "text/plain"))

    assert (empty.status_code, is_unfolded(empty)) == (422, False)
    assert (wrong.status_code, is_unfolded(wrong)) == (422, True)


def test_school_page_says_which_number_is_for_what(somebody: Client) -> None:
    page = somebody.get("/skole/solvik/").content.decode()

    for line in ("Politi når det haster og noen er i fare", "Politi når det ikke haster", "Ambulanse når noen er skadet"):
        assert line in page
    assert [page.count(f'href="tel:{number}"') for number in ("112", "02800", "113")] == [2, 1, 2]


def test_no_more_pictures_are_read_than_are_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []

    def refuse(upload: object) -> None:
        read.append(upload)
        raise PictureRefused("Prøv et annet.")

    monkeypatch.setattr(collecting, "clean_picture", refuse)
    files = [SimpleUploadedFile(f"{number}.jpg", b"x") for number in range(9)]

    Client().post(f"/skole/{cast.school.slug}/si-fra/", {"what_happened": "Noe", "pictures": files})

    assert len(read) == collecting.MOST_PICTURES
