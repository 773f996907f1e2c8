"""What somebody typed and has not sent: kept while she types, there again after sign-in, gone when it is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import IntegrityError, transaction

from aktsom.core.access.actor import system_actor
from aktsom.core.accounts.models import Draft, User
from aktsom.core.audit.events import Event
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.notify.jobs import periodic
from aktsom.core.timing.clock import now
from aktsom.core.vault.models import ContentKey, KeyKind
from aktsom.core.vault.services import content_key_for

FORM_KEY = re.compile(r"[a-z][a-z0-9_:.\-]{1,118}")
LARGEST = 100_000  # characters in one draft
MOST = 100  # drafts of one person
MOST_A_MINUTE = 60
KEPT = timedelta(days=90)
NO_OWNER = 0  # a draft belongs to a person, not to a school owner
NOT_KEPT = {"csrfmiddlewaretoken", "password", "code", "utkast"}
PAGE, TITLE = "__page", "__title"  # kept beside the fields: which page the text was written on
SHOWN = 140  # characters of a draft in the list


@dataclass(frozen=True)
class PutBack:
    """A draft that a form was filled with: which, and when it was written."""

    form_key: str
    updated_at: datetime


class DraftRefused(ValueError):
    """The text is too long, the form is not one that keeps drafts, or it comes too often."""


@dataclass(frozen=True)
class DraftRow:
    """One draft in the person's own list."""

    form_key: str
    title: str
    beginning: str
    path: str
    updated_at: datetime
    words: tuple[str, ...] = ()


def keep_draft(*, user: User, form_key: str, content: dict[str, list[str]], page: str = "", title: str = "") -> datetime:
    """Keep what is typed in a form; return when. Raises DraftRefused when it is too much or the form unknown."""
    kept = {name: values for name, values in content.items() if name not in NOT_KEPT and any(values)}
    if not FORM_KEY.fullmatch(form_key) or _size(kept) > LARGEST or _too_often(user):
        raise DraftRefused
    if is_own_page(page):
        kept |= {PAGE: [page], TITLE: [title[:SHOWN]]}
    try:
        return _write(user, form_key, kept)
    except IntegrityError:  # two tabs made the same draft at once; the one who came last writes over
        return _write(user, form_key, kept)


def _write(user: User, form_key: str, kept: dict[str, list[str]]) -> datetime:
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(user=user, form_key=form_key).first()
        if draft is None:
            if Draft.objects.filter(user=user).count() >= MOST:
                raise DraftRefused
            with unit_of_work(system_actor("draft"), Event.DRAFT_KEPT):
                key = content_key_for(owner_ref=NO_OWNER, kind=KeyKind.DRAFT)
            draft = Draft(user=user, form_key=form_key, content_key=key)
        draft.content, draft.updated_at = kept, now()
        draft.save()
    return draft.updated_at


def _size(kept: dict[str, list[str]]) -> int:
    return sum(len(name) + len(value) for name, values in kept.items() for value in values)


def _too_often(user: User) -> bool:
    minute = f"draft:{user.pk}:{int(now().timestamp()) // 60}"
    cache.add(minute, 0, timeout=120)
    return cache.incr(minute) > MOST_A_MINUTE


def is_own_page(page: str) -> bool:
    """Return whether ``page`` is a plain path of this site, fit for a link."""
    return bool(re.fullmatch(r"/(?!/)[\w/\-.~%?=&+]{0,300}", page))


def draft_of(user: Any, form_key: str) -> Draft | None:
    """Return what is kept for a form, or None."""
    return Draft.objects.filter(user_id=user.pk, form_key=form_key).first() if user.is_authenticated else None


def initial_for(user: Any, form_key: str) -> dict[str, Any]:
    """Return kept text as initial values of a form: one value as itself, several as a list."""
    draft = draft_of(user, form_key)
    content: dict[str, list[str]] = (draft.content if draft else None) or {}
    kept = {name: values[0] if len(values) == 1 else values for name, values in content.items() if name not in {PAGE, TITLE}}
    if draft and kept:  # the frame says so above the form: nothing half-written comes back in silence
        user.put_back = PutBack(form_key, draft.updated_at)
    return kept


def drop(user: Any, form_key: str) -> None:
    """Throw a draft away when its text is sent or no longer wanted, and its key with it."""
    if user.is_authenticated:
        _forget(Draft.objects.filter(user_id=user.pk, form_key=form_key))


def drafts_of(user: Any) -> list[DraftRow]:
    """Return everything the person has kept, newest first."""
    return [_row(draft) for draft in Draft.objects.filter(user_id=user.pk).order_by("-updated_at", "-pk")]


def _row(draft: Draft) -> DraftRow:
    content: dict[str, list[str]] = draft.content or {}
    texts = [value for name, values in content.items() if name not in {PAGE, TITLE} for value in values]
    longest = " ".join(max(texts, key=len, default="").split())
    beginning = longest if len(longest) <= SHOWN else longest[:SHOWN].rsplit(" ", 1)[0] + " …"
    title = content.get(TITLE, [""])[0].removesuffix(" – Aktsom")
    words = tuple(text for text in texts if " " in text.strip() and len(text) > SHOWN)
    return DraftRow(draft.form_key, title, beginning, content.get(PAGE, [""])[0], draft.updated_at, words)


def _forget(drafts: Any) -> int:
    """Delete drafts with their keys, so that nothing that lingers on the disk can be opened."""
    with transaction.atomic(), unit_of_work(system_actor("draft"), Event.DRAFT_KEPT):
        keys = list(drafts.values_list("content_key_id", flat=True))
        drafts.delete()
        ContentKey.objects.filter(pk__in=keys, kind=KeyKind.DRAFT).delete()
    return len(keys)


@periodic(minutes=720)
def forget_old_drafts() -> int:
    """Delete drafts nobody touched for 90 days; return how many."""
    return _forget(Draft.objects.filter(updated_at__lt=now() - KEPT))
