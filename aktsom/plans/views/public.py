"""The plan in force for everyone: no sign-in, the same for all, kept ready after the first who asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from aktsom.core.access.door import public
from aktsom.core.papers.typesetting import set_paper
from aktsom.plans.papers import always_lines, beside_lines, cards_of, paper_of, word_of
from aktsom.plans.rules.focus import ONE_OF_TWO, Focus, under
from aktsom.plans.rules.parts import PlanShare, part_of
from aktsom.plans.selectors.editions import content_of, other_editions, public_editions, published_edition
from aktsom.plans.selectors.for_pupils import CARING_WORDS, for_pupils, visible_adults
from aktsom.plans.selectors.resources import beside_plan
from aktsom.plans.selectors.showing import always_there, shown
from aktsom.plans.selectors.wording import wording_of
from aktsom.plans.views.keeping import HTML, PDF, WORD, as_file, kept_page
from aktsom.schools.selectors import public_school

OPEN = "A plan in force is for everyone (offentleglova § 3; PLN-20)."
Builder = Callable[[Any, Any], dict[str, Any] | None]


def _answer(request: HttpRequest, slug: str, part: str, build: Builder, template: str) -> HttpResponse:
    """Return the page from the store, or build and keep it."""

    def page(school: Any, edition: Any) -> bytes | None:
        shown_there = build(school, edition)
        if shown_there is None:
            return None
        there = {"school": school, "edition": edition, "school_name": school.name}
        return render(request, template, there | shown_there).content

    return _kept(request, slug, part, page)


def _kept(request: HttpRequest, slug: str, part: str, make: Callable[[Any, Any], bytes | None], media_type: str = HTML) -> HttpResponse:
    edition = published_edition(slug)
    if edition is None:
        raise Http404
    return kept_page(request, edition, part, lambda: make(edition.plan.school, edition), media_type)


@require_GET
@public(OPEN)
def plan_public(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the whole plan in force, with this year's dates."""

    focus = request.GET.get("fokus", "") if request.GET.get("fokus", "") in ONE_OF_TWO else ""

    def build(school: Any, edition: Any) -> dict[str, Any]:
        content = content_of(edition)
        wanted = under(content, Focus(focus)) if focus else content
        plan = shown(wanted, school_id=school.pk, with_dates=True, wording=wording_of(edition.plan))
        earlier, guide = other_editions(edition, owner_id=school.owner_id)
        return {
            "plan": plan,
            "earlier": earlier,
            "always": always_there(),
            "beside": beside_plan(owner_id=school.owner_id, school_id=school.pk),
            "share": PlanShare.PUPILS,
            "focus": focus,
            "focuses": [(item.value, item.label) for item in ONE_OF_TWO],
            "has_cards": any(section.is_card for section in plan.sections),
            "guide_url": reverse("plans:guide-public", args=[school.owner.org_number]) if guide else "",
        }

    return _answer(request, slug, f"plan{focus}", build, "plans/public_plan.html")


@require_GET
@public(OPEN)
def plan_for_pupils(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the same plan in a pupil's words."""

    def build(school: Any, edition: Any) -> dict[str, Any]:
        content, plan = content_of(edition), edition.plan
        wording = wording_of(plan)
        head = {"title": wording.of(content.title), "opening": wording.of(content.opening), "opening_by": wording.of(content.opening_by)}
        adults = visible_adults(content, school_id=school.pk, chosen=plan.shown_roles, shows_names=plan.shows_names)
        return {"plan": head, "sections": for_pupils(content, wording), "adults": adults, "caring": CARING_WORDS}

    return _answer(request, slug, "elev", build, "plans/public_pupils.html")


@require_GET
@public(OPEN)
def plan_share(request: HttpRequest, slug: str, share: str) -> HttpResponse:
    """Show what the plan gives one of those who share the responsibility (PLN-03)."""
    if share not in PlanShare.values:
        raise Http404

    def build(school: Any, edition: Any) -> dict[str, Any]:
        part = part_of(content_of(edition), PlanShare(share))
        words = shown(part, school_id=school.pk, with_dates=True, wording=wording_of(edition.plan))
        return {"plan": words, "share": PlanShare(share), "shares": PlanShare.choices}

    return _answer(request, slug, f"del-{share}", build, "plans/public_share.html")


@require_GET
@public(OPEN)
def duty_card(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show one section as a card of one page."""

    def build(school: Any, edition: Any) -> dict[str, Any] | None:
        words = shown(content_of(edition), wording=wording_of(edition.plan))
        section = next((each for each in words.sections if each.key == key and each.is_card), None)
        return {"section": section} if section else None

    return _answer(request, slug, f"kort-{key}", build, "plans/public_card.html")


def _cards(request: HttpRequest, slug: str, key: str = "") -> HttpResponse:
    """Return the cards of the plan, or one of them, each on one sheet."""

    def made(school: Any, edition: Any) -> bytes | None:
        words = shown(content_of(edition), wording=wording_of(edition.plan))
        cards = [each for each in words.sections if each.is_card and key in {"", each.key} and each.rows]
        address = request.build_absolute_uri(reverse("plans:plan-public", args=[school.slug]))
        return set_paper("duty_cards", cards_of(cards, place=school.name, edition=edition, address=address)) if cards else None

    return as_file(_kept(request, slug, f"kort-pdf-{key}", made, PDF), f"handlingskort-{slug}.pdf", shown=True)


@require_GET
@public(OPEN)
def duty_card_pdf(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Give one duty card as a PDF of one sheet, for the wall."""
    return _cards(request, slug, key)


@require_GET
@public(OPEN)
def duty_cards_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Give all the duty cards as one PDF, a sheet for each."""
    return _cards(request, slug)


@require_GET
@public(OPEN)
def plan_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the plan as a PDF that can be read aloud and kept (PDF/A-2a, PDF/UA-1)."""

    def made(school: Any, edition: Any) -> bytes:
        plan = shown(content_of(edition), school_id=school.pk, with_dates=True, wording=wording_of(edition.plan))
        paper = paper_of(plan, place=school.name, number=edition.number, valid_from=edition.valid_from, made=edition.valid_from)
        beside = beside_lines(beside_plan(owner_id=school.owner_id, school_id=school.pk))
        return set_paper("plan", paper | {"always": always_lines(always_there()), "beside": beside})

    return as_file(_kept(request, slug, "pdf", made, PDF), f"plan-{slug}.pdf")


@require_GET
@public(OPEN)
def plan_word(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the plan as a Word file."""

    def made(school: Any, edition: Any) -> bytes:
        plan = shown(content_of(edition), school_id=school.pk, with_dates=True, wording=wording_of(edition.plan))
        beside = beside_lines(beside_plan(owner_id=school.owner_id, school_id=school.pk))
        always = always_lines(always_there())
        return word_of(plan, place=school.name, number=edition.number, valid_from=edition.valid_from, always=always, beside=beside)

    return as_file(_kept(request, slug, "docx", made, WORD), f"plan-{slug}.docx")


@require_GET
@public(OPEN)
def edition_public(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show an edition as it was when it was in force (PLN-13)."""
    school = public_school(slug)
    edition = next((each for each in public_editions(school.pk) if each.number == number), None) if school else None
    if school is None or edition is None:
        raise Http404
    plan = shown(content_of(edition), wording=wording_of(edition.plan))
    page = {"school": school, "edition": edition, "school_name": school.name, "plan": plan, "is_earlier": True}
    return render(request, "plans/public_plan.html", page)
