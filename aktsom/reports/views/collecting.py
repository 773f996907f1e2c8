"""From what a form collected to a draft: people by name, pictures shown back, times put together."""

from __future__ import annotations

import re
import secrets
import unicodedata
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from aktsom.core.access.actor import Actor
from aktsom.core.files.pictures import CleanPicture, PictureRefused, carried, clean_picture, uncarried
from aktsom.people.selectors import pupil_choices, staff_choices
from aktsom.reports.access import sending_secret
from aktsom.reports.rules import sending_key

MOST_PICTURES = 5
TURNS_TEXT = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
NOT_WRITTEN = {"csrfmiddlewaretoken", "sending", "token", "names_chosen"}  # in the form, but not by the one who writes


def sending_token(request: HttpRequest) -> str:
    """Return what makes one filling in of a form one: the token it came back with, or a new one."""
    return request.POST.get("sending", "")[:80] or secrets.token_urlsafe(16)


def sending_of(request: HttpRequest, token: str) -> bytes:
    """Return the key of this sending: the same form with the same words gives the same key, however often it is sent."""
    written = [(name, values) for name, values in request.POST.lists() if name not in NOT_WRITTEN]
    return sending_key(sending_secret(), token, written)


def names_in(text: str) -> list[str]:
    """Return the names somebody wrote with commas, semicolons or lines between, without marks that turn text around."""
    text = TURNS_TEXT.sub("", unicodedata.normalize("NFC", text))
    for mark in (";", "\n"):
        text = text.replace(mark, ",")
    return [name.strip() for name in text.split(",") if name.strip()]


def found_people(actor: Actor, school: Any, text: str, *, staff: bool) -> tuple[list[Any], list[str]]:
    """Return the people whose name is certain, and the names that are kept as written."""
    choices = staff_choices if staff else pupil_choices
    people, written = [], []
    for name in names_in(text):
        hits = choices(actor, school_id=school.pk, text=name)
        exact = [person for person in hits if str(person).casefold() == name.casefold()]
        certain = exact if len(exact) == 1 else hits if len(hits) == 1 else []
        if certain:
            people.append(certain[0])
        else:
            written.append(name)
    return people, written


def uncertain_names(actor: Actor, school: Any, text: str) -> list[tuple[str, list[Any]]]:
    """Return the written names that fit several pupils, with those pupils, so that the reporter can choose."""
    found = []
    for name in names_in(text):
        hits = pupil_choices(actor, school_id=school.pk, text=name)
        exact = [person for person in hits if str(person).casefold() == name.casefold()]
        if len(hits) > 1 and len(exact) != 1:
            found.append((name, hits))
    return found


def moment_of(day: date | None, clock: time | None) -> datetime | None:
    """Return a day and a time of day as a moment in Norway; noon when only the day is known."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, clock or time(12, 0)))


def pictures_of(request: HttpRequest, form: Any) -> tuple[list[CleanPicture], bool]:
    """Return the pictures that go with the form, and whether some are new and must be shown back first.

    Pictures already shown come back in hidden fields we have marked ourselves; nothing is stored before it is sent.
    """
    dropped = set(request.POST.getlist("drop"))
    shown = [picture for text in request.POST.getlist("carried") if text[:64] not in dropped and (picture := uncarried(text))]
    fresh: list[CleanPicture] = []
    for upload in request.FILES.getlist("pictures")[: max(0, MOST_PICTURES - len(shown))]:  # no more is unfolded than is kept
        try:
            fresh.append(clean_picture(upload))
        except PictureRefused as refused:
            form.add_error("pictures", str(refused))
    return [*shown, *fresh][:MOST_PICTURES], bool(fresh) or bool(dropped) or bool(form.errors)


def shown_back(pictures: list[CleanPicture]) -> list[dict[str, Any]]:
    """Return pictures as the page shows them back and carries them on."""
    return [
        {
            "uri": picture.data_uri,
            "carried": carried(picture),
            "mark": carried(picture)[:64],
            "width": picture.width,
            "height": picture.height,
        }
        for picture in pictures
    ]
