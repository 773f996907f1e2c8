"""What the worker does for the year by itself: tasks follow plan, calendar and classes, and people are reminded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings

from aktsom.core.access.actor import system_actor
from aktsom.core.notify.jobs import periodic
from aktsom.core.timing.calendar import is_working_day
from aktsom.core.timing.clock import now, today
from aktsom.plans.selectors.editions import schools_with_plan
from aktsom.schools.selectors import school_of, school_years, schools_with_notes_rule
from aktsom.wheel.months import monday_of
from aktsom.wheel.planned import what_changes
from aktsom.wheel.selectors.evidence import files_to_remove, has_notes_before
from aktsom.wheel.selectors.reminding import people_to_remind
from aktsom.wheel.services import arrange_year, remind_of_tasks, remove_file, remove_old_daily_notes

NEW = timedelta(minutes=30)
JOB = system_actor("the wheel")


@periodic(minutes=10)
def follow_new_plans() -> int:
    """Let the year follow a plan that has just been put in force; return how many years changed."""
    return _arrange(schools_with_plan(in_force_at__gte=now() - NEW))


@periodic(minutes=24 * 60)
def follow_plans() -> int:
    """Let every school's years follow its plan, calendar and classes; return how many years changed."""
    return _arrange(schools_with_plan())


def _arrange(school_ids: Iterable[int]) -> int:
    """Arrange the years that are not over. What is as it should be is not touched, and gives no event."""
    changed = 0
    for school_id in school_ids:
        for year in school_years(school_id):
            if year.last_day >= today() and what_changes(school_of(school_id), year):
                arrange_year(by=JOB, school=school_of(school_id), year=year)
                changed += 1
    return changed


@periodic(minutes=24 * 60)
def remind_of_the_year() -> int:
    """Remind those who have something this week, or something late, once a week each; return how many were told.

    It is written in the night and goes out with the digest of the morning.
    """
    if not is_working_day(today()):
        return 0
    told = 0
    for school_id in schools_with_plan():
        people = people_to_remind(school_id, today())
        if any(people.values()):
            told += remind_of_tasks(by=JOB, school=school_of(school_id), person_ids=people, week=monday_of(today()))
    return told


@periodic(minutes=24 * 60)
def remove_old_evidence() -> int:
    """Remove the files of school years that are older than the owner wants to keep; return how many. Never without a setting."""
    old = files_to_remove(settings.AKTSOM_EVIDENCE_YEARS)
    for file in old:
        remove_file(by=JOB, file=file)
    return len(old)


@periodic(minutes=24 * 60)
def remove_old_notes() -> int:
    """Delete daily notes older than the owner keeps them; return at how many schools. Never without the owner's own rule (PRV-06)."""
    due = [(school, before) for school, before in schools_with_notes_rule(today()) if has_notes_before(school, before)]
    for school, before in due:
        remove_old_daily_notes(by=JOB, school=school, before=before)
    return len(due)
