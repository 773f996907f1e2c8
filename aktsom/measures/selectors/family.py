"""The plan as the family meets it: their own words and nobody else's in the family, and what they say does not work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.core.privacy.places import without_places
from aktsom.core.timing.clock import today
from aktsom.core.waiting import Waits, waiting
from aktsom.measures.models import ActionPlan, Evaluation, Measure, MeasureView
from aktsom.measures.rules import MeasureState, PlanAccessKind, PlanState, SaidWorks, shows_pupils_words
from aktsom.measures.selectors.reading import ShownMeasure, VersionPage, evaluations, version_page


@dataclass(frozen=True)
class SaidOnOwnPage:
    """What the pupil has said on her own page about how it is now."""

    answer: str
    words: str
    said_at: datetime


_own_pages: list[Callable[[str], SaidOnOwnPage | None]] = []


def register_own_page(source: Callable[[str], SaidOnOwnPage | None]) -> None:
    """Let the domain with the family's room say what the pupil said last, by the file the plan is kept in."""
    if source not in _own_pages:
        _own_pages.append(source)


def said_since_evaluated(plan: ActionPlan) -> SaidOnOwnPage | None:
    """Return what the pupil last said on her own page, unless an evaluation was written after it."""
    said = _own_pages[0](plan.file_ref) if _own_pages else None
    newest = plan.evaluations.order_by("-written_at").values_list("written_at", flat=True).first()
    return None if said is None or (newest is not None and newest >= said.said_at) else said


def answers_with_moments(plan: ActionPlan) -> list[tuple[datetime, str]]:
    """Return the pupil's answers at evaluations, each with when it was written."""
    return list(plan.evaluations.values_list("written_at", "pupil_answer"))


def own_version_page(actor: Actor, plan: ActionPlan) -> VersionPage | None:
    """Return the version in force with only the reader's own words about each measure (each guardian is her own recipient).

    Who answers for a measure and who does it is said as it is today.
    """
    page = version_page(plan, plan.version, people_today=True)
    if page is None:
        return None
    own = [replace(row, views=[view for view in row.views if view.person_id == actor.person_id]) for row in page.measures]
    return replace(page, measures=own)


def own_plan_page(actor: Actor, plan: ActionPlan) -> dict[str, Any]:
    """Return the plan in force and its evaluations for one reader in the family.

    The pupil's own words reach a guardian only until the pupil is 15. What guardians have said reaches no other guardian.
    """
    is_own = actor.own_id == plan.pupil_id
    return {
        "version": _shown_to(actor, plan, own_version_page(actor, plan)),
        "talk_has_passed": plan.evaluate_on is not None and plan.evaluate_on < today(),
        "evaluations": [_without_measure_places(actor, plan, row) for row in evaluations(plan)],
        "shows_words": shows_pupils_words(is_own=is_own, birth_date=plan.pupil.birth_date, day=today()),
    }


def own_measure(actor: Actor, measure: Measure) -> ShownMeasure | None:
    """Return one measure of the version in force as the reader in the family meets it."""
    page = _shown_to(actor, measure.plan, own_version_page(actor, measure.plan))
    return next((row for row in page.measures if row.public_id == measure.public_id), None) if page is not None else None


def hides_places(actor: Actor, plan: ActionPlan) -> bool:
    """Return whether nothing may show where the pupil is: protected address, and the reader is not the pupil."""
    return plan.pupil.protected_address and actor.own_id != plan.pupil_id


def _hidden(plan: ActionPlan, text: str) -> str:
    return without_places(text, known=(plan.school.name,))


def _shown_to(actor: Actor, plan: ActionPlan, page: VersionPage | None) -> VersionPage | None:
    if page is None or not hides_places(actor, plan):
        return page
    rows = [
        replace(row, what=_hidden(plan, row.what), rhythm=_hidden(plan, row.rhythm), finding=_hidden(plan, row.finding))
        for row in page.measures
    ]
    return replace(page, problem=_hidden(plan, page.problem), measures=rows)


def _without_measure_places(actor: Actor, plan: ActionPlan, row: Evaluation) -> OwnEvaluation:
    hidden = hides_places(actor, plan)

    def shown(text: str) -> str:
        return _hidden(plan, text) if hidden else text

    return OwnEvaluation(
        held_on=row.held_on,
        answer=str(row.get_pupil_answer_display()),
        pupil_words=shown(row.pupil_words),
        decisions=[(shown(item.measure.what), str(item.get_decision_display()), shown(item.reason)) for item in row.measures.all()],
        next_on=row.next_on,
        is_final=row.is_final,
        evaluated_by=str(row.evaluated_by),
    )


@dataclass(frozen=True)
class OwnEvaluation:
    """What was agreed at one evaluation, as the family reads it."""

    held_on: date
    answer: str
    pupil_words: str
    decisions: list[tuple[str, str, str]]
    next_on: date | None
    is_final: bool
    evaluated_by: str


def said_not_working(actor: Actor) -> Waits:
    """Return the plans the actor works with in which a running measure was last said not to work, to be read with others.

    A plan stands there once for each who said so.
    """
    here = Q(plan__school_id__in=actor.schools_as(Role.STAFF)) | Q(plan__owner_id__in=actor.owners_as(Role.OWNER_HANDLER))
    mine = Q(plan__accesses__person_id=actor.own_id, plan__accesses__kind=PlanAccessKind.WORKER, plan__accesses__valid_until=None)
    said = MeasureView.objects.filter(here, mine, plan__state=PlanState.IN_FORCE, said_works=SaidWorks.NOT)
    newest = MeasureView.objects.filter(measure_id=OuterRef("measure_id"), person_id=OuterRef("person_id")).exclude(said_works="")
    evaluated = Evaluation.objects.filter(plan_id=OuterRef("plan_id")).order_by("-written_at").values("written_at")[:1]

    def not_working() -> Any:
        rows = (
            said.exclude(measure__state=MeasureState.ENDED)
            .annotate(newest=Subquery(newest.order_by("-said_at", "-id").values("pk")[:1]), evaluated_at=Subquery(evaluated))
            .filter(Q(evaluated_at=None) | Q(evaluated_at__lt=F("said_at")), pk=F("newest"))
        )
        return waiting(rows, "not_working", ref="plan__public_id", person="plan__pupil", at="said_at", school="plan__school_id")

    return Waits(said, not_working)
