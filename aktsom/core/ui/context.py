"""What every page's frame needs: who is signed in, her places, and whether this is for trying out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from aktsom.core.access.actor import ANONYMOUS, Actor
from aktsom.core.access.roles import Role
from aktsom.core.accounts.middleware import languages_there_are
from aktsom.core.notify.selectors import unseen_count
from aktsom.core.ui.navigation import places_for

AT_HOME = (Role.PUPIL, Role.GUARDIAN)  # those who tell of their own, in their own words
OWN_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}  # each in itself, so that it is found by those who read it


@dataclass(frozen=True)
class Signature:
    """How the person who is signed in is named in the frame."""

    person_name: str = ""
    person_role: str = ""
    school_name: str = ""


_signatures: list[Callable[[Actor], Signature]] = []


def register_signature(source: Callable[[Actor], Signature]) -> None:
    """Let a domain say how the actor is named (called from ``AppConfig.ready``)."""
    if source not in _signatures:
        _signatures.append(source)


def signature_of(actor: Actor) -> Signature:
    """Return the actor's name, role and school for the frame."""
    return _signatures[0](actor) if _signatures and actor.is_signed_in else Signature()


def languages_for(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the languages to choose from. None where a page answers what was sent: going back would lose what it says."""
    if request.method != "GET" or getattr(request, "is_for_staff", False):
        return []
    there_are, spoken = languages_there_are(), get_language()
    return [{"code": code, "name": name, "current": code == spoken} for code, name in OWN_NAMES.items() if code in there_are]


def put_back_in(request: HttpRequest) -> Any:
    """Return the draft a form on this page was filled with, or None. A form that comes back with faults is no draft."""
    return getattr(getattr(request, "user", None), "put_back", None) if request.method == "GET" else None


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the frame. Nothing is asked of the database until a template uses it."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    signature = SimpleLazyObject(lambda: signature_of(actor))
    return {
        "actor": actor,
        "signature": signature,
        "person_name": SimpleLazyObject(lambda: signature.person_name),
        "person_role": SimpleLazyObject(lambda: signature.person_role),
        "school_name": SimpleLazyObject(lambda: signature.school_name),
        "nav": SimpleLazyObject(lambda: places_for(actor, request.path)),
        "can_report": SimpleLazyObject(lambda: bool(actor.is_signed_in and actor.grants)),
        "report_url": "/meld/",
        "tells_at_home": SimpleLazyObject(lambda: bool(actor.grants) and all(grant.role in AT_HOME for grant in actor.grants)),
        "sign_out_url": reverse("account_logout"),
        "unseen_notices": SimpleLazyObject(lambda: unseen_count(actor) if actor.is_signed_in else 0),
        "trial_notice": settings.ON_TRIAL,
        "demo_sign_in": settings.AKTSOM_DEMO_SIGN_IN,
        "contact": "",
        "put_back": SimpleLazyObject(lambda: put_back_in(request)),  # lazy: an open page never asks who is there
        "languages": SimpleLazyObject(lambda: languages_for(request)),
        "language_url": reverse("accounts:language-speak"),
    }
