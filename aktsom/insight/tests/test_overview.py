"""How every school stands: numbers without names, for who leads or oversees it, and nothing of what is withheld from a school."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aktsom.cases.rules import CaseKind
from aktsom.cases.selectors.numbers import case_numbers
from aktsom.cases.tests.factories import building, make_case, put_plan_in_force
from aktsom.core.timing.clock import now, set_to, today
from aktsom.insight.overview import duties_at, schools_now
from aktsom.measures.models import ActionPlan
from aktsom.plans.loading import LIBRARY_CODES, library_procedure
from aktsom.plans.models import ChosenProcedure
from aktsom.plans.rules.procedure import STATUTORY, Duty
from aktsom.plans.selectors import duties_compared
from aktsom.plans.services import begin_plan, put_edition_in_force
from aktsom.reports.rules import NoticePurpose
from aktsom.reports.services import acknowledge_report, notify_owner
from aktsom.reports.tests.factories import send
from aktsom.schools.selectors import current_year
from aktsom.wheel.models import WheelTask
from aktsom.wheel.services import arrange_year, finish_task
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
SINCE = timedelta(days=300)


@pytest.fixture
def year(cast: Cast) -> Any:
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, template="storhamar")
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
    found = current_year(cast.school.pk, today())
    arrange_year(by=by, school=cast.school, year=found)
    return found


def test_owner_sees_plan_year_cases_and_overdue_evaluations_without_names(cast: Cast, year: Any) -> None:
    case = make_case(cast)
    put_plan_in_force(cast, case)
    with building():
        ActionPlan.objects.update(evaluate_on=today() - timedelta(days=1))
    task = WheelTask.objects.filter(group=cast.group, who=" contact_teacher ").order_by("id")[0]
    finish_task(by=cast.actor("contact_teacher"), task=task, done_on=today(), note="Gikk fint")

    page = sign_in(cast, "owner_handler").get("/skolene/")
    (row,) = page.context["rows"]

    assert (row.school, row.plan.number, row.plan.is_reviewed) == (cast.school, 1, False)
    assert (row.wheel.done, row.wheel.total) == (1, WheelTask.objects.count())
    assert (row.cases.open, row.overdue) == (1, 1)
    text = page.content.decode()
    assert all(str(cast.person(name)) not in text for name in ("pupil", "other_party", "contact_teacher"))
    assert case.public_id not in text


@pytest.mark.parametrize("withheld", [False, True])
def test_withheld_case_is_counted_for_the_owner_alone(cast: Cast, year: Any, withheld: bool) -> None:
    case = make_case(cast)
    with building():
        type(case).objects.filter(pk=case.pk).update(is_withheld=withheld)
    since, ids = now() - SINCE, [cast.school.pk]

    owner = case_numbers(cast.actor("owner_handler"), ids, since=since)
    head = case_numbers(cast.actor("head_teacher"), ids, since=since)

    assert owner[cast.school.pk].open == 1
    assert {school: numbers.open for school, numbers in head.items()} == ({} if withheld else {cast.school.pk: 1})
    assert case_numbers(cast.actor("other_owner_handler"), ids, since=since) == {}
    assert case_numbers(cast.actor("contact_teacher"), ids, since=since) == {}


@pytest.mark.parametrize(
    ("name", "status"), [("contact_teacher", 403), ("pupil", 403), ("guardian", 403), ("head_teacher", 200), ("other_owner_handler", 200)]
)
def test_page_is_for_those_who_lead_or_oversee(cast: Cast, year: Any, name: str, status: int) -> None:
    make_case(cast)

    answer = sign_in(cast, name).get("/skolene/")

    assert answer.status_code == status
    if status == 200:
        assert (cast.school.name in answer.content.decode()) == (name == "head_teacher")


def test_who_does_not_lead_sees_no_number_of_cases(cast: Cast, year: Any) -> None:
    make_case(cast)
    seen = {name: [row.cases for row in schools_now(cast.actor(name))] for name in ("head_teacher", "case_handler")}

    assert [numbers.open for numbers in seen["head_teacher"] if numbers] == [1]
    assert all(numbers is None for numbers in seen["case_handler"])


def test_reads_do_not_grow_with_the_schools(cast: Cast, year: Any) -> None:
    actor = cast.actor("owner_handler")
    with CaptureQueriesContext(connection) as one:
        schools_now(actor)
    with building():
        cast.school.pk = cast.school.id = None
        for number in range(3):
            cast.school.pk, cast.school.public_id = None, f"ekstraskole{number}"
            cast.school.org_number, cast.school.slug, cast.school.name = f"91111111{number}", f"ekstra-{number}", f"Ekstra {number}"
            cast.school.save(force_insert=True)

    with CaptureQueriesContext(connection) as four:
        rows = schools_now(actor)

    assert (len(rows), len(four)) == (4, len(one))
    assert len(one) <= 12


def test_owners_report_shows_each_school_by_area_with_what_shows_it(cast: Cast, year: Any) -> None:
    task = WheelTask.objects.filter(group=cast.group, who=" contact_teacher ").order_by("id")[0]
    finish_task(by=cast.actor("contact_teacher"), task=task, done_on=today(), evidence=["Referat"])

    owner, other = sign_in(cast, "owner_handler"), sign_in(cast, "other_owner_handler")

    with CaptureQueriesContext(connection) as reads:
        page = owner.get("/arshjul/eier/rapport/")
    others = other.get("/arshjul/eier/rapport/").context["reports"]

    ((report, areas, _focuses),) = page.context["reports"]
    assert (report.school, report.shown_by, report.tally.done) == (cast.school, 1, 1)
    assert sum(tally.total for _name, tally in areas) == WheelTask.objects.count()
    assert "§ 12-3" in page.content.decode()
    assert len(reads) <= 25
    assert cast.school not in [each.school for each, *_rest in others]
    assert sign_in(cast, "contact_teacher").get("/arshjul/eier/rapport/").status_code == 403


def test_prv_05_owner_is_told_no_small_number_of_cases_and_who_leads_the_school_is(cast: Cast, year: Any) -> None:
    for name in ("pupil", "classmate", "other_party"):
        case = make_case(cast, pupil=cast.person(name))
        put_plan_in_force(cast, case)
    with building():
        ActionPlan.objects.update(evaluate_on=today() - timedelta(days=1))

    owner, head = (sign_in(cast, name).get("/skolene/") for name in ("owner_handler", "head_teacher"))

    (seen,), (led,) = owner.context["rows"], head.context["rows"]
    assert (seen.open_words, seen.closed_words, seen.overdue_words) == ("under 5", "0", "under 5")
    assert (led.open_words, led.closed_words, led.overdue_words) == ("3", "0", "3")
    assert "<dd>3" not in owner.content.decode()


def test_prv_05_numbers_of_the_year_and_of_section_12_3_count_no_child_and_no_report(cast: Cast, year: Any) -> None:
    pages = ("/arshjul/eier/", "/arshjul/eier/rapport/")
    client = sign_in(cast, "owner_handler")
    before = [facts_of(client.get(page).content.decode()) for page in pages]

    for name in ("pupil", "classmate"):
        make_case(cast, pupil=cast.person(name))

    assert [facts_of(client.get(page).content.decode()) for page in pages] == before


def facts_of(page: str) -> list[str]:
    """Return every number in the text of a page's main part."""
    return re.findall(r"\d+", re.sub(r"<[^>]*>", " ", page[page.index("<main") : page.index("</main>")]))


@pytest.mark.parametrize("kind", ["serious", "staff"])
def test_esc_10_owner_sees_a_case_she_should_have_been_told_of_until_she_is(cast: Cast, year: Any, kind: str) -> None:
    case = make_case(cast)
    with building():
        type(case).objects.filter(pk=case.pk).update(**({"is_serious": True} if kind == "serious" else {"kind": CaseKind.STAFF}))
    owner = sign_in(cast, "owner_handler")
    before = owner.get("/skolene/")
    (row,) = before.context["rows"]

    report = case.case_reports.get().report
    notify_owner(by=cast.actor("head_teacher"), report=report, purpose=NoticePurpose.SERIOUS, reason="Vold")
    after = owner.get("/skolene/")

    assert row.cases.owner_not_told == 1
    assert "Eieren er ikke varslet" in before.content.decode()
    assert "Eieren er ikke varslet" not in after.content.decode()
    assert case.public_id not in before.content.decode()


def test_esc_10_owner_sees_that_a_report_about_staff_is_kept_at_the_school(cast: Cast, year: Any) -> None:
    with set_to(now() - timedelta(hours=2)):
        report = send(cast, accused=("teacher_of_others",))
    send(cast, accused=("teacher_of_others",))  # has just come
    owner, other = sign_in(cast, "owner_handler"), cast.actor("other_owner_handler")
    shown = owner.get("/skolene/")

    acknowledge_report(by=cast.actor("head_teacher"), report=report)

    assert [row.reports_waiting for row in shown.context["rows"]] == [1]
    assert "minst én melding her om en som arbeider ved skolen" in shown.content.decode()
    assert report.public_id not in shown.content.decode()
    assert [row.reports_waiting for row in owner.get("/skolene/").context["rows"]] == [0]
    assert [row.reports_waiting for row in schools_now(cast.actor("head_teacher"))] == [0]
    assert [row.reports_waiting for row in schools_now(other)] == [0]


def test_xct_03_schools_that_count_five_six_and_seven_duties_are_read_side_by_side(cast: Cast) -> None:
    with building():
        ChosenProcedure.objects.filter(school=cast.other_school).update(code="steinkjer")
    found = {line.duty: [word for word, _school in line.cells] for line in duties_at([cast.school, cast.other_school])}
    alone = [sum(bool(words[at]) for words in found.values()) for at in (0, 1)]

    assert list(found) == [str(duty.label) for duty in Duty]
    assert all(word for duty in STATUTORY for word in found[str(duty.label)])
    assert alone == [len({step.duty for step in library_procedure(code).duties}) for code in ("storhamar", "steinkjer")]
    assert alone[0] != alone[1]
    assert duties_at([cast.school]) == []


def test_xct_03_every_plan_of_the_library_has_the_five_duties_of_the_act() -> None:
    plans = [library_procedure(code) for code in LIBRARY_CODES]
    shortest = replace(plans[0], duties=tuple(step for step in plans[0].duties if step.duty in STATUTORY))
    found = duties_compared(dict(enumerate([*plans, shortest])))

    assert all(word for duty, words in found if duty in STATUTORY for word in words.values())
    assert {len(each.duties) for each in [*plans, shortest]} == {5, 6, 7}
    assert [words[len(plans)] for duty, words in found if duty not in STATUTORY] == ["", ""]
