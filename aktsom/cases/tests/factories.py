"""Cases in the situations tests need, made through the services where that is cheap."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from aktsom.cases import services
from aktsom.cases.models import Case, CasePart
from aktsom.cases.rules import PartKind
from aktsom.cases.rules.procedure import Consideration
from aktsom.core.access.actor import system_actor
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import now, today
from aktsom.core.vault.services import content_key_for
from aktsom.measures.models import ActionPlan
from aktsom.measures.rules import MeasureDecision, MeasureLevel, PupilAnswer
from aktsom.measures.services import (
    EvaluationDraft,
    MeasureDraft,
    MeasureVerdict,
    add_finding,
    add_measure,
    evaluate,
    put_in_force,
    write_problem,
)
from aktsom.reports.models import Report, ReportAccused, ReportPupil, ReportRecipient
from aktsom.reports.rules import Channel, RecipientReason, ReporterKind, Route
from tests.cast import Cast

BUILDER = system_actor("test")


@contextmanager
def building() -> Iterator[None]:
    """Let a test write records directly."""
    with unit_of_work(BUILDER, "test"):
        yield


def make_report(cast: Cast, *, pupil: Any = None, accused: tuple[str, ...] = (), route: Route = Route.ORDINARY, **extra: Any) -> Report:
    """Write a report as it lies after it was sent."""
    moment = now()
    with building():
        key = content_key_for(owner_ref=cast.owner.pk, kind="report")
        values: dict[str, Any] = {
            "school": cast.school,
            "owner": cast.owner,
            "route": route,
            "channel": Channel.FORM,
            "reporter_kind": ReporterKind.STAFF,
            "reporter": cast.person("contact_teacher"),
            "what_happened": "Ylva står alene i friminuttene.",
            "received_at": moment,
            "known_to_head_at": None if route == Route.LEADERSHIP else moment,
        }
        report = Report.objects.create(content_key=key, **(values | extra))
        ReportPupil.objects.create(report=report, content_key=key, person=pupil or cast.person("pupil"))
        for name in accused:
            ReportAccused.objects.create(report=report, content_key=key, person=cast.person(name))
        if route != Route.ORDINARY:
            ReportRecipient.objects.create(
                report=report,
                content_key=key,
                person=cast.person("owner_handler"),
                reason=RecipientReason.OWNER,
                given_at=moment,
            )
    return report


def make_case(cast: Cast, *, handlers: tuple[str, ...] = ("case_handler",), pupil: Any = None, **report: Any) -> Case:
    """Open a case the way a school does: by the head teacher, from a report; by the owner when it is withheld."""
    sent = make_report(cast, pupil=pupil, **report)
    opener = "owner_handler" if sent.is_withheld else "head_teacher"
    handlers = ("owner_handler",) if sent.is_withheld else handlers
    return services.open_case(
        by=cast.actor(opener),
        report=sent,
        pupil=pupil or cast.person("pupil"),
        handlers=[cast.person(name) for name in handlers],
    )


def tell_pupil(cast: Cast, case: Case, *, by: str = "head_teacher") -> None:
    """Write that somebody has told the pupil of the case, so that it is on her own pages."""
    services.mark_step(by=cast.actor(by), case=case, step=Consideration.TELL_PUPIL, was_needed=True, on=today())


def pupil_part(case: Case) -> CasePart:
    """Return the part of the pupil the case is for."""
    return case.parts.get(kind=PartKind.PUPIL)


def plan_of(case: Case) -> ActionPlan:
    """Return the plan kept in the case."""
    return ActionPlan.objects.get(file_ref=case.public_id)


def put_plan_in_force(cast: Cast, case: Case, *, by: str = "head_teacher") -> ActionPlan:
    """Fill the plan with the Act's five points and put it in force."""
    actor, plan = cast.actor(by), plan_of(case)
    adult = cast.person("owner_handler" if case.is_withheld else "contact_teacher")
    write_problem(by=actor, plan=plan, problem="Ylva er alene i friminuttene.", evaluate_on=today() + timedelta(days=14), evaluator=adult)
    finding = add_finding(by=actor, plan=plan, text="Ingen voksne der Ylva er.")
    draft = MeasureDraft(
        what="En voksen er ute med Ylva.",
        level=MeasureLevel.PUPIL,
        finding=finding,
        responsible=adult,
        carried_out_by=adult,
        starts_on=today(),
    )
    add_measure(by=actor, plan=plan, draft=draft)
    return put_in_force(by=actor, plan=plan)


def answer(cast: Cast, case: Case, said: PupilAnswer, *, is_final: bool = False, by: str = "head_teacher") -> None:
    """Evaluate every running measure with the pupil's own answer; a final one ends them."""
    plan = plan_of(case)
    decision = MeasureDecision.END if is_final else MeasureDecision.KEEP
    verdicts = [
        MeasureVerdict(measure=measure, was_done=True, decision=decision, reason="Slik det går nå.")
        for measure in plan.measures.exclude(state="ended")
    ]
    draft = EvaluationDraft(
        held_on=today(),
        pupil_answer=said,
        verdicts=verdicts,
        pupil_words="Det er greit nå.",
        next_on=None if is_final else today() + timedelta(days=14),
        is_final=is_final,
    )
    evaluate(by=cast.actor(by), plan=plan, draft=draft)
