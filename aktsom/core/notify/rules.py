"""What goes out at once, what can wait for the morning, and what nobody can turn off. No database, no request."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from aktsom.core.timing.calendar import is_working_day

OSLO = ZoneInfo("Europe/Oslo")
MORNING = time(7, 0)
MOST_TRIES = 6
WAITS = (5, 15, 60, 240, 720)  # minutes before the second try, the third, and so on
SMS_ROOM = 160
GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


class Channel(TextChoices):
    """A way out of Aktsom."""

    MAIL = "mail", _("E-post")
    SMS = "sms", _("SMS")
    TEAMS = "teams", _("Teams")


class SendState(TextChoices):
    """Where a sending stands."""

    WAITING = "waiting", _("Venter")
    SENDING = "sending", _("Sendes")
    SENT = "sent", _("Sendt")
    FAILED = "failed", _("Ikke sendt")
    NONE = "none", _("Ingen adresse")


class Trouble(TextChoices):
    """Why a try did not succeed."""

    AWAY = "away", _("Tjeneren svarte ikke.")
    SLOW = "slow", _("Tjeneren brukte for lang tid.")
    INSECURE = "insecure", _("Forbindelsen var ikke trygg.")
    BUSY = "busy", _("Tjeneren ba oss vente.")
    REFUSED = "refused", _("Tjeneren sa nei.")
    STRANGE = "strange", _("Tjeneren svarte noe vi ikke forsto.")
    NOT_ALLOWED = "not_allowed", _("Adressen er ikke blant dem driften tillater.")
    NOT_SET_UP = "not_set_up", _("Kanalen er ikke satt opp.")


FINAL = frozenset({Trouble.REFUSED, Trouble.NOT_ALLOWED, Trouble.NOT_SET_UP})  # asking again would give the same answer


class PersonalChannel(TextChoices):
    """How a person wants what cannot wait. One of them always stands: a duty needs a way in."""

    MAIL = "mail", _("E-post")
    SMS = "sms", _("SMS")
    BOTH = "both", _("E-post og SMS")


class Group(TextChoices):
    """What a notice is about, wide enough that it tells nothing of a case."""

    DUTY = "duty", _("Noe du har plikt til å ta deg av")
    TASK = "task", _("Oppgaver og datoer som nærmer seg")
    ANSWER = "answer", _("Svar og nytt i noe du er med i")
    ACCOUNT = "account", _("Kontoen din")


KINDS = {
    Group.DUTY: _("Noe det er plikt til å ta seg av"),
    Group.TASK: _("Oppgaver og datoer"),
    Group.ANSWER: _("Svar og nytt"),
    Group.ACCOUNT: _("Konto"),
}  # the same, as the school's log says it of others
CANNOT_BE_MUTED = frozenset({Group.DUTY, Group.ACCOUNT})
AT_ONCE = frozenset(
    {
        "report.new",
        "report.urgent",
        "report.waiting",
        "owner.notice",
        "owner.test",
        "case.no_handler",
        "case.emergency",
        "account.factor_reset",
    }
)
_DUTY = frozenset(
    {
        "report.new",
        "report.urgent",
        "report.waiting",
        "owner.notice",
        "case.no_handler",
        "case.emergency",
        "case.appointed",
        "evaluation.late",
    }
)
_TASKS = ("evaluation.", "measure.", "conversation.", "agreement.", "ask_again.", "handover.", "resource.asked", "wheel.", "routine.")


def group_of(code: str) -> Group:
    """Return what kind of notice a code is; what nobody has placed counts as a duty, so that it is never turned off."""
    if code in _DUTY:
        return Group.DUTY
    if code.startswith("account."):
        return Group.ACCOUNT
    if code.startswith(_TASKS):
        return Group.TASK
    return Group.ANSWER if code.startswith(("report.", "owner.", "minutes.", "family.", "resource.", "school_change.")) else Group.DUTY


def goes_at_once(code: str, *, urgent: bool) -> bool:
    """Return whether a notice is sent now; the rest waits for the next working morning."""
    return urgent or code in AT_ONCE


def is_digest_time(moment: datetime) -> bool:
    """Return whether the morning has come on a working day in Norway."""
    local = moment.astimezone(OSLO)
    return is_working_day(local.date()) and local.time() >= MORNING


def morning_of(day: date) -> datetime:
    """Return the moment the digest of ``day`` is about: what came later waits for the next morning."""
    return datetime.combine(day, MORNING, tzinfo=OSLO)


def digest_day(moment: datetime) -> date:
    """Return the day in Norway a digest made at ``moment`` belongs to. One day has one digest, whatever the clock does."""
    return moment.astimezone(OSLO).date()


def wait_before(tries: int) -> timedelta:
    """Return how long to wait when ``tries`` have failed."""
    return timedelta(minutes=WAITS[min(max(tries, 1), len(WAITS)) - 1])


def channels_of(choice: str, *, has_mail: bool, has_sms: bool) -> list[Channel]:
    """Return the ways to use: what was chosen when it is possible, else what is possible. Never nothing while a way exists."""
    wanted = {PersonalChannel.SMS: [Channel.SMS], PersonalChannel.BOTH: [Channel.MAIL, Channel.SMS]}.get(
        PersonalChannel(choice), [Channel.MAIL]
    )
    possible = [Channel.MAIL] * has_mail + [Channel.SMS] * has_sms
    return [way for way in wanted if way in possible] or possible[:1]


def norwegian_number(phone: str) -> str:
    """Return a mobile number as +47 and eight digits, or another country's as it is; "" when it is no number."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    if phone.strip().startswith("+") or digits.startswith("00"):
        return f"+{digits.removeprefix('00')}" if 8 <= len(digits.removeprefix("00")) <= 15 else ""
    return f"+47{digits}" if len(digits) == 8 and digits[0] in "49" else ""


def fits_one_sms(text: str) -> bool:
    """Return whether the text goes in one message: 160 signs, all of the plain alphabet phones share."""
    return len(text) <= SMS_ROOM and set(text) <= GSM_7


class RouteObstacle(TextChoices):
    """Why a Teams channel cannot be connected."""

    NOT_YOURS = "not_yours", _("Du ordner ikke varslene for denne skolen.")
    NOT_A_WORKFLOW = (
        "not_a_workflow",
        _("Adressen er ikke fra en arbeidsflyt i Teams. Kopier hele adressen derfra. Den begynner med https."),
    )
