"""The talks and agreements of a case within the walls, and what to think of in each kind of talk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aktsom.cases.access import can_follow_up, get_part, parts_visible_to, shut_out_of, workers_now
from aktsom.cases.circle import family_with_the_room
from aktsom.cases.contents import other_people
from aktsom.cases.models import Case
from aktsom.cases.models.conversations import Agreement, Conversation, PromptSet
from aktsom.cases.rules.conversations import ConversationKind, ConversationState, kinds_of
from aktsom.cases.rules.prompts import built_in, lines_of
from aktsom.cases.rules.states import PartKind
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import OutOfReach
from aktsom.core.privacy.names import names_in
from aktsom.core.timing.clock import today
from aktsom.people.selectors import guardianships_of
from aktsom.plans.rules import TalkPrompts
from aktsom.plans.selectors import NoProcedure, procedure_of


@dataclass(frozen=True)
class PartTalks:
    """One person's part with its talks and agreements, newest first, and the kinds of talk that belong there."""

    part: Any
    talks: list[Conversation]
    agreements: list[Agreement]
    kinds: list[tuple[str, str]]


def followers(actor: Actor, part: Any) -> list[Any]:
    """Return the others who work with the case inside the part's walls, and can follow an agreement up, by name."""
    rows = [worker for worker in workers_now(part.case) if can_follow_up(worker, part) and worker.person_id != actor.own_id]
    return sorted({worker.person for worker in rows}, key=lambda person: (person.folded_name, person.pk))


def talks_of(actor: Actor, case: Case) -> list[PartTalks]:
    """Return the parts the actor sees, with their talks. Four queries however many there are."""
    parts = list(parts_visible_to(actor, case).select_related("person"))
    ids = [part.pk for part in parts]
    talks = list(
        Conversation.objects.filter(part_id__in=ids)
        .select_related("held_by")
        .prefetch_related("guests__person")
        .order_by("-held_on", "-id")
    )
    agreements = list(Agreement.objects.filter(part_id__in=ids).select_related("follow_up_by", "settled_by").order_by("-made_at", "-id"))
    return [
        PartTalks(
            part,
            [talk for talk in talks if talk.part_id == part.pk],
            [row for row in agreements if row.part_id == part.pk],
            [(kind.value, str(kind.label)) for kind in kinds_of(part.kind)],
        )
        for part in parts
        if kinds_of(part.kind)
    ]


def get_talk(actor: Actor, case: Case, public_id: str) -> Conversation:
    """Return a talk within the walls the actor stands in, or raise OutOfReach (404)."""
    talk: Conversation | None = (
        Conversation.objects.filter(case=case, public_id=public_id).select_related("part__person", "held_by", "released_by").first()
    )
    if talk is None:
        raise OutOfReach(Conversation._meta.label, public_id)
    get_part(actor, case, talk.part.public_id)
    return talk


def get_agreement(actor: Actor, case: Case, public_id: str) -> Agreement:
    """Return an agreement within the walls the actor stands in, or raise OutOfReach (404)."""
    agreement: Agreement | None = Agreement.objects.filter(case=case, public_id=public_id).select_related("part__person").first()
    if agreement is None:
        raise OutOfReach(Agreement._meta.label, public_id)
    get_part(actor, case, agreement.part.public_id)
    return agreement


@dataclass(frozen=True)
class PromptLists:
    """The prompts of one kind of talk and whose they are."""

    before: tuple[str, ...]
    during: tuple[str, ...]
    after: tuple[str, ...]
    is_own: bool
    is_of_plan: bool = False


def prompts_for(school_id: int, kind: str) -> PromptLists:
    """Return the prompts for a kind of talk at the school (TAL-11)."""
    own = PromptSet.objects.filter(school_id=school_id, kind=kind).first()
    return _prompts(own, _of_plan(school_id), kind)


def _of_plan(school_id: int) -> dict[str, TalkPrompts]:
    try:
        return {talk.kind: talk for talk in procedure_of(school_id).talks}
    except NoProcedure:
        return {}


def _prompts(own: PromptSet | None, planned: dict[str, TalkPrompts], kind: str) -> PromptLists:
    """Return the school's own, or those of the plan it follows, or Aktsom's."""
    if own is not None:
        return PromptLists(lines_of(own.before), lines_of(own.during), lines_of(own.after), is_own=True)
    if kind in planned:
        talk = planned[kind]
        return PromptLists(talk.before, talk.during, talk.after, is_own=False, is_of_plan=True)
    return PromptLists(**{name: lines_of(text) for name, text in built_in(kind).as_texts().items()}, is_own=False)


def possible_guests(part: Any, case: Case) -> list[Any]:
    """Return the pupil of the part, her guardians, and in the part of the pupil the case is for the others of a restoring talk."""
    near = [part.person, *(row.guardian for row in guardianships_of(part.person_id, today()))]
    others = case.parts.filter(kind=PartKind.INVOLVED_PUPIL).select_related("person") if part.kind == PartKind.PUPIL else []
    barred = shut_out_of(case)
    return [person for person in [*near, *(other.person for other in others)] if person.pk not in barred]


def lives_in_two_homes(part: Any) -> bool:
    """Return whether a guardian of the part's pupil lives elsewhere: each then has a talk and minutes of her own (fact 35)."""
    return any(row.lives_elsewhere for row in guardianships_of(part.person_id, today()))


def guests_of(talk: Conversation) -> list[Any]:
    """Return the people registered as taking part."""
    return [guest.person for guest in talk.guests.select_related("person")]


def readers_of_minutes(case: Case, talk: Conversation) -> list[str]:
    """Return those in the family who can read the minutes when they are let out: who was there, and has a room in the case."""
    if talk.part.kind != PartKind.PUPIL:
        return []
    there = {guest.person_id: guest.person for guest in talk.guests.select_related("person")}
    if talk.kind == ConversationKind.EXPOSED:
        there[case.pupil_id] = case.pupil
    room = family_with_the_room(case)
    return [str(person) for pk, person in sorted(there.items()) if pk in room]


def names_in_minutes(by: Actor, case: Case, talk: Conversation) -> list[str]:
    """Return names of others that stand in the minutes, to be looked at before they go to the family (NEG-16)."""
    others, own = other_people(by, case)
    inside = [str(person.person) for person in talk.guests.select_related("person")]
    people = [name for name in [*others, str(case.pupil)] if name != str(talk.part.person) and name not in inside]
    return sorted({hit.name for hit in names_in(talk.minutes, people, own_names=[*own, *inside, str(talk.part.person)])})


def waiting_talks(actor: Actor, cases: Iterable[int]) -> tuple[list[Conversation], list[Agreement]]:
    """Return the actor's own talks that should have been written, and agreements to look at, by today."""
    ids = list(cases)
    day = today()
    talks = Conversation.objects.filter(case_id__in=ids, held_by_id=actor.own_id, state=ConversationState.PLANNED, held_on__lte=day)
    agreements = Agreement.objects.filter(case_id__in=ids, follow_up_by_id=actor.own_id, outcome="", follow_up_on__lte=day)
    return (
        list(talks.select_related("case__pupil", "part__person").order_by("held_on", "id")[:25]),
        list(agreements.select_related("case__pupil", "part__person").order_by("follow_up_on", "id")[:25]),
    )


def school_prompts(school_id: int) -> list[tuple[str, str, PromptLists]]:
    """Return every kind of talk with its prompts at the school."""
    own = {row.kind: row for row in PromptSet.objects.filter(school_id=school_id)}
    planned = _of_plan(school_id)
    return [(kind.value, str(kind.label), _prompts(own.get(kind), planned, kind)) for kind in ConversationKind]
