"""Action plans and measures: what a plan must hold, its states, and what an evaluation must answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    """Where an action plan stands."""

    DRAFT = "draft", _("Under arbeid")
    IN_FORCE = "in_force", _("I kraft")
    ENDED = "ended", _("Avsluttet")


class MeasureLevel(models.TextChoices):
    """Whom a measure works on (ACT-11)."""

    PUPIL = "pupil", _("Eleven")
    GROUP = "group", _("Klassen eller gruppa")
    SCHOOL = "school", _("Skolen")


class MeasureState(models.TextChoices):
    """Where a measure stands."""

    PLANNED = "planned", _("Planlagt")
    RUNNING = "running", _("I gang")
    ENDED = "ended", _("Avsluttet")


class PupilAnswer(models.TextChoices):
    """The pupil's own answer to «how is it now» (EVL-03)."""

    SAFE = "safe", _("Trygt og godt")
    BETTER = "better", _("Litt bedre")
    SAME = "same", _("Som før")
    WORSE = "worse", _("Verre")
    DID_NOT_WANT = "did_not_want", _("Ville ikke svare nå")


class MeasureDecision(models.TextChoices):
    """What happens to a measure after an evaluation."""

    KEEP = "keep", _("Fortsetter")
    CHANGE = "change", _("Endres")
    END = "end", _("Avsluttes")


class Acceptance(models.TextChoices):
    """What a party said when told of the plan. It never delays a measure (ACT-05)."""

    ACCEPTED = "accepted", _("Er med på planen")
    OBJECTED = "objected", _("Er uenig i noe")
    NO_ANSWER = "no_answer", _("Har ikke svart")


class PartyKind(models.TextChoices):
    """Whose voice it is."""

    PUPIL = "pupil", _("Eleven")
    GUARDIAN = "guardian", _("Foresatt")


class PlanAccessKind(models.TextChoices):
    """Why somebody at work meets a plan."""

    WORKER = "worker", _("Arbeider med planen")
    EXCLUDED = "excluded", _("Stengt ute")
