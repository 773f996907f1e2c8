"""The plan in force for everyone: no sign-in, the same for all, kept ready after the first who asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from aktsom.core.access.door import public
from aktsom.plans.selectors import words_of
from aktsom.plans.selectors.editions import content_of, edition_in_force
from aktsom.plans.selectors.showing import adults_of, for_pupils, shown
from aktsom.schools.selectors import public_school

OPEN = "A plan in force is for everyone (offentleglova § 3; PLN-20)."
KEPT = 24 * 3600  # seconds; a new edition has another key, so this only bounds what is left behind


def _answer(request: HttpRequest, slug: str, part: str, build: Callable[[Any, Any], dict[str, Any] | None], template: str) -> HttpResponse:
    """Return the page from the store, or build and keep it. The mark of the edition answers whoever has it already."""
    school = public_school(slug)
    edition = edition_in_force(school.pk) if school else None
    if school is None or edition is None:
        raise Http404
    mark = f'"{edition.public_id}-{part}-{get_language()}"'
    if request.headers.get("If-None-Match") == mark:
        return _marked(HttpResponse(status=304), mark)
    key = f"plan:{edition.public_id}:{part}:{get_language()}:{edition.in_force_at:%s}"
    body = cache.get(key)
    if body is None:
        page = build(school, edition)
        if page is None:
            raise Http404
        words = words_of(school.pk)
        body = render(request, template, {"school": school, "edition": edition, "words": words, "school_name": school.name, **page}).content
        cache.set(key, body, KEPT)
    return _marked(HttpResponse(body), mark)


def _marked(answer: HttpResponse, mark: str) -> HttpResponse:
    answer.headers["ETag"] = mark
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


@require_GET
@public(OPEN)
def plan_public(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the whole plan in force, with this year's dates."""

    def build(school: Any, edition: Any) -> dict[str, Any]:
        return {"plan": shown(content_of(edition), school_id=school.pk, with_dates=True)}

    return _answer(request, slug, "plan", build, "plans/public_plan.html")


@require_GET
@public(OPEN)
def plan_for_pupils(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the same plan in a pupil's words."""

    def build(school: Any, edition: Any) -> dict[str, Any]:
        content = content_of(edition)
        return {"plan": shown(content), "sections": for_pupils(content), "adults": adults_of(content)}

    return _answer(request, slug, "elev", build, "plans/public_pupils.html")


@require_GET
@public(OPEN)
def duty_card(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show one section as a card of one page."""

    def build(school: Any, edition: Any) -> dict[str, Any] | None:
        section = next((each for each in shown(content_of(edition)).sections if each.key == key and each.is_card), None)
        return {"section": section} if section else None

    return _answer(request, slug, f"kort-{key}"[:60], build, "plans/public_card.html")
