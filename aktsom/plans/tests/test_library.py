"""The five real plans as data: what differs between them, and that none stands in code (PLN-01, Part 1)."""

import re
from pathlib import Path

import pytest

from aktsom.core.timing.deadlines import LocalStandard, TimeUnit, TimeWord
from aktsom.plans.loading import LIBRARY, LIBRARY_CODES, PlanFileInvalid, library_procedure
from aktsom.plans.rules import STEPS_OF_THE_ACT, CaseStep, Duty, StaffCaseRule
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


@pytest.mark.parametrize(("code", "duties"), [("storhamar", 6), ("rosenvilde", 7), ("lillestrom", 6), ("sentrum", 6), ("steinkjer", 7)])
def test_each_plan_counts_its_own_duties(code: str, duties: int) -> None:
    assert len(library_procedure(code).duties) == duties


def test_only_one_plan_has_a_local_limit_in_days() -> None:
    standards = {code: library_procedure(code).plan_standard for code in LIBRARY_CODES}

    assert {code for code, standard in standards.items() if standard} == {"lillestrom"}
    assert standards["lillestrom"] == LocalStandard(
        5, TimeUnit.WORKING_DAYS, "Planen og tiltakene skal være gjort kjent og ha fått svar innen fem virkedager."
    )


@pytest.mark.parametrize(
    ("code", "added"), [("storhamar", True), ("rosenvilde", True), ("sentrum", True), ("lillestrom", False), ("steinkjer", False)]
)
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


SNAREST, STRAKS, SILENT = TimeWord.AS_SOON_AS_POSSIBLE, TimeWord.IMMEDIATELY, TimeWord.NONE_STATED


@pytest.mark.parametrize(
    ("code", "ordinary", "serious", "staff", "staff_in_force"),
    [
        ("storhamar", SNAREST, STRAKS, STRAKS, STRAKS),
        ("rosenvilde", TimeWord.CONTINUOUS, SILENT, STRAKS, STRAKS),
        ("lillestrom", STRAKS, STRAKS, STRAKS, STRAKS),
        ("sentrum", SILENT, SILENT, SILENT, STRAKS),
        ("steinkjer", TimeWord.AS_CASE_REQUIRES, STRAKS, STRAKS, STRAKS),
    ],
)
def test_each_plan_keeps_its_own_time_words_and_the_act_fills_the_silence(
    code: str, ordinary: TimeWord, serious: TimeWord, staff: TimeWord, staff_in_force: TimeWord
) -> None:
    procedure = library_procedure(code)

    assert procedure.report_words == {"ordinary": ordinary, "serious": serious, "staff": staff}
    assert procedure.report_word("staff") == staff_in_force


@pytest.mark.parametrize(
    ("code", "channels"),
    [
        ("storhamar", ()),
        ("rosenvilde", ()),
        ("lillestrom", ("in_person", "teams", "sms", "phone")),
        ("sentrum", ()),
        ("steinkjer", ("form", "in_person")),
    ],
)
def test_each_plan_names_its_channels(code: str, channels: tuple[str, ...]) -> None:
    assert library_procedure(code).channels == channels


@pytest.mark.parametrize(
    ("code", "investigators", "makers", "evaluators"),
    [
        ("storhamar", ("department_head",), ("department_head", "head_teacher"), ("department_head",)),
        ("rosenvilde", ("head_teacher", "department_head", "staff"), ("head_teacher",), ("department_head",)),
        ("lillestrom", ("head_teacher",), ("head_teacher",), ("head_teacher",)),
        (
            "sentrum",
            ("contact_teacher", "trusted_adult", "department_head", "counsellor"),
            ("contact_teacher", "department_head"),
            ("department_head",),
        ),
        ("steinkjer", ("head_teacher", "staff"), ("head_teacher",), ("head_teacher", "contact_teacher")),
    ],
)
def test_each_plan_says_who_does_what(
    code: str, investigators: tuple[str, ...], makers: tuple[str, ...], evaluators: tuple[str, ...]
) -> None:
    procedure = library_procedure(code)

    assert (procedure.investigators, procedure.plan_makers, procedure.evaluators) == (investigators, makers, evaluators)


@pytest.mark.parametrize(
    ("code", "place", "archivists"),
    [
        ("storhamar", "Elements", ("department_head", "administrative")),
        ("rosenvilde", "skolens arkiv", ("head_teacher", "department_head")),
        ("lillestrom", "fylkeskommunens rutine", ("head_teacher",)),
        ("sentrum", "Elements", ("administrative", "department_head")),
        ("steinkjer", "elevmappa i Elements", ("head_teacher",)),
    ],
)
def test_each_plan_archives_its_own_way(code: str, place: str, archivists: tuple[str, ...]) -> None:
    procedure = library_procedure(code)

    assert (procedure.archive_place, procedure.archivists) == (place, archivists)


@pytest.mark.parametrize(
    ("code", "recipients"),
    [
        ("storhamar", {"serious": "skoleeier", "staff": "skoleeier", "leadership": "skoleeier"}),
        ("rosenvilde", {"serious": "skoleeier", "staff": "skoleeier", "leadership": "skoleeier"}),
        ("lillestrom", {"serious": "fylkeskommunen", "staff": "fylkeskommunen", "leadership": "områdedirektør"}),
        ("sentrum", {"serious": "skoleeier", "staff": "skoleeier", "leadership": "skoleeier"}),
        (
            "steinkjer",
            {
                "serious": "sektorleder skole",
                "staff": "sektorleder skole",
                "leadership": "sektorleder skole",
                "county_governor": "sektorleder oppvekst",
            },
        ),
    ],
)
def test_each_plan_names_its_recipients_at_the_owner(code: str, recipients: dict[str, str]) -> None:
    assert {purpose: route.title for purpose, route in library_procedure(code).owner_routes.items()} == recipients


STEPS_ONLY_SOME_HAVE = {CaseStep.TELL_PUPIL, CaseStep.URGENT, CaseStep.TEAM, CaseStep.TELL_RIGHTS, CaseStep.CLOSE}


@pytest.mark.parametrize(
    ("code", "steps"),
    [
        ("storhamar", {CaseStep.TELL_PUPIL, CaseStep.TELL_RIGHTS, CaseStep.CLOSE}),
        ("rosenvilde", {CaseStep.CLOSE}),
        ("lillestrom", set()),
        ("sentrum", {CaseStep.URGENT, CaseStep.TEAM}),
        ("steinkjer", {CaseStep.URGENT, CaseStep.CLOSE}),
    ],
)
def test_each_plan_has_its_own_steps_above_those_of_the_act(code: str, steps: set[CaseStep]) -> None:
    procedure = library_procedure(code)

    assert set(procedure.steps) & STEPS_ONLY_SOME_HAVE == steps
    assert set(STEPS_OF_THE_ACT) <= set(procedure.steps)
    assert (procedure.tell_pupil_first, procedure.rights_step, procedure.interdisciplinary_team) == (
        CaseStep.TELL_PUPIL in steps,
        CaseStep.TELL_RIGHTS in steps,
        CaseStep.TEAM in steps,
    )


def test_pupils_and_guardians_have_the_route_their_plan_names() -> None:
    assert library_procedure("rosenvilde").guardian_route == ("contact_teacher", "department_head", "head_teacher")
    assert library_procedure("sentrum").pupil_route == ("staff", "contact_teacher", "counsellor", "environment_worker", "head_teacher")
    assert library_procedure("rosenvilde").topics[0].receivers == ("head_teacher",)
    assert [code for code in LIBRARY_CODES if library_procedure(code).invites_guardians] == ["steinkjer"]
    assert [code for code in LIBRARY_CODES if library_procedure(code).staff_investigators] == ["storhamar", "rosenvilde"]


@ALL
def test_every_area_tells_the_rows_it_was_read_from(code: str) -> None:
    assert set(library_procedure(code).sources) == {
        "mottak",
        "melding",
        "undersøkelse",
        "plan",
        "eier",
        "evaluering",
        "avslutning",
        "arkiv",
    }


ROWS = Path(__file__).parents[4] / "shared" / "reference" / "requirements.md"


@pytest.mark.skipif(not ROWS.exists(), reason="the requirements catalogue is not beside this checkout")
@ALL
def test_every_source_is_a_row_of_that_plan(code: str) -> None:
    known = set(re.findall(r"^\| ((?:STO|ROS|LIL|SEN|STK)-\w+) \|", ROWS.read_text(encoding="utf-8"), re.MULTILINE))
    used = set(re.findall(r"\b(?:STO|ROS|LIL|SEN|STK)-\w+", (LIBRARY / f"{code}.yaml").read_text(encoding="utf-8")))

    assert used - known == set()
    assert len({row[:3] for row in used}) == 1


def test_unknown_plan_is_refused() -> None:
    with pytest.raises(PlanFileInvalid, match="ingen plan"):
        library_procedure("../../../etc/passwd")


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
    comments_only = {"aktsom/plans/rules/procedure.py", "aktsom/measures/models.py"}

    assert sorted(set(named) - comments_only) == []
