"""From plan, calendar and classes to tasks: for each class where the row says so, and nothing done is ever touched."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.core.timing.calendar import SchoolCalendar
from aktsom.core.timing.yearly import Facts, YearDays, understand
from aktsom.core.timing.yearly.expressions import AnchoredToRow
from aktsom.core.timing.yearly.occurrences import OccurrenceKind
from aktsom.plans.content_file import library_content
from aktsom.plans.rules.content import PerWhom, PlanContent, Row, RowKind, RowPart, Section, SectionArea, SectionForm
from aktsom.wheel.rules import (
    Known,
    Place,
    SchoolShape,
    Standing,
    TaskState,
    Wanted,
    changes,
    grades_without_offer,
    obstacles_to_skipping,
    part_key,
    standing_of,
    year_plan,
)

YEAR = YearDays(
    SchoolCalendar(date(2026, 8, 19), date(2027, 6, 18), ((date(2026, 10, 5), date(2026, 10, 9), "høstferie"),)),
    planning=((date(2026, 8, 13), date(2026, 8, 18)),),
)
SHAPE = SchoolShape({1: ("1A", 11), 2: ("1B", 11), 3: ("2A", 12)})


def row(key: str, when: str, **wishes: object) -> Row:
    return Row(key, RowKind.TASK, f"Noe {key}", who=("contact_teacher",), when_said=when, timings=understand(when).timings, **wishes)  # type: ignore[arg-type]


def plan(*rows: Row) -> PlanContent:
    return PlanContent("Plan", sections=(Section("s", "Del", SectionArea.PREVENT, SectionForm.TABLE, rows=rows),))


def places(content: PlanContent, **wishes: object) -> list[tuple[str, str]]:
    return [(task.row, task.place.key) for task in year_plan(content, YEAR, SHAPE, **wishes).tasks]  # type: ignore[arg-type]


def test_row_for_each_class_becomes_a_task_for_each() -> None:
    assert places(plan(row("a", "september", per=PerWhom.GROUP))) == [("a", "g1"), ("a", "g2"), ("a", "g3")]
    assert places(plan(row("a", "september", per=PerWhom.GROUP, grades=(12,)))) == [("a", "g3")]
    assert places(plan(row("a", "september", per=PerWhom.GRADE))) == [("a", "t11"), ("a", "t12")]
    assert places(plan(row("a", "september"))) == [("a", "")]


def test_sub_items_have_their_own_people_and_time() -> None:
    parts = (
        RowPart("Si det", ("contact_teacher",), "september", understand("september").timings, PerWhom.GROUP),
        RowPart("Skriv det", (), "oktober", understand("oktober").timings),
    )
    found = year_plan(plan(Row("a", RowKind.TASK, "Informere", who=("head_teacher",), parts=parts)), YEAR, SHAPE).tasks

    assert [(task.part, task.title, task.who) for task in found if task.place.key in {"g1", ""}] == [
        (1, "Informere: Si det", ("contact_teacher",)),
        (2, "Informere: Skriv det", ("head_teacher",)),
    ]
    assert part_key("a", 2) == "a#2"


def test_rows_to_read_and_duties_in_a_case_have_no_day() -> None:
    content = plan(Row("a", RowKind.TEXT, "Les"), Row("b", RowKind.DUTY, "Meld", timings=understand("straks").timings))

    assert year_plan(content, YEAR, SHAPE).tasks == ()


def test_row_without_time_is_asked_for_and_gets_no_task() -> None:
    found = year_plan(plan(row("a", "")), YEAR, SHAPE)

    assert (found.tasks, list(found.needs)) == ((), ["a"])


def test_first_lesson_is_each_class_own() -> None:
    found = year_plan(
        plan(row("a", "Før elevenes første time", per=PerWhom.GROUP)), YEAR, SHAPE, Known(first_lessons={1: date(2026, 8, 20)})
    )

    assert [(task.place.group_id, task.due_on) for task in found.tasks] == [
        (1, date(2026, 8, 20)),
        (2, date(2026, 8, 19)),
        (3, date(2026, 8, 19)),
    ]
    assert list(found.needs) == ["a"]


def test_row_anchored_to_another_follows_it_wherever_it_stands() -> None:
    later = Row("b", RowKind.TASK, "Følg opp", who=("head_teacher",), timings=(AnchoredToRow("a", days=7),))

    for content in (plan(row("a", "16. november"), later), plan(later, row("a", "16. november"))):
        (task,) = [task for task in year_plan(content, YEAR, SHAPE).tasks if task.row == "b"]
        assert task.due_on == date(2026, 11, 23)


def test_dates_the_school_sets_are_used() -> None:
    known = Known(facts={"a": Facts(set_dates=(date(2026, 11, 2),))})

    assert [task.due_on for task in year_plan(plan(row("a", "etter årsplan")), YEAR, SHAPE, known).tasks] == [date(2026, 11, 2)]


def test_whole_library_plan_gives_each_task_once() -> None:
    tasks = year_plan(library_content("storhamar"), YEAR, SHAPE).tasks

    assert len({task.identity for task in tasks}) == len(tasks)
    assert all(task.who for task in tasks)


days = st.dates(date(2026, 8, 1), date(2027, 7, 1))


@st.composite
def wanted(draw: st.DrawFn) -> Wanted:
    first = draw(days)
    place = Place(group_id=draw(st.sampled_from([None, 1, 2])))
    key = draw(st.sampled_from("abc"))
    due = first + timedelta(days=draw(st.integers(0, 30)))
    return Wanted(key, 0, "once", place, draw(st.sampled_from(["x", "y"])), ("head_teacher",), first, due, "Fordi.", OccurrenceKind.TASK)


@settings(max_examples=100, deadline=None)
@given(st.lists(wanted(), unique_by=lambda task: task.identity), st.lists(wanted(), unique_by=lambda task: task.identity), st.data())
def test_change_never_touches_what_is_done_or_skipped(before: list[Wanted], after: list[Wanted], data: st.DataObject) -> None:
    states = {task.identity: data.draw(st.sampled_from(TaskState)) for task in before}
    existing = {task.identity: (task, states[task.identity]) for task in before}

    touched = {(change.before or change.after).identity for change in changes(existing, after) if change.kind != "new"}  # type: ignore[union-attr]

    assert all(states[identity] in {TaskState.OPEN, TaskState.GONE} for identity in touched)


@settings(max_examples=100, deadline=None)
@given(st.lists(wanted(), unique_by=lambda task: task.identity))
def test_arranging_twice_changes_nothing(tasks: list[Wanted]) -> None:
    assert changes({task.identity: (task, TaskState.OPEN) for task in tasks}, tasks) == []


def test_moved_planning_day_shows_what_moves() -> None:
    before = {
        task.identity: (task, TaskState.OPEN)
        for task in year_plan(plan(row("a", "Planleggingsdager før skolestart"), row("b", "Mai")), YEAR, SHAPE).tasks
    }
    moved = replace(YEAR, planning=((date(2026, 8, 14), date(2026, 8, 18)),))

    found = changes(before, year_plan(plan(row("a", "Planleggingsdager før skolestart"), row("b", "Mai")), moved, SHAPE).tasks)

    assert [(change.kind, change.after.row) for change in found if change.after] == [("moved", "a")]


def test_standing_of_a_task() -> None:
    asked = {"starts_on": date(2026, 9, 1), "due_on": date(2026, 9, 30)}

    assert standing_of(state=TaskState.OPEN, today=date(2026, 10, 1), **asked) == Standing.LATE
    assert standing_of(state=TaskState.OPEN, today=date(2026, 9, 30), **asked) == Standing.NOW
    assert standing_of(state=TaskState.OPEN, today=date(2026, 8, 1), **asked) == Standing.LATER
    assert standing_of(state=TaskState.DONE, today=date(2026, 10, 1), **asked) == Standing.DONE
    assert standing_of(state=TaskState.SKIPPED, today=date(2026, 10, 1), **asked) == Standing.SKIPPED


def test_skipping_needs_a_reason() -> None:
    assert obstacles_to_skipping(reason="  ") == ["Skriv hvorfor dere hopper over det."]
    assert obstacles_to_skipping(reason="Læreren var syk") == []


def test_grade_without_an_offer_in_a_month_is_pointed_out() -> None:
    september, october = (date(2026, 9, 1), date(2026, 9, 30)), (date(2026, 10, 1), date(2026, 10, 31))
    tasks = [(11, date(2026, 9, 10), date(2026, 9, 10)), (None, date(2026, 10, 10), date(2026, 10, 10))]

    assert grades_without_offer(tasks, grades=(11, 12), months=(september, october)) == [(12, date(2026, 9, 1))]
