"""Who meets which person, and the standing that every account has: the one place where roles begin and end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor, Grant, Ground, Standing, register_standing_source
from aktsom.core.access.door import OutOfReach, register_reach, through
from aktsom.core.access.roles import Role
from aktsom.core.accounts.models import User
from aktsom.core.timing.clock import today
from aktsom.people.models import (
    ClassFile,
    Delegation,
    Deputyship,
    Enrolment,
    GuardianRequest,
    Guardianship,
    HealthWarning,
    Membership,
    Partner,
    Person,
    Position,
    PrivacyTraining,
    Team,
    TeamMember,
    TrainingDemand,
)
from aktsom.people.rules import AGE_OF_MAJORITY, ClassRole, PersonKind, TeamKind, TeamTask, guardian_may_follow, training_holds


def in_force(day: date, prefix: str = "") -> Q:
    """Return the condition that a row with valid_from and valid_until holds on ``day``."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gte": day}))


def present_at(school_id: int, day: date) -> QuerySet[Position]:
    """Return the positions that hold at the school on ``day``."""
    return Position.objects.filter(in_force(day), school_id=school_id)


def not_present(present: Mapping[int, Any], school: str, holder: str) -> Q:
    """Return the condition that the holder is not among those present at the row's school; ``present`` has people by school."""
    missing = Q(pk__in=[])
    for school_id, people in present.items():
        missing |= Q(**{school: school_id, f"{holder}__isnull": False}) & ~Q(**{f"{holder}_id__in": people})
    return missing


def years_before(day: date, years: int) -> date:
    """Return the same date ``years`` earlier; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def follows(day: date, prefix: str = "") -> Q:
    """Return the condition that a guardianship lets the guardian follow the pupil's case on ``day``.

    The same rule as ``people.rules.guardian_may_follow``, turned round for the database; a test holds them together.
    """
    born = f"{prefix}pupil__birth_date"
    of_age = Q(**{f"{born}__lte": years_before(day, AGE_OF_MAJORITY)})
    consent = Q(**{f"{prefix}adult_pupil_consented_on__lte": day})
    responsible = Q(**{f"{prefix}parental_responsibility": True})
    granted = Q(**{f"{prefix}granted_from__lte": day}) & (Q(**{f"{prefix}granted_until": None}) | Q(**{f"{prefix}granted_until__gte": day}))
    child = Q(**{f"{born}__isnull": True}) | Q(**{f"{born}__gt": years_before(day, AGE_OF_MAJORITY)})
    return in_force(day, prefix) & ((of_age & consent) | (child & (responsible | granted)))


def standing_of(user: User) -> Standing:
    """Return the person behind ``user`` and every role that holds today, in one query whoever she is."""
    person_id: int | None = None
    grants: list[Grant] = []
    children: set[int] = set()
    demands: list[int | None] = []
    trained: list[date] = []
    day = today()
    for kind, role, place, owner in _rows(user.pk, day):
        if kind == "person":
            person_id = place
        elif kind == "child":
            children.add(place)
        elif kind == "demand":
            demands.append(place)
        elif kind == "trained":
            trained.append(date.fromisoformat(role))
        else:
            grants += _grants(kind, role, place, owner)
    lacks = any(not training_holds(trained, renewal_months=months, day=day) for months in demands) and any(
        grant.role not in {Role.PUPIL, Role.GUARDIAN} for grant in grants
    )
    return Standing(person_id=person_id, grants=tuple(dict.fromkeys(grants)), child_ids=frozenset(children), lacks_training=lacks)


def _grants(kind: str, role: str, school_id: int | None, owner_id: int | None) -> list[Grant]:
    if kind == "deputy":
        return [Grant(role=Role.DEPUTY, school_id=school_id, ground=Ground.STAND_IN)]
    if kind == "delegated":
        return [Grant(role=Role.REPORT_RECEIVER, school_id=school_id, ground=Ground.DELEGATED)]
    if kind != "position":
        return [Grant(role=Role(kind), school_id=school_id)]
    own = [Grant(role=Role(role), school_id=school_id, owner_id=owner_id)]
    return own + ([Grant(role=Role.STAFF, school_id=school_id)] if school_id is not None else [])


def _rows(user_id: int, day: date) -> Any:
    """Return what the person behind the account is today as rows of kind, role, place and owner. Nothing for one who has ended.

    The place is a school, and for the rows «person» and «child» the person herself or the child. With them come what her
    owner demands of training (months in the third place) and the days she had it (the second).
    """
    nothing, nobody = Value("", CharField()), Value(None, BigIntegerField())

    def row(kind: str, rows: QuerySet[Any], place: str, role: Any = nothing, owner: Any = nobody) -> Any:
        return rows.annotate(k=Value(kind, CharField()), r=role, p=F(place), o=owner).order_by().values_list("k", "r", "p", "o")

    found = Person.objects.filter(Q(ended_on=None) | Q(ended_on__gte=day), user_id=user_id)
    person_id = Subquery(found.values("pk"))
    at_work = in_force(day, "deputy__positions__") & Q(deputy__positions__school_id__isnull=False)
    children = Guardianship.objects.filter(follows(day), guardian_id=person_id)
    enrolled = Enrolment.objects.filter(in_force(day))
    positions = Position.objects.filter(in_force(day), person_id=person_id)
    return row("position", positions, "school_id", F("role"), F("owner_id")).union(
        row("person", found, "pk"),
        row("deputy", Deputyship.objects.filter(in_force(day), at_work, deputy_id=person_id), "school_id"),
        row("delegated", Delegation.objects.filter(in_force(day), receiver_id=person_id), "school_id"),
        row(Role.PUPIL, enrolled.filter(person_id=person_id), "school_id"),
        row(Role.GUARDIAN, enrolled.filter(person_id__in=children.values("pupil_id")), "school_id"),
        row("child", children, "pupil_id"),
        row("demand", TrainingDemand.objects.filter(in_force(day), owner_id=Subquery(found.values("owner_id"))), "renewal_months"),
        row("trained", PrivacyTraining.objects.filter(person_id=person_id), "person_id", Cast("held_on", CharField())),
        all=True,
    )


def own_teaching(actor: Actor, day: date) -> Any:
    """Return the groups the actor has a task in on ``day``, as rows to read with others: (group, school, grade, role in it)."""
    rows = Membership.objects.filter(in_force(day), person_id=actor.own_id).exclude(role=ClassRole.PUPIL)
    return rows.order_by().values_list("group_id", "group__school_id", "group__grade", "role")


def own_councils(actor: Actor, day: date) -> Any:
    """Return the schools where the actor is the adult of the pupils' council on ``day``, as rows to read with others (ORG-14)."""
    rows = TeamMember.objects.filter(in_force(day), person_id=actor.own_id, task=TeamTask.CONTACT, team__kind=TeamKind.PUPIL_COUNCIL)
    return rows.exclude(team__valid_until__lt=day).order_by()


WORK_ROLES = tuple(
    role
    for role in Role
    if role
    in {
        Role.STAFF,
        Role.DEPARTMENT_HEAD,
        Role.COUNSELLOR,
        Role.ENVIRONMENT_WORKER,
        Role.SCHOOL_NURSE,
        Role.ADMINISTRATIVE,
        Role.HEAD_TEACHER,
        Role.DEPUTY,
        Role.SCHOOL_ADMIN,
    }
)


def people_visible_to(actor: Actor) -> QuerySet[Person]:
    """Return the people the actor may be shown by name.

    Everyone who works at a school meets its pupils and its staff (she must be able to report about any of them); owner's
    handlers meet the staff of their schools; pupils and guardians meet themselves, their children and the staff.
    A pupil with protected address is found only by the leadership and her own teachers.
    """
    day = today()
    people = Person.objects.all()
    if actor.is_system:
        return people
    at_work = actor.schools_as(Role.STAFF)
    anywhere = at_work | actor.schools_as(Role.PUPIL, Role.GUARDIAN)
    staff = Position.objects.filter(in_force(day)).filter(
        Q(school_id__in=anywhere) | Q(school__owner_id__in=actor.owners_as(Role.OWNER_HANDLER))
    )
    pupils = Enrolment.objects.filter(in_force(day), school_id__in=at_work)
    reach = (
        Q(pk=actor.person_id)
        | Q(pk__in=actor.child_ids)
        | Q(pk__in=staff.values("person_id"))
        | (Q(pk__in=pupils.values("person_id")) & (Q(protected_address=False) | _near(actor, day)))
    )
    return people.filter(reach)


def _near(actor: Actor, day: date) -> Q:
    leading = actor.schools_as(Role.HEAD_TEACHER, Role.DEPUTY)
    own_groups = (
        Person.objects.get_queryset()
        .filter(in_force(day, "memberships__"), pk=actor.own_id)
        .exclude(memberships__role="pupil")
        .values("memberships__group_id")
    )
    led = Enrolment.objects.filter(in_force(day), school_id__in=leading).values("person_id")
    taught = Person.objects.filter(in_force(day, "memberships__"), memberships__group_id__in=own_groups, memberships__role="pupil").values(
        "pk"
    )
    return Q(pk__in=led) | Q(pk__in=taught)


def get_person(actor: Actor, action: Action, public_id: str) -> Person:
    """Return the person, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(Person, actor, action, public_id)


def get_deputyship(actor: Actor, action: Action, public_id: str) -> Deputyship:
    """Return the deputyship, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(Deputyship, actor, action, public_id)


def get_delegation(actor: Actor, action: Action, public_id: str) -> Delegation:
    """Return the delegation, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(Delegation, actor, action, public_id)


def deputyships_visible_to(actor: Actor) -> QuerySet[Deputyship]:
    """Return the deputyships at the schools the actor works at."""
    rows = Deputyship.objects.select_related("school", "deputy")
    return rows if actor.is_system else rows.filter(school_id__in=actor.schools_as(Role.STAFF))


def delegations_visible_to(actor: Actor) -> QuerySet[Delegation]:
    """Return the delegations at the schools the actor works at."""
    rows = Delegation.objects.select_related("school", "receiver")
    return rows if actor.is_system else rows.filter(school_id__in=actor.schools_as(Role.STAFF))


def own_guardianships(actor: Actor) -> QuerySet[Guardianship]:
    """Return the guardianships that hold today in which the actor is the pupil or the guardian."""
    rows = Guardianship.objects.filter(in_force(today())).select_related("pupil", "guardian")
    return rows.filter(Q(pupil_id=actor.own_id) | Q(guardian_id=actor.own_id)).order_by("id")


def get_own_guardian(actor: Actor, public_id: str) -> Guardianship:
    """Return the actor's own guardian by the guardian's public id, or raise OutOfReach (404)."""
    found = own_guardianships(actor).filter(pupil_id=actor.own_id, guardian__public_id=public_id).first()
    if found is None:
        raise OutOfReach(Guardianship._meta.label, public_id)
    return found


def guardian_requests_visible_to(actor: Actor) -> QuerySet[GuardianRequest]:
    """Return the requests the actor herself sent, and those to a school she leads. Never what others asked."""
    rows = GuardianRequest.objects.select_related("pupil", "guardian", "school", "decided_by")
    leading = actor.schools_as(Role.HEAD_TEACHER, Role.DEPUTY)
    return rows if actor.is_system else rows.filter(Q(guardian_id=actor.own_id) | (Q(school_id__in=leading) & ~Q(pupil_id=actor.own_id)))


def get_guardian_request(actor: Actor, action: Action, public_id: str) -> GuardianRequest:
    """Return the request, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(GuardianRequest, actor, action, public_id)


def teams_visible_to(actor: Actor) -> QuerySet[Team]:
    """Return the teams of the schools the actor works at, and at her own or her child's school those shown to families."""
    rows = Team.objects.filter(in_force(today())).select_related("school")
    at_home = Q(school_id__in=actor.schools_as(Role.PUPIL, Role.GUARDIAN), for_families=True)
    return rows if actor.is_system else rows.filter(Q(school_id__in=actor.schools_as(Role.STAFF)) | at_home)


def team_members_visible_to(actor: Actor) -> QuerySet[TeamMember]:
    """Return who is in the teams the actor meets. Pupils are shown to those who go to or work at the school, not to guardians."""
    rows = TeamMember.objects.filter(in_force(today()), team__in=teams_visible_to(actor)).select_related("team", "person")
    if actor.is_system:
        return rows
    there = Q(team__school_id__in=actor.schools_as(Role.STAFF, Role.PUPIL))
    enrolled = Enrolment.objects.filter(in_force(today()), person_id=OuterRef("person_id"))
    return rows.exclude(person__protected_address=True, person__kind=PersonKind.PUPIL).filter(there | ~Exists(enrolled))


def get_team(actor: Actor, action: Action, public_id: str) -> Team:
    """Return the team, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(Team, actor, action, public_id)


def get_team_member(actor: Actor, action: Action, public_id: str) -> TeamMember:
    """Return somebody's place in a team, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(TeamMember, actor, action, public_id)


def _leads(actor: Actor, team: Team) -> frozenset[Role]:
    leading = TeamMember.objects.filter(in_force(today()), team=team, person_id=actor.own_id, task__in=[TeamTask.LEADER, TeamTask.CONTACT])
    at_work = team.school_id in actor.schools_as(Role.STAFF)
    return frozenset({Role.TEAM_LEADER} if at_work and leading.exists() else ())


def works_at(person_id: int, school_id: int, day: date) -> bool:
    """Return whether the person has a position at the school on ``day``."""
    return Position.objects.filter(in_force(day), person_id=person_id, school_id=school_id).exists()


def class_files_visible_to(actor: Actor) -> QuerySet[ClassFile]:
    """Return the lists the actor has uploaded herself and not read in yet, or all of them for a job."""
    rows = ClassFile.objects.select_related("school__owner", "content_key")
    return rows if actor.is_system else rows.filter(made_by_id=actor.own_id)


def get_class_file(actor: Actor, action: Action, public_id: str) -> ClassFile:
    """Return the list, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(ClassFile, actor, action, public_id)


register_reach(ClassFile, class_files_visible_to)


def partners_visible_to(actor: Actor) -> QuerySet[Partner]:
    """Return whom the schools the actor works at work with."""
    rows = Partner.objects.filter(ended_on=None).select_related("school")
    return rows if actor.is_system else rows.filter(school_id__in=actor.schools_as(Role.STAFF))


def get_partner(actor: Actor, action: Action, public_id: str) -> Partner:
    """Return the partner, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(Partner, actor, action, public_id)


def warnings_for_family(actor: Actor) -> QuerySet[HealthWarning]:
    """Return what concerns the actor as a pupil, or the children she may follow: their school, their grade, their classes."""
    day, theirs = today(), [*actor.child_ids, actor.own_id]
    enrolled = Enrolment.objects.filter(in_force(day), person_id__in=theirs, school_id=OuterRef("school_id"))
    here = Exists(enrolled) & Q(grade=None, group=None)
    of_grade = Exists(enrolled.filter(grade=OuterRef("grade")))
    of_class = Exists(Membership.objects.filter(in_force(day), person_id__in=theirs, role=ClassRole.PUPIL, group_id=OuterRef("group_id")))
    return HealthWarning.objects.select_related("school", "group").filter(here | of_grade | of_class)


def warnings_visible_to(actor: Actor) -> QuerySet[HealthWarning]:
    """Return what concerns the actor and hers, and everything at the schools where she works."""
    rows = HealthWarning.objects.select_related("school", "group")
    if actor.is_system:
        return rows
    return rows.filter(Q(pk__in=warnings_for_family(actor).order_by().values("pk")) | Q(school_id__in=actor.schools_as(Role.STAFF)))


def family_told_of(warning: HealthWarning, day: date) -> list[int]:
    """Return the pupils a warning concerns and the guardians who may follow each: warnings_for_family turned round."""
    enrolled = Enrolment.objects.filter(in_force(day), school_id=warning.school_id)
    if warning.grade is not None:
        enrolled = enrolled.filter(grade=warning.grade)
    pupils = set(enrolled.values_list("person_id", flat=True))
    if warning.group_id is not None:
        members = Membership.objects.filter(in_force(day), group_id=warning.group_id, role=ClassRole.PUPIL)
        pupils = set(members.values_list("person_id", flat=True))
    guardians = Guardianship.objects.filter(follows(day), pupil_id__in=pupils).values_list("guardian_id", flat=True)
    return sorted(pupils | set(guardians))


def get_warning(actor: Actor, action: Action, public_id: str) -> HealthWarning:
    """Return the warning, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(HealthWarning, actor, action, public_id)


register_reach(HealthWarning, warnings_visible_to)
register_reach(Person, people_visible_to)
register_reach(Partner, partners_visible_to)
register_reach(Guardianship, own_guardianships, lambda actor, row: frozenset({Role.PUPIL} if row.pupil_id == actor.own_id else ()))
register_reach(GuardianRequest, guardian_requests_visible_to)
register_reach(Deputyship, deputyships_visible_to)
register_reach(Delegation, delegations_visible_to)
register_reach(Team, teams_visible_to, _leads)
register_reach(TeamMember, team_members_visible_to, lambda actor, row: _leads(actor, row.team))
register_standing_source(standing_of)

__all__ = ["follows", "get_person", "guardian_may_follow", "in_force", "own_teaching", "people_visible_to", "standing_of", "works_at"]
