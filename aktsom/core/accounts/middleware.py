"""Pages about people are not kept by browsers or anything on the way."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from aktsom.core.timing.clock import now

MINUTE = 60  # seconds
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


def private_pages(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Say no-store on every page that is not a static file, and ask the browser for nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store, private")
            response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware


@lru_cache(maxsize=1)
def languages_there_are() -> frozenset[str]:
    """Return the languages the texts are in: the source language, and those with a translation of our own."""
    own = [code for code, _name in settings.LANGUAGES for path in settings.LOCALE_PATHS if _catalogue(path, code).is_file()]
    return frozenset([settings.LANGUAGE_CODE, *own])


def _catalogue(path: Path | str, code: str) -> Path:
    return Path(path) / code / "LC_MESSAGES" / "django.mo"


def chosen_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Speak the language the person chose, never the one her browser happens to have.

    What is not translated is bokmål and says so: a screen reader reads by the page's ``lang``.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = wanted if wanted in languages_there_are() else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response

    return middleware


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
