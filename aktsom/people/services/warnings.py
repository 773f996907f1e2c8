"""Pupils and guardians are told of something at the school that can harm pupils' health, and that it is over (LAW-04)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now, today
from aktsom.people.access import family_told_of
from aktsom.people.models import HealthWarning
from aktsom.people.rules import obstacles_to_warning


@service(Event.HEALTH_WARNING_TOLD, action=Action.HEALTH_WARNING_TELL, on="school")
def tell_of_danger(
    *, by: Actor, school: Any, what: str, done: str = "", advice: str = "", grade: int | None = None, group: Any = None
) -> HealthWarning:
    """Tell those it concerns, at once: it stands on their page, and a notice without content goes to each. Raises Refused."""
    obstacles = obstacles_to_warning(what=what, is_over=False)
    if obstacles:
        raise Refused(obstacles)
    values = {"what": what.strip(), "done": done.strip(), "advice": advice.strip(), "grade": None if group else grade, "group": group}
    warning = HealthWarning.objects.create(school=school, told_by_id=by.own_id, told_at=now(), **values)
    notify(
        by=by,
        person_ids=family_told_of(warning, today()),
        code="health_warning.told",
        occasion=warning.public_id,
        path=reverse("people:health-warnings"),
        scope=warning.scope(),
        urgent=True,
    )
    return warning


@service(Event.HEALTH_WARNING_OVER, action=Action.HEALTH_WARNING_TELL, on="warning")
def end_danger(*, by: Actor, warning: HealthWarning, words: str = "") -> HealthWarning:
    """Say that it is over. It stands on the page for some days more, so that nobody wonders."""
    obstacles = obstacles_to_warning(what=warning.what, is_over=warning.over_at is not None)
    if obstacles:
        raise Refused(obstacles)
    warning.over_at, warning.over_words = now(), words.strip()
    warning.save(update_fields=["over_at", "over_words"])
    return warning
