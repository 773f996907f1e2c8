"""Evaluate: how it is now, each measure, and when to look again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw
from aktsom.core.timing.clock import today
from aktsom.core.ui.editing import Editing, editing
from aktsom.measures import selectors, services
from aktsom.measures.access import get_action_plan
from aktsom.measures.forms import EvaluationForm, VerdictForm
from aktsom.measures.rules import MeasureDecision, PupilAnswer, is_falling, proposed_evaluation
from aktsom.measures.services import EvaluationDraft, MeasureVerdict
from aktsom.measures.views import room
from aktsom.measures.views.plans import forms_ask
from aktsom.people.selectors import current_enrolment
from aktsom.plans.selectors import evaluation_rhythm_days


@forms_ask
@requires(Action.ACTION_PLAN_EVALUATE)
def evaluate(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write an evaluation. A falling answer proposes an earlier day for the next one."""
    plan = get_action_plan(request.actor, Action.ACTION_PLAN_EVALUATE, public_id)
    saw(request, Event.ACTION_PLAN_READ, plan)
    measures = selectors.open_measures(plan)
    kept = room.kept(request)
    last = selectors.latest_written(plan)
    edit = editing(request, written(last), texts=WORDS, **written_by(last), kept=kept, beside=[m.pk for m in measures])
    said, answers = selectors.said_since_evaluated(plan), selectors.pupil_answers(plan)
    form = EvaluationForm(edit.sent, initial={"held_on": today(), "next_on": proposal(plan, answers)} | as_answer(said) | kept)
    verdicts = [verdict_form(edit.sent, measure, kept) for measure in measures]
    if is_repeat(edit, form, last, request.actor):
        return after_repeat(request, plan)
    if whole(form, verdicts) and edit.may_save(form):
        draft = draft_of(form, zip(measures, verdicts, strict=True), left=has_left(plan))
        try:
            services.evaluate(by=request.actor, plan=plan, draft=draft)
        except Refused as refused:
            room.show_refusal(form, refused)
        else:
            return after(request, plan, draft)
    page = room.frame(request.actor, plan) | {
        "form": form,
        "rows": list(zip(measures, verdicts, strict=True)),
        "draft_url": room.draft_url(request),
        "proposal": proposal(plan, answers),
        "said": said,
        "said_label": PupilAnswer(said.answer).label if said is not None else "",
        "is_from_today": is_from_today(plan),
        "falls": is_falling(answers),
        "edit": edit,
        "procedure": room.procedure(plan),
    }
    return render(request, "measures/evaluation_form.html", page, status=edit.status(form))


def written_by(last: Any) -> dict[str, Any]:
    """Return who wrote the evaluation and when, as an edited text says it; nobody when there is none."""
    return {"by": last.evaluated_by, "at": last.written_at} if last is not None else {"by": None, "at": None}


def is_from_today(plan: Any) -> bool:
    """Return whether the plan began today, so that nothing has had time to work (EVL-05)."""
    return plan.in_force_at is not None and localtime(plan.in_force_at).date() == today()


WORDS = ("pupil_words", "guardians_words", "staff_words")


def as_answer(said: Any) -> dict[str, Any]:
    """Return what the pupil has answered since the last evaluation, as the form names it; nothing when nothing came."""
    return {} if said is None else {"pupil_answer": said.answer, "pupil_words": said.words}


def written(last: Any) -> dict[str, Any]:
    """Return what the last evaluation says, as the form names it; somebody may have written it a moment ago."""
    names = ("held_on", "pupil_answer", *WORDS)
    return {name: getattr(last, name) if last is not None else "" for name in names}


def is_repeat(edit: Editing, form: EvaluationForm, last: Any, actor: Any) -> bool:
    """Return whether the form says word for word what the person wrote a moment ago: the button was pressed twice."""
    own = edit.is_outdated and last is not None and last.evaluated_by_id == actor.person_id
    return own and form.is_valid() and edit.may_save(form)


def after_repeat(request: HttpRequest, plan: Any) -> HttpResponse:
    """Lead on to the plan without writing the same evaluation once more."""
    room.sent(request)
    messages.info(request, _("Evalueringen er skrevet inn fra før."))
    return redirect("measures:plan-detail", public_id=plan.public_id)


def whole(form: EvaluationForm, verdicts: list[VerdictForm]) -> bool:
    """Return whether everything is filled in; say in the form's summary when something under a measure is not."""
    filled = all(verdict.is_valid() for verdict in verdicts)
    if form.is_bound and not filled:
        form.add_error(None, _("Noe mangler under tiltakene. Se under hvert tiltak."))
    return form.is_valid()


def verdict_form(sent: Any, measure: Any, kept: dict[str, Any]) -> VerdictForm:
    """Return the form of one measure, with what was typed in it and not sent."""
    start = f"{measure.public_id}-"
    typed = {name.removeprefix(start): value for name, value in kept.items() if name.startswith(start)}
    return VerdictForm(sent, prefix=measure.public_id, initial=typed, is_marked=bool(measure.deeds.all()))


def proposal(plan: Any, answers: list[str]) -> Any:
    """Return the day to propose for the next evaluation, from the plan's own rhythm."""
    rhythm = evaluation_rhythm_days(plan.school_id)
    planned = max(today(), plan.evaluate_on or today()) + timedelta(days=rhythm)
    return proposed_evaluation(answers=answers, planned=planned, today=today(), rhythm_days=rhythm)


def has_left(plan: Any) -> bool:
    """Return whether the pupil no longer goes to the school the plan belongs to."""
    enrolment = current_enrolment(plan.pupil_id, today())
    return enrolment is None or enrolment.school_id != plan.school_id


def draft_of(form: EvaluationForm, rows: Any, *, left: bool) -> EvaluationDraft:
    """Return what was written as a draft the service understands."""
    verdicts = [
        MeasureVerdict(
            measure=measure,
            was_done=verdict.cleaned_data["was_done"] == "yes",
            decision=MeasureDecision(verdict.cleaned_data["decision"]),
            reason=verdict.cleaned_data["reason"],
            effect=verdict.cleaned_data["effect"],
        )
        for measure, verdict in rows
    ]
    cleaned = form.cleaned_data
    return EvaluationDraft(
        held_on=cleaned["held_on"],
        pupil_answer=PupilAnswer(cleaned["pupil_answer"]),
        pupil_words=cleaned["pupil_words"],
        guardians_words=cleaned["guardians_words"],
        staff_words=cleaned["staff_words"],
        is_final=cleaned["is_final"],
        next_on=None if cleaned["is_final"] else cleaned["next_on"],
        verdicts=verdicts,
        pupil_left=left,
    )


def after(request: HttpRequest, plan: Any, draft: EvaluationDraft) -> HttpResponse:
    """Lead on: to the change when a measure is to be changed, to the plan otherwise."""
    room.sent(request)
    changes = [verdict for verdict in draft.verdicts if verdict.decision == MeasureDecision.CHANGE]
    if changes:
        messages.success(request, _("Evalueringen er skrevet inn. Endre nå tiltaket, og sett planen i kraft på nytt."))
        return redirect("measures:measure-change", public_id=changes[0].measure.public_id)
    messages.success(request, _("Evalueringen er skrevet inn."))
    return redirect("measures:plan-detail", public_id=plan.public_id)
