"""The secret of a calendar address, and its keyed hash."""

from __future__ import annotations

from django.utils.crypto import salted_hmac


def feed_lookup(secret: str) -> str:
    """Return the keyed hash (hex, SHA-256) a feed is found by."""
    return salted_hmac("aktsom.wheel.feed", secret, algorithm="sha256").hexdigest()
