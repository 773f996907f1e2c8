"""What the family does in its own room, and how the school answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from aktsom.cases.circle import adults_to_write_to, asked_occasion, earlier_evaluation, family_with_the_room, handlers_at_work
from aktsom.cases.models import Case, CheckIn, CorrectionRequest, Exchange, ExchangeLine, FamilyAnswer
from aktsom.cases.rules import CaseState
from aktsom.cases.rules.family import (
    CorrectionObstacle,
    CorrectionOutcome,
    CorrectionTarget,
    obstacles_to_answering_correction,
    obstacles_to_setting_check_ins,
    obstacles_to_writing,
)
from aktsom.cases.services.records import plan_of, touch, write
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import OutOfReach, Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now, today
from aktsom.measures.rules import PartyKind, PupilAnswer


@service(Event.CASE_CHECK_INS_SET, action=Action.CASE_HEAR, on="case")
def set_check_ins(*, by: Actor, case: Case, days: Sequence[date]) -> Case:
    """Set the days the pupil is asked «er det bedre?». Days already set are kept, days to come that are left out go away."""
    obstacles = obstacles_to_setting_check_ins(days=days, today=today(), is_open=case.state == CaseState.OPEN)
    if obstacles:
        raise Refused(obstacles)
    coming = CheckIn.objects.filter(case=case, withdrawn_at=None, ask_on__gte=today())
    coming.exclude(ask_on__in=days).update(withdrawn_at=now())
    there = set(coming.values_list("ask_on", flat=True))
    for day in sorted(set(days) - there):
        write(CheckIn, case, ask_on=day, set_by_id=by.own_id, set_at=now())
    touch(case)
    return case


@service(Event.CASE_FAMILY_ASKED, action=Action.JOB_RUN, on="case")
def ask_how_it_is(*, by: Actor, case: Case) -> Case:
    """Tell the pupil, and each guardian who was told, that there is a question waiting. Each gets her own; it comes once a day."""
    notify(
        by=by,
        person_ids=sorted(family_with_the_room(case)),
        code="family.asked",
        occasion=asked_occasion(case),
        path=reverse("cases:how-is-it", args=[case.public_id]),
        scope=case.scope(),
    )
    return case


@service(Event.CASE_FAMILY_ANSWERED, action=Action.CASE_SAY_OWN, on="case")
def say_how_it_is(*, by: Actor, case: Case, answer: PupilAnswer, words: str = "") -> FamilyAnswer:
    """Write how the pupil, or one guardian, says it is now. A falling answer tells the handlers to look earlier (EVL-03)."""
    party = PartyKind.PUPIL if by.person_id == case.pupil_id else PartyKind.GUARDIAN
    said = write(FamilyAnswer, case, person_id=by.own_id, party=party, answer=answer, words=words, said_at=now())
    falls = party == PartyKind.PUPIL and (answer == PupilAnswer.WORSE or earlier_evaluation(case, plan_of(by, case)) is not None)
    tell_handlers(by, case, "family.falling" if falls else "family.wrote", said.public_id)
    return said


@service(Event.EXCHANGE_WRITTEN, action=Action.CASE_SAY_OWN, on="case")
def write_to_adult(*, by: Actor, case: Case, adult: Any, text: str, for_handlers: bool = False) -> Exchange:
    """Write to an adult at the school (HRG-10). Only that adult reads it, and those who work with the case when so chosen."""
    can = adult is not None and adult.pk in {person.pk for person in adults_to_write_to(case, by.own_id)}
    _refuse_message(text, can)
    exchange = Exchange.objects.filter(case=case, person_id=by.own_id, adult=adult).first()
    if exchange is None:
        exchange = write(Exchange, case, person_id=by.own_id, adult=adult, opened_at=now())
    _line(by, exchange, text, for_handlers)
    return exchange


@service(Event.EXCHANGE_WRITTEN, action=Action.EXCHANGE_WRITE, on="exchange")
def write_in_exchange(*, by: Actor, exchange: Exchange, text: str, for_handlers: bool | None = None) -> Exchange:
    """Write more in an exchange. The adult's answer goes as far as what it answers: never further than the family chose."""
    can = exchange.adult_id in {person.pk for person in adults_to_write_to(exchange.case, exchange.person_id)}
    _refuse_message(text, can or by.own_id == exchange.adult_id)
    if by.own_id == exchange.adult_id or for_handlers is None:
        last = exchange.lines.filter(written_by_id=exchange.person_id).order_by("-written_at", "-id").first()
        for_handlers = last is not None and last.for_handlers
    _line(by, exchange, text, for_handlers)
    return exchange


def _refuse_message(text: str, can: bool) -> None:
    obstacles = obstacles_to_writing(text=text, adult_can_answer=can)
    if obstacles:
        raise Refused(obstacles)


def _line(by: Actor, exchange: Exchange, text: str, for_handlers: bool) -> None:
    line = write(
        ExchangeLine,
        exchange.case,
        exchange=exchange,
        written_by_id=by.own_id,
        text=text,
        for_handlers=for_handlers,
        written_at=now(),
    )
    to_adult = by.own_id == exchange.person_id
    notify(
        by=by,
        person_ids=[exchange.adult_id if to_adult else exchange.person_id],
        code="exchange.new" if to_adult else "family.answer",
        occasion=f"{exchange.public_id}:{line.public_id}",
        path=reverse("cases:exchange-detail", args=[exchange.public_id]),
        scope=exchange.scope(),
    )
    if to_adult and for_handlers:
        tell_handlers(by, exchange.case, "family.wrote", line.public_id, but=exchange.adult_id)


@service(Event.CASE_CORRECTION_ASKED, action=Action.CASE_SAY_OWN, on="case")
def ask_for_correction(
    *, by: Actor, case: Case, target: CorrectionTarget, wrong: str, right: str = "", target_ref: str = ""
) -> CorrectionRequest:
    """Say that something written is wrong (personvernforordningen artikkel 16). The words stay with the case whatever is answered."""
    if not wrong.strip():
        raise Refused([CorrectionObstacle.NOTHING_WRONG])
    asked = write(
        CorrectionRequest,
        case,
        person_id=by.own_id,
        target=target,
        target_ref=target_ref,
        wrong=wrong,
        right=right,
        asked_at=now(),
    )
    tell_handlers(by, case, "family.wrote", asked.public_id)
    return asked


@service(Event.CASE_CORRECTION_ANSWERED, action=Action.CASE_ANSWER_FAMILY, on="case")
def answer_correction(
    *, by: Actor, case: Case, request: CorrectionRequest, outcome: CorrectionOutcome, correction: str = "", reason: str = ""
) -> CorrectionRequest:
    """Answer a wish to correct. What was written first stays; what is right, or why not, is put beside it (fact 45)."""
    if request.case_id != case.pk:
        raise OutOfReach(CorrectionRequest._meta.label, request.public_id)
    obstacles = obstacles_to_answering_correction(outcome=outcome, correction=correction, reason=reason, is_answered=bool(request.outcome))
    if obstacles:
        raise Refused(obstacles)
    request.outcome, request.correction, request.reason = outcome, correction, reason
    request.answered_by_id, request.answered_at = by.own_id, now()
    request.save()
    touch(case)
    tell_person(by, case, request.person_id, "family.answer", request.public_id, page="cases:own-papers")
    return request


def tell_handlers(by: Actor, case: Case, code: str, occasion: str, *, but: int = 0) -> None:
    """Tell those who work with the whole case that the family has said something: never who, never what."""
    people = [pk for pk in handlers_at_work(case) if pk not in {by.person_id, but}]
    if people:
        notify(
            by=by,
            person_ids=people,
            code=code,
            occasion=f"{case.public_id}:{occasion}",
            path=reverse("cases:case-family", args=[case.public_id]),
            scope=case.scope(),
        )


def tell_person(by: Actor, case: Case, person_id: int, code: str, occasion: str, *, page: str) -> None:
    """Tell one person of the family that there is something to read, if she still follows the case."""
    if person_id in family_with_the_room(case):
        notify(
            by=by,
            person_ids=[person_id],
            code=code,
            occasion=f"{case.public_id}:{occasion}",
            path=reverse(page, args=[case.public_id]),
            scope=case.scope(),
        )
