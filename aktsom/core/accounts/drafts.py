"""What somebody typed and has not sent: kept while she types, there again after sign-in, gone when it is sent."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from aktsom.core.access.actor import system_actor
from aktsom.core.accounts.models import Draft, User
from aktsom.core.audit.events import Event
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.notify.jobs import periodic
from aktsom.core.timing.clock import now
from aktsom.core.vault.models import KeyKind
from aktsom.core.vault.services import content_key_for

FORM_KEY = re.compile(r"[a-z][a-z0-9_:.\-]{1,118}")
LARGEST = 100_000  # characters in one draft
KEPT = timedelta(days=90)
NO_OWNER = 0  # a draft belongs to a person, not to a school owner
NOT_KEPT = {"csrfmiddlewaretoken", "password", "code"}


class DraftRefused(ValueError):
    """The text is too long, or the form is not one that keeps drafts."""


def keep_draft(*, user: User, form_key: str, content: dict[str, list[str]]) -> datetime:
    """Keep what is typed in a form; return when. Raises DraftRefused when it is too much or the form unknown."""
    kept = {name: values for name, values in content.items() if name not in NOT_KEPT and any(values)}
    if not FORM_KEY.fullmatch(form_key) or sum(len(value) for values in kept.values() for value in values) > LARGEST:
        raise DraftRefused
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(user=user, form_key=form_key).first()
        if draft is None:
            with unit_of_work(system_actor("draft"), Event.DRAFT_KEPT):
                key = content_key_for(owner_ref=NO_OWNER, kind=KeyKind.DRAFT)
            draft = Draft(user=user, form_key=form_key, content_key=key)
        draft.content, draft.updated_at = kept, now()
        draft.save()
    return draft.updated_at


def draft_of(user: Any, form_key: str) -> Draft | None:
    """Return what is kept for a form, or None."""
    return Draft.objects.filter(user_id=user.pk, form_key=form_key).first() if user.is_authenticated else None


def initial_for(user: Any, form_key: str) -> dict[str, Any]:
    """Return kept text as initial values of a form: one value as itself, several as a list."""
    draft = draft_of(user, form_key)
    content: dict[str, list[str]] = draft.content if draft else {}
    return {name: values[0] if len(values) == 1 else values for name, values in (content or {}).items()}


def drop(user: Any, form_key: str) -> None:
    """Throw a draft away when its text is sent or no longer wanted."""
    if user.is_authenticated:
        Draft.objects.filter(user_id=user.pk, form_key=form_key).delete()


def drafts_of(user: Any) -> list[Draft]:
    """Return everything the person has kept, newest first."""
    return list(Draft.objects.filter(user_id=user.pk).order_by("-updated_at"))


@periodic(minutes=720)
def forget_old_drafts() -> int:
    """Delete drafts nobody touched for 90 days; return how many."""
    return Draft.objects.filter(updated_at__lt=now() - KEPT).delete()[0]
