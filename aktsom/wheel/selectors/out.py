"""What leaves the wheel: feeds and spreadsheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from aktsom.core.access.actor import Actor, actor_for
from aktsom.core.timing.clock import now, today
from aktsom.people.selectors import works_at
from aktsom.plans.rules.duty_roles import role_names
from aktsom.wheel.access import feeds_visible_to, own_tasks
from aktsom.wheel.calendar import CalendarTask
from aktsom.wheel.feeds import feed_lookup
from aktsom.wheel.models import CalendarFeed, WheelTask
from aktsom.wheel.months import grade_name, year_begins
from aktsom.wheel.rules import TaskState
from aktsom.wheel.selectors.tasks import tasks_of_year

MOST = 2_000  # tasks in a feed
MOST_ROWS = 50_000  # of a spreadsheet; a school of 120 classes has about 10 000
LONGEST_SECRET = 64
CANCELLED_FOR = timedelta(days=30)  # what went out of the plan is shown as cancelled so long, then not at all


@dataclass(frozen=True)
class Feed:
    """A feed that is in use: its name and its tasks."""

    name: str
    tasks: list[WheelTask]

    @property
    def changed_at(self) -> datetime | None:
        """When any of the tasks last changed."""
        return max((max(task.changed_at, task.marked_at or task.changed_at) for task in self.tasks), default=None)


def feed_of(secret: str) -> Feed | None:
    """Return the feed behind a secret, or None: unknown, ended, or of somebody who no longer works there."""
    if len(secret) > LONGEST_SECRET:
        return None
    feed = CalendarFeed.objects.filter(lookup=feed_lookup(secret), ended_at=None).select_related("school", "person__user").first()
    if feed is None:
        return None
    day = today()
    if feed.person is None:
        tasks: Any = WheelTask.objects.filter(school=feed.school, place="")
        name = _("Årshjul %(school)s") % {"school": feed.school}
    elif feed.person.user is not None and works_at(feed.person.pk, feed.school_id, day):
        tasks = own_tasks(actor_for(feed.person.user)).filter(school=feed.school)
        name = _("Mitt årshjul")
    else:
        return None
    shown = ~Q(state=TaskState.GONE) | Q(changed_at__gte=now() - CANCELLED_FOR)
    found = list(tasks.filter(shown, due_on__gte=year_begins(day)).order_by("due_on", "id")[:MOST])
    return Feed(name, found)


def as_calendar_tasks(tasks: list[WheelTask], absolute: Callable[[str], str]) -> list[CalendarTask]:
    """Return the tasks as a calendar shows them. No name of anybody is among them."""
    return [
        CalendarTask(
            uid=f"gjoremal-{task.public_id}@aktsom",
            title=f"✓ {task.title}" if task.state == TaskState.DONE else task.title,
            place=_place(task),
            starts_on=task.starts_on,
            due_on=task.due_on,
            why=task.why,
            url=absolute(reverse("wheel:task-detail", args=[task.public_id])),
            changed_at=task.changed_at,
            sequence=task.times_moved,
            is_cancelled=task.state == TaskState.GONE,
        )
        for task in tasks
    ]


def _place(task: WheelTask) -> str:
    return task.group.name if task.group is not None else grade_name(task.grade)


def own_feeds(actor: Actor) -> list[CalendarFeed]:
    """Return the actor's calendar addresses in use, and the school's for those who lead it."""
    return list(feeds_visible_to(actor).filter(ended_at=None))


HEADINGS = ("Fra", "Til", "Gjøremål", "Klasse eller trinn", "Hvem", "Status", "Gjort", "Merknad", "Hvorfor da", "Rad")


def spreadsheet_rows(actor: Actor, *, school: Any, year: Any) -> list[tuple[Any, ...]]:
    """Return the year's tasks as rows, by day."""
    states = {str(state.value): str(state.label) for state in TaskState}
    found = list(tasks_of_year(actor, school=school, year=year)[:MOST_ROWS])
    roles = {who: ", ".join(role_names(who.split())) for who in {task.who for task in found}}
    return [
        (
            task.starts_on,
            task.due_on,
            task.title,
            _place(task),
            roles[task.who],
            states[task.state],
            task.done_on or "",
            task.note or task.reason,
            task.why,
            task.row_key,
        )
        for task in found
    ]
