"""Make, destroy and rewrap keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.db import IntegrityError, connection, transaction

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now
from aktsom.core.vault import keyring, sealing
from aktsom.core.vault.models import ContentKey, KeyKind, OwnerKey

_resealers: list[Callable[[], int]] = []


def register_resealing(reseal: Callable[[], int]) -> None:
    """Let whoever seals something with the master key itself seal it anew when the key is rotated (from ``ready``)."""
    if reseal not in _resealers:
        _resealers.append(reseal)


def owner_key_for(owner_ref: int) -> OwnerKey:
    """Return the owner's key in use, made on first need; safe when two ask at once."""
    found: OwnerKey | None = OwnerKey.objects.filter(owner_ref=owner_ref, retired_at=None).order_by("-version").first()
    if found is not None:
        return found
    key_id, master = sealing.current_master_key()
    wrapped = sealing.lock(master, sealing.new_key(), keyring.owner_place(owner_ref, 1))
    try:
        with transaction.atomic():
            return OwnerKey.objects.create(owner_ref=owner_ref, wrapped=wrapped, master_key_id=key_id, version=1, created_at=now())
    except IntegrityError:
        return OwnerKey.objects.get(owner_ref=owner_ref, version=1)


def content_key_for(*, owner_ref: int, kind: KeyKind | str) -> ContentKey:
    """Make a new key for one case, report or draft. Called inside a service."""
    owner_key = owner_key_for(owner_ref)
    content_key = ContentKey(owner_key=owner_key, kind=kind, created_at=now())
    place = keyring.content_place(content_key.public_id, owner_ref)
    content_key.wrapped = sealing.lock(keyring.unwrapped_owner_key(owner_key), sealing.new_key(), place)
    content_key.save()
    keyring.remember(content_key)
    return content_key


@service(Event.CONTENT_KEY_DESTROYED, action=Action.KEY_DESTROY)
def destroy_content_key(*, by: Actor, content_key: ContentKey, reason: str) -> ContentKey:
    """Destroy one key, so that nothing it locked can be read again here. Doing it twice changes nothing.

    Backups of the key table hold it until they are overwritten; docs/drift says how long.
    """
    if content_key.wrapped is not None:
        content_key.wrapped, content_key.destroyed_at, content_key.destroyed_reason = None, now(), reason[:40]
        content_key.save()
        transaction.on_commit(partial(keyring.shut, content_key.public_id))
    keyring.forget_keys()
    return content_key


def wipe_traces() -> None:
    """Let the database give up the old row of a destroyed key. Called outside transactions, after they are over."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM vault_contentkey")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@service(Event.MASTER_KEY_ROTATED, action=Action.KEY_ROTATE)
def rotate_master_key(*, by: Actor) -> int:
    """Wrap everything with the current master key; return how many things were rewrapped. Safe to run again.

    Raises MasterKeyMissing when a key was wrapped by a master key that is no longer set.
    """
    key_id, master = sealing.current_master_key()
    stale = list(OwnerKey.objects.select_for_update().exclude(master_key_id=key_id).order_by("pk"))
    for owner_key in stale:
        opened = keyring.unwrapped_owner_key(owner_key)
        place = keyring.owner_place(owner_key.owner_ref, owner_key.version)
        owner_key.wrapped, owner_key.master_key_id = sealing.lock(master, opened, place), key_id
        owner_key.save()
    keyring.forget_keys()
    return len(stale) + sum(reseal() for reseal in _resealers)
