"""A year is arranged, marked, moved and arranged again."""

from datetime import date, timedelta
from typing import Any

import pytest

from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.timing.clock import today
from aktsom.plans.services import begin_plan, put_edition_in_force
from aktsom.schools.selectors import current_year
from aktsom.wheel.models import CalendarFeed, FirstLesson, RoleHolder, RowFact, WheelTask
from aktsom.wheel.rules import TaskState
from aktsom.wheel.services import (
    arrange_year,
    end_feed,
    end_role,
    enter_first_lesson,
    enter_row_fact,
    make_feed,
    mark_done,
    name_role_holder,
    reopen_task,
    skip_task,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(cast: Cast) -> Any:
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, template="storhamar")
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
    return current_year(cast.school.pk, today())


def arranged(cast: Cast, year: Any) -> dict[str, int]:
    return arrange_year(by=cast.actor("head_teacher"), school=cast.school, year=year)


def test_year_is_arranged_once_and_again_without_change(cast: Cast, year: Any) -> None:
    first, again = arranged(cast, year), arranged(cast, year)

    assert first["new"] == WheelTask.objects.count() > 20
    assert set(again.values()) == {0}


def test_arranging_needs_a_plan_in_force(cast: Cast) -> None:
    with pytest.raises(Refused, match="ingen plan"):
        arranged(cast, current_year(cast.school.pk, today()))


def test_done_stays_done_when_the_year_is_arranged_again(cast: Cast, year: Any) -> None:
    arranged(cast, year)
    task = WheelTask.objects.filter(row_key="sto-f13").first()
    assert task is not None
    mark_done(by=cast.actor("contact_teacher"), task=task, done_on=today(), note="Alle var med.", evidence=["referat.docx", " "])
    lesson_days = [today() + timedelta(days=2)]

    enter_row_fact(by=cast.actor("head_teacher"), school=cast.school, year=year, key="sto-f17", set_dates=lesson_days)
    assert arranged(cast, year)["new"] == 1

    task.refresh_from_db()
    assert (task.state, task.done_on, task.note, task.evidence) == (TaskState.DONE, today(), "Alle var med.", ["referat.docx"])


def test_task_of_a_date_that_is_taken_away_is_gone_and_comes_back(cast: Cast, year: Any) -> None:
    by, day = cast.actor("head_teacher"), today()
    enter_row_fact(by=by, school=cast.school, year=year, key="sto-f17", set_dates=[day])
    arranged(cast, year)
    enter_row_fact(by=by, school=cast.school, year=year, key="sto-f17")
    assert arranged(cast, year)["gone"] == 1
    enter_row_fact(by=by, school=cast.school, year=year, key="sto-f17", set_dates=[day])

    assert arranged(cast, year)["back"] == 1
    assert WheelTask.objects.filter(row_key="sto-f17", state=TaskState.OPEN).count() == 1


def test_date_outside_the_year_is_refused(cast: Cast, year: Any) -> None:
    with pytest.raises(Refused, match="utenfor skoleåret"):
        enter_row_fact(by=cast.actor("head_teacher"), school=cast.school, year=year, key="x", set_dates=[date(2020, 1, 1)])
    assert not RowFact.objects.exists()


def test_task_is_skipped_with_a_reason_and_opened_again(cast: Cast, year: Any) -> None:
    arranged(cast, year)
    task = WheelTask.objects.filter(row_key="sto-f10").get()

    with pytest.raises(Refused):
        skip_task(by=cast.actor("case_handler"), task=task, reason=" ")
    assert skip_task(by=cast.actor("case_handler"), task=task, reason="Vi tok det i oktober").state == TaskState.SKIPPED
    assert reopen_task(by=cast.actor("case_handler"), task=task).reason == ""
    with pytest.raises(Refused):
        mark_done(by=cast.actor("case_handler"), task=task, done_on=today() + timedelta(days=1))


@pytest.mark.parametrize("name", ["pupil", "guardian", "head_teacher_elsewhere", "technical_admin"])
def test_others_meet_no_task(cast: Cast, year: Any, name: str) -> None:
    arranged(cast, year)
    task = WheelTask.objects.first()

    with pytest.raises((OutOfReach, NotAllowed)):
        mark_done(by=cast.actor(name), task=task, done_on=today())


def test_first_lesson_of_another_schools_class_is_refused(cast: Cast, year: Any) -> None:
    by = cast.actor("head_teacher")
    enter_first_lesson(by=by, school=cast.school, year=year, group=cast.group, on=today())
    cast.group.school = cast.other_school

    with pytest.raises(Refused):
        enter_first_lesson(by=by, school=cast.school, year=year, group=cast.group, on=today())
    assert FirstLesson.objects.count() == 1


def test_role_is_given_to_somebody_at_the_school_and_ended(cast: Cast) -> None:
    by, teacher = cast.actor("head_teacher"), cast.person("contact_teacher")

    with pytest.raises(Refused):
        name_role_holder(by=by, school=cast.school, role="council_adult", person=cast.person("pupil"), valid_from=today())
    with pytest.raises(Refused):
        name_role_holder(by=by, school=cast.school, role="wizard", person=teacher, valid_from=today())
    holder = name_role_holder(by=by, school=cast.school, role="council_adult", person=teacher, valid_from=today())
    end_role(by=by, holder=holder, last_day=today())

    assert RoleHolder.objects.get().valid_until == today()


def test_calendar_address_is_kept_only_as_a_hash_and_can_be_ended(cast: Cast) -> None:
    by = cast.actor("contact_teacher")
    feed, secret = make_feed(by=by, school=cast.school)
    end_feed(by=by, feed=feed)

    kept = CalendarFeed.objects.get()
    assert kept.ended_at is not None
    assert secret not in str(kept.__dict__)
