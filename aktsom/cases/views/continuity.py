"""Nothing is lost between people: taking over, being away, asking again, the control after the end, and a new school."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aktsom.cases import selectors
from aktsom.cases.access import get_case, get_handover, get_school_change
from aktsom.cases.circle import own_part
from aktsom.cases.continuity_forms import AbsenceForm, AskAgainAnswerForm, AskAgainForm, DeclineForm, HandoverForm, SchoolChangeForm
from aktsom.cases.rules.continuity import AskAgainAnswer, AskAgainKind, DeclineReason, HandoverReason, SharedPiece, SharingBasis
from aktsom.cases.selectors import continuity
from aktsom.cases.services import asking, school_changes
from aktsom.cases.services import continuity as services
from aktsom.cases.views.conversations import talks_of
from aktsom.cases.views.frame import Question, ask, ask_and_answer
from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, may, require, requires
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw, saw_all
from aktsom.core.timing.clock import today
from aktsom.people.selectors import staff_of


@require_GET
@requires(Action.HANDOVER_ANSWER)
def handover_list(request: HttpRequest) -> HttpResponse:
    """Show what waits for a person: what the reader is asked, what she has, and what nobody has where she leads."""
    actor = request.actor
    require(actor, Action.HANDOVER_ANSWER, None)
    duties = continuity.duty_page(actor)
    handovers = {
        "to_answer": continuity.handovers_to_answer(actor),
        "asked": continuity.handovers_asked(actor),
        "answered": continuity.handovers_answered(actor),
    }
    shown = [row.duty.case for row in (*duties.waiting, *duties.own)] + [row.case for rows in handovers.values() for row in rows]
    saw_all(request, Event.CASE_LISTED, {case for case in shown if case is not None})
    page = handovers | {
        "waiting": duties.waiting,
        "own": duties.own,
        "leads": bool(continuity.led_schools(actor)),
        "absences": continuity.absences_at(actor),
        "keeps_order": actor.may_somewhere(Action.ABSENCE_REGISTER),
    }
    return render(request, "cases/handover_list.html", page)


@ask_and_answer
@requires(Action.HANDOVER_PROPOSE)
def handover_propose(request: HttpRequest) -> HttpResponse:
    """Ask somebody to take over one or more of one person's duties."""
    require(request.actor, Action.HANDOVER_PROPOSE, None)
    wanted = request.GET.get("oppgave", "")
    rows = [row for row in continuity.duties_beside(request.actor, wanted) if not row.duty.is_asked]
    if not rows:
        messages.info(request, _("Her er det ingen oppgaver som kan overlates nå."))
        return redirect("cases:handover-list")
    saw_all(request, Event.CASE_LISTED, {row.duty.case for row in rows if row.duty.case is not None})
    codes = [row.duty.code for row in rows]
    people = continuity.people_to_ask(request.actor, [row.duty for row in rows])
    form = HandoverForm(request.POST or None, rows=rows, people=people, initial={"duties": [wanted] if wanted in codes else codes})
    if form.is_valid():
        try:
            for duty in form.chosen_duties():
                services.propose_handover(by=request.actor, duty=duty, to=form.chosen(), reason=HandoverReason(form.cleaned_data["reason"]))
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("%(name)s er spurt. Oppgaven står i listen til noen har sagt ja.") % {"name": form.chosen()})
            return redirect("cases:handover-list")
    return render(request, "cases/handover_propose.html", {"form": form, "holder": rows[0].holder}, status=422 if form.errors else 200)


@ask_and_answer
@requires(Action.HANDOVER_ANSWER)
def handover_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say yes or no to a duty."""
    handover = get_handover(request.actor, Action.HANDOVER_ANSWER, public_id)
    saw_all(request, Event.CASE_LISTED, [handover.case] if handover.case is not None else [])
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            words = _answered(request, handover, form)
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, words)
            return redirect("cases:handover-list")
    page = {"handover": handover, "form": form, "is_mine": handover.to_person_id == request.actor.person_id}
    return render(request, "cases/handover_answer.html", page, status=422 if form.errors else 200)


def _answered(request: HttpRequest, handover: Any, form: DeclineForm) -> str:
    if request.POST.get("answer") == "yes":
        services.accept_handover(by=request.actor, handover=handover)
        return _("Oppgaven er din nå. Dagene står som de sto.")
    reason = form.cleaned_data["reason"]
    services.decline_handover(by=request.actor, handover=handover, reason=DeclineReason(reason) if reason else None)
    return _("Du har sagt nei. Den som spurte, får vite det.")


@require_POST
@requires(Action.HANDOVER_PROPOSE)
def handover_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a question back."""
    handover = get_handover(request.actor, Action.HANDOVER_PROPOSE, public_id)
    try:
        services.withdraw_handover(by=request.actor, handover=handover)
    except Refused as refused:
        messages.error(request, " ".join(str(reason.label) for reason in refused.reasons))
    else:
        messages.success(request, _("Spørsmålet er trukket tilbake."))
    return redirect("cases:handover-list")


@ask_and_answer
@requires(Action.ABSENCE_REGISTER)
def absence_register(request: HttpRequest) -> HttpResponse:
    """Write that a colleague is away."""
    schools = continuity.led_schools(request.actor, Role.SCHOOL_ADMIN)
    require(request.actor, Action.ABSENCE_REGISTER, schools[0] if schools else None)
    chosen = next((school for school in schools if school.public_id == request.GET.get("skole")), schools[0])
    form = AbsenceForm(request.POST or None, people=staff_of(chosen.pk, today()), initial={"first_day": today()})
    if form.is_valid():
        days = {key: form.cleaned_data[key] for key in ("first_day", "last_day")}
        services.register_absence(by=request.actor, school=chosen, person=form.chosen(), **days)
        messages.success(request, _("Skrevet inn. Oppgavene som trenger en annen, står i listen."))
        return redirect("cases:handover-list")
    page = {"form": form, "school": chosen, "schools": schools}
    return render(request, "cases/absence_form.html", page, status=422 if form.errors else 200)


@require_POST
@requires(Action.ABSENCE_REGISTER)
def absence_end(request: HttpRequest, absence_id: str) -> HttpResponse:
    """Write that a colleague is back."""
    absence = continuity.get_absence(request.actor, absence_id)
    services.end_absence(by=request.actor, school=absence.school, absence=absence)
    messages.success(request, _("Skrevet inn."))
    return redirect("cases:handover-list")


@ask_and_answer
@requires(Action.CASE_HEAR)
def ask_again_set(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide a day to ask whether telling has made it worse."""
    case = get_case(request.actor, Action.CASE_HEAR, public_id)
    question = Question(
        title=_("Bestem en dag å spørre igjen"),
        intro=_("Noen får det vanskeligere etter at det ble sagt fra. Spør på en bestemt dag, så blir det ikke glemt."),
        button=_("Bestem dagen"),
        back=talks_of(case),
    )

    def deed(sent: AskAgainForm) -> str:
        kind = AskAgainKind(sent.cleaned_data["kind"])
        part = own_part(case) if kind == AskAgainKind.PUPIL else None
        asking.set_ask_again(by=request.actor, case=case, kind=kind, due_on=sent.cleaned_data["due_on"], part=part)
        return _("Dagen er bestemt. Den kommer på «I dag».")

    return ask(request, case, AskAgainForm(request.POST or None), question, deed)


@ask_and_answer
@requires(Action.CASE_HEAR)
def ask_again_answer(request: HttpRequest, public_id: str, asked_id: str) -> HttpResponse:
    """Write what came of asking again."""
    case = get_case(request.actor, Action.CASE_HEAR, public_id)
    asked = continuity.get_question(request.actor, case, asked_id)
    question = Question(
        title=str(asked.get_kind_display()),
        intro=_("Spør alene og i ro. Den som har sagt fra, skal ikke få det verre av det. Den som meldte uten navn, spør du i meldingen."),
        button=_("Skriv inn svaret"),
        back=talks_of(case),
        who=selectors.who_can_see(case, asked.part) if asked.part else selectors.who_can_see(case),
    )

    def deed(sent: AskAgainAnswerForm) -> str:
        wanted = sent.cleaned_data | {"answer": AskAgainAnswer(sent.cleaned_data["answer"])}
        asking.answer_ask_again(by=request.actor, case=case, asked=asked, **wanted)
        if wanted["answer"] == AskAgainAnswer.WORSE:
            return _("Skrevet inn. De som har ansvaret, får vite det. Se om planen trenger et tiltak nå.")
        return _("Skrevet inn.")

    return ask(request, case, AskAgainAnswerForm(request.POST or None), question, deed)


@ask_and_answer
@requires(Action.CASE_HEAR)
def control_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write how the pupil has it some time after the end."""
    case = get_case(request.actor, Action.CASE_HEAR, public_id)
    opens = may(request.actor, Action.CASE_REOPEN, case)
    worse = request.POST.get("answer") == AskAgainAnswer.WORSE
    question = Question(
        title=_("Er det fortsatt trygt og godt?"),
        intro=_("Spør eleven selv. Er det ikke trygt lenger, åpnes saken igjen med alt som står i den."),
        button=_("Skriv inn svaret"),
        back=reverse("cases:case-reopen" if worse and opens else "cases:case-detail", args=[case.public_id]),
        who=selectors.who_can_see(case),
    )

    def deed(sent: AskAgainAnswerForm) -> str:
        wanted = sent.cleaned_data | {"answer": AskAgainAnswer(sent.cleaned_data["answer"])}
        asking.answer_control(by=request.actor, case=case, **wanted)
        if wanted["answer"] == AskAgainAnswer.WORSE:
            return _("Skrevet inn. Saken må åpnes igjen. De som har ansvaret, får vite det.")
        return _("Skrevet inn.")

    return ask(request, case, AskAgainAnswerForm(request.POST or None), question, deed)


@ask_and_answer
@requires(Action.SCHOOL_CHANGE_DECIDE)
def school_change_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide what the new school gets."""
    case = get_case(request.actor, Action.SCHOOL_CHANGE_DECIDE, public_id)
    form = SchoolChangeForm(request.POST or None, schools=continuity.schools_to_send_to(case), initial={"pieces": SharedPiece.values})
    question = Question(
        title=_("Eleven bytter skole"),
        intro=_("Den nye skolen kan få det som er nødvendig for eleven (§ 25-1). Mer enn det krever at eleven eller de foresatte sier ja."),
        button=_("Gi det videre"),
        back=reverse("cases:case-documents", args=[case.public_id]),
        who=selectors.who_can_see(case),
    )

    def deed(sent: SchoolChangeForm) -> str:
        wanted = {key: sent.cleaned_data[key] for key in ("to_name", "reason", "consent_from", "note")}
        draft = school_changes.SchoolChangeDraft(
            to_school=sent.chosen(),
            pieces=[SharedPiece(piece) for piece in sent.cleaned_data["pieces"]],
            basis=SharingBasis(sent.cleaned_data["basis"]),
            **wanted,
        )
        change = school_changes.decide_school_change(by=request.actor, case=case, draft=draft)
        where = str(change.to_school or change.to_name)
        return _("Bestemt. Det som er gitt videre til %(school)s, ligger under Dokumenter.") % {"school": where}

    return ask(request, case, form, question, deed)


@ask_and_answer
@requires(Action.SCHOOL_CHANGE_RECEIVE)
def school_change_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what came with a pupil, and let a named person at the new school take it."""
    change = get_school_change(request.actor, public_id)
    receives = may(request.actor, Action.SCHOOL_CHANGE_RECEIVE, change)
    if not receives and not may(request.actor, Action.SCHOOL_CHANGE_DECIDE, change):
        raise Http404
    if request.method == "POST":
        school_changes.receive_school_change(by=request.actor, change=change)
        messages.success(request, _("Du har tatt imot. Snakk med eleven, og åpne en sak her hvis eleven trenger det."))
        return redirect("cases:school-change-detail", public_id=public_id)
    saw(request, Event.SCHOOL_CHANGE_READ, change)
    page = {"change": change, "receives": receives, "content": change.content or {}}
    return render(request, "cases/school_change_detail.html", page)
