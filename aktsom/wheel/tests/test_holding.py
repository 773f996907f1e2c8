"""Whose a task is: by position, by name, in her own class; and the same said by rule and by database."""

from typing import Any

import pytest

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import NotAllowed, OutOfReach
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import today
from aktsom.people.models import Position
from aktsom.people.rules import TeamKind, TeamTask
from aktsom.people.services import begin_team, join_team, leave_team
from aktsom.wheel.access import get_task, own_tasks
from aktsom.wheel.holding import Held, held_by
from aktsom.wheel.models import WheelTask
from aktsom.wheel.selectors.roles import names_for
from aktsom.wheel.services import end_role, name_role_holder
from tests.cast import BUILDER, CAST, Cast

pytestmark = pytest.mark.django_db


def class_task(cast: Cast, *, group: Any = None) -> WheelTask:
    return WheelTask.objects.filter(group=group or cast.group, who=" contact_teacher ", state="open").order_by("due_on", "id")[0]


def role_task(cast: Cast, who: str) -> WheelTask:
    task = WheelTask.objects.filter(school=cast.school).order_by("id")[0]
    with unit_of_work(BUILDER, "test"):
        WheelTask.objects.filter(pk=task.pk).update(who=f" {who} ", group=None, grade=None)
    task.refresh_from_db()
    return task


def marks(actor: Actor, task: WheelTask) -> bool:
    try:
        get_task(actor, Action.WHEEL_TASK_MARK, task.public_id)
    except (NotAllowed, OutOfReach):
        return False
    return True


def test_class_task_is_marked_by_its_own_teacher_and_the_leadership_only(cast: Cast, laid_out: Any) -> None:
    task = class_task(cast)

    who = {name for name in CAST if marks(cast.actor(name), task)}

    assert who == {"contact_teacher", "case_handler", "head_teacher", "accused_head_teacher"}


def test_other_staff_see_the_task_and_get_no_further(cast: Cast, laid_out: Any) -> None:
    task, other = class_task(cast), cast.actor("teacher_of_others")

    assert get_task(other, Action.WHEEL_SEE, task.public_id) == task
    with pytest.raises(NotAllowed):
        get_task(other, Action.WHEEL_TASK_MARK, task.public_id)


@pytest.mark.parametrize("name", ["pupil", "guardian", "head_teacher_elsewhere", "former_deputy", "other_owner_handler"])
def test_near_misses_do_not_hold_the_role(cast: Cast, laid_out: Any, name: str) -> None:
    task = role_task(cast, "head_teacher")

    assert not marks(cast.actor(name), task)


def test_task_follows_the_role_when_it_changes_hands(cast: Cast, laid_out: Any) -> None:
    task, by = role_task(cast, "council_adult"), cast.actor("head_teacher")
    first, second = cast.person("teacher_without_relation"), cast.person("teacher_of_others")
    before = [marks(cast.actor(name), task) for name in ("teacher_without_relation", "teacher_of_others")]

    holder = name_role_holder(by=by, school=cast.school, role="council_adult", person=first, valid_from=today())
    given = [marks(cast.actor(name), task) for name in ("teacher_without_relation", "teacher_of_others")]
    with unit_of_work(BUILDER, "test"):
        holder.valid_from = today().replace(year=today().year - 1)
        holder.save()
    end_role(by=by, holder=holder, last_day=today().replace(year=today().year - 1))
    name_role_holder(by=by, school=cast.school, role="council_adult", person=second, valid_from=today())
    after = [marks(cast.actor(name), task) for name in ("teacher_without_relation", "teacher_of_others")]

    assert (before, given, after) == ([False, False], [True, False], [False, True])


def test_somebody_who_has_left_the_school_has_no_task(cast: Cast, laid_out: Any) -> None:
    task = class_task(cast)
    with unit_of_work(BUILDER, "test"):
        Position.objects.filter(person=cast.person("contact_teacher")).update(valid_until=today().replace(year=today().year - 1))

    assert not marks(cast.actor("contact_teacher"), task)


@pytest.mark.parametrize("name", [name for name in CAST if name != "nobody"])
def test_rule_and_database_say_the_same(cast: Cast, laid_out: Any, name: str) -> None:
    actor = cast.actor(name)
    held = held_by(actor, today())

    by_rule = {task.pk for task in WheelTask.objects.all() if held.holds(task) and task.school_id in actor.schools_as("staff")}  # type: ignore[arg-type]

    assert by_rule == set(own_tasks(actor).values_list("pk", flat=True))


def test_nobody_holds_nothing() -> None:
    assert not WheelTask.objects.filter(Held().tasks).exists()


def council(cast: Cast, kind: TeamKind = TeamKind.PUPIL_COUNCIL) -> Any:
    words = {"name": "", "about": "", "reach": "", "rhythm": "", "cooperation": ""}
    return begin_team(by=cast.actor("head_teacher"), school=cast.school, kind=kind, for_families=False, **words)


def test_org_14_contact_of_the_councils_team_has_the_plans_role_until_she_leaves_it(cast: Cast, laid_out: Any) -> None:
    task, teacher, head = role_task(cast, "council_adult"), cast.actor("teacher_of_others"), cast.actor("head_teacher")
    assert names_for(cast.school.pk, ["council_adult"], today()) == [("elevrådskontakt", [])]
    assert not held_by(teacher, today()).holds(task)

    member = join_team(by=head, team=council(cast), person=cast.person("teacher_of_others"), task=TeamTask.CONTACT)

    assert [name for _role, name in names_for(cast.school.pk, ["council_adult"], today())] == [[str(cast.person("teacher_of_others"))]]
    assert marks(cast.actor("teacher_of_others"), task)
    assert list(own_tasks(cast.actor("teacher_of_others")).filter(pk=task.pk)) == [task]
    leave_team(by=head, member=member)
    assert not marks(cast.actor("teacher_of_others"), task)
    assert names_for(cast.school.pk, ["council_adult"], today()) == [("elevrådskontakt", [])]


@pytest.mark.parametrize(("kind", "task"), [(TeamKind.PUPIL_SERVICES, TeamTask.CONTACT), (TeamKind.PUPIL_COUNCIL, TeamTask.MEMBER)])
def test_contact_of_another_team_and_a_member_of_the_council_do_not_have_the_role(
    cast: Cast, laid_out: Any, kind: TeamKind, task: TeamTask
) -> None:
    row = role_task(cast, "council_adult")

    join_team(by=cast.actor("head_teacher"), team=council(cast, kind), person=cast.person("teacher_of_others"), task=task)

    assert not marks(cast.actor("teacher_of_others"), row)
