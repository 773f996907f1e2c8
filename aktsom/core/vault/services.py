"""Make, destroy and rewrap keys."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from aktsom.core.timing.clock import now
from aktsom.core.vault import keyring, sealing
from aktsom.core.vault.models import ContentKey, KeyKind, OwnerKey


def owner_key_for(owner_ref: int) -> OwnerKey:
    """Return the owner's key in use, made on first need; safe when two ask at once."""
    found = OwnerKey.objects.filter(owner_ref=owner_ref, retired_at=None).order_by("-version").first()
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
