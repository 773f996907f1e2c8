"""How long working notes lie, as the owner has decided (PRV-06)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, requires
from aktsom.people.forms import WorkingNotesForm
from aktsom.schools.access import get_owner
from aktsom.schools.services import set_working_notes


@require_http_methods(["GET", "POST"])
@requires(Action.OWNER_ARRANGE)
def working_notes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show and set how long working notes lie."""
    owner = get_owner(request.actor, Action.OWNER_ARRANGE, public_id)
    form = WorkingNotesForm(request.POST or None, initial={"months": owner.working_notes_months})
    if request.method == "POST" and form.is_valid():
        try:
            set_working_notes(by=request.actor, owner=owner, months=form.cleaned_data["months"])
        except Refused as refused:
            form.add_error("months", [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("Lagret. Det gjelder fra i natt."))
            return redirect("people:working-notes", public_id=public_id)
    return render(request, "people/working_notes.html", {"owner": owner, "form": form}, status=422 if form.errors else 200)
