"""Talks in the case room: what to think of, when and with whom, minutes and agreements, and the school's own prompts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aktsom.cases import selectors
from aktsom.cases.access import get_case, get_part, sees_whole_case
from aktsom.cases.conversation_forms import (
    AgreementForm,
    CallOffForm,
    MinutesForm,
    PromptsForm,
    ReleaseForm,
    SettleForm,
    TalkForm,
    UrgentForm,
)
from aktsom.cases.rules.conversations import AgreementOutcome, ConversationKind, ConversationState, kinds_of
from aktsom.cases.rules.prompts import built_in
from aktsom.cases.rules.states import PartKind
from aktsom.cases.selectors import conversations as talks
from aktsom.cases.selectors.continuity import questions_in
from aktsom.cases.services import conversations as services
from aktsom.cases.services.conversations import ConversationPlan
from aktsom.cases.services.urgent import start_urgent_measures
from aktsom.cases.views.frame import Question, ask, ask_and_answer
from aktsom.core.access.actions import Action
from aktsom.core.access.door import may, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw
from aktsom.core.timing.clock import today
from aktsom.core.ui.editing import editing
from aktsom.schools.access import get_school


def talks_of(case: Any) -> str:
    """Return the address of the tab."""
    return reverse("cases:talk-list", args=[case.public_id])


@require_GET
@requires(Action.CASE_SEE)
def talk_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the talks and agreements of each part inside the walls, and the days somebody is asked again."""
    case = get_case(request.actor, Action.CASE_SEE, public_id)
    saw(request, Event.CASE_READ, case)
    page = {"case": case, "parts": talks.talks_of(request.actor, case), "may_hear": may(request.actor, Action.CASE_HEAR, case)}
    whole = sees_whole_case(request.actor, case)
    page["questions"] = [row for row in questions_in(request.actor, case) if whole or row.part_id is not None]
    page["back"] = reverse("cases:case-voice" if whole else "cases:case-detail", args=[case.public_id])
    return render(request, "cases/talk_list.html", page)


@require_GET
@requires(Action.CASE_SEE)
def talk_detail(request: HttpRequest, public_id: str, talk_id: str) -> HttpResponse:
    """Show one talk: what to think of before, during and after, and what was said. Made for the phone and for paper."""
    case = get_case(request.actor, Action.CASE_SEE, public_id)
    talk = talks.get_talk(request.actor, case, talk_id)
    saw(request, Event.CASE_READ, case)
    page = {
        "case": case,
        "talk": talk,
        "guests": talks.guests_of(talk),
        "prompts": talks.prompts_for(case.school_id, talk.kind),
        "is_planned": talk.state == ConversationState.PLANNED,
        "is_held": talk.state == ConversationState.HELD,
        "may_hear": may(request.actor, Action.CASE_HEAR, case),
        "may_start": talk.part.kind == PartKind.PUPIL and may(request.actor, Action.ACTION_PLAN_WRITE, case),
        "may_release": may(request.actor, Action.CASE_RELEASE_MINUTES, case),
        "who": selectors.who_can_see(case, talk.part),
    }
    return render(request, "cases/talk_detail.html", page)


@ask_and_answer
@requires(Action.CASE_HEAR)
def talk_plan(request: HttpRequest, public_id: str, part_id: str) -> HttpResponse:
    """Plan a talk with the pupil of a part, or with that pupil's guardians."""
    case = get_case(request.actor, Action.CASE_HEAR, public_id)
    part = get_part(request.actor, case, part_id)
    kinds = [(kind.value, str(kind.label)) for kind in kinds_of(part.kind)]
    two_homes = talks.lives_in_two_homes(part)
    form = TalkForm(
        request.POST or None,
        kinds=kinds,
        people=talks.possible_guests(part, case),
        has_room=part.kind == PartKind.PUPIL,
        initial={"held_on": today(), "kind": request.GET.get("slag", "")},
    )
    question = Question(
        title=_("Avtal en samtale"),
        intro=_("Samtalen ligger i delen til %(name)s. Snakk med én elev om gangen, og én familie om gangen.") % {"name": part.person},
        button=_("Avtal samtalen"),
        back=talks_of(case),
        note=_("Foresatte bor hver for seg. Avtal en egen samtale med hver av dem, og si ikke hvor den andre bor.") if two_homes else "",
        who=selectors.who_can_see(case, part),
    )

    def deed(sent: TalkForm) -> str:
        wanted = {key: sent.cleaned_data[key] for key in ("held_on", "held_at", "place", "with_whom", "barriers", "wished_by")}
        draft = ConversationPlan(kind=ConversationKind(sent.cleaned_data["kind"]), guests=sent.chosen(), **wanted)
        services.plan_conversation(by=request.actor, case=case, part=part, draft=draft)
        return _("Samtalen er avtalt. Åpne den for å se hva dere kan tenke på.")

    return ask(request, case, form, question, deed)


@ask_and_answer
@requires(Action.CASE_HEAR)
def talk_write(request: HttpRequest, public_id: str, talk_id: str) -> HttpResponse:
    """Write what was said. Every prompt can be left empty."""
    case = get_case(request.actor, Action.CASE_HEAR, public_id)
    talk = talks.get_talk(request.actor, case, talk_id)
    written = {"minutes": talk.minutes, "next_on": talk.next_on, "held_on": min(talk.held_on, today())}
    edit = editing(request, written, texts=("minutes",), by=talk.written_by if talk.minutes else None, at=talk.written_at)
    prompts = [*talks.prompts_for(case.school_id, talk.kind).during, *(talk.answers or {})]
    form = MinutesForm(edit.sent, prompts=list(dict.fromkeys(prompts)), answers=talk.answers, initial=written)
    question = Question(
        title=_("Skriv inn samtalen"),
        intro=_("Spørsmålene er til hjelp. Du kan hoppe over alle. Noen ord om hva dere snakket om, er nok."),
        button=_("Lagre samtalen"),
        back=reverse("cases:talk-detail", args=[case.public_id, talk.public_id]),
        who=selectors.who_can_see(case, talk.part),
        edit=edit,
    )

    def deed(sent: MinutesForm) -> str:
        wanted = {key: sent.cleaned_data[key] for key in ("held_on", "minutes", "next_on")}
        services.write_minutes(by=request.actor, case=case, talk=talk, answers=sent.answers(), **wanted)
        return _("Samtalen er skrevet inn.")

    return ask(request, case, form, question, deed)


@ask_and_answer
@requires(Action.CASE_HEAR)
def talk_call_off(request: HttpRequest, public_id: str, talk_id: str) -> HttpResponse:
    """Write that the talk came to nothing."""
    case = get_case(request.actor, Action.CASE_HEAR, public_id)
    talk = talks.get_talk(request.actor, case, talk_id)
    question = Question(
        title=_("Samtalen ble ikke noe av"),
        button=_("Skriv det inn"),
        back=talks_of(case),
        who=selectors.who_can_see(case, talk.part),
    )

    def deed(sent: CallOffForm) -> str:
        services.call_off(by=request.actor, case=case, talk=talk, why=sent.cleaned_data["why"])
        return _("Skrevet inn. Avtal gjerne en ny dag.")

    return ask(request, case, CallOffForm(request.POST or None), question, deed)


@ask_and_answer
@requires(Action.CASE_RELEASE_MINUTES)
def minutes_release(request: HttpRequest, public_id: str, talk_id: str) -> HttpResponse:
    """Let the minutes out to those who were in the talk, after looking for names of others."""
    case = get_case(request.actor, Action.CASE_RELEASE_MINUTES, public_id)
    talk = talks.get_talk(request.actor, case, talk_id)
    names = talks.names_in_minutes(request.actor, case, talk)
    found = _("Det kan stå navn på andre her: %(names)s. Rett referatet, eller skriv hvorfor det kan gis ut.") % {"names": ", ".join(names)}
    question = Question(
        title=_("Gi ut referatet"),
        intro=_("Les gjennom hele referatet først. %(then)s") % {"then": _then(talk, talks.readers_of_minutes(case, talk))},
        button=_("Gi ut referatet"),
        back=reverse("cases:talk-detail", args=[case.public_id, talk.public_id]),
        note=found if names else "",
        words=talk.minutes,
    )

    def deed(sent: ReleaseForm) -> str:
        services.release_minutes(by=request.actor, case=case, talk=talk, names=names, reason=sent.cleaned_data.get("reason", ""))
        return _("Referatet er gitt ut.")

    return ask(request, case, ReleaseForm(request.POST or None, has_names=bool(names)), question, deed)


def _then(talk: Any, readers: list[str]) -> str:
    """Return who reads the minutes when they are let out, by name, or how they reach somebody who has no pages here."""
    if talk.part.kind != PartKind.PUPIL:
        return _("De som var med, har ingen egne sider i saken. Gi dem referatet på papir.")
    if not readers:
        return _("Ingen i familien er krysset av som med i samtalen, så ingen av dem kan lese det her. Gi det på papir.")
    return _("Etterpå kan disse lese det: %(names)s.") % {"names": ", ".join(readers)}


@ask_and_answer
@requires(Action.ACTION_PLAN_WRITE)
def urgent_start(request: HttpRequest, public_id: str, talk_id: str) -> HttpResponse:
    """Put measures in place straight from the talk (TAL-02)."""
    case = get_case(request.actor, Action.ACTION_PLAN_WRITE, public_id)
    talk = talks.get_talk(request.actor, case, talk_id)
    question = Question(
        title=_("Sett inn tiltak med en gang"),
        intro=_("Tiltakene gjelder fra nå og venter ikke på planen. Avtal dem gjerne med eleven først."),
        button=_("Sett inn tiltakene"),
        back=reverse("cases:talk-detail", args=[case.public_id, talk.public_id]),
        who=selectors.who_can_see(case, talk.part),
    )

    def deed(sent: UrgentForm) -> str:
        start_urgent_measures(
            by=request.actor, case=case, talk=talk, wanted=sent.wanted(), person=sent.chosen(), names_pupil=sent.cleaned_data["names_pupil"]
        )
        return _("Tiltakene gjelder fra nå. De står i planen, og den som skal gjøre dem, har fått vite det.")

    people = selectors.people_at_work(case)
    mine = next((person.public_id for person in people if person.pk == request.actor.own_id), "")
    return ask(request, case, UrgentForm(request.POST or None, people=people, initial={"person": mine}), question, deed)


@ask_and_answer
@requires(Action.CASE_HEAR)
def agreement_make(request: HttpRequest, public_id: str, part_id: str) -> HttpResponse:
    """Write what somebody agreed to."""
    case = get_case(request.actor, Action.CASE_HEAR, public_id)
    part = get_part(request.actor, case, part_id)
    involved = part.kind == PartKind.INVOLVED_PUPIL
    help_too = _("Også andre elever i saken kan trenge egen oppfølging. Skriv hva dere gjør, og hvem som gjør det.")
    intro = _("Avtalen ligger i delen til %(name)s. Bestem en dag dere ser på den sammen.") % {"name": part.person}
    question = Question(
        title=_("Avtal egen oppfølging") if involved else _("Skriv inn en avtale"),
        intro=f"{help_too} {intro}" if involved else intro,
        button=_("Lagre avtalen"),
        back=talks_of(case),
        who=selectors.who_can_see(case, part),
    )

    def deed(sent: AgreementForm) -> str:
        services.make_agreement(by=request.actor, case=case, part=part, **sent.cleaned_data)
        return _("Avtalen er lagret. Den kommer på «I dag» når dagen er der.")

    return ask(request, case, AgreementForm(request.POST or None, people=talks.followers(request.actor, part)), question, deed)


@ask_and_answer
@requires(Action.CASE_HEAR)
def agreement_settle(request: HttpRequest, public_id: str, agreement_id: str) -> HttpResponse:
    """Write how an agreement went. A broken one leads to a new talk."""
    case = get_case(request.actor, Action.CASE_HEAR, public_id)
    agreement = talks.get_agreement(request.actor, case, agreement_id)
    again = reverse("cases:talk-plan", args=[case.public_id, agreement.part.public_id])
    asked = request.POST.get("outcome") in {AgreementOutcome.BROKEN, AgreementOutcome.CHANGED}
    question = Question(
        title=_("Hvordan har det gått med avtalen?"),
        intro=agreement.text,
        button=_("Skriv det inn"),
        back=again if asked else talks_of(case),
        who=selectors.who_can_see(case, agreement.part),
    )

    def deed(sent: SettleForm) -> str:
        outcome = AgreementOutcome(sent.cleaned_data["outcome"])
        services.settle_agreement(by=request.actor, case=case, agreement=agreement, outcome=outcome, text=sent.cleaned_data["text"])
        if outcome == AgreementOutcome.KEPT:
            return _("Skrevet inn.")
        return _("Skrevet inn. Avtal en ny samtale her, og se om planen trenger et annet tiltak.")

    return ask(request, case, SettleForm(request.POST or None), question, deed)


@require_GET
@requires(Action.PROMPTS_WRITE)
def prompt_list(request: HttpRequest, school_id: str) -> HttpResponse:
    """Show the prompts of every kind of talk at the school, and whose they are."""
    school = get_school(request.actor, Action.PROMPTS_WRITE, school_id)
    return render(request, "cases/prompt_list.html", {"school": school, "kinds": talks.school_prompts(school.pk)})


@ask_and_answer
@requires(Action.PROMPTS_WRITE)
def prompts_write(request: HttpRequest, school_id: str, kind: str) -> HttpResponse:
    """Let the school write its own prompts, or take Aktsom's back by emptying all."""
    school = get_school(request.actor, Action.PROMPTS_WRITE, school_id)
    back = reverse("cases:prompt-list", args=[school.public_id])
    if kind not in ConversationKind.values:
        return redirect(back)
    lists = talks.prompts_for(school.pk, kind)
    stands = {name: "\n".join(getattr(lists, name)) for name in ("before", "during", "after")}
    edit = editing(request, stands, texts=tuple(stands))
    form = PromptsForm(edit.sent, initial=stands)
    if request.method == "POST" and form.is_valid() and edit.may_save(form):
        services.write_prompts(by=request.actor, school=school, kind=ConversationKind(kind), **form.cleaned_data)
        messages.success(request, _("Lagret. Det gjelder samtalene fra nå av."))
        return redirect(back)
    page = {
        "school": school,
        "kind": ConversationKind(kind),
        "form": form,
        "edit": edit,
        "back": back,
        "is_own": lists.is_own,
        "suggested": built_in(kind).as_texts(),
    }
    return render(request, "cases/prompts_write.html", page, status=edit.status(form))
