"""Who holds what in the plans: the evaluation, the measures. For whoever has to find somebody else (ORG-16)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import CharField, F, Q, Value

from aktsom.core.access.actor import Actor
from aktsom.measures.access import plans_visible_to
from aktsom.measures.models import Measure
from aktsom.measures.rules import MeasureState, PlanState
from aktsom.people.access import in_force

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


def duties_without_person(actor: Actor, school_ids: Collection[int], away: Any, asked: Any, day: date) -> list[Any]:
    """Return, as rows to be read together with others, the evaluations and measures whose person is gone or away.

    ``away`` are people and ``asked`` are public ids of what somebody is asked about already, both as part of the one query.
    """
    plans = plans_visible_to(actor).filter(school_id__in=school_ids, is_withheld=False).exclude(state=PlanState.ENDED)
    evaluations = plans.filter(evaluator__isnull=False, state=PlanState.IN_FORCE).exclude(public_id__in=asked)
    inside = plans.order_by().values("pk")
    measures = Measure.objects.filter(plan_id__in=inside).exclude(state=MeasureState.ENDED).exclude(public_id__in=asked)
    answered_for = measures.filter(responsible__isnull=False)
    done_by = measures.filter(carried_out_by__isnull=False).exclude(responsible=F("carried_out_by"))
    return [
        _gone(evaluations, "evaluator", "school_id", away, day),
        _gone(answered_for, "responsible", "plan__school_id", away, day),
        _gone(done_by, "carried_out_by", "plan__school_id", away, day),
    ]


def _gone(rows: Any, holder: str, school: str, away: Any, day: date) -> Any:
    at_work = in_force(day, f"{holder}__positions__") & Q(**{f"{holder}__positions__school_id": F(school)})
    here = rows.filter(at_work).exclude(**{f"{holder}_id__in": away})
    return rows.exclude(pk__in=here.order_by().values("pk"))
