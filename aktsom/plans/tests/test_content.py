"""The plan as content: read from files, changed and turned back, compared, stored."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.core.timing.yearly import understand
from aktsom.plans.content_file import library_content, load_content
from aktsom.plans.loading import LIBRARY, PlanFileInvalid
from aktsom.plans.rules.content import (
    PlanContent,
    Row,
    RowKind,
    Section,
    SectionArea,
    SectionForm,
    as_plain,
    compare,
    content_from,
)
from aktsom.plans.rules.duty_roles import BY_CODE, DUTY_ROLES, role_names, roles_in
from aktsom.plans.rules.editing import EditRefused
from aktsom.plans.rules.editions import Body, Outcome, Said, obstacles_to_closing_review, obstacles_to_force, replaced_on
from aktsom.plans.rules.steps import Edit, apply_edit, inverse_of, mark_of

WHOLE = [path.name.split(".")[0] for path in sorted(LIBRARY.glob("*.innhold.yaml"))]


@pytest.mark.parametrize("code", WHOLE)
def test_library_plan_expresses_every_row_of_the_schools_plan(code: str) -> None:
    asked = [line.split("\t")[1] for line in (LIBRARY / "rader.tsv").read_text("utf-8").splitlines() if line.startswith(f"{code}\t")]
    expressed = {source for _section, row in library_content(code).rows() for source in row.sources}

    assert [source for source in asked if source not in expressed] == []
    assert expressed - set(asked) == set()


@pytest.mark.parametrize("code", WHOLE)
def test_library_plan_is_stored_and_read_back_the_same(code: str) -> None:
    content = library_content(code)

    assert content_from(as_plain(content)) == content


@pytest.mark.parametrize("code", WHOLE)
def test_library_plan_has_somebody_for_every_duty_and_no_unread_time(code: str) -> None:
    assert obstacles_to_force(library_content(code), {}, wanted=()) == []


SMALL = """
tittel: Prøveplan
deler:
  - kode: a
    tittel: Først
    område: forebygge
    form: tabell
    rader:
      - {rad: X-1, hva: Noe, hvem: [rektor], når: September}
"""


def fault_in(text: str) -> str:
    with pytest.raises(PlanFileInvalid) as caught:
        load_content(text, name="prøve.yaml")
    return str(caught.value)


def test_small_plan_is_read() -> None:
    (section, row) = next(load_content(SMALL, name="prøve.yaml").rows())

    assert (section.area, row.what, row.who, row.kind) == (SectionArea.PREVENT, "Noe", ("head_teacher",), RowKind.TASK)
    assert row.timings == understand("September").timings


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rektor", "trollmannen", "Vi kjenner ikke rollen: trollmannen."),
        ("September", "når månen er full", "Vi forstår ikke tiden «når månen er full»."),
        (", hvem: [rektor]", "", "Raden mangler hvem."),
        ("hva: Noe", "hva: ''", "Raden sier ikke hva som skal gjøres."),
        ("form: tabell", "form: sirkel", "Velg mellom: tekst, tabell, årshjul, kort, prosedyre."),
        ("tittel: Prøveplan", "overskrift: Prøveplan", "Planen mangler en tittel."),
        ("X-1, hva", "X-1, farge: blå, hva", "Nøkkelen «farge» kjenner vi ikke."),
        ("når: September", "tid: [{kind: weekly, least: 0}]", "Antall uker mellom hver gang må være fra 1 til 20."),
    ],
)
def test_fault_names_line_and_reason(old: str, new: str, said: str) -> None:
    fault = fault_in(SMALL.replace(old, new))

    assert said in fault
    assert "linje" in fault


def test_two_rows_of_the_same_key_are_refused() -> None:
    assert "står to ganger" in fault_in(SMALL + "      - {rad: X-1, hva: Mer, hvem: [rektor], når: Mai}\n")


# Roles


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kontaktlærer, avd.leder og elevtjenesten", ("contact_teacher", "department_head", "pupil_services")),
        ("Rektor\nAvdelingsleder", ("head_teacher", "department_head")),
        ("Alle ansatte", ("everyone",)),
        ("Alle som arbeider på skolen", ("everyone",)),
        ("Rektors stedfortreder", ("deputy",)),
        ("Ansvarlig for elevrådet", ("council_adult",)),
        ("Kontaktlærer elevrådet", ("council_adult",)),
        ("Rektor i samarbeid med FAU/SU", ("head_teacher", "parent_committee", "coordinating_committee")),
        ("Elevrådsstyret", ("council_board",)),
        ("Koordinator folkehelse og livsmestring", ("health_coordinator",)),
        ("Kommunalsjef oppvekst og inkludering", ("owner",)),
    ],
)
def test_roles_are_read_from_a_cell(text: str, codes: tuple[str, ...]) -> None:
    assert roles_in(text) == roles_in(text).__class__(codes)


def test_unknown_words_are_returned_and_never_guessed() -> None:
    found = roles_in("Rektor og trollmannen")

    assert (found.roles, found.unmatched) == (("head_teacher",), ("trollmannen",))


def test_every_role_is_found_by_its_own_name() -> None:
    assert [role.code for role in DUTY_ROLES if roles_in(str(role.name)).roles != (role.code,)] == []
    assert role_names(["head_teacher", "unknown"]) == ["rektor", "unknown"]
    assert len(BY_CODE) == len(DUTY_ROLES)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=600))
def test_any_text_gives_roles_or_unknown_words(text: str) -> None:
    assert all(code in BY_CODE for code in roles_in(text).roles)


# Changes

keys = st.text(alphabet="abcdef", min_size=1, max_size=3)
rows = st.builds(Row, key=keys, kind=st.sampled_from(RowKind), what=st.text(min_size=1, max_size=20), who=st.just(("head_teacher",)))


@st.composite
def plans(draw: st.DrawFn) -> PlanContent:
    drawn = draw(st.lists(rows, max_size=8, unique_by=lambda row: row.key))
    half = len(drawn) // 2
    parts = [tuple(drawn[:half]), tuple(drawn[half:])]
    sections = tuple(
        Section(f"s{number}", f"Del {number}", SectionArea.PREVENT, SectionForm.TABLE, rows=part) for number, part in enumerate(parts)
    )
    return PlanContent("Plan", sections=sections)


@st.composite
def edits(draw: st.DrawFn, content: PlanContent) -> Edit:
    known = [row.key for _section, row in content.rows()]
    deed = draw(
        st.sampled_from(
            ["add_row", "change_head", "add_section", "change_section", "move_section"]
            + (["change_row", "remove_row", "move_row"] if known else [])
        )
    )
    section = draw(st.sampled_from(["s0", "s1"]))
    at = draw(st.integers(0, 9))
    if deed == "add_row":
        return Edit(deed, row=draw(rows), into=section, at=at)
    if deed in {"change_row", "remove_row", "move_row"}:
        key = draw(st.sampled_from(known))
        return Edit(deed, key, row=Row(key, RowKind.TEXT, draw(st.text(min_size=1, max_size=9))), into=section, at=at)
    if deed == "add_section":
        return Edit(deed, section=Section(draw(st.sampled_from(["s0", "s9"])), "Ny", SectionArea.WHEEL, SectionForm.WHEEL), at=at)
    if deed in {"change_section", "move_section"}:
        return Edit(deed, section, section=Section(section, "Annet navn", SectionArea.INFORM, SectionForm.TEXT), at=at)
    return Edit(deed, head=("Ny tittel", "Hei", "Rektor"))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_every_change_can_be_turned_back(data: st.DataObject) -> None:
    content = data.draw(plans())
    edit = data.draw(edits(content))
    try:
        after = apply_edit(content, edit)
    except EditRefused:
        return

    back = Edit.from_plain(inverse_of(content, edit).as_plain())

    assert apply_edit(after, back) == content


@settings(max_examples=80, deadline=None)
@given(plans())
def test_content_compared_with_itself_has_no_difference(content: PlanContent) -> None:
    assert compare(content, content).is_empty


def test_change_to_a_row_somebody_else_changed_is_refused_with_nothing_lost() -> None:
    content = load_content(SMALL, name="prøve.yaml")
    seen = mark_of(content, Edit("change_row", "x-1"))
    theirs = apply_edit(content, Edit("change_row", "x-1", row=Row("x-1", RowKind.TASK, "Deres", who=("head_teacher",)), seen=seen))

    with pytest.raises(EditRefused, match="Noen andre endret dette"):
        apply_edit(theirs, Edit("change_row", "x-1", row=Row("x-1", RowKind.TASK, "Mitt"), seen=seen))


def test_comparison_names_what_was_added_removed_changed_and_moved() -> None:
    base = [Row(key, RowKind.TEXT, key) for key in "abc"]
    one = Section("1", "En", SectionArea.PREVENT, SectionForm.TABLE, rows=(base[0], base[1]))
    two = Section("2", "To", SectionArea.PREVENT, SectionForm.TABLE, rows=(base[2],))
    later_one = Section("1", "En", SectionArea.PREVENT, SectionForm.TABLE, rows=(Row("a", RowKind.TEXT, "A!"), base[2]))
    later_two = Section("2", "To og tre", SectionArea.PREVENT, SectionForm.TABLE, rows=(Row("d", RowKind.TEXT, "d"),))

    found = compare(PlanContent("P", sections=(one, two)), PlanContent("P", sections=(later_one, later_two)))

    assert [(change.kind, change.key) for change in found.rows] == [("changed", "a"), ("moved", "c"), ("added", "d"), ("removed", "b")]
    assert found.rows[0].names == ("what",)
    assert found.sections == ("To og tre",)


# Editions


def test_plan_without_rows_or_owners_cannot_be_put_in_force() -> None:
    bare = Section("1", "En", SectionArea.PREVENT, SectionForm.TABLE, rows=(Row("a", RowKind.TASK, "Noe"),))

    assert [item.code for item in obstacles_to_force(PlanContent("P"), {}, wanted=())] == ["no_rows"]
    assert [(item.code, item.row) for item in obstacles_to_force(PlanContent("P", sections=(bare,)), {}, wanted=())] == [("no_owner", "a")]


def test_plan_waits_for_every_body_that_was_asked() -> None:
    content = load_content(SMALL, name="prøve.yaml")
    wanted = [Body.ENVIRONMENT_COMMITTEE, Body.CO_DETERMINATION]

    def codes(said: dict[str, str]) -> list[str]:
        return [item.code for item in obstacles_to_force(content, said, wanted=wanted)]

    assert codes({Body.CO_DETERMINATION: Outcome.APPROVED}) == ["not_asked"]
    assert codes({Body.CO_DETERMINATION: Outcome.APPROVED, Body.ENVIRONMENT_COMMITTEE: Outcome.WAITING}) == ["waits_for"]
    assert codes(dict.fromkeys([*wanted, Body.STAFF], Outcome.NOTED) | {Body.STAFF: Outcome.WAITING}) == ["waits_for"]
    assert obstacles_to_force(content, dict.fromkeys(wanted, Outcome.NOTED), wanted=wanted) == []


def test_review_is_closed_only_when_each_was_invited_and_answered_or_declined() -> None:
    wanted = [Body.PUPIL_COUNCIL, Body.STAFF]

    nobody = obstacles_to_closing_review([], wanted=wanted)
    silent = obstacles_to_closing_review([Said(Body.STAFF, Outcome.WAITING)], wanted=[Body.STAFF])
    done = obstacles_to_closing_review([Said(Body.STAFF, Outcome.DECLINED)], wanted=[Body.STAFF])

    assert ([item.code for item in nobody], [item.code for item in silent], done) == (["not_invited", "not_invited"], ["silent"], [])


def test_edition_ends_the_day_before_the_next_and_never_before_it_began() -> None:
    assert replaced_on(date(2026, 8, 1), date(2025, 8, 1)) == date(2026, 7, 31)
    assert replaced_on(date(2025, 8, 1), date(2025, 8, 1)) is None


def test_row_list_of_the_five_plans_is_whole() -> None:
    requirements = Path(__file__).resolve().parents[4] / "shared" / "reference" / "requirements.md"
    if not requirements.exists():
        pytest.skip("The requirements are not beside the project.")
    part_7 = requirements.read_text("utf-8").split("## Part 7")[1].split("## Part 8")[0]
    asked = [
        line.split("|")[1].strip() for line in part_7.splitlines() if line.startswith(("| STO-", "| ROS-", "| LIL-", "| SEN-", "| STK-"))
    ]

    assert [line.split("\t")[1] for line in (LIBRARY / "rader.tsv").read_text("utf-8").splitlines()] == asked
    assert len(asked) == 337
