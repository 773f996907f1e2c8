"""Finding the pupil a case is for: the owner's handlers write the whole name, and a name nobody knows is said so."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from aktsom.cases.models import Case, HelpRequest
from aktsom.cases.tests.factories import building, make_case, make_report
from aktsom.core.timing.clock import today
from aktsom.reports.models import Report, ReportPupil
from aktsom.reports.rules import Route
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def about_leadership(cast: Cast) -> Report:
    report = make_report(cast, route=Route.LEADERSHIP, accused=("head_teacher",))
    with building():
        ReportPupil.objects.filter(report=report).update(person=None)
    return report


def opening(report: Report, name: str = "") -> str:
    return f"{reverse('cases:case-open')}?melding={report.public_id}&navn={name}"


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_page_asks_which_pupil_first_when_the_report_names_nobody_it_knows(cast: Cast, about_leadership: Report) -> None:
    shown = text_of(sign_in(cast, "owner_handler"), opening(about_leadership))

    assert "Vi kjente ikke igjen navnet i meldingen" in shown
    assert "Åpne saken</button>" not in shown


def test_name_nobody_has_is_said_so(cast: Cast, about_leadership: Report) -> None:
    assert "Vi finner ingen elev ved skolen med det navnet" in text_of(sign_in(cast, "owner_handler"), opening(about_leadership, "Ukjent"))


def test_owners_handler_opens_a_case_about_the_leadership_by_writing_the_whole_name(cast: Cast, about_leadership: Report) -> None:
    client, pupil = sign_in(cast, "owner_handler"), cast.person("pupil")
    address = opening(about_leadership, str(pupil))

    shown = text_of(client, address)
    opened = client.post(address, {"pupil": pupil.public_id, "handlers": [cast.person("owner_handler").public_id]})

    assert pupil.public_id in shown
    assert opened.status_code == 302
    assert [(case.pupil, case.is_withheld) for case in Case.objects.all()] == [(pupil, True)]


def test_owners_handler_finds_nobody_by_a_part_of_a_name(cast: Cast, about_leadership: Report) -> None:
    pupil = cast.person("pupil")

    assert pupil.public_id not in text_of(sign_in(cast, "owner_handler"), opening(about_leadership, pupil.given_name))


def test_owners_handler_finds_no_pupil_at_another_school_than_the_reports(cast: Cast, about_leadership: Report) -> None:
    pupil = cast.person("pupil")
    with building():
        pupil.enrolments.update(school=cast.other_school)

    assert pupil.public_id not in text_of(sign_in(cast, "owner_handler"), opening(about_leadership, str(pupil)))


def asked(cast: Cast, case: Case, person: str) -> dict[str, str]:
    return {
        "part": case.parts.get(person=cast.person("pupil")).public_id,
        "helper": "nurse",
        "person": person,
        "purpose": "Hva kan vi gjøre i pausene?",
        "shared": "En elev er mye alene.",
        "basis": "without_name",
        "ends_on": today().isoformat(),
    }


def test_question_to_somebody_outside_says_that_nothing_is_sent(cast: Cast) -> None:
    case = make_case(cast)
    client, address = sign_in(cast, "case_handler"), reverse("cases:help-ask", args=[case.public_id])

    unsaid = client.post(address, asked(cast, case, ""))
    said = client.post(address, asked(cast, case, "utenfor"), follow=True).content.decode()

    assert (unsaid.status_code, HelpRequest.objects.filter(person=None).count()) == (422, 1)
    assert "Aktsom sender det ikke. Ring eller skriv selv, og skriv inn svaret her." in said


def test_question_to_somebody_at_the_school_says_who_gets_it(cast: Cast) -> None:
    case, nurse = make_case(cast), cast.person("teacher_of_others")
    address = reverse("cases:help-ask", args=[case.public_id])

    said = sign_in(cast, "case_handler").post(address, asked(cast, case, nurse.public_id), follow=True).content.decode()

    assert f"Spørsmålet er sendt til {nurse}." in said
    assert HelpRequest.objects.get().person == nurse
