"""What happens by itself: the year follows the plan, and people are reminded once a week without a word of what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import today
from aktsom.plans.rules.content import as_plain, content_from
from aktsom.plans.selectors.editions import plan_of_school
from aktsom.plans.services import begin_edition, begin_plan, put_edition_in_force
from aktsom.wheel import jobs
from aktsom.wheel.models import WheelTask
from aktsom.wheel.selectors.reminding import people_to_remind
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_plan_put_in_force_lays_out_the_year_and_again_changes_nothing(cast: Cast) -> None:
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, template="storhamar")
    assert jobs.follow_new_plans() == 0
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())

    assert jobs.follow_new_plans() == 1
    assert WheelTask.objects.count() > 20
    assert (jobs.follow_new_plans(), jobs.follow_plans()) == (0, 0)


def test_new_edition_without_a_row_takes_its_open_tasks_out(cast: Cast, laid_out: Any, building: Callable[[], Any]) -> None:
    by = cast.actor("head_teacher")
    plan = plan_of_school(by, school=cast.school)
    assert plan is not None
    edition = begin_edition(by=by, plan=plan)
    content = content_from(edition.content)
    kept = tuple(replace(each, rows=tuple(row for row in each.rows if row.key != "sto-f13")) for each in content.sections)
    with building():
        edition.content = as_plain(replace(content, sections=kept))
        edition.save()
    put_edition_in_force(by=by, edition=edition, valid_from=today() + timedelta(days=1))

    assert jobs.follow_new_plans() == 1
    assert set(WheelTask.objects.filter(row_key="sto-f13").values_list("state", flat=True)) == {"gone"}


def due(task: WheelTask, days: int, building: Callable[[], Any]) -> None:
    with building():
        task.starts_on = task.due_on = today() + timedelta(days=days)
        task.save()


def test_those_with_the_role_are_reminded_once_and_the_leader_of_what_is_late(
    cast: Cast, laid_out: Any, building: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "is_working_day", lambda day: True)
    with building():
        WheelTask.objects.update(state="done", done_on=today())
    task = WheelTask.objects.filter(group=cast.group, who=" contact_teacher ").order_by("id")[0]
    with building():
        WheelTask.objects.filter(pk=task.pk).update(state="open", done_on=None)
    task.refresh_from_db()
    due(task, -2, building)

    jobs.remind_of_the_year()
    jobs.remind_of_the_year()

    heads = {cast.person("head_teacher").pk, cast.person("accused_head_teacher").pk}
    told = {(notice.code, notice.person_ref) for notice in Notice.objects.all()}
    assert told == {("wheel.late", cast.person("contact_teacher").pk), *(("wheel.led", pk) for pk in heads)}
    assert Notice.objects.count() == 3
    assert AuditEvent.objects.filter(event=Event.WHEEL_REMINDED).exists()


def test_what_is_everybodys_reminds_nobody_and_done_is_silent(cast: Cast, laid_out: Any, building: Callable[[], Any]) -> None:
    with building():
        WheelTask.objects.update(state="done", done_on=today())
    assert people_to_remind(cast.school.pk, today()) == {}

    task = WheelTask.objects.order_by("id")[0]
    with building():
        WheelTask.objects.filter(pk=task.pk).update(who=" everyone ", state="open", done_on=None, due_on=today(), starts_on=today())

    assert people_to_remind(cast.school.pk, today()) == {"soon": [], "late": [], "led": []}
