"""The school writes how to report, everybody who works there says that she has read it, and it is looked through (REP-23)."""

from __future__ import annotations

from datetime import date
from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now, today
from aktsom.people import selectors as people
from aktsom.people.access import works_at
from aktsom.reports.models import ReportingRoutine, RoutineReading, RoutineReview
from aktsom.reports.rules import obstacles_to_making_known, obstacles_to_reading, obstacles_to_review_day

WORDS = ("how", "to_whom", "when_away", "phone", "form_place")


@service(Event.ROUTINE_WRITTEN, action=Action.ROUTINE_WRITE, on="school")
def write_routine(*, by: Actor, school: Any, review_on: date, **words: str) -> ReportingRoutine:
    """Make a new edition of the routine known to everybody who works there, who are asked to read it. Raises Refused."""
    written = {name: words.get(name, "").strip() for name in WORDS}
    obstacles = obstacles_to_making_known(how=written["how"], to_whom=written["to_whom"], review_on=review_on, today=today())
    if obstacles:
        raise Refused(obstacles)
    newest = ReportingRoutine.objects.filter(school=school).order_by("-number").first()
    routine = ReportingRoutine.objects.create(
        school=school,
        number=newest.number + 1 if newest else 1,
        written_by_id=by.person_id,
        written_at=now(),
        review_on=review_on,
        **written,
    )
    if by.person_id is not None and works_at(by.person_id, school.pk, today()):
        RoutineReading.objects.create(routine=routine, person_id=by.person_id, read_at=now())  # who wrote it has read it
    _tell(by, routine, [person.pk for person in people.staff_of(school.pk, today()) if person.pk != by.person_id], "routine.new")
    return routine


@service(Event.ROUTINE_REVIEWED, action=Action.ROUTINE_WRITE, on="routine")
def review_routine(*, by: Actor, routine: ReportingRoutine, next_on: date) -> RoutineReview:
    """Look through the routine and let it stand, and set the next day. Raises Refused. Nobody has to read it again."""
    obstacles = obstacles_to_review_day(review_on=next_on, today=today())
    if obstacles:
        raise Refused(obstacles)
    review = RoutineReview.objects.create(routine=routine, reviewed_by_id=by.person_id, reviewed_at=now(), next_on=next_on)
    routine.review_on = next_on
    routine.save()
    return review


@service(Event.ROUTINE_CONFIRMED, action=Action.ROUTINE_CONFIRM, on="routine")
def confirm_routine(*, by: Actor, routine: ReportingRoutine) -> RoutineReading:
    """Somebody who works there says that she has read the routine. Said twice, it stands once. Raises Refused."""
    is_newest = not ReportingRoutine.objects.filter(school_id=routine.school_id, number__gt=routine.number).exists()
    obstacles = obstacles_to_reading(works_here=works_at(by.own_id, routine.school_id, today()), is_newest=is_newest)
    if obstacles:
        raise Refused(obstacles)
    reading, _made = RoutineReading.objects.get_or_create(routine=routine, person_id=by.own_id, defaults={"read_at": now()})
    return reading


@service(Event.ROUTINE_REMINDED, action=Action.ROUTINE_WRITE, on="routine")
def remind_of_routine(*, by: Actor, routine: ReportingRoutine) -> int:
    """Remind those who have not said that they have read it, at most once a day each; return how many."""
    read = set(routine.readings.values_list("person_id", flat=True))
    waiting = [person.pk for person in people.staff_of(routine.school_id, today()) if person.pk not in read]
    return _tell(by, routine, waiting, "routine.read", f":{today():%Y%m%d}")


def _tell(by: Actor, routine: ReportingRoutine, person_ids: list[int], code: str, day: str = "") -> int:
    path = f"/rutine/{routine.public_id}/"
    return len(notify(by=by, person_ids=person_ids, code=code, occasion=f"{routine.public_id}{day}", path=path, scope=routine.scope()))
