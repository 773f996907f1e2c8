"""People as other domains ask for them. Every list about children starts from who the actor may meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import ROLE_SENTENCES, Role
from aktsom.core.accounts.selectors import factor_resets, users_in_use, users_with_factor
from aktsom.core.notify.addresses import Contact
from aktsom.core.once import once_per_page
from aktsom.core.timing.clock import today
from aktsom.core.ui.context import Signature
from aktsom.core.waiting import Waits, waiting
from aktsom.people.access import (
    delegations_visible_to,
    deputyships_visible_to,
    follows,
    guardian_requests_visible_to,
    in_force,
    own_guardianships,
    people_visible_to,
)
from aktsom.people.access import works_at as works_at
from aktsom.people.models import (
    Delegation,
    Deputyship,
    Enrolment,
    Group,
    GuardianRequest,
    Guardianship,
    Membership,
    OwnerRecipient,
    Person,
    Position,
    TeamMember,
)
from aktsom.people.rules import ClassRole, GroupKind, OwnerPurpose, PersonKind, TeamKind, TeamTask, is_of_age

CHOICES_SHOWN = 20


@dataclass(frozen=True)
class FactorResetRow:
    """One reset of a colleague's second factor, in words."""

    person: str
    by: str
    reason: str
    at: datetime


def head_teachers(school_id: int, day: date) -> list[Person]:
    """Return who is head teacher (or «daglig leder») at the school on ``day``."""
    return people_in_role(school_id, Role.HEAD_TEACHER, day)


def deputies(school_id: int, day: date) -> list[Person]:
    """Return who stands in for the head teacher on ``day``."""
    rows = Deputyship.objects.filter(in_force(day), school_id=school_id).select_related("deputy").order_by("valid_from", "id")
    return [row.deputy for row in rows]


def delegated_receivers(school_id: int, day: date, grade: int | None = None) -> list[Person]:
    """Return who has been asked to receive reports on ``day``, for all grades or for this one."""
    rows = Delegation.objects.filter(in_force(day), school_id=school_id).select_related("receiver").order_by("id")
    return [row.receiver for row in rows if row.group_grade is None or row.group_grade == grade]


def people_in_role(school_id: int, role: Role | str, day: date) -> list[Person]:
    """Return who holds ``role`` at the school on ``day``, longest there first."""
    return people_in_roles(school_id, [role], day)[str(role)]


def people_in_roles(school_id: int, roles: Iterable[Role | str], day: date) -> dict[str, list[Person]]:
    """Return who holds each of some roles at the school on ``day``, longest there first, with one query."""
    found: dict[str, dict[Person, None]] = {str(role): {} for role in roles}
    rows = Position.objects.filter(in_force(day), school_id=school_id, role__in=list(found)).select_related("person")
    for row in rows.order_by("valid_from", "id"):
        found[row.role].setdefault(row.person)
    return {role: list(people) for role, people in found.items()}


def leadership(school_id: int, day: date) -> list[Person]:
    """Return the school's leadership in the wide reading of AMB-76: head, deputies, and those marked as leaders."""
    rows = Position.objects.filter(in_force(day), school_id=school_id).select_related("person").order_by("id")
    leading = {Role.HEAD_TEACHER, Role.DEPARTMENT_HEAD, Role.DEPUTY}
    marked = [row.person for row in rows if row.in_leadership or row.role in leading]
    return list(dict.fromkeys([*marked, *deputies(school_id, day)]))


def owner_recipients(owner_id: int, purpose: OwnerPurpose | str, day: date, school_id: int | None = None) -> list[Person]:
    """Return whom the owner has set to receive this kind of notice: those for the school first, else those for all."""
    rows = list(
        OwnerRecipient.objects.filter(in_force(day), owner_id=owner_id, purpose=str(purpose)).select_related("person").order_by("id")
    )
    own = [row.person for row in rows if school_id is not None and row.school_id == school_id]
    return list(dict.fromkeys(own or [row.person for row in rows if row.school_id is None]))


def recipients_for(owner_id: int, purpose: OwnerPurpose | str, day: date, *, school_id: int | None) -> list[Person]:
    """Return whom the owner has set for exactly this: one school, or all of them when ``school_id`` is None."""
    rows = OwnerRecipient.objects.filter(in_force(day), owner_id=owner_id, purpose=str(purpose), school_id=school_id)
    return list(dict.fromkeys(row.person for row in rows.select_related("person").order_by("id")))


def schools_with_own_recipients(owner_id: int, day: date) -> set[int]:
    """Return the schools of the owner that have recipients of their own for something."""
    rows = OwnerRecipient.objects.filter(in_force(day), owner_id=owner_id).exclude(school=None).order_by("school_id")
    return set(rows.values_list("school_id", flat=True))


def council_contacts(school_id: int, day: date) -> list[Person]:
    """Return the adults of the pupils' council at the school: the contacts of its team (ORG-14)."""
    rows = TeamMember.objects.filter(in_force(day), team__school_id=school_id, team__kind=TeamKind.PUPIL_COUNCIL, task=TeamTask.CONTACT)
    found = rows.exclude(team__valid_until__lt=day).exclude(person=None).select_related("person").order_by("id")
    return list(dict.fromkeys(row.person for row in found if row.person))


def owner_handlers(owner_id: int, day: date) -> list[Person]:
    """Return everyone who is a case handler at the owner, for when no recipient is named."""
    rows = Position.objects.filter(in_force(day), owner_id=owner_id, role=Role.OWNER_HANDLER).select_related("person").order_by("id")
    return list(dict.fromkeys(row.person for row in rows))


@once_per_page
def positions_around(school_id: int, owner_id: int, day: date) -> list[Position]:
    """Return the positions at the school, and those of the owner's case handlers, longest there first."""
    here = Q(school_id=school_id) | Q(owner_id=owner_id, role=Role.OWNER_HANDLER)
    return list(Position.objects.filter(here, in_force(day)).select_related("person").order_by("valid_from", "id"))


def people_at(school_id: int, owner_id: int, day: date) -> tuple[list[Person], list[Person], list[Person]]:
    """Return the head teachers of the school, everyone who works there, and the owner's case handlers, with one query."""
    rows = positions_around(school_id, owner_id, day)
    at_school = [row for row in rows if row.school_id == school_id]
    return (
        list(dict.fromkeys(row.person for row in at_school if row.role == Role.HEAD_TEACHER)),
        list(dict.fromkeys(row.person for row in at_school)),
        list(dict.fromkeys(row.person for row in rows if row.owner_id == owner_id and row.role == Role.OWNER_HANDLER)),
    )


def pupil_choices(actor: Actor, *, school_id: int, text: str = "") -> list[Person]:
    """Return at most 20 pupils of the school whose name holds ``text``, by name."""
    enrolled = Enrolment.objects.filter(in_force(today()), school_id=school_id).values("person_id")
    return _named(people_visible_to(actor).filter(pk__in=enrolled), text)


def pupils_to_choose(actor: Actor, *, school_id: int) -> list[Person]:
    """Return the school's pupils whose names can be shown to the whole school, by name."""
    enrolled = Enrolment.objects.filter(in_force(today()), school_id=school_id).values("person_id")
    return list(people_visible_to(actor).filter(pk__in=enrolled, protected_address=False).order_by("folded_name", "id"))


def pupils_by_full_name(actor: Actor, text: str) -> list[Person]:
    """Return the pupils with exactly this name at the schools of an owner the actor handles cases for. No list to browse."""
    enrolled = Enrolment.objects.filter(in_force(today()), school__owner_id__in=actor.owners_as(Role.OWNER_HANDLER))
    name = " ".join(text.casefold().split())
    return list(Person.objects.filter(pk__in=enrolled.values("person_id"), folded_name=name).order_by("id"))


def pupil_names_at(school_id: int, day: date) -> list[str]:
    """Return the full names of everyone who goes to the school, to look for in a text that shall hold none. Never shown."""
    enrolled = Enrolment.objects.filter(in_force(day), school_id=school_id).values("person_id")
    return [str(person) for person in Person.objects.filter(pk__in=enrolled).order_by("id")]


def staff_choices(actor: Actor, *, school_id: int, text: str = "") -> list[Person]:
    """Return at most 20 people who work at the school and whose name holds ``text``, by name."""
    working = Position.objects.filter(in_force(today()), school_id=school_id).values("person_id")
    return _named(people_visible_to(actor).filter(pk__in=working), text)


def _named(people: QuerySet[Person], text: str) -> list[Person]:
    for word in text.casefold().split():
        people = people.filter(folded_name__contains=word)
    return list(people.order_by("folded_name", "id")[:CHOICES_SHOWN])


def current_enrolment(person_id: int, day: date) -> Enrolment | None:
    """Return where the pupil goes to school on ``day``, or None."""
    return Enrolment.objects.filter(in_force(day), person_id=person_id).select_related("school").order_by("-valid_from", "-id").first()


def contact_teachers(person_id: int, day: date) -> list[Person]:
    """Return the contact teachers of a pupil on ``day``."""
    return _group_adults(person_id, day, ClassRole.CONTACT_TEACHER)


def subject_teachers(person_id: int, day: date) -> list[Person]:
    """Return the subject teachers of a pupil on ``day``."""
    return _group_adults(person_id, day, ClassRole.SUBJECT_TEACHER)


def _group_adults(person_id: int, day: date, role: ClassRole) -> list[Person]:
    groups = Membership.objects.filter(in_force(day), person_id=person_id, role=ClassRole.PUPIL).values("group_id")
    rows = Membership.objects.filter(in_force(day), group_id__in=groups, role=role).select_related("person").order_by("id")
    return list(dict.fromkeys(row.person for row in rows))


def teachers_of(pupil_ids: Iterable[int], day: date) -> list[Person]:
    """Return the contact teachers and then the subject teachers of each of some pupils on ``day``, with one query."""
    pupils, roles = list(pupil_ids), [ClassRole.CONTACT_TEACHER.value, ClassRole.SUBJECT_TEACHER.value]
    taught = Q(group__memberships__person_id__in=pupils, group__memberships__role=ClassRole.PUPIL)
    rows = Membership.objects.filter(taught, in_force(day, "group__memberships__"), in_force(day), role__in=roles)
    adults = rows.annotate(pupil_id=F("group__memberships__person_id")).select_related("person").order_by("id")
    nearest = sorted(adults, key=lambda row: (pupils.index(row.pupil_id), roles.index(row.role)))
    return list(dict.fromkeys(row.person for row in nearest))


def group_names(person_ids: Iterable[int], day: date) -> dict[int, str]:
    """Return the class of each pupil on ``day``, by primary key, e.g. «8B»."""
    rows = Membership.objects.filter(
        in_force(day), person_id__in=list(person_ids), role=ClassRole.PUPIL, group__kind="school_class"
    ).values_list("person_id", "group__name")
    return dict(rows)


def guardians_who_may_follow(person_id: int, day: date) -> list[Person]:
    """Return the guardians who may follow the pupil's case on ``day`` (domain.md facts 33 and 34)."""
    rows = Guardianship.objects.filter(follows(day), pupil_id=person_id).select_related("guardian").order_by("id")
    return [row.guardian for row in rows]


def guardianships_of(person_id: int, day: date) -> list[Guardianship]:
    """Return every guardianship that holds on ``day``, also those that give no access by themselves."""
    return list(Guardianship.objects.filter(in_force(day), pupil_id=person_id).select_related("guardian").order_by("id"))


def children_of(actor: Actor) -> list[Person]:
    """Return the children whose cases the actor may follow as guardian."""
    return list(Person.objects.filter(pk__in=actor.child_ids).order_by("folded_name", "id"))


@once_per_page
def own_person(actor: Actor) -> Person | None:
    """Return the person who acts, or None for a job or somebody not signed in."""
    return Person.objects.filter(pk=actor.person_id).first() if actor.person_id is not None else None


def people_by_id(person_ids: Iterable[int]) -> dict[int, Person]:
    """Return people by primary key, for domains that already hold the right to show them."""
    return Person.objects.in_bulk(list(person_ids))


def role_titles(person_id: int, school_id: int, day: date) -> list[str]:
    """Return what the person is called at the school on ``day``: the school's own titles, or the role's code."""
    rows = Position.objects.filter(in_force(day), person_id=person_id, school_id=school_id).values_list("title", "role")
    return [title or role for title, role in rows]


def contacts_of(person_ids: Iterable[int]) -> dict[int, Contact]:
    """Return where notices go, by primary key, and the language each person has chosen."""
    rows = Person.objects.filter(pk__in=list(person_ids)).values_list("pk", "email", "phone", "user__language")
    return {pk: Contact(email, phone, language or "nb") for pk, email, phone, language in rows}


def staff_names_of(person_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of those who work at a school or owner. Pupils and guardians are left out, whoever asks."""
    people = Person.objects.filter(pk__in=list(person_ids), kind=PersonKind.STAFF)
    return {person.pk: str(person) for person in people}


def staff_of(school_id: int, day: date) -> list[Person]:
    """Return everyone who works at the school on ``day``, by name."""
    working = Position.objects.filter(in_force(day), school_id=school_id).values("person_id")
    return list(Person.objects.filter(pk__in=working).order_by("folded_name", "id"))


def deputyships_at(actor: Actor, school_id: int, day: date) -> list[Deputyship]:
    """Return the deputyships that hold or are to come, first first."""
    rows = deputyships_visible_to(actor).filter(school_id=school_id).exclude(valid_until__lt=day)
    return list(rows.select_related("deputy").order_by("valid_from", "id"))


def delegations_at(actor: Actor, school_id: int, day: date) -> list[Delegation]:
    """Return the delegations that hold or are to come, first first."""
    rows = delegations_visible_to(actor).filter(school_id=school_id).exclude(valid_until__lt=day)
    return list(rows.select_related("receiver", "given_by").order_by("valid_from", "id"))


def colleagues_with_factor(actor: Actor, school_id: int) -> list[Person]:
    """Return those who work at the school and have a second factor, the actor herself left out, by name."""
    people = [person for person in staff_of(school_id, today()) if person.pk != actor.person_id]
    having = users_with_factor(person.user_id for person in people)
    return [person for person in people if person.user_id in having]


def colleagues_without_account(actor: Actor, school_id: int) -> list[Person]:
    """Return those who work at the school, have an e-mail address and have never been in, by name."""
    people = [person for person in staff_of(school_id, today()) if person.email and person.pk != actor.person_id]
    in_use = users_in_use(person.user_id for person in people)
    return [person for person in people if person.user_id not in in_use]


def people_with_email(actor: Actor, email: str) -> list[Person]:
    """Return those the actor meets who have this e-mail address."""
    return list(people_visible_to(actor).filter(email__iexact=email.strip(), ended_on=None).order_by("id"))


def factor_resets_at(actor: Actor, school_id: int) -> list[FactorResetRow]:
    """Return whose second factor was reset at the school, by whom, when and why, newest first."""
    resets = factor_resets(actor, school_id)
    names = people_by_id({ref for reset in resets for ref in (reset.person_ref, reset.by_ref) if ref is not None})
    return [
        FactorResetRow(str(names.get(reset.person_ref, "")), str(names.get(reset.by_ref, "")), reset.get_reason_display(), reset.at)
        for reset in resets
    ]


def signature_of(actor: Actor) -> Signature:
    """Return how the actor is named in the frame: name, title and the school or owner."""
    rows = Position.objects.filter(in_force(today()), person_id=actor.person_id).select_related("person", "school", "owner")
    position = rows.order_by("id").first()
    if position is not None:
        return Signature(str(position.person), position.title, str(position.school or position.owner))
    person = own_person(actor)
    if person is None:
        return Signature()
    enrolment = current_enrolment(person.pk, today())
    return Signature(str(person), str(person.get_kind_display()), str(enrolment.school) if enrolment else "")


@dataclass(frozen=True)
class OwnWard:
    """A child somebody is registered as guardian of without following the case: given name only, never school or address."""

    child: Person
    request: GuardianRequest | None


def wards_not_followed(actor: Actor) -> list[OwnWard]:
    """Return the children a guardian without parental responsibility may ask about, with her last request.

    A child with protected address is never in the list, and neither is one of age: nothing here says that they are at a school.
    """
    rows = own_guardianships(actor).filter(guardian_id=actor.own_id, pupil__protected_address=False)
    children = [row.pupil for row in rows.exclude(follows(today())) if not is_of_age(row.pupil.birth_date, today())]
    asked: dict[int, GuardianRequest] = {}
    for request in GuardianRequest.objects.filter(guardian_id=actor.own_id).order_by("asked_at", "id"):
        asked[request.pupil_id] = request
    return [OwnWard(child, asked.get(child.pk)) for child in children]


def guardian_requests_at(actor: Actor, school_id: int) -> list[GuardianRequest]:
    """Return the requests to one school, those without answer first."""
    rows = guardian_requests_visible_to(actor).filter(school_id=school_id)
    return list(rows.order_by("decided_at", "-asked_at"))


def guardian_requests_waiting(actor: Actor) -> Waits:
    """Return the requests the actor has to answer as leader, to be read with others that wait."""
    led = actor.schools_as(Role.HEAD_TEACHER, Role.DEPUTY)

    def asked() -> Any:
        rows = guardian_requests_visible_to(actor).filter(school_id__in=led, outcome="").exclude(guardian_id=actor.own_id)
        return waiting(rows, "guardian_request", person="pupil", at="asked_at", school="school_id")

    return Waits(GuardianRequest.objects.filter(school_id__in=led, outcome=""), asked)


def own_guardians(actor: Actor) -> list[Guardianship]:
    """Return the actor's own guardians, for a pupil of age to say yes or no to each."""
    return list(own_guardianships(actor).filter(pupil_id=actor.own_id))


def guardianships_to_write_in(school_id: int, text: str) -> list[Guardianship]:
    """Return the guardianships without access at the school whose pupil's name holds ``text``, at most 20."""
    enrolled = Enrolment.objects.filter(in_force(today()), school_id=school_id).values("person_id")
    rows = (
        Guardianship.objects.filter(in_force(today()), pupil_id__in=enrolled).exclude(follows(today())).select_related("pupil", "guardian")
    )
    for word in text.casefold().split():
        rows = rows.filter(pupil__folded_name__contains=word)
    return list(rows.order_by("pupil__folded_name", "id")[:CHOICES_SHOWN])


def family_of(person_id: int) -> frozenset[int]:
    """Return the pupil and everyone who is or was registered as guardian, by primary key."""
    return frozenset({person_id, *Guardianship.objects.filter(pupil_id=person_id).values_list("guardian_id", flat=True)})


def titles_at(person_ids: Iterable[int], school_id: int, owner_id: int, day: date) -> dict[int, str]:
    """Return what people are called at the school or its owner on ``day``: the place's own title, or the role in words."""
    here = Q(school_id=school_id) | Q(owner_id=owner_id)
    rows = Position.objects.filter(here, in_force(day), person_id__in=list(person_ids)).order_by("-id")
    return {row.person_id: row.title or str(ROLE_SENTENCES[Role(row.role)]).rstrip(".") for row in rows}


def classes_of(school_id: int, year: object) -> list[Group]:
    """Return the classes of a school in a school year, by grade and name: school classes, else contact teacher groups."""
    groups = list(Group.objects.filter(school_id=school_id, year=year, kind__in=[GroupKind.SCHOOL_CLASS, GroupKind.CONTACT_GROUP]))
    classes = [group for group in groups if group.kind == GroupKind.SCHOOL_CLASS]
    return classes or groups


def taught_groups(actor: Actor) -> dict[int, str]:
    """Return the groups the actor is a teacher or assistant of today, with her role in each."""
    rows = Membership.objects.filter(in_force(today()), person_id=actor.own_id).exclude(role=ClassRole.PUPIL)
    return dict(rows.values_list("group_id", "role"))


def positions_at(school_id: int, day: date) -> list[tuple[Person, str]]:
    """Return everyone who works at the school on ``day`` with each role she holds there, longest there first."""
    rows = Position.objects.filter(in_force(day), school_id=school_id).select_related("person").order_by("valid_from", "id")
    return [(row.person, row.role) for row in rows]


@once_per_page
def adults_of_classes(school_id: int, day: date) -> list[tuple[Person, str, int]]:
    """Return the teachers and assistants of the school's groups on ``day`` with their role and the group."""
    rows = Membership.objects.filter(in_force(day), in_force(day, "group__"), group__school_id=school_id).exclude(role=ClassRole.PUPIL)
    return [(row.person, row.role, row.group_id) for row in rows.select_related("person").order_by("id")]


@dataclass(frozen=True)
class Holders:
    """Where people work today, and which adults have, or once had, which pupil in their class or group."""

    at_schools: frozenset[tuple[int, int]]
    at_owners: frozenset[tuple[int, int]]
    near: frozenset[tuple[int, int]]
    near_before: frozenset[tuple[int, int]]


def holders_of(person_ids: Iterable[int], pupil_ids: Iterable[int], day: date) -> Holders:
    """Return where these people work on ``day`` and whom they have or had in class, with two queries (ORG-16)."""
    people, grown = list(person_ids), [ClassRole.CONTACT_TEACHER, ClassRole.SUBJECT_TEACHER]
    places = Position.objects.filter(in_force(day), person_id__in=people).values_list("person_id", "school_id", "owner_id")
    met = Membership.objects.filter(
        person_id__in=people,
        role__in=grown,
        group__memberships__person_id__in=list(pupil_ids),
        group__memberships__role=ClassRole.PUPIL,
    )
    days = list(met.values_list("person_id", "group__memberships__person_id", "valid_until", "group__memberships__valid_until"))
    worked = list(places)
    return Holders(
        at_schools=frozenset((person, school) for person, school, _owner in worked if school is not None),
        at_owners=frozenset((person, owner) for person, _school, owner in worked if owner is not None),
        near=frozenset((person, pupil) for person, pupil, *ends in days if all(end is None or end >= day for end in ends)),
        near_before=frozenset((person, pupil) for person, pupil, *_ends in days),
    )
