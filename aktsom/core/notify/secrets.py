"""A channel's address is a secret: whoever has it can write in the channel. It lies sealed with a key made from the master key."""

from __future__ import annotations

import base64
import hashlib

from aktsom.core.notify.models import TeamsRoute
from aktsom.core.vault import sealing


def _key(master: bytes) -> bytes:
    return hashlib.sha256(b"aktsom channel address" + master).digest()


def _place(school_id: int) -> str:
    return f"teams:{school_id}"


def sealed_address(url: str, school_id: int) -> str:
    """Return the stored form of an address, bound to the school it belongs to."""
    key_id, master = sealing.current_master_key()
    return f"{key_id}.{base64.urlsafe_b64encode(sealing.lock(_key(master), url.encode(), _place(school_id))).decode()}"


def opened_address(route: TeamsRoute) -> str:
    """Return the address in the open. Only the sender asks for it."""
    key_id, body = route.sealed_url.rsplit(".", 1)
    return sealing.unlock(_key(sealing.master_key(key_id)), base64.urlsafe_b64decode(body), _place(route.school_ref)).decode()


def reseal_addresses() -> int:
    """Seal every address with the current master key; return how many were changed. Called while keys are rotated."""
    current, changed = sealing.current_master_key()[0], 0
    for route in TeamsRoute.objects.select_for_update().order_by("pk"):
        if route.sealed_url.rsplit(".", 1)[0] != current:
            route.sealed_url = sealed_address(opened_address(route), route.school_ref)
            route.save()
            changed += 1
    return changed
