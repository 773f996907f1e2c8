"""What the worker does for plans by itself: no measure and no evaluation is forgotten."""

from __future__ import annotations

from django.utils.timezone import localtime

from aktsom.core.access.actor import system_actor
from aktsom.core.notify.jobs import periodic
from aktsom.core.timing.calendar import is_working_day
from aktsom.core.timing.clock import now, today
from aktsom.measures.selectors import evaluations_to_remind_of, measures_to_remind_of
from aktsom.measures.services import remind_of_evaluation, remind_of_measure

EARLIEST_HOUR = 7  # nobody is woken by a reminder
JOB = system_actor("measures and evaluations")


@periodic(minutes=60)
def look_for_days_in_plans() -> int:
    """Remind of measures that begin or were not marked, and of evaluations that come or have passed; return how many."""
    if not is_working_day(today()) or localtime(now()).hour < EARLIEST_HOUR:
        return 0
    measures, plans = measures_to_remind_of(JOB), evaluations_to_remind_of(JOB)
    for measure, kind in measures:
        remind_of_measure(by=JOB, measure=measure, kind=kind)
    for plan in plans:
        remind_of_evaluation(by=JOB, plan=plan)
    return len(measures) + len(plans)
