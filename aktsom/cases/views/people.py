"""Forms about who works with the case and who is shut out, and the two that end it or open it again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aktsom.cases import selectors, services
from aktsom.cases.access import get_case, parts_visible_to
from aktsom.cases.forms import CloseForm, HandlerForm, HelperForm, ReopenForm
from aktsom.cases.help_forms import LongerForm
from aktsom.cases.rules import ClosingReason
from aktsom.cases.rules.closing import ClosingObstacle
from aktsom.cases.views.frame import Question, ask, ask_and_answer
from aktsom.core.access.actions import Action
from aktsom.core.access.door import requires
from aktsom.core.ui.forms import PlainForm
from aktsom.core.ui.shapes import Obstacle

MET_BY_EVALUATING = {
    ClosingObstacle.NOT_ASKED,
    ClosingObstacle.NOT_SAFE,
    ClosingObstacle.ANSWER_BEFORE_CHANGE,
    ClosingObstacle.NO_FINAL_EVALUATION,
    ClosingObstacle.MEASURES_OPEN,
}


def people_of(case: Any) -> str:
    """Return the address of the tab."""
    return reverse("cases:case-people", args=[case.public_id])


@ask_and_answer
@requires(Action.CASE_APPOINT)
def handler_appoint(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let somebody work with the case."""
    case = get_case(request.actor, Action.CASE_APPOINT, public_id)
    chosen = selectors.trusted_adults(list(parts_visible_to(request.actor, case)))
    wish = ", ".join(str(part.trusted_adult) for part in chosen if part.trusted_adult)
    question = Question(
        title=_("Hvem skal arbeide med saken?"),
        intro=_("Eleven vil helst snakke med %(name)s. Det valget står, uansett hvem du velger her.") % {"name": wish} if wish else "",
        button=_("Gi oppgaven"),
        back=people_of(case),
    )

    def deed(sent: HandlerForm) -> str:
        services.appoint_handler(by=request.actor, case=case, person=sent.chosen())
        return _("%(name)s arbeider med saken nå, og får varsel.") % {"name": sent.chosen()}

    return ask(request, case, HandlerForm(request.POST or None, people=selectors.people_at_work(case)), question, deed)


@ask_and_answer
@requires(Action.CASE_APPOINT)
def helper_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let somebody help with one part for a time."""
    case = get_case(request.actor, Action.CASE_APPOINT, public_id)
    parts = list(parts_visible_to(request.actor, case))
    form = HelperForm(request.POST or None, people=selectors.people_at_work(case), parts=parts)
    question = Question(
        title=_("Be noen hjelpe til"),
        intro=_("Den som hjelper, ser bare den delen du velger, og bare til og med den siste dagen."),
        button=_("Be om hjelp"),
        back=people_of(case),
    )

    def deed(sent: HelperForm) -> str:
        wanted = {key: sent.cleaned_data[key] for key in ("reason", "valid_until")}
        services.add_helper(by=request.actor, case=case, person=sent.chosen(), part=sent.chosen_part(), **wanted)
        return _("%(name)s kan hjelpe til nå, og får varsel.") % {"name": sent.chosen()}

    return ask(request, case, form, question, deed)


@ask_and_answer
@requires(Action.CASE_EXCLUDE)
def person_exclude(request: HttpRequest, public_id: str) -> HttpResponse:
    """Shut somebody out of the case."""
    case = get_case(request.actor, Action.CASE_EXCLUDE, public_id)
    question = Question(
        title=_("Steng noen ute fra saken"),
        intro=_("Bruk dette når noen er for nær eleven eller saken. Personen ser den ikke igjen, uansett hvilken rolle hun eller han har."),
        button=_("Steng ute"),
        back=people_of(case),
    )

    def deed(sent: HandlerForm) -> str:
        services.exclude_person(by=request.actor, case=case, person=sent.chosen())
        return _("%(name)s er stengt ute fra saken.") % {"name": sent.chosen()}

    return ask(request, case, HandlerForm(request.POST or None, people=selectors.people_at_work(case)), question, deed)


@ask_and_answer
@requires(Action.CASE_EXCLUDE)
def name_clear(request: HttpRequest, public_id: str, row_id: str) -> HttpResponse:
    """Say that a name in the report does not mean somebody, so that she is no longer shut out."""
    case = get_case(request.actor, Action.CASE_EXCLUDE, public_id)
    row = selectors.doubt_about(case, row_id)
    question = Question(
        title=_("Gjelder meldingen en annen enn %(name)s?") % {"name": row.person},
        intro=_(
            "Meldingen kan gjelde %(name)s, som derfor er stengt ute av saken, planen og meldingen. Er du sikker på at den gjelder en"
            " annen, kan du åpne igjen. Det står i loggen at du har gjort det."
        )
        % {"name": row.person},
        button=_("Meldingen gjelder en annen"),
        back=people_of(case),
    )

    def deed(_sent: PlainForm) -> str:
        services.clear_of_name(by=request.actor, case=case, person=row.person)
        return _("%(name)s er ikke lenger stengt ute. Skal %(name)s arbeide med saken, må du gi oppgaven på nytt.") % {"name": row.person}

    return ask(request, case, PlainForm(request.POST if request.method == "POST" else None), question, deed)


@ask_and_answer
@requires(Action.CASE_APPOINT)
def help_extend(request: HttpRequest, public_id: str, worker_id: str) -> HttpResponse:
    """Let somebody help for longer."""
    case = get_case(request.actor, Action.CASE_APPOINT, public_id)
    log = selectors.work_log(request.actor, case, list(parts_visible_to(request.actor, case)))
    worker = next((row for row in log.current if row.public_id == worker_id and row.part_id is not None), None)
    if worker is None:
        raise Http404
    question = Question(
        title=_("La %(name)s hjelpe lenger") % {"name": worker.person}, button=_("Forleng"), back=people_of(case), intro=worker.reason
    )

    def deed(sent: LongerForm) -> str:
        services.extend_help(by=request.actor, case=case, worker=worker, **sent.cleaned_data)
        return _("%(name)s kan hjelpe lenger.") % {"name": worker.person}

    return ask(request, case, LongerForm(request.POST or None), question, deed)


@require_POST
@requires(Action.CASE_APPOINT)
def work_end(request: HttpRequest, public_id: str, worker_id: str) -> HttpResponse:
    """End somebody's work with the case."""
    case = get_case(request.actor, Action.CASE_APPOINT, public_id)
    log = selectors.work_log(request.actor, case, list(parts_visible_to(request.actor, case)))
    worker = next((row for row in log.current if row.public_id == worker_id), None)
    if worker is None:
        raise Http404
    services.end_work(by=request.actor, case=case, worker=worker)
    messages.success(request, _("%(name)s arbeider ikke med saken lenger.") % {"name": worker.person})
    return redirect(people_of(case))


@ask_and_answer
@requires(Action.CASE_CLOSE)
def case_close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Close the case; the page says what is missing."""
    case = get_case(request.actor, Action.CASE_CLOSE, public_id)
    standing = selectors.case_standing(request.actor, case)
    evaluate = reverse("measures:plan-evaluate", args=[standing.plan.public_id]) if standing.plan else ""
    missing = [
        Obstacle(text=str(code.label), url=evaluate if code in MET_BY_EVALUATING else "", action=_("Skriv evalueringen"))
        for code in standing.closing
    ]
    question = Question(
        title=_("Avslutt saken"),
        intro=_("Saken kan avsluttes når eleven selv sier at det er trygt og godt, eller når eleven ikke går på skolen lenger."),
        button=_("Avslutt saken"),
        back=reverse("cases:case-detail", args=[case.public_id]),
        obstacles=missing,
        note=_("Ingen har skrevet inn at alle tiltakene er gjort, og de er ikke vurdert. Se på dem før du avslutter.")
        if standing.facts.unsettled and not missing
        else "",
    )

    def deed(sent: CloseForm) -> str:
        wanted = sent.cleaned_data | {"reason": ClosingReason(sent.cleaned_data["reason"])}
        services.close_case(by=request.actor, case=case, **wanted)
        return _("Saken er avsluttet. Den kan åpnes igjen med alt som står i den.")

    return ask(request, case, CloseForm(request.POST or None, is_from_today=standing.is_from_today), question, deed)


@ask_and_answer
@requires(Action.CASE_REOPEN)
def case_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open the case again with everything it held."""
    case = get_case(request.actor, Action.CASE_REOPEN, public_id)
    question = Question(
        title=_("Åpne saken igjen"),
        intro=_("Alt som står i saken, er der. Planen tas opp igjen, og eleven får være med og si hva som trengs."),
        button=_("Åpne saken igjen"),
        back=reverse("cases:case-detail", args=[case.public_id]),
        who=selectors.who_can_see(case),
    )

    def deed(sent: ReopenForm) -> str:
        services.reopen_case(by=request.actor, case=case, note=sent.cleaned_data["note"])
        return _("Saken er åpen igjen.")

    return ask(request, case, ReopenForm(request.POST or None), question, deed)
