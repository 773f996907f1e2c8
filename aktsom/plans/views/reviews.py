"""The yearly evaluation: who was invited, what they said, what was learned, and what goes into the next edition."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, requires
from aktsom.core.timing.clock import today
from aktsom.core.ui.shapes import Obstacle
from aktsom.plans import services
from aktsom.plans.access import get_answer, get_review
from aktsom.plans.forms import AnswerForm, CloseReviewForm, DecideReviewForm, ProposalForm, ReviewBeginForm
from aktsom.plans.rules.editions import Body, Outcome, Said, obstacles_to_closing_review
from aktsom.plans.selectors.editions import asked_by_owner, content_of, plan_of_school, reviews_of
from aktsom.plans.selectors.writing import bodies_left, edition_in_force_of, review_page
from aktsom.plans.views import frame
from aktsom.schools.selectors import current_year

forms_ask = require_http_methods(["GET", "POST"])


@forms_ask
@requires(Action.PLAN_REVIEW)
def review_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the yearly evaluations, and begin this year's."""
    plan = frame.plan_at_work(request, Action.PLAN_REVIEW, public_id)
    year = current_year(plan.school_id, today()) if plan.school_id else None
    form = ReviewBeginForm(request.POST or None, initial={"year": year.name if year else _year_of(today())})
    if form.is_valid():
        review = services.begin_review(by=request.actor, plan=plan, year=form.cleaned_data["year"])
        return redirect("plans:review-detail", public_id=review.public_id)
    page = frame.plan_frame(request, plan, "review-list") | {"form": form, "reviews": reviews_of(request.actor, plan=plan)}
    page["wanted"] = [Body(body).label for body in plan.wanted_reviewers]
    page["asked"] = asked_by_owner(request.actor, school_id=plan.school_id) if plan.school_id else []
    return render(request, "plans/review_list.html", page, status=422 if form.errors else 200)


def _year_of(day: date) -> str:
    """Return the school year a day stands in, for an owner, who has no calendar of its own."""
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}/{first + 1}"


def _review(request: HttpRequest, public_id: str) -> Any:
    return get_review(request.actor, Action.PLAN_REVIEW, public_id)


def _rows(review: Any) -> list[tuple[str, str]]:
    edition = edition_in_force_of(review.plan)
    return [(row.key, row.what[:90]) for _section, row in content_of(edition).rows()] if edition else []


def _page(request: HttpRequest, review: Any, **shown: Any) -> HttpResponse:
    answers, proposals = review_page(review)
    said = [Said(item.body, item.outcome, item.school.name if item.school else "") for item in answers]
    obstacles = obstacles_to_closing_review(said, wanted=review.plan.wanted_reviewers)
    rows = _rows(review)
    names = dict(rows)
    page = frame.plan_frame(request, review.plan, "review-list") | {
        "review": review,
        "bodies": _by_body(answers),
        "proposals": [(item, names.get(item.row_key, "")) for item in proposals],
        "left": bodies_left(review.plan, {item.body for item in answers}),
        "obstacles": [Obstacle(str(item.text)) for item in obstacles],
        "proposal_form": ProposalForm(rows=rows),
        "close_form": _close_form(review),
    }
    refused = any(form.errors for form in shown.values())
    return render(request, "plans/review_detail.html", page | shown, status=422 if refused else 200)


def _by_body(answers: list[Any]) -> list[tuple[str, list[Any], int]]:
    """Return the answers of each body with how many have answered, in the order they were invited."""
    found: dict[str, list[Any]] = {}
    for item in answers:
        found.setdefault(str(item.get_body_display()), []).append(item)
    return [(name, items, sum(item.outcome != Outcome.WAITING for item in items)) for name, items in found.items()]


def _close_form(review: Any, said: Any = None) -> CloseReviewForm:
    """Return what is asked at the end; of an owner's guide also what was decided (PLN-17)."""
    return (DecideReviewForm if review.plan.owner_id is not None else CloseReviewForm)(said)


@require_GET
@requires(Action.PLAN_REVIEW)
def review_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one evaluation: who was invited and what they said, what was proposed, and what is left before it is closed."""
    return _page(request, _review(request, public_id))


@forms_ask
@requires(Action.PLAN_REVIEW)
def answer_write(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write down what one body said: the plan's own people, or a school about its owner's guide (PLN-17)."""
    answer = get_answer(request.actor, Action.PLAN_REVIEW, public_id)
    kept = {"outcome": answer.outcome, "text": answer.text, "answered_on": answer.answered_on or today()}
    form = AnswerForm(request.POST or None, initial=kept)
    own = frame.works_with(request.actor, answer.review.plan)
    plan = answer.review.plan if own else plan_of_school(request.actor, school=answer.school)
    back = reverse("plans:review-detail", args=[answer.review.public_id])
    if not own:
        back = reverse("plans:review-list", args=[plan.public_id]) if plan else reverse("plans:plan-home")
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.answer_review(by=request.actor, answer=answer, **said | {"outcome": Outcome(said["outcome"])})
        except Refused as refused:
            frame.show_refusal(request, refused, form)
        else:
            messages.success(request, _("Svaret er skrevet inn."))
            return redirect(back)
    page = {"answer": answer, "form": form, "back": back, "is_own": own, "guide": answer.review.plan.owner}
    return render(request, "plans/answer_write.html", page, status=422 if form.errors else 200)


def _back(request: HttpRequest, review: Any, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("plans:review-detail", public_id=review.public_id)


@require_POST
@requires(Action.PLAN_REVIEW)
def review_invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """Invite one more body."""
    review = _review(request, public_id)
    if request.POST.get("body") not in dict(bodies_left(review.plan, set())):
        raise Http404
    try:
        services.invite_to_review(by=request.actor, review=review, body=Body(request.POST["body"]))
    except Refused as refused:
        frame.show_refusal(request, refused)
        return redirect("plans:review-detail", public_id=review.public_id)
    return _back(request, review, _("De er invitert fra i dag."))


@require_POST
@requires(Action.PLAN_REVIEW)
def review_propose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep something learned as a proposed change."""
    review = _review(request, public_id)
    form = ProposalForm(request.POST, rows=_rows(review))
    if not form.is_valid():
        return _page(request, review, proposal_form=form)
    services.propose_change(by=request.actor, review=review, **form.cleaned_data)
    return _back(request, review, _("Forslaget er skrevet inn."))


@require_POST
@requires(Action.PLAN_REVIEW)
def proposal_decide(request: HttpRequest, public_id: str, proposal_id: str) -> HttpResponse:
    """Take a proposal into the next edition, or not, with a reason."""
    review = _review(request, public_id)
    proposal = next((item for item in review_page(review)[1] if item.public_id == proposal_id), None)
    if proposal is None:
        raise Http404
    is_taken = request.POST.get("answer") == "take"
    try:
        services.decide_proposal(
            by=request.actor, review=review, proposal=proposal, is_taken=is_taken, reason=request.POST.get("reason", "")[:1000]
        )
    except Refused as refused:
        frame.show_refusal(request, refused)
        return redirect("plans:review-detail", public_id=review.public_id)
    return _back(request, review, _("Forslaget er tatt inn. Skriv det i utkastet.") if is_taken else _("Forslaget er ikke tatt inn."))


@require_POST
@requires(Action.PLAN_REVIEW)
def review_close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Close the evaluation when everyone has been invited and has answered or declined."""
    review = _review(request, public_id)
    form = _close_form(review, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        decided = {"is_to_be_revised": said["decided"] == "revise"} if "decided" in said else {}
        try:
            services.close_review(by=request.actor, review=review, learned=said["learned"], **decided)
        except Refused as refused:
            frame.show_refusal(request, refused, form)
        else:
            return _back(request, review, _("Evalueringen er avsluttet."))
    return _page(request, review, close_form=form)
