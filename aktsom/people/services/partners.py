"""Whom the school works with outside itself is written in, changed and taken out (HLP-03)."""

from __future__ import annotations

from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.people.models import Partner
from aktsom.people.rules import obstacles_to_keeping_partner


@service(Event.PARTNER_KEPT, action=Action.PARTNER_KEEP, on="school")
def add_partner(*, by: Actor, school: Any, **written: str) -> Partner:
    """Write a partner into the school's list. Raises Refused."""
    return _kept(Partner(school=school), written)


@service(Event.PARTNER_KEPT, action=Action.PARTNER_KEEP, on="partner")
def change_partner(*, by: Actor, partner: Partner, **written: str) -> Partner:
    """Change what is written about a partner. Raises Refused."""
    return _kept(partner, written)


@service(Event.PARTNER_ENDED, action=Action.PARTNER_KEEP, on="partner")
def end_partner(*, by: Actor, partner: Partner) -> Partner:
    """Take the partner out of the list. What was asked of it in cases stays there."""
    partner.ended_on, partner.changed_at = today(), now()
    partner.save()
    return partner


def _kept(partner: Partner, written: dict[str, str]) -> Partner:
    obstacles = obstacles_to_keeping_partner(name=written["name"], purpose=written["purpose"])
    if obstacles:
        raise Refused(obstacles)
    for field in ("name", "contact", "phone", "email", "purpose", "meets"):
        setattr(partner, field, written.get(field, "").strip())
    partner.changed_at = now()
    partner.save()
    return partner
