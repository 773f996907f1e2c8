"""What must never happen when somebody tells. The numbers are those of the requirements; more stand beside each part's tests."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import get_resolver

from aktsom.core.access.door import OutOfReach
from aktsom.core.notify.jobs import gather_digests, send_notice
from aktsom.core.notify.models import Notice, Sending
from aktsom.reports import services
from aktsom.reports.access import reports_visible_to
from aktsom.reports.forms import FamilyReportForm, HealthForm, OralReportForm, PublicReportForm, StaffReportForm
from aktsom.reports.models import Report
from aktsom.reports.rules import Channel, Involved, PupilTold, ReporterKind, Route, Seriousness
from aktsom.reports.tests.factories import TEXT, make_nurse, make_receiver, names, receivers, send, send_anonymously
from tests.cast import CAST, Cast, build_cast
from tests.database_dump import database_text
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).parent.parent / "templates" / "reports"


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_neg_04_receiver_has_no_way_to_refuse_a_report(cast: Cast) -> None:
    deeds = {pattern for pattern in get_resolver().reverse_dict if isinstance(pattern, str)}
    report = send(cast)

    shown = words(sign_in(cast, "head_teacher").get(f"/meldinger/{report.public_id}/"))

    assert [deed for deed in deeds if re.search("reject|refuse|dismiss|delete", deed)] == []
    for refusal in ("Avvis", "Ikke alvorlig nok", "Henlegg", "Slett", "Åpenbart grunnløs"):
        assert refusal not in shown


def test_neg_05_no_page_asks_a_pupil_to_put_up_with_it() -> None:
    text = " ".join(path.read_text(encoding="utf-8").casefold() for path in TEMPLATES.iterdir())

    for advice in ("tåle", "tøff", "ignorer", "ordne opp selv", "si unnskyld", "konflikt"):
        assert advice not in text


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("kind", [ReporterKind.STAFF, ReporterKind.GUARDIAN, ReporterKind.OTHER])
def test_neg_06_report_is_received_whatever_way_and_whoever_it_comes_from(cast: Cast, channel: Channel, kind: ReporterKind) -> None:
    report = send(cast, channel=channel, reporter_kind=kind, pupils=(), written_pupils=("en på 8. trinn",))

    assert set(receivers(cast, report)) == {"head_teacher", "accused_head_teacher"}


@pytest.mark.parametrize("told", ["", *PupilTold])
def test_neg_07_pupil_who_is_not_told_never_holds_a_report_back(cast: Cast, told: str) -> None:
    teacher = sign_in(cast, "contact_teacher")

    answer = teacher.post("/meld/", {"pupils": "Ylva Ylvasen", "what_happened": TEXT, "urgency": "now", "pupil_told": told})

    assert answer.status_code == 302
    assert Report.objects.get().pupil_told == told


def test_neg_09_head_teacher_knows_of_every_report_however_much_is_delegated(cast: Cast) -> None:
    for name in ("teacher_of_others", "teacher_without_relation", "case_handler"):
        make_receiver(cast, name)
    report = send(cast)

    services.acknowledge_report(by=cast.actor("case_handler"), report=report)

    assert {"head_teacher", "accused_head_teacher"} <= set(receivers(cast, report))
    assert reports_visible_to(cast.actor("head_teacher")).filter(pk=report.pk).exists()
    assert "Kjent for rektor Ikke ennå" in words(sign_in(cast, "case_handler").get(f"/meldinger/{report.public_id}/"))


def test_neg_19_treatment_without_consent_is_neither_asked_for_nor_stored(cast: Cast) -> None:
    make_nurse(cast, "teacher_of_others")
    nurse = sign_in(cast, "teacher_of_others")

    stopped = nurse.post("/meld/", {"health_source": "treatment", "what_happened": "FRA TIMEN HOS MEG", "pupils": "Ylva"})
    forced = nurse.post("/meld/?kilde=treatment", {"what_happened": "FRA TIMEN HOS MEG", "pupils": "Ylva", "urgency": "now"})

    assert list(HealthForm().fields) == ["health_source"]
    assert "Vi har ikke lagret noe." in words(stopped)
    assert "<textarea" not in stopped.content.decode() + forced.content.decode()
    assert Report.objects.count() == 0
    assert "FRA TIMEN" not in database_text()


def test_neg_20_pupil_who_reports_another_is_shown_to_none_of_the_pupils(cast: Cast) -> None:
    report = send(cast, by="classmate", reporter_kind=ReporterKind.PUPIL, pupils=(cast.person("pupil"),), what_happened="Sander slår Ylva.")

    meeting = {name for name in CAST if reports_visible_to(cast.actor(name)).filter(pk=report.pk).exists()}
    assert meeting == {"head_teacher", "accused_head_teacher"}
    for name in ("pupil", "other_party", "guardian"):
        client = sign_in(cast, name)
        pages = [client.get(address) for address in ("/", "/mine-meldinger/", "/varsler/", f"/mine-meldinger/{report.public_id}/")]
        assert all("Teodor" not in page.content.decode() for page in pages)
        assert all(report.public_id not in page.content.decode() for page in pages[:3])


def test_neg_40_no_notice_or_mail_holds_a_name_or_a_word_of_the_report(cast: Cast) -> None:
    report = send(cast, accused=("teacher_without_relation",))
    services.acknowledge_report(by=cast.actor("head_teacher"), report=report)
    services.answer_reporter(by=cast.actor("head_teacher"), report=report, text="Hvor skjedde det?")

    with time_machine.travel(datetime(2035, 11, 20, 9, tzinfo=UTC), tick=False):  # a Tuesday, when the rest comes as a digest
        gather_digests()
        for sending in Sending.objects.all():
            send_notice.call(sending.public_id)

    told = Notice.objects.filter(mail_state="sent").values("person_ref")
    assert (Notice.objects.count(), told.count(), len(mail.outbox)) == (5, 5, Sending.objects.count())
    sent = " ".join(f"{message.subject} {message.body}" for message in mail.outbox)
    for word in ("Ylva", "Ulrik", "Kari", "Solvik", "fotballbanen", "Hvor skjedde", "§ 12-5", "ansatt"):
        assert word not in sent


def test_neg_41_owner_list_shows_every_serious_report_until_it_is_answered(cast: Cast) -> None:
    report = send(cast)
    services.assess_report(by=cast.actor("head_teacher"), report=report, seriousness=Seriousness.SERIOUS, reason="Flere mot én.")

    assert "Alvorlig tilfelle, § 12-4 andre ledd" in words(sign_in(cast, "owner_handler").get("/eier/"))


@pytest.mark.parametrize("form", [StaffReportForm(), FamilyReportForm(people=[]), PublicReportForm(), OralReportForm()])
def test_neg_46_no_form_asks_what_kind_of_violation_it_is(form: Any) -> None:
    asked = " ".join(f"{field.label} {field.help_text}" for field in form.fields.values()).casefold()

    assert "mobbing" not in asked
    assert "krenkelse" not in asked
    assert [name for name, field in form.fields.items() if field.required and name in {"bases", "topic", "involved"}] == []


def test_neg_54_low_threshold_is_said_where_people_tell(cast: Cast) -> None:
    assert "Mistanke er nok" in words(sign_in(cast, "contact_teacher").get("/meld/"))
    assert "Én setning er nok" in words(Client().get("/skole/solvik/si-fra/"))
    text = " ".join(path.read_text(encoding="utf-8").casefold() for path in TEMPLATES.iterdir())
    for limit in ("gjentatte ganger", "over tid", "bare alvorlige", "grove"):
        assert limit not in text


@pytest.mark.parametrize("text", ["Læreren irettesatte ham.", "De var uenige om oppgaven.", "Hun fikk dårlig karakter."])
def test_neg_55_what_is_no_violation_by_staff_never_stops_a_report(cast: Cast, text: str) -> None:
    answer = sign_in(cast, "contact_teacher").post(
        "/meld/", {"pupils": "Ylva Ylvasen", "what_happened": text, "urgency": "ordinary", "involved": "staff"}, follow=True
    )

    assert "Vi har fått meldingen" in words(answer)
    assert Report.objects.get().route == Route.STAFF


def test_neg_02_reader_of_the_school_cannot_share_a_report_with_the_accused(cast: Cast) -> None:
    report = send(cast, accused=("contact_teacher",))

    with pytest.raises(OutOfReach):
        services.share_report(by=cast.actor("head_teacher"), report=report, person=cast.person("contact_teacher"))


@pytest.mark.parametrize("code", ["storhamar", "rosenvilde", "lillestrom", "sentrum", "steinkjer"])
def test_neg_01_every_plan_has_the_acts_way_past_the_leadership(db: None, code: str) -> None:
    cast = build_cast(procedure=code)

    report = send_anonymously(cast, involved=Involved.LEADERSHIP)

    assert names(cast, report.recipients.values_list("person_id", flat=True)) == {"owner_handler"}
