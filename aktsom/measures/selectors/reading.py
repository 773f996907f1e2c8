"""Plans and measures as pages and other domains ask for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, Model, OuterRef, Prefetch, Q, QuerySet, Subquery, Window, prefetch_related_objects
from django.db.models.functions import Coalesce, RowNumber

from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.measures.access import plans_visible_to
from aktsom.measures.contents import plan_obstacles, snapshot
from aktsom.measures.models import (
    ActionPlan,
    Evaluation,
    Finding,
    Measure,
    MeasureDeed,
    MeasureEvaluation,
    MeasureView,
    PlanInvitation,
    PlanNotNeeded,
    PlanTelling,
    PlanVersion,
)
from aktsom.measures.rules import (
    METER_OBSTACLES,
    MeasureDecision,
    MeasureLevel,
    MeasureState,
    MeterPoint,
    PlanAccessKind,
    PlanObstacle,
    PlanState,
    meter,
)
from aktsom.people.selectors import people_by_id

EVALUATIONS_SHOWN = 5
DEEDS_SHOWN = 5  # of each measure


def plan_of_file(actor: Actor, file_ref: str) -> ActionPlan | None:
    """Return the plan kept in this file, if the actor can meet it."""
    return plans_visible_to(actor).filter(file_ref=file_ref).first()


def plans_of_files(actor: Actor, file_refs: Iterable[str]) -> dict[str, ActionPlan]:
    """Return the plans of several files by file, for lists. No text is unsealed."""
    plans = plans_visible_to(actor).filter(file_ref__in=list(file_refs)).defer("problem")
    return {plan.file_ref: plan for plan in plans}


@dataclass(frozen=True)
class PlanStanding:
    """Where a plan stands, without any of its text: for the case it is kept in, and for lists of cases."""

    public_id: str
    state: str
    evaluate_on: date | None
    changed_at: datetime | None
    answer: str
    answered_at: datetime | None
    last_is_final: bool
    evaluations: int
    open_measures: int
    measures: int
    findings: int
    unsettled: int  # measures nobody carried out and no evaluation has judged
    none_needed_at: datetime | None = None  # when it was decided that no plan is needed, as long as that holds


def plan_standings(actor: Actor, file_refs: Iterable[str]) -> dict[str, PlanStanding]:
    """Return where the plans of several files stand, by file, in one query. Only plans the actor can meet."""
    last = Evaluation.objects.filter(plan_id=OuterRef("pk")).order_by("-written_at", "-id")
    rows = (
        plans_visible_to(actor)
        .filter(file_ref__in=list(file_refs))
        .annotate(
            last_in_force_at=Subquery(PlanVersion.objects.filter(plan_id=OuterRef("pk")).order_by("-number").values("put_in_force_at")[:1]),
            answer=Subquery(last.values("pupil_answer")[:1]),
            answered_at=Subquery(last.values("written_at")[:1]),
            last_is_final=Subquery(last.values("is_final")[:1]),
            evaluations_written=_counted(Evaluation),
            measures_open=_counted(Measure, ~Q(state=MeasureState.ENDED)),
            measures_all=_counted(Measure),
            findings_written=_counted(Finding),
            unsettled=_counted(Measure, _unsettled()),
            none_needed_at=Subquery(PlanNotNeeded.objects.filter(plan_id=OuterRef("pk"), ended_at=None).values("decided_at")[:1]),
        )
        .values_list(
            "file_ref",
            "public_id",
            "state",
            "evaluate_on",
            "last_in_force_at",
            "answer",
            "answered_at",
            "last_is_final",
            "evaluations_written",
            "measures_open",
            "measures_all",
            "findings_written",
            "unsettled",
            "none_needed_at",
        )
    )
    return {
        file_ref: PlanStanding(public_id, state, on, changed, answer or "", at, bool(final), *counts)
        for file_ref, public_id, state, on, changed, answer, at, final, *counts in rows
    }


def _unsettled() -> Q:
    """Return the condition that a measure was not carried out, nor judged at an evaluation, nor ended while the plan went on."""
    done = MeasureDeed.objects.filter(measure_id=OuterRef("pk"))
    judged = MeasureEvaluation.objects.filter(Q(was_done=True) | Q(decision=MeasureDecision.END), measure_id=OuterRef("pk"))
    went_with_the_plan = ~Q(state=MeasureState.ENDED) | Q(ended_at=F("plan__ended_at"))
    return ~Q(Exists(done)) & ~Q(Exists(judged)) & went_with_the_plan


def _counted(model: type[Model], *conditions: Q) -> Coalesce:
    """Return a count of the rows of ``model`` that belong to the plan at hand."""
    rows = model._default_manager.filter(*conditions, plan_id=OuterRef("pk")).order_by().values("plan_id")
    return Coalesce(Subquery(rows.annotate(rows=Count("pk")).values("rows")), 0)


def read_contents(plan: ActionPlan) -> None:
    """Read findings and measures of the plan once, for a page that asks the rules several times and writes nothing."""
    prefetch_related_objects([plan], "measures", Prefetch("findings", Finding.objects.select_related("added_by")))


def open_measures(plan: ActionPlan) -> list[Measure]:
    """Return the measures that are planned or running, oldest first, each with the last times it was carried out."""
    return list(
        plan.measures.exclude(state=MeasureState.ENDED)
        .select_related("finding", "responsible", "carried_out_by")
        .prefetch_related("views__person", "requests__answered_by", _last_deeds())
    )


def ended_measures(plan: ActionPlan) -> list[Measure]:
    """Return the measures that are over, last ended first."""
    over = plan.measures.filter(state=MeasureState.ENDED).select_related("finding", "responsible")
    return list(over.prefetch_related(_last_deeds()).order_by("-ended_at", "-id"))


def _last_deeds() -> Prefetch[Any]:
    """Return the last times each measure was carried out, with what was written then."""
    newest = Window(RowNumber(), partition_by="measure_id", order_by=[F("done_on").desc(), F("id").desc()])
    last = MeasureDeed.objects.select_related("done_by").annotate(place=newest).filter(place__lte=DEEDS_SHOWN)
    return Prefetch("deeds", last.order_by("-done_on", "-id"))


def findings(plan: ActionPlan) -> list[Finding]:
    """Return what the measures must answer, oldest first."""
    return list(plan.findings.select_related("added_by"))


def evaluations(plan: ActionPlan) -> list[Evaluation]:
    """Return the evaluations, oldest first, with what was said of each measure."""
    return list(plan.evaluations.select_related("evaluated_by").prefetch_related("measures__measure"))


def last_evaluations(plan: ActionPlan) -> list[Evaluation]:
    """Return the last evaluations, oldest of them first; the rest are one link away, so that a long plan opens as quickly."""
    rows = plan.evaluations.select_related("evaluated_by").prefetch_related("measures__measure").order_by("-held_on", "-id")
    return list(reversed(rows[:EVALUATIONS_SHOWN]))


def latest_evaluation(plan: ActionPlan) -> Evaluation | None:
    """Return the last evaluation, by the day it was held."""
    return plan.evaluations.order_by("-held_on", "-id").first()


def latest_written(plan: ActionPlan) -> Evaluation | None:
    """Return the evaluation that was written last, whatever day it was held."""
    return plan.evaluations.select_related("evaluated_by").order_by("-written_at", "-id").first()


def pupil_answers(plan: ActionPlan) -> list[str]:
    """Return the pupil's answers to «how is it now», oldest first."""
    return list(plan.evaluations.values_list("pupil_answer", flat=True))


def versions(plan: ActionPlan) -> list[PlanVersion]:
    """Return every version as it was put in force, newest first."""
    return list(plan.versions.select_related("put_in_force_by").defer("content").order_by("-number"))


def invitations(plan: ActionPlan) -> list[PlanInvitation]:
    """Return who was invited to take part in making the plan, what they answered and when they took part."""
    return list(plan.invitations.select_related("person", "written_by"))


def tellings(plan: ActionPlan) -> list[PlanTelling]:
    """Return who was told of which version, and the answers, newest first."""
    return list(plan.tellings.select_related("person", "told_by").order_by("-told_on", "-id"))


def deeds(measure: Measure) -> list[MeasureDeed]:
    """Return when the measure was carried out, last first."""
    return list(measure.deeds.select_related("done_by").order_by("-done_on", "-id")[:50])


def shut_out(plan: ActionPlan) -> set[int]:
    """Return the people shut out of the plan, by primary key."""
    return set(plan.accesses.filter(kind=PlanAccessKind.EXCLUDED, valid_until=None).values_list("person_id", flat=True))


def has_unpublished_changes(plan: ActionPlan) -> bool:
    """Return whether the working text differs from the version in force. The next date is moved by evaluations too."""
    last = plan.versions.order_by("-number").first()
    return last is not None and _without_date(last.content) != _without_date(snapshot(plan))


def _without_date(content: dict[str, Any] | None) -> dict[str, Any]:
    return {key: value for key, value in (content or {}).items() if key != "evaluate_on"}


def measures_in_force(plan: ActionPlan) -> set[str]:
    """Return the measures of the version the family reads, by public id."""
    version = plan.versions.filter(number=plan.version).first()
    return {row["id"] for row in (version.content or {}).get("measures", [])} if version is not None else set()


@dataclass(frozen=True)
class ShownMeasure:
    """A measure as a version holds it, with people by name."""

    public_id: str
    what: str
    level: str
    finding: str
    responsible: str
    carried_out_by: str
    rhythm: str
    adaptation: str
    starts_on: date | None
    ends_on: date | None
    is_immediate: bool
    views: list[MeasureView]


@dataclass(frozen=True)
class VersionPage:
    """One version, ready to be shown."""

    number: int
    problem: str
    evaluate_on: date
    reason: str
    put_in_force_by: str
    put_in_force_at: datetime
    measures: list[ShownMeasure]


def version_page(plan: ActionPlan, number: int, *, with_views: bool = True, people_today: bool = False) -> VersionPage | None:
    """Return one version exactly as it was put in force, or None; without what was said of it when that is not shown.

    ``people_today`` says who has a running measure now, since the new person has the task already; no word of it is another.
    """
    version = plan.versions.select_related("put_in_force_by").filter(number=number).first()
    if version is None:
        return None
    content = version.content or {"measures": [], "findings": [], "problem": ""}
    rows, names = _with_people_today(plan, content["measures"]) if people_today else (content["measures"], {})
    ids = {row[key] for row in rows for key in PEOPLE if row[key]} - names.keys()
    names |= {pk: str(person) for pk, person in people_by_id(ids).items()}
    texts = {finding["id"]: finding["text"] for finding in content["findings"]}
    said = _views_by_measure(plan) if with_views else {}
    return VersionPage(
        number=version.number,
        problem=content["problem"],
        evaluate_on=version.evaluate_on,
        reason=version.reason,
        put_in_force_by=str(version.put_in_force_by),
        put_in_force_at=version.put_in_force_at,
        measures=[_shown(row, names, texts, said.get(row["id"], [])) for row in rows],
    )


PEOPLE = ("responsible", "carried_out_by")


def _with_people_today(plan: ActionPlan, rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[int, str]]:
    """Return the version's measures with those who have them now, and their names. A measure nobody has keeps its people."""
    if plan.state != PlanState.IN_FORCE:
        return rows, {}
    running = {each.public_id: each for each in plan.measures.filter(state=MeasureState.RUNNING).select_related(*PEOPLE)}
    people = {pk: {key: getattr(each, f"{key}_id") for key in PEOPLE if getattr(each, key)} for pk, each in running.items()}
    names = {getattr(each, f"{key}_id"): str(getattr(each, key)) for each in running.values() for key in PEOPLE if getattr(each, key)}
    return [row | people.get(row["id"], {}) for row in rows], names


def _shown(row: dict[str, Any], names: dict[int, str], findings: dict[str, str], views: list[MeasureView]) -> ShownMeasure:
    return ShownMeasure(
        public_id=row["id"],
        what=row["what"],
        level=str(MeasureLevel(row["level"]).label),
        finding=findings.get(row["finding"], ""),
        responsible=names.get(row["responsible"], ""),
        carried_out_by=names.get(row["carried_out_by"], ""),
        rhythm=row["rhythm"],
        adaptation=row["adaptation"],
        starts_on=date.fromisoformat(row["starts_on"]) if row["starts_on"] else None,
        ends_on=date.fromisoformat(row["ends_on"]) if row["ends_on"] else None,
        is_immediate=row["is_immediate"],
        views=views,
    )


def _views_by_measure(plan: ActionPlan) -> dict[str, list[MeasureView]]:
    """Return what pupil and guardians said about each measure, oldest first."""
    said: dict[str, list[MeasureView]] = {}
    for view in plan.views.select_related("measure", "person").order_by("said_at", "id"):
        said.setdefault(view.measure.public_id, []).append(view)
    return said


@dataclass(frozen=True)
class MeterLine:
    """One of the Act's five points and whether it is in place (§ 12-4 third paragraph)."""

    point: MeterPoint
    letter: str
    is_in_place: bool

    @property
    def label(self) -> str:
        return str(self.point.label)


def obstacles(plan: ActionPlan) -> list[PlanObstacle]:
    """Return what keeps the plan from being put in force today, whatever the reason for a change."""
    return plan_obstacles(plan, reason="-")


def obstacles_beside_meter(plan: ActionPlan) -> list[PlanObstacle]:
    """Return what keeps the plan from force and is not one of the five points the meter already shows."""
    shown = set().union(*METER_OBSTACLES.values())
    return [obstacle for obstacle in obstacles(plan) if obstacle not in shown]


def plan_meter(plan: ActionPlan) -> list[MeterLine]:
    """Return the quiet meter of the plan: the five points in the Act's order."""
    has_measures = any(measure.state != MeasureState.ENDED for measure in plan.measures.all())
    return [MeterLine(*line) for line in meter(obstacles(plan), has_measures=has_measures)]


def evaluations_due(actor: Actor, *, until: date) -> QuerySet[ActionPlan]:
    """Return the plans in force with an evaluation on or before ``until`` that the actor works with or leads."""
    at_work = Q(school_id__in=actor.schools_as(Role.STAFF)) | Q(owner_id__in=actor.owners_as(Role.OWNER_HANDLER))
    return (
        plans_visible_to(actor)
        .filter(at_work, state=PlanState.IN_FORCE, evaluate_on__lte=until)
        .select_related(None)
        .select_related("pupil")
        .only("public_id", "evaluate_on", "school_id", "file_ref", "pupil__given_name", "pupil__family_name")
        .order_by("evaluate_on", "id")
    )
