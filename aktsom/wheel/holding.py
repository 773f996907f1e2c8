"""Which of the plan's roles somebody holds today, and so which tasks are hers: the task follows the role (ORG-16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, IntegerField, Q, Value

from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.core.once import once_per_page
from aktsom.people.access import in_force, own_councils, own_teaching
from aktsom.plans.rules.duty_roles import DUTY_ROLES
from aktsom.wheel.models import RoleHolder

COUNCIL_ADULT = "council_adult"
IN_CLASS = ("contact_teacher", "subject_teacher")
# Who stands for a position of the plan besides those who have it: a deputy is the head teacher while she is away.
STANDS_FOR = {
    Role.DEPUTY: (Role.HEAD_TEACHER.value, "leadership"),
    Role.HEAD_TEACHER: ("leadership",),
    Role.DEPARTMENT_HEAD: ("leadership",),
}
_CODES: dict[str, tuple[str, ...]] = {
    standing: tuple(role.code for role in DUTY_ROLES if role.standing == standing)
    for standing in {role.standing for role in DUTY_ROLES if role.standing}
}


def codes_of(role: Role) -> tuple[str, ...]:
    """Return the plan's roles that a position at the school gives."""
    return tuple(code for standing in (role.value, *STANDS_FOR.get(role, ())) for code in _CODES.get(standing, ()))


@dataclass(frozen=True)
class Teaching:
    """A group somebody teaches, as contact teacher or subject teacher."""

    group_id: int
    school_id: int
    grade: int | None
    code: str


@dataclass(frozen=True)
class Held:
    """The plan's roles somebody holds: at a school, and in her classes."""

    roles: frozenset[tuple[int, str]] = frozenset()  # (school, code)
    teaching: tuple[Teaching, ...] = ()

    def holds(self, task: Any) -> bool:
        """Return whether one of the roles the task is given to is held here: for the school, or for its class or grade."""
        codes = task.who.split()
        if any((task.school_id, code) in self.roles for code in codes):
            return True
        return any(
            taught.school_id == task.school_id
            and taught.code in codes
            and (task.group_id == taught.group_id if task.group_id is not None else task.grade in {None, taught.grade})
            for taught in self.teaching
        )

    @property
    def tasks(self) -> Q:
        """The same as ``holds``, turned round for the database; a test holds them together."""
        found = Q(pk__in=[])
        for school_id in sorted({school for school, _code in self.roles}):
            named = Q(pk__in=[])
            for code in sorted(code for school, code in self.roles if school == school_id):
                named |= Q(who__contains=f" {code} ")
            found |= Q(school_id=school_id) & named
        for school_id, code in sorted({(taught.school_id, taught.code) for taught in self.teaching}):
            mine = [taught for taught in self.teaching if (taught.school_id, taught.code) == (school_id, code)]
            where = Q(group_id__in=[taught.group_id for taught in mine]) | Q(group=None, grade=None)
            where |= Q(group=None, grade__in=[taught.grade for taught in mine if taught.grade is not None])
            found |= Q(school_id=school_id, who__contains=f" {code} ") & where
        return found


@once_per_page
def held_by(actor: Actor, day: date) -> Held:
    """Return what the actor holds on ``day``: by position, by name, and in her classes. One query."""
    at_work = actor.schools_as(Role.STAFF)
    roles = {(grant.school_id, code) for grant in actor.grants if grant.school_id in at_work for code in codes_of(grant.role)}
    rows = [row for row in own_teaching(actor, day).union(_named(actor, day), _of_council(actor, day), all=True) if row[1] in at_work]
    named = {(school, code) for group, school, _grade, code in rows if group is None}
    taught = [Teaching(*row) for row in sorted(row for row in rows if row[0] is not None)]
    return Held(
        frozenset((school, code) for school, code in roles | named if school is not None),
        tuple(teaching for teaching in taught if teaching.code in IN_CLASS),
    )


def _of_council(actor: Actor, day: date) -> Any:
    """Return where the actor is the adult of the pupils' council: whoever is its contact in the team has the plan's role (ORG-14)."""
    rows = own_councils(actor, day).annotate(
        no_group=Value(None, BigIntegerField()), no_grade=Value(None, IntegerField()), code=Value(COUNCIL_ADULT, CharField())
    )
    return rows.values_list("no_group", "team__school_id", "no_grade", "code")


def _named(actor: Actor, day: date) -> Any:
    rows = RoleHolder.objects.filter(in_force(day), person_id=actor.own_id)
    placed = rows.annotate(no_group=Value(None, BigIntegerField()), no_grade=Value(None, IntegerField()))
    return placed.order_by().values_list("no_group", "school_id", "no_grade", "role")
