"""Any incident can be told to the leadership, and none of them is a way around the duty (REP-29; §§ 12-4, 12-5)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.cases.services import join_report, open_case
from aktsom.cases.tests.factories import make_case
from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.audit.models import AuditEvent
from aktsom.core.timing.clock import set_to
from aktsom.reports import services
from aktsom.reports.models import Report
from aktsom.reports.rules import (
    HealthSource,
    IncidentKind,
    IncidentObstacle,
    Involved,
    ReportState,
    Route,
    Seriousness,
    Unsafe,
    concerns_a_pupil,
)
from aktsom.reports.selectors import report_overview, reports_left_lying
from aktsom.reports.tests.factories import building, events, make_nurse, noticed, purposes, receivers, send
from tests.cast import Cast
from tests.signed_in import sign_in

SENT = {"incident_kind": "vandalism", "what_happened": "To ruter er knust.", "unsafe": "no"}
MONDAY = datetime(2026, 10, 5, 11, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 10, 9, 7, 0, tzinfo=UTC)


def tell(cast: Cast, **wishes: Any) -> Report:
    """Somebody tells of an incident and says that no pupil can be unsafe."""
    return send(cast, **{"pupils": (), "incident_kind": IncidentKind.VANDALISM, "concerns_pupil": False} | wishes)


def answer(cast: Cast, report: Report, *, by: str = "head_teacher", unsafe: bool, result: str = "") -> Report:
    found: Report = services.answer_incident(by=cast.actor(by), report=report, may_be_unsafe=unsafe, result=result)
    return found


# --- what is right


@given(st.sampled_from(Unsafe), st.sampled_from(Involved), st.lists(st.integers(1, 3), max_size=2))
@settings(max_examples=60)
def test_only_a_clear_no_to_everything_keeps_an_incident_apart_from_a_report(
    unsafe: Unsafe, involved: Involved, accused: list[int]
) -> None:
    clear_no = unsafe == Unsafe.NO and involved == Involved.NO and accused == []

    assert concerns_a_pupil(unsafe=unsafe, involved=involved, accused=accused) == (not clear_no)


# --- told


@pytest.mark.django_db
def test_incident_is_told_in_three_fields_and_reaches_those_who_receive_reports(cast: Cast) -> None:
    teacher = sign_in(cast, "contact_teacher")
    form = teacher.get("/meld/hendelse/").context["form"]
    sent = teacher.post("/meld/hendelse/", SENT, follow=True).content.decode()
    incident = Report.objects.get()

    assert {name for name, field in form.fields.items() if field.required} == {"incident_kind", "what_happened", "unsafe"}
    assert (incident.concerns_pupil, incident.route, incident.state) == (False, Route.ORDINARY, ReportState.SENT)
    assert receivers(cast, incident) == receivers(cast, send(cast))
    assert noticed(cast, "report.new") == {"head_teacher", "accused_head_teacher"}
    assert "Skolen skal undersøke snarest" not in sent
    assert "Hærverk eller tyveri" in sign_in(cast, "head_teacher").get("/meldinger/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("said", [{"unsafe": "yes"}, {"unsafe": "unsure"}, {"involved": "unsure"}, {"accused": "Petra Petrastad"}])
def test_incident_somebody_is_not_sure_about_goes_as_a_report_at_once(cast: Cast, said: dict[str, str]) -> None:
    sent = sign_in(cast, "contact_teacher").post("/meld/hendelse/", SENT | said, follow=True)

    report = Report.objects.get()
    assert (report.concerns_pupil, report.incident_kind) == (True, IncidentKind.VANDALISM)
    assert "sendt som en melding om en elev" in sent.content.decode()
    assert report.route == (Route.STAFF if "accused" in said else Route.ORDINARY)


@pytest.mark.django_db
def test_incident_that_names_a_leader_goes_to_the_owner_only(cast: Cast) -> None:
    sign_in(cast, "contact_teacher").post("/meld/hendelse/", SENT | {"involved": "leadership"})

    report = Report.objects.get()
    assert (report.concerns_pupil, report.route, receivers(cast, report)) == (True, Route.LEADERSHIP, {"owner_handler": "owner"})
    assert sign_in(cast, "head_teacher").get(f"/meldinger/{report.public_id}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["pupil", "guardian", "owner_handler", "head_teacher_elsewhere"])
def test_incidents_are_told_by_those_who_work_there(cast: Cast, name: str) -> None:
    answers = {"pupil": 404, "guardian": 404, "owner_handler": 302, "head_teacher_elsewhere": 302}

    assert sign_in(cast, name).post(f"/meld/hendelse/?skole={cast.school.slug}", SENT).status_code == answers[name]
    assert Report.objects.filter(school=cast.school).exists() == (name == "owner_handler")


@pytest.mark.django_db
def test_neg_19_nurse_is_asked_before_an_incident_too_and_what_is_from_treatment_goes_as_a_report(cast: Cast) -> None:
    make_nurse(cast, "teacher_of_others")
    nurse = sign_in(cast, "teacher_of_others")
    skipped = nurse.post("/meld/hendelse/", SENT)
    with_consent = nurse.post("/meld/hendelse/", {"health_source": "consent"})
    outside = nurse.post("/meld/hendelse/", {"health_source": "outside_treatment"})
    nurse.post(f"/meld/hendelse/?skole={cast.school.slug}&kilde=consent", SENT)
    before = Report.objects.count()
    nurse.post(outside.headers["Location"], SENT)

    assert (skipped.status_code, before) == (422, 0)
    assert with_consent.headers["Location"].startswith("/meld/?")
    assert Report.objects.get().health_source == HealthSource.OUTSIDE_TREATMENT


# --- the question before it is finished


@pytest.mark.django_db
def test_incident_is_not_finished_before_the_question_is_answered_with_how_it_went(cast: Cast) -> None:
    incident, head = tell(cast), sign_in(cast, "head_teacher")
    page = f"/meldinger/{incident.public_id}/"
    nothing = head.post(f"{page}hendelse/", {})
    no_result = head.post(f"{page}hendelse/", {"unsafe": "no"})
    with pytest.raises(Refused) as refused:
        answer(cast, incident, unsafe=False, result=" ")

    done = head.post(f"{page}hendelse/", {"unsafe": "no", "result": "Nye ruter er satt inn."}, follow=True).content.decode()

    incident.refresh_from_db()
    assert (nothing.status_code, no_result.status_code, refused.value.reasons) == (422, 422, [IncidentObstacle.NO_RESULT])
    assert (incident.state, incident.concerns_pupil) == (ReportState.FINISHED, False)
    assert "Nye ruter er satt inn." in done
    assert "incident.answered" in events(incident)
    assert noticed(cast, "report.status") == {"contact_teacher"}
    assert "Ferdig" in sign_in(cast, "contact_teacher").get(f"/mine-meldinger/{incident.public_id}/").content.decode()
    assert "Hærverk" not in head.get("/meldinger/").content.decode()
    assert "Hærverk" in head.get("/meldinger/?vis=fulgt").content.decode()


@pytest.mark.django_db
def test_no_case_no_judgement_and_no_owner_before_somebody_says_yes(cast: Cast) -> None:
    incident, head = tell(cast), cast.actor("head_teacher")
    case = make_case(cast)
    pupil, handlers = cast.person("classmate"), [cast.person("case_handler")]
    attempts = [
        lambda: open_case(by=head, report=incident, pupil=pupil, handlers=handlers),
        lambda: join_report(by=head, case=case, report=incident),
        lambda: services.assess_report(by=head, report=incident, seriousness=Seriousness.SERIOUS, reason="Grunn"),
    ]
    refusals = []
    for attempt in attempts:
        with pytest.raises(Refused) as refused:
            attempt()
        refusals.append(refused.value.reasons)

    page = sign_in(cast, "head_teacher").get(f"/meldinger/{incident.public_id}/").content.decode()
    opened = sign_in(cast, "head_teacher").post(f"/saker/ny/?melding={incident.public_id}", {"pupil": "x"})

    assert refusals == [[IncidentObstacle.NOT_ASKED]] * 3
    assert purposes(incident) == []
    assert "Åpne sak" not in page
    assert "Kan en elev ha det utrygt?" in page
    assert opened.status_code == 422


@pytest.mark.django_db
def test_yes_makes_it_a_report_known_since_the_day_the_incident_was_told(cast: Cast) -> None:
    with set_to(MONDAY):
        incident = tell(cast, first_known_at=MONDAY, noticed_at=MONDAY)
    with set_to(FRIDAY):
        answer(cast, incident, unsafe=True)
        handlers = [cast.person("case_handler")]
        case = open_case(by=cast.actor("head_teacher"), report=incident, pupil=cast.person("pupil"), handlers=handlers)

    incident.refresh_from_db()
    assert (incident.concerns_pupil, incident.state, incident.first_known_at) == (True, ReportState.IN_CASE, MONDAY)
    assert case.first_known_at == MONDAY
    page = sign_in(cast, "head_teacher").get(f"/meldinger/{incident.public_id}/").content.decode()
    assert "Kom som en annen hendelse" in page


@pytest.mark.django_db
def test_finished_incident_becomes_a_report_when_something_new_is_known(cast: Cast) -> None:
    incident = tell(cast)
    answer(cast, incident, unsafe=False, result="Ryddet.")
    answer(cast, incident, unsafe=True)

    with pytest.raises(Refused) as refused:
        answer(cast, incident, unsafe=False, result="Likevel ikke.")

    incident.refresh_from_db()
    assert (incident.concerns_pupil, incident.state) == (True, ReportState.ACKNOWLEDGED)
    assert refused.value.reasons == [IncidentObstacle.NOT_AN_INCIDENT]
    assert [row.pupil_may_be_unsafe for row in incident.incident_answers.all()] == [False, True]
    assert AuditEvent.objects.filter(event="incident.answered").count() == 2


@pytest.mark.django_db
def test_report_about_a_pupil_can_never_be_finished(cast: Cast) -> None:
    report = send(cast)

    with pytest.raises(Refused) as refused:
        answer(cast, report, unsafe=False, result="Ferdig.")
    with building(), transaction.atomic(), pytest.raises(IntegrityError):
        Report.objects.filter(pk=report.pk).update(state=ReportState.FINISHED)

    assert refused.value.reasons == [IncidentObstacle.NOT_AN_INCIDENT]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["contact_teacher", "case_handler", "head_teacher_elsewhere", "owner_handler", "pupil"])
def test_question_is_answered_by_those_who_have_the_incident_and_by_nobody_else(cast: Cast, name: str) -> None:
    incident = tell(cast)

    with pytest.raises((NotAllowed, OutOfReach)):
        answer(cast, incident, by=name, unsafe=False, result="Ferdig.")
    assert sign_in(cast, name).post(f"/meldinger/{incident.public_id}/hendelse/", {"unsafe": "yes"}).status_code in {403, 404}
    assert Report.objects.get(pk=incident.pk).state == ReportState.SENT


# --- beside the reports


@pytest.mark.django_db
def test_incident_nobody_takes_is_not_left_lying_and_is_not_counted_as_a_report(cast: Cast) -> None:
    with set_to(MONDAY):
        incident = tell(cast)
        send(cast)
    with set_to(FRIDAY):
        lying = reports_left_lying(cast.actor("head_teacher"))
        counted = report_overview(cast.actor("head_teacher"), school_id=cast.school.pk)

    assert incident.pk in {row.pk for row in lying}
    assert len(lying) == 2
    assert len(counted["kind"]) == 1
