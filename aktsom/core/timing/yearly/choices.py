"""What a timing is chosen from: rhythms, weekdays, what happens first, what words about time mean."""

from django.db import models
from django.utils.translation import gettext_lazy


class Rhythm(models.TextChoices):
    """How often somebody looks in on a standing duty."""

    WEEKLY = "weekly", gettext_lazy("hver uke")
    MONTHLY = "monthly", gettext_lazy("hver måned")
    HALF_YEARLY = "half_yearly", gettext_lazy("hvert halvår")
    YEARLY = "yearly", gettext_lazy("hvert år")
    NONE = "none", gettext_lazy("uten innsjekk")


class Weekday(models.IntegerChoices):
    """A day of the school week; 0 is Monday, as Python counts."""

    MONDAY = 0, gettext_lazy("mandag")
    TUESDAY = 1, gettext_lazy("tirsdag")
    WEDNESDAY = 2, gettext_lazy("onsdag")
    THURSDAY = 3, gettext_lazy("torsdag")
    FRIDAY = 4, gettext_lazy("fredag")


class Parity(models.TextChoices):
    """Which weeks by their ISO number."""

    ANY = "any", gettext_lazy("alle uker")
    EVEN = "even", gettext_lazy("partallsuker")
    ODD = "odd", gettext_lazy("oddetallsuker")


class Trigger(models.TextChoices):
    """What happens first, for a duty that follows something that happens."""

    REPORT = "report", gettext_lazy("når noen melder fra")
    CONCERN = "concern", gettext_lazy("når noen er bekymret")
    RAISED_WITH_HEAD = "raised_with_head", gettext_lazy("når saken er tatt opp med rektor")
    INVESTIGATED = "investigated", gettext_lazy("når undersøkelsen er gjort")
    STAFF_INVOLVED = "staff_involved", gettext_lazy("når meldingen gjelder noen som arbeider ved skolen")
    RULES_MADE = "rules_made", gettext_lazy("når klassen har laget reglene sine")
    STARTS_WORKING = "starts_working", gettext_lazy("når noen begynner å arbeide ved skolen")
    RESULT_LOW = "result_low", gettext_lazy("når et resultat er under skolens grense")
    COUNTY_GOVERNOR = "county_governor", gettext_lazy("når Statsforvalteren har satt en frist")
    CONVERSATION = "conversation", gettext_lazy("når en samtale er holdt")


class Condition(models.TextChoices):
    """What a duty lasts until."""

    PUPIL_SAFE = "pupil_safe", gettext_lazy("til eleven selv sier at det er trygt og godt")
    DECISION_MET = "decision_met", gettext_lazy("til vedtaket er oppfylt")


class PlanDate(models.TextChoices):
    """Which date of a pupil's action plan."""

    EVALUATION = "evaluation", gettext_lazy("datoen i elevens plan")
    MEASURES = "measures", gettext_lazy("datoene på tiltakene i elevens plan")


class Saying(models.TextChoices):
    """What words about time mean when they give no date: shown with the row, never turned into a task."""

    BEFORE_SENDING = "before_sending", gettext_lazy("før meldingen sendes, uten at det hindrer den")
    AFTER_RAISED = "after_raised", gettext_lazy("etter at saken er tatt opp med rektor")
    EARLY = "early", gettext_lazy("tidlig; planen kan lages før undersøkelsen er ferdig")
    LONG_TIME = "long_time", gettext_lazy("når saken har vart lenge uten at det er blitt bedre")
    OVER_TIME = "over_time", gettext_lazy("del av en forklaring, ikke et krav om tid")
    METHOD = "method", gettext_lazy("tall i metoden, ikke en tid")
    MESSAGE = "message", gettext_lazy("innholdet i det som blir sagt, ikke en frist")
    WORKING_HOURS = "working_hours", gettext_lazy("innenfor vanlig arbeidstid")
