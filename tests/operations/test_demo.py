"""The demo tells its stories through the real services; a copy of its database tells nobody's."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aktsom.cases.models import Case
from aktsom.core.access.actor import system_actor
from aktsom.core.accounts.models import User
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.audit.verification import verify_all
from aktsom.core.timing.clock import today
from aktsom.measures.models import ActionPlan
from aktsom.people.models import Person
from aktsom.reports.models import Report
from aktsom.schools.rules import OwnerKind, SchoolLevel
from demo.family import OUTSIDE, TWO_HOMES, tell_of_one_outside, tell_of_two_homes
from demo.people import FIVE_SCHOOLS, MadeSchool, SchoolPlan, Town
from demo.routine import write_routine
from demo.stories import ADVICE, DONE, SAID, SEEN, Teller, tell_all
from demo.town import GUARDIANS, give_accounts, give_owner_accounts, open_the_door, people_to_be, school_start
from demo.year import arrange
from tests.database_dump import MOST_QUERIES, database_text
from tests.signed_in import BACKEND

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def told(db: None) -> MadeSchool:
    """One small school with every story told."""
    with unit_of_work(system_actor("demo"), "demo"):
        town = Town(first_day=school_start(today()))
        owner = town.owner("Prøvefylket", OwnerKind.COUNTY)
        made = town.school(owner, SchoolPlan("prove", "Prøve skole", SchoolLevel.COMBINED, "steinkjer", 60, (5, 6, 7)))
        give_accounts(made)
        give_owner_accounts(owner)
    tell_all(made, today=today(), old_cases=1)
    return made


def test_demo_has_every_state_and_a_copy_shows_no_narrative(told: MadeSchool) -> None:
    dump = database_text()
    if connection.vendor == "sqlite":
        dump += connection.connection.serialize().decode("utf-8", "replace")

    sentences = [*SEEN, *SAID, *ADVICE, *(what for what, _level in DONE), "Voksne der det skjer", "trygt og godt.", "Takk for at du sa fra"]
    assert [sentence for sentence in sentences if sentence in dump] == []
    assert Counter(Case.objects.values_list("state", flat=True)) == {"open": 10, "closed": 1}
    assert set(ActionPlan.objects.values_list("state", flat=True)) == {"draft", "in_force", "ended"}
    assert set(Report.objects.values_list("state", flat=True)) == {"sent", "acknowledged", "in_case"}
    assert set(Report.objects.values_list("route", flat=True)) == {"ordinary", "staff", "leadership"}
    assert [report.chain for report in verify_all() if report.broken_at is not None] == []


def test_first_page_of_everybody_asks_few_questions_when_a_school_has_a_year_behind_it(told: MadeSchool) -> None:
    arrange(told, procedure="steinkjer", today=today())
    write_routine(Teller(told, today()))
    with unit_of_work(system_actor("demo"), "demo"):
        open_the_door(told.school)
    asked: dict[str, int] = {}
    for person in people_to_be():
        client = Client()
        client.force_login(User.objects.get(username=person.username), backend=BACKEND)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
        session.save()
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        asked[person.title] = max(asked.get(person.title, 0), len(queries))

    assert {title: count for title, count in asked.items() if count > MOST_QUERIES} == {}
    assert {"rektor", "avdelingsleder", "lærer", "rådgiver", "elev", "foresatt", "rådgiver hos skoleeier"} - set(asked) == set()


def test_page_to_choose_a_person_asks_as_few_questions_for_every_school(db: None) -> None:
    town, asked, shown = Town(first_day=school_start(today())), [], []
    for slug, name in (("prove", "Prøve skole"), ("to", "To skole")):
        with unit_of_work(system_actor("demo"), "demo"):
            made = town.school(
                town.owner(f"Eieren av {name}", OwnerKind.COUNTY), SchoolPlan(slug, name, SchoolLevel.COMBINED, "sentrum", 20, (5,))
            )
            give_accounts(made)
        Teller(made, today(), number=3).planned(13)
        with unit_of_work(system_actor("demo"), "demo"):
            open_the_door(made.school)
        with CaptureQueriesContext(connection) as queries:
            shown.append(people_to_be())
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 10
    assert {person.title for person in shown[0]} >= {"rektor", "avdelingsleder", "lærer", "rådgiver", "elev", "foresatt"}
    assert shown[1][: len(shown[0])] == shown[0]
    assert {person.place for person in shown[1]} == {"Prøve skole", "To skole"}


def test_files_on_disk_hold_no_picture_or_paper_in_the_open(told: MadeSchool) -> None:
    stored = [path for path in Path(settings.AKTSOM_FILES_DIR).rglob("*") if path.is_file()]

    assert [path for path in stored if path.read_bytes()[:4] in {b"%PDF", b"\xff\xd8\xff\xe0"}] == []


def test_demo_is_five_schools_that_each_run_one_plan_with_2000_pupils() -> None:
    assert {plan.procedure for _owner, plan in FIVE_SCHOOLS} == {"storhamar", "rosenvilde", "lillestrom", "sentrum", "steinkjer"}
    assert sum(plan.pupils for _owner, plan in FIVE_SCHOOLS) == 2000


@pytest.mark.parametrize(
    ("day", "start"),
    [(date(2026, 11, 21), date(2026, 8, 17)), (date(2027, 2, 1), date(2026, 8, 17)), (date(2027, 8, 20), date(2027, 8, 16))],
)
def test_school_start_is_the_monday_of_this_school_year(day: date, start: date) -> None:
    assert school_start(day) == start


def test_family_with_two_homes_has_two_sides_and_one_who_asked_and_was_answered(told: MadeSchool) -> None:
    tell_of_one_outside(told, today=today())
    tell_of_two_homes(told, today=today())

    guardians = [(row.text, row.username) for row in people_to_be() if row.title == "foresatt"]
    assert sorted(text for text, _username in guardians) == sorted([GUARDIANS[OUTSIDE], GUARDIANS[TWO_HOMES], GUARDIANS[TWO_HOMES]])
    case = Case.objects.select_related("pupil").get(pupil__protected_address=True)
    here, there = (Person.objects.get(user__username=name) for text, name in guardians if text == GUARDIANS[TWO_HOMES])
    sides = {}
    for person in (here, there):
        client = Client()
        client.force_login(person.user, backend=BACKEND)
        pages = [client.get(f"/min-sak/{case.public_id}/{page}") for page in ("", "papirer/", "lest/", "hvordan-er-det/")]
        assert [page.status_code for page in pages] == [200] * 4
        sides[person] = "".join(page.content.decode() for page in pages)
    assert "De er tyngst" in sides[here]
    assert "ukene hos deg" in sides[there]
    assert "ukene hos deg" not in sides[here]
    assert "De er tyngst" not in sides[there]
    assert [str(there) in sides[here], str(here) in sides[there]] == [False, False]
    outside = Client()
    outside.force_login(User.objects.get(username=dict(guardians)[GUARDIANS[OUTSIDE]]), backend=BACKEND)
    assert outside.get(f"/min-sak/{case.public_id}/").status_code == 404
    assert "Les svaret" in outside.get("/skolen/folge/").content.decode()
