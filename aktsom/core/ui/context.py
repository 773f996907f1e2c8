"""What every page's frame needs: who is signed in, her places, and whether this is for trying out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from aktsom.core.access.actor import ANONYMOUS, Actor
from aktsom.core.notify.selectors import unseen_count
from aktsom.core.ui.navigation import places_for


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the frame. Nothing is asked of the database until the template uses it."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    return {
        "actor": actor,
        "nav": SimpleLazyObject(lambda: places_for(actor, request.path)),
        "can_report": SimpleLazyObject(lambda: bool(actor.is_signed_in)),
        "unseen_notices": SimpleLazyObject(lambda: unseen_count(actor) if actor.is_signed_in else 0),
        "trial_notice": settings.ON_TRIAL,
        "demo_sign_in": settings.AKTSOM_DEMO_SIGN_IN,
    }
