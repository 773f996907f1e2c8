"""Owners and schools are registered, and a school year gets its dates. Each is one event; done again, nothing happens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now
from aktsom.schools import rules
from aktsom.schools.models import CalendarSpan, HelpContact, School, SchoolOwner, SchoolYear


@dataclass(frozen=True)
class ClosedDays:
    """A named stretch of days the school is closed to pupils (both ends included)."""

    name: str
    first_day: date
    last_day: date
    kind: str = rules.DayKind.HOLIDAY


def register_owner(*, by: Actor, org_number: str, name: str, kind: str) -> tuple[SchoolOwner, bool]:
    """Register the owner, or correct its name. Return it, and whether anything was written. Raises Refused."""
    found = SchoolOwner.objects.filter(org_number=org_number).first()
    obstacles = rules.obstacles_to_registering_owner(
        org_number=org_number, name=name, kind=kind, registered_kind=found.kind if found else ""
    )
    if obstacles:
        raise Refused(obstacles)
    owner = found or SchoolOwner(org_number=org_number, kind=kind)
    if not _changed(owner, {"name": name.strip()}):
        return owner, False
    return keep_owner(by=by, owner=owner), True


def register_school(
    *, by: Actor, owner: SchoolOwner, org_number: str, name: str, level: str, slug: str = "", phone: str = ""
) -> tuple[School, bool]:
    """Register the school, or correct its name, level, short name or phone. What is not given is kept. Raises Refused."""
    found = School.objects.filter(org_number=org_number).first()
    wanted = slug or (found.slug if found else rules.short_name(name))
    obstacles = rules.obstacles_to_registering_school(
        org_number=org_number,
        name=name,
        slug=wanted,
        slug_is_taken=School.objects.filter(slug=wanted).exclude(org_number=org_number).exists(),
        has_other_owner=found is not None and found.owner_id != owner.pk,
    )
    if obstacles:
        raise Refused(obstacles)
    school = found or School(org_number=org_number, owner=owner)
    values = {"name": name.strip(), "level": level, "slug": wanted, "phone": phone or school.phone}
    if not _changed(school, values):
        return school, False
    return keep_school(by=by, school=school), True


def _changed(record: Model, values: dict[str, str]) -> bool:
    """Put the values on the record. Return whether there is anything to write."""
    as_before = record.pk is not None and all(getattr(record, name) == value for name, value in values.items())
    for name, value in values.items():
        setattr(record, name, value)
    return not as_before


@service(Event.OWNER_REGISTERED, action=Action.OWNER_REGISTER)
def keep_owner(*, by: Actor, owner: SchoolOwner) -> SchoolOwner:
    """Write the owner as it now is."""
    owner.save()
    return owner


@service(Event.SCHOOL_REGISTERED, action=Action.SCHOOL_REGISTER)
def keep_school(*, by: Actor, school: School) -> School:
    """Write the school as it now is."""
    school.save()
    return school


def set_school_year(
    *, by: Actor, school: School, first_day: date, last_day: date, closed: Iterable[ClosedDays] = ()
) -> tuple[SchoolYear, bool]:
    """Give a school year its dates; the days it had before are replaced. Return it, and whether anything was written."""
    spans = sorted(closed, key=lambda span: (span.first_day, span.last_day))
    obstacles = rules.obstacles_to_setting_year(
        first_day=first_day, last_day=last_day, closed=[(span.first_day, span.last_day) for span in spans]
    )
    if obstacles:
        raise Refused(obstacles)
    name = f"{first_day.year}/{last_day.year}"
    year = school.years.filter(name=name).first() or SchoolYear(school=school, name=name)
    held = [ClosedDays(s.name, s.first_day, s.last_day, s.kind) for s in CalendarSpan.objects.filter(year_id=year.pk)]
    if (year.first_day, year.last_day, held) == (first_day, last_day, spans):
        return year, False
    year.first_day, year.last_day = first_day, last_day
    return keep_school_year(by=by, school=school, year=year, spans=spans), True


@service(Event.SCHOOL_YEAR_SET, action=Action.SCHOOL_YEAR_SET, on="school")
def keep_school_year(*, by: Actor, school: School, year: SchoolYear, spans: list[ClosedDays]) -> SchoolYear:
    """Write the year and its closed days as they now are."""
    year.save()
    CalendarSpan.objects.filter(year=year).delete()
    for span in spans:
        CalendarSpan.objects.create(year=year, kind=span.kind, name=span.name, first_day=span.first_day, last_day=span.last_day)
    return year


@service(Event.HELP_CONTACT_SET, action=Action.SCHOOL_ORGANISE, on="school")
def set_help_contact(*, by: Actor, school: School, kind: str, name: str, phone: str = "", web: str = "") -> School:
    """Write whom outside the school pupils and guardians can turn to. An empty name takes it away again."""
    if not name.strip():
        HelpContact.objects.filter(school=school, kind=kind).delete()
        return school
    contact = HelpContact.objects.filter(school=school, kind=kind).first() or HelpContact(school=school, kind=kind)
    contact.name, contact.phone, contact.web, contact.changed_at = name.strip(), phone.strip(), web.strip(), now()
    contact.save()
    return school


@service(Event.WRITTEN_FORM_SET, action=Action.SCHOOL_ORGANISE, on="school")
def set_written_form(*, by: Actor, school: School, language: str) -> School:
    """Say which form of Norwegian the school writes; its open pages are in it until the reader chooses. Raises Refused."""
    if language not in rules.WRITTEN_FORMS:
        raise Refused(["Velg bokmål eller nynorsk."])
    school.language = language
    school.save(update_fields=["language"])
    return school


@service(Event.WORKING_NOTES_RULE_SET, action=Action.OWNER_ARRANGE, on="owner")
def set_working_notes(*, by: Actor, owner: SchoolOwner, months: int | None) -> SchoolOwner:
    """Decide how long working notes lie. None: nothing is deleted by itself (PRV-06). Raises Refused."""
    obstacles = rules.obstacles_to_keeping_notes(months=months)
    if obstacles:
        raise Refused(obstacles)
    owner.working_notes_months = months
    owner.save(update_fields=["working_notes_months"])
    return owner
