"""«I dag»: what needs this person, most urgent first, each with one action."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from django.urls import reverse
from django.utils.translation import gettext as _

from aktsom.cases.selectors import cases_needing
from aktsom.core.access.actor import Actor
from aktsom.core.timing.clock import today
from aktsom.measures.selectors import evaluations_due, my_measures
from aktsom.reports.selectors import open_reports, waiting_owner_notices

SHOWN = 30
HORIZON = timedelta(days=7)


class Weight(IntEnum):
    """How soon something needs a person; lower comes first."""

    NOW = 0
    LATE = 1
    TODAY = 2
    SOON = 3
    LATER = 4


@dataclass(frozen=True)
class Need:
    """One thing that needs the person: what, why now, where, and the words on the one action."""

    weight: Weight
    since: date | datetime
    what: str
    why: str
    url: str
    action: str
    icon: str = "folder"

    @property
    def order(self) -> tuple[int, str]:
        return (self.weight, self.since.isoformat())


def needs_of(actor: Actor) -> list[Need]:
    """Return what needs the actor today, most urgent first, at most 30."""
    needs = [*_reports(actor), *_owner_notices(actor), *_cases(actor), *_evaluations(actor), *_measures(actor)]
    return sorted(needs, key=lambda need: need.order)[:SHOWN]
