"""What the sign-in pages hand to the browser's own passkey ceremony."""

import json
from typing import Any

from django import template

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """Return ``value`` as JSON for an attribute; the template escapes it."""
    return json.dumps(value)


@register.filter
def kept_words(query: Any) -> str:
    """Return what was kept of a form that was sent after the session had ended: its text, or text without its files."""
    return str(query.get("tatt-vare-pa", ""))
