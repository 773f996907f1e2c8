"""Who goes to a school as something else than a pupil."""

from __future__ import annotations

from django.db.models import Q

from aktsom.core.access.actor import Actor
from aktsom.core.timing.clock import today
from aktsom.people.access import in_force, people_visible_to
from aktsom.people.models import Enrolment
from aktsom.people.rules import Attendance


def outside_chapter_12(actor: Actor, school_id: int) -> list[Enrolment]:
    """Return those the actor meets who are adults in education or apprentices at the school, by name."""
    rows = Enrolment.objects.filter(in_force(today()), ~Q(attends_as=Attendance.PUPIL), school_id=school_id)
    return list(rows.filter(person__in=people_visible_to(actor)).select_related("person").order_by("person__folded_name", "id"))
