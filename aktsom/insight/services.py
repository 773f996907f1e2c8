"""A school's first plan: begun, and in force with the year that follows from it, all or nothing."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from aktsom.core.access.actor import Actor
from aktsom.core.timing.clock import today
from aktsom.plans.services import begin_plan, choose_procedure, put_edition_in_force
from aktsom.schools.selectors import current_year
from aktsom.wheel.services import arrange_year


def begin_first_plan(*, by: Actor, school: Any, template: str, at_once: bool) -> Any:
    """Begin the school's plan from a library plan; ``at_once`` also lets it and its procedure be in force from today.

    Raises Refused, and then nothing is written.
    """
    with transaction.atomic():
        plan = begin_plan(by=by, place=school, template=template)
        if at_once:
            put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
            choose_procedure(by=by, school=school, code=template, valid_from=today())
            year = current_year(school.pk, today())
            if year is not None:
                arrange_year(by=by, school=school, year=year)
    return plan
