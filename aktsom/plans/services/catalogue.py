"""The school puts measures of its own into the catalogue, and takes them out again (ACT-12)."""

from __future__ import annotations

from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now
from aktsom.plans.access import catalogue_visible_to
from aktsom.plans.models import CatalogueEntry
from aktsom.plans.rules.catalogue import CatalogueLevel, FindingTheme, obstacles_to_extending


@service(Event.CATALOGUE_EXTENDED, action=Action.CATALOGUE_EXTEND, on="school")
def extend_catalogue(*, by: Actor, school: Any, level: CatalogueLevel, text: str, theme: FindingTheme | str = "") -> CatalogueEntry:
    """Add a measure that fits at the school. Raises Refused for one that is there, or that looks like it names somebody."""
    there = catalogue_visible_to(by).filter(school=school, ended_at=None).values_list("text", flat=True)
    obstacles = obstacles_to_extending(text=text, there=frozenset(line.casefold() for line in there))
    if obstacles:
        raise Refused(obstacles)
    return CatalogueEntry.objects.create(school=school, level=level, theme=theme, text=text.strip(), added_by_id=by.own_id, added_at=now())


@service(Event.CATALOGUE_ENTRY_ENDED, action=Action.CATALOGUE_EXTEND, on="school")
def end_catalogue_entry(*, by: Actor, school: Any, entry: CatalogueEntry) -> CatalogueEntry:
    """Take a measure out. Plans that use it keep it as it was written there."""
    entry.ended_at = now()
    entry.save(update_fields=["ended_at"])
    return entry
