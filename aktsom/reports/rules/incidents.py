"""An incident that is no report about a pupil, and never a way around the duty (REP-29; opplæringslova § 12-4 second paragraph)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from aktsom.reports.rules.states import Involved, Unsafe


class IncidentObstacle(models.TextChoices):
    """What keeps an incident from being ended, or from being treated as a report before somebody has said that it is one."""

    NOT_AN_INCIDENT = "not_an_incident", _("Dette er en melding om en elev. Den følges opp i en sak")
    NO_RESULT = "no_result", _("Skriv i én setning hvordan det gikk")
    NOT_ASKED = "not_asked", _("Svar først på om en elev kan ha det utrygt")


def concerns_a_pupil(*, unsafe: str, involved: str, accused: Collection[object]) -> bool:
    """Return whether an incident goes as an ordinary report: unless every answer is a clear no, it does (§§ 12-4, 12-5).

    ``involved`` asks whether somebody who works at the school has done something to a pupil; a name is as good as a yes.
    """
    return unsafe != Unsafe.NO or involved != Involved.NO or bool(accused)


def obstacles_to_answering(*, is_incident: bool, may_be_unsafe: bool, result: str) -> list[IncidentObstacle]:
    """Return why the answer cannot be written: «no» ends the incident and says how it went, «yes» needs nothing more."""
    found = {
        IncidentObstacle.NOT_AN_INCIDENT: not is_incident,
        IncidentObstacle.NO_RESULT: is_incident and not may_be_unsafe and not result.strip(),
    }
    return [obstacle for obstacle, holds in found.items() if holds]


def obstacles_to_treating_as_report(*, concerns_pupil: bool) -> list[IncidentObstacle]:
    """Return why no clock of chapter 12 may start and no case may be opened: nobody has said yes to the question."""
    return [] if concerns_pupil else [IncidentObstacle.NOT_ASKED]
