"""The year's tasks hold no child's data: everyone who works at the school meets them. What one may mark follows from the role.

Those who hold the role of a task mark it, and the school's leadership. The others see it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import OutOfReach, register_reach, require, through
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.wheel.holding import held_by
from aktsom.wheel.models import CalendarFeed, DailyNote, RoleHolder, TaskFile, WheelTask
from aktsom.wheel.rules import TaskState


def tasks_visible_to(actor: Actor) -> QuerySet[WheelTask]:
    """Return the tasks of the schools the actor works at, or whose owner she works for."""
    tasks = WheelTask.objects.select_related("school", "year", "group", "done_by")
    if actor.is_system:
        return tasks
    return tasks.filter(Q(school_id__in=actor.schools_as(Role.STAFF)) | Q(school__owner_id__in=actor.owners_as(Role.OWNER_HANDLER)))


def own_tasks(actor: Actor) -> QuerySet[WheelTask]:
    """Return the tasks given to a role the actor holds today."""
    return tasks_visible_to(actor).filter(held_by(actor, today()).tasks)


def _task_relations(actor: Actor, task: WheelTask) -> frozenset[Role]:
    return frozenset({Role.WHEEL_TASK_HOLDER}) if held_by(actor, today()).holds(task) else frozenset()


def files_visible_to(actor: Actor) -> QuerySet[TaskFile]:
    """Return the files beside tasks: for those whose task it is, who added it or marked it done, and who leads the work with the plan.

    Everyone else at the school meets the task without its files (docs/beslutninger/0023). One that was taken away is not there.
    """
    files = TaskFile.objects.select_related("task__school", "task__group", "added_by").filter(removed_at=None)
    if actor.is_system:
        return files
    at_work = actor.schools_as(Role.STAFF)
    leads = Q(task__school_id__in=at_work & actor.schools_where(Action.PLAN_EDIT))
    took_part = Q(added_by_id=actor.own_id) | Q(task__done_by_id=actor.own_id)
    hers = Q(task__school_id__in=at_work) & (took_part | Q(task__in=own_tasks(actor).order_by().values("pk")))
    return files.filter(leads | hers)


def _file_relations(actor: Actor, file: TaskFile) -> frozenset[Role]:
    return _task_relations(actor, file.task)


def notes_visible_to(actor: Actor) -> QuerySet[DailyNote]:
    """Return the daily notes of the schools the actor works at. The owner does not read what each teacher wrote."""
    notes = DailyNote.objects.select_related("school", "written_by")
    return notes if actor.is_system else notes.filter(school_id__in=actor.schools_as(Role.STAFF))


def holders_visible_to(actor: Actor) -> QuerySet[RoleHolder]:
    """Return who holds the plan's roles at the schools the actor works at."""
    holders = RoleHolder.objects.select_related("school", "person")
    return holders if actor.is_system else holders.filter(school_id__in=actor.schools_as(Role.STAFF))


def feeds_visible_to(actor: Actor) -> QuerySet[CalendarFeed]:
    """Return the actor's own calendar addresses, and the school's own for those who lead it."""
    feeds = CalendarFeed.objects.select_related("school", "person")
    if actor.is_system:
        return feeds
    led = actor.schools_as(Role.HEAD_TEACHER, Role.DEPUTY, Role.SCHOOL_ADMIN)
    return feeds.filter(Q(person_id=actor.own_id) | Q(person=None, school_id__in=led))


def get_task(actor: Actor, action: Action, public_id: str) -> WheelTask:
    """Return the task, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(WheelTask, actor, action, public_id)


def get_file(actor: Actor, action: Action, public_id: str) -> TaskFile:
    """Return a file beside a task, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(TaskFile, actor, action, public_id)


def get_reported_file(actor: Actor, school: Any, public_id: str) -> TaskFile:
    """Return a file that the § 12-3 report of the school shows, for who may read that report, the owner among them.

    Raises OutOfReach (404) or NotAllowed (403).
    """
    require(actor, Action.WHEEL_OVERVIEW, school)
    shown = TaskFile.objects.select_related("task__school").filter(removed_at=None, task__school=school)
    file: TaskFile | None = shown.filter(public_id=public_id).exclude(task__state=TaskState.OPEN).first()
    if file is None:
        raise OutOfReach(TaskFile._meta.label_lower, public_id)
    return file


def get_note(actor: Actor, action: Action, public_id: str) -> DailyNote:
    """Return a daily note, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(DailyNote, actor, action, public_id)


def get_holder(actor: Actor, action: Action, public_id: str) -> RoleHolder:
    """Return who holds a role, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(RoleHolder, actor, action, public_id)


def get_feed(actor: Actor, action: Action, public_id: str) -> CalendarFeed:
    """Return the calendar address, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(CalendarFeed, actor, action, public_id)


register_reach(WheelTask, tasks_visible_to, _task_relations)
register_reach(TaskFile, files_visible_to, _file_relations)
register_reach(DailyNote, notes_visible_to)
register_reach(RoleHolder, holders_visible_to)
register_reach(CalendarFeed, feeds_visible_to)
