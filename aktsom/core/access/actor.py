"""The actor: who is asking, with which roles where this minute, and on which ground.

Built once per request from the grant sources that domains register (people registers positions, deputyships and
delegations). The actor holds no names and no rights of its own: rights are in roles.py, reach in each access.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from aktsom.core.access.actions import Action
from aktsom.core.access.roles import ALLOWED, Role

if TYPE_CHECKING:  # type checking only
    from aktsom.core.accounts.models import User


class Ground(StrEnum):
    """Why a person holds a role right now."""

    ORDINARY = "ordinary"
    STAND_IN = "stand_in"
    DELEGATED = "delegated"
    SUPPORT = "support"
    SYSTEM = "system"


@dataclass(frozen=True)
class Grant:
    """One role at one school or one owner, valid at this moment."""

    role: Role
    school_id: int | None = None
    owner_id: int | None = None
    ground: Ground = Ground.ORDINARY


@dataclass(frozen=True)
class Actor:
    """Who acts. ``person_id`` is the primary key of the person, ``user_id`` of the sign-in account."""

    person_id: int | None = None
    user_id: int | None = None
    grants: tuple[Grant, ...] = ()
    second_factor: bool = False
    job: str = ""
    lacks_training: bool = False
    child_ids: frozenset[int] = field(default=frozenset())

    @property
    def own_id(self) -> int:
        """Return the person's primary key; 0, which no record has, for a job or somebody not signed in."""
        return self.person_id or 0

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def is_system(self) -> bool:
        return bool(self.job)

    def schools_as(self, *roles: Role) -> frozenset[int]:
        """Return the primary keys of the schools where the actor holds one of ``roles``."""
        return frozenset(g.school_id for g in self.grants if g.role in roles and g.school_id is not None)

    def owners_as(self, *roles: Role) -> frozenset[int]:
        """Return the primary keys of the owners where the actor holds one of ``roles``."""
        return frozenset(g.owner_id for g in self.grants if g.role in roles and g.owner_id is not None and g.school_id is None)

    def roles_at(self, *, school_id: int | None, owner_id: int | None = None) -> frozenset[Role]:
        """Return the positions that count at this school and its owner, with what everyone has."""
        return self._everywhere() | {
            g.role
            for g in self.grants
            if (g.school_id is not None and g.school_id == school_id)
            or (g.school_id is None and g.owner_id is not None and g.owner_id == owner_id)
            or (g.school_id is None and g.owner_id is None)
        }

    def may_somewhere(self, action: Action) -> bool:
        """Return whether any role the actor holds anywhere gives ``action``."""
        return any(action in ALLOWED[role] for role in self._everywhere() | {g.role for g in self.grants})

    def schools_where(self, action: Action) -> frozenset[int]:
        """Return the schools where a position gives ``action``."""
        return frozenset(g.school_id for g in self.grants if g.school_id is not None and action in ALLOWED[g.role])

    def ground_at(self, school_id: int | None) -> Ground:
        """Return the ground to write in the log for a deed at ``school_id``."""
        if self.is_system:
            return Ground.SYSTEM
        grounds = {g.ground for g in self.grants if g.school_id == school_id}
        return next((g for g in (Ground.SUPPORT, Ground.STAND_IN, Ground.DELEGATED) if g in grounds), Ground.ORDINARY)

    def _everywhere(self) -> frozenset[Role]:
        if self.is_system:
            return frozenset({Role.SYSTEM})
        return frozenset({Role.NOBODY, Role.SIGNED_IN}) if self.is_signed_in else frozenset({Role.NOBODY})


ANONYMOUS = Actor()


def system_actor(job: str) -> Actor:
    """Return the actor of a job that runs by itself; ``job`` names it in the log."""
    return Actor(job=job, grants=(Grant(role=Role.SYSTEM),))


@dataclass(frozen=True)
class Standing:
    """What a domain knows about the person behind an account."""

    person_id: int | None
    grants: tuple[Grant, ...]
    child_ids: frozenset[int] = field(default=frozenset())
    lacks_training: bool = False


_sources: list[Callable[[User], Standing]] = []


def register_standing_source(source: Callable[[User], Standing]) -> None:
    """Let a domain tell which person and roles belong to an account (called from ``AppConfig.ready``)."""
    if source not in _sources:
        _sources.append(source)


def actor_for(user: User, *, second_factor: bool = False) -> Actor:
    """Return the actor behind ``user`` as of now."""
    standings = [source(user) for source in _sources]
    return Actor(
        user_id=user.pk,
        person_id=next((s.person_id for s in standings if s.person_id is not None), None),
        grants=tuple(_unique(g for s in standings for g in s.grants)),
        child_ids=frozenset().union(*(s.child_ids for s in standings)) if standings else frozenset(),
        second_factor=second_factor,
        lacks_training=any(s.lacks_training for s in standings),
    )


def _unique(grants: Iterable[Grant]) -> list[Grant]:
    return list(dict.fromkeys(grants))
