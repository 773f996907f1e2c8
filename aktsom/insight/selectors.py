"""«I dag»: what needs this person, most urgent first, each with one action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from aktsom.cases.circle import asked_in
from aktsom.cases.rules import StepCode
from aktsom.cases.selectors import HELPING, cases_named, cases_needing, helping_waits, own_family_cases
from aktsom.cases.selectors.continuity import GONE, Waiting, days_waiting, waiting_among
from aktsom.cases.selectors.family_desk import ANSWERED, cases_answered, cases_with_falling_answers, exchanges_waiting, said_to_answer
from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import ALLOWED, NEEDS_SECOND_FACTOR, Role
from aktsom.core.timing.clock import today
from aktsom.core.waiting import WaitingRow, Waits, read_together
from aktsom.insight.emergencies import emergency_needs
from aktsom.insight.incoming import left_elsewhere_needs, owner_needs, report_needs, routine_needs
from aktsom.insight.needs import Need, Today, Weight, due_words
from aktsom.insight.own_tasks import own_task_needs
from aktsom.measures.selectors import evaluations_due, said_not_working
from aktsom.people.selectors import guardian_requests_waiting
from aktsom.people.selectors.warnings import dangers_for_family
from aktsom.plans.selectors.reflection import AGREED, agreements_due
from aktsom.reports.selectors import TO_CLEAR, clearing_waits, open_reports, with_answers
from aktsom.reports.selectors.routine import TO_REVIEW, UNREAD, routines_waiting
from aktsom.schools.selectors import own_schools

SHOWN = 25
HORIZON = timedelta(days=7)
EVALUATING = {StepCode.EVALUATE, StepCode.EVALUATE_FINALLY}


def today_of(actor: Actor) -> Today:
    """Return what needs the actor today, most urgent first, at most 25."""
    if not actor.schools_as(Role.STAFF) and not actor.owners_as(Role.OWNER_HANDLER):
        return _family(actor)
    reports = list(with_answers(open_reports(actor))[:SHOWN])
    plans = list(evaluations_due(actor, until=today() + HORIZON)[:SHOWN])
    evaluated = {plan.file_ref for plan in plans}  # said once: the plan's own line leads right to the form
    rows = [row for row in cases_needing(actor)[:SHOWN] if not (row.step.code in EVALUATING and row.case.public_id in evaluated)]
    own = own_family_cases(actor) if actor.child_ids else []  # somebody who works here can be a guardian here too
    waits = read_together([*_families_waiting(actor), *days_waiting(actor), *routines_waiting(actor), *_own_waiting(actor)])
    at_work = [
        *_come_in(actor, reports, waits),
        *_cases(rows),
        *_helping(_coded(waits, HELPING)),
        *_evaluations(plans),
        *(_falling_answers(actor) if _coded(waits, ANSWERED) else ()),
        *_said([row for row in waits if row.code in SAID]),
        *own_task_needs(actor, _coded(waits, AGREED)),
        *routine_needs(_coded(waits, TO_REVIEW)),
    ]
    dangers = _dangers(actor) if actor.child_ids else ()
    needs = [*dangers, *at_work, *_continuity(waiting_among(waits)), *_own_cases(actor, own)]
    kept = sorted(needs, key=lambda need: need.order)[:SHOWN]
    schools = _several_schools(actor)
    named = [replace(need, school=schools.get(need.school_id, "")) for need in kept] if schools else kept
    told = [record for need in kept for record in (need.about, *need.with_same_words) if record is not None]
    measures = [record for record in told if record._meta.model_name == "measure"]
    cases = dict.fromkeys([*(row.case for row in rows), *own, *(record for record in told if record not in measures)])
    cases |= dict.fromkeys(_named_cases(actor, kept, {case.public_id for case in cases}))
    return Today(
        needs=named,
        reports=reports,
        cases=list(cases),
        measures=measures,
        routines=[(row, schools.get(row.school_id, "")) for row in _coded(waits, UNREAD)],
        schools=[] if actor.owners_as(Role.OWNER_HANDLER) else list(schools.values()),
    )


def _own_waiting(actor: Actor) -> list[Waits]:
    return [cases_answered(actor), clearing_waits(actor), agreements_due(actor, until=today()), helping_waits(actor)]


def _coded(rows: list[WaitingRow], code: str) -> list[WaitingRow]:
    return [row for row in rows if row.code == code]


def _come_in(actor: Actor, reports: list[Any], waits: list[WaitingRow]) -> list[Need]:
    return [*report_needs(reports), *left_elsewhere_needs(_coded(waits, TO_CLEAR)), *owner_needs(actor, reports), *emergency_needs(actor)]


def _named_cases(actor: Actor, needs: list[Need], known: set[str]) -> list[Any]:
    """Return the cases that lines read from other tables name, and that are not among those known, for the read record."""
    wanted = {need.case_ref for need in needs if need.case_ref} - known
    return cases_named(actor, wanted) if wanted else []


def _several_schools(actor: Actor) -> dict[int, str]:
    """Return the names of the schools the actor works at, or for the owner of, when there are several, by primary key."""
    owners = actor.owners_as(Role.OWNER_HANDLER)
    ids = actor.schools_as(Role.STAFF)
    theirs = {school.pk: school.name for school in own_schools(actor) if school.pk in ids or school.owner_id in owners}
    return theirs if len(theirs) > 1 else {}


def _families_waiting(actor: Actor) -> list[Waits]:
    """What families have said that somebody at work has to look at (EVL-03, HRG-10)."""
    return [said_not_working(actor), guardian_requests_waiting(actor), *said_to_answer(actor)]


def _falling_answers(actor: Actor) -> Iterator[Need]:
    """The pupil's own answers go down: the plan is looked at earlier (EVL-03)."""
    for falling in cases_with_falling_answers(actor)[:SHOWN]:
        yield Need(
            weight=Weight.NOW,
            since=falling.said_at.isoformat(),
            what=_("Svarene til %(name)s går nedover") % {"name": falling.case.pupil},
            why=_("Se på planen tidligere enn den dagen som er satt."),
            url=reverse("cases:case-family", args=[falling.case.public_id]),
            action=_("Se svarene"),
            school_id=falling.case.school_id,
            about=falling.case,
            when=falling.said_at,
        )


SAID: dict[str, tuple[Weight, Any, Any, str, Any]] = {
    "not_working": (
        Weight.TODAY,
        _lazy("Et tiltak for %(name)s virker ikke"),
        _lazy("Det sier eleven eller en foresatt. Planen er ikke evaluert etter det."),
        "measures:plan-detail",
        _lazy("Se planen"),
    ),
    "correction": (
        Weight.SOON,
        _lazy("Et ønske om å rette noe i saken om %(name)s"),
        _lazy("Svar innen en måned (personvernforordningen artikkel 12 nr. 3)."),
        "cases:correction-answer",
        _lazy("Svar"),
    ),
    "guardian_request": (
        Weight.SOON,
        _lazy("En foresatt spør om å få følge saker om %(name)s"),
        _lazy("Svaret skal være skriftlig (barnelova § 47)."),
        "people:guardian-decide",
        _lazy("Svar"),
    ),
    "help": (
        Weight.TODAY,
        _lazy("%(name)s spør deg om hjelp"),
        _lazy("Du ser spørsmålet og ikke saken."),
        "cases:help-detail",
        _lazy("Les og svar"),
    ),
    "exchange": (
        Weight.TODAY,
        _lazy("%(name)s har skrevet til deg"),
        _lazy("Bare dere to ser meldingene, hvis ikke noe annet står der."),
        "cases:exchange-detail",
        _lazy("Les og svar"),
    ),
}


def _said(rows: list[WaitingRow]) -> Iterator[Need]:
    """What was said, the oldest first and at most 25 of each kind; a plan stands once, with the day it was said last."""
    told: Counter[str] = Counter()
    newest_of_plan = {row.ref: row for row in sorted(rows, key=_moment) if row.code == "not_working"}
    for row in [*sorted((row for row in rows if row.code != "not_working"), key=_moment), *newest_of_plan.values()]:
        weight, what, why, page, action = SAID[row.code]
        told[row.code] += 1
        if told[row.code] <= SHOWN:
            yield Need(
                weight=weight,
                since=_moment(row),
                what=str(what) % {"name": row.name},
                why=str(why),
                url=reverse(page, args=[part for part in (row.case_ref, row.ref) if part]),
                action=str(action),
                school_id=row.school_id,
                when=None if row.code == "exchange" else row.day or row.at,
                when_is=_("Siste dag er") if row.code == "help" else "",
                case_ref=row.case_ref,
            )


def _moment(row: WaitingRow) -> str:
    return row.at.isoformat() if row.at is not None else ""


def _questions(actor: Actor, cases: list[Any]) -> Iterator[Need]:
    asked = asked_in(cases, actor.own_id)
    for case in cases:
        due = asked[case.pk].due if case.pk in asked else None
        if due is not None:
            yield Need(
                weight=Weight.TODAY,
                since=due.isoformat(),
                what=_("Hvordan er det nå?"),
                why=_("Skolen vil vite om det er bedre. Du velger ett svar."),
                url=reverse("cases:how-is-it", args=[case.public_id]),
                action=_("Svar nå"),
                when=due,
                when_is=_("Spurt"),
            )


def _dangers(actor: Actor) -> Iterator[Need]:
    """Something at the school that can harm the health of those who go there (LAW-04)."""
    for danger in dangers_for_family(actor):
        yield Need(
            weight=Weight.NOW,
            since=danger.told_at.isoformat(),
            what=_("Noe på skolen kan skade helsen"),
            why=_("Skolen forteller hva det er, og hva du kan gjøre."),
            url=reverse("people:health-warnings"),
            action=_("Les om det"),
            when=danger.told_at,
            when_is=_("Fortalt"),
        )


def _family(actor: Actor) -> Today:
    cases = own_family_cases(actor)
    needs = [*_dangers(actor), *_own_cases(actor, cases), *_said(read_together(exchanges_waiting(actor)))]
    return Today(needs=sorted(needs, key=lambda need: need.order), reports=[], cases=cases)


WAITING_WORDS = {
    "conversation": (_lazy("Samtale i saken om %(name)s"), _lazy("Skriv inn samtalen når den er holdt."), _lazy("Åpne samtalen")),
    "agreement": (_lazy("En avtale i saken om %(name)s"), _lazy("Se på den sammen, og skriv hvordan det har gått."), _lazy("Følg opp")),
    "ask_again": (
        _lazy("Spør eleven igjen i saken om %(name)s"),
        _lazy("Er det blitt vanskeligere etter at det ble sagt?"),
        _lazy("Skriv inn svaret"),
    ),
    "ask_reporter": (
        _lazy("Spør den som meldte, i saken om %(name)s"),
        _lazy("Er det blitt vanskeligere etter at det ble sagt?"),
        _lazy("Skriv inn svaret"),
    ),
    "governor": (
        _lazy("Statsforvalteren venter på svar i saken om %(name)s"),
        _lazy("Dagen er satt av Statsforvalteren."),
        _lazy("Se hva de vil ha"),
    ),
    "school_change": (
        _lazy("En elev har noe med seg fra en annen skole"),
        _lazy("En navngitt person må ta imot det."),
        _lazy("Se hva det er"),
    ),
    "handover": (_lazy("Noen spør om du kan ta over en oppgave"), _lazy("Oppgaven trenger en person som har sagt ja."), _lazy("Svar")),
}


def _continuity(waiting: list[Waiting]) -> Iterator[Need]:
    """Talks, agreements, questions and duties that must not be lost between people (ORG-16)."""
    without = [row for row in waiting if row.code == GONE]
    for row in waiting:
        if row.code != GONE:
            what, why, action = WAITING_WORDS[row.code]
            due = row.due_on or today()
            yield Need(
                weight=Weight.LATE if due < today() else Weight.TODAY if due == today() else Weight.SOON,
                since=due.isoformat(),
                what=str(what) % {"name": row.pupil},
                why=str(why),
                url=row.url,
                action=str(action),
                school_id=row.school_id,
                case_ref=row.case_ref,
                when=row.due_on,
                when_is=due_words(late=due < today()),
            )
    if without:
        words = ngettext("%(count)s oppgave trenger en ny person", "%(count)s oppgaver trenger en ny person", len(without))
        yield Need(
            weight=Weight.NOW,
            since=today().isoformat(),
            what=words % {"count": len(without)},
            why=_("Den som hadde dem, er ikke her nå. De står her til noen har sagt ja."),
            url=without[0].url,
            action=_("Finn en ny"),
        )


def _own_cases(actor: Actor, cases: list[Any]) -> Iterator[Need]:
    for case in cases:
        yield Need(
            weight=Weight.OWN,
            since=case.opened_at.isoformat(),
            what=_("Saken om %(name)s") % {"name": case.pupil} if case.pupil_id != actor.person_id else _("Saken din"),
            why=_("Her ser du hva som skjer nå, og hvem som hjelper."),
            url=reverse("cases:own-case", args=[case.public_id]),
            action=_("Se saken"),
        )
    yield from _questions(actor, cases)


def _cases(rows: list[Any]) -> Iterator[Need]:
    for row in rows:
        yield Need(
            weight=Weight.LATE if row.is_late else Weight.TODAY,
            since=row.case.last_touched_at.isoformat(),
            what=_("Saken om %(name)s") % {"name": row.pupil},
            why=f"{row.step.code.label}.",
            url=reverse("cases:case-detail", args=[row.case.public_id]),
            action=_("Gå til saken"),
            school_id=row.case.school_id,
            when=row.step.on,
            when_is=due_words(late=row.is_late),
        )


def _helping(rows: list[WaitingRow]) -> Iterator[Need]:
    """Somebody helps with one part of a case, for a time (PRV-02). Nothing of the rest of the case stands here."""
    for row in rows:
        yield Need(
            weight=Weight.SOON,
            since=_moment(row),
            what=_("Du hjelper til med %(name)s") % {"name": row.name},
            why=_("Skriv inn det du finner ut."),
            url=reverse("cases:case-detail", args=[row.case_ref]),
            action=_("Gå til saken"),
            school_id=row.school_id,
            when=localtime(row.at - timedelta(microseconds=1)).date() if row.at is not None else None,
            when_is=_("Siste dag er"),
            case_ref=row.case_ref,
        )


def _evaluations(plans: list[Any]) -> Iterator[Need]:
    for plan in plans:
        late = plan.evaluate_on < today()
        yield Need(
            weight=Weight.LATE if late else Weight.TODAY if plan.evaluate_on == today() else Weight.SOON,
            since=plan.evaluate_on.isoformat(),
            what=_("Evaluer planen for %(name)s") % {"name": plan.pupil},
            why=_("Dagen står i planen (§ 12-4 tredje ledd e)."),
            url=reverse("measures:plan-evaluate", args=[plan.public_id]),
            action=_("Evaluer"),
            school_id=plan.school_id,
            when=plan.evaluate_on,
            when_is=due_words(late=late),
        )


def reads_cases(actor: Actor) -> bool:
    """Return whether a position of the actor reads cases or reports, so that two factors are needed from the start."""
    return any(ALLOWED[grant.role] & NEEDS_SECOND_FACTOR for grant in actor.grants)


def is_pupil(actor: Actor) -> bool:
    """Return whether the actor goes to school here."""
    return any(grant.role == Role.PUPIL for grant in actor.grants)


def is_only_guardian(actor: Actor) -> bool:
    """Return whether the actor neither works here nor goes to school here, so that she may be a guardian without access."""
    return not any(grant.role != Role.GUARDIAN for grant in actor.grants)
