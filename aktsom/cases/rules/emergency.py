"""Access in an emergency: reason first, for some hours, looked through afterwards. Never for somebody who is shut out."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

# Aktsom's own choice, no time limit of the Act: one working day, so that a shift can be seen through and no more.
EMERGENCY_HOURS = 8


class EmergencyObstacle(models.TextChoices):
    """Why a case is not opened in an emergency. «No case» is also the answer to whoever must never know of it."""

    NO_REASON = "no_reason", _("Skriv hvorfor du trenger det nå. Én setning er nok")
    NO_CASE = "no_case", _("Det er ingen sak du kan åpne for denne eleven. Ring rektor eller skoleeieren, og hjelp eleven med én gang")


class ReviewOutcome(models.TextChoices):
    """What the head teacher found when she looked through it."""

    NEEDED = "needed", _("Det var grunn til det")
    NOT_NEEDED = "not_needed", _("Det var ikke grunn til det. Vi har snakket sammen")


class ReviewObstacle(models.TextChoices):
    """Why it cannot be written that the access was looked through."""

    OWN = "own", _("Noen andre enn den som åpnet saken, må se gjennom det")
    DONE = "done", _("Noen har sett gjennom dette allerede. Du trenger ikke gjøre noe")
    NO_TEXT = "no_text", _("Skriv kort hva dere har snakket om")


def obstacles_to_emergency(*, reason: str, has_case: bool) -> list[EmergencyObstacle]:
    """Return why nothing is opened."""
    found = {EmergencyObstacle.NO_REASON: not reason.strip(), EmergencyObstacle.NO_CASE: not has_case}
    return [obstacle for obstacle, holds in found.items() if holds]


def obstacles_to_review(*, is_own: bool, is_done: bool, outcome: str, text: str) -> list[ReviewObstacle]:
    """Return why the review cannot be written: nobody looks through her own deed."""
    found = {
        ReviewObstacle.OWN: is_own,
        ReviewObstacle.DONE: is_done,
        ReviewObstacle.NO_TEXT: outcome == ReviewOutcome.NOT_NEEDED and not text.strip(),
    }
    return [obstacle for obstacle, holds in found.items() if holds]


def emergency_end(opened_at: datetime) -> datetime:
    """Return when it is over by itself."""
    return opened_at + timedelta(hours=EMERGENCY_HOURS)
