"""Colleagues get an account, and get in again when a telephone is lost."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from aktsom.core.access.actions import Action
from aktsom.core.access.door import may, require, requires
from aktsom.people import selectors, services
from aktsom.people.forms import AccountsForm, FactorResetForm
from aktsom.schools.access import get_school
from aktsom.schools.selectors import own_schools


@require_GET
@requires(Action.ACCOUNT_RESET_FACTOR)
def factor_schools(request: HttpRequest) -> HttpResponse:
    """Lead to the one school where the person may do this, or show the ones there are."""
    schools = [school for school in own_schools(request.actor) if may(request.actor, Action.ACCOUNT_RESET_FACTOR, school)]
    require(request.actor, Action.ACCOUNT_RESET_FACTOR, schools[0] if schools else None)
    if len(schools) == 1:
        return redirect("people:factor-reset", public_id=schools[0].public_id)
    return render(request, "people/factor_schools.html", {"schools": schools})


@require_http_methods(["GET", "POST"])
@requires(Action.ACCOUNT_RESET_FACTOR)
def factor_reset(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take away a colleague's second factor at one's own school, with the reason."""
    school = get_school(request.actor, Action.ACCOUNT_RESET_FACTOR, public_id)
    people = selectors.colleagues_with_factor(request.actor, school.pk)
    form = FactorResetForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        person = form.chosen()
        services.reset_colleague_factor(by=request.actor, school=school, person=person, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(name)s må sette opp en ny app eller nøkkel ved neste innlogging.") % {"name": person})
        return redirect("people:factor-reset", public_id=public_id)
    page: dict[str, Any] = {
        "school": school,
        "form": form,
        "people": people,
        "resets": selectors.factor_resets_at(request.actor, school.pk),
    }
    return render(request, "people/factor_reset.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Action.ACCOUNT_OPEN)
def accounts_open(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send colleagues who have never been in a link to choose a password."""
    school = get_school(request.actor, Action.ACCOUNT_OPEN, public_id)
    people = selectors.colleagues_without_account(request.actor, school.pk)
    form = AccountsForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        for person in form.chosen():
            services.open_account(by=request.actor, school=school, person=person)
        messages.success(request, _("Lenken er på vei på e-post. Den virker i tre dager."))
        return redirect("people:accounts-open", public_id=public_id)
    return render(
        request, "people/accounts_open.html", {"school": school, "form": form, "people": people}, status=422 if form.errors else 200
    )
