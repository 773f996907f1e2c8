"""A task is done, skipped with a reason, or opened again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.wheel.models import WheelTask
from aktsom.wheel.rules import TaskState, TookPart, obstacles_to_skipping


@service(Event.WHEEL_TASK_DONE, action=Action.WHEEL_TASK_MARK, on="task")
def mark_done(
    *, by: Actor, task: WheelTask, done_on: date, note: str = "", evidence: Iterable[str] = (), took_part: Iterable[str] = ()
) -> WheelTask:
    """Mark the task done on a day, with a note and what shows it. Marking again corrects the mark. Raises Refused for a day to come."""
    if done_on > today():
        raise Refused(["Datoen kan ikke være fram i tid."])
    task.state, task.done_on, task.done_by_id, task.reason = TaskState.DONE, done_on, by.own_id, ""
    task.note, task.evidence, task.marked_at = note.strip(), [item.strip() for item in evidence if item.strip()], now()
    task.took_part = [TookPart(code).value for code in took_part]
    task.save()
    return task


@service(Event.WHEEL_TASK_SKIPPED, action=Action.WHEEL_TASK_MARK, on="task")
def skip_task(*, by: Actor, task: WheelTask, reason: str) -> WheelTask:
    """Skip the task this time, with a reason the leader and next year's planner can read. Raises Refused without one."""
    obstacles = obstacles_to_skipping(reason=reason)
    if obstacles:
        raise Refused(obstacles)
    task.state, task.done_on, task.done_by_id = TaskState.SKIPPED, None, by.own_id
    task.reason, task.marked_at = reason.strip(), now()
    task.save()
    return task


@service(Event.WHEEL_TASK_REOPENED, action=Action.WHEEL_TASK_MARK, on="task")
def reopen_task(*, by: Actor, task: WheelTask) -> WheelTask:
    """Take the mark away again (undo). The log keeps that it was there."""
    task.state, task.done_on, task.done_by_id, task.reason, task.marked_at = TaskState.OPEN, None, None, "", now()
    task.save()
    return task
