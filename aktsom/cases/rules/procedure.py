"""The school's own procedure beside the law's road: which of its steps stand done, and what it asks to be thought of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Consideration(models.TextChoices):
    """Things a plan asks to be thought of while a case is investigated. Each is done, or not needed here with why."""

    TEAM = "team", _("Ta saken i tverrfaglig team")
    PUPIL_SERVICES = "pupil_services", _("Få med elevtjenesten eller laget rundt eleven")
    CLASS_MEETING = "class_meeting", _("Ha møte med lærerne i klassen")
    CLASS_MAPPING = "class_mapping", _("Kartlegge hvordan klassen har det sammen")
    TELL_PUPIL = "tell_pupil", _("Si det til eleven først")
