"""Unwrapped content keys, held no longer than a request."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import TYPE_CHECKING

from aktsom.core.vault import sealing

if TYPE_CHECKING:  # type checking only
    from aktsom.core.vault.models import ContentKey, OwnerKey

_ring: ContextVar[dict[int, tuple[str, bytes | None]] | None] = ContextVar("aktsom_keyring", default=None)
_shut: set[str] = set()  # public ids of keys destroyed while this process ran: no thread may go on using them


def owner_place(owner_ref: int, version: int) -> str:
    return f"owner:{owner_ref}:{version}"


def content_place(public_id: str, owner_ref: int) -> str:
    return f"content:{public_id}:{owner_ref}"


def unwrapped_owner_key(owner_key: OwnerKey) -> bytes:
    """Return the owner's key in the open."""
    place = owner_place(owner_key.owner_ref, owner_key.version)
    return sealing.unlock(sealing.master_key(owner_key.master_key_id), bytes(owner_key.wrapped), place)


def remember(content_key: ContentKey) -> tuple[str, bytes | None]:
    """Unwrap ``content_key`` and hold it; a destroyed one is held as None."""
    ring = _ring.get()
    if ring is None:
        ring = {}
        _ring.set(ring)
    key = None
    if content_key.wrapped is not None:
        owner_key = content_key.owner_key
        place = content_place(content_key.public_id, owner_key.owner_ref)
        key = sealing.unlock(unwrapped_owner_key(owner_key), bytes(content_key.wrapped), place)
    ring[content_key.pk] = (content_key.public_id, key)
    return ring[content_key.pk]


def key_of(content_key_id: int) -> tuple[str, bytes | None]:
    """Return the public id and the open key of a content key, asking the database at most once a request."""
    ring = _ring.get()
    if ring is not None and content_key_id in ring:
        public_id, key = ring[content_key_id]
        return public_id, None if public_id in _shut else key
    from aktsom.core.vault.models import ContentKey  # slow import

    return remember(ContentKey.objects.select_related("owner_key").get(pk=content_key_id))


def holds(content_key_id: int) -> bool:
    """Return whether a key lies open here right now."""
    return content_key_id in (_ring.get() or {})


def gather_keys(content_key_ids: Iterable[int]) -> None:
    """Fetch the keys of many cases with one query, for a list that shows sealed text of each."""
    missing = set(content_key_ids) - set(_ring.get() or {})
    if not missing:
        return
    from aktsom.core.vault.models import ContentKey  # slow import

    for content_key in ContentKey.objects.select_related("owner_key").filter(pk__in=missing):
        remember(content_key)


def shut(public_id: str) -> None:
    """Make a destroyed key useless to every thread of this process, also to those that already hold it."""
    _shut.add(public_id)


def forget_keys(**kwargs: object) -> None:
    """Forget every key held. Called when a request or a task starts and ends, and when a key is destroyed."""
    _ring.set(None)
