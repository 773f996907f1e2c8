"""The library of resources, the six areas, and how a plan fits with the owner's texts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, may, public, requires
from aktsom.core.timing.clock import today
from aktsom.plans import services
from aktsom.plans.access import get_resource
from aktsom.plans.resource_forms import AreasForm, ConformityForm, RenewForm, ResourceForm
from aktsom.plans.selectors import areas, resources
from aktsom.plans.selectors.editions import draft_of, plan_of_school
from aktsom.plans.views.frame import edition_at_work, school_at_work, show_refusal
from aktsom.schools.access import get_owner, get_school
from aktsom.schools.selectors import current_year, public_school, school_years


@require_GET
@requires(Action.PLAN_SEE_DRAFT)
def resource_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the resources by theme, with the links that do not answer pointed out."""
    school = school_at_work(request, Action.PLAN_SEE_DRAFT, public_id)
    names = resources.collections()
    chosen = request.GET.get("samling", "") if request.GET.get("samling", "") in names else ""
    page = {
        "school": school,
        "themes": resources.library_of(school, collection=chosen),
        "collections": names,
        "chosen": chosen,
        "offers": [] if chosen else resources.help_offered(school.owner_id),
        "may_edit": may(request.actor, Action.PLAN_EDIT, school),
    }
    return render(request, "plans/resource_list.html", page)


@require_http_methods(["GET", "POST"])
@requires(Action.PLAN_EDIT)
def resource_add(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    """Put something up at a school, or for every school of an owner."""
    if kind not in {"skole", "eier"}:
        raise Http404
    place = (get_school if kind == "skole" else get_owner)(request.actor, Action.PLAN_EDIT, public_id)
    form = ResourceForm(request.POST or None, is_owner=kind == "eier")
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_resource(by=request.actor, place=place, **form.cleaned_data)
        except Refused as refused:
            show_refusal(request, refused, form)
        else:
            messages.success(request, _("Lagt inn."))
            return redirect(*_back_to(kind, place))
    page = {"form": form, "place": place, "is_owner": kind == "eier", "own": resources.of_owner(place) if kind == "eier" else []}
    return render(request, "plans/resource_add.html", page, status=422 if form.errors else 200)


def _back_to(kind: str, place: Any) -> tuple[str, ...]:
    return ("plans:resource-list", place.public_id) if kind == "skole" else ("plans:resource-add", "eier", place.public_id)


@require_http_methods(["GET", "POST"])
@requires(Action.PLAN_EDIT)
def resource_renew(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put up a new edition of a regulation, strategy or other plan; the earlier one stays readable (OWN-07)."""
    resource = get_resource(request.actor, Action.PLAN_EDIT, public_id)
    form = RenewForm(request.POST or None, initial={"address": resource.address, "text": resource.text})
    if form.is_valid():
        try:
            services.renew_resource(by=request.actor, resource=resource, **form.cleaned_data)
        except Refused as refused:
            show_refusal(request, refused, form)
        else:
            messages.success(request, _("Den nye utgaven er lagt inn. Den forrige kan fortsatt leses."))
            return redirect(*(_back_to("skole", resource.school) if resource.school else _back_to("eier", resource.owner)))
    page = {"form": form, "resource": resource, "place": resource.school or resource.owner}
    return render(request, "plans/resource_renew.html", page, status=422 if form.errors else 200)


@require_GET
@public("A local regulation is for everyone, and so is what held before it (OWN-07).")
def regulation_public(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a local regulation with the days it holds, and the earlier ones."""
    resource = resources.regulation(public_id)
    if resource is None:
        raise Http404
    versions = resources.versions_of(resource)
    page = {"resource": resource, "place": resource.school or resource.owner, "versions": versions, "today": today()}
    return render(request, "plans/regulation_public.html", page | {"has_begun": (resource.valid_from or today()) <= today()})


@require_POST
@requires(Action.PLAN_EDIT)
def resource_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take something down."""
    resource = get_resource(request.actor, Action.PLAN_EDIT, public_id)
    services.end_resource(by=request.actor, resource=resource)
    messages.success(request, _("Tatt bort."))
    return redirect(*(_back_to("skole", resource.school) if resource.school else _back_to("eier", resource.owner)))


@require_POST
@requires(Action.RESOURCE_FLAG)
def resource_tried(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write down whether an address of the library answered."""
    school = school_at_work(request, Action.RESOURCE_FLAG, public_id)
    address = request.POST.get("adresse", "")
    if address not in {item.address for item in resources.items_of(school) if item.address}:
        raise Http404
    services.say_of_address(by=request.actor, school=school, address=address, works=request.POST.get("svar") == "virker")
    messages.success(request, _("Takk. Det er skrevet ned."))
    return redirect("plans:resource-list", public_id=school.public_id)


@require_GET
@public("What a school gives pupils and guardians to read is as open as its plan.")
def resource_public(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is for pupils and guardians (LIB-06)."""
    school = public_school(slug)
    if school is None:
        raise Http404
    page = {"school": school, "for_pupils": resources.library_of(school, audience="pupils")}
    return render(request, "plans/resource_public.html", page | {"for_guardians": resources.library_of(school, audience="guardians")})


@require_http_methods(["GET", "POST"])
@requires(Action.PLAN_EDIT)
def areas_show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the six areas; let the school say where it is, and take measures into its plan."""
    school = school_at_work(request, Action.PLAN_EDIT, public_id)
    year, years = current_year(school.pk, today()), school_years(school.pk)
    if year is None:
        return render(request, "plans/areas_show.html", {"school": school})
    earlier = [each.name for each in years if each.first_day < year.first_day]
    seen = areas.seen_areas(school, year=year.name, before=earlier[-1] if earlier else "")
    form = AreasForm(request.POST or None, seen=seen)
    if request.method == "POST" and form.is_valid():
        services.look_at_areas(by=request.actor, school=school, year=year.name, levels=form.levels())
        messages.success(request, _("Svarene er lagret for %(year)s.") % {"year": year.name})
        return redirect("plans:areas-show", public_id=school.public_id)
    plan = plan_of_school(request.actor, school=school)
    page = {
        "school": school,
        "year": year,
        "shown": form.by_area(),
        "form": form,
        "draft": draft_of(request.actor, plan=plan) if plan else None,
    }
    return render(request, "plans/areas_show.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Action.PLAN_EDIT)
def conformity_write(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write how the edition fits with each of the owner's strategies and texts (PLN-27)."""
    edition = edition_at_work(request, Action.PLAN_EDIT, public_id)
    if edition.plan.school is None:
        raise Http404
    texts = resources.strategies_of(edition.plan.school.owner_id)
    form = ConformityForm(request.POST or None, texts=texts, said=resources.conformity_of(edition))
    if request.method == "POST" and form.is_valid():
        try:
            for resource, statement in form.statements():
                services.say_conformity(by=request.actor, edition=edition, resource=resource, statement=statement)
        except Refused as refused:
            show_refusal(request, refused, form)
        else:
            messages.success(request, _("Skrevet inn."))
            return redirect("plans:edition-treatment", public_id=edition.public_id)
    page = {"edition": edition, "form": form, "texts": texts, "lines": form.lines()}
    return render(request, "plans/conformity_write.html", page, status=422 if form.errors else 200)
