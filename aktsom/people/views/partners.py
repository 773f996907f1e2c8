"""Whom the school works with outside itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, may, requires
from aktsom.people import services
from aktsom.people.access import get_partner
from aktsom.people.forms import PartnerForm
from aktsom.people.selectors.training import partners_of
from aktsom.schools.access import get_school


@require_GET
@requires(Action.PARTNER_SEE)
def partner_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show whom the school works with, what for and when they meet."""
    school = get_school(request.actor, Action.PARTNER_SEE, public_id)
    may_keep = may(request.actor, Action.PARTNER_KEEP, school)
    page = {"school": school, "partners": partners_of(request.actor, school), "may_keep": may_keep}
    return render(request, "people/partner_list.html", page)


@require_http_methods(["GET", "POST"])
@requires(Action.PARTNER_KEEP)
def partner_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write in one more."""
    school = get_school(request.actor, Action.PARTNER_KEEP, public_id)
    return written(request, school, None)


@require_http_methods(["GET", "POST"])
@requires(Action.PARTNER_KEEP)
def partner_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change what is written about one."""
    partner = get_partner(request.actor, Action.PARTNER_KEEP, public_id)
    return written(request, partner.school, partner)


@require_POST
@requires(Action.PARTNER_KEEP)
def partner_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one out of the list."""
    partner = get_partner(request.actor, Action.PARTNER_KEEP, public_id)
    services.end_partner(by=request.actor, partner=partner)
    messages.success(request, _("%(name)s er tatt ut av listen.") % {"name": partner})
    return redirect("people:partner-list", public_id=partner.school.public_id)


def written(request: HttpRequest, school: Any, partner: Any) -> HttpResponse:
    """Ask about a partner, and write it when the answer holds."""
    form = PartnerForm(request.POST or None, initial=vars(partner) if partner else {})
    if request.method == "POST" and form.is_valid():
        try:
            if partner is None:
                services.add_partner(by=request.actor, school=school, **form.cleaned_data)
            else:
                services.change_partner(by=request.actor, partner=partner, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("Lagret."))
            return redirect("people:partner-list", public_id=school.public_id)
    page = {"school": school, "form": form, "partner": partner}
    return render(request, "people/partner_write.html", page, status=422 if form.errors else 200)
