"""Rows from the owner: as they are, adapted, and what the owner changed since."""

from dataclasses import replace

from aktsom.plans.rules.content import PlanContent, Row, RowKind, RowOrigin, Section, SectionArea, SectionForm
from aktsom.plans.rules.editing import change_row
from aktsom.plans.rules.inheriting import inherited, kept, owner_changes

FIRST = Row("felles-1", RowKind.TASK, "Gjøre rutinen kjent", who=("head_teacher",))
SECOND = Row("felles-2", RowKind.TASK, "Evaluere rutinen", who=("head_teacher",))


def plan_of(*rows: Row) -> PlanContent:
    return PlanContent("Plan", sections=(Section("del", "Felles", SectionArea.INFORM, SectionForm.TABLE, rows=rows),))


def the_row(content: PlanContent, key: str) -> Row:
    row = content.row(key)
    assert row is not None
    return row


def test_rows_taken_as_they_are_show_no_change() -> None:
    assert owner_changes(plan_of(inherited(FIRST), inherited(SECOND)), plan_of(FIRST, SECOND)) == []


def test_owners_change_is_shown_until_it_is_taken() -> None:
    owners = plan_of(replace(FIRST, what="Gjøre rutinen kjent for alle"), SECOND)
    mine = plan_of(inherited(FIRST), inherited(SECOND))

    (change,) = owner_changes(mine, owners)
    taken = change_row(mine, inherited(the_row(owners, "felles-1")))

    assert (change.kind, change.key) == ("changed", "felles-1")
    assert owner_changes(taken, owners) == []
    assert the_row(taken, "felles-1").origin == RowOrigin.INHERITED


def test_row_kept_against_the_owners_change_is_adapted_and_asked_about_once() -> None:
    owners = plan_of(replace(FIRST, what="Ny tekst"))
    mine = plan_of(inherited(FIRST))

    answered = change_row(mine, kept(inherited(FIRST), the_row(owners, "felles-1")))

    assert the_row(answered, "felles-1").origin == RowOrigin.ADAPTED
    assert owner_changes(answered, owners) == []
    assert [change.kind for change in owner_changes(answered, plan_of(replace(FIRST, what="Enda nyere")))] == ["changed"]


def test_row_from_the_owner_changed_at_the_school_is_adapted() -> None:
    mine = plan_of(inherited(FIRST))

    changed = change_row(mine, replace(inherited(FIRST), what="Vår egen måte"))

    assert the_row(changed, "felles-1").origin == RowOrigin.ADAPTED
    assert owner_changes(changed, plan_of(FIRST)) == []


def test_row_the_owner_removed_and_row_the_owner_made_are_shown() -> None:
    found = owner_changes(plan_of(inherited(FIRST)), plan_of(SECOND))

    assert [(change.kind, change.key) for change in found] == [("removed", "felles-1"), ("new", "felles-2")]


def test_schools_own_row_is_never_asked_about() -> None:
    assert owner_changes(plan_of(FIRST), plan_of(replace(FIRST, what="Annet"))) == []
