"""Which papers a case has, and what keeps the family's from leaving."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperKind(models.TextChoices):
    """What the paper is."""

    PLAN_FOR_FAMILY = "plan_for_family", _("Planen, til eleven og foresatte")
    PLAN_FOR_FILE = "plan_for_file", _("Planen, til skolens arkiv")
    CASE_FILE = "case_file", _("Hele saksmappa")


class PaperObstacle(models.TextChoices):
    """What keeps a paper from being made or given out."""

    NO_PLAN = "no_plan", _("Saken har ingen plan som har vært i kraft ennå")
    NOT_FOR_FAMILY = "not_for_family", _("Dette dokumentet er skolens eget og skal ikke ut. Lag planen til eleven og foresatte")
    ALREADY_OUT = "already_out", _("Dokumentet er alt gitt ut. Lag et nytt hvis noe er endret")
    NAMES_UNDECIDED = "names_undecided", _("Dokumentet kan ha navn på andre. Rett teksten, eller skriv hvorfor navnet kan stå")


def obstacles_to_releasing(*, for_family: bool, is_released: bool, names_found: bool, decision: str) -> list[PaperObstacle]:
    """Return why a paper cannot be given out. A machine finds names; a person decides (domain.md fact 32)."""
    found = {
        PaperObstacle.NOT_FOR_FAMILY: not for_family,
        PaperObstacle.ALREADY_OUT: is_released,
        PaperObstacle.NAMES_UNDECIDED: names_found and not decision.strip(),
    }
    return [obstacle for obstacle, holds in found.items() if holds]
