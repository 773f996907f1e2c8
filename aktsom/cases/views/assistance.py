"""Ask others for help, answer when one is asked, and the duty towards child welfare."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aktsom.cases import selectors
from aktsom.cases.access import get_case, get_help_request
from aktsom.cases.help_forms import AnswerForm, CooperationForm, HealthAnswerForm, HelpForm
from aktsom.cases.selectors import assistance as shown
from aktsom.cases.services import assistance as deeds
from aktsom.cases.views.frame import Question, ask, ask_and_answer, frame
from aktsom.cases.views.room import whole_case
from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, may, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw, saw_all
from aktsom.core.timing.clock import today
from aktsom.people.selectors import titles_at
from aktsom.plans.selectors.resources import help_offered


@require_GET
@requires(Action.CASE_SEE)
def case_help(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who was asked for help, what was shared and what they answered."""
    case = whole_case(request, Action.CASE_SEE, public_id)
    saw(request, Event.CASE_READ, case)
    page = frame(request, case, "case-people") | {
        "questions": shown.help_of_case(request.actor, case),
        "cooperations": shown.cooperations_in(request.actor, case),
        "concerns": shown.concerns_considered(case),
        "may_ask": may(request.actor, Action.HELP_ASK, case),
        "offers": help_offered(case.owner_id),
    }
    return render(request, "cases/case_help.html", page)


@ask_and_answer
@requires(Action.HELP_ASK)
def help_ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask somebody for help with one pupil's part."""
    case = whole_case(request, Action.HELP_ASK, public_id)
    people = [] if case.is_withheld else selectors.people_at_work(case)
    titles = titles_at([person.pk for person in people], case.school_id, case.owner_id, today())
    form = HelpForm(request.POST or None, parts=shown.pupils_parts(request.actor, case), people=people, titles=titles)
    question = Question(
        title=_("Be om hjelp"),
        intro=_("Spør gjerne uten navn først. Den du spør, ser bare det du skriver her, og ikke saken."),
        note=_(
            "Helsesykepleier og annet helsepersonell har strengere taushetsplikt enn skolen. De kan bare svare om behandling når det er "
            "sagt ja. Samarbeid om vedtak om individuell opplæring hører ikke hjemme her, men i elevens egen mappe for det. "
            "Meldeplikten til barnevernet (§ 24-3) og plikten til å avverge alvorlige lovbrudd gjelder uansett, også når politiet er spurt, "
            "og venter ikke på svar."
        ),
        button=_("Send spørsmålet"),
        back=reverse("cases:case-help", args=[public_id]),
        who=selectors.who_can_see(case),
    )

    def deed(sent: HelpForm) -> str:
        wanted = dict(sent.cleaned_data)
        deeds.ask_for_help(by=request.actor, case=case, part=wanted.pop("part"), draft=deeds.HelpDraft(**wanted))
        if sent.cleaned_data["person"] is None:
            return _("Spørsmålet er skrevet inn. Aktsom sender det ikke. Ring eller skriv selv, og skriv inn svaret her.")
        return _("Spørsmålet er sendt til %(name)s.") % {"name": sent.cleaned_data["person"]}

    return ask(request, case, form, question, deed)


@ask_and_answer
@requires(Action.HELP_ASK)
def help_answer_write(request: HttpRequest, public_id: str, help_id: str) -> HttpResponse:
    """Write in what somebody outside the school answered."""
    case = whole_case(request, Action.HELP_ASK, public_id)
    asked = _found(shown.help_in(request.actor, case, help_id))
    if asked.person_id is not None:
        raise Http404
    question = Question(
        title=_("Hva ble svaret?"),
        button=_("Lagre svaret"),
        back=reverse("cases:case-help", args=[public_id]),
        who=selectors.who_can_see(case, asked.part),
    )

    def deed(sent: AnswerForm) -> str:
        deeds.write_answer(by=request.actor, case=case, asked=asked, answer=sent.cleaned_data["answer"])
        return _("Svaret er skrevet inn.")

    return ask(request, case, AnswerForm(request.POST or None), question, deed)


@require_POST
@requires(Action.HELP_ASK)
def help_end(request: HttpRequest, public_id: str, help_id: str) -> HttpResponse:
    """End a question: whoever was asked sees it no longer."""
    case = whole_case(request, Action.HELP_ASK, public_id)
    deeds.end_help(by=request.actor, case=case, asked=_found(shown.help_in(request.actor, case, help_id)))
    messages.success(request, _("Spørsmålet er avsluttet."))
    return redirect("cases:case-help", public_id=public_id)


@ask_and_answer
@requires(Action.HELP_ASK)
def cooperation_note(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write that PPT or OT works with a pupil's individual teaching too. What it is about has a file of its own (HLP-05)."""
    case = whole_case(request, Action.HELP_ASK, public_id)
    form = CooperationForm(request.POST or None, parts=shown.pupils_parts(request.actor, case))
    question = Question(
        title=_("Samarbeid om opplæringen"),
        intro=_(
            "Her skriver du bare at PPT eller OT også arbeider med elevens opplæring, så dere kan snakke sammen. "
            "Sakkyndig vurdering, vedtak og planer for opplæringen ligger i elevens egen mappe for det, og aldri i denne saken."
        ),
        button=_("Skriv inn"),
        back=reverse("cases:case-help", args=[public_id]),
        who=selectors.who_can_see(case),
    )

    def deed(sent: CooperationForm) -> str:
        deeds.note_learning_cooperation(by=request.actor, case=case, **sent.cleaned_data)
        return _("Skrevet inn.")

    return ask(request, case, form, question, deed)


@require_POST
@requires(Action.HELP_ASK)
def cooperation_end(request: HttpRequest, public_id: str, cooperation_id: str) -> HttpResponse:
    """Write that the cooperation is over."""
    case = whole_case(request, Action.HELP_ASK, public_id)
    cooperation = shown.cooperation_in(request.actor, case, cooperation_id)
    if cooperation is None:
        raise Http404
    if cooperation.ended_on is None:
        deeds.end_learning_cooperation(by=request.actor, case=case, cooperation=cooperation)
    messages.success(request, _("Skrevet inn."))
    return redirect("cases:case-help", public_id=public_id)


@require_GET
@requires(Action.START_SEE)
def concern_duty(request: HttpRequest) -> HttpResponse:
    """Say how child welfare is told. Nobody is asked for leave, and nothing is written down."""
    return render(request, "cases/concern_duty.html", {})


@require_POST
@requires(Action.CONCERN_NOTE)
def concern_consider(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write that the duty was considered."""
    case = get_case(request.actor, Action.CONCERN_NOTE, public_id)
    deeds.consider_concern(by=request.actor, case=case)
    messages.success(request, _("Det er skrevet inn at du har vurdert det. Hva du kom til, står ikke i saken."))
    return redirect("cases:case-help", public_id=public_id)


@require_GET
@requires(Action.HELP_SEE)
def help_list(request: HttpRequest) -> HttpResponse:
    """Show the questions put to oneself."""
    questions = shown.own_questions(request.actor)
    saw_all(request, Event.HELP_READ, questions)
    rows = [(asked, shown.pupil_named(asked)) for asked in questions]
    return render(request, "cases/help_list.html", {"rows": rows})


@ask_and_answer
@requires(Action.HELP_ANSWER)
def help_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one question and take the answer. Nothing else of the case is here."""
    asked = get_help_request(request.actor, Action.HELP_ANSWER, public_id)
    is_health = deeds.is_health_staff(asked.case, request.actor.person_id)
    form: Any = (HealthAnswerForm if is_health else AnswerForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deeds.answer_help(by=request.actor, asked=asked, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("Svaret er sendt til den som spurte."))
            return redirect("cases:help-list")
    saw(request, Event.HELP_READ, asked)
    readers = [_("Du"), _("De som arbeider med saken"), _("Rektor og stedfortreder")]
    fields = [(bound, readers if bound.name == "answer" else []) for bound in form]
    page = {"asked": asked, "pupil": shown.pupil_named(asked), "form": form, "fields": fields, "is_health": is_health}
    return render(request, "cases/help_detail.html", page, status=422 if form.errors else 200)


def _found(record: Any) -> Any:
    if record is None:
        raise Http404
    return record
