"""The five real plans as data: what differs between them, and that none stands in code (PLN-01, Part 1)."""

import pytest

from aktsom.core.timing.deadlines import LocalStandard, TimeUnit, TimeWord
from aktsom.plans.loading import LIBRARY_CODES, library_procedure
from aktsom.plans.rules import Duty, StaffCaseRule
from tests.architecture.checks import sources

ALL = pytest.mark.parametrize("code", LIBRARY_CODES)


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("storhamar", "aktivitetsplan"),
        ("rosenvilde", "aktivitetsplan"),
        ("lillestrom", "handlingsplan for eleven"),
        ("sentrum", "aktivitetsplan"),
        ("steinkjer", "tiltaksplan"),
    ],
)
def test_each_plan_keeps_its_own_word(code: str, word: str) -> None:
    assert library_procedure(code).words.plan == word


@pytest.mark.parametrize(
    ("code", "receivers"),
    [
        ("storhamar", ("head_teacher", "department_head")),
        ("rosenvilde", ("head_teacher", "department_head")),
        ("lillestrom", ("head_teacher", "deputy")),
        ("sentrum", ("head_teacher", "department_head", "counsellor", "environment_worker")),
        ("steinkjer", ("head_teacher",)),
    ],
)
def test_each_plan_names_its_receivers_and_the_head_always_knows(code: str, receivers: tuple[str, ...]) -> None:
    procedure = library_procedure(code)

    assert procedure.receivers == receivers
    assert procedure.passed_on_to_head


@pytest.mark.parametrize(
    ("code", "duties"), [("storhamar", 6), ("rosenvilde", 7), ("lillestrom", 6), ("sentrum", 6), ("steinkjer", 7)]
)
def test_each_plan_counts_its_own_duties(code: str, duties: int) -> None:
    assert len(library_procedure(code).duties) == duties


def test_only_one_plan_has_a_local_limit_in_days() -> None:
    standards = {code: library_procedure(code).plan_standard for code in LIBRARY_CODES}

    assert {code for code, standard in standards.items() if standard} == {"lillestrom"}
    assert standards["lillestrom"] == LocalStandard(
        5, TimeUnit.WORKING_DAYS, "Planen og tiltakene skal være gjort kjent og ha fått svar innen fem virkedager."
    )


@pytest.mark.parametrize(("code", "added"), [("storhamar", True), ("rosenvilde", True), ("sentrum", True), ("lillestrom", False), ("steinkjer", False)])
def test_leadership_route_exists_also_where_the_plan_forgot_it(code: str, added: bool) -> None:
    route = library_procedure(code).owner_routes["leadership"]

    assert (route.added_by_law, route.word) == (added, TimeWord.IMMEDIATELY)


def test_what_only_one_plan_has() -> None:
    assert [code for code in LIBRARY_CODES if library_procedure(code).tell_pupil_first] == ["storhamar"]
    assert [code for code in LIBRARY_CODES if library_procedure(code).assesses_whether_plan] == ["storhamar"]
    assert [code for code in LIBRARY_CODES if library_procedure(code).topics] == ["rosenvilde"]
    assert [code for code in LIBRARY_CODES if library_procedure(code).staff_cases == StaffCaseRule.ALWAYS] == ["rosenvilde"]
    assert [code for code in LIBRARY_CODES if library_procedure(code).owner_in_every_case] == ["sentrum"]
    assert [code for code in LIBRARY_CODES if library_procedure(code).interdisciplinary_team] == ["sentrum"]
    assert [code for code in LIBRARY_CODES if library_procedure(code).evaluates_continuously] == ["lillestrom"]
    assert [code for code in LIBRARY_CODES if library_procedure(code).serious_examples] == ["steinkjer"]


@ALL
def test_the_acts_five_duties_are_in_every_plan(code: str) -> None:
    duties = {step.duty for step in library_procedure(code).duties}

    assert {Duty.PAY_ATTENTION, Duty.INTERVENE, Duty.REPORT, Duty.INVESTIGATE, Duty.TAKE_MEASURES} <= duties


@ALL
def test_every_own_rule_tells_its_row(code: str) -> None:
    rules = library_procedure(code).local_rules.values()

    assert [rule.text for rule in rules if not rule.source] == []
    assert len(rules) >= 2


def test_no_rule_of_a_plan_stands_in_code() -> None:
    named = [path for path, text in sources() for code in LIBRARY_CODES if code in text.lower() and path != "aktsom/plans/loading.py"]
    comments_only = {"aktsom/plans/rules.py", "aktsom/measures/models.py"}

    assert sorted(set(named) - comments_only) == []
