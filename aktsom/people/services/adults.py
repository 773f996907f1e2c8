"""Where pupils find an adult, and the teams of a school. Only what is written for pupils and families to read is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import NotAllowed, Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.people.access import in_force, works_at
from aktsom.people.models import AdultCard, Enrolment, Person, Team, TeamMember
from aktsom.people.rules import StandInObstacle, TeamKind, TeamTask, obstacles_to_joining
from aktsom.people.services.ending import end_yesterday


@service(Event.ADULT_CARD_KEPT, action=Action.ADULT_CARD_KEEP, on="school")
def keep_card(*, by: Actor, school: Any, person: Person, place: str, hours: str, reach: str, grades: list[int]) -> AdultCard:
    """Write where and when pupils find somebody: she herself, or the one who keeps order in the school's people (ORG-15)."""
    if person.pk != by.own_id and school.pk not in by.schools_where(Action.SCHOOL_ORGANISE):
        raise NotAllowed(Action.ADULT_CARD_KEEP, school)
    if not works_at(person.pk, school.pk, today()):
        raise Refused([StandInObstacle.NOT_AT_SCHOOL])
    card = AdultCard.objects.filter(school=school, person=person).first() or AdultCard(school=school, person=person)
    card.place, card.hours, card.reach, card.grades, card.changed_at = place, hours, reach, grades, now()
    card.save()
    return card


@service(Event.TEAM_BEGUN, action=Action.SCHOOL_ORGANISE, on="school")
def begin_team(*, by: Actor, school: Any, kind: str, name: str, **words: Any) -> Team:
    """Put in a team the school has, with what it helps with and how it is reached (ORG-10 to ORG-12)."""
    return Team.objects.create(school=school, kind=kind, name=name or str(TeamKind(kind).label), valid_from=today(), **words)


@service(Event.TEAM_CHANGED, action=Action.TEAM_WRITE, on="team")
def change_team(*, by: Actor, team: Team, words: Mapping[str, Any]) -> Team:
    """Change what is said about a team."""
    for field, said in words.items():
        setattr(team, field, said)
    team.name = team.name or str(TeamKind(team.kind).label)
    team.save()
    return team


@service(Event.TEAM_ENDED, action=Action.SCHOOL_ORGANISE, on="team")
def end_team(*, by: Actor, team: Team) -> Team:
    """The school does not have this team any more: yesterday was its last day."""
    end_yesterday(team)
    return team


@service(Event.TEAM_JOINED, action=Action.TEAM_WRITE, on="team")
def join_team(*, by: Actor, team: Team, person: Person | None, name: str = "", task: str = TeamTask.MEMBER, title: str = "") -> TeamMember:
    """Put somebody in a team. Raises Refused with the reasons.

    A team has one pupil responsible for rights at a time: the one before steps down (ORG-13).
    """
    here = person is not None and Enrolment.objects.filter(in_force(today()), person=person, school_id=team.school_id).exists()
    obstacles = obstacles_to_joining(
        is_named=bool(name),
        is_chosen=person is not None,
        is_there=person is not None and team.members.filter(person=person, valid_until=None).exists(),
        is_pupil=here,
        is_protected=person is not None and person.protected_address,
        belongs=here or (person is not None and works_at(person.pk, team.school_id, today())),
        kind=team.kind,
        task=task,
    )
    if obstacles:
        raise Refused(obstacles)
    if task == TeamTask.RIGHTS_PUPIL:
        for before in team.members.filter(task=task, valid_until=None):
            end_yesterday(before)
    return TeamMember.objects.create(team=team, person=person, name=name, task=task, title=title, valid_from=today())


@service(Event.TEAM_LEFT, action=Action.TEAM_WRITE, on="member")
def leave_team(*, by: Actor, member: TeamMember) -> TeamMember:
    """Somebody is not in the team any more."""
    end_yesterday(member)
    return member
