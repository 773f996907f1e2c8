"""§ 12-4: pay attention, intervene, report, investigate and correct «snarest», plan with five points, document."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.forms import Textarea
from hypothesis import given
from hypothesis import strategies as st

from aktsom.cases.rules.clocks import Clock, ClockFacts, readings
from aktsom.cases.rules.closing import ClosingObstacle, obstacles_to_closing
from aktsom.cases.tests.factories import building, make_case
from aktsom.core.access.actions import Action
from aktsom.core.access.roles import ALLOWED, Role
from aktsom.core.timing.clock import now
from aktsom.core.timing.deadlines import LocalStandard, TimeUnit, TimeWord, due_date
from aktsom.core.timing.law import law
from aktsom.core.timing.statutory import statutory_clock
from aktsom.measures.rules import MeasureFacts, PlanObstacle, PlanState, obstacles_to_putting_in_force
from aktsom.people.models import Position
from aktsom.plans.loading import LIBRARY_CODES, library_procedure
from aktsom.plans.rules import FloorFacts, floor_faults
from aktsom.reports.models import Report
from aktsom.reports.rules.incidents import IncidentObstacle, obstacles_to_answering
from aktsom.reports.rules.receiving import owner_purposes
from aktsom.reports.rules.routing import Reachable, recipients_for, route_for
from aktsom.reports.rules.states import Involved, ReporterKind, ReportState, Route
from aktsom.reports.services.sending import ReportDraft, receive_report
from tests.architecture.test_special_categories import every_form
from tests.cast import Cast
from tests.signed_in import sign_in

MONDAY = date(2026, 11, 16)
FACTS = ClockFacts(kind="12-4", first_known_on=MONDAY, reported_on=MONDAY, received_on=MONDAY, raised_on=MONDAY)
WHOLE = {
    "state": PlanState.DRAFT,
    "has_problem": True,
    "measures": [MeasureFacts(has_finding=True, has_start=True, has_responsible=True)],
    "evaluate_on": date(2026, 11, 30),
    "today": MONDAY,
    "version": 0,
    "reason": "",
}


def test_first_to_fourth_paragraph_hold_since_the_day_of_the_act() -> None:
    held = [law(f"ol-12-4-{part}", on=date(2024, 8, 1)) for part in "1234"]

    assert [(reference.valid_from, reference.valid_until) for reference in held] == [(date(2024, 8, 1), None)] * 4


def test_second_paragraph_reports_go_to_the_head_who_always_knows() -> None:
    there = Reachable(heads=(1,), delegated=(2,), owner=(9,))

    route = route_for(involved=Involved.NO, accused=(), leadership=(1,))

    assert route == Route.ORDINARY
    assert [pk for pk, _reason in recipients_for(route=route, there=there, accused=())] == [1, 2]


def test_second_paragraph_only_serious_cases_go_on_to_the_owner() -> None:
    ordinary = {"route": Route.ORDINARY, "every_case": False, "is_groundless": False}

    assert owner_purposes(**ordinary, seriousness="serious") == ["serious"]
    assert owner_purposes(**ordinary, seriousness="ordinary") == []


def test_second_paragraph_no_report_can_be_turned_away() -> None:
    """«Finished» is for an incident that makes no pupil unsafe: the database takes it for no report about a pupil (REP-29)."""
    assert set(ReportState.values) == {"sent", "acknowledged", "in_case", "clearly_groundless", "finished"}
    assert obstacles_to_answering(is_incident=False, may_be_unsafe=False, result="Ferdig.") == [IncidentObstacle.NOT_AN_INCIDENT]
    assert "report_finished_only_as_incident" in {rule.name for rule in Report._meta.constraints}


def test_second_paragraph_snarest_is_a_word_and_no_number() -> None:
    assert (statutory_clock("C5").limit, statutory_clock("C6").limit) == (TimeWord.AS_SOON_AS_POSSIBLE, TimeWord.NONE_STATED)
    assert [r.due_on for r in readings(FACTS, today=MONDAY) if r.clock in {Clock.INVESTIGATION, Clock.PLAN}] == [None, None]


@given(later=st.integers(0, 3000))
def test_second_paragraph_word_alone_is_never_shown_as_missed(later: int) -> None:
    today = date.fromordinal(MONDAY.toordinal() + later)

    assert {r.state for r in readings(FACTS, today=today) if r.clock in {Clock.INVESTIGATION, Clock.PLAN}} == {"running"}


def test_second_paragraph_five_days_is_one_schools_own_rule_and_says_so() -> None:
    standards = {code: library_procedure(code).plan_standard for code in LIBRARY_CODES}
    own = standards.pop("lillestrom")

    plan = next(r for r in readings(replace(FACTS, plan_standard=own), today=MONDAY) if r.clock == Clock.PLAN)

    assert set(standards.values()) == {None}
    assert (plan.due_on, plan.whose.startswith("Skolens egen regel: ")) == (date(2026, 11, 23), True)


def test_second_paragraph_a_plan_may_be_quicker_than_snarest_but_not_slower() -> None:
    quicker = floor_faults(FloorFacts(investigation_word=TimeWord.IMMEDIATELY))
    slower = floor_faults(FloorFacts(investigation_word=TimeWord.WITHOUT_UNDUE_DELAY))

    assert [fault.section for fault in quicker] == []
    assert [fault.section for fault in slower] == ["§ 12-4 andre ledd"]


@given(
    start=st.dates(date(2024, 8, 1), date(2040, 1, 1)),
    amount=st.integers(1, 30),
    unit=st.sampled_from([TimeUnit.WORKING_DAYS, TimeUnit.WEEKS]),
)
def test_second_paragraph_a_shorter_local_rule_never_gives_a_later_day(start: date, amount: int, unit: TimeUnit) -> None:
    shorter, longer = (due_date(start, LocalStandard(number, unit, "")) for number in (amount, amount + 1))

    assert shorter is not None
    assert longer is not None
    assert shorter <= longer


def test_second_paragraph_the_duty_lasts_until_the_pupil_has_it_safe() -> None:
    asked = {
        "state": "open",
        "reason": "safe",
        "note": "Eleven har det trygt.",
        "answered_at": datetime(2026, 11, 16, 9, tzinfo=UTC),
        "last_change_at": None,
        "has_final_evaluation": True,
        "open_measures": 0,
        "left_school": False,
    }

    assert obstacles_to_closing(**asked, pupil_answer="better") == [ClosingObstacle.NOT_SAFE]
    assert obstacles_to_closing(**asked, pupil_answer="safe") == []


@pytest.mark.parametrize(
    ("missing", "obstacle"),
    [
        ({"has_problem": False}, PlanObstacle.NO_PROBLEM),
        ({"measures": []}, PlanObstacle.NO_MEASURE),
        ({"measures": [MeasureFacts(has_finding=True, has_start=False, has_responsible=True)]}, PlanObstacle.NO_START),
        ({"measures": [MeasureFacts(has_finding=True, has_start=True, has_responsible=False)]}, PlanObstacle.NO_RESPONSIBLE),
        ({"evaluate_on": None}, PlanObstacle.NO_EVALUATION_DATE),
    ],
    ids=["a problem", "b measures", "c when", "d who", "e evaluation"],
)
def test_third_paragraph_each_of_the_five_points_is_asked_for(missing: dict[str, object], obstacle: PlanObstacle) -> None:
    assert obstacles_to_putting_in_force(**WHOLE) == []
    assert obstacles_to_putting_in_force(**{**WHOLE, **missing}) == [obstacle]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["staff", "environment_worker", "administrative", "counsellor", "school_nurse", "department_head"])
def test_second_paragraph_everyone_who_works_there_can_report_and_meets_no_case_by_it(cast: Cast, role: str) -> None:
    case = make_case(cast)
    with building():
        Position.objects.filter(person=cast.person("teacher_without_relation")).update(role=role, title="SFO, ansatt et annet sted")
    client = sign_in(cast, "teacher_without_relation")

    answers = [client.get(page).status_code for page in ("/meld/", "/meld/muntlig/", f"/saker/{case.public_id}/")]

    assert answers == [200, 200, 404]
    assert Action.REPORT_SEND in ALLOWED[Role(role)]


@pytest.mark.django_db
def test_second_paragraph_a_report_that_is_late_is_taken_with_both_its_days(cast: Cast) -> None:
    noticed = now() - timedelta(days=40)
    report = receive_report(
        by=cast.actor("contact_teacher"),
        school=cast.school,
        draft=ReportDraft(
            what_happened="Ylva har vært alene lenge.",
            reporter_kind=ReporterKind.STAFF,
            reporter=cast.person("contact_teacher"),
            pupils=(cast.person("pupil"),),
            noticed_at=noticed,
        ),
    )

    assert (report.noticed_at, report.received_at.date()) == (noticed, now().date())


@pytest.mark.django_db
def test_fourth_paragraph_no_more_is_asked_for_than_is_needed(cast: Cast) -> None:
    """Documentation in the form and extent that is necessary: of what can be written, little has to be (LAW-02)."""
    asked = {
        form.__qualname__: [name for name, field in form.base_fields.items() if field.required and isinstance(field.widget, Textarea)]
        for form in every_form()
        if form.__module__.startswith(("aktsom.cases", "aktsom.measures", "aktsom.reports"))
    }

    assert {name: texts for name, texts in asked.items() if len(texts) > 3} == {}
    assert sum(not texts for texts in asked.values()) > len(asked) / 3  # many need no text at all
    page = sign_in(cast, "case_handler").get(f"/saker/{make_case(cast).public_id}/dokumenter/").content.decode()
    assert "Skriv det som trengs for å vise hva dere har gjort, og ikke mer (§ 12-4 fjerde ledd)." in page
