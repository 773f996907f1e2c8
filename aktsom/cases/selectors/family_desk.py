"""What the family has said, as those who work with the case meet it: answers, messages meant for them, corrections, letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from aktsom.cases.access import cases_at_work, exchanges_visible_to, help_visible_to, working_now
from aktsom.cases.circle import earlier_evaluation
from aktsom.cases.models import (
    Case,
    CaseWorker,
    CheckIn,
    CorrectionRequest,
    Exchange,
    ExchangeLine,
    FamilyAnswer,
    FamilyLetter,
    HelpRequest,
    LetterReply,
)
from aktsom.cases.rules import CaseRole, CaseState
from aktsom.cases.rules.family import month_after
from aktsom.core.access.actor import Actor
from aktsom.core.files import storage
from aktsom.core.timing.clock import today
from aktsom.core.waiting import Waits, waiting
from aktsom.measures.rules import PartyKind, PlanState, is_falling
from aktsom.measures.selectors import plan_of_file, plan_standings


def family_desk(actor: Actor, case: Case) -> dict[str, Any]:
    """Return everything the family has said to those who work with the whole case."""
    plan = plan_of_file(actor, case.public_id)
    corrections = (
        CorrectionRequest.objects.filter(case=case).select_related("person", "answered_by").order_by("outcome", "-asked_at", "-id")
    )
    return {
        "answers": list(FamilyAnswer.objects.filter(case=case).select_related("person").order_by("-said_at", "-id")),
        "messages_shown": list(
            ExchangeLine.objects.filter(case=case, for_handlers=True)
            .select_related("exchange__person", "exchange__adult", "written_by")
            .order_by("-written_at", "-id")
        ),
        "corrections": [(row, month_after(row.asked_at.date())) for row in corrections],
        "letters": list(FamilyLetter.objects.filter(case=case).select_related("person", "made_by").order_by("-made_at", "-id")),
        "replies": list(LetterReply.objects.filter(case=case).select_related("letter__person").order_by("-registered_at", "-id")),
        "check_ins": coming_check_ins(case),
        "earlier": earlier_evaluation(case, plan),
        "plan": plan,
    }


def coming_check_ins(case: Case) -> list[date]:
    """Return the days from today on that the pupil is asked."""
    return list(CheckIn.objects.filter(case=case, withdrawn_at=None, ask_on__gte=today()).values_list("ask_on", flat=True))


def correction_of(case: Case, public_id: str) -> CorrectionRequest | None:
    """Return one wish to correct in the case."""
    return CorrectionRequest.objects.select_related("person").filter(case=case, public_id=public_id).first()


def letter_of(case: Case, public_id: str) -> FamilyLetter | None:
    """Return one letter of the case."""
    return FamilyLetter.objects.filter(case=case, public_id=public_id).first()


def reply_of(case: Case, public_id: str) -> LetterReply | None:
    """Return one scanned answer in the case."""
    return LetterReply.objects.filter(case=case, public_id=public_id).first()


def stored_content(record: FamilyLetter | LetterReply) -> bytes:
    """Return the letter or the scan, unsealed."""
    return storage.get(record.content_key_id, record.stored_name)


@dataclass(frozen=True)
class Falling:
    """A case in which the pupil's own answers fall."""

    case: Case
    said_at: datetime
    plan_id: str


ANSWERED = "answered"


def _answers(actor: Actor) -> QuerySet[FamilyAnswer]:
    return FamilyAnswer.objects.filter(case_id__in=_handled(actor), case__state=CaseState.OPEN, party=PartyKind.PUPIL)


def cases_answered(actor: Actor) -> Waits:
    """Return the cases the actor works with in which the pupil has answered: only then can the answers fall."""
    cases = Case.objects.filter(pk__in=_answers(actor).values("case_id"))
    return Waits(cases, lambda: waiting(cases, ANSWERED))


def cases_with_falling_answers(actor: Actor) -> list[Falling]:
    """Return the open cases the actor works with in which the pupil's last answer fell after the last evaluation."""
    met = cases_at_work(actor).order_by().values("pk")
    rows = _answers(actor).filter(case_id__in=met).select_related("case__pupil").defer("words")
    said: dict[Case, list[FamilyAnswer]] = {}
    for row in rows.order_by("said_at", "id"):
        said.setdefault(row.case, []).append(row)
    plans = plan_standings(actor, [case.public_id for case in said]) if said else {}
    found = []
    for case, answers in said.items():
        plan = plans.get(case.public_id)
        since = [] if plan is None or plan.answered_at is None else [(plan.answered_at, plan.answer)]
        newer = [(row.said_at, row.answer) for row in answers if not since or row.said_at > since[0][0]]
        if plan is not None and plan.state == PlanState.IN_FORCE and newer and is_falling([answer for _at, answer in [*since, *newer]]):
            found.append(Falling(case, newer[-1][0], plan.public_id))
    return found


def _handled(actor: Actor) -> Any:
    return CaseWorker.objects.filter(working_now(), person_id=actor.own_id, role=CaseRole.HANDLER).values("case_id")


def said_to_answer(actor: Actor) -> list[Waits]:
    """Return what waits for the actor's answer, to be read with others: wishes to correct, questions of help, messages."""
    wishes = CorrectionRequest.objects.filter(outcome="", case_id__in=_handled(actor))
    asked = HelpRequest.objects.filter(person_id=actor.own_id, answered_at=None, ended_at=None)

    def to_correct() -> Any:
        met = wishes.filter(case_id__in=cases_at_work(actor).order_by().values("pk"))
        return waiting(met, "correction", person="case__pupil", case_ref="case__public_id", at="asked_at", school="case__school_id")

    def to_help() -> Any:
        questions = help_visible_to(actor).filter(answered_at=None)
        return waiting(questions, "help", person="asked_by", at="asked_at", day="ends_on", school="case__school_id")

    return [Waits(wishes, to_correct), Waits(asked, to_help), *exchanges_waiting(actor)]


def exchanges_waiting(actor: Actor) -> list[Waits]:
    """Return the exchanges in which the other one wrote last, to be read with others."""
    return [_exchange_waiting(actor, mine="adult", other="person"), _exchange_waiting(actor, mine="person", other="adult")]


def _exchange_waiting(actor: Actor, *, mine: str, other: str) -> Waits:
    last = ExchangeLine.objects.filter(exchange_id=OuterRef("pk")).order_by("-written_at", "-id").values("written_by_id")[:1]

    def written(rows: QuerySet[Exchange]) -> Any:
        own = rows.annotate(last_by=Subquery(last)).filter(**{f"{mine}_id": actor.own_id}, last_by=F(other))
        return own.exclude(person_id=actor.own_id, adult_id=actor.own_id) if mine == "person" else own

    def met() -> Any:
        return waiting(written(exchanges_visible_to(actor)), "exchange", person=other, at="opened_at", school="case__school_id")

    return Waits(written(Exchange.objects.all()), met)
