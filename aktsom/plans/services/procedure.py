"""Choose the plan a school follows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.plans.loading import library_procedure, load_procedure
from aktsom.plans.models import ChosenProcedure


@service(Event.PROCEDURE_CHOSEN, action=Action.PROCEDURE_CHOOSE, on="school")
def choose_procedure(*, by: Actor, school: Any, code: str, valid_from: date, text: str = "") -> ChosenProcedure:
    """Let the school follow a plan from a day on; the one before ends the day before, and is kept.

    Raises PlanFileInvalid when the text has faults or goes under the floor of the Act.
    """
    if text:
        load_procedure(text, name=f"{code}.yaml")
    else:
        library_procedure(code)
    rows = ChosenProcedure.objects.filter(school=school)
    rows.filter(valid_from__gte=valid_from).delete()
    rows.filter(valid_until=None).update(valid_until=valid_from - timedelta(days=1))
    return ChosenProcedure.objects.create(school=school, code=code, text=text, chosen_by_id=by.person_id, valid_from=valid_from)
