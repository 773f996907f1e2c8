"""What keeps a receiver's deed from being written. None of it ever keeps a report from being sent or opened."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aktsom.reports.rules.states import Route, Seriousness


class AssessmentObstacle(models.TextChoices):
    """What is missing in an assessment."""

    NO_REASON = "no_reason", _("Skriv kort hvorfor du vurderer det slik. Én setning er nok")


# Help for judging how serious it is, for plans that give no examples of their own (ESC-03). Never a filter.
SIGNS_OF_SERIOUSNESS = (
    _("Det har vært vold eller trusler."),
    _("Flere er med mot én."),
    _("Det har vart lenge, og det skolen har gjort, har ikke hjulpet."),
    _("Det skjer på nett, også mellom elever ved flere skoler."),
    _("Statsforvalteren eller de foresatte har tatt det opp med eieren."),
)


def obstacles_to_assessing(*, reason: str) -> list[AssessmentObstacle]:
    """Return what is missing: seriousness is judgement with a written reason (ESC-03)."""
    return [] if reason.strip() else [AssessmentObstacle.NO_REASON]


class GroundlessObstacle(models.TextChoices):
    """What keeps a staff report from being held back as clearly groundless."""

    NOT_A_STAFF_CASE = "not_a_staff_case", _("Bare en melding om en som arbeider ved skolen kan vurderes slik")
    PLAN_SAYS_ALWAYS = "plan_says_always", _("Skolens plan sier at eieren alltid varsles. Send den videre")
    ALREADY_TOLD = "already_told", _("Eieren er alt varslet")
    NO_REASON = "no_reason", _("Skriv hvorfor det er åpenbart grunnløst. Eieren kan lese grunnen")


def obstacles_to_judging_groundless(*, route: str, plan_says_always: bool, is_told: bool, reason: str) -> list[GroundlessObstacle]:
    """Return why the owner must be told after all (§ 12-5 first paragraph: «openbert grunnlaus» is the only exception)."""
    found = {
        GroundlessObstacle.NOT_A_STAFF_CASE: route != Route.STAFF,
        GroundlessObstacle.PLAN_SAYS_ALWAYS: plan_says_always,
        GroundlessObstacle.ALREADY_TOLD: is_told,
        GroundlessObstacle.NO_REASON: not reason.strip(),
    }
    return [obstacle for obstacle, holds in found.items() if holds]


def owner_purposes(*, route: str, seriousness: str, every_case: bool, is_groundless: bool) -> list[str]:
    """Return why the owner must be told of a report that is received (§§ 12-4, 12-5, and the school's own plan)."""
    found = {
        "leadership": route == Route.LEADERSHIP,
        "staff": route == Route.STAFF and not is_groundless,
        "serious": seriousness == Seriousness.SERIOUS,
        "every_case": every_case,
    }
    return [purpose for purpose, holds in found.items() if holds]
