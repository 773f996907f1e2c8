"""The questions the owner and the school put in the report form themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import OutOfReach, Refused, requires
from aktsom.core.access.roles import Role
from aktsom.reports import services
from aktsom.reports.access import earlier_questions, get_question, questions_at, require_own_form
from aktsom.reports.forms.questions import QuestionForm
from aktsom.reports.rules import MOST_OF_OWNER, MOST_OF_SCHOOL
from aktsom.schools.access import get_owner, get_school
from aktsom.schools.selectors import own_owners, schools_as


@require_GET
@requires(Action.REPORT_FORM_WRITE)
def form_own(request: HttpRequest) -> HttpResponse:
    """Lead to the owner's questions, or to those of the school the person leads."""
    owners = own_owners(request.actor)
    if owners:
        return redirect("reports:form-owner", public_id=owners[0].public_id)
    led = schools_as(request.actor, Role.HEAD_TEACHER, Role.DEPUTY)
    if not led:
        raise OutOfReach("schools.School", "")
    return redirect("reports:form-school", public_id=led[0].public_id)


@require_http_methods(["GET", "POST"])
@requires(Action.REPORT_FORM_WRITE)
def form_school(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the school's own questions beside the owner's, and put one more in the form."""
    school = get_school(request.actor, Action.REPORT_FORM_WRITE, public_id)
    require_own_form(request.actor, school)
    above = questions_at(owner_id=school.owner_id, school_id=None)
    page = {"above": above, "most": MOST_OF_SCHOOL, "own": questions_at(owner_id=school.owner_id, school_id=school.pk)}
    page["earlier"] = earlier_questions(owner_id=school.owner_id, school_id=school.pk)
    return _asked(request, school, page)


@require_http_methods(["GET", "POST"])
@requires(Action.REPORT_FORM_WRITE)
def form_owner(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the owner's questions, that every school's form has, and put one more in it."""
    owner = get_owner(request.actor, Action.REPORT_FORM_WRITE, public_id)
    page: dict[str, Any] = {"is_owner": True, "most": MOST_OF_OWNER, "own": questions_at(owner_id=owner.pk, school_id=None)}
    page["earlier"] = earlier_questions(owner_id=owner.pk, school_id=None)
    return _asked(request, owner, page)


def _asked(request: HttpRequest, place: Any, page: dict[str, Any]) -> HttpResponse:
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _kept(request, form, place):
        messages.success(request, _("Spørsmålet står i skjemaet nå."))
        return redirect(request.path)
    shown = page | {"place": place, "form": form, "is_full": len(page["own"]) >= page["most"]}
    return render(request, "reports/form_questions.html", shown, status=422 if form.errors else 200)


def _kept(request: HttpRequest, form: QuestionForm, place: Any, instead_of: Any = None) -> bool:
    if not form.is_valid():
        return False
    try:
        services.ask_in_reports(by=request.actor, place=place, instead_of=instead_of, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, [str(reason.label) for reason in refused.reasons])
        return False
    return True


@require_http_methods(["GET", "POST"])
@requires(Action.REPORT_FORM_WRITE)
def question_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give a question new words. Reports that answered the old one keep the old words."""
    question = get_question(request.actor, Action.REPORT_FORM_WRITE, public_id)
    names = ("text", "kind", "choices", "hint", "for_staff", "for_guardians")
    form = QuestionForm(request.POST if request.method == "POST" else None, initial={name: getattr(question, name) for name in names})
    back = form_url(question)
    if request.method == "POST" and _kept(request, form, question.school or question.owner, instead_of=question):
        messages.success(request, _("Spørsmålet er endret. Meldinger som er sendt, viser det de ble spurt om."))
        return redirect(back)
    page = {"question": question, "form": form, "back": back}
    return render(request, "reports/question_change.html", page, status=422 if form.errors else 200)


@require_POST
@requires(Action.REPORT_FORM_WRITE)
def question_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a question out of the form."""
    question = get_question(request.actor, Action.REPORT_FORM_WRITE, public_id)
    services.end_question(by=request.actor, question=question)
    messages.success(request, _("Spørsmålet er tatt bort. Svar som er gitt, står i meldingene."))
    return redirect(form_url(question))


def form_url(question: Any) -> str:
    """Return the page a question stands on."""
    if question.school is not None:
        return reverse("reports:form-school", args=[question.school.public_id])
    return reverse("reports:form-owner", args=[question.owner.public_id])
