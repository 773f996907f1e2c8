"""On a set day somebody asks again: has telling made it worse, and is it still safe after the end (EVL-09)."""

from __future__ import annotations

from datetime import date

from aktsom.cases.access import get_part, working_now
from aktsom.cases.models import AskAgain, Case, CasePart, CaseWorker
from aktsom.cases.rules import CaseRole
from aktsom.cases.rules.continuity import (
    ASK_AGAIN_AFTER,
    AskAgainAnswer,
    AskAgainKind,
    AskAgainObstacle,
    obstacles_to_answering_ask_again,
    obstacles_to_control,
)
from aktsom.cases.services.records import tell, write
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.people.selectors import deputies, head_teachers, owner_recipients


def ask_in_some_weeks(by: Actor, case: Case, part: CasePart, *, reporter_is_somebody_else: bool) -> None:
    """Set the first days when a case is opened: the pupil, and whoever told. A proposal anybody with the case can move."""
    due_on = today() + ASK_AGAIN_AFTER
    write(AskAgain, case, part=part, kind=AskAgainKind.PUPIL, due_on=due_on, set_by_id=by.person_id, set_at=now())
    if reporter_is_somebody_else:
        write(AskAgain, case, kind=AskAgainKind.REPORTER, due_on=due_on, set_by_id=by.person_id, set_at=now())


@service(Event.ASK_AGAIN_SET, action=Action.CASE_HEAR, on="case")
def set_ask_again(*, by: Actor, case: Case, kind: AskAgainKind, due_on: date, part: CasePart | None = None) -> AskAgain:
    """Decide a coming day to ask. One that waits already is moved, so that nobody is asked twice."""
    if due_on <= today():
        raise Refused([AskAgainObstacle.PASSED])
    own = get_part(by, case, part.public_id) if part is not None else None
    waiting: AskAgain | None = AskAgain.objects.filter(case=case, kind=kind, part=own, answer="").first()
    if waiting is None:
        return write(AskAgain, case, part=own, kind=kind, due_on=due_on, set_by_id=by.own_id, set_at=now())
    waiting.due_on, waiting.set_by_id, waiting.set_at = due_on, by.own_id, now()
    waiting.save(update_fields=["due_on", "set_by", "set_at"])
    return waiting


@service(Event.ASK_AGAIN_ANSWERED, action=Action.CASE_HEAR, on="case")
def answer_ask_again(
    *, by: Actor, case: Case, asked: AskAgain, answer: AskAgainAnswer | None, words: str = "", next_on: date | None = None
) -> AskAgain:
    """Write what the answer was. Worse is told to those who have the case, at once; not reached gets a new day."""
    obstacles = obstacles_to_answering_ask_again(
        answered=bool(asked.answer), answer=answer or "", words=words, next_on=next_on, today=today()
    )
    if obstacles or answer is None:
        raise Refused(obstacles)
    asked.answer, asked.words, asked.answered_by_id, asked.answered_at = answer, words, by.own_id, now()
    asked.save()
    _follow(by, asked, answer, next_on)
    return asked


@service(Event.ASK_AGAIN_ANSWERED, action=Action.CASE_HEAR, on="case")
def answer_control(*, by: Actor, case: Case, answer: AskAgainAnswer | None, words: str = "", next_on: date | None = None) -> AskAgain:
    """Write how it is after the end. Fine ends it, or sets a new day; worse stays on «I dag» until the case is open again."""
    obstacles = obstacles_to_control(state=case.state, answer=answer or "", words=words, next_on=next_on, today=today())
    if obstacles or answer is None:
        raise Refused(obstacles)
    own = case.parts.filter(person_id=case.pupil_id).first()
    asked = write(
        AskAgain,
        case,
        part=own,
        kind=AskAgainKind.CONTROL,
        due_on=case.control_on or today(),
        answer=answer,
        words=words,
        set_at=now(),
        answered_by_id=by.own_id,
        answered_at=now(),
    )
    if answer == AskAgainAnswer.WORSE:
        _tell_of_worse(by, asked)
        return asked
    case.control_on = next_on
    case.save(update_fields=["control_on"])
    return asked


def _follow(by: Actor, asked: AskAgain, answer: AskAgainAnswer, next_on: date | None) -> None:
    if next_on is not None:
        write(AskAgain, asked.case, part=asked.part, kind=asked.kind, due_on=next_on, set_by_id=by.own_id, set_at=now())
    if answer == AskAgainAnswer.WORSE:
        _tell_of_worse(by, asked)


def _tell_of_worse(by: Actor, asked: AskAgain) -> None:
    tell(by, asked.case, _who_must_know(asked.case), "ask_again.worse", asked.public_id)


def _handlers(case: Case) -> list[int]:
    return list(CaseWorker.objects.filter(working_now(), case=case, role=CaseRole.HANDLER).values_list("person_id", flat=True))


def _who_must_know(case: Case) -> list[int]:
    workers = _handlers(case)
    if case.is_withheld:
        return [*workers, *(person.pk for person in owner_recipients(case.owner_id, "leadership", today(), case.school_id))]
    leaders = [*head_teachers(case.school_id, today()), *deputies(case.school_id, today())]
    return [*workers, *(person.pk for person in leaders)]


@service(Event.DAYS_REMINDED, action=Action.JOB_RUN, on="case")
def remind_of_day(*, by: Actor, case: Case, code: str, mark: str, person_ids: list[int] | None = None) -> Case:
    """Tell of a talk, an agreement or a question whose day is here, once for each, without saying which."""
    led = code == "governor.due"  # who answers Statsforvalteren is not left to one person
    handlers = _who_must_know(case) if led else _handlers(case) or _who_must_know(case)
    tell(by, case, person_ids if person_ids is not None else handlers, code, mark)
    return case
