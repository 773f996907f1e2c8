"""The pages of reporting and receiving, as people meet them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aktsom.core.audit.models import AuditEvent
from aktsom.core.files.pictures import clean_picture
from aktsom.core.files.tests.test_pictures import jpeg
from aktsom.core.ui.dates import long_day
from aktsom.people.models import Enrolment, OwnerRecipient, Person
from aktsom.people.rules import PersonKind
from aktsom.reports import services
from aktsom.reports.models import Report
from aktsom.reports.rules import Channel, HealthSource, Involved, NoticePurpose, PupilTold, ReporterKind, ReportState, Route, Urgency
from aktsom.reports.tests.factories import TEXT, building, end_position, make_nurse, make_receiver, names, receivers, send, send_anonymously
from aktsom.reports.views.collecting import names_in
from aktsom.reports.views.replies import reply_day
from tests.cast import Cast, build_cast
from tests.database_dump import MOST_QUERIES
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
SENT = {"pupils": "Ylva Ylvasen", "what_happened": TEXT, "urgency": "ordinary"}


def text_of(response: Any) -> str:
    html = response.content.decode()
    assert len(re.findall("<h1", html)) == 1
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def required_fields(response: Any) -> set[str]:
    return {name for name, field in response.context["form"].fields.items() if field.required}


def only_report() -> Report:
    return Report.objects.get()


# --- somebody who works at the school reports


def test_teacher_reports_with_three_fields_and_is_told_what_happens(cast: Cast) -> None:
    teacher = sign_in(cast, "contact_teacher")
    asked = teacher.get("/meld/")

    answer = teacher.post("/meld/", SENT, follow=True)

    assert required_fields(asked) == {"pupils", "what_happened", "urgency"}
    report = only_report()
    assert [row.person_id for row in report.pupils.all()] == [cast.person("pupil").pk]
    assert (report.what_happened, report.urgency, report.route) == (TEXT, Urgency.ORDINARY, Route.ORDINARY)
    assert (report.reporter_id, report.first_known_by_id) == (cast.person("contact_teacher").pk,) * 2
    assert answer.redirect_chain == [(f"/meld/{report.public_id}/sendt/", 302)]
    shown = text_of(answer)
    assert f"Referanse {report.public_id}" in shown
    assert "De som har fått den: Rektor." in shown


def test_missing_fields_are_named_kindly_and_the_text_is_kept(cast: Cast) -> None:
    answer = sign_in(cast, "contact_teacher").post("/meld/", {"what_happened": TEXT})

    assert answer.status_code == 422
    shown = text_of(answer)
    assert "Skriv hvem det gjelder" in shown
    assert "Velg om det haster" in shown
    assert TEXT in shown
    assert Report.objects.count() == 0


def test_several_pupils_and_unknown_ones_are_kept(cast: Cast) -> None:
    sign_in(cast, "contact_teacher").post("/meld/", SENT | {"pupils": "Ylva Ylvasen, Teodor Teodorsen; en gutt på 8. trinn"})

    rows = list(only_report().pupils.order_by("pk"))
    assert names(cast, [row.person_id for row in rows]) == {"pupil", "classmate"}
    assert [row.written_name for row in rows if row.person_id is None] == ["en gutt på 8. trinn"]


def test_name_that_fits_two_is_asked_about_and_then_chosen(cast: Cast) -> None:
    with building():
        twin = Person.objects.create(owner=cast.owner, kind=PersonKind.PUPIL, given_name="Ylva", family_name="Bakke")
        Enrolment.objects.create(person=twin, school=cast.school, grade=9, valid_from=timezone.localdate() - timedelta(days=30))
    teacher = sign_in(cast, "contact_teacher")

    asked = teacher.post("/meld/", SENT | {"pupils": "Ylva"})
    before = Report.objects.count()
    teacher.post("/meld/", SENT | {"pupils": "Ylva", "names_chosen": "1", "pick_0": twin.public_id})

    assert "Hvilken «Ylva»?" in text_of(asked)
    assert before == 0
    assert [row.person_id for row in only_report().pupils.all()] == [twin.pk]


def test_everything_optional_is_kept(cast: Cast) -> None:
    wishes = {
        "urgency": "now",
        "involved": "staff",
        "accused": "Ulrik Ulrikstad",
        "noticed_on": "2026-10-05",
        "noticed_clock": "09:15",
        "first_known_by_text": "Assistenten på SFO",
        "where_happened": "Garderoben",
        "done_at_once": "Fulgte Ylva til klassen",
        "bases": ["seen", "pupil_said"],
        "pupil_told": "would_delay",
    }

    sign_in(cast, "contact_teacher").post("/meld/", SENT | wishes)

    report = only_report()
    assert (report.urgency, report.involved, report.route) == (Urgency.NOW, Involved.STAFF, Route.STAFF)
    assert [row.person_id for row in report.accused.all()] == [cast.person("teacher_without_relation").pk]
    assert timezone.localtime(report.noticed_at).isoformat()[:16] == "2026-10-05T09:15"
    assert (report.first_known_by_id, report.first_known_by_text) == (None, "Assistenten på SFO")
    assert (report.where_happened, report.done_at_once, report.bases) == ("Garderoben", "Fulgte Ylva til klassen", "seen pupil_said")
    assert report.pupil_told == PupilTold.WOULD_DELAY


def test_leadership_report_is_confirmed_without_naming_anybody_at_school(cast: Cast) -> None:
    answer = sign_in(cast, "contact_teacher").post("/meld/", SENT | {"involved": "leadership"}, follow=True)

    assert receivers(cast, only_report()) == {"owner_handler": "owner"}
    shown = text_of(answer)
    assert "Meldingen er sendt rett til kommunen. Ingen ved skolen får se den" in shown


def test_report_nobody_can_receive_is_kept_and_says_so(cast: Cast) -> None:
    for name in ("head_teacher", "accused_head_teacher", "case_handler", "owner_handler"):
        end_position(cast, name)
    with building():
        OwnerRecipient.objects.all().delete()

    answer = sign_in(cast, "contact_teacher").post("/meld/", SENT, follow=True)

    assert Report.objects.count() == 1
    assert "Ingen er satt opp til å ta imot meldingen" in text_of(answer)


def test_pupil_told_is_asked_only_where_the_plan_asks(db: None) -> None:
    cast = build_cast(procedure="sentrum")

    assert "Vet eleven at du melder fra?" not in text_of(sign_in(cast, "contact_teacher").get("/meld/"))


def test_names_are_split_however_they_are_written() -> None:
    assert names_in("Ylva, Teodor;Sander\n Ali ,") == ["Ylva", "Teodor", "Sander", "Ali"]


# --- health staff


def test_nurse_is_asked_where_it_is_known_from_before_anything_can_be_written(cast: Cast) -> None:
    make_nurse(cast, "teacher_of_others")
    nurse = sign_in(cast, "teacher_of_others")

    first = nurse.get("/meld/")
    skipped = nurse.post("/meld/", SENT)
    outside = nurse.post("/meld/", {"health_source": "outside_treatment"})
    nurse.post(outside.url, SENT)

    for page in (first, skipped):
        assert "Hvor vet du det fra?" in text_of(page)
        assert 'name="what_happened"' not in page.content.decode()
    report = only_report()
    assert (report.health_source, report.consent_from) == (HealthSource.OUTSIDE_TREATMENT, "")


def test_nurse_with_consent_writes_whose(cast: Cast) -> None:
    make_nurse(cast, "teacher_of_others")
    nurse = sign_in(cast, "teacher_of_others")
    form = nurse.post("/meld/", {"health_source": "consent"}).url

    without = nurse.post(form, SENT)
    before = Report.objects.count()
    nurse.post(form, SENT | {"consent_from": "Ylva selv, om det som skjer i friminuttet"})

    assert without.status_code == 422
    assert before == 0
    report = only_report()
    assert (report.health_source, report.consent_from) == (HealthSource.CONSENT, "Ylva selv, om det som skjer i friminuttet")


# --- pupils and guardians


def test_pupil_reports_for_herself_with_one_field(cast: Cast) -> None:
    pupil = sign_in(cast, "pupil")
    asked = pupil.get("/meld/")

    pupil.post("/meld/", {"what_happened": TEXT, "about": cast.person("pupil").public_id})

    assert required_fields(asked) == {"what_happened"}
    report = only_report()
    assert (report.reporter_kind, [row.person_id for row in report.pupils.all()]) == (ReporterKind.PUPIL, [cast.person("pupil").pk])


def test_guardian_reports_for_her_child(cast: Cast) -> None:
    sign_in(cast, "guardian").post("/meld/", {"what_happened": TEXT, "about": cast.person("pupil").public_id})

    report = only_report()
    assert (report.reporter_kind, [row.person_id for row in report.pupils.all()]) == (ReporterKind.GUARDIAN, [cast.person("pupil").pk])


def test_pupil_cannot_name_somebody_elses_child_by_its_identifier(cast: Cast) -> None:
    answer = sign_in(cast, "pupil").post("/meld/", {"what_happened": TEXT, "about": cast.person("classmate").public_id})

    assert answer.status_code == 422
    assert Report.objects.count() == 0


def test_pupil_reports_about_a_leader_and_no_one_at_school_gets_it(cast: Cast) -> None:
    sign_in(cast, "pupil").post("/meld/", {"what_happened": TEXT, "involved": "staff", "accused": "Aslak"})

    assert receivers(cast, only_report()) == {"owner_handler": "owner"}


# --- what was told


def test_oral_report_needs_two_fields_and_keeps_its_own_time(cast: Cast) -> None:
    teacher = sign_in(cast, "contact_teacher")
    asked = teacher.get("/meld/muntlig/")

    teacher.post(
        "/meld/muntlig/",
        {
            "what_happened": TEXT,
            "pupils": "Ylva Ylvasen",
            "told_by": "Mormor",
            "channel": "phone",
            "told_on": "2026-10-05",
            "told_clock": "08:05",
        },
    )

    assert required_fields(asked) == {"what_happened", "pupils"}
    report = only_report()
    assert (report.channel, report.reporter_name, report.reporter_id) == (Channel.PHONE, "Mormor", None)
    assert report.logged_by_id == cast.person("contact_teacher").pk
    assert timezone.localtime(report.first_known_at).isoformat()[:16] == "2026-10-05T08:05"
    assert "Slett det der når det er skrevet inn her" in text_of(asked)


def test_pupil_cannot_write_in_what_others_told(cast: Cast) -> None:
    assert sign_in(cast, "pupil").get("/meld/muntlig/").status_code == 403


def test_neg_57_owner_writes_in_what_a_guardian_told_and_the_school_gets_it(cast: Cast) -> None:
    owner = sign_in(cast, "owner_handler")

    answer = owner.post(
        f"/meld/muntlig/?skole={cast.school.slug}", {"what_happened": TEXT, "pupils": "Ylva Ylvasen", "told_by": "Maja"}, follow=True
    )

    report = only_report()
    assert set(receivers(cast, report)) == {"head_teacher", "accused_head_teacher", "owner_handler"}
    assert "Vi har fått meldingen" in text_of(answer)
    assert TEXT in text_of(owner.get(f"/meldinger/{report.public_id}/"))


# --- one's own


def test_reporter_sees_state_and_words_but_no_assessment(cast: Cast) -> None:
    report = send(cast)
    services.assess_report(by=cast.actor("head_teacher"), report=report, seriousness="ordinary", reason="HEMMELIG GRUNN")
    services.answer_reporter(by=cast.actor("head_teacher"), report=report, text="Takk for at du sa fra.")
    teacher = sign_in(cast, "contact_teacher")

    shown = text_of(teacher.get(f"/mine-meldinger/{report.public_id}/"))
    teacher.post(f"/mine-meldinger/{report.public_id}/", {"text": "Det skjedde igjen."})

    assert "Takk for at du sa fra." in shown
    assert "HEMMELIG GRUNN" not in shown
    assert report.public_id in text_of(teacher.get("/mine-meldinger/"))
    assert [row.text for row in report.messages.all()] == ["Takk for at du sa fra.", "Det skjedde igjen."]


def test_somebody_elses_report_is_not_found(cast: Cast) -> None:
    report = send(cast)

    for name in ("teacher_without_relation", "classmate", "guardian"):
        client = sign_in(cast, name)
        assert client.get(f"/mine-meldinger/{report.public_id}/").status_code == 404
        assert client.get(f"/meld/{report.public_id}/sendt/").status_code == 404


# --- receiving


def test_head_teacher_takes_the_report_in_one_post(cast: Cast) -> None:
    report = send(cast)
    head = sign_in(cast, "head_teacher")
    shown = text_of(head.get(f"/meldinger/{report.public_id}/"))

    answer = head.post(f"/meldinger/{report.public_id}/ta-imot/", follow=True)

    assert TEXT in shown
    assert "Ta imot meldingen" in shown
    assert "Du har tatt imot meldingen." in text_of(answer)
    report.refresh_from_db()
    assert (report.state, report.acknowledged_by_id) == (ReportState.ACKNOWLEDGED, cast.person("head_teacher").pk)


def test_taking_and_answering_need_post(cast: Cast) -> None:
    report = send(cast)
    head = sign_in(cast, "head_teacher")

    for deed in ("ta-imot", "vurder", "svar"):
        assert head.get(f"/meldinger/{report.public_id}/{deed}/").status_code == 405


def test_list_shows_what_cannot_wait_first(cast: Cast) -> None:
    first, urgent = send(cast), send(cast, pupils=(cast.person("classmate"),), urgency=Urgency.NOW)
    taken = send(cast, pupils=(cast.person("other_party"),))
    services.acknowledge_report(by=cast.actor("head_teacher"), report=taken)

    html = sign_in(cast, "head_teacher").get("/meldinger/").content.decode()

    places = [html.index(report.public_id) for report in (urgent, first, taken)]
    assert places == sorted(places)


def test_list_asks_the_database_as_often_for_three_as_for_one(cast: Cast) -> None:
    head = sign_in(cast, "head_teacher")
    counted = []
    for _ in range(2):
        send(cast)
        head.get("/meldinger/")
        with CaptureQueriesContext(connection) as queries:
            head.get("/meldinger/")
        counted.append(len(queries))
        send(cast)

    assert counted[0] == counted[1]


def test_reading_is_logged_before_it_is_shown(cast: Cast) -> None:
    report = send(cast)

    sign_in(cast, "head_teacher").get(f"/meldinger/{report.public_id}/")

    read = AuditEvent.objects.get(event="report.read", file_id=report.public_id)
    assert read.person_ref == cast.person("head_teacher").pk


def test_assessment_shows_the_plans_examples_and_needs_a_reason(db: None) -> None:
    cast = build_cast(procedure="steinkjer")
    report = send(cast)
    head = sign_in(cast, "head_teacher")

    shown = text_of(head.get(f"/meldinger/{report.public_id}/"))
    refused = head.post(f"/meldinger/{report.public_id}/vurder/", {"seriousness": "serious"})
    head.post(f"/meldinger/{report.public_id}/vurder/", {"seriousness": "serious", "reason": "Flere mot én.", "urgent_measures": "Følge"})

    assert "Skolens plan gir disse eksemplene på alvorlig" in shown
    assert refused.status_code == 422
    after = text_of(head.get(f"/meldinger/{report.public_id}/"))
    assert "Alvorlig tilfelle, skal meldes til eier . Flere mot én." in after
    assert "For eleven i dag: Følge" in after
    assert "Eieren ble varslet" in after


def test_groundless_is_offered_for_staff_reports_only_and_not_where_the_plan_says_always(db: None) -> None:
    cast = build_cast(procedure="storhamar")
    head = sign_in(cast, "head_teacher")
    ordinary, staff = send(cast), send(cast, accused=("teacher_without_relation",))

    assert "Er den åpenbart grunnløs?" not in text_of(head.get(f"/meldinger/{ordinary.public_id}/"))
    assert "Er den åpenbart grunnløs?" in text_of(head.get(f"/meldinger/{staff.public_id}/"))
    refused = head.post(f"/meldinger/{ordinary.public_id}/grunnlos/", {"reason": "Nei"})
    kept = head.post(f"/meldinger/{staff.public_id}/grunnlos/", {"reason": "Var ikke på skolen."}, follow=True)

    assert "Bare en melding om en som arbeider ved skolen kan vurderes slik" in text_of(refused)
    assert "Var ikke på skolen." in text_of(kept)
    assert "Eleven skal fortsatt undersøkes" in text_of(kept)


def test_owner_reads_afterwards_why_a_report_was_held_back(cast: Cast) -> None:
    staff = send(cast, accused=("teacher_without_relation",))
    services.judge_groundless(by=cast.actor("head_teacher"), report=staff, reason="Var ikke på skolen den uken.")

    own, other = (text_of(sign_in(cast, name).get("/eier/")) for name in ("owner_handler", "other_owner_handler"))

    assert "Var ikke på skolen den uken." in own
    assert TEXT not in own
    assert "Var ikke på skolen den uken." not in other


def test_answer_from_the_school_reaches_the_reporter(cast: Cast) -> None:
    report = send(cast)

    sign_in(cast, "head_teacher").post(f"/meldinger/{report.public_id}/svar/", {"text": "Takk."})

    assert [(row.from_reporter, row.text) for row in report.messages.all()] == [(False, "Takk.")]


def test_receiver_reads_first_and_sees_what_the_reporter_is_promised_until_it_is_kept(cast: Cast) -> None:
    with building():
        cast.school.reply_standard_days = 1
        cast.school.save()
    report = send(cast)
    head, page = sign_in(cast, "head_teacher"), f"/meldinger/{report.public_id}/"
    due = reply_day(report.school, report.received_at)
    assert due is not None
    promised = f"er lovet svar innen {long_day(due)}."

    before = text_of(head.get(page))
    with time_machine.travel(report.received_at + timedelta(days=14)):
        head, teacher = sign_in(cast, "head_teacher"), sign_in(cast, "contact_teacher")
        late, own = text_of(head.get(page)), text_of(teacher.get(f"/mine-{page[1:]}"))
        head.post(f"{page}svar/", {"text": "Vi har snakket sammen."})
        after = text_of(head.get(page))

    assert before.index(TEXT) < before.index("Ta imot meldingen") < before.index(promised)
    assert "Den dagen er passert" not in before
    assert f"{promised} Den dagen er passert" in late
    assert f"Du skulle ha fått svar innen {long_day(due)}" in own
    assert "lovet svar" not in after


def test_receiver_who_does_not_lead_can_take_and_answer_but_not_judge(cast: Cast) -> None:
    make_receiver(cast, "teacher_of_others")
    report = send(cast)
    receiver = sign_in(cast, "teacher_of_others")

    shown = text_of(receiver.get(f"/meldinger/{report.public_id}/"))

    assert "Ta imot meldingen" in shown
    assert "Åpne sak" not in shown
    assert "Vurder hvor alvorlig det er" not in shown
    assert receiver.post(f"/meldinger/{report.public_id}/vurder/", {"seriousness": "ordinary", "reason": "x"}).status_code == 403


def test_page_of_a_report_asks_the_database_as_often_for_many_receivers(cast: Cast) -> None:
    head = sign_in(cast, "head_teacher")
    few = send(cast)
    make_receiver(cast, "teacher_of_others")
    make_receiver(cast, "teacher_without_relation")
    many = send(cast, pupils=(cast.person("pupil"), cast.person("classmate"), cast.person("other_party")))
    counted = []
    for report in (few, many):
        head.get(f"/meldinger/{report.public_id}/")
        with CaptureQueriesContext(connection) as queries:
            head.get(f"/meldinger/{report.public_id}/")
        counted.append(len(queries))

    assert counted[0] == counted[1]
    assert counted[1] <= MOST_QUERIES


def test_overview_counts_without_content_and_hides_small_numbers(cast: Cast) -> None:
    for _ in range(5):
        send(cast)
    send(cast, by="pupil", reporter_kind=ReporterKind.PUPIL)
    send(cast, accused=("accused_head_teacher",))

    shown = text_of(sign_in(cast, "head_teacher").get("/meldinger/oversikt/"))

    assert "Elev: vises ikke" in shown
    assert "En som arbeider ved skolen: vises ikke" in shown  # the class tells that there are six: five would tell of the one
    assert "8B: 6" in shown
    assert TEXT not in shown
    assert sign_in(cast, "contact_teacher").get("/meldinger/oversikt/").status_code == 403


def test_neg_01_accused_head_teacher_finds_nothing_of_it_anywhere(cast: Cast) -> None:
    report = send(cast, accused=("accused_head_teacher",), what_happened="HEMMELIGHETEN")
    for name in ("accused_head_teacher", "head_teacher"):
        head = sign_in(cast, name)
        for address in ("/", "/meldinger/", "/meldinger/?vis=fulgt", "/meldinger/oversikt/", "/varsler/", "/saker/"):
            shown = head.get(address).content.decode()
            assert "HEMMELIGHETEN" not in shown
            assert report.public_id not in shown
            assert "§ 12-5" not in shown
        for address in (f"/meldinger/{report.public_id}/", f"/eier/{report.owner_notices.get().public_id}/"):
            assert head.get(address).status_code in {403, 404}
        assert head.post(f"/meldinger/{report.public_id}/ta-imot/").status_code == 404
    assert "Ingen meldinger venter på deg" in text_of(sign_in(cast, "head_teacher").get("/meldinger/"))
    assert AuditEvent.objects.filter(chain=f"school:{cast.school.pk}", file_id=report.public_id).count() == 0


# --- the owner


def test_owner_opens_and_answers_a_notice(cast: Cast) -> None:
    report = send(cast, what_happened=TEXT)
    services.notify_owner(by=cast.actor("head_teacher"), report=report, purpose=NoticePurpose.SERIOUS, reason="Flere mot én.")
    notice = report.owner_notices.get()
    owner = sign_in(cast, "owner_handler")

    listed, closed = text_of(owner.get("/eier/")), text_of(owner.get(f"/eier/{notice.public_id}/"))
    opened = text_of(owner.post(f"/eier/{notice.public_id}/apne/", follow=True))
    owner.post(f"/eier/{notice.public_id}/svar/", {"text": "Vi sender hjelp."})

    assert "Solvik skole" in listed
    assert TEXT not in listed + closed
    assert "Skolen ser når du åpner varselet." in closed
    assert TEXT in opened
    shown = text_of(sign_in(cast, "head_teacher").get(f"/meldinger/{report.public_id}/"))
    assert "Svar: Vi sender hjelp." in shown
    assert sign_in(cast, "other_owner_handler").get(f"/eier/{notice.public_id}/").status_code == 404


def test_unopened_notice_cannot_be_answered_empty(cast: Cast) -> None:
    notice = send(cast, accused=("accused_head_teacher",)).owner_notices.get()

    assert sign_in(cast, "owner_handler").post(f"/eier/{notice.public_id}/svar/", {"text": " "}).status_code == 422


def test_owner_works_with_a_leadership_report_on_its_page(cast: Cast) -> None:
    report = send(cast, accused=("accused_head_teacher",))
    owner = sign_in(cast, "owner_handler")

    shown = text_of(owner.get(f"/meldinger/{report.public_id}/"))
    owner.post(f"/meldinger/{report.public_id}/ta-imot/")

    assert "Aslak Aslakstad" in shown
    assert "Åpne sak" in shown
    report.refresh_from_db()
    assert report.acknowledged_by_id == cast.person("owner_handler").pk


def test_picture_of_a_report_is_for_those_who_have_it(cast: Cast) -> None:
    report = send_anonymously(cast, pictures=(clean_picture(jpeg()),))
    row = report.pictures.get()
    address = f"/meldinger/{report.public_id}/bilde/{row.public_id}/"

    shown = sign_in(cast, "head_teacher").get(address)

    assert (shown.status_code, shown["Content-Type"], shown["Cache-Control"]) == (200, "image/jpeg", "no-store, private")
    assert sign_in(cast, "contact_teacher").get(address).status_code in {403, 404}
    assert Client().get(address).status_code == 302
