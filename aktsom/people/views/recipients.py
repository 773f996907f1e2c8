"""Whom the owner has set to receive what the schools send."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, require, requires
from aktsom.core.timing.clock import today
from aktsom.people import selectors, services
from aktsom.people.forms import RecipientsForm
from aktsom.people.rules import OwnerPurpose
from aktsom.schools.access import get_owner
from aktsom.schools.selectors import own_owners


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
    """Show who receives what, and change it for one kind of notice at a time."""
    owner = get_owner(request.actor, Action.OWNER_ARRANGE, public_id)
    people, kind = selectors.owner_handlers(owner.pk, today()), request.POST.get("kind", "")
    forms = {}
    for purpose in OwnerPurpose:
        there = [person.public_id for person in selectors.owner_recipients(owner.pk, purpose, today())]
        data = request.POST if request.method == "POST" and kind == purpose else None
        forms[purpose] = RecipientsForm(data, people=people, prefix=purpose.value, initial={"people": there})
    form = forms[OwnerPurpose(kind)] if kind in OwnerPurpose.values else None
    if form is not None and form.is_valid():
        try:
            services.set_recipients(by=request.actor, owner=owner, purpose=OwnerPurpose(kind), people=form.chosen())
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("Lagret. Det gjelder fra i dag."))
            return redirect("people:recipients", public_id=public_id)
    wrong = form is not None and bool(form.errors)
    page = {"owner": owner, "forms": [(purpose, purpose.label, each) for purpose, each in forms.items()], "people": people}
    return render(request, "people/recipients.html", page, status=422 if wrong else 200)
