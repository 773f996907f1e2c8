"""The measures a person has to do something about, and which of them she has done today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q

from aktsom.core.access.actor import Actor
from aktsom.core.timing.clock import today
from aktsom.core.vault.keyring import gather_keys
from aktsom.measures.access import measures_given_to, plans_visible_to
from aktsom.measures.models import Measure, MeasureDeed
from aktsom.measures.rules import PlanState


def my_measures(actor: Actor, *, most: int = 100) -> list[Measure]:
    """Return the measures the actor answers for or carries out, the earliest start first; one in several plans stands once.

    ``done_today`` says whether the actor has marked it as done today.
    """
    marked = MeasureDeed.objects.filter(measure=OuterRef("pk"), done_by_id=actor.own_id, done_on=today())
    running = Q(is_immediate=True) | Q(plan__state=PlanState.IN_FORCE)
    given = (
        measures_given_to(actor)
        .filter(running)
        .annotate(done_today=Exists(marked))
        .defer("adaptation", "plan__problem")
        .order_by("starts_on", "id")[:most]
    )
    once = {measure.shared_ref or measure.public_id: measure for measure in reversed(given)}
    gather_keys(measure.content_key_id for measure in once.values())
    return list(reversed(once.values()))


@dataclass(frozen=True)
class OwnTask:
    """One measure on a person's own list, with what tells it from another with the same words.

    The pupil's name only where the person meets the plan: whoever has only the task learns nothing more of whose it is (ACT-16).
    """

    measure: Measure
    pupil: str
    last_done_on: date | None


def my_tasks(actor: Actor) -> list[OwnTask]:
    """Return the actor's own measures with what tells them apart, in three queries however many there are."""
    measures = my_measures(actor)
    plans = plans_visible_to(actor).filter(pk__in={measure.plan_id for measure in measures}).defer("problem")
    names = {plan.pk: str(plan.pupil) for plan in plans}
    done = MeasureDeed.objects.filter(measure__in=measures, done_by_id=actor.own_id).order_by().values("measure_id")
    last = dict(done.annotate(last_on=Max("done_on")).values_list("measure_id", "last_on"))
    return [OwnTask(row, "" if row.shared_ref else names.get(row.plan_id, ""), last.get(row.pk)) for row in measures]
