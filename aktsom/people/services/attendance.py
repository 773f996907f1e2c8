"""Whether somebody goes to the school as a pupil, an adult in education or an apprentice."""

from __future__ import annotations

from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import OutOfReach
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import today
from aktsom.people.access import in_force
from aktsom.people.models import Enrolment, Person
from aktsom.people.rules import Attendance


@service(Event.ATTENDANCE_SET, action=Action.SCHOOL_ORGANISE, on="school")
def set_attendance(*, by: Actor, school: Any, person: Person, attends_as: Attendance | str) -> Enrolment:
    """Write as what somebody goes here: chapter 12 is for pupils (§ 12-1), adults in education have § 20-2."""
    enrolment: Enrolment | None = (
        Enrolment.objects.filter(in_force(today()), school=school, person=person).order_by("-valid_from", "-id").first()
    )
    if enrolment is None:
        raise OutOfReach(Enrolment._meta.label, person.public_id)
    enrolment.attends_as = Attendance(attends_as)
    enrolment.save()
    return enrolment
