"""What the worker does for cases by itself."""

from __future__ import annotations

from django.utils.timezone import localtime

from aktsom.cases.circle import cases_to_ask_in
from aktsom.cases.selectors import cases_without_handler
from aktsom.cases.services import tell_of_missing_handler
from aktsom.cases.services.family import ask_how_it_is
from aktsom.core.access.actor import system_actor
from aktsom.core.notify.jobs import periodic
from aktsom.core.timing.clock import now

JOB = system_actor("cases without a handler")
FAMILY_JOB = system_actor("families are asked")
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
