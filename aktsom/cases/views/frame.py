"""What every page of the case room shows, and how a form in it is asked and answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aktsom.cases import selectors
from aktsom.cases.access import sees_whole_case
from aktsom.cases.circle import own_part
from aktsom.cases.forms import LongText
from aktsom.cases.rules import CaseState, ProofPoint, ProofState, RoadStep, StepCode
from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, roles_towards
from aktsom.core.access.roles import ALLOWED
from aktsom.core.accounts import drafts
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw
from aktsom.core.ui.editing import Editing
from aktsom.core.ui.offering import Offer, offered, put_in
from aktsom.core.ui.shapes import DeadlineCard, Point, Step, Tab

ask_and_answer = require_http_methods(["GET", "POST"])

# Where each next step is taken, and the deed it asks for. The plan's own steps are on the plan's page.
STEP_PLACES: dict[StepCode, tuple[str, Action]] = {
    StepCode.APPOINT: ("cases:handler-appoint", Action.CASE_APPOINT),
    StepCode.HEAR_PUPIL: ("cases:case-voice", Action.CASE_HEAR),
    StepCode.TELL_RIGHTS: ("cases:rights-tell", Action.CASE_HEAR),
    StepCode.DECIDE_GUARDIANS: ("cases:guardians-decide", Action.CASE_HEAR),
    StepCode.HEAR_INVOLVED: ("cases:case-voice", Action.CASE_HEAR),
    StepCode.INVESTIGATE: ("cases:case-investigation", Action.CASE_INVESTIGATE),
    StepCode.WEIGH_BEST_INTERESTS: ("cases:case-voice", Action.CASE_HEAR),
    StepCode.ANALYSE: ("cases:analysis-add", Action.CASE_HEAR),
    StepCode.CLOSE: ("cases:case-close", Action.CASE_CLOSE),
    StepCode.CHECK_UP: ("cases:control-answer", Action.CASE_HEAR),
}
TABS_OF_THE_PUPIL = {"case-detail", "case-voice", "case-family"}  # where it is said that she does not know of the case yet
PART_STEPS = {StepCode.HEAR_PUPIL: "cases:hearing-write", StepCode.WEIGH_BEST_INTERESTS: "cases:best-interests-weigh"}
PLAN_STEPS = {StepCode.EVALUATE, StepCode.EVALUATE_FINALLY, StepCode.WRITE_PLAN, StepCode.CARRY_OUT}
ROAD_PLACES = {
    RoadStep.REPORTED: "cases:case-documents",
    RoadStep.RECEIVED: "cases:case-log",
    RoadStep.INVESTIGATED: "cases:case-investigation",
}


def frame(request: HttpRequest, case: Any, tab: str) -> dict[str, Any]:
    """Return the head of the room: where the case stands, its one next step, the road and the tabs."""
    whole = sees_whole_case(request.actor, case)
    deeds = frozenset().union(*(ALLOWED[role] for role in roles_towards(request.actor, case)))
    standing = selectors.case_standing(request.actor, case)
    reports = selectors.read_reports(case) if whole else []
    cards = selectors.deadlines(case, standing, reports) if whole else []
    step = step_place(deeds, case, standing) if whole else None
    helped = [] if whole else selectors.helped_with(request.actor, case, standing.facts)
    return {
        "case": case,
        "about": ", ".join(dict.fromkeys(str(row.part.person) for row in helped)) or case.pupil,
        "whole": whole,
        "helped": [(row, [plain_step(step, state) for step, state in row.road]) for row in helped],
        "standing": standing,
        "facts": standing.facts,
        "step": step,
        "road": road_steps(case, standing) if whole and tab == "case-detail" else [],
        "tabs": tabs(case, standing, tab, whole=whole, helps=bool(helped)),
        "reports": reports,
        "deadlines": cards,
        "next_deadline": next_deadline(cards, but=step["on"] if step else None),
        "pupil_waits": whole and tab in TABS_OF_THE_PUPIL and case.state == CaseState.OPEN and not standing.facts.pupil_knows,
        "may_hear": Action.CASE_HEAR in deeds,
        "may_investigate": Action.CASE_INVESTIGATE in deeds,
        "may_appoint": Action.CASE_APPOINT in deeds,
        "may_exclude": Action.CASE_EXCLUDE in deeds,
        "may_close": Action.CASE_CLOSE in deeds,
        "may_see_readers": Action.CASE_SEE_READERS in deeds,
    }


def next_deadline(cards: list[DeadlineCard], *, but: Any = None) -> DeadlineCard | None:
    """Return the earliest day that still has to be kept; None when it is the day that is said already."""
    waiting = [card for card in cards if card.due is not None and card.state in {"running", "due_today", "passed"}]
    earliest = min(waiting, key=lambda card: str(card.due), default=None)
    return None if earliest and but and day_of(earliest.due) == day_of(but) else earliest


def day_of(moment: Any) -> date:
    """Return the day of a day or of a moment."""
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment


def step_place(deeds: frozenset[Action], case: Any, standing: Any) -> dict[str, Any] | None:
    """Return the words of the next step, and its address when the person may take it."""
    code = standing.step.code
    if code == StepCode.NOTHING:
        return None
    url = ""
    if code in PLAN_STEPS:
        url = plan_step_url(standing.plan, code) if Action.ACTION_PLAN_SEE in deeds and standing.plan else ""
    else:
        name, action = STEP_PLACES[code]
        part = own_part(case) if code in PART_STEPS and action in deeds else None
        if part is not None:  # right to the form: the tab would only show the same button again
            url = reverse(PART_STEPS[code], args=[case.public_id, part.public_id])
        else:
            url = reverse(name, args=[case.public_id]) if action in deeds else ""
    return {"label": str(code.label), "on": standing.step.on, "url": url}


def plan_step_url(plan: Any, code: StepCode) -> str:
    """Return where a step of the plan is taken."""
    name = "measures:plan-evaluate" if code in {StepCode.EVALUATE, StepCode.EVALUATE_FINALLY} else "measures:plan-detail"
    return reverse(name, args=[plan.public_id])


def road_steps(case: Any, standing: Any) -> list[Step]:
    """Return the law's road as the component shows it."""
    plan_url = reverse("measures:plan-detail", args=[standing.plan.public_id]) if standing.plan else ""
    return [
        replace(
            plain_step(step, state),
            url=reverse(ROAD_PLACES[step], args=[case.public_id]) if step in ROAD_PLACES else plan_url,
        )
        for step, state in standing.road
    ]


def plain_step(step: Any, state: Any) -> Step:
    """Return one step of the road without a way anywhere."""
    return Step(label=str(step.label), state=str(state), note=str(state.label))


def tabs(case: Any, standing: Any, current: str, *, whole: bool, helps: bool = False) -> list[Tab]:
    """Return the tabs: all for those who see the whole case, those that matter for a helper, one in an emergency."""
    places = [("case-detail", _("Oversikt"))] if whole or helps else []
    places += [("case-investigation", _("Undersøkelse"))]
    if whole:
        places += [
            ("case-voice", _("Elevens stemme")),
            ("case-family", _("Familien")),
            ("plan", _("Plan")),
            ("case-log", _("Logg")),
            ("case-documents", _("Dokumenter")),
            ("case-people", _("Hvem")),
        ]
    plan_url = reverse("measures:plan-detail", args=[standing.plan.public_id]) if standing.plan else ""
    return [
        Tab(label=label, url=plan_url if name == "plan" else reverse(f"cases:{name}", args=[case.public_id]), current=name == current)
        for name, label in places
        if name != "plan" or plan_url
    ]


PROOF_PLACES = {
    ProofPoint.PAID_ATTENTION: "cases:case-investigation",
    ProofPoint.INTERVENED: "cases:case-detail",
    ProofPoint.REPORTED: "cases:case-log",
    ProofPoint.PASSED_ON: "cases:case-log",
    ProofPoint.INVESTIGATED: "cases:case-investigation",
    ProofPoint.HEARD: "cases:case-voice",
    ProofPoint.BEST_INTERESTS: "cases:case-voice",
}


def proof_points(case: Any, plan: Any) -> list[Point]:
    """Return the eight points with where the evidence is, or why it is not needed or missing."""
    plan_url = reverse("measures:plan-detail", args=[plan.public_id]) if plan else ""
    return [
        Point(
            label=f"{point.label} ({state.label.lower()})" if state == ProofState.NOT_NEEDED else str(point.label),
            met=state != ProofState.MISSING,
            why=str(_("Ingenting i saken viser dette ennå. Det kan skrives inn når som helst.")),
            url=reverse(PROOF_PLACES[point], args=[case.public_id]) if point in PROOF_PLACES else plan_url,
        )
        for point, state in selectors.proof(case, plan)
    ]


@dataclass(frozen=True)
class Question:
    """One form page: what it is called, what the button says, where it leads, and who can see what is written."""

    title: str
    button: str
    back: str
    tab: str = ""  # what the browser keeps of it, when the title names a pupil
    intro: str = ""
    who: list[str] = field(default_factory=list)
    search: dict[str, str] | None = None
    note: str = ""
    notes: list[str] = field(default_factory=list)  # several things to think of before the answer
    words: str = ""  # what somebody wrote, to be read before the deed
    obstacles: list[str] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)  # what stands elsewhere already
    about: Any = None  # whose part the form is in, when somebody can meet the part and not the case
    edit: Editing | None = None  # when the form changes a text others can change too


def ask(request: HttpRequest, case: Any, form: Any, question: Question, deed: Callable[[Any], str]) -> HttpResponse:
    """Show the form; when it is sent and nothing is missing, do the deed and go back with its words."""
    key = draft_key(request)
    edit = question.edit
    wanted = offered(request, question.offers)
    if request.method == "POST" and wanted is None and form.is_valid() and (edit is None or edit.may_save(form)):
        try:
            words = deed(form)
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            drafts.drop(request.user, key)
            messages.success(request, words)
            return redirect(question.back)
    saw(request, Event.CASE_READ, case)
    form.initial |= drafts.initial_for(request.user, key)
    if wanted is not None:
        put_in(form, request.POST, wanted)
    page = {
        "case": case,
        "form": form,
        "fields": readers_by_field(form, question),
        "folds": folds(form, question),
        "question": question,
        "names": str(question.about or case.pupil),
        "draft_url": f"{reverse('accounts:draft-keep')}?form={key}",
    }
    answer = edit.status(form) if edit is not None else 422 if form.errors else 200
    return render(request, "cases/case_write.html", page, status=answer)


def readers_by_field(form: Any, question: Question, names: Sequence[str] = ()) -> list[tuple[Any, list[str]]]:
    """Return the fields with those who can see what is written; only text about a child needs the words (ui.md rule 10).

    Without ``names`` these are the ones that stand open.
    """
    away = {name for _title, folded in getattr(form, "folded", ()) for name in folded}
    shown = [form[name] for name in names] or [bound for bound in form if bound.name not in away]
    return [(bound, question.who if isinstance(bound.field, LongText) else []) for bound in shown]


def folds(form: Any, question: Question) -> list[tuple[Any, list[tuple[Any, list[str]]], bool]]:
    """Return what is folded away: its title, its fields, and whether it stands open because something is in it or missing."""
    refused = form.is_bound and bool(form.non_field_errors())
    return [
        (title, readers_by_field(form, question, names), any(form[name].errors or form[name].value() for name in names) or refused)
        for title, names in getattr(form, "folded", ())
    ]


def draft_key(request: HttpRequest) -> str:
    """Return the name of the page's draft: one for each page about each record."""
    return request.path.strip("/").replace("/", "-")
