"""Who stands in for whom, and who has been asked to receive. The responsibility never moves (ORG-05)."""

from __future__ import annotations

from datetime import date
from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import today
from aktsom.people.access import works_at
from aktsom.people.models import Delegation, Deputyship, Person
from aktsom.people.rules import obstacles_to_standing_in
from aktsom.people.services.ending import end_yesterday


@service(Event.DEPUTY_NAMED, action=Action.DEPUTY_NAME, on="school")
def name_deputy(*, by: Actor, school: Any, deputy: Person, valid_from: date, valid_until: date | None = None) -> Deputyship:
    """Let somebody act for the head teacher in a stretch of days (ORG-06). Raises Refused with the reasons."""
    _refuse_unfit(by, school, deputy, valid_from, valid_until)
    return Deputyship.objects.create(school=school, deputy=deputy, valid_from=valid_from, valid_until=valid_until)


@service(Event.DEPUTY_ENDED, action=Action.DEPUTY_NAME, on="deputyship")
def end_deputyship(*, by: Actor, deputyship: Deputyship) -> Deputyship:
    """End a deputyship: its last day was yesterday, or it never began."""
    end_yesterday(deputyship)
    return deputyship


@service(Event.DELEGATION_GIVEN, action=Action.DELEGATION_GIVE, on="school")
def give_delegation(
    *, by: Actor, school: Any, receiver: Person, valid_from: date, valid_until: date | None = None, grade: int | None = None
) -> Delegation:
    """Let somebody receive reports. The head teacher still knows of every one (RCV-01). Raises Refused."""
    _refuse_unfit(by, school, receiver, valid_from, valid_until)
    return Delegation.objects.create(
        school=school,
        receiver=receiver,
        given_by_id=by.own_id,
        group_grade=grade,
        valid_from=valid_from,
        valid_until=valid_until,
    )


@service(Event.DELEGATION_ENDED, action=Action.DELEGATION_GIVE, on="delegation")
def end_delegation(*, by: Actor, delegation: Delegation) -> Delegation:
    """Take the task back: its last day was yesterday."""
    end_yesterday(delegation)
    return delegation


def _refuse_unfit(by: Actor, school: Any, person: Person, valid_from: date, valid_until: date | None) -> None:
    obstacles = obstacles_to_standing_in(
        works_there=works_at(person.pk, school.pk, today()),
        is_self=person.pk == by.person_id,
        valid_from=valid_from,
        valid_until=valid_until,
        today=today(),
    )
    if obstacles:
        raise Refused(obstacles)


@service(Event.DUTY_TAKEN_OVER, action=Action.HANDOVER_ANSWER)
def take_over_delegation(*, by: Actor, public_id: str, ends: bool) -> Delegation:
    """Let the one who said yes receive reports as the one before did. The head teacher has asked her (ORG-16)."""
    before: Delegation = Delegation.objects.select_related("school").get(public_id=public_id)
    if before.receiver_id == by.own_id:
        return before
    after = Delegation.objects.create(
        school_id=before.school_id,
        receiver_id=by.own_id,
        given_by_id=before.given_by_id,
        group_grade=before.group_grade,
        valid_from=today(),
        valid_until=before.valid_until,
    )
    if ends:
        end_yesterday(before)
    return after
