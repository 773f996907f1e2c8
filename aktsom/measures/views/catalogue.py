"""The school's catalogue of measures, which the leadership extends."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, requires
from aktsom.measures.forms import CatalogueForm
from aktsom.measures.views.plans import forms_ask
from aktsom.plans.rules.catalogue import CatalogueLevel
from aktsom.plans.selectors.catalogue import catalogue_by_finding, get_entry, own_entries
from aktsom.plans.services.catalogue import end_catalogue_entry, extend_catalogue
from aktsom.schools.access import get_school


@forms_ask
@requires(Action.CATALOGUE_EXTEND)
def catalogue_extend(request: HttpRequest, school_id: str) -> HttpResponse:
    """Show the catalogue by what was found, and add a measure of the school's own."""
    school = get_school(request.actor, Action.CATALOGUE_EXTEND, school_id)
    form = CatalogueForm(request.POST or None)
    if form.is_valid():
        wanted = form.cleaned_data | {"level": CatalogueLevel(form.cleaned_data["level"])}
        try:
            extend_catalogue(by=request.actor, school=school, **wanted)
        except Refused as refused:
            form.add_error("text", [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("Tiltaket står i katalogen nå."))
            return redirect("measures:catalogue-extend", school_id=school_id)
    page = {"school": school, "form": form, "groups": catalogue_by_finding(school.pk), "own": own_entries(school.pk)}
    return render(request, "measures/catalogue.html", page, status=422 if form.errors else 200)


@require_POST
@requires(Action.CATALOGUE_EXTEND)
def catalogue_entry_end(request: HttpRequest, school_id: str, entry_id: str) -> HttpResponse:
    """Take one of the school's own measures out of the catalogue."""
    school = get_school(request.actor, Action.CATALOGUE_EXTEND, school_id)
    end_catalogue_entry(by=request.actor, school=school, entry=get_entry(school.pk, entry_id))
    messages.success(request, _("Tiltaket er tatt ut. Planer som bruker det, er som før."))
    return redirect("measures:catalogue-extend", school_id=school_id)
