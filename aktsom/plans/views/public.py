"""The plan in force for everyone: no sign-in, the same for all, kept ready after the first who asks."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from aktsom.core.access.door import public
from aktsom.core.audit.freshness import mark_of_place
from aktsom.core.papers.typesetting import set_paper
from aktsom.core.timing.clock import today
from aktsom.plans.papers import paper_of, word_of
from aktsom.plans.selectors.editions import content_of, edition_in_force, public_editions
from aktsom.plans.selectors.for_pupils import for_pupils, visible_adults
from aktsom.plans.selectors.showing import shown
from aktsom.schools.selectors import public_school

OPEN = "A plan in force is for everyone (offentleglova § 3; PLN-20)."
KEPT = 3600  # seconds; a new edition, calendar, date or name has another key (core.audit.freshness)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
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


def _kept(
    request: HttpRequest, slug: str, part: str, make: Callable[[Any, Any], bytes | None], media_type: str = "text/html; charset=utf-8"
) -> HttpResponse:
    """Return what is kept for the edition in force, or make and keep it. Whoever has it already is told so by its mark."""
    school = public_school(slug)
    edition = edition_in_force(school.pk) if school else None
    if school is None or edition is None:
        raise Http404
    fresh = mark_of_place(owner_id=school.owner_id, school_id=school.pk)
    key = f"plan:{edition.public_id}:{part}:{get_language()}:{fresh}:{today()}"
    body = cache.get(key)
    if body is None:
        body = make(school, edition)
        if body is None:
            raise Http404
        cache.set(key, body, KEPT)
    return _marked(request, HttpResponse(body, content_type=media_type))


def _marked(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Give the answer the mark of its content; a browser asks each time, since the language may be another."""
    mark = f'"{sha256(answer.content).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == mark:
        answer = HttpResponse(status=304)
    answer.headers["ETag"] = mark
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@require_GET
@public(OPEN)
def plan_public(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the whole plan in force, with this year's dates."""

    def build(school: Any, edition: Any) -> dict[str, Any]:
        earlier = [each for each in public_editions(school.pk) if each.number != edition.number]
        return {"plan": shown(content_of(edition), school_id=school.pk, with_dates=True), "earlier": earlier}

    return _answer(request, slug, "plan", build, "plans/public_plan.html")


@require_GET
@public(OPEN)
def plan_for_pupils(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the same plan in a pupil's words."""

    def build(school: Any, edition: Any) -> dict[str, Any]:
        content, plan = content_of(edition), edition.plan
        adults = visible_adults(content, school_id=school.pk, chosen=plan.shown_roles, shows_names=plan.shows_names)
        return {"plan": content, "sections": for_pupils(content), "adults": adults}

    return _answer(request, slug, "elev", build, "plans/public_pupils.html")


@require_GET
@public(OPEN)
def duty_card(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show one section as a card of one page."""

    def build(school: Any, edition: Any) -> dict[str, Any] | None:
        section = next((each for each in shown(content_of(edition)).sections if each.key == key and each.is_card), None)
        return {"section": section} if section else None

    return _answer(request, slug, f"kort-{key}"[:60], build, "plans/public_card.html")


@require_GET
@public(OPEN)
def plan_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the plan as a PDF that can be read aloud and kept (PDF/A-2a, PDF/UA-1)."""

    def made(school: Any, edition: Any) -> bytes:
        plan = shown(content_of(edition), school_id=school.pk, with_dates=True)
        paper = paper_of(plan, place=school.name, number=edition.number, valid_from=edition.valid_from, made=edition.valid_from)
        return set_paper("plan", paper)

    return _file(_kept(request, slug, "pdf", made, "application/pdf"), f"plan-{slug}.pdf")


@require_GET
@public(OPEN)
def plan_word(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the plan as a Word file."""

    def made(school: Any, edition: Any) -> bytes:
        plan = shown(content_of(edition), school_id=school.pk, with_dates=True)
        return word_of(plan, place=school.name, number=edition.number, valid_from=edition.valid_from)

    return _file(_kept(request, slug, "docx", made, WORD), f"plan-{slug}.docx")


def _file(answer: HttpResponse, name: str) -> HttpResponse:
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_GET
@public(OPEN)
def edition_public(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show an edition as it was when it was in force (PLN-13)."""
    school = public_school(slug)
    edition = next((each for each in public_editions(school.pk) if each.number == number), None) if school else None
    if school is None or edition is None:
        raise Http404
    page = {"school": school, "edition": edition, "school_name": school.name, "plan": shown(content_of(edition)), "is_earlier": True}
    return render(request, "plans/public_plan.html", page)
