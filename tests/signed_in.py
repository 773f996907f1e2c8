"""A browser in which somebody of the cast is signed in with two factors."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client

from tests.cast import Cast

if TYPE_CHECKING:  # type checking only
    from playwright.sync_api import SetCookieParam

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(cast: Cast, name: str) -> Client:
    """Return a test client signed in as one of the cast."""
    client = Client()
    client.force_login(cast.person(name).user, backend=BACKEND)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}, {"method": "mfa", "at": 0}]
    session.save()
    return client


def session_cookie(cast: Cast, name: str, url: str) -> "SetCookieParam":
    """Return the cookie that signs one of the cast in to a browser at the live server."""
    session = sign_in(cast, name).session
    return {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": url}
