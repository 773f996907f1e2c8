"""Who goes to the school as an adult in education or an apprentice, and so is outside chapter 12."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aktsom.core.access.actions import Action
from aktsom.core.access.door import requires
from aktsom.people import selectors, services
from aktsom.people.forms import AttendanceForm
from aktsom.people.selectors.attendance import outside_chapter_12
from aktsom.schools.access import get_school


@require_http_methods(["GET", "POST"])
@requires(Action.SCHOOL_ORGANISE)
def attendance_set(request: HttpRequest, public_id: str) -> HttpResponse:
    """Find somebody by name, and write as what she goes here."""
    school = get_school(request.actor, Action.SCHOOL_ORGANISE, public_id)
    name = request.GET.get("navn", "")
    people = selectors.pupil_choices(request.actor, school_id=school.pk, text=name) if name.strip() else []
    form = AttendanceForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        services.set_attendance(by=request.actor, school=school, person=form.chosen(), attends_as=form.cleaned_data["attends_as"])
        messages.success(request, _("Lagret."))
        return redirect("people:attendance-set", public_id=public_id)
    page = {"school": school, "form": form, "people": people, "name": name, "rows": outside_chapter_12(request.actor, school.pk)}
    return render(request, "people/attendance_set.html", page, status=422 if form.errors else 200)
