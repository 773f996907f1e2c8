"""Whom to remind at a school this week: of what comes, of what was not marked, and the leader of what is late."""

from __future__ import annotations

from datetime import date, timedelta

from aktsom.core.access.roles import Role
from aktsom.core.timing.yearly.occurrences import OccurrenceKind
from aktsom.people.selectors import adults_of_classes, deputies, people_in_role, positions_at
from aktsom.wheel.holding import IN_CLASS, codes_of
from aktsom.wheel.models import WheelTask
from aktsom.wheel.months import monday_of, year_begins
from aktsom.wheel.rules import TaskState
from aktsom.wheel.selectors.roles import ALL_STAFF, holders_at

LONGEST_LATE = timedelta(days=28)  # after four weeks it is the leader's to see, not another reminder


class _Roster:
    """Who holds each role at one school, and in which class."""

    def __init__(self, school_id: int, day: date) -> None:
        self.by_code: dict[str, set[int]] = {}
        self.by_group: dict[tuple[str, int], set[int]] = {}
        rows = [*positions_at(school_id, day), *((person, Role.DEPUTY.value) for person in deputies(school_id, day))]
        for person, role in rows:
            for code in codes_of(Role(role)):
                self.by_code.setdefault(code, set()).add(person.pk)
        for holder in holders_at(school_id, day):
            if holder.valid_from <= day:
                self.by_code.setdefault(holder.role, set()).add(holder.person_id)
        for person, role, group_id in adults_of_classes(school_id, day):
            if role in IN_CLASS:
                self.by_group.setdefault((role, group_id), set()).add(person.pk)
                self.by_code.setdefault(role, set()).add(person.pk)

    def of(self, task: WheelTask) -> set[int]:
        """Return whose task it is. What is everybody's reminds nobody: it stands on each one's own page."""
        found: set[int] = set()
        for code in task.who.split():
            if code == ALL_STAFF:
                continue
            if code in IN_CLASS and task.group_id is not None:
                found |= self.by_group.get((code, task.group_id), set())
            else:
                found |= self.by_code.get(code, set())
        return found


def people_to_remind(school_id: int, day: date) -> dict[str, list[int]]:
    """Return whom to tell what: «soon», «late» and, to those who lead, «led»."""
    monday = monday_of(day)
    sunday = monday + timedelta(days=6)
    waiting = WheelTask.objects.filter(school_id=school_id, state=TaskState.OPEN, due_on__gte=year_begins(day), due_on__lte=sunday)
    tasks = list(waiting.exclude(kind=OccurrenceKind.TO_DATE).only("who", "group_id", "due_on", "kind").order_by("id"))
    if not tasks:
        return {}
    roster = _Roster(school_id, day)
    late = [task for task in tasks if task.due_on < day]
    led = [*people_in_role(school_id, Role.HEAD_TEACHER, day), *deputies(school_id, day)]
    return {
        "soon": _people(roster, [task for task in tasks if task.due_on >= day]),
        "late": _people(roster, [task for task in late if day - task.due_on <= LONGEST_LATE]),
        "led": sorted({person.pk for person in led}) if late else [],
    }


def _people(roster: _Roster, tasks: list[WheelTask]) -> list[int]:
    found: set[int] = set()
    for task in tasks:
        found |= roster.of(task)
    return sorted(found)
