"""The yearly evaluation of the plan in every body it names, and what was learned as proposed changes (PLN-15 to PLN-19)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import today
from aktsom.plans.models import EnvironmentPlan, PlanReview, ReviewAnswer, ReviewProposal
from aktsom.plans.rules.editions import AT_EACH_SCHOOL, Body, Outcome, Said, obstacles_to_closing_review
from aktsom.schools.selectors import schools_of_owner


def _refuse_if_closed(review: PlanReview) -> None:
    if review.closed_on is not None:
        raise Refused(["Evalueringen er avsluttet."])


@service(Event.REVIEW_BEGUN, action=Action.PLAN_REVIEW, on="plan")
def begin_review(*, by: Actor, plan: EnvironmentPlan, year: str) -> PlanReview:
    """Begin the year's evaluation and invite every body the plan names. Beginning twice changes nothing."""
    review, made = PlanReview.objects.get_or_create(plan=plan, year=year, defaults={"started_on": today()})
    if made:
        for body in plan.wanted_reviewers:
            _invite(by, review, Body(body))
    return review


def _invite(by: Actor, review: PlanReview, body: Body) -> None:
    """Ask a body, or that body of every school of the owner; asking twice changes nothing."""
    owner = review.plan.owner if body in AT_EACH_SCHOOL else None
    schools: list[Any] = schools_of_owner(by, owner=owner) if owner else []
    for school in schools or [None]:
        ReviewAnswer.objects.get_or_create(review=review, body=body, school=school, defaults={"invited_on": today()})


@service(Event.REVIEW_INVITED, action=Action.PLAN_REVIEW, on="review")
def invite_to_review(*, by: Actor, review: PlanReview, body: Body) -> PlanReview:
    """Invite one more body, or the schools that have come since it was invited."""
    _refuse_if_closed(review)
    _invite(by, review, body)
    return review


@service(Event.REVIEW_ANSWERED, action=Action.PLAN_REVIEW, on="answer")
def answer_review(*, by: Actor, answer: ReviewAnswer, outcome: Outcome, answered_on: date, text: str = "") -> ReviewAnswer:
    """Write down what an invited body said, or that it declined. Raises Refused for a day to come."""
    _refuse_if_closed(answer.review)
    if answered_on > today():
        raise Refused(["Datoen kan ikke være fram i tid."])
    answer.outcome, answer.answered_on, answer.text, answer.written_by_id = outcome, answered_on, text, by.own_id
    answer.save()
    return answer


@service(Event.REVIEW_PROPOSED, action=Action.PLAN_REVIEW, on="review")
def propose_change(*, by: Actor, review: PlanReview, text: str, row_key: str = "") -> ReviewProposal:
    """Keep something learned as a proposed change, to a row or to the whole plan."""
    return ReviewProposal.objects.create(review=review, row_key=row_key, text=text, written_by_id=by.own_id)


@service(Event.REVIEW_DECIDED, action=Action.PLAN_REVIEW, on="review")
def decide_proposal(*, by: Actor, review: PlanReview, proposal: ReviewProposal, is_taken: bool, reason: str = "") -> ReviewProposal:
    """Take a proposal into the next draft, or not; not taking it needs a reason."""
    if not is_taken and not reason.strip():
        raise Refused(["Skriv hvorfor forslaget ikke tas inn."])
    proposal.is_taken, proposal.reason = is_taken, reason
    proposal.save(update_fields=["is_taken", "reason"])
    return proposal


@service(Event.REVIEW_CLOSED, action=Action.PLAN_REVIEW, on="review")
def close_review(*, by: Actor, review: PlanReview, learned: str, is_to_be_revised: bool | None = None) -> PlanReview:
    """Close the evaluation. Raises Refused while a body is not invited or has not answered, or an idea waits (PLN-15, NEG-53).

    Of an owner's guide it is also said whether it is to be revised (PLN-17).
    """
    _refuse_if_closed(review)
    said = [Said(*each) for each in review.answers.order_by("id").values_list("body", "outcome", Coalesce("school__name", Value("")))]
    unanswered = review.proposals.filter(is_taken=None).count()
    obstacles = obstacles_to_closing_review(said, wanted=review.plan.wanted_reviewers, unanswered=unanswered)
    reasons: list[Any] = [item.text for item in obstacles]
    if review.plan.owner_id is not None and is_to_be_revised is None:
        reasons.append("Velg om veilederen skal revideres.")
    if reasons:
        raise Refused(reasons)
    review.closed_on, review.learned, review.closed_by_id = today(), learned, by.own_id
    review.is_to_be_revised = is_to_be_revised
    review.save(update_fields=["closed_on", "learned", "closed_by", "is_to_be_revised"])
    return review
