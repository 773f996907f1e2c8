"""What a report is: who sends it, which way it goes, and what the receiver must do. No report can be refused."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Route(models.TextChoices):
    """Which way the Act sends a report."""

    ORDINARY = "ordinary", _("Til rektor, § 12-4 andre ledd")
    STAFF = "staff", _("Til rektor straks, og videre til skoleeier, § 12-5 første ledd")
    LEADERSHIP = "leadership", _("Rett til skoleeier, § 12-5 andre ledd")


class ReporterKind(models.TextChoices):
    """Who tells."""

    STAFF = "staff", _("En som arbeider ved skolen")
    PUPIL = "pupil", _("Elev")
    GUARDIAN = "guardian", _("Foresatt")
    ANONYMOUS = "anonymous", _("Ingen får vite hvem")
    OTHER = "other", _("Noen andre")


class Channel(models.TextChoices):
    """How it was told. Every channel is valid (REP-07)."""

    FORM = "form", _("Skjema i Aktsom")
    PUBLIC_PAGE = "public_page", _("Skolens side, uten innlogging")
    IN_PERSON = "in_person", _("Sagt ansikt til ansikt")
    PHONE = "phone", _("Telefon")
    SMS = "sms", _("SMS")
    TEAMS = "teams", _("Teams")
    EMAIL = "email", _("E-post")
    LETTER = "letter", _("Brev eller lapp")


LEFT_ELSEWHERE = frozenset({Channel.SMS, Channel.TEAMS})  # where what was told still lies, outside the school's own hands (PRV-10)


class ReportState(models.TextChoices):
    """Where a report stands. There is no state for «rejected»."""

    SENT = "sent", _("Sendt")
    ACKNOWLEDGED = "acknowledged", _("Tatt imot")
    IN_CASE = "in_case", _("Følges opp i en sak")
    CLEARLY_GROUNDLESS = "clearly_groundless", _("Ikke sendt videre til eier, § 12-5")
    FINISHED = "finished", _("Ferdig")  # only an incident that makes no pupil unsafe (REP-29)


class IncidentKind(models.TextChoices):
    """What kind of incident it is that may have nothing to do with any pupil's environment (REP-29)."""

    ACCIDENT = "accident", _("Ulykke eller skade")
    VANDALISM = "vandalism", _("Hærverk eller tyveri")
    VIOLENCE_AT_WORK = "violence_at_work", _("Vold eller trusler mot en som arbeider her")
    NEAR_MISS = "near_miss", _("Noe som nesten gikk galt")
    OTHER = "other", _("Noe annet")


class Unsafe(models.TextChoices):
    """The answer to «can a pupil be unsafe because of this?». Only a clear no keeps an incident apart from a report."""

    NO = "no", _("Nei")
    YES = "yes", _("Ja")
    UNSURE = "unsure", _("Vet ikke")


class QuestionKind(models.TextChoices):
    """How a question of the owner's or the school's own is answered."""

    SHORT = "short", _("Noen ord")
    LONG = "long", _("En lengre tekst")
    YES_NO = "yes_no", _("Ja eller nei")
    CHOOSE = "choose", _("Velge ett av flere svar")


class Urgency(models.TextChoices):
    """How fast it has to be seen."""

    ORDINARY = "ordinary", _("Nei, det haster ikke")
    NOW = "now", _("Ja, det haster nå")


class Involved(models.TextChoices):
    """The answer to «is somebody who works here involved?», asked before routing (REP-13)."""

    NO = "no", _("Nei")
    STAFF = "staff", _("Ja, en som arbeider ved skolen")
    LEADERSHIP = "leadership", _("Ja, noen i ledelsen")
    UNSURE = "unsure", _("Vet ikke")


class PupilTold(models.TextChoices):
    """Whether the pupil knows that the report is sent. It never blocks sending (REP-09, REP-10)."""

    YES = "yes", _("Ja")
    NOT_YET = "not_yet", _("Ikke ennå")
    WOULD_DELAY = "would_delay", _("Nei, det ville tatt for lang tid")


class HealthSource(models.TextChoices):
    """Where health staff know it from (helsepersonelloven § 21; REP-21)."""

    NOT_HEALTH_STAFF = "not_health_staff", _("Melder er ikke helsepersonell")
    OUTSIDE_TREATMENT = "outside_treatment", _("Sett eller hørt utenfor behandling")
    CONSENT = "consent", _("Fra behandling, med samtykke")


class Seriousness(models.TextChoices):
    """The receiver's own judgement, with a written reason (RCV-04, ESC-03)."""

    ORDINARY = "ordinary", _("Ikke alvorlig tilfelle")
    SERIOUS = "serious", _("Alvorlig tilfelle, skal meldes til eier")


class RecipientReason(models.TextChoices):
    """Why a person has the report."""

    HEAD_TEACHER = "head_teacher", _("Rektor")
    DEPUTY = "deputy", _("Rektors stedfortreder")
    DELEGATED = "delegated", _("Har fått i oppgave å ta imot")
    FALLBACK = "fallback", _("Tar imot når rektor ikke kan nås")
    OWNER = "owner", _("Skoleeiers mottaker")
    CHOSEN = "chosen", _("Valgt av den som meldte")
    HANDLER = "handler", _("Arbeider med saken")


class BarReason(models.TextChoices):
    """Why somebody who is not said to be the one a report is about, still never meets it."""

    MAY_BE_MEANT = "may_be_meant", _("Et navn i meldingen kan bety denne personen")
    SHUT_OUT = "shut_out", _("Stengt ute av saken meldingen hører til")


class NoticePurpose(models.TextChoices):
    """Why the owner is told."""

    SERIOUS = "serious", _("Alvorlig tilfelle, § 12-4 andre ledd")
    STAFF = "staff", _("En som arbeider ved skolen, § 12-5 første ledd")
    LEADERSHIP = "leadership", _("Noen i ledelsen, § 12-5 andre ledd")
    EVERY_CASE = "every_case", _("Skolens plan sier at eier varsles i alle saker etter kapittel 12")
