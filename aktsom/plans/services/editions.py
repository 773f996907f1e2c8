"""Begin a plan, begin a new edition, let bodies treat it, put it in force. The earlier one stays in force until then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.plans.content_file import in_form, library_content
from aktsom.plans.models import EnvironmentPlan, PlanEdit, PlanEdition, PlanTreatment
from aktsom.plans.rules.content import PlanContent, as_plain, cards_of, content_from
from aktsom.plans.rules.duty_roles import VISIBLE_TO_PUPILS
from aktsom.plans.rules.editions import (
    OWNER_REVIEWERS,
    TURNS,
    Body,
    EditionState,
    Outcome,
    ProcedureHead,
    obstacles_to_approving,
    obstacles_to_force,
    replaced_on,
)
from aktsom.plans.services.editing import locked


@service(Event.PLAN_BEGUN, action=Action.PLAN_BEGIN, on="place")
def begin_plan(*, by: Actor, place: Any, template: str = "", content: PlanContent | None = None) -> EnvironmentPlan:
    """Begin the plan of a school, or the guide of an owner, from a library plan, given content, or empty.

    Raises PlanFileInvalid for an unknown template, Refused when the place has a plan already.
    """
    kind = "school" if place._meta.model_name == "school" else "owner"
    if EnvironmentPlan.objects.filter(**{kind: place}).exists():
        raise Refused(["Det finnes en plan fra før. Lag en ny utgave av den."])
    reviewers = [body.value for body in OWNER_REVIEWERS] if kind == "owner" else []
    plan = EnvironmentPlan.objects.create(**{kind: place}, wanted_reviewers=reviewers, started_at=now())
    first = content or (
        in_form(library_content(template), getattr(place, "language", "")) if template else PlanContent(f"Plan for {place}")
    )
    _create(plan, first, by=by, template=template)
    return plan


def _create(plan: EnvironmentPlan, content: PlanContent, *, by: Actor, template: str = "", reason: str = "") -> PlanEdition:
    latest = plan.editions.order_by("-number").values_list("number", flat=True).first() or 0
    return PlanEdition.objects.create(
        plan=plan,
        number=latest + 1,
        content=as_plain(content),
        template=template,
        reason=reason,
        made_by_id=by.own_id,
        made_at=now(),
        changed_at=now(),
    )


@service(Event.PLAN_ARRANGED, action=Action.PLAN_EDIT, on="plan")
def arrange_plan(
    *,
    by: Actor,
    plan: EnvironmentPlan,
    treatments: Iterable[str],
    reviewers: Iterable[str],
    shows_names: bool,
    shown_roles: Iterable[str] | None = None,
) -> EnvironmentPlan:
    """Say who treats new editions, who evaluates the plan each year, and which adults the public page shows, with names or not.

    Without ``shown_roles`` what was chosen before stands. Raises Refused for a role nobody knows.
    """
    plan.wanted_treatments = [Body(body).value for body in treatments]
    plan.wanted_reviewers = [Body(body).value for body in reviewers]
    plan.shows_names = shows_names
    if shown_roles is not None:
        chosen = list(shown_roles)
        if not VISIBLE_TO_PUPILS.issuperset(chosen):
            raise Refused(["Velg blant de voksne en elev kan gå til."])
        plan.shown_roles = chosen
    plan.save(update_fields=["wanted_treatments", "wanted_reviewers", "shows_names", "shown_roles"])
    return plan


@service(Event.EDITION_BEGUN, action=Action.PLAN_EDIT, on="plan")
def begin_edition(*, by: Actor, plan: EnvironmentPlan, content: PlanContent | None = None, reason: str = "") -> PlanEdition:
    """Begin a new draft from the latest edition that was in force, or from given content.

    Raises Refused while another draft is being written.
    """
    if plan.editions.filter(state__in=[EditionState.DRAFT, EditionState.TREATED]).exists():
        raise Refused(["Det er et utkast fra før. Skriv videre på det, eller legg det bort."])
    latest = plan.editions.filter(state__in=[EditionState.IN_FORCE, EditionState.REPLACED]).order_by("-number").first()
    start = content or (content_from(latest.content) if latest else PlanContent("Plan"))
    return _create(plan, start, by=by, reason=reason)


def _turn(edition: PlanEdition, deed: str) -> PlanEdition:
    current = locked(edition)
    allowed, into = TURNS[deed]
    if current.state not in allowed:
        raise Refused(["Utgaven er endret av noen andre. Last siden på nytt."])
    current.state = into
    return current


@service(Event.EDITION_SENT, action=Action.PLAN_EDIT, on="edition")
def send_edition(*, by: Actor, edition: PlanEdition) -> PlanEdition:
    """Send the draft to treatment: it is closed for writing, and every body the plan wants is asked from today."""
    current = _turn(edition, "send")
    current.save(update_fields=["state"])
    for body in current.plan.wanted_treatments:
        PlanTreatment.objects.get_or_create(edition=current, body=body, defaults={"asked_on": today()})
    return current


@service(Event.EDITION_TAKEN_BACK, action=Action.PLAN_EDIT, on="edition")
def take_edition_back(*, by: Actor, edition: PlanEdition) -> PlanEdition:
    """Open the edition for writing again. What bodies have said stays."""
    current = _turn(edition, "take_back")
    current.save(update_fields=["state"])
    return current


@service(Event.EDITION_DROPPED, action=Action.PLAN_EDIT, on="edition")
def drop_edition(*, by: Actor, edition: PlanEdition) -> PlanEdition:
    """Lay a draft aside. It is kept, and what is in force is not touched."""
    current = _turn(edition, "drop")
    current.save(update_fields=["state"])
    return current


@service(Event.TREATMENT_ASKED, action=Action.PLAN_EDIT, on="edition")
def ask_body(*, by: Actor, edition: PlanEdition, body: Body) -> PlanTreatment:
    """Ask a body for its view on the edition; asking twice changes nothing."""
    treatment, _made = PlanTreatment.objects.get_or_create(edition=edition, body=body, defaults={"asked_on": today()})
    return treatment


@service(Event.TREATMENT_RECORDED, action=Action.PLAN_EDIT, on="edition")
def record_treatment(
    *, by: Actor, edition: PlanEdition, body: Body, outcome: Outcome, answered_on: date, statement: str = ""
) -> PlanTreatment:
    """Write down what a body said and when (PLN-10, PLN-11). Raises Refused for a day to come or before it was asked."""
    treatment = PlanTreatment.objects.filter(edition=edition, body=body).first()
    if treatment is None:
        treatment = PlanTreatment(edition=edition, body=body, asked_on=answered_on)
    if answered_on > today():
        raise Refused(["Datoen kan ikke være fram i tid."])
    treatment.outcome, treatment.answered_on, treatment.statement = outcome, answered_on, statement
    treatment.written_by_id = by.own_id
    treatment.save()
    return treatment


@service(Event.EDITION_IN_FORCE, action=Action.PLAN_APPROVE, on="edition")
def put_edition_in_force(*, by: Actor, edition: PlanEdition, valid_from: date, head: ProcedureHead | None = None) -> PlanEdition:
    """Put the edition in force from a day; the one before is replaced and kept, so exactly one is in force (PLN-14).

    An owner's guide has a head as well: who approved it, when, and its numbers (PLN-12).
    Raises Refused with the obstacles: rows without anybody, bodies that have not answered, a day before the earlier one's.
    """
    current = _turn(edition, "put_in_force")
    said, content = dict(current.treatments.values_list("body", "outcome")), content_from(current.content)
    reasons: list[Any] = [item.text for item in obstacles_to_force(content, said, wanted=current.plan.wanted_treatments)]
    earlier = PlanEdition.objects.filter(plan_id=current.plan_id, state=EditionState.IN_FORCE).first()
    last_day = replaced_on(valid_from, earlier.valid_from) if earlier else None
    if current.plan.owner_id is not None:
        head = head or ProcedureHead()
        reasons += [item.text for item in obstacles_to_approving(head, is_first=earlier is None, today=today())]
    if earlier and last_day is None:
        reasons.append("Den nye utgaven må gjelde fra en senere dag enn den forrige.")
    if reasons:
        raise Refused(reasons)
    if earlier:
        earlier.state, earlier.valid_until = EditionState.REPLACED, last_day
        earlier.save(update_fields=["state", "valid_until"])
    current.valid_from, current.in_force_at, current.in_force_by_id = valid_from, now(), by.own_id
    current.cards = cards_of(content)
    written = vars(head) if head else {}
    for name, value in written.items():
        setattr(current, name, value)
    current.save(update_fields=["state", "cards", "valid_from", "in_force_at", "in_force_by", *written])
    PlanEdit.objects.filter(edition=current).update(before=None)
    return current
