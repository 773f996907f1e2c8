"""Cards to talk about together, on the screen and on paper, and what the team agreed on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, may, requires
from aktsom.core.papers.typesetting import set_paper
from aktsom.core.timing.clock import today
from aktsom.plans import services
from aktsom.plans.access import get_agreement
from aktsom.plans.papers import reflection_of
from aktsom.plans.reflection_forms import AgreementForm, FollowUpForm
from aktsom.plans.rules.reflection import ReflectionCard
from aktsom.plans.selectors import reflection
from aktsom.plans.selectors.editions import plan_of_school
from aktsom.plans.views.frame import draft_url, kept, school_at_work, sent, show_refusal
from aktsom.plans.views.keeping import PDF, as_file


def _card(code: str) -> ReflectionCard:
    card = reflection.card_of(code)
    if card is None:
        raise Http404
    return card


@require_GET
@requires(Action.PLAN_SEE_DRAFT)
def card_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the cards, and what teams at the school have agreed on."""
    school = school_at_work(request, Action.PLAN_SEE_DRAFT, public_id)
    titles = {card.code: card.title for card in reflection.cards()}
    agreed = [(each, titles[each.card]) for each in reflection.agreements_at(request.actor, school=school) if each.card in titles]
    page = {"school": school, "cards": reflection.cards(), "agreed": agreed, "plan": plan_of_school(request.actor, school=school)}
    return render(request, "plans/card_list.html", page | {"may_keep": may(request.actor, Action.TEAM_AGREEMENT_KEEP, school)})


@require_http_methods(["GET", "POST"])
@requires(Action.PLAN_SEE_DRAFT)
def card_show(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    """Show one card, and keep what the team agreed on."""
    school, card = school_at_work(request, Action.PLAN_SEE_DRAFT, public_id), _card(code)
    begun = kept(request)
    form = AgreementForm(request.POST or None, initial={"talked_on": today()} | begun)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.agree_in_team(
                by=request.actor, school=school, card=card.code,
                names=reflection.pupils_named_in(school.pk, said["text"], said["who"]), **said,
            )  # fmt: skip
        except Refused as refused:
            show_refusal(request, refused, form)
        else:
            sent(request)
            messages.success(request, _("Skrevet ned. Kollegene dine ser det her."))
            return redirect("plans:card-show", public_id=school.public_id, code=card.code)
    page = {
        "school": school,
        "card": card,
        "form": form,
        "draft_url": draft_url(request),
        "is_open": bool(form.errors or begun),
        "agreed": reflection.agreements_at(request.actor, school=school, card=card.code),
        "own_id": request.actor.own_id,
        "may_keep": may(request.actor, Action.TEAM_AGREEMENT_KEEP, school),
    }
    return render(request, "plans/card_show.html", page, status=422 if form.errors else 200)


@require_GET
@requires(Action.PLAN_SEE_DRAFT)
def card_paper(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    """Give the card as one sheet to lay on the table."""
    school, card = school_at_work(request, Action.PLAN_SEE_DRAFT, public_id), _card(code)
    paper = set_paper("duty_cards", reflection_of(card, place=school.name, made=today()))
    return as_file(HttpResponse(paper, content_type=PDF), f"snakk-sammen-{card.code}.pdf", shown=True)


@require_http_methods(["GET", "POST"])
@requires(Action.TEAM_AGREEMENT_KEEP)
def agreement_follow(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write how it went with what the team agreed on."""
    agreement = get_agreement(request.actor, Action.TEAM_AGREEMENT_KEEP, public_id)
    card = _card(agreement.card)
    form = FollowUpForm(request.POST or None, initial={"outcome": agreement.outcome} | kept(request))
    if request.method == "POST" and form.is_valid():
        outcome: dict[str, Any] = form.cleaned_data
        names = reflection.pupils_named_in(agreement.school_id, outcome["outcome"])
        try:
            services.follow_up_agreement(by=request.actor, agreement=agreement, names=names, **outcome)
        except Refused as refused:
            show_refusal(request, refused, form)
        else:
            sent(request)
            messages.success(request, _("Skrevet ned."))
            return redirect("plans:card-show", public_id=agreement.school.public_id, code=card.code)
    page = {"agreement": agreement, "card": card, "form": form, "draft_url": draft_url(request)}
    return render(request, "plans/agreement_follow.html", page, status=422 if form.errors else 200)


@require_POST
@requires(Action.TEAM_AGREEMENT_KEEP)
def agreement_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take away what one wrote oneself."""
    agreement = get_agreement(request.actor, Action.TEAM_AGREEMENT_KEEP, public_id)
    if agreement.written_by_id != request.actor.own_id:
        raise Http404
    school, card = agreement.school, agreement.card
    services.remove_agreement(by=request.actor, agreement=agreement)
    messages.success(request, _("Slettet."))
    return redirect("plans:card-show", public_id=school.public_id, code=card)
