"""What those at a school are told can harm pupils' health."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q

from aktsom.core.access.actor import Actor
from aktsom.core.timing.clock import now
from aktsom.people.access import warnings_for_family, warnings_visible_to
from aktsom.people.models import HealthWarning

SHOWN_AFTER = timedelta(days=7)  # Aktsom's own: so that whoever was told also hears that it is over
SHOWN = 25


def own_warnings(actor: Actor) -> list[HealthWarning]:
    """Return what concerns the actor now, as pupil, guardian or somebody who works there, the last first."""
    recent = Q(over_at=None) | Q(over_at__gte=now() - SHOWN_AFTER)
    return list(warnings_visible_to(actor).filter(recent).order_by("-told_at", "-id")[:SHOWN])


def dangers_for_family(actor: Actor) -> list[HealthWarning]:
    """Return what is not over and concerns the actor or her children, the last first."""
    return list(warnings_for_family(actor).filter(over_at=None).order_by("-told_at", "-id")[:SHOWN])


def warnings_at(actor: Actor, school: Any) -> list[HealthWarning]:
    """Return everything that was told at the school, what is not over first, then the last."""
    rows = warnings_visible_to(actor).filter(school=school).select_related("told_by")
    return list(rows.order_by("-told_at", "-id")[: 2 * SHOWN])
