"""The one door to every object: reach (a queryset) and deed (the table), and the mark each endpoint carries.

Outside reach the answer is 404, because that something exists is itself a secret; in reach without the deed it is 403.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import ALLOWED, Role
from aktsom.core.once import once_per_page_by

M = TypeVar("M", bound=Model)


class OutOfReach(Http404):
    """The object does not exist, or not for this actor. The two cannot be told apart."""

    def __init__(self, label: str, public_id: str) -> None:
        super().__init__("")
        self.label = label
        self.public_id = public_id


class NotAllowed(PermissionDenied):
    """The actor reaches the object but may not do this with it."""

    def __init__(self, action: Action, subject: Model | None = None) -> None:
        super().__init__("")
        self.action = action
        self.subject = subject


class Refused(Exception):
    """A rule refuses the deed. ``reasons`` are the same obstacles the page shows."""

    def __init__(self, reasons: list[Any]) -> None:
        super().__init__("; ".join(str(reason) for reason in reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Reach:
    """What a domain states about one model: who can meet it, and which roles a person has to it."""

    visible_to: Callable[[Actor], QuerySet[Any]]
    relations: Callable[[Actor, Any], frozenset[Role]]


_reaches: dict[type[Model], Reach] = {}


def _no_relations(actor: Actor, subject: Any) -> frozenset[Role]:
    return frozenset()


def register_reach(
    model: type[Model],
    visible_to: Callable[[Actor], QuerySet[Any]],
    relations: Callable[[Actor, Any], frozenset[Role]] = _no_relations,
) -> None:
    """State who can meet ``model`` and which relation roles a person has to one of them (once per model)."""
    _reaches[model] = Reach(visible_to=visible_to, relations=relations)


def roles_towards(actor: Actor, subject: Model) -> frozenset[Role]:
    """Return every role ``actor`` holds towards ``subject``: positions at its school and owner, and relations."""
    scope = subject.scope()  # type: ignore[attr-defined]
    roles = actor.roles_at(school_id=scope.school_id, owner_id=scope.owner_id)
    return roles | _relations(actor, subject)


@once_per_page_by(lambda actor, subject: (actor, subject._meta.label, subject.pk))
def _relations(actor: Actor, subject: Model) -> frozenset[Role]:
    return _reaches[type(subject)].relations(actor, subject)


def may(actor: Actor, action: Action, subject: Model) -> bool:
    """Return whether the table gives ``actor`` the deed on an object it already reaches."""
    return any(action in ALLOWED[role] for role in roles_towards(actor, subject))


def through(model: type[M], actor: Actor, action: Action, public_id: str) -> M:
    """Return the object named ``public_id`` or raise OutOfReach (404) or NotAllowed (403)."""
    found: M | None = _reaches[model].visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise OutOfReach(model._meta.label, public_id)
    if not may(actor, action, found):
        raise NotAllowed(action, found)
    return found


def require(actor: Actor, action: Action, subject: Model | None) -> None:
    """Check the same rule for a service: in reach and allowed. Raise OutOfReach or NotAllowed."""
    if subject is None:
        if not actor.may_somewhere(action):
            raise NotAllowed(action)
        return
    if not actor.is_system and not _reaches[type(subject)].visible_to(actor).filter(pk=subject.pk).exists():
        raise OutOfReach(subject._meta.label, str(getattr(subject, "public_id", "")))
    if not may(actor, action, subject):
        raise NotAllowed(action, subject)


def requires(action: Action) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a view with the deed it is for. The gate asks for sign-in and second factor; the view asks the door."""

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            return view(*args, **kwargs)

        wrapped.access = action  # type: ignore[attr-defined]
        return wrapped

    return mark


def public(reason: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a view as open without sign-in, with the reason why."""

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            return view(*args, **kwargs)

        wrapped.access = reason  # type: ignore[attr-defined]
        return wrapped

    return mark
