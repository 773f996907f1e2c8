"""What the worker does for cases by itself."""

from __future__ import annotations

from aktsom.cases.selectors import cases_without_handler
from aktsom.cases.services import tell_of_missing_handler
from aktsom.core.access.actor import system_actor
from aktsom.core.notify.jobs import periodic

JOB = system_actor("cases without a handler")


@periodic(minutes=60)
def look_for_cases_nobody_works_with() -> int:
    """Tell those responsible of open cases whose handlers are all gone; return how many (NEG-45)."""
    cases = cases_without_handler(JOB)
    for case in cases:
        tell_of_missing_handler(by=JOB, case=case)
    return len(cases)
