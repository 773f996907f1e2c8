"""The plan as the family meets it: their own words and nobody else's in the family, and what they say does not work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F, OuterRef, Q, Subquery

from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.measures.models import ActionPlan, Evaluation, MeasureView
from aktsom.measures.rules import MeasureState, PlanAccessKind, PlanState, SaidWorks
from aktsom.measures.selectors.reading import VersionPage, version_page


def answers_with_moments(plan: ActionPlan) -> list[tuple[datetime, str]]:
    """Return the pupil's answers at evaluations, each with when it was written."""
    return list(plan.evaluations.values_list("written_at", "pupil_answer"))


def own_version_page(actor: Actor, plan: ActionPlan) -> VersionPage | None:
    """Return the version in force with only the reader's own words about each measure (each guardian is her own recipient)."""
    page = version_page(plan, plan.version)
    if page is None:
        return None
    own = [replace(row, views=[view for view in row.views if view.person_id == actor.person_id]) for row in page.measures]
    return replace(page, measures=own)


@dataclass(frozen=True)
class NotWorking:
    """Somebody in the family says that a measure does not work, and the plan has not been evaluated since."""

    plan: ActionPlan
    said_at: datetime


def said_not_working(actor: Actor) -> list[NotWorking]:
    """Return the plans the actor works with in which a running measure was last said not to work, newest first."""
    here = Q(plan__school_id__in=actor.schools_as(Role.STAFF)) | Q(plan__owner_id__in=actor.owners_as(Role.OWNER_HANDLER))
    mine = Q(plan__accesses__person_id=actor.own_id, plan__accesses__kind=PlanAccessKind.WORKER, plan__accesses__valid_until=None)
    newest = MeasureView.objects.filter(measure_id=OuterRef("measure_id"), person_id=OuterRef("person_id")).exclude(said_works="")
    evaluated = Evaluation.objects.filter(plan_id=OuterRef("plan_id")).order_by("-written_at").values("written_at")[:1]
    rows = (
        MeasureView.objects.filter(here, mine, plan__state=PlanState.IN_FORCE, said_works=SaidWorks.NOT)
        .exclude(measure__state=MeasureState.ENDED)
        .annotate(newest=Subquery(newest.order_by("-said_at", "-id").values("pk")[:1]), evaluated_at=Subquery(evaluated))
        .filter(Q(evaluated_at=None) | Q(evaluated_at__lt=F("said_at")), pk=F("newest"))
        .select_related("plan__pupil")
        .order_by("-said_at", "-id")
        .distinct()
    )
    found: dict[int, NotWorking] = {}
    for row in rows:
        found.setdefault(row.plan_id, NotWorking(row.plan, row.said_at))
    return list(found.values())
