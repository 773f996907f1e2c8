"""Forms of the school's own procedure: no plan needed, a step that was thought of, Statsforvalteren taking the case up."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from aktsom.cases import selectors, services
from aktsom.cases.access import get_case
from aktsom.cases.forms import GovernorAnswerForm, GovernorDeadlineForm, GovernorForm, NoPlanForm, StepMarkForm
from aktsom.cases.rules.procedure import Consideration
from aktsom.cases.views.frame import Question, ask, ask_and_answer
from aktsom.cases.views.room import whole_case
from aktsom.core.access.actions import Action
from aktsom.core.access.door import requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw
from aktsom.core.timing.clock import today
from aktsom.core.ui.dates import long_day
from aktsom.measures.rules import PupilAnswer
from aktsom.plans.selectors import words_of


def overview_of(case: Any) -> str:
    """Return the address of the overview."""
    return reverse("cases:case-detail", args=[case.public_id])


@ask_and_answer
@requires(Action.ACTION_PLAN_DECIDE_NONE)
def no_plan_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide that no plan is needed."""
    case = get_case(request.actor, Action.ACTION_PLAN_DECIDE_NONE, public_id)
    question = Question(
        title=_("Trengs det en %(plan)s?") % {"plan": words_of(case.school_id).plan},
        intro=_(
            "Når eleven ikke har det trygt og godt, skal skolen sette inn tiltak, og da skal det være en skriftlig plan "
            "(§ 12-4 tredje ledd). Du kan bare la være når eleven selv sier at det er trygt, og ingenting må gjøres."
        ),
        button=_("Bestem at det ikke trengs en plan"),
        back=overview_of(case),
        who=selectors.who_can_see(case),
    )

    def deed(sent: NoPlanForm) -> str:
        cleaned = sent.cleaned_data
        answer = PupilAnswer(cleaned["pupil_answer"])
        services.decide_no_plan(
            by=request.actor, case=case, pupil_answer=answer, pupil_words=cleaned["pupil_words"], reason=cleaned["reason"]
        )
        return _("Skrevet inn. Saken er åpen til du avslutter den.")

    return ask(request, case, NoPlanForm(request.POST or None), question, deed)


@ask_and_answer
@requires(Action.CASE_HEAR)
def step_mark(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """Write that something was done, or was not needed here."""
    case = get_case(request.actor, Action.CASE_HEAR, public_id)
    if step not in Consideration.values:
        raise Http404
    telling = step == Consideration.TELL_PUPIL
    question = Question(
        title=_("Har eleven fått vite om saken?") if telling else str(Consideration(step).label),
        intro=_(
            "Eleven skal høre det av en voksen. Når det er gjort, ser eleven saken på sidene sine, med hva som skjer og hvem som hjelper."
        )
        if telling
        else _("Er det gjort, eller trengs det ikke i denne saken? Begge deler er greie svar."),
        button=_("Skriv inn"),
        back=reverse("cases:case-investigation", args=[case.public_id]),
        who=selectors.who_can_see(case),
    )

    def deed(sent: StepMarkForm) -> str:
        needed, on, text = sent.cleaned_data["was_needed"] == "ja", sent.cleaned_data["on"], sent.cleaned_data["text"]
        services.mark_step(by=request.actor, case=case, step=Consideration(step), was_needed=needed, on=on, text=text)
        return _("Skrevet inn.")

    return ask(request, case, StepMarkForm(request.POST or None, initial={"on": today(), "was_needed": "ja"}), question, deed)


@ask_and_answer
@requires(Action.CASE_NOTE_GOVERNOR)
def governor_note(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write that Statsforvalteren has taken the case up."""
    case = get_case(request.actor, Action.CASE_NOTE_GOVERNOR, public_id)
    question = Question(
        title=_("Statsforvalteren har tatt opp saken"),
        intro=_(
            "Da regnes saken som alvorlig, og skoleeieren får vite det. Skolen fortsetter som før: ingenting i saken skal "
            "vente på Statsforvalteren."
        ),
        button=_("Skriv inn, og si fra til skoleeieren"),
        back=overview_of(case),
        who=selectors.who_can_see(case),
    )

    def deed(sent: GovernorForm) -> str:
        services.note_governor(by=request.actor, case=case, **sent.cleaned_data)
        return _("Skrevet inn. Saken er merket som alvorlig, og skoleeieren har fått vite det.")

    return ask(request, case, GovernorForm(request.POST or None, initial={"known_on": today()}), question, deed)


@ask_and_answer
@requires(Action.CASE_NOTE_GOVERNOR)
def governor_deadline_set(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write in a day Statsforvalteren has set."""
    case = get_case(request.actor, Action.CASE_NOTE_GOVERNOR, public_id)
    question = Question(
        title=_("En frist fra Statsforvalteren"),
        intro=_("Skriv dagen som står i brevet. De som arbeider med saken, og de som leder skolen, blir minnet om den i god tid."),
        button=_("Skriv inn fristen"),
        back=overview_of(case),
        who=selectors.who_can_see(case),
    )

    def deed(sent: GovernorDeadlineForm) -> str:
        services.set_governor_deadline(by=request.actor, case=case, **sent.cleaned_data)
        return _("Fristen står i saken. Skolen fortsetter som før mens den løper.")

    return ask(request, case, GovernorDeadlineForm(request.POST or None), question, deed)


@ask_and_answer
@requires(Action.CASE_SEE)
def governor_deadline_answer(request: HttpRequest, public_id: str, deadline_id: str) -> HttpResponse:
    """Show what Statsforvalteren wants, and write that it is answered."""
    case = whole_case(request, Action.CASE_SEE, public_id)
    wanted = selectors.governor_deadline(case, deadline_id)
    if request.method == "POST":
        get_case(request.actor, Action.CASE_NOTE_GOVERNOR, public_id)
    question = Question(
        title=_("Svar til Statsforvalteren"),
        intro=_("Innen %(day)s vil Statsforvalteren ha: %(text)s") % {"day": long_day(wanted.due_on), "text": wanted.text},
        button=_("Skriv inn at vi har svart"),
        back=overview_of(case),
        who=selectors.who_can_see(case),
    )

    def deed(sent: GovernorAnswerForm) -> str:
        saw(request, Event.CASE_READ, case)  # what they want was opened to be asked about
        services.answer_governor(by=request.actor, case=case, wanted=wanted, answered_on=sent.cleaned_data["answered_on"])
        return _("Skrevet inn.")

    return ask(request, case, GovernorAnswerForm(request.POST or None, initial={"answered_on": today()}), question, deed)
