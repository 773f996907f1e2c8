"""Talks are planned, held and written, agreements made and followed up, minutes let out, and the school's own prompts kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from aktsom.cases.access import can_follow_up, shut_out_of, workers_now
from aktsom.cases.models import Case, CasePart
from aktsom.cases.models.conversations import Agreement, Conversation, ConversationGuest, PromptSet
from aktsom.cases.rules.conversations import (
    AgreementObstacle,
    AgreementOutcome,
    ConversationKind,
    ConversationObstacle,
    ConversationState,
    obstacles_to_agreeing,
    obstacles_to_conversation,
    obstacles_to_minutes,
    obstacles_to_releasing_minutes,
)
from aktsom.cases.rules.states import PartKind
from aktsom.cases.services.records import inside_walls, tell, touch, write
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.people.rules import PersonKind
from aktsom.people.selectors import guardianships_of


@dataclass(frozen=True)
class ConversationPlan:
    """When, where and with whom. ``guests`` are people registered; others are written in ``with_whom``."""

    kind: ConversationKind
    held_on: date
    held_at: time | None = None
    place: str = ""
    with_whom: str = ""
    barriers: str = ""
    wished_by: str = ""
    guests: Sequence[Any] = field(default_factory=tuple)


@service(Event.CONVERSATION_PLANNED, action=Action.CASE_HEAR, on="case")
def plan_conversation(*, by: Actor, case: Case, part: CasePart, draft: ConversationPlan) -> Conversation:
    """Plan a talk in one person's own part. Raises Refused: one pupil at a time, one family at a time (TAL-06, TAL-08)."""
    part = inside_walls(by, case, part)
    _refuse_wrong(case, part, draft)
    wanted = {name: getattr(draft, name) for name in ("kind", "held_on", "held_at", "place", "with_whom", "barriers", "wished_by")}
    talk = write(Conversation, case, part=part, held_by_id=by.own_id, written_by_id=by.own_id, written_at=now(), **wanted)
    for person in draft.guests:
        ConversationGuest(content_key_id=case.content_key_id, conversation=talk, person=person).save()
    return talk


def _refuse_wrong(case: Case, part: CasePart, draft: ConversationPlan) -> None:
    own = {row.guardian_id for row in guardianships_of(part.person_id, today())}
    obstacles = obstacles_to_conversation(
        kind=draft.kind,
        part_kind=part.kind,
        own_pupil=part.person_id,
        guests=[person.pk for person in draft.guests],
        pupils=[person.pk for person in draft.guests if person.kind == PersonKind.PUPIL],
        own_guardians=own,
        guardians=[person.pk for person in draft.guests if person.kind == PersonKind.GUARDIAN],
        shut_out=shut_out_of(case),
        wished_by=draft.wished_by,
    )
    if obstacles:
        raise Refused(obstacles)


@service(Event.CONVERSATION_WRITTEN, action=Action.CASE_HEAR, on="case")
def write_minutes(
    *,
    by: Actor,
    case: Case,
    talk: Conversation,
    held_on: date,
    minutes: str,
    answers: Mapping[str, str] | None = None,
    next_on: date | None = None,
) -> Conversation:
    """Write that the talk was held and what was said. No prompt needs an answer. Raises Refused without a word, or before it was held."""
    inside_walls(by, case, talk.part)
    said = {prompt: text.strip() for prompt, text in (answers or {}).items() if text.strip()}
    obstacles = obstacles_to_minutes(
        held_on=held_on, today=today(), minutes=minutes, has_answers=bool(said), is_released=talk.released_at is not None
    )
    if obstacles:
        raise Refused(obstacles)
    talk.state, talk.held_on, talk.minutes, talk.answers, talk.next_on = ConversationState.HELD, held_on, minutes, said or None, next_on
    talk.written_by_id, talk.written_at = by.own_id, now()
    talk.save()
    touch(case)
    if next_on is not None:
        _plan_next(by, talk, next_on)
    return talk


def _plan_next(by: Actor, talk: Conversation, day: date) -> None:
    """Put the next talk with the same people in the calendar at once, so that it is not lost (TAL-03, TAL-07)."""
    there = Conversation.objects.filter(part=talk.part, kind=talk.kind, held_on=day).exclude(state=ConversationState.OFF)
    if any(_same_guests(talk, other) for other in there.prefetch_related("guests")):
        return
    same = {name: getattr(talk, name) for name in ("part", "kind", "place", "with_whom", "barriers", "wished_by")}
    after = write(Conversation, talk.case, held_on=day, held_by_id=talk.held_by_id, written_by_id=by.own_id, written_at=now(), **same)
    for guest in talk.guests.all():
        ConversationGuest(content_key_id=talk.content_key_id, conversation=after, person_id=guest.person_id).save()


def _same_guests(talk: Conversation, other: Conversation) -> bool:
    """Return whether two talks are with the same people: two guardians each have their own, also on the same day."""
    return {guest.person_id for guest in talk.guests.all()} == {guest.person_id for guest in other.guests.all()}


@service(Event.CONVERSATION_CALLED_OFF, action=Action.CASE_HEAR, on="case")
def call_off(*, by: Actor, case: Case, talk: Conversation, why: str) -> Conversation:
    """Write that the talk came to nothing, and why. Raises Refused for one that was held."""
    inside_walls(by, case, talk.part)
    if talk.state != ConversationState.PLANNED:
        raise Refused([ConversationObstacle.NOT_PLANNED])
    talk.state, talk.minutes, talk.written_by_id, talk.written_at = ConversationState.OFF, why, by.own_id, now()
    talk.save()
    touch(case)
    return talk


@service(Event.MINUTES_RELEASED, action=Action.CASE_RELEASE_MINUTES, on="case")
def release_minutes(*, by: Actor, case: Case, talk: Conversation, names: Sequence[str], reason: str = "") -> Conversation:
    """Let the minutes out to those who were in the talk, after a person has read them. Names of others need a reason (fact 32)."""
    inside_walls(by, case, talk.part)
    obstacles = obstacles_to_releasing_minutes(
        state=talk.state, minutes=talk.minutes, is_released=talk.released_at is not None, names=names, reason=reason
    )
    if obstacles:
        raise Refused(obstacles)
    talk.released_by_id, talk.released_at, talk.release_reason = by.own_id, now(), reason
    talk.save()
    touch(case)
    if talk.part.kind == PartKind.PUPIL:
        guests = [guest.person_id for guest in talk.guests.select_related("person") if guest.person.kind != PersonKind.STAFF]
        tell(by, case, guests, "minutes.released", talk.public_id, page="cases:own-case")
    return talk


@service(Event.AGREEMENT_MADE, action=Action.CASE_HEAR, on="case")
def make_agreement(
    *, by: Actor, case: Case, part: CasePart, text: str, follow_up_on: date, talk: Conversation | None = None, follower: Any = None
) -> Agreement:
    """Write what somebody agreed to, with the day it is looked at again and by whom (TAL-07, TAL-10)."""
    part = inside_walls(by, case, part)
    can = follower is None or follower.pk in {worker.person_id for worker in workers_now(case) if can_follow_up(worker, part)}
    obstacles = obstacles_to_agreeing(text=text, follow_up_on=follow_up_on, today=today(), can_follow_up=can)
    if obstacles:
        raise Refused(obstacles)
    return write(
        Agreement,
        case,
        part=part,
        conversation=talk,
        text=text,
        follow_up_on=follow_up_on,
        follow_up_by_id=by.own_id if follower is None else follower.pk,
        made_by_id=by.own_id,
        made_at=now(),
    )


@service(Event.AGREEMENT_SETTLED, action=Action.CASE_HEAR, on="case")
def settle_agreement(*, by: Actor, case: Case, agreement: Agreement, outcome: AgreementOutcome, text: str = "") -> Agreement:
    """Write how the agreement went. A breach asks for a new talk; the page proposes it. Raises Refused when it is settled."""
    inside_walls(by, case, agreement.part)
    if agreement.outcome:
        raise Refused([AgreementObstacle.SETTLED])
    agreement.outcome, agreement.outcome_text = outcome, text
    agreement.settled_by_id, agreement.settled_at = by.own_id, now()
    agreement.save()
    touch(case)
    return agreement


@service(Event.PROMPTS_WRITTEN, action=Action.PROMPTS_WRITE, on="school")
def write_prompts(*, by: Actor, school: Any, kind: ConversationKind, before: str, during: str, after: str) -> PromptSet | None:
    """Keep the school's own prompts for a kind of talk; with nothing written Aktsom's own stand again."""
    if not (before.strip() or during.strip() or after.strip()):
        PromptSet.objects.filter(school=school, kind=kind).delete()
        return None
    kept = PromptSet.objects.filter(school=school, kind=kind).first() or PromptSet(school=school, kind=kind)
    kept.before, kept.during, kept.after = before, during, after
    kept.changed_by_id, kept.changed_at = by.own_id, now()
    kept.save()
    return kept
