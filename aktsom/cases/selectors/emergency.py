"""Openings in an emergency, as those who look through them see them, and what the one who opened needs at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from aktsom.cases.access import cases_met_whole, emergencies_now
from aktsom.cases.models import Case, EmergencyAccess
from aktsom.cases.selectors.people import handlers_of
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor, system_actor
from aktsom.measures.rules import PlanState
from aktsom.measures.selectors import plan_of_file, version_page
from aktsom.people.selectors import pupil_choices, pupils_by_full_name

READING = system_actor("measures in an emergency")


def pupils_to_find(actor: Actor, text: str) -> list[Any]:
    """Return the pupils with such a name where the actor may open in an emergency. Whether any has a case is not told."""
    if not text.strip():
        return []
    at_school = [
        pupil for pk in sorted(actor.schools_where(Action.EMERGENCY_OPEN)) for pupil in pupil_choices(actor, school_id=pk, text=text)
    ]
    return list(dict.fromkeys([*at_school, *pupils_by_full_name(actor, text)]))


def emergency_of(case: Case, public_id: str) -> EmergencyAccess | None:
    """Return one opening in an emergency, or None."""
    return EmergencyAccess.objects.filter(case=case, public_id=public_id).select_related("person").first()


def emergencies_to_review(actor: Actor) -> list[EmergencyAccess]:
    """Return the openings nobody has looked through, in the cases the actor answers for; never her own."""
    leading = Q(case__school_id__in=actor.schools_where(Action.EMERGENCY_REVIEW)) | Q(case__is_withheld=True)
    waiting = EmergencyAccess.objects.filter(leading, reviewed_at=None).exclude(person_id=actor.own_id)
    if not waiting.exists():  # on most days there is none, and what the actor meets costs more to ask
        return []
    met = waiting.filter(case__in=cases_met_whole(actor).values("pk"))
    return list(met.select_related("person", "case").order_by("opened_at", "id"))


@dataclass(frozen=True)
class InEmergency:
    """What whoever opened the case needs at once: until when, who has the case, and what protects the pupil now."""

    until: datetime
    handlers: list[str]
    measures: list[Any]


def measures_in_emergency(actor: Actor, case: Case) -> InEmergency | None:
    """Return what is needed at once, for whoever has the case open in an emergency; None for everybody else."""
    opened = emergencies_now().filter(case=case, person_id=actor.own_id).first()
    if opened is None:
        return None
    # The plan's own reach does not know of emergencies; she meets the case and is shown the measures and nothing more.
    plan = plan_of_file(READING, case.public_id)
    in_force = plan is not None and plan.state == PlanState.IN_FORCE
    shown = version_page(plan, plan.version, with_views=False, people_today=True) if plan is not None and in_force else None
    return InEmergency(
        until=opened.valid_until,
        handlers=[str(worker.person) for worker in handlers_of(case)],
        measures=shown.measures if shown is not None else [],
    )
