"""Say that something in the year comes, or was not marked. Content-free, with the digest of the morning (WHL-04)."""

from __future__ import annotations

from datetime import date
from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import notify


@service(Event.WHEEL_REMINDED, action=Action.WHEEL_ARRANGE, on="school")
def remind_of_tasks(*, by: Actor, school: Any, person_ids: dict[str, list[int]], week: date) -> int:
    """Put one notice a week to each person for each kind («soon», «late», «led»); done again it gives nothing new."""
    told = [
        notify(
            by=by,
            person_ids=people,
            code=f"wheel.{kind}",
            occasion=f"{kind} {school.public_id} {week.isoformat()}",
            path="/arshjul/" if kind != "led" else f"/arshjul/{school.public_id}/oversikt/",
            scope=school.scope(),
        )
        for kind, people in person_ids.items()
        if people
    ]
    return sum(len(notices) for notices in told)
