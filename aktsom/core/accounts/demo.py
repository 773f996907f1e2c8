"""The people of the demo that one can sign in as. Filled by the demo's own loader, empty everywhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aktsom.core.accounts.models import User


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as: where she belongs, who she is, and what there is to see."""

    username: str
    place: str
    name: str
    title: str
    text: str = ""


_provider: list[Callable[[], list[DemoPerson]]] = []


def register_demo_people(provider: Callable[[], list[DemoPerson]]) -> None:
    """Let the demo say whom one can be."""
    _provider[:] = [provider]


def demo_people() -> list[DemoPerson]:
    """Return the people of the demo, by place."""
    return _provider[0]() if _provider else []


def demo_user(username: str) -> User | None:
    """Return the account of a demo person, and nobody else's."""
    known = {person.username for person in demo_people()}
    return User.objects.filter(username=username, is_active=True).first() if username in known else None
