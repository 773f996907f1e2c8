"""Two middlewares: one puts the actor on the request, one stands at the gate of every view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import ANONYMOUS, Actor, actor_for
from aktsom.core.access.door import NotAllowed
from aktsom.core.access.roles import BY_POSITION_ALONE, NEEDS_SECOND_FACTOR, NEEDS_SECOND_FACTOR_AT_WORK, NEEDS_TRAINING, Role

GetResponse = Callable[[HttpRequest], HttpResponse]

# Pages of the libraries we stand on. Each is open by its own rules, and the reason is written here.
LIBRARY_VIEWS = {
    "allauth.": "Sign-in and second factor: allauth asks for what each page needs.",
    "django.contrib.staticfiles.": "Styles, scripts and fonts, the same for all.",
    "django.views.static.": "Styles, scripts and fonts, the same for all.",
    "django.views.i18n.": "Choice of language, no data.",
}


class UnmarkedView(RuntimeError):
    """A view carries neither @requires nor @public, so nobody gets in."""


def has_second_factor(request: HttpRequest) -> bool:
    """Return whether this session was opened with two factors."""
    methods = request.session.get("account_authentication_methods", [])
    reset_at = getattr(request.user, "factors_reset_at", None)
    since = reset_at.timestamp() if reset_at else 0
    return any((record.get("method") == "mfa" or record.get("passwordless")) and record.get("at", 0) >= since for record in methods)


def needs_second_factor(actor: Actor, action: Action) -> bool:
    """Return whether this person needs two factors for the deed."""
    at_work = bool(actor.schools_as(Role.STAFF) or actor.owners_as(Role.OWNER_HANDLER))
    return action in NEEDS_SECOND_FACTOR or (at_work and action in NEEDS_SECOND_FACTOR_AT_WORK)


def request_actor(request: HttpRequest) -> Actor:
    user = request.user
    if not user.is_authenticated:
        return ANONYMOUS
    return actor_for(user, second_factor=has_second_factor(request))  # type: ignore[arg-type]


def actor_middleware(get_response: GetResponse) -> GetResponse:
    """Put ``request.actor`` there, built when first asked for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: request_actor(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


class gate:  # noqa: N801 - named as the middleware it is
    """Let only marked views be called, and only by those who may.

    Where case content is read it takes two factors, and the training the owner asks for.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        mark = getattr(view, "access", None)
        if mark is None:
            if not any(view.__module__.startswith(prefix) for prefix in LIBRARY_VIEWS):
                raise UnmarkedView(f"{view.__module__}.{getattr(view, '__name__', view)} carries neither @requires nor @public")
            return None
        return self.admit(request, mark) if isinstance(mark, Action) else None

    def admit(self, request: HttpRequest, action: Action) -> HttpResponse | None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if not actor.is_signed_in:
            back = urlencode({"next": request.get_full_path()})
            return redirect(f"{settings.LOGIN_URL}?{back}")
        if needs_second_factor(actor, action) and not actor.second_factor:
            return redirect(f"/konto/to-faktorer/?{urlencode({'next': request.get_full_path()})}")
        if actor.lacks_training and action in NEEDS_TRAINING:
            return redirect("/skolen/opplaring/")
        if action in BY_POSITION_ALONE and not actor.may_somewhere(action):
            refusal = NotAllowed(action)
            request.__dict__.setdefault("aktsom_refusals", []).append(refusal)  # raised here it is not met by process_exception
            raise refusal
        return None
