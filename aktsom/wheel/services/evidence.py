"""Files that show what was done: kept sealed, each with its own key, so that taking one away is final."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor, system_actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.files import storage
from aktsom.core.files.documents import CleanDocument
from aktsom.core.timing.clock import now
from aktsom.core.vault.models import KeyKind
from aktsom.core.vault.services import content_key_for, destroy_content_key
from aktsom.wheel.models import TaskFile, WheelTask
from aktsom.wheel.rules import obstacles_to_adding_file
from aktsom.wheel.services.marking import mark_done


@service(Event.WHEEL_FILE_ADDED, action=Action.WHEEL_TASK_MARK, on="task")
def add_file(*, by: Actor, task: WheelTask, document: CleanDocument) -> TaskFile:
    """Keep a cleaned file beside the task. Raises Refused when the task has as many as it can have, or is out of the plan."""
    there = TaskFile.objects.filter(task=task, removed_at=None).count()
    obstacles = obstacles_to_adding_file(state=task.state, there=there)
    if obstacles:
        raise Refused(obstacles)
    key = content_key_for(owner_ref=task.school.owner_id, kind=KeyKind.OTHER)
    return TaskFile.objects.create(
        content_key=key,
        task=task,
        name=document.name,
        media_type=document.media_type,
        size=len(document.content),
        stored_name=storage.put(key.pk, document.content),
        added_by_id=by.own_id,
        added_at=now(),
    )


def finish_task(*, by: Actor, task: WheelTask, documents: Iterable[CleanDocument] = (), **mark: Any) -> WheelTask:
    """Mark the task done and keep the files that show it, all or nothing. Raises Refused."""
    with transaction.atomic():
        done = mark_done(by=by, task=task, **mark)
        for document in documents:
            add_file(by=by, task=done, document=document)
    return done


@service(Event.WHEEL_FILE_REMOVED, action=Action.WHEEL_TASK_MARK, on="file")
def remove_file(*, by: Actor, file: TaskFile) -> TaskFile:
    """Take the file away for good: its key is destroyed, and its bytes go when the change is written. Twice does no harm."""
    if file.removed_at is not None:
        return file
    transaction.on_commit(partial(storage.remove, file.stored_name))
    file.stored_name, file.removed_at = "", now()
    file.save(update_fields=["stored_name", "removed_at"])
    destroy_content_key(by=system_actor("wheel file removed"), content_key=file.content_key, reason="wheel file removed")
    return file
