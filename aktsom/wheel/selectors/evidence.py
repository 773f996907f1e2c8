"""The files beside tasks, and the daily notes, as pages show them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from aktsom.core.access.actor import Actor
from aktsom.core.files import storage
from aktsom.core.timing.clock import today
from aktsom.core.vault.keyring import gather_keys
from aktsom.wheel.access import files_visible_to, notes_visible_to
from aktsom.wheel.models import DailyNote, TaskFile, WheelTask
from aktsom.wheel.rules import obsolete_on


def files_of(actor: Actor, task: WheelTask) -> list[TaskFile]:
    """Return the files beside one task, with the keys their names are read with in one read."""
    found = list(files_visible_to(actor).filter(task=task))
    gather_keys(file.content_key_id for file in found)
    return found


def content_of_file(file: TaskFile) -> bytes:
    """Return the content; raise ContentDestroyed or FileNotFoundError."""
    return storage.get(file.content_key_id, file.stored_name)


def own_notes_of_week(actor: Actor, monday: Any) -> list[DailyNote]:
    """Return what the actor wrote herself in a week."""
    return list(notes_visible_to(actor).filter(written_by_id=actor.own_id, on__gte=monday, on__lt=monday + timedelta(days=7)))


def notes_of_year(actor: Actor, *, school: Any, year: Any) -> list[DailyNote]:
    """Return the daily notes of a school year, for the year's report."""
    first, last = year.first_day, year.last_day
    return list(notes_visible_to(actor).filter(school=school, on__gte=first, on__lte=last)[:500])


def files_to_remove(years: int) -> list[TaskFile]:
    """Return the files whose school year ended so many years ago that the owner no longer wants them (0: never)."""
    found = TaskFile.objects.filter(removed_at=None).select_related("task__year", "task__school", "content_key")
    days = ((file, obsolete_on(year_ends=file.task.year.last_day, years=years)) for file in found.order_by("pk"))
    return [file for file, day in days if day is not None and day <= today()]


def has_notes_before(school: Any, day: date) -> bool:
    """Return whether the school has a daily note from before a day."""
    return DailyNote.objects.filter(school=school, on__lt=day).exists()
