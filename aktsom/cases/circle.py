"""The circle around one pupil: who in the family was told, whom they may write to, and how the pupil has answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from aktsom.cases.access import shut_out_of, workers_now
from aktsom.cases.facts import at_work_rows
from aktsom.cases.knowing import knows
from aktsom.cases.models import Case, CaseExclusion, CasePart, CheckIn, FamilyAnswer, GuardiansTold
from aktsom.cases.rules import CaseRole, CaseState, GuardianDecision, PartKind
from aktsom.cases.rules.family import due_check_in, in_order
from aktsom.core.notify.selectors import told_of
from aktsom.core.timing.clock import today
from aktsom.measures.rules import PartyKind, PlanState, is_falling, proposed_evaluation
from aktsom.measures.selectors import SaidOnOwnPage, answers_with_moments
from aktsom.people.selectors import contact_teachers, guardians_who_may_follow, people_at
from aktsom.plans.selectors import evaluation_rhythm_days


def told_guardians(case: Case) -> list[Any]:
    """Return the guardians who follow the case now: they may, it was decided that they are told, and none is shut out."""
    latest = GuardiansTold.objects.filter(case=case).order_by("-written_at", "-id").values_list("decision", flat=True).first()
    if latest != GuardianDecision.TOLD:
        return []
    barred = shut_out_of(case)
    return [guardian for guardian in guardians_who_may_follow(case.pupil_id, today()) if guardian.pk not in barred]


def family_with_the_room(case: Case) -> set[int]:
    """Return those who have a room of their own in the case now: guardians who were told, and the pupil once she knows of it."""
    return {guardian.pk for guardian in told_guardians(case)} | ({case.pupil_id} if knows(case) else set())


def own_part(case: Case) -> CasePart | None:
    """Return the part of the pupil the case is for."""
    return CasePart.objects.select_related("trusted_adult").filter(case=case, kind=PartKind.PUPIL).first()


def adults_to_write_to(case: Case, person_id: int) -> list[Any]:
    """Return the adults somebody in the family may write to: those who work with the case, and for the pupil her own.

    The pupil's own are the adult she chose and her contact teachers. Nobody who is shut out, none who no longer works there,
    and nobody at the school when the owner has the case alone.
    """
    _heads, staff, at_owner = people_at(case.school_id, case.owner_id, today())
    at_work = {person.pk for person in (at_owner if case.is_withheld else [*staff, *at_owner])}
    barred = shut_out_of(case)
    found = [worker.person for worker in workers_now(case) if worker.role == CaseRole.HANDLER]
    if person_id == case.pupil_id:
        part = own_part(case)
        chosen = [part.trusted_adult] if part is not None and part.trusted_adult is not None else []
        found = [*chosen, *found, *contact_teachers(case.pupil_id, today())]
    return [person for person in dict.fromkeys(found) if person.pk in at_work and person.pk not in barred]


def handlers_at_work(case: Case) -> list[int]:
    """Return those who work with the whole case, by primary key, the shut out left out."""
    barred = shut_out_of(case)
    return [row.person_id for row in workers_now(case) if row.role == CaseRole.HANDLER and row.person_id not in barred]


def contacts_of(case: Case) -> list[str]:
    """Return the names of those who work with the case and still work there, none of the shut out."""
    shut_out = CaseExclusion.objects.filter(case=case).values("person_id")
    rows = at_work_rows(today()).filter(case=case).exclude(person_id__in=shut_out).select_related("person").order_by("id")
    return [str(person) for person in dict.fromkeys(row.person for row in rows)]


@dataclass(frozen=True)
class Asked:
    """When somebody is asked how it is: the question that waits now, and the next day one comes."""

    due: date | None = None
    next_on: date | None = None


def asked_in(cases: Iterable[Case], person_id: int) -> dict[int, Asked]:
    """Return when the person is asked, by case; cases without days are left out. Guardians are asked the same days (EVL-03)."""
    ids = [case.pk for case in cases if case.state == CaseState.OPEN]
    last = FamilyAnswer.objects.filter(case_id=OuterRef("case_id"), person_id=person_id).order_by("-said_at").values("said_at")[:1]
    rows = CheckIn.objects.filter(case_id__in=ids, withdrawn_at=None).annotate(last_at=Subquery(last))
    days: dict[int, list[date]] = {}
    answered: dict[int, list[date]] = {}
    for case_id, day, at in rows.values_list("case_id", "ask_on", "last_at"):
        days.setdefault(case_id, []).append(day)
        answered[case_id] = [] if at is None else [timezone.localtime(at).date()]
    return {
        pk: Asked(
            due_check_in(days=asked, answered_on=answered[pk], today=today()),
            min((day for day in asked if day > today()), default=None),
        )
        for pk, asked in days.items()
    }


def asked_about(case: Case, person_id: int) -> Asked:
    """Return when the person is asked in this case."""
    return asked_in([case], person_id).get(case.pk, Asked())


def pupils_answers(case: Case, plan: Any) -> list[str]:
    """Return how the pupil has answered, at evaluations and in the room, oldest first."""
    own = FamilyAnswer.objects.filter(case=case, party=PartyKind.PUPIL).values_list("said_at", "answer")
    return in_order([*own, *(answers_with_moments(plan) if plan is not None else [])])


def said_last(file_ref: str) -> SaidOnOwnPage | None:
    """Return what the pupil said last in her own room, for the evaluation of the plan the case holds."""
    own = FamilyAnswer.objects.filter(case__public_id=file_ref, party=PartyKind.PUPIL).order_by("-said_at", "-id").first()
    return SaidOnOwnPage(own.answer, own.words, own.said_at) if own is not None else None


def earlier_evaluation(case: Case, plan: Any) -> date | None:
    """Return an earlier day to propose for the evaluation when the pupil's answers fall, or None (EVL-03, EVL-04)."""
    if plan is None or plan.state != PlanState.IN_FORCE or plan.evaluate_on is None:
        return None
    answers = pupils_answers(case, plan)
    if not is_falling(answers):
        return None
    rhythm = evaluation_rhythm_days(case.school_id)
    proposed = proposed_evaluation(answers=answers, planned=plan.evaluate_on, today=today(), rhythm_days=rhythm)
    return proposed if proposed < plan.evaluate_on else None


def asked_occasion(case: Case) -> str:
    """Return what asking is for, so that it comes once for each day that was set."""
    return f"{case.public_id}:asked:{today()}"


def cases_to_ask_in() -> list[Case]:
    """Return the open cases in which today is a day to ask and nobody has been told of it yet."""
    asked = CheckIn.objects.filter(ask_on=today(), withdrawn_at=None)
    cases = list(Case.objects.filter(pk__in=asked.values("case_id"), state=CaseState.OPEN).select_related("pupil").order_by("id"))
    told = told_of(codes=["family.asked"], occasions=[asked_occasion(case) for case in cases])
    return [case for case in cases if ("family.asked", asked_occasion(case)) not in told and family_with_the_room(case)]
