"""Who holds what in the plans: the evaluation, the measures. For whoever has to find somebody else (ORG-16)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import CharField, F, Q, Value

from aktsom.core.access.actor import Actor
from aktsom.core.waiting import Waits, waiting
from aktsom.measures.access import plans_visible_to
from aktsom.measures.models import ActionPlan, Measure
from aktsom.measures.rules import MeasureState, PlanState
from aktsom.people.access import in_force, not_present

Duty = tuple[str, str, str, int, date | None]


def plan_duties(actor: Actor, file_refs: Collection[str]) -> list[Duty]:
    """Return kind, public id, file, holder and day of every open duty in the plans of these files, with one query."""
    plans = plans_visible_to(actor).filter(file_ref__in=list(file_refs)).exclude(state=PlanState.ENDED)
    open_ones = Measure.objects.filter(plan_id__in=plans.order_by().values("pk")).exclude(state=MeasureState.ENDED)
    evaluators = plans.filter(evaluator__isnull=False, state=PlanState.IN_FORCE)
    doers = open_ones.filter(carried_out_by__isnull=False).exclude(Q(responsible=F("carried_out_by")))
    rows = _rows(evaluators, "evaluator", "file_ref", "evaluator_id", "evaluate_on").union(
        _rows(open_ones.filter(responsible__isnull=False), "responsible", "plan__file_ref", "responsible_id", "ends_on"),
        _rows(doers, "carried_out_by", "plan__file_ref", "carried_out_by_id", "ends_on"),
    )
    return list(rows)


def _rows(rows: Any, kind: str, file_ref: str, holder: str, day: str) -> Any:
    named = rows.annotate(duty_kind=Value(kind, CharField()))
    return named.order_by().values_list("duty_kind", "public_id", file_ref, holder, day)


def duties_without_person(actor: Actor, present: Mapping[int, Any], away: Any, asked: Any, day: date, *, code: str) -> list[Waits]:
    """Return the evaluations and measures whose person is gone or away, to be read together with others that wait.

    ``present`` are people by the schools the actor leads, ``away`` are people and ``asked`` are public ids of what somebody is
    asked about already, all as parts of the one query.
    """
    school_ids = list(present)

    def plans() -> Any:
        return plans_visible_to(actor).filter(school_id__in=school_ids, is_withheld=False).exclude(state=PlanState.ENDED)

    def inside(rows: Any) -> Any:
        return rows.filter(plan_id__in=plans().order_by().values("pk"))

    running = ActionPlan.objects.filter(evaluator__isnull=False, state=PlanState.IN_FORCE, is_withheld=False)
    measures = Measure.objects.filter(plan__is_withheld=False).exclude(state=MeasureState.ENDED).exclude(plan__state=PlanState.ENDED)
    done_by = measures.exclude(responsible=F("carried_out_by"))

    def nobody_has(rows: Any, reach: Callable[[Any], Any], holder: str, school: str) -> Waits:
        may = rows.filter(not_present(present, school, holder))
        return Waits(may, lambda: waiting(_gone(reach(rows).exclude(public_id__in=asked), holder, school, away, day), code))

    return [
        nobody_has(running, lambda rows: rows.filter(pk__in=plans().order_by().values("pk")), "evaluator", "school_id"),
        nobody_has(measures.filter(responsible__isnull=False), inside, "responsible", "plan__school_id"),
        nobody_has(done_by.filter(carried_out_by__isnull=False), inside, "carried_out_by", "plan__school_id"),
    ]


def _gone(rows: Any, holder: str, school: str, away: Any, day: date) -> Any:
    at_work = in_force(day, f"{holder}__positions__") & Q(**{f"{holder}__positions__school_id": F(school)})
    here = rows.filter(at_work).exclude(**{f"{holder}_id__in": away})
    return rows.exclude(pk__in=here.order_by().values("pk"))
