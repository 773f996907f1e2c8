"""The adults nearest a pupil and the teams of a school, as they are shown to pupils, families and colleagues (ORG-08 to ORG-15).

What is shown of an adult is her name, what she is at the school, and what was written on her card for pupils to read.
Her own telephone and e-mail are never part of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.people.access import in_force, team_members_visible_to, teams_visible_to
from aktsom.people.models import AdultCard, Enrolment, Membership, Person, Position, Team, TeamMember
from aktsom.people.rules import ClassRole, GroupKind, NearRole, TeamTask, for_grade
from aktsom.people.selectors import current_enrolment, positions_around

BY_POSITION = tuple(role for role in NearRole if role not in {NearRole.CONTACT_TEACHER, NearRole.SUBJECT_TEACHER})
LEADING_TASKS = (TeamTask.LEADER, TeamTask.CONTACT)
SHARED_BY_GRADE = {NearRole.DEPARTMENT_HEAD, NearRole.COUNSELLOR, NearRole.ENVIRONMENT_WORKER, NearRole.SCHOOL_NURSE}


@dataclass(frozen=True)
class NearAdult:
    """One adult: name, what she is for the pupil, and where one finds her."""

    person: Person
    what: str
    card: AdultCard | None = None

    @property
    def place(self) -> str:
        return self.card.place if self.card else ""

    @property
    def hours(self) -> str:
        return self.card.hours if self.card else ""

    @property
    def reach(self) -> str:
        return self.card.reach if self.card else ""


@dataclass(frozen=True)
class ShownTeam:
    """A team with those in it the reader may be shown. ``rights_pupil`` stands by itself."""

    team: Team
    members: tuple[TeamMember, ...] = ()
    rights_pupil: TeamMember | None = None

    def is_led_by(self, person_id: int) -> bool:
        """Whether the person is leader or contact of it, and so may change it."""
        return any(row.person_id == person_id and row.task in LEADING_TASKS for row in self.members)


@dataclass(frozen=True)
class Surroundings:
    """What a pupil or a guardian reads: whose adults, the adults, and the school's teams."""

    pupil: Person
    school: Any
    adults: list[NearAdult] = field(default_factory=list)
    teams: list[ShownTeam] = field(default_factory=list)


def near_adults(person_id: int, day: date) -> list[NearAdult]:
    """Return the adults nearest a pupil, the nearest first, each once (ORG-08, ORG-09). Four queries."""
    enrolment = current_enrolment(person_id, day)
    if enrolment is None:
        return []
    cards = cards_at(enrolment.school_id)
    found: dict[int, NearAdult] = {}
    for person, what in [*_teachers(person_id, enrolment.school_id, day), *_others(enrolment, cards, day)]:
        found.setdefault(person.pk, NearAdult(person, what, cards.get(person.pk)))
    return list(found.values())


def grades_at(school_id: int, day: date) -> list[int]:
    """Return the grades the school has pupils on."""
    rows = Enrolment.objects.filter(in_force(day), school_id=school_id, grade__isnull=False).order_by("grade")
    return [grade for grade in rows.values_list("grade", flat=True).distinct() if grade is not None]


def cards_at(school_id: int) -> dict[int, AdultCard]:
    """Return where the adults of a school are found, by person."""
    return {card.person_id: card for card in AdultCard.objects.filter(school_id=school_id)}


def _teachers(person_id: int, school_id: int, day: date) -> list[tuple[Person, str]]:
    groups = Membership.objects.filter(in_force(day), in_force(day, "group__"), person_id=person_id, role=ClassRole.PUPIL)
    rows = Membership.objects.filter(
        in_force(day),
        group_id__in=groups.filter(group__school_id=school_id).values("group_id"),
        role__in=[ClassRole.CONTACT_TEACHER, ClassRole.SUBJECT_TEACHER],
    )
    # «contact_teacher» stands before «subject_teacher», which is also the order of nearness.
    return [(row.person, _teacher_words(row)) for row in rows.select_related("person", "group").order_by("role", "group__name", "id")]


def _teacher_words(row: Membership) -> str:
    word = str(NearRole(row.role).label)
    return f"{word} ({row.group.name})" if row.group.kind == GroupKind.TEACHING_GROUP else word


def _others(enrolment: Any, cards: dict[int, AdultCard], day: date) -> list[tuple[Person, str]]:
    held: dict[str, dict[int, Position]] = {}
    for row in positions_around(enrolment.school_id, enrolment.school.owner_id, day):
        if row.school_id == enrolment.school_id:
            held.setdefault(row.role, {}).setdefault(row.person_id, row)
    found: list[tuple[Person, str]] = []
    for role in BY_POSITION:
        positions = held.get(role, {})
        people = list(positions)
        if role in SHARED_BY_GRADE:
            people = for_grade({pk: cards[pk].grades if pk in cards else () for pk in positions}, enrolment.grade)
        found += [(positions[pk].person, positions[pk].title or str(role.label)) for pk in people]
    return found


def own_surroundings(actor: Actor) -> list[Surroundings]:
    """Return what a pupil reads of herself, and a guardian of each child she follows.

    A child with protected address is never among a guardian's: the names of the adults would say where the child is.
    """
    pupils = list(Person.objects.filter(pk__in=actor.child_ids, protected_address=False).order_by("folded_name", "id"))
    if actor.schools_as(Role.PUPIL):
        pupils = [*Person.objects.filter(pk=actor.own_id), *pupils]
    teams = teams_for(actor)
    found = []
    for pupil in pupils:
        enrolment = current_enrolment(pupil.pk, today())
        if enrolment is not None:
            there = [shown for shown in teams if shown.team.school_id == enrolment.school_id and shown.team.for_families]
            found.append(Surroundings(pupil, enrolment.school, near_adults(pupil.pk, today()), there))
    return found


def teams_for(actor: Actor, *, school_id: int | None = None) -> list[ShownTeam]:
    """Return the teams the actor meets with those in them she may be shown, with two queries."""
    teams = teams_visible_to(actor)
    if school_id is not None:
        teams = teams.filter(school_id=school_id)
    members: dict[int, list[TeamMember]] = {}
    for row in team_members_visible_to(actor).order_by("id"):
        members.setdefault(row.team_id, []).append(row)
    return [_shown(team, members.get(team.pk, [])) for team in teams]


def _shown(team: Team, members: list[TeamMember]) -> ShownTeam:
    others = sorted((row for row in members if row.task != TeamTask.RIGHTS_PUPIL), key=lambda row: (row.task not in LEADING_TASKS, row.pk))
    return ShownTeam(team, tuple(others), next((row for row in members if row.task == TeamTask.RIGHTS_PUPIL), None))


@dataclass(frozen=True)
class Colleague:
    """Somebody who works at the school, with her titles and her card."""

    person: Person
    titles: str
    card: AdultCard | None


def colleagues_at(school_id: int, day: date) -> list[Colleague]:
    """Return everyone who works at the school with where pupils find them, by name. Two queries."""
    cards = cards_at(school_id)
    titles: dict[Person, list[str]] = {}
    words = dict(NearRole.choices)
    rows = Position.objects.filter(in_force(day), school_id=school_id).select_related("person")
    for row in rows.order_by("person__folded_name", "person_id", "id"):
        titles.setdefault(row.person, []).append(row.title or str(words.get(row.role, "")))
    return [
        Colleague(person, ", ".join(dict.fromkeys(word for word in said if word)), cards.get(person.pk)) for person, said in titles.items()
    ]
