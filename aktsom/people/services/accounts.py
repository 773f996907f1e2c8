"""Accounts and roles: who gets in, as what, and how a colleague who is locked out gets in again."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import NotAllowed, Refused
from aktsom.core.access.roles import Role
from aktsom.core.accounts.selectors import is_unused
from aktsom.core.accounts.services import make_account, reset_second_factor
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import today
from aktsom.people.access import works_at
from aktsom.people.models import Person, Position
from aktsom.people.rules import PersonKind, obstacles_to_adding_colleague

READS_REPORTS = frozenset({Role.HEAD_TEACHER, Role.DEPARTMENT_HEAD, Role.COUNSELLOR, Role.ENVIRONMENT_WORKER, Role.SCHOOL_NURSE})


@service(Event.ACCOUNT_OPENED, action=Action.ACCOUNT_OPEN, on="school")
def open_account(*, by: Actor, school: Any, person: Person) -> Person:
    """Let somebody who works at the school in: she gets an e-mail with a link, and chooses the password herself.

    Done again before she has been in, she gets a new link. An account in use is never touched (NotAllowed).
    """
    in_use = person.user is not None and not is_unused(person.user)
    if in_use or not person.email or not (by.is_system or works_at(person.pk, school.pk, today())):
        raise NotAllowed(Action.ACCOUNT_OPEN, school)
    if person.user is None:
        person.user = make_account(person.email)
        person.save()
    transaction.on_commit(partial(_invite, person.user.pk))
    return person


def _invite(user_id: int) -> None:
    from aktsom.core.accounts.jobs import invite  # slow import

    invite.enqueue(user_id)


@service(Event.PERSON_REGISTERED, action=Action.PERSON_REGISTER)
def register_colleague(*, by: Actor, owner: Any, given_name: str, family_name: str, email: str) -> Person:
    """Write somebody who will work for the owner or one of its schools into the register, before any list is read in."""
    return Person.objects.create(owner=owner, kind=PersonKind.STAFF, given_name=given_name, family_name=family_name, email=email)


def add_colleague(*, by: Actor, school: Any, given_name: str, family_name: str, email: str, role: Role) -> Person:
    """Write in a colleague with a role at the school, and send her a link. Raises Refused with the reasons."""
    with transaction.atomic():
        person = write_in_colleague(by=by, school=school, given_name=given_name, family_name=family_name, email=email, role=role)
        return open_account(by=by, school=school, person=person)


@service(Event.COLLEAGUE_ADDED, action=Action.COLLEAGUE_ADD, on="school")
def write_in_colleague(*, by: Actor, school: Any, given_name: str, family_name: str, email: str, role: Role) -> Person:
    """Write the colleague and her role. Raises Refused with the reasons."""
    obstacles = obstacles_to_adding_colleague(
        has_name=bool(given_name.strip() and family_name.strip()),
        is_head=role == Role.HEAD_TEACHER,
        reads_reports=role in READS_REPORTS,
        has_had_head=Position.objects.filter(school=school, role=Role.HEAD_TEACHER).exists(),
        by_head=school.pk in by.schools_as(Role.HEAD_TEACHER, Role.DEPUTY),
        address_is_known=Person.objects.filter(owner_id=school.owner_id, email__iexact=email).exists(),
    )
    if obstacles:
        raise Refused(obstacles)
    person = Person.objects.create(
        owner_id=school.owner_id, kind=PersonKind.STAFF, given_name=given_name.strip(), family_name=family_name.strip(), email=email
    )
    Position.objects.create(person=person, role=role, school=school, valid_from=today())
    return person


@service(Event.POSITION_GIVEN, action=Action.POSITION_GIVE)
def give_position(*, by: Actor, person: Person, role: Role, school: Any = None, owner: Any = None, title: str = "") -> Position:
    """Give somebody a role from today. Lists from other systems never give a role that reads cases; a person does."""
    place = {"school": school} if school is not None else {"owner": owner}
    found = Position.objects.filter(person=person, role=role, valid_until=None, **place).first()
    return found or Position.objects.create(person=person, role=role, title=title, valid_from=today(), **place)


def reset_colleague_factor(*, by: Actor, school: Any, person: Person, reason: str) -> Any:
    """Take away the second factor of somebody who works at the school. Raises NotAllowed for anybody else."""
    if not works_at(person.pk, school.pk, today()):
        raise NotAllowed(Action.ACCOUNT_RESET_FACTOR, school)
    return reset_second_factor(by=by, school=school, person=person, reason=reason)
