"""Schools and their calendars, as other domains ask for them."""

from __future__ import annotations

from datetime import date

from aktsom.core.access.actor import Actor
from aktsom.core.timing.calendar import SchoolCalendar
from aktsom.schools.access import owners_visible_to, schools_visible_to
from aktsom.schools.models import School, SchoolOwner
from aktsom.schools.rules import DayKind


def public_school(slug: str) -> School | None:
    """Return the school with this short name for its public pages. A school's name is no secret."""
    return School.objects.select_related("owner").filter(slug=slug).first()


def school_of(school_id: int) -> School:
    """Return one school by its primary key, for domains that already hold a record of it."""
    return School.objects.select_related("owner").get(pk=school_id)


def own_schools(actor: Actor) -> list[School]:
    """Return the schools the actor belongs to, by name."""
    return list(schools_visible_to(actor).order_by("name"))


def calendar_of(school: School, on: date) -> SchoolCalendar | None:
    """Return the calendar of the school year that holds ``on``, or the next one, or None when none is registered."""
    year = school.years.filter(last_day__gte=on).order_by("first_day").prefetch_related("spans").first()
    if year is None:
        return None
    closed = [(span.first_day, span.last_day, span.name) for span in year.spans.all() if span.kind in {DayKind.HOLIDAY, DayKind.PLANNING}]
    return SchoolCalendar.with_closed_spans(first_day=year.first_day, last_day=year.last_day, closed=closed)


def school_numbered(actor: Actor, org_number: str) -> School | None:
    """Return the school with this organisation number, if the actor meets it."""
    return schools_visible_to(actor).filter(org_number=org_number).first()


def owner_numbered(actor: Actor, org_number: str) -> SchoolOwner | None:
    """Return the owner with this organisation number, if the actor meets it."""
    return owners_visible_to(actor).filter(org_number=org_number).first()


def schools_of_owner(actor: Actor, *, owner: SchoolOwner) -> list[School]:
    """Return the owner's schools that the actor meets, by name."""
    return list(schools_visible_to(actor).filter(owner=owner).order_by("name"))
