"""Schools and their calendars, as other domains ask for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.core.once import once_per_page
from aktsom.core.timing.calendar import SchoolCalendar
from aktsom.core.timing.yearly import YearDays
from aktsom.schools.access import owners_visible_to, schools_visible_to
from aktsom.schools.models import HelpContact, School, SchoolOwner, SchoolYear
from aktsom.schools.rules import DayKind, notes_older_than


def public_school(slug: str) -> School | None:
    """Return the school with this short name for its public pages. A school's name is no secret."""
    return School.objects.select_related("owner").filter(slug=slug).first()


def public_owner(org_number: str) -> SchoolOwner | None:
    """Return the owner with this organisation number for its public page. An owner's name is no secret."""
    return SchoolOwner.objects.filter(org_number=org_number).first()


def schools_by_key(school_ids: Iterable[int]) -> list[School]:
    """Return schools by primary key, by name, for public pages. A school's name is no secret."""
    return list(School.objects.filter(pk__in=list(school_ids)).order_by("name", "id"))


def language_of(slug: str) -> str:
    """Return the language the school's public pages are in, or nothing when there is no such school."""
    return School.objects.filter(slug=slug).values_list("language", flat=True).first() or ""


def school_of(school_id: int) -> School:
    """Return one school by its primary key, for domains that already hold a record of it."""
    return School.objects.select_related("owner").get(pk=school_id)


def names_of_schools(school_ids: Iterable[int]) -> dict[int, str]:
    """Return what schools are called, by primary key. A school's name is no secret."""
    return dict(School.objects.filter(pk__in=list(school_ids)).values_list("pk", "name"))


@once_per_page
def own_schools(actor: Actor) -> list[School]:
    """Return the schools the actor belongs to, by name."""
    return list(schools_visible_to(actor).order_by("name", "id"))


def schools_as(actor: Actor, *roles: Role) -> list[School]:
    """Return the schools where the actor holds one of the roles, by name."""
    ids = actor.schools_as(*roles)
    return [school for school in own_schools(actor) if school.pk in ids]


def schools_where(actor: Actor, action: Action) -> list[School]:
    """Return the schools where a position of the actor's lets her do this, by name."""
    ids = actor.schools_where(action)
    return [school for school in own_schools(actor) if school.pk in ids]


def own_owners(actor: Actor) -> list[SchoolOwner]:
    """Return the owners the actor works for, by name."""
    return list(owners_visible_to(actor).order_by("name", "id")) if actor.owners_as(Role.OWNER_HANDLER) else []


def calendar_of(school: School, on: date) -> SchoolCalendar | None:
    """Return the calendar of the school year that holds ``on``, or the next one, or None when none is registered."""
    year = school.years.filter(last_day__gte=on).order_by("first_day").prefetch_related("spans").first()
    if year is None:
        return None
    closed = [(span.first_day, span.last_day, span.name) for span in year.spans.all() if span.kind in {DayKind.HOLIDAY, DayKind.PLANNING}]
    return SchoolCalendar.with_closed_spans(first_day=year.first_day, last_day=year.last_day, closed=closed)


def school_years(school_id: int) -> list[SchoolYear]:
    """Return the school's years, the earliest first, with their spans."""
    return list(SchoolYear.objects.filter(school_id=school_id).prefetch_related("spans").order_by("first_day"))


def current_year(school_id: int, on: date) -> SchoolYear | None:
    """Return the school year a day belongs to: from the first of August it is the coming one. None when none is registered."""
    years = school_years(school_id)
    return _of_day(years, on) if years else None


def years_at(school_ids: Iterable[int], on: date) -> dict[int, SchoolYear]:
    """Return the school year a day belongs to at each school, by school, as ``current_year`` has it. One read for all."""
    found: dict[int, list[SchoolYear]] = {}
    for year in SchoolYear.objects.filter(school_id__in=list(school_ids)).order_by("first_day"):
        found.setdefault(year.school_id, []).append(year)
    return {school_id: _of_day(years, on) for school_id, years in found.items()}


def years_begun(on: date) -> QuerySet[SchoolYear]:
    """Return the school years that a day belongs to or that came before, the latest first: the first of a school is its year."""
    return SchoolYear.objects.filter(first_day__lte=date(on.year, 12, 31) if on >= date(on.year, 8, 1) else on).order_by("-first_day")


def _of_day(years: list[SchoolYear], on: date) -> SchoolYear:
    begun = [year for year in years if date(year.first_day.year, 8, 1) <= on or year.first_day <= on]
    return begun[-1] if begun else years[0]


def years_before(years: Iterable[SchoolYear]) -> dict[int, SchoolYear]:
    """Return the school year before each of these, by school. One read for all."""
    starts = {year.school_id: year.first_day for year in years}
    found: dict[int, SchoolYear] = {}
    for year in SchoolYear.objects.filter(school_id__in=list(starts)).order_by("first_day"):
        if year.first_day < starts[year.school_id]:
            found[year.school_id] = year
    return found


def year_days(year: SchoolYear) -> YearDays:
    """Return the school year as the timing engine wants it: closed days, planning days, start-up days, end of autumn."""
    return days_from(year.first_day, year.last_day, list(year.spans.all()))


def days_from(first_day: date, last_day: date, spans: Iterable[Any]) -> YearDays:
    """Return a school year from its ends and spans (kind, name, first_day, last_day), also one that is not written yet."""
    spans = list(spans)
    closed = [(span.first_day, span.last_day, span.name) for span in spans if span.kind in {DayKind.HOLIDAY, DayKind.PLANNING}]
    startup = [(span.first_day, span.last_day) for span in spans if span.kind == DayKind.STARTUP]
    terms = sorted(span.last_day for span in spans if span.kind == DayKind.TERM)
    return YearDays(
        calendar=SchoolCalendar.with_closed_spans(first_day=first_day, last_day=last_day, closed=closed),
        planning=tuple((span.first_day, span.last_day) for span in spans if span.kind == DayKind.PLANNING),
        startup=(min(first for first, _last in startup), max(last for _first, last in startup)) if startup else None,
        autumn_ends=terms[0] if len(terms) > 1 else None,
    )


def school_numbered(actor: Actor, org_number: str) -> School | None:
    """Return the school with this organisation number, if the actor meets it."""
    return schools_visible_to(actor).filter(org_number=org_number).first()


def owner_numbered(actor: Actor, org_number: str) -> SchoolOwner | None:
    """Return the owner with this organisation number, if the actor meets it."""
    return owners_visible_to(actor).filter(org_number=org_number).first()


def schools_of_owner(actor: Actor, *, owner: SchoolOwner) -> list[School]:
    """Return the owner's schools that the actor meets, by name."""
    return list(schools_visible_to(actor).filter(owner=owner).order_by("name", "id"))


def help_contacts(school_id: int) -> dict[str, HelpContact]:
    """Return whom outside the school one can turn to, by kind; what nobody has written in is not there."""
    return {contact.kind: contact for contact in HelpContact.objects.filter(school_id=school_id)}


def schools_with_notes_rule(day: date) -> list[tuple[School, date]]:
    """Return the schools whose owner has decided how long working notes lie, with the day before which they are too old."""
    rows = School.objects.select_related("owner").filter(owner__working_notes_months__isnull=False).order_by("pk")
    return [(school, notes_older_than(today=day, months=school.owner.working_notes_months)) for school in rows]
