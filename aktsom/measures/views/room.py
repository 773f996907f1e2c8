"""What the plan's pages share: the plan's words, who can see, the way back, and how refusals are shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused, may
from aktsom.core.accounts import drafts
from aktsom.core.timing.clock import today
from aktsom.core.ui.shapes import Point
from aktsom.measures import selectors
from aktsom.people.selectors import guardians_who_may_follow, owner_handlers, staff_of
from aktsom.plans.selectors import NoProcedure, procedure_of, words_of


def case_room(plan: Any) -> str:
    """Return the address of the room the plan is kept in."""
    return f"/saker/{plan.file_ref}/"


def frame(actor: Actor, plan: Any) -> dict[str, Any]:
    """Return what every page about a plan shows."""
    works = may(actor, Action.ACTION_PLAN_WRITE, plan)
    return {
        "plan": plan,
        "words": words_of(plan.school_id),
        "works_with_it": works,
        "room": case_room(plan) if works else f"/min-sak/{plan.file_ref}/",
        "who": readers(plan),
        "may_answer": may(actor, Action.RESOURCE_ANSWER, plan),
    }


def readers(plan: Any) -> list[str]:
    """Return who can read what is written in the plan, as roles."""
    if plan.is_withheld:
        return [_("Skoleeiers saksbehandler"), _("Eleven og foresatte med foreldreansvar, når planen er i kraft")]
    return [
        _("Rektor og stedfortreder"),
        _("De som arbeider med saken"),
        _("Eleven og foresatte med foreldreansvar, når planen er i kraft"),
    ]


def points(plan: Any) -> list[Point]:
    """Return the Act's five points as the quiet meter shows them."""
    problem = reverse("measures:problem-write", args=[plan.public_id])
    places = {"a": problem, "e": problem, "b": reverse("measures:measure-add", args=[plan.public_id])}
    return [
        Point(
            label=f"{line.letter}) {line.label}", met=line.is_in_place, url="" if line.is_in_place else places.get(line.letter, "#tiltak")
        )
        for line in selectors.plan_meter(plan)
    ]


def own_standard(plan: Any) -> str:
    """Return the school's own rule for when the plan is ready, in its words, or nothing. The day stands in the case."""
    try:
        standard = procedure_of(plan.school_id, on=plan.started_at.date()).plan_standard
    except NoProcedure:
        return ""
    return standard.origin if standard else ""


def procedure(plan: Any) -> Any:
    """Return the procedure the school follows, or None."""
    try:
        return procedure_of(plan.school_id)
    except NoProcedure:
        return None


def staff(plan: Any) -> list[Any]:
    """Return the people who can be made responsible: those at work who are not shut out. In the owner's case hers come first."""
    shut_out = selectors.shut_out(plan)
    hers = owner_handlers(plan.owner_id, today()) if plan.is_withheld else []
    return list(dict.fromkeys(person for person in [*hers, *staff_of(plan.school_id, today())] if person.pk not in shut_out))


def evaluators(plan: Any) -> list[Any]:
    """Return who can evaluate. The owner's case is evaluated by the owner: whoever evaluates reads the whole plan."""
    people = staff(plan)
    if not plan.is_withheld:
        return people
    hers = {person.pk for person in owner_handlers(plan.owner_id, today())}
    return [person for person in people if person.pk in hers or person.pk == plan.evaluator_id]


def parties(plan: Any) -> dict[str, tuple[str, Any]]:
    """Return the pupil and the guardians who may follow, by the value the form uses."""
    found = {f"pupil:{plan.pupil.public_id}": ("pupil", plan.pupil)}
    for guardian in guardians_who_may_follow(plan.pupil_id, today()):
        found[f"guardian:{guardian.public_id}"] = ("guardian", guardian)
    return found


def party_choices(plan: Any) -> list[tuple[str, str]]:
    """Return the parties as choices with a name each."""
    words = {"pupil": _("Eleven, %(name)s"), "guardian": _("Foresatt, %(name)s")}
    return [(key, words[kind] % {"name": person}) for key, (kind, person) in parties(plan).items()]


def draft_key(request: HttpRequest) -> str:
    """Return the name of the page's draft: one for each form about each record."""
    return request.path.strip("/").replace("/", "-")


def kept(request: HttpRequest) -> dict[str, Any]:
    """Return what somebody typed in this form and has not sent, by field."""
    return drafts.initial_for(request.user, draft_key(request))


def sent(request: HttpRequest) -> None:
    """Throw the draft away: its text is sent."""
    drafts.drop(request.user, draft_key(request))


def draft_url(request: HttpRequest) -> str:
    """Return where the page keeps what is typed."""
    return f"{reverse('accounts:draft-keep')}?form={draft_key(request)}"


def show_refusal(form: forms.Form, refused: Refused) -> None:
    """Put the reasons of a rule into the form, as sentences."""
    form.add_error(None, [str(reason.label) for reason in refused.reasons])
