"""A guardian without parental responsibility asks and is answered in writing; a pupil of age decides for herself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from aktsom.core.access.actions import Action
from aktsom.core.access.door import OutOfReach, Refused, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw, saw_all
from aktsom.core.timing.clock import today
from aktsom.people import selectors, services
from aktsom.people.access import get_guardian_request, get_own_guardian
from aktsom.people.forms import GuardianAskForm, GuardianDecisionForm, HelpContactForm, RequestWriteInForm
from aktsom.people.rules import is_of_age
from aktsom.schools.access import get_school
from aktsom.schools.rules import HelpKind
from aktsom.schools.selectors import help_contacts
from aktsom.schools.services import set_help_contact

ask_and_answer = require_http_methods(["GET", "POST"])


@ask_and_answer
@requires(Action.GUARDIAN_ASK)
def guardian_ask(request: HttpRequest) -> HttpResponse:
    """Let a guardian without parental responsibility ask to follow a case about the child."""
    wards = selectors.wards_not_followed(request.actor)
    form = GuardianAskForm(request.POST or None, children=[ward.child for ward in wards if ward.request is None or ward.request.outcome])
    if form.is_valid():
        try:
            services.ask_to_follow(by=request.actor, pupil=form.chosen(), wish=form.cleaned_data["wish"])
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("Spørsmålet er sendt. Skolen svarer skriftlig. Du får et varsel."))
            return redirect("people:guardian-ask")
    page = {"form": form, "wards": wards, "has_children": bool(form.people)}
    return render(request, "people/guardian_ask.html", page, status=422 if form.errors else 200)


@require_GET
@requires(Action.GUARDIAN_ASK)
def guardian_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the one who asked the written answer, with how to appeal."""
    asked = get_guardian_request(request.actor, Action.GUARDIAN_ASK, public_id)
    if asked.guardian_id != request.actor.own_id or not asked.outcome:
        raise Http404
    saw(request, Event.GUARDIAN_REQUEST_READ, asked)
    return render(request, "people/guardian_answer.html", {"asked": asked})


@require_GET
@requires(Action.GUARDIAN_DECIDE)
def guardian_requests(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the leadership what guardians have asked."""
    school = get_school(request.actor, Action.GUARDIAN_DECIDE, public_id)
    requests = selectors.guardian_requests_at(request.actor, school.pk)
    saw_all(request, Event.GUARDIAN_REQUEST_READ, requests)
    return render(request, "people/guardian_requests.html", {"school": school, "requests": requests})


@ask_and_answer
@requires(Action.GUARDIAN_DECIDE)
def request_write_in(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write in a question that came by letter or telephone."""
    school = get_school(request.actor, Action.GUARDIAN_DECIDE, public_id)
    name = request.GET.get("navn", "")
    rows = selectors.guardianships_to_write_in(school.pk, name) if name.strip() else []
    form = RequestWriteInForm(request.POST or None, rows=rows)
    if form.is_valid():
        try:
            made = services.write_in_request(by=request.actor, school=school, guardianship=form.chosen(), wish=form.cleaned_data["wish"])
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            return redirect("people:guardian-decide", public_id=made.public_id)
    page = {"school": school, "form": form, "rows": rows, "name": name}
    return render(request, "people/request_write_in.html", page, status=422 if form.errors else 200)


@ask_and_answer
@requires(Action.GUARDIAN_DECIDE)
def guardian_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let the head teacher decide in writing."""
    asked = get_guardian_request(request.actor, Action.GUARDIAN_DECIDE, public_id)
    if asked.guardian_id == request.actor.own_id:
        raise OutOfReach(type(asked)._meta.label, public_id)
    saw(request, Event.GUARDIAN_REQUEST_READ, asked)
    form = GuardianDecisionForm(request.POST or None)
    if not asked.outcome and form.is_valid():
        try:
            services.decide_request(by=request.actor, request=asked, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("Avgjørelsen er skrevet. Den som spurte, kan lese den."))
            return redirect("people:guardian-decide", public_id=public_id)
    page = {"asked": asked, "form": form, "of_age": is_of_age(asked.pupil.birth_date, today())}
    return render(request, "people/guardian_decide.html", page, status=422 if form.errors else 200)


@require_GET
@requires(Action.GUARDIAN_CONSENT)
def own_guardians(request: HttpRequest) -> HttpResponse:
    """Show a pupil of age her guardians, and which of them follow her cases."""
    me = selectors.own_person(request.actor)
    of_age = me is not None and is_of_age(me.birth_date, today())
    rows = selectors.own_guardians(request.actor) if of_age else []
    return render(request, "people/own_guardians.html", {"rows": rows, "of_age": of_age})


@require_http_methods(["POST"])
@requires(Action.GUARDIAN_CONSENT)
def consent_set(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say yes to one guardian, or take it back."""
    guardianship = get_own_guardian(request.actor, public_id)
    if request.POST.get("svar") == "ja":
        services.give_consent(by=request.actor, guardianship=guardianship)
        messages.success(request, _("%(name)s kan følge saken din nå.") % {"name": guardianship.guardian})
    else:
        services.withdraw_consent(by=request.actor, guardianship=guardianship)
        messages.success(request, _("%(name)s kan ikke lenger følge saken din.") % {"name": guardianship.guardian})
    return redirect("people:own-guardians")


@ask_and_answer
@requires(Action.SCHOOL_ORGANISE)
def help_set(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write whom outside the school pupils and guardians can turn to."""
    school = get_school(request.actor, Action.SCHOOL_ORGANISE, public_id)
    there: dict[str, Any] = dict(help_contacts(school.pk))
    kind = request.POST.get("kind", "")
    forms = {
        code: HelpContactForm(
            request.POST if kind == code else None,
            prefix=code,
            initial=there[code].__dict__ if code in there else {},
        )
        for code in HelpKind.values
    }
    form = forms.get(kind)
    if form is not None and form.is_valid():
        set_help_contact(by=request.actor, school=school, kind=kind, **form.cleaned_data)
        messages.success(request, _("Lagret. Elever og foresatte ser det på siden om rettigheter."))
        return redirect("people:help-set", public_id=public_id)
    shown = [(code, HelpKind(code).label, form) for code, form in forms.items()]
    wrong = form is not None and bool(form.errors)
    return render(request, "people/help_set.html", {"school": school, "forms": shown}, status=422 if wrong else 200)
