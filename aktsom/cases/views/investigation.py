"""Forms of the investigation: notes, corrections, analysis, findings, postponement, other people's parts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aktsom.cases import selectors, services
from aktsom.cases.access import get_case, get_part
from aktsom.cases.forms import AnalysisForm, CorrectionForm, FindingForm, NoteForm, PartForm, PostponementForm, today_initial
from aktsom.cases.rules import NoteKind, PartKind
from aktsom.cases.selectors.offers import offers_for_analysis, offers_for_finding, offers_for_note
from aktsom.cases.services.investigation import NoteDraft
from aktsom.cases.views.frame import Question, ask, ask_and_answer, draft_key
from aktsom.core.access.actions import Action
from aktsom.core.access.door import requires
from aktsom.core.accounts import drafts
from aktsom.core.timing.clock import today
from aktsom.core.ui.editing import editing
from aktsom.people.selectors import pupil_choices, staff_choices


def investigation_of(case: Any) -> str:
    """Return the address of the tab."""
    return reverse("cases:case-investigation", args=[case.public_id])


@ask_and_answer
@requires(Action.CASE_INVESTIGATE)
def note_add(request: HttpRequest, public_id: str, part_id: str) -> HttpResponse:
    """Write one thing that was found out."""
    case = get_case(request.actor, Action.CASE_INVESTIGATE, public_id)
    part = get_part(request.actor, case, part_id)
    form = NoteForm(request.POST or None, initial=today_initial(today()) | {"kind": NoteKind.CONVERSATION})
    question = Question(
        title=_("Skriv inn det du fant ut"),
        intro=_("Det du skriver her, ligger i delen til %(name)s.") % {"name": part.person},
        button=_("Lagre i undersøkelsen"),
        back=investigation_of(case),
        about=part.person,
        who=selectors.who_can_see(case, part),
        offers=offers_for_note(request.actor, case, part),
    )

    def deed(sent: NoteForm) -> str:
        services.add_note(by=request.actor, case=case, part=part, draft=draft_of(sent))
        return _("Lagret i undersøkelsen.")

    return ask(request, case, form, question, deed)


@ask_and_answer
@requires(Action.CASE_INVESTIGATE)
def note_correct(request: HttpRequest, public_id: str, note_id: str) -> HttpResponse:
    """Write a note anew, and keep the first."""
    case = get_case(request.actor, Action.CASE_INVESTIGATE, public_id)
    note = selectors.note_in(request.actor, case, note_id)
    if note is None:
        raise Http404
    kept = drafts.initial_for(request.user, draft_key(request))
    edit = editing(request, initial_of(note), texts=NOTE_TEXTS, by=note.written_by, at=note.written_at, kept=kept)
    form = CorrectionForm(edit.sent, initial=initial_of(note))
    question = Question(
        title=_("Rett det som er skrevet"),
        intro=_("Den første teksten blir tatt vare på, med hvem som endret og hvorfor."),
        button=_("Lagre rettelsen"),
        edit=edit,
        about=note.part.person,
        back=investigation_of(case),
        who=selectors.who_can_see(case, note.part),
    )

    def deed(sent: CorrectionForm) -> str:
        services.correct_note(by=request.actor, case=case, note=note, draft=draft_of(sent), reason=sent.cleaned_data["reason"])
        return _("Rettelsen er lagret. Den første teksten er tatt vare på.")

    return ask(request, case, form, question, deed)


def draft_of(form: NoteForm) -> NoteDraft:
    """Return what the form says."""
    wanted = {key: form.cleaned_data[key] for key in ("text", "source", "pupils_words")}
    has_time = form.cleaned_data["happened_at"] is not None
    return NoteDraft(kind=NoteKind(form.cleaned_data["kind"]), happened_at=form.moment(), has_time=has_time, **wanted)


def initial_of(note: Any) -> dict[str, Any]:
    """Return the note as the form shows it."""
    moment = timezone.localtime(note.happened_at)
    same = {key: getattr(note, key) for key in ("kind", "text", "source", "pupils_words")}
    return same | {"happened_on": moment.date(), "happened_at": f"{moment:%H:%M}" if note.has_time else ""}


NOTE_TEXTS = ("text", "source", "pupils_words")


@ask_and_answer
@requires(Action.CASE_HEAR)
def analysis_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write one's own view of what the investigation shows."""
    case = get_case(request.actor, Action.CASE_HEAR, public_id)
    question = Question(
        title=_("Hva viser undersøkelsen?"),
        intro=_("Skriv det du ser. Andre kan skrive sitt, og ingen skriver over hverandre. Dere kan alltid finne ut mer etterpå."),
        button=_("Lagre hva jeg ser"),
        back=investigation_of(case),
        who=selectors.who_can_see(case),
        offers=offers_for_analysis(request.actor, case),
    )

    def deed(sent: AnalysisForm) -> str:
        services.add_analysis(by=request.actor, case=case, **sent.cleaned_data)
        return _("Lagret. Skriv gjerne funnene som tiltakene skal svare på.")

    return ask(request, case, AnalysisForm(request.POST or None), question, deed)


@ask_and_answer
@requires(Action.ACTION_PLAN_WRITE)
def finding_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give the plan something its measures must answer."""
    case = get_case(request.actor, Action.ACTION_PLAN_WRITE, public_id)
    question = Question(
        title=_("Et funn tiltakene skal svare på"),
        intro=_("Funnet står i elevens plan. Skriv det slik at ingen andre elever kan kjennes igjen."),
        button=_("Legg funnet i planen"),
        back=investigation_of(case),
        who=selectors.who_can_see(case),
        offers=offers_for_finding(request.actor, case),
    )

    def deed(sent: FindingForm) -> str:
        services.add_finding(by=request.actor, case=case, text=sent.cleaned_data["text"])
        return _("Funnet står i planen.")

    return ask(request, case, FindingForm(request.POST or None), question, deed)


@ask_and_answer
@requires(Action.CASE_POSTPONE)
def investigation_postpone(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put the investigation off, with reason and a new day."""
    case = get_case(request.actor, Action.CASE_POSTPONE, public_id)
    question = Question(
        title=_("Undersøkelsen må vente"),
        intro=_("Skolen skal undersøke snarest (§ 12-4 andre ledd). Må det vente, skriver du hvorfor og hvilken dag dere gjør det."),
        button=_("Utsett undersøkelsen"),
        back=investigation_of(case),
        who=selectors.who_can_see(case),
    )

    def deed(sent: PostponementForm) -> str:
        services.postpone_investigation(by=request.actor, case=case, **sent.cleaned_data)
        return _("Skrevet inn, med ny dag.")

    return ask(request, case, PostponementForm(request.POST or None), question, deed)


@ask_and_answer
@requires(Action.CASE_HEAR)
def part_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give another pupil, or somebody who works here, an own part with own walls."""
    case = get_case(request.actor, Action.CASE_HEAR, public_id)
    works_here = request.GET.get("slag") == PartKind.EMPLOYEE
    kind, choices = (PartKind.EMPLOYEE, staff_choices) if works_here else (PartKind.INVOLVED_PUPIL, pupil_choices)
    name = request.GET.get("navn", "")
    people = choices(request.actor, school_id=case.school_id, text=name) if name else []
    question = Question(
        title=_("En som arbeider ved skolen") if works_here else _("En annen elev som er med"),
        intro=_("Personen får en egen del av saken. Det som står der, blandes aldri med det som står om de andre."),
        button=_("Legg til i en egen del"),
        back=investigation_of(case),
        search={"name": name, "kind": str(kind), "label": _("Søk på navn"), "nobody": _("Ingen med det navnet. Prøv en del av navnet.")},
        note=_("Den som arbeider ved skolen, blir stengt ute fra saken med det samme.") if works_here else "",
    )

    def deed(sent: PartForm) -> str:
        services.add_part(by=request.actor, case=case, kind=kind, person=sent.chosen())
        return _("Lagt til i en egen del.")

    return ask(request, case, PartForm(request.POST or None, people=people), question, deed)
