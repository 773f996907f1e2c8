"""The family's room: where the case stands, how it is, the adult one trusts, what is wrong, who has read, the rights."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aktsom.cases.access import get_case, get_exchange, is_family
from aktsom.cases.family_forms import CorrectionAskForm, ExchangeForm, HowIsItForm, OwnExchangeForm, ToAdultForm
from aktsom.cases.rules.family import CorrectionTarget
from aktsom.cases.selectors import family, family_readers
from aktsom.cases.services import family as deeds
from aktsom.cases.views.frame import ask_and_answer, draft_key
from aktsom.core.access.actions import Action
from aktsom.core.access.door import OutOfReach, Refused, requires
from aktsom.core.accounts import drafts
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw
from aktsom.measures.rules import PupilAnswer


def own(request: HttpRequest, action: Action, public_id: str) -> Any:
    """Return the case for somebody in the family; whoever meets it through work has another room."""
    case = get_case(request.actor, action, public_id)
    if not is_family(request.actor, case):
        raise OutOfReach(type(case)._meta.label, public_id)
    return case


@require_GET
@requires(Action.CASE_SEE_OWN)
def own_case(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show where the case stands, in plain words, with everything one can do."""
    case = own(request, Action.CASE_SEE_OWN, public_id)
    saw(request, Event.CASE_READ, case)
    return render(request, "cases/own_case.html", family.own_case_page(request.actor, case))


@require_GET
@requires(Action.CASE_SEE_OWN)
def own_rights(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the rights as they stand for this pupil today."""
    case = own(request, Action.CASE_SEE_OWN, public_id)
    saw(request, Event.CASE_READ, case)
    return render(request, "cases/own_rights.html", family.own_rights(request.actor, case))


@require_GET
@requires(Action.CASE_SEE_OWN)
def own_papers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what one has been given in writing, and what one wants corrected."""
    case = own(request, Action.CASE_SEE_OWN, public_id)
    saw(request, Event.CASE_READ, case)
    return render(request, "cases/own_papers.html", family.own_papers(request.actor, case))


@require_GET
@requires(Action.CASE_SEE_OWN)
def own_readers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who at work has read the case."""
    case = own(request, Action.CASE_SEE_OWN, public_id)
    saw(request, Event.CASE_READERS_SEEN, case)
    page = family.own_frame(request.actor, case) | {"readers": family_readers.own_readers(request.actor, case)}
    return render(request, "cases/own_readers.html", page)


@ask_and_answer
@requires(Action.CASE_SAY_OWN)
def how_is_it(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask how it is now; one tap is enough."""
    case = own(request, Action.CASE_SAY_OWN, public_id)
    form = HowIsItForm(request.POST or None)

    def deed() -> str:
        answer = PupilAnswer(form.cleaned_data["answer"])
        deeds.say_how_it_is(by=request.actor, case=case, answer=answer, words=form.cleaned_data["words"])
        return _("Takk for at du svarte. De som arbeider med saken, kan lese det.")

    page = {"title": _("Hvordan er det nå?"), "button": _("Send svaret"), "who": reads_answers(request, case)}
    return answered(request, case, form, page, deed)


def reads_answers(request: HttpRequest, case: Any) -> list[str]:
    """Return who reads what somebody in the family writes: never anybody else in the family."""
    place = _("Skoleeiers saksbehandler") if case.is_withheld else _("Rektor og stedfortreder")
    return [_("Du"), _("De som arbeider med saken"), place]


@ask_and_answer
@requires(Action.CASE_SAY_OWN)
def adult_write(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write to an adult one trusts."""
    case = own(request, Action.CASE_SAY_OWN, public_id)
    people = family.adults_for(request.actor, case)
    form = ToAdultForm(request.POST or None, people=people, initial={"person": people[0].public_id if len(people) == 1 else ""})

    def deed() -> str:
        deeds.write_to_adult(
            by=request.actor,
            case=case,
            adult=form.chosen(),
            text=form.cleaned_data["text"],
            for_handlers=form.cleaned_data["for_handlers"],
        )
        return _("Sendt. Du får et varsel når du får svar.")

    page = {
        "title": _("Skriv til en voksen"),
        "button": _("Send meldingen"),
        "promise": True,
        "nobody": _("Ingen kan svare her akkurat nå. Si fra til en voksen på skolen.") if not people else "",
    }
    return answered(request, case, form, page, deed)


@ask_and_answer
@requires(Action.EXCHANGE_SEE)
def exchange_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what the two have written, and let either write more."""
    exchange = get_exchange(request.actor, Action.EXCHANGE_SEE, public_id)
    is_family_side = request.actor.own_id == exchange.person_id
    form = (OwnExchangeForm if is_family_side else ExchangeForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deeds.write_in_exchange(by=request.actor, exchange=exchange, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            drafts.drop(request.user, draft_key(request))
            messages.success(request, _("Sendt."))
            return redirect("cases:exchange-detail", public_id=public_id)
    saw(request, Event.EXCHANGE_READ, exchange)
    form.initial |= drafts.initial_for(request.user, draft_key(request))
    page = {
        "exchange": exchange,
        "lines": family.exchange_lines(request.actor, exchange),
        "form": form,
        "is_family_side": is_family_side,
        "other": exchange.adult if is_family_side else exchange.person,
        "draft_url": draft_url(request),
    }
    return render(request, "cases/exchange.html", page, status=422 if form.errors else 200)


@ask_and_answer
@requires(Action.CASE_SAY_OWN)
def correction_ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that something written is wrong."""
    case = own(request, Action.CASE_SAY_OWN, public_id)
    initial = {"target": request.GET.get("hva", "")}
    form = CorrectionAskForm(request.POST or None, initial=initial)

    def deed() -> str:
        wanted = form.cleaned_data | {"target": CorrectionTarget(form.cleaned_data["target"])}
        target_ref = request.GET.get("id", "")[:12]
        deeds.ask_for_correction(by=request.actor, case=case, target_ref=target_ref, **wanted)
        return _("Sendt. Skolen skal svare innen en måned. Svaret kommer under «Papirer og referater».")

    page = {"title": _("Noe som står, er feil"), "button": _("Be om at det rettes"), "who": reads_answers(request, case)}
    return answered(request, case, form, page, deed)


def draft_url(request: HttpRequest) -> str:
    """Return where the page keeps what is typed."""
    return f"{reverse('accounts:draft-keep')}?form={draft_key(request)}"


def answered(request: HttpRequest, case: Any, form: Any, page: dict[str, Any], deed: Any) -> HttpResponse:
    """Show the form; when it is sent and nothing is missing, do the deed and go home with its words."""
    key = draft_key(request)
    if request.method == "POST" and form.is_valid():
        try:
            words = deed()
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            drafts.drop(request.user, key)
            messages.success(request, words)
            return redirect("cases:own-case", public_id=case.public_id)
    saw(request, Event.CASE_READ, case)
    form.initial |= drafts.initial_for(request.user, key)
    shown = family.own_frame(request.actor, case) | page | {"form": form, "draft_url": draft_url(request)}
    return render(request, "cases/own_write.html", shown, status=422 if form.errors else 200)
