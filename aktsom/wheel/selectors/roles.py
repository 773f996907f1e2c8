"""Who holds the plan's roles at a school today, and which roles nobody is pointed out for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from aktsom.core.access.roles import Role
from aktsom.people.selectors import adults_of_classes, council_contacts, deputies, positions_at
from aktsom.plans.rules.content import NEEDS_OWNER, PlanContent
from aktsom.plans.rules.duty_roles import BY_CODE, role_names
from aktsom.wheel.holding import COUNCIL_ADULT, IN_CLASS, codes_of
from aktsom.wheel.models import RoleHolder

ALL_STAFF = "everyone"
OF_PUPILS_AND_HOMES = frozenset(
    {"rights_pupil", "council_board", "pupil_council", "class_representative", "committees", "graduates", "wellbeing_pupils"}
    | {"buddies", "pupils", "parent_committee", "parent_contact", "guardians"}
)


@dataclass(frozen=True)
class RoleRow:
    """One role of the plan: how many rows name it, who has it, and who was given it by name."""

    code: str
    name: str
    rows: int
    people: tuple[str, ...]
    holders: tuple[RoleHolder, ...]
    where: str = ""  # when it is held by many: in words

    @property
    def is_empty(self) -> bool:
        return not self.people and not self.holders and not self.where


@dataclass(frozen=True)
class RoleBook:
    """The roles of the plan, and the rows whose every role is empty."""

    roles: list[RoleRow]
    rows_without: list[tuple[str, str]]  # what, and the roles it names


def people_by_role(school_id: int, day: date) -> dict[str, list[str]]:
    """Return the names of those who hold each role of the plan by position or in a class, by code."""
    found: dict[str, dict[int, str]] = {}
    rows = [*positions_at(school_id, day), *((person, Role.DEPUTY.value) for person in deputies(school_id, day))]
    for person, role in rows:
        for code in codes_of(Role(role)):
            found.setdefault(code, {})[person.pk] = str(person)
        found.setdefault(ALL_STAFF, {})[person.pk] = str(person)
    for person, role, _group in adults_of_classes(school_id, day):
        if role in IN_CLASS:
            found.setdefault(role, {})[person.pk] = str(person)
    for person in council_contacts(school_id, day):
        found.setdefault(COUNCIL_ADULT, {})[person.pk] = str(person)
    return {code: sorted(people.values()) for code, people in found.items()}


def holders_at(school_id: int, day: date) -> list[RoleHolder]:
    """Return who was given a role by name and holds it on ``day`` or later, by role."""
    rows = RoleHolder.objects.filter(school_id=school_id).exclude(valid_until__lt=day).select_related("person")
    return list(rows.order_by("role", "valid_from", "id"))


def role_book(school: Any, content: PlanContent, day: date) -> RoleBook:
    """Return every role the plan names with who holds it. Those of pupils, homes and outside the school are never «empty»."""
    people, holders = people_by_role(school.pk, day), holders_at(school.pk, day)
    rows = [(row.what, row.everyone) for _section, row in content.rows() if row.kind in NEEDS_OWNER and row.everyone]
    counted = Counter(code for _what, codes in rows for code in codes)
    roles = [
        RoleRow(
            code=code,
            name=role_names([code])[0],
            rows=amount,
            people=tuple(people.get(code, ())),
            holders=tuple(holder for holder in holders if holder.role == code),
            where=_where(code),
        )
        for code, amount in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    ]
    empty = {role.code for role in roles if role.is_empty}
    without = [(what, ", ".join(role_names(codes))) for what, codes in rows if all(code in empty for code in codes)]
    return RoleBook(roles, without)


def _where(code: str) -> str:
    role = BY_CODE.get(code)
    if role is None:
        return ""
    if role.is_outside:
        return "outside"
    return "pupils" if code in OF_PUPILS_AND_HOMES else ""


def names_for(school_id: int, codes: list[str], day: date, *, group_id: int | None = None) -> list[tuple[str, list[str]]]:
    """Return (role, names) for the roles of one task; a role nobody has is there without names. A class has its own teachers."""
    people, holders = people_by_role(school_id, day), holders_at(school_id, day)
    if group_id is not None:
        adults = adults_of_classes(school_id, day)
        people |= {code: [str(person) for person, role, group in adults if (role, group) == (code, group_id)] for code in IN_CLASS}
    return [
        (
            role_names([code])[0],
            [*people.get(code, []), *(str(holder.person) for holder in holders if holder.role == code and holder.valid_from <= day)],
        )
        for code in codes
    ]
