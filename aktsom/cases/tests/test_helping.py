"""Somebody who helps with one part sees whose part, why, until when and how far it has come, and nothing behind the walls."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from aktsom.cases import selectors, services
from aktsom.cases.models import Case, CasePart
from aktsom.cases.rules import CaseFacts, HearingOutcome, PartKind, RoadState, RoadStep, StepCode, road, road_of_part
from aktsom.cases.services.emergency import open_in_emergency
from aktsom.cases.tests.factories import building, make_case, pupil_part, put_plan_in_force
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.core.ui.dates import long_day
from aktsom.people.models import Position
from tests.cast import Cast
from tests.database_dump import MOST_QUERIES
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
LAST = 6


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case with a plan in force."""
    made = make_case(cast)
    put_plan_in_force(cast, made)
    return made


def part_of_other(cast: Cast, case: Case) -> CasePart:
    part: CasePart = services.add_part(
        by=cast.actor("head_teacher"), case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party")
    )
    return part


def let_help(cast: Cast, case: Case, part: CasePart, reason: str = "Kjenner eleven.") -> Client:
    services.add_helper(
        by=cast.actor("head_teacher"),
        case=case,
        person=cast.person("teacher_without_relation"),
        part=part,
        reason=reason,
        valid_until=today() + timedelta(days=LAST),
    )
    return sign_in(cast, "teacher_without_relation")


def pages_of(client: Client, case: Case, part: CasePart) -> dict[str, str]:
    """Return every page that stands open to a helper."""
    addresses = {
        "today": "/",
        "list": reverse("cases:case-list"),
        "mine": reverse("cases:case-list") + "?vis=mine",
        "overview": reverse("cases:case-detail", args=[case.public_id]),
        "investigation": reverse("cases:case-investigation", args=[case.public_id]),
        "part": reverse("cases:part-notes", args=[case.public_id, part.public_id]),
        "talks": reverse("cases:talk-list", args=[case.public_id]),
        "write": reverse("cases:note-add", args=[case.public_id, part.public_id]),
    }
    answers = {name: client.get(address) for name, address in addresses.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(addresses, 200)
    return {name: answer.content.decode() for name, answer in answers.items()}


def test_helper_in_another_pupils_part_meets_that_pupil_and_never_whom_the_case_is_for(cast: Cast, case: Case) -> None:
    client = let_help(cast, case, part_of_other(cast, case))
    pages = pages_of(client, case, case.parts.get(kind=PartKind.INVOLVED_PUPIL))

    assert {name: "Ylva" in page for name, page in pages.items()} == dict.fromkeys(pages, False)
    assert {name for name, page in pages.items() if "Sander Sandersen" in page} == set(pages)
    assert "Den som meldte" not in pages["talks"]
    steps = [str(step.label) for step in RoadStep]
    assert [step for step in steps if f">{step}<" in pages["overview"]] == steps[:3]


def test_helper_in_the_pupils_part_sees_the_whole_road_and_no_door_behind_the_walls(cast: Cast, case: Case) -> None:
    client = let_help(cast, case, pupil_part(case), reason="Er sammen med henne i friminuttene.")
    page = pages_of(client, case, pupil_part(case))["overview"]

    assert "Du hjelper til med Ylva Ylvasen" in page
    assert "Er sammen med henne i friminuttene." in page
    assert long_day(today() + timedelta(days=LAST)) in page
    assert [str(step.label) for step in RoadStep if f">{step.label}<" in page] == [str(step.label) for step in RoadStep]
    shut = ("case-voice", "case-log", "case-documents", "case-people", "case-family")
    assert [name for name in shut if reverse(f"cases:{name}", args=[case.public_id]) in page] == []


def test_help_stands_on_the_helpers_own_day_until_it_is_over(cast: Cast, case: Case) -> None:
    client = let_help(cast, case, part_of_other(cast, case))
    line = "Du hjelper til med Sander Sandersen"
    before = client.get("/").content.decode()

    worker = case.workers.get(part__isnull=False)
    services.end_work(by=cast.actor("head_teacher"), case=case, worker=worker)

    assert (line in before, line in client.get("/").content.decode()) == (True, False)
    assert client.get(reverse("cases:case-detail", args=[case.public_id])).status_code == 404


def test_handler_who_also_helps_meets_the_whole_case_as_before(cast: Cast, case: Case) -> None:
    part = part_of_other(cast, case)
    services.appoint_handler(by=cast.actor("head_teacher"), case=case, person=cast.person("teacher_without_relation"))
    client = let_help(cast, case, part)

    overview = client.get(reverse("cases:case-detail", args=[case.public_id])).content.decode()

    assert "Ylva Ylvasen" in overview
    assert "Du hjelper til med" not in overview + client.get("/").content.decode()


def test_last_day_of_help_is_the_day_that_was_set(cast: Cast, case: Case) -> None:
    let_help(cast, case, part_of_other(cast, case))

    shown = sign_in(cast, "head_teacher").get(reverse("cases:case-people", args=[case.public_id])).content.decode()

    assert case.workers.get(part__isnull=False).last_day == today() + timedelta(days=LAST)
    assert long_day(today() + timedelta(days=LAST)) in shown
    assert long_day(today() + timedelta(days=LAST + 1)) not in shown


def test_case_opened_in_an_emergency_stands_in_the_list_without_its_next_step(cast: Cast, case: Case) -> None:
    services.add_part(by=cast.actor("head_teacher"), case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    with building():
        Position.objects.create(person=cast.person("teacher_of_others"), role=Role.DEPARTMENT_HEAD, school=cast.school, valid_from=today())
    open_in_emergency(by=cast.actor("teacher_of_others"), pupil=case.pupil, reason="Det haster.")

    rows = {name: selectors.case_rows(cast.actor(name), [case])[0] for name in ("teacher_of_others", "head_teacher")}

    assert [(row.pupil, row.step.code == StepCode.NOTHING, row.is_in_part) for row in rows.values()] == [
        ("Ylva Ylvasen", True, True),
        ("Ylva Ylvasen", False, False),
    ]
    assert "Du har åpnet saken i en nødssituasjon" in sign_in(cast, "teacher_of_others").get(reverse("cases:case-list")).content.decode()


def test_report_is_joined_only_to_a_case_one_meets_whole(cast: Cast, case: Case) -> None:
    let_help(cast, case, part_of_other(cast, case))
    report = case.case_reports.get().report

    other = make_case(cast, pupil=cast.person("classmate")).case_reports.get().report

    assert report != other
    assert selectors.joinable_cases(cast.actor("teacher_without_relation"), report=other) == []
    assert case in selectors.joinable_cases(cast.actor("head_teacher"), report=other)


def test_notes_of_others_move_nothing_on_a_helpers_road() -> None:
    heard = CaseFacts(has_handler=True, pupil_hearing=HearingOutcome.HEARD, notes=4, plan_state="in_force", unheard_involved=1)

    mine = dict(road_of_part(heard, is_pupils=False, hearing="", notes=0))
    after = dict(road_of_part(heard, is_pupils=False, hearing=HearingOutcome.HEARD, notes=1))

    assert mine == {RoadStep.REPORTED: RoadState.DONE, RoadStep.RECEIVED: RoadState.DONE, RoadStep.INVESTIGATED: RoadState.NOW}
    assert after[RoadStep.INVESTIGATED] == RoadState.DONE
    assert road_of_part(heard, is_pupils=True, hearing="", notes=0) == road(replace(heard, notes=0))


@pytest.mark.parametrize("parts", [1, 3])
def test_lists_of_a_helper_cost_the_same_however_many_parts(
    cast: Cast, case: Case, parts: int, django_assert_max_num_queries: object
) -> None:
    client = let_help(cast, case, pupil_part(case))
    for pupil in ("other_party", "classmate")[: parts - 1]:
        made = services.add_part(by=cast.actor("head_teacher"), case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person(pupil))
        let_help(cast, case, made)
    for page in ("case-list", "case-detail", "case-investigation"):
        address = reverse(f"cases:{page}", args=[] if page == "case-list" else [case.public_id])
        client.get(address)
        with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
            assert client.get(address).status_code == 200
