"""Who there is to receive at a school and its owner today, and whom a report can be about."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.people import selectors as people
from aktsom.plans.rules import Procedure
from aktsom.plans.selectors import NoProcedure, procedure_of
from aktsom.reports.models import Report
from aktsom.reports.rules import Reachable, fitting

HELPING_ROLES = (Role.DEPARTMENT_HEAD, Role.COUNSELLOR, Role.ENVIRONMENT_WORKER, Role.SCHOOL_NURSE)


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
    wanted = dict.fromkeys([*roles, Role.DEPARTMENT_HEAD, Role.COUNSELLOR])
    holding = people.people_in_roles(school.pk, [*wanted, Role.HEAD_TEACHER], day)
    by_role = {role: _ids(holding[str(role)]) for role in wanted}
    return Reachable(
        heads=_ids(holding[Role.HEAD_TEACHER]),
        deputies=_ids(people.deputies(school.pk, day)),
        delegated=_ids(people.delegated_receivers(school.pk, day, grade)),
        by_role=by_role,
        owner=_ids(people.owner_recipients(school.owner_id, "leadership", day, school.pk)),
        owner_handlers=_ids(people.owner_handlers(school.owner_id, day)),
    )


def adults_to_choose(school: Any, pupil_ids: Collection[int] = ()) -> list[tuple[Any, str]]:
    """Return the adults somebody may want to reach, with what they are called: those the plan lets receive and those who
    work with the pupil. Head and deputy are not among them, since they get every report the Act lets them have."""
    day, procedure = today(), procedure_for(school)
    roles = dict.fromkeys(str(role) for role in [*(procedure.receivers if procedure else ()), *HELPING_ROLES])
    holding = people.people_in_roles(school.pk, [*roles, Role.HEAD_TEACHER], day)
    leading = {person.pk for person in [*holding[Role.HEAD_TEACHER], *people.deputies(school.pk, day)]}
    placed = [person for role in roles for person in holding[role]]
    adults = [person for person in dict.fromkeys([*people.teachers_of(pupil_ids, day), *placed]) if person.pk not in leading]
    titles = people.titles_at([person.pk for person in adults], school.pk, school.owner_id, day)
    return [(person, titles[person.pk]) for person in adults if person.pk in titles]


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
