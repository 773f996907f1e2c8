"""What the head of the page calls the person: name, role and school. Domains tell; core knows no people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aktsom.core.access.actor import Actor


@dataclass(frozen=True)
class Identity:
    """A person as the frame shows her."""

    person_name: str = ""
    role_name: str = ""
    school_name: str = ""


_sources: list[Callable[[Actor], Identity | None]] = []


def register_identity_source(source: Callable[[Actor], Identity | None]) -> None:
    """Let a domain tell who an actor is to herself (called from ``AppConfig.ready``)."""
    if source not in _sources:
        _sources.append(source)


def identity_of(actor: Actor) -> Identity:
    """Return the first identity a domain gives, or an empty one."""
    if not actor.is_signed_in:
        return Identity()
    return next((found for source in _sources if (found := source(actor))), Identity())
