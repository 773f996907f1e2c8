"""Something at the school can harm pupils' health: told by those who lead, read by those it concerns."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, requires
from aktsom.core.timing.clock import today
from aktsom.people import selectors
from aktsom.people.access import get_warning
from aktsom.people.forms import WarningForm
from aktsom.people.nearest import grades_at
from aktsom.people.selectors.warnings import own_warnings, warnings_at
from aktsom.people.services.warnings import end_danger, tell_of_danger
from aktsom.schools.access import get_school
from aktsom.schools.selectors import current_year


@require_GET
@requires(Action.HEALTH_WARNING_SEE)
def warnings(request: HttpRequest) -> HttpResponse:
    """Show what concerns me or my children now."""
    return render(request, "people/health_warnings.html", {"warnings": own_warnings(request.actor)})


@require_http_methods(["GET", "POST"])
@requires(Action.HEALTH_WARNING_TELL)
def warning_tell(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what is told, and tell of something new."""
    school = get_school(request.actor, Action.HEALTH_WARNING_TELL, public_id)
    year = current_year(school.pk, today())
    form = WarningForm(request.POST or None, grades=grades_at(school.pk, today()), groups=selectors.classes_of(school.pk, year))
    if request.method == "POST" and form.is_valid():
        try:
            tell_of_danger(by=request.actor, school=school, **form.told())
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("Fortalt. Det står på siden til elevene og de foresatte det gjelder, og de får et varsel nå."))
            return redirect("people:health-warning-tell", public_id=public_id)
    page = {"school": school, "form": form, "warnings": warnings_at(request.actor, school)}
    return render(request, "people/health_warning_tell.html", page, status=422 if form.errors else 200)


@require_POST
@requires(Action.HEALTH_WARNING_TELL)
def warning_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that it is over."""
    warning = get_warning(request.actor, Action.HEALTH_WARNING_TELL, public_id)
    if warning.over_at is None:
        end_danger(by=request.actor, warning=warning, words=request.POST.get("words", "")[:2000])
    messages.success(request, _("Skrevet inn. De som fikk vite det, ser at det er over."))
    return redirect("people:health-warning-tell", public_id=warning.school.public_id)
