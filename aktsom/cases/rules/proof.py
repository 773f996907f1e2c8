"""The eight things a school must be able to show for each case (DOC-01, DOC-11). Shown, never blocking."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProofPoint(models.TextChoices):
    """What the file shows that the school did. § 12-4 fourth paragraph, §§ 10-1 and 10-2."""

    PAID_ATTENTION = "paid_attention", _("Skolen fulgte med")
    INTERVENED = "intervened", _("Skolen grep inn")
    REPORTED = "reported", _("Noen meldte til rektor")
    PASSED_ON = "passed_on", _("Rektor meldte til skoleeieren")
    INVESTIGATED = "investigated", _("Skolen undersøkte")
    TOOK_MEASURES = "took_measures", _("Skolen satte inn tiltak")
    HEARD = "heard", _("De involverte elevene ble hørt")
    BEST_INTERESTS = "best_interests", _("Det beste for eleven ble vurdert")


class ProofState(models.TextChoices):
    """How far the evidence goes."""

    THERE = "there", _("Dokumentert")
    NOT_NEEDED = "not_needed", _("Trengs ikke her")
    MISSING = "missing", _("Ikke dokumentert ennå")


@dataclass(frozen=True)
class ProofFacts:
    """What the file holds, counted."""

    observations: int = 0
    urgent_measures: int = 0
    reports: int = 0
    owner_notices: int = 0
    owner_must_know: bool = False
    notes: int = 0
    analyses: int = 0
    measures: int = 0
    none_needed: bool = False
    parts_to_hear: int = 1
    parts_heard: int = 0
    parts_weighed: int = 0


def proof_of_duties(facts: ProofFacts) -> list[tuple[ProofPoint, ProofState]]:
    """Return the eight points in the order of the Act with the state of the evidence.

    That the owner was told is asked for only in serious cases and staff cases (§§ 12-4 second paragraph, 12-5).
    """
    there = {
        ProofPoint.PAID_ATTENTION: facts.observations > 0,
        ProofPoint.INTERVENED: facts.urgent_measures > 0,
        ProofPoint.REPORTED: facts.reports > 0,
        ProofPoint.PASSED_ON: facts.owner_notices > 0,
        ProofPoint.INVESTIGATED: facts.notes > 0 or facts.analyses > 0,
        ProofPoint.TOOK_MEASURES: facts.measures > 0,
        ProofPoint.HEARD: facts.parts_heard >= facts.parts_to_hear > 0,
        ProofPoint.BEST_INTERESTS: facts.parts_weighed >= facts.parts_to_hear > 0,
    }
    return [(point, _proof_state(point, there[point], facts)) for point in ProofPoint]


def _proof_state(point: ProofPoint, there: bool, facts: ProofFacts) -> ProofState:
    if there:
        return ProofState.THERE
    if point == ProofPoint.PASSED_ON and not facts.owner_must_know:
        return ProofState.NOT_NEEDED
    if point == ProofPoint.TOOK_MEASURES and facts.none_needed:
        return ProofState.NOT_NEEDED
    return ProofState.MISSING
