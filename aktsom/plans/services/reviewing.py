"""The yearly evaluation of the plan in every body it names, and what was learned as proposed changes (PLN-15 to PLN-19)."""

from __future__ import annotations

from datetime import date
from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import today
from aktsom.plans.models import EnvironmentPlan, PlanReview, ReviewAnswer, ReviewProposal
from aktsom.plans.rules.editions import Body, Outcome, obstacles_to_closing_review


def _refuse_if_closed(review: PlanReview) -> None:
    if review.closed_on is not None:
        raise Refused(["Evalueringen er avsluttet."])


@service(Event.REVIEW_BEGUN, action=Action.PLAN_REVIEW, on="plan")
def begin_review(*, by: Actor, plan: EnvironmentPlan, year: str) -> PlanReview:
    """Begin the year's evaluation and invite every body the plan names. Beginning twice changes nothing."""
    review, made = PlanReview.objects.get_or_create(plan=plan, year=year, defaults={"started_on": today()})
    if made:
        for body in plan.wanted_reviewers:
            ReviewAnswer.objects.create(review=review, body=body, invited_on=today())
    return review


@service(Event.REVIEW_INVITED, action=Action.PLAN_REVIEW, on="review")
def invite_to_review(*, by: Actor, review: PlanReview, body: Body) -> ReviewAnswer:
    """Invite one more body."""
    _refuse_if_closed(review)
    answer, _made = ReviewAnswer.objects.get_or_create(review=review, body=body, defaults={"invited_on": today()})
    return answer


@service(Event.REVIEW_ANSWERED, action=Action.PLAN_REVIEW, on="review")
def answer_review(*, by: Actor, review: PlanReview, body: Body, outcome: Outcome, answered_on: date, text: str = "") -> ReviewAnswer:
    """Write down what a body said, or that it declined. Raises Refused for a body that was not invited or a day to come."""
    _refuse_if_closed(review)
    answer: ReviewAnswer | None = ReviewAnswer.objects.filter(review=review, body=body).first()
    if answer is None:
        raise Refused(["Inviter dem først."])
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
    answers = dict(review.answers.values_list("body", "outcome"))
    unanswered = review.proposals.filter(is_taken=None).count()
    obstacles = obstacles_to_closing_review(answers, invited=list(answers), wanted=review.plan.wanted_reviewers, unanswered=unanswered)
    reasons: list[Any] = [item.text for item in obstacles]
    if review.plan.owner_id is not None and is_to_be_revised is None:
        reasons.append("Velg om veilederen skal revideres.")
    if reasons:
        raise Refused(reasons)
    review.closed_on, review.learned, review.closed_by_id = today(), learned, by.own_id
    review.is_to_be_revised = is_to_be_revised
    review.save(update_fields=["closed_on", "learned", "closed_by", "is_to_be_revised"])
    return review
