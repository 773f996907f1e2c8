"""The words of a case: its states, kinds, parts, notes, roles and endings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    """Where a case stands. The work inside is circular; only open and closed are states."""

    OPEN = "open", _("Åpen")
    CLOSED = "closed", _("Avsluttet")


class CaseKind(models.TextChoices):
    """Which section the case runs under (STF-15)."""

    ORDINARY = "12-4", _("§ 12-4")
    STAFF = "12-5", _("§ 12-5")


class PartKind(models.TextChoices):
    """Whose walled part of the case it is (PRV-03)."""

    PUPIL = "pupil", _("Eleven saken er til for")
    INVOLVED_PUPIL = "involved_pupil", _("Annen elev som er med")
    EMPLOYEE = "employee", _("En som arbeider ved skolen")


class NoteKind(models.TextChoices):
    """What kind of thing was found out."""

    CONVERSATION = "conversation", _("Samtale")
    OBSERVATION = "observation", _("Observasjon")
    MAPPING = "mapping", _("Kartlegging")
    MEETING = "meeting", _("Møte")
    LOG = "log", _("Logg")


class HearingOutcome(models.TextChoices):
    """Three answers, and none of them is a gap (fact 12)."""

    HEARD = "heard", _("Eleven har sagt sitt")
    DID_NOT_WANT = "did_not_want", _("Eleven ville ikke snakke")
    NOT_YET = "not_yet", _("Ikke ennå")


class CaseRole(models.TextChoices):
    """What somebody does in the case."""

    HANDLER = "handler", _("Arbeider med saken")
    HELPER = "helper", _("Hjelper til i en avtalt tid")


class ExclusionReason(models.TextChoices):
    """Why somebody is shut out."""

    ACCUSED = "accused", _("Meldingen gjelder denne personen")
    CONFLICT = "conflict", _("For nær eleven eller saken")
    MAY_BE = "may_be", _("Meldingen kan gjelde denne personen")
    UNTOLD = "untold", _("Foresatt som ikke får vite om saken nå")


class ClosingReason(models.TextChoices):
    """The only two ways a case ends (EVL-07, EVL-11)."""

    SAFE = "safe", _("Eleven sier selv at det er trygt og godt")
    LEFT = "left", _("Eleven går ikke lenger ved skolen")


class GuardianDecision(models.TextChoices):
    """What was decided about telling guardians (PRV-09)."""

    TOLD = "told", _("Foresatte er orientert")
    NOT_TOLD = "not_told", _("Foresatte er ikke orientert, med grunn")
    PUPIL_OF_AGE = "pupil_of_age", _("Eleven er 18 år og bestemmer selv")
