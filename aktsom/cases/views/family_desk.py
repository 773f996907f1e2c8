"""The family, as those who work with the case meet it: what they say, when they are asked, corrections and letters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aktsom.cases import selectors
from aktsom.cases.circle import told_guardians
from aktsom.cases.family_forms import CheckInForm, CorrectionAnswerForm, LetterForm, ReplyForm
from aktsom.cases.rules.family import CorrectionOutcome
from aktsom.cases.selectors import family_desk as desk
from aktsom.cases.selectors.offers import offers_for_letter
from aktsom.cases.services import family as deeds
from aktsom.cases.services import letters
from aktsom.cases.views.frame import Question, ask, ask_and_answer, frame
from aktsom.cases.views.room import whole_case
from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, may, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw
from aktsom.core.files.responses import sealed_response
from aktsom.core.timing.clock import today


@require_GET
@requires(Action.CASE_SEE)
def case_family(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what the family has said, and what waits for an answer."""
    case = whole_case(request, Action.CASE_SEE, public_id)
    saw(request, Event.CASE_READ, case)
    page = frame(request, case, "case-family") | desk.family_desk(request.actor, case)
    page["may_answer"] = may(request.actor, Action.CASE_ANSWER_FAMILY, case)
    return render(request, "cases/case_family.html", page)


@ask_and_answer
@requires(Action.CASE_HEAR)
def check_ins_set(request: HttpRequest, public_id: str) -> HttpResponse:
    """Set when the pupil is asked «er det bedre?»."""
    case = whole_case(request, Action.CASE_HEAR, public_id)
    form = CheckInForm(request.POST or None, initial={"first": today(), "every": "7", "times": 4})
    question = Question(
        title=_("Når spør vi hvordan det går?"),
        intro=_("Eleven og foresatte får spørsmålet «Hvordan er det nå?» på siden sin. Dagene som er satt fra før, byttes ut."),
        button=_("Sett dagene"),
        back=reverse("cases:case-family", args=[public_id]),
    )

    def deed(sent: CheckInForm) -> str:
        deeds.set_check_ins(by=request.actor, case=case, days=sent.days())
        return _("Dagene er satt.")

    return ask(request, case, form, question, deed)


@ask_and_answer
@requires(Action.CASE_ANSWER_FAMILY)
def correction_answer(request: HttpRequest, public_id: str, correction_id: str) -> HttpResponse:
    """Answer a wish to correct something."""
    case = whole_case(request, Action.CASE_ANSWER_FAMILY, public_id)
    wish = _found(desk.correction_of(case, correction_id))
    question = Question(
        title=_("Svar på ønsket om å rette"),
        intro=_("%(who)s skriver at dette er feil: «%(wrong)s»") % {"who": wish.person, "wrong": wish.wrong}
        + (_(" Dette er riktig: «%(right)s»") % {"right": wish.right} if wish.right else ""),
        button=_("Send svaret"),
        back=reverse("cases:case-family", args=[public_id]),
        who=[str(wish.person), *selectors.who_can_see(case)],
    )

    def deed(sent: CorrectionAnswerForm) -> str:
        wanted = sent.cleaned_data | {"outcome": CorrectionOutcome(sent.cleaned_data["outcome"])}
        deeds.answer_correction(by=request.actor, case=case, request=wish, **wanted)
        return _("Svaret er sendt.")

    return ask(request, case, CorrectionAnswerForm(request.POST or None), question, deed)


@ask_and_answer
@requires(Action.CASE_ANSWER_FAMILY)
def letter_make(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a letter on paper with an answer sheet."""
    case = whole_case(request, Action.CASE_ANSWER_FAMILY, public_id)
    people = [case.pupil, *told_guardians(case)]
    question = Question(
        title=_("Brev på papir"),
        intro=_("For den som ikke bruker nett. Brevet får et svarark med en kode. Koden leder det skannede svaret hit."),
        button=_("Lag brevet"),
        back=reverse("cases:case-family", args=[public_id]),
        offers=offers_for_letter(request.actor, case),
        note=_("Eleven har beskyttet adresse. Gi brevet i hånden, og skriv ingenting om hvor eleven bor eller er.")
        if case.pupil.protected_address
        else "",
    )

    def deed(sent: LetterForm) -> str:
        letters.make_letter(by=request.actor, case=case, person=sent.chosen(), text=sent.cleaned_data["text"])
        return _("Brevet er laget. Skriv det ut herfra.")

    return ask(request, case, LetterForm(request.POST or None, people=people), question, deed)


@require_GET
@requires(Action.CASE_ANSWER_FAMILY)
def letter_fetch(request: HttpRequest, public_id: str, letter_id: str) -> HttpResponse:
    """Give the letter as a PDF."""
    case = whole_case(request, Action.CASE_ANSWER_FAMILY, public_id)
    letter = _found(desk.letter_of(case, letter_id))
    saw(request, Event.CASE_LETTER_READ, letter)
    return sealed_response(desk.stored_content(letter), media_type="application/pdf", name=f"brev-{letter.public_id}.pdf")


@require_GET
@requires(Action.CASE_ANSWER_FAMILY)
def reply_fetch(request: HttpRequest, public_id: str, reply_id: str) -> HttpResponse:
    """Give a scanned answer, always as a file to be saved: a PDF from outside is never opened in the page."""
    case = whole_case(request, Action.CASE_ANSWER_FAMILY, public_id)
    reply = _found(desk.reply_of(case, reply_id))
    saw(request, Event.CASE_LETTER_REPLY_READ, reply)
    name = f"svar-{reply.public_id}.{'pdf' if reply.media_type == 'application/pdf' else 'jpg'}"
    return sealed_response(desk.stored_content(reply), media_type=reply.media_type, name=name, as_download=True)


@ask_and_answer
@requires(Action.LETTER_REPLY_KEEP)
def reply_keep(request: HttpRequest) -> HttpResponse:
    """Lay a scanned answer in the right case by its code. The page says nothing of the case."""
    initial = {"code": request.GET.get("kode", ""), "received_on": today()}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ReplyForm(*sent, initial=initial)
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            letters.keep_reply(by=request.actor, code=cleaned["code"], upload=cleaned["scan"], received_on=cleaned["received_on"])
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(
                request, _("Svaret ligger i rett sak. De som arbeider med den, har fått et varsel. Makuler arket etter rutinen deres.")
            )
            return redirect("cases:reply-keep")
    return render(request, "cases/reply_keep.html", {"form": form}, status=422 if form.errors else 200)


def _found(record: Any) -> Any:
    if record is None:
        raise Http404
    return record
