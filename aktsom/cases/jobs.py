"""What the worker does for cases by itself."""

from __future__ import annotations

from hashlib import sha256

from django.utils.timezone import localtime

from aktsom.cases.circle import cases_to_ask_in
from aktsom.cases.duties import duties_everywhere
from aktsom.cases.selectors import cases_without_handler
from aktsom.cases.selectors.assistance import has_own_notes_before
from aktsom.cases.selectors.continuity import days_to_remind_of
from aktsom.cases.services import tell_of_missing_handler
from aktsom.cases.services.asking import remind_of_day
from aktsom.cases.services.assistance import remove_old_health_notes
from aktsom.cases.services.continuity import tell_of_duties_without_holder
from aktsom.cases.services.family import ask_how_it_is
from aktsom.core.access.actor import system_actor
from aktsom.core.notify.jobs import periodic
from aktsom.core.timing.clock import now, today
from aktsom.people.selectors import deputies, head_teachers
from aktsom.schools.selectors import own_schools as schools_of_job
from aktsom.schools.selectors import schools_with_notes_rule

JOB = system_actor("cases without a handler")
DUTY_JOB = system_actor("duties without a person")
FAMILY_JOB = system_actor("families are asked")
NOTES_JOB = system_actor("working notes older than the owner keeps them")
EARLIEST_HOUR = 7  # nobody is woken by a question


@periodic(minutes=60)
def look_for_cases_nobody_works_with() -> int:
    """Tell those responsible of open cases whose handlers are all gone; return how many (NEG-45)."""
    cases = cases_without_handler(JOB)
    for case in cases:
        tell_of_missing_handler(by=JOB, case=case)
    return len(cases)


@periodic(minutes=60)
def ask_families_how_it_is() -> int:
    """Tell families of the question on the days the plan has set, never before seven in the morning; return how many cases."""
    if localtime(now()).hour < EARLIEST_HOUR:
        return 0
    cases = cases_to_ask_in()
    for case in cases:
        ask_how_it_is(by=FAMILY_JOB, case=case)
    return len(cases)


@periodic(minutes=60)
def look_for_duties_nobody_holds() -> int:
    """Tell those who lead a school of open duties whose person is gone, away or has another class; return how many (ORG-16).

    The notice comes again only when the set of duties is another one, and never before seven in the morning.
    """
    if localtime(now()).hour < EARLIEST_HOUR:
        return 0
    schools = {school.pk: school for school in schools_of_job(DUTY_JOB)}
    waiting: dict[int, list[str]] = {}
    for duty in duties_everywhere(DUTY_JOB, schools):
        if duty.concern is not None and not duty.is_asked:
            waiting.setdefault(duty.school_id, []).append(duty.code)
    for school_id, codes in waiting.items():
        leaders = [person.pk for person in (*head_teachers(school_id, today()), *deputies(school_id, today()))]
        mark = sha256("".join(sorted(codes)).encode()).hexdigest()[:16]
        tell_of_duties_without_holder(by=DUTY_JOB, school=schools[school_id], person_ids=leaders, mark=mark)
    return len(waiting)


@periodic(minutes=60)
def remind_of_days() -> int:
    """Tell of talks, agreements and questions whose day is here; return how many. Each is told of once."""
    if localtime(now()).hour < EARLIEST_HOUR:
        return 0
    due = days_to_remind_of()
    for day in due:
        remind_of_day(by=DUTY_JOB, case=day.case, code=day.code, mark=day.mark, person_ids=day.person_ids)
    return len(due)


@periodic(minutes=24 * 60)
def remove_old_own_notes() -> int:
    """Delete health staff's own notes that are older than the owner keeps working notes; return at how many schools (PRV-06).

    Nothing that belongs to a case is touched: it is preserved.
    """
    due = [(school, before) for school, before in schools_with_notes_rule(today()) if has_own_notes_before(school, before)]
    for school, before in due:
        remove_old_health_notes(by=NOTES_JOB, school=school, before=before)
    return len(due)
