"""Who there is to receive at a school and its owner today, and whom a report can be about."""

from __future__ import annotations

from typing import Any

from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.people import selectors as people
from aktsom.plans.rules import Procedure
from aktsom.plans.selectors import NoProcedure, procedure_of
from aktsom.reports.models import Report
from aktsom.reports.rules import Reachable, fitting


def procedure_for(school: Any) -> Procedure | None:
    """Return the school's procedure, or None when it has chosen none: the Act's own rules hold then."""
    try:
        return procedure_of(school.pk)
    except NoProcedure:
        return None


def reachable(school: Any, procedure: Procedure | None, *, grade: int | None) -> Reachable:
    """Return who there is to receive at the school and its owner today."""
    day = today()
    roles = procedure.receivers if procedure else (Role.HEAD_TEACHER, Role.DEPARTMENT_HEAD)
    by_role = {role: _ids(people.people_in_role(school.pk, role, day)) for role in [*roles, Role.DEPARTMENT_HEAD, Role.COUNSELLOR]}
    return Reachable(
        heads=_ids(people.head_teachers(school.pk, day)),
        deputies=_ids(people.deputies(school.pk, day)),
        delegated=_ids(people.delegated_receivers(school.pk, day, grade)),
        by_role=by_role,
        owner=_ids(people.owner_recipients(school.owner_id, "leadership", day, school.pk)),
        owner_handlers=_ids(people.owner_handlers(school.owner_id, day)),
    )


def staff_by_id(school_id: int) -> dict[int, Any]:
    """Return everyone who works at the school today, by primary key."""
    return {person.pk: person for person in people.staff_of(school_id, today())}


def suspected_in(report: Report) -> set[int]:
    """Return everybody a stored report can be about: those chosen, and those a written name fits."""
    rows = list(report.accused.all())
    certain = {row.person_id for row in rows if row.person_id is not None}
    written = [row.written_name for row in rows if row.written_name]
    names = {pk: str(person) for pk, person in staff_by_id(report.school_id).items()} if written else {}
    return certain.union(*(fitting(name, names) for name in written))


def _ids(persons: list[Any]) -> tuple[int, ...]:
    return tuple(person.pk for person in persons)
