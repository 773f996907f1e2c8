"""What keeps a report from opening a case or joining one. A report is never refused: one of the two is always open."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OpeningObstacle(models.TextChoices):
    """Why a case cannot be opened like this."""

    NO_PUPIL = "no_pupil", _("Velg hvilken elev saken er til for")
    NOT_AT_SCHOOL = "not_at_school", _("Eleven går ikke på skolen meldingen kom til. Velg en elev som går der")
    NO_PUPIL_OF_CHAPTER_12 = (
        "no_pupil_of_chapter_12",
        _(
            "Kapittel 12 gjelder elever, ikke voksne deltakere og lærlinger. Grip inn, svar den som meldte, "
            "og arbeid videre med miljøet (for voksne: opplæringslova § 20-2). Er det en elev? Be den som ordner med skolens folk, rette det"
        ),
    )
    PUPIL_HAS_CASE = "pupil_has_case", _("Eleven har allerede en åpen sak. Legg meldingen til i den, så blir det én plan")
    NO_HANDLER = "no_handler", _("Velg minst én som skal arbeide med saken")
    HANDLER_INVOLVED = "handler_involved", _("Den meldingen gjelder, kan ikke arbeide med saken")


def obstacles_to_opening(
    *, has_pupil: bool, at_school: bool, has_open_case: bool, handlers: frozenset[int], accused: frozenset[int], is_pupil: bool = True
) -> list[OpeningObstacle]:
    """Return why the case cannot be opened like this. No threshold, no proof, no word is asked for (§ 12-4, fact 10)."""
    found = {
        OpeningObstacle.NO_PUPIL: not has_pupil,
        OpeningObstacle.NOT_AT_SCHOOL: has_pupil and not at_school,
        OpeningObstacle.NO_PUPIL_OF_CHAPTER_12: has_pupil and at_school and not is_pupil,
        OpeningObstacle.PUPIL_HAS_CASE: has_pupil and has_open_case,
        OpeningObstacle.NO_HANDLER: not handlers,
        OpeningObstacle.HANDLER_INVOLVED: bool(handlers & accused),
    }
    return [obstacle for obstacle, holds in found.items() if holds]


class JoiningObstacle(models.TextChoices):
    """Why a report cannot join this case."""

    OTHER_SCHOOL = "other_school", _("Saken hører til en annen skole")
    WITHHELD_APART = "withheld_apart", _("Det skoleeieren har alene, kan ikke blandes med det skolen kan se (§ 12-5 andre ledd)")
    ALREADY_THERE = "already_there", _("Meldingen er allerede lagt til i saken")


def obstacles_to_joining(*, same_school: bool, same_withholding: bool, already_there: bool) -> list[JoiningObstacle]:
    """Return why the report cannot join the case. What is withheld from the school's leadership stays apart."""
    found = {
        JoiningObstacle.OTHER_SCHOOL: not same_school,
        JoiningObstacle.WITHHELD_APART: not same_withholding,
        JoiningObstacle.ALREADY_THERE: already_there,
    }
    return [obstacle for obstacle, holds in found.items() if holds]
