"""Whom the owner has set to receive what the schools send, and whether a notice reaches them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, require, requires
from aktsom.core.notify.selectors import deliveries, latest_occasion
from aktsom.core.timing.clock import today
from aktsom.people import selectors, services
from aktsom.people.forms import RecipientsForm
from aktsom.people.rules import OwnerPurpose
from aktsom.schools.access import get_owner
from aktsom.schools.selectors import own_owners, schools_of_owner


@require_GET
@requires(Action.OWNER_ARRANGE)
def recipient_owners(request: HttpRequest) -> HttpResponse:
    """Lead to the page of the owner the person works for."""
    owners = own_owners(request.actor)
    require(request.actor, Action.OWNER_ARRANGE, owners[0] if owners else None)
    return redirect("people:recipients", public_id=owners[0].public_id)


@require_http_methods(["GET", "POST"])
@requires(Action.OWNER_ARRANGE)
def recipients(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who receives what from all schools or from one, and change it for one kind of notice at a time."""
    owner = get_owner(request.actor, Action.OWNER_ARRANGE, public_id)
    schools = schools_of_owner(request.actor, owner=owner)
    school = _chosen(request, schools)
    people, kind = selectors.owner_handlers(owner.pk, today()), request.POST.get("kind", "")
    forms = _forms(request, owner, school, people, kind)
    form = forms[OwnerPurpose(kind)] if kind in OwnerPurpose.values else None
    if form is not None and form.is_valid():
        try:
            services.set_recipients(by=request.actor, owner=owner, purpose=OwnerPurpose(kind), people=form.chosen(), school=school)
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("Lagret. Det gjelder fra i dag."))
            return redirect(reverse("people:recipients", args=[public_id]) + (f"?skole={school.slug}" if school else ""))
    wrong = form is not None and bool(form.errors)
    page = {"owner": owner, "forms": [(purpose, purpose.label, each) for purpose, each in forms.items()], "school": school}
    return render(request, "people/recipients.html", page | _around(owner, schools, people), status=422 if wrong else 200)


def _chosen(request: HttpRequest, schools: list[Any]) -> Any:
    """Return the one school the page is about, or None for all of them."""
    asked = request.GET.get("skole", "")
    school = next((each for each in schools if each.slug == asked), None)
    if asked and school is None:
        raise Http404
    return school


def _forms(request: HttpRequest, owner: Any, school: Any, people: list[Any], kind: str) -> dict[OwnerPurpose, RecipientsForm]:
    forms = {}
    for purpose in OwnerPurpose:
        rows = selectors.recipients_for(owner.pk, purpose, today(), school_id=school.pk if school else None)
        data = request.POST if request.method == "POST" and kind == purpose else None
        initial = {"people": [person.public_id for person in rows]}
        forms[purpose] = RecipientsForm(data, people=people, prefix=purpose.value, initial=initial)
    return forms


def _around(owner: Any, schools: list[Any], people: list[Any]) -> dict[str, Any]:
    """Return the schools with those that have their own, the addresses in use, and how the last test notice came out (OWN-08)."""
    own = selectors.schools_with_own_recipients(owner.pk, today())
    names = {person.pk: person for person in people}
    tried = deliveries(code="owner.test", occasion=latest_occasion(code="owner.test", owner_id=owner.pk))
    return {
        "schools": [(each, each.pk in own) for each in schools] if len(schools) > 1 else [],
        "people": people,
        "tried_at": tried[0].created_at if tried else None,
        "tried": [(names[each.person_id], each) for each in tried if each.person_id in names],
    }


@require_POST
@requires(Action.OWNER_ARRANGE)
def recipients_try(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send a notice that only asks to be opened."""
    owner = get_owner(request.actor, Action.OWNER_ARRANGE, public_id)
    services.try_recipients(by=request.actor, owner=owner)
    messages.success(request, _("Prøvevarselet er sendt. Her ser dere hvem som har åpnet det."))
    return redirect("people:recipients", public_id=public_id)
