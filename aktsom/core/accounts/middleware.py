"""Pages about people are not kept by browsers or anything on the way."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.cache import patch_vary_headers

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import ALLOWED, Role
from aktsom.core.accounts.stranded import has_words, keep_what_was_sent, page_of
from aktsom.core.timing.clock import now

MINUTE = 60  # seconds
FAMILY = frozenset({Role.PUPIL, Role.GUARDIAN, Role.CASE_PUPIL, Role.CASE_GUARDIAN})
OPEN_TO_FAMILY = frozenset().union(*(ALLOWED[role] for role in FAMILY))
OPEN_TO_STAFF = frozenset().union(*(ALLOWED[role] for role in ALLOWED if role not in FAMILY))
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


def private_pages(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Say no-store on every page that is not a static file, and ask the browser for nothing.

    Who signs out leaves nothing in the browser, not even the empty page to report on without network.
    """
    leaving = reverse_lazy("account_logout")

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store, private")
            response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if request.method == "POST" and request.path == str(leaving):
            response.headers["Clear-Site-Data"] = '"storage"'
        return response

    return middleware


_school_languages: list[Callable[[str], str]] = []


def register_school_language(source: Callable[[str], str]) -> None:
    """Let a domain say which language a school's public pages are in, by its short name (called from ``AppConfig.ready``)."""
    _school_languages[:] = [source]


def school_language(slug: str) -> str:
    """Return the school's own language, or nothing."""
    return _school_languages[0](slug) if _school_languages else ""


@lru_cache(maxsize=1)
def languages_there_are() -> frozenset[str]:
    """Return the languages the texts are in: the source language, and those with a translation of our own."""
    own = [code for code, _name in settings.LANGUAGES for path in settings.LOCALE_PATHS if _catalogue(path, code).is_file()]
    return frozenset([settings.LANGUAGE_CODE, *own])


def _catalogue(path: Path | str, code: str) -> Path:
    return Path(path) / code / "LC_MESSAGES" / "django.mo"


class ChosenLanguage:
    """Speak the language the person chose, else the school's own, never the one her browser happens to have.

    What pupils and guardians read is in every language. Pages for those who work at the school are in bokmål and say so:
    a screen reader reads by the page's ``lang``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(spoken(wanted)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        patch_vary_headers(response, ("Cookie",))
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Go over to bokmål on a page for those who work at the school, and to the school's language where none is chosen.

        On a school's public pages nobody asks who it is: a session that is looked at is a trace (REP-16).
        """
        if "slug" in kwargs:
            if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
                translation.activate(spoken(school_language(kwargs["slug"])))
        elif is_for_staff(getattr(view, "access", None), request.actor):  # type: ignore[attr-defined]
            translation.activate(settings.LANGUAGE_CODE)
            request.is_for_staff = True  # type: ignore[attr-defined]


def spoken(wanted: str) -> str:
    """Return the language wished for when there is a translation, else bokmål."""
    return wanted if wanted in languages_there_are() else settings.LANGUAGE_CODE


def is_for_staff(mark: object, actor: Actor) -> bool:
    """Say whether those who work at the school read the page: nobody in a family may open it, or both may and she works there."""
    if isinstance(mark, Action) and (mark not in OPEN_TO_FAMILY or mark not in OPEN_TO_STAFF):
        return mark not in OPEN_TO_FAMILY
    return any(grant.role not in FAMILY for grant in actor.grants)


def moving_session(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Move the end of the session while it is in use, at most once a minute, so that reading costs no write each time."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        session = request.session
        if session.accessed and session.get("_auth_user_id"):
            moment = int(now().timestamp())
            if moment - session.get("moved_at", 0) >= MINUTE:
                session["moved_at"] = moment
        return response

    return middleware


class SentTooLate:
    """What is sent after the session has ended is kept, and the person is asked to sign in and is led back to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer instead of the gate only when somebody who is not signed in sends what takes signing in."""
        late = request.method == "POST" and isinstance(getattr(view, "access", None), Action)
        if not late or request.actor.is_signed_in:  # type: ignore[attr-defined]
            return None
        back = {"next": page_of(request)}
        if keep_what_was_sent(request, view):
            back["tatt-vare-pa"] = "filer" if request.FILES else "tekst"
        elif has_words(request):
            back["tatt-vare-pa"] = "nei"
        return redirect(f"{settings.LOGIN_URL}?{urlencode(back)}")
