"""What kinds of owners, schools and days there are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OwnerKind(models.TextChoices):
    """Who owns the school. The Act reads «kommunen», «fylkeskommunen» or, under PSL § 2-4, the school's board."""

    MUNICIPALITY = "municipality", _("Kommune")
    COUNTY = "county", _("Fylkeskommune")
    PRIVATE = "private", _("Privat skole")


class SchoolLevel(models.TextChoices):
    """Which pupils go there."""

    PRIMARY = "primary", _("Barneskole")
    LOWER_SECONDARY = "lower_secondary", _("Ungdomsskole")
    COMBINED = "combined", _("Barne- og ungdomsskole")
    UPPER_SECONDARY = "upper_secondary", _("Videregående skole")


class DayKind(models.TextChoices):
    """What a stretch of days in the school calendar is."""

    TERM = "term", _("Termin")
    PLANNING = "planning", _("Planleggingsdag")
    HOLIDAY = "holiday", _("Ferie eller fridag")
