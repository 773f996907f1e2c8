"""What somebody sent after her session had ended: not done, and not lost either. It is her draft when she signs in again.

Without a script nothing is saved while she types, so this is the only copy. Whose it is, is told by the session that ended
in the same browser: a cookie that signs nobody in any more, for some hours, while the password is the same.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from aktsom.core.access.actions import Action
from aktsom.core.accounts import drafts
from aktsom.core.accounts.models import User
from aktsom.core.accounts.sessions import SessionStore, kept_as
from aktsom.core.timing.clock import now

REMEMBERED = timedelta(hours=12)  # after that the browser is as good as a stranger's
FORM_FIELD = "utkast"  # forms whose draft is not named by their address say its name here


def keep_what_was_sent(request: HttpRequest, view: Any) -> bool:
    """Keep what was written in the form as the person's own draft; return whether it was kept.

    Only on pages somebody signed in can use, and only words: the press of a button alone is nothing to lose.
    """
    action = getattr(view, "access", None)
    if request.method != "POST" or not isinstance(action, Action) or action == Action.DRAFT_KEEP:
        return False
    user = who_it_was(request) if has_words(request) else None
    if user is None:
        return False
    content = {name: request.POST.getlist(name) for name in request.POST}
    try:
        drafts.keep_draft(user=user, form_key=_form_of(request), content=content, page=page_of(request))
    except drafts.DraftRefused:
        return False
    return True


def has_words(request: HttpRequest) -> bool:
    """Return whether somebody wrote something, and did not only press a button."""
    return any(" " in value.strip() for name, values in request.POST.lists() if name not in drafts.NOT_KEPT for value in values)


def who_it_was(request: HttpRequest) -> User | None:
    """Return who is signed in, or whose session ended in this browser some hours ago at most."""
    if request.user.is_authenticated:
        return request.user
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    rows = SessionStore.get_model_class().objects.filter(session_key=kept_as(key), expire_date__gt=now() - REMEMBERED)
    row = rows.first() if key else None
    kept: dict[str, Any] = SessionStore().decode(row.session_data) if row is not None else {}
    user: User | None = User.objects.filter(pk=str(kept.get(SESSION_KEY, 0)), is_active=True).first()
    if user is None or not constant_time_compare(kept.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        return None
    return user


def page_of(request: HttpRequest) -> str:
    """Return the page the form stood on: where it was sent from, else where it was sent."""
    sent_from = urlsplit(request.headers.get("Referer", ""))
    page = f"{sent_from.path}?{sent_from.query}" if sent_from.query else sent_from.path
    return page if sent_from.netloc == request.get_host() and drafts.is_own_page(page) else request.path


def is_sent_from_here(request: HttpRequest) -> bool:
    """Return whether the browser says that the form stood on a page of ours; another site cannot make it say so."""
    origin = request.headers.get("Origin", "")
    return origin == f"{request.scheme}://{request.get_host()}"


def _form_of(request: HttpRequest) -> str:
    """Return the name of the form's draft, the same as the page itself keeps it under."""
    return request.POST.get(FORM_FIELD) or request.path.strip("/").replace("/", "-").lower()
