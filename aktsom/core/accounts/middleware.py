"""Pages about people are not kept by browsers or anything on the way."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

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
