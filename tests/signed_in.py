"""A browser in which somebody of the cast is signed in with two factors."""

from django.test import Client

from tests.cast import Cast

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(cast: Cast, name: str) -> Client:
    """Return a test client signed in as one of the cast."""
    client = Client()
    client.force_login(cast.person(name).user, backend=BACKEND)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}, {"method": "mfa", "at": 0}]
    session.save()
    return client
