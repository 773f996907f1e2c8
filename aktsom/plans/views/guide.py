"""The owner's guide in force for everyone, with the plans of its schools."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from aktsom.core.access.door import public
from aktsom.core.papers.typesetting import set_paper
from aktsom.plans.papers import always_lines, beside_lines, paper_of
from aktsom.plans.selectors.editions import content_of, guide_editions, guide_in_force, procedure_head, schools_with_plan
from aktsom.plans.selectors.resources import beside_plan
from aktsom.plans.selectors.showing import always_there, shown
from aktsom.plans.selectors.wording import wording_of
from aktsom.plans.views.keeping import PDF, as_file, kept_page
from aktsom.schools.selectors import public_owner, schools_by_key

OPEN = "An owner's guide in force is for everyone (offentleglova § 3; PLN-20, PLN-26)."


def _guide(org_number: str) -> tuple[Any, Any]:
    owner = public_owner(org_number)
    edition = guide_in_force(owner.pk) if owner else None
    if owner is None or edition is None:
        raise Http404
    return owner, edition


@require_GET
@public(OPEN)
def guide_public(request: HttpRequest, org_number: str) -> HttpResponse:
    """Show the owner's guide in force, and where its schools' own plans are."""
    owner, edition = _guide(org_number)

    def made() -> bytes:
        page = {
            "owner": owner,
            "edition": edition,
            "plan": shown(content_of(edition), wording=wording_of(edition.plan)),
            "head": procedure_head(edition),
            "always": always_there(),
            "beside": beside_plan(owner_id=owner.pk),
            "schools": schools_by_key(schools_with_plan(plan__school__owner_id=owner.pk)),
            "earlier": [each for each in guide_editions(owner.pk) if each.number != edition.number],
        }
        return render(request, "plans/public_guide.html", page).content

    return kept_page(request, edition, "veileder", made)


@require_GET
@public(OPEN)
def guide_pdf(request: HttpRequest, org_number: str) -> HttpResponse:
    """Give the owner's guide as a PDF that can be read aloud and kept (PDF/A-2a, PDF/UA-1)."""
    owner, edition = _guide(org_number)

    def made() -> bytes:
        plan, valid_from = shown(content_of(edition), wording=wording_of(edition.plan)), edition.valid_from
        paper = paper_of(plan, place=owner.name, number=edition.number, valid_from=valid_from, made=valid_from)
        beside = beside_lines(beside_plan(owner_id=owner.pk))
        return set_paper("plan", paper | {"head": procedure_head(edition), "always": always_lines(always_there()), "beside": beside})

    return as_file(kept_page(request, edition, "veileder-pdf", made, PDF), f"veileder-{owner.org_number}.pdf")


@require_GET
@public(OPEN)
def guide_edition(request: HttpRequest, org_number: str, number: int) -> HttpResponse:
    """Show an edition of the guide as it was when it was in force (PLN-13)."""
    owner = public_owner(org_number)
    edition = next((each for each in guide_editions(owner.pk) if each.number == number), None) if owner else None
    if owner is None or edition is None:
        raise Http404
    page = {
        "owner": owner,
        "edition": edition,
        "plan": shown(content_of(edition), wording=wording_of(edition.plan)),
        "is_earlier": True,
        "head": procedure_head(edition),
    }
    return render(request, "plans/public_guide.html", page)
