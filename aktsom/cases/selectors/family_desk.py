"""What the family has said, as those who work with the case meet it: answers, messages meant for them, corrections, letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from aktsom.cases.access import cases_at_work, exchanges_visible_to, working_now
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
    LetterReply,
)
from aktsom.cases.rules import CaseRole, CaseState
from aktsom.cases.rules.family import month_after
from aktsom.core.access.actor import Actor
from aktsom.core.files import storage
from aktsom.core.timing.clock import today
from aktsom.measures.rules import PartyKind, PlanState, is_falling
from aktsom.measures.selectors import plan_of_file, plan_standings


def family_desk(actor: Actor, case: Case) -> dict[str, Any]:
    """Return everything the family has said to those who work with the whole case."""
    plan = plan_of_file(actor, case.public_id)
    corrections = CorrectionRequest.objects.filter(case=case).select_related("person", "answered_by").order_by("outcome", "-asked_at")
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


def cases_with_falling_answers(actor: Actor) -> list[Falling]:
    """Return the open cases the actor works with in which the pupil's last answer fell after the last evaluation."""
    mine = CaseWorker.objects.filter(working_now(), person_id=actor.own_id, role=CaseRole.HANDLER).values("case_id")
    cases = {case.pk: case for case in cases_at_work(actor).filter(state=CaseState.OPEN, pk__in=mine)}
    said: dict[int, list[tuple[datetime, str]]] = {}
    rows = FamilyAnswer.objects.filter(case_id__in=cases, party=PartyKind.PUPIL).order_by("said_at", "id")
    for case_id, at, answer in rows.values_list("case_id", "said_at", "answer"):
        said.setdefault(case_id, []).append((at, answer))
    plans = plan_standings(actor, [cases[pk].public_id for pk in said])
    found = []
    for pk, answers in said.items():
        plan = plans.get(cases[pk].public_id)
        since = [] if plan is None or plan.answered_at is None else [(plan.answered_at, plan.answer)]
        newer = [row for row in answers if not since or row[0] > since[0][0]]
        if plan is not None and plan.state == PlanState.IN_FORCE and newer and is_falling([answer for _at, answer in [*since, *newer]]):
            found.append(Falling(cases[pk], newer[-1][0], plan.public_id))
    return found


def corrections_waiting(actor: Actor) -> list[CorrectionRequest]:
    """Return the wishes to correct that nobody has answered, in the cases the actor works with."""
    mine = CaseWorker.objects.filter(working_now(), person_id=actor.own_id, role=CaseRole.HANDLER).values("case_id")
    rows = CorrectionRequest.objects.filter(outcome="", case__in=cases_at_work(actor).filter(pk__in=mine).values("pk"))
    return list(rows.select_related("case__pupil").order_by("asked_at", "id"))


def exchanges_waiting(actor: Actor) -> list[Exchange]:
    """Return the exchanges in which the other one wrote last."""
    last = ExchangeLine.objects.filter(exchange_id=OuterRef("pk")).order_by("-written_at", "-id").values("written_by_id")[:1]
    rows = exchanges_visible_to(actor).annotate(last_by=Subquery(last))
    waiting = Q(adult_id=actor.own_id, last_by=F("person_id")) | Q(person_id=actor.own_id, last_by=F("adult_id"))
    return list(rows.filter(waiting).order_by("opened_at", "id"))
