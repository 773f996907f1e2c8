"""Lists of cases: who it is about, where it stands, what is next. No text of a case is opened for a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from aktsom.cases.access import (
    LEADING,
    cases_as_family,
    cases_at_work,
    cases_met_as_a_whole,
    cases_met_whole,
    cases_visible_to,
    working_now,
)
from aktsom.cases.facts import facts_by_case, with_facts, with_urgency
from aktsom.cases.models import Case, CaseReport, CaseWorker
from aktsom.cases.rules import CaseFacts, CaseRole, CaseState, NextStep, PartKind, StepCode, next_step
from aktsom.cases.selectors.helping import helped_by_case
from aktsom.core.access.actor import Actor, system_actor
from aktsom.core.timing.clock import today
from aktsom.core.vault.keyring import gather_keys
from aktsom.measures.access import plans_visible_to
from aktsom.measures.rules import PlanState
from aktsom.people.selectors import group_names

NEEDING_SHOWN = 30
ORDERING = system_actor("order of cases")


class Shown(models.TextChoices):
    """Which cases a list shows."""

    MINE = "mine", _("Mine")
    OPEN = "apne", _("Åpne")
    CLOSED = "avsluttet", _("Avsluttet")


@dataclass(frozen=True)
class CaseRow:
    """One case in a list. ``case`` is the record itself, for the read record of the page that shows it."""

    case: Case
    public_id: str
    pupil: str
    class_name: str
    handlers: list[str]
    school: str
    kind: str
    is_withheld: bool
    is_serious: bool
    opened_on: datetime
    last_touched_at: datetime
    facts: CaseFacts
    step: NextStep
    is_in_part: bool = False  # the reader does not meet the whole case
    helped: tuple[CaseWorker, ...] = ()  # the parts of it she helps with

    @property
    def needs_handler(self) -> bool:
        return self.step.code == StepCode.APPOINT

    @property
    def is_late(self) -> bool:
        return self.step.on is not None and self.step.on < today()


def case_list(actor: Actor, *, shown: Shown) -> QuerySet[Case]:
    """Return the cases of a list, most urgent first: nobody works with it, then the day something is due, then age.

    Only what decides the order is counted for all of them; the page's own are counted when they are shown.
    """
    cases = cases_at_work(actor)
    if shown == Shown.CLOSED:
        return cases.filter(state=CaseState.CLOSED).order_by("-closed_at", "-id")
    if shown == Shown.MINE:
        cases = cases.filter(_mine(actor))
    open_ones = with_urgency(cases.filter(state=CaseState.OPEN)).annotate(due_on=_due_on())
    return open_ones.order_by("has_handler", "due_on", "opened_at", "id")


def _mine(actor: Actor, **conditions: Any) -> Exists:
    return Exists(CaseWorker.objects.filter(working_now(), case_id=OuterRef("pk"), person_id=actor.person_id, **conditions))


def _due_on() -> Coalesce:
    # Only the order rests on it, and the actor meets the case: the plan itself is asked for with her own reach.
    in_force = plans_visible_to(ORDERING).filter(file_ref=OuterRef("public_id"), state=PlanState.IN_FORCE)
    return Coalesce(
        Subquery(in_force.order_by().values("evaluate_on")[:1]), F("hear_again_on"), TruncDate("opened_at"), output_field=DateField()
    )


def case_rows(actor: Actor, cases: Iterable[Any]) -> list[CaseRow]:
    """Return the rows of cases the actor has met, in their order, with the same number of queries however many they are."""
    return _rows_of(actor, [case.pk for case in cases])


def _rows_of(actor: Actor, order: list[int]) -> list[CaseRow]:
    if not order:
        return []
    shown = _with_facts_in_order(order)
    facts = facts_by_case(actor, shown)
    classes = group_names([case.pupil_id for case in shown], today())
    handlers = handlers_by_case(case.pk for case in shown)
    whole = set(cases_met_as_a_whole(actor).filter(pk__in=order).values_list("pk", flat=True))
    helped = helped_by_case(actor, order) if set(order) - whole else {}
    rows = [_row(case, facts[case.public_id], classes.get(case.pupil_id, ""), handlers.get(case.pk, [])) for case in shown]
    return [row if row.case.pk in whole else _in_part(row, helped.get(row.case.pk, [])) for row in rows]


def _in_part(row: CaseRow, helped: list[CaseWorker]) -> CaseRow:
    """Return the row for somebody who helps with a part, or has opened it in an emergency: nothing of the rest of the case."""
    names = ", ".join(dict.fromkeys(str(worker.part.person) for worker in helped if worker.part is not None)) or row.pupil
    step = NextStep(StepCode.NOTHING)
    return replace(
        row, pupil=names, is_in_part=True, helped=tuple(helped), class_name="", kind="", is_serious=False, is_withheld=False, step=step
    )


def _with_facts_in_order(met: list[int]) -> list[Case]:
    """Return cases the actor has met, with their facts, in the order of their primary keys in ``met``."""
    counted = {case.pk: case for case in with_facts(Case.objects.select_related("pupil", "school").filter(pk__in=met))} if met else {}
    return [counted[pk] for pk in met if pk in counted]


def _row(case: Any, facts: CaseFacts, class_name: str, handlers: list[str]) -> CaseRow:
    return CaseRow(
        case=case,
        public_id=case.public_id,
        pupil=str(case.pupil),
        class_name=class_name,
        handlers=handlers,
        school=case.school.name,
        kind=case.get_kind_display(),
        is_withheld=case.is_withheld,
        is_serious=case.is_serious,
        opened_on=case.opened_at,
        last_touched_at=case.last_touched_at,
        facts=facts,
        step=next_step(facts, today=today()),
    )


@dataclass(frozen=True)
class CaseNeed:
    """One case that needs somebody, and the step it needs."""

    case: Case
    step: NextStep

    @property
    def public_id(self) -> str:
        return self.case.public_id

    @property
    def pupil(self) -> str:
        return str(self.case.pupil)

    @property
    def is_late(self) -> bool:
        return self.step.on is not None and self.step.on < today()


def cases_needing(actor: Actor) -> list[CaseNeed]:
    """Return the cases that need this person: those she works with, those she leads that nobody works with, and check-ups.

    Somebody who helps with one part has a line of her own (helping.py): the next step of a case is not hers to know.
    """
    led = Q(school_id__in=actor.schools_as(*LEADING), is_withheld=False)
    cases = with_urgency(cases_at_work(actor)).annotate(due_on=_due_on(), is_mine=_mine(actor, role=CaseRole.HANDLER))
    waiting = Q(state=CaseState.OPEN) & (Q(is_mine=True) | (led & Q(has_handler=False)))
    check_ups = Q(state=CaseState.CLOSED, control_on__lte=today()) & (Q(is_mine=True) | led)
    order = ("has_handler", "due_on", "opened_at", "id")
    first = list(cases.filter(waiting | check_ups).order_by(*order).values_list("pk", flat=True)[:NEEDING_SHOWN])
    shown = _with_facts_in_order(first)
    facts = facts_by_case(actor, shown) if shown else {}
    needs = [CaseNeed(case, next_step(facts[case.public_id], today=today())) for case in shown]
    return [need for need in needs if need.step.code != StepCode.NOTHING]


def cases_named(actor: Actor, public_ids: Iterable[str]) -> list[Case]:
    """Return the cases with these public ids that the actor meets at work."""
    return list(cases_at_work(actor).filter(public_id__in=list(public_ids)))


def cases_without_handler(actor: Actor) -> list[Case]:
    """Return the open cases nobody works with any longer, oldest first."""
    waiting = with_facts(cases_visible_to(actor)).filter(state=CaseState.OPEN, has_handler=False)
    return list(waiting.order_by("opened_at", "id"))


def joinable_cases(actor: Actor, *, report: Any, text: str = "") -> list[Case]:
    """Return at most 20 cases of which the actor meets the whole that the report can join, by the pupil's name."""
    cases = cases_met_whole(actor).filter(school_id=report.school_id, is_withheld=report.is_withheld)
    for word in text.casefold().split():
        cases = cases.filter(pupil__folded_name__contains=word)
    already = CaseReport.objects.filter(case_id=OuterRef("pk"), report=report)
    about = report.pupils.exclude(person=None).values("person_id")
    found = cases.exclude(Exists(already)).annotate(is_about=Q(pupil_id__in=about))
    return list(found.order_by("-is_about", "-state", "pupil__folded_name", "id")[:20])


def linked_cases(actor: Actor, case: Case, parts: Iterable[Any]) -> list[Case]:
    """Return the cases that share a pupil with this one, of those the actor meets whole: linked, and walled.

    ``parts`` are those inside the actor's walls; the one who harmed has a case and a plan of her own (SAN-03).
    """
    shared = {part.person_id for part in parts if part.kind == PartKind.INVOLVED_PUPIL}
    theirs = Q(pupil_id__in=shared) | Q(parts__person_id=case.pupil_id, parts__kind=PartKind.INVOLVED_PUPIL)
    return list(cases_met_whole(actor).filter(theirs).exclude(pk=case.pk).order_by("-opened_at", "-id").distinct())


def own_family_cases(actor: Actor) -> list[Case]:
    """Return the actor's own case and those of the children she may follow, open ones first."""
    return list(cases_as_family(actor).order_by("-state", "-opened_at", "-id"))


def reports_of(case: Case) -> list[CaseReport]:
    """Return the reports that belong to the case, in the order they came."""
    return list(case.case_reports.select_related("report").order_by("joined_at", "id"))


def read_reports(case: Case) -> list[Any]:
    """Return the reports of the case in the order they came, their keys and the case's own fetched with one query."""
    reports = [row.report for row in reports_of(case)]
    gather_keys([case.content_key_id, *(report.content_key_id for report in reports)])
    return reports


def handlers_by_case(case_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the names of the handlers in force of several cases."""
    names: dict[int, list[str]] = {}
    rows = CaseWorker.objects.filter(working_now(), case_id__in=list(case_ids), role=CaseRole.HANDLER).select_related("person")
    for row in rows.order_by("id"):
        names.setdefault(row.case_id, []).append(str(row.person))
    return names
