"""What an installation is looked at for before a school trusts it. What is not well says what to do, and who can do it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import last_time
from aktsom.core.notify.selectors import last_run_at
from aktsom.core.timing.clock import now, today
from aktsom.core.ui.dates import clock, near_day
from aktsom.core.vault import sealing
from aktsom.people.selectors import people_by_id
from aktsom.reports.rules import Involved
from aktsom.reports.services import who_would_get

WORKER_QUIET = timedelta(minutes=10)  # some jobs run every minute and leave a mark; this long without one, and the worker is gone
BACKUP_OLD = timedelta(hours=26)  # a copy every night, and two hours for one that takes its time


@dataclass(frozen=True)
class Check:
    """One thing the installation was looked at for. When it is not well, ``said`` tells what to do."""

    name: str
    is_well: bool
    said: str


def moment_words(moment: datetime) -> str:
    """Return «i dag kl. 14.05»."""
    return f"{near_day(timezone.localtime(moment).date(), today())} {clock(moment)}"


def checks_of(school: Any) -> list[Check]:
    """Return what a self-test finds: whom a report of each kind reaches, mail, time, keys, copies and the worker."""
    return [*_routes(school), _mail(school), _zone(), _keys(), _backup(), _worker()]


def _routes(school: Any) -> list[Check]:
    asked = [
        (_("Melding om en elev"), Involved.NO),
        (_("Melding om en som arbeider ved skolen"), Involved.STAFF),
        (_("Melding om noen i ledelsen"), Involved.LEADERSHIP),
    ]
    reached = who_would_get(school)
    people = people_by_id({pk for found in reached.values() for pk in found})
    at_owner = set(reached[Involved.LEADERSHIP])
    return [_route(name, [people[pk] for pk in reached[involved]], at_owner, involved) for name, involved in asked]


def _route(name: str, people: list[Any], at_owner: set[int], involved: Involved) -> Check:
    inside = [person for person in people if person.user_id]
    names = ", ".join(str(person) for person in inside)
    if involved == Involved.LEADERSHIP:
        if inside:
            return Check(name, True, _("Går rett til skoleeieren: %(names)s (§ 12-5).") % {"names": names})
        return Check(name, False, _("Ingen hos skoleeieren kan ta imot. Den som drifter Aktsom, gir en hos eieren en konto (§ 12-5)."))
    if not inside:
        return Check(name, False, _("Ingen kan ta imot ennå. Pek ut rektor, og gi rektor en konto."))
    if {person.pk for person in inside} <= at_owner:
        return Check(name, False, _("Ingen ved skolen kan ta imot. Meldingen går til skoleeieren. Gi rektor en konto."))
    return Check(name, True, _("Går til %(names)s.") % {"names": names})


def _mail(school: Any) -> Check:
    sends = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") and bool(getattr(settings, "EMAIL_HOST", ""))
    tried = last_time(Event.MAIL_TRIED, school_id=school.pk)
    if not sends:
        return Check(_("E-post"), False, _("Ingen e-post går ut. Den som drifter Aktsom, må skrive inn e-posttjeneren."))
    if tried is None:
        return Check(_("E-post"), False, _("E-post er satt opp, men ikke prøvd. Send en til deg selv."))
    return Check(_("E-post"), True, _("Sist prøvd %(when)s.") % {"when": moment_words(tried)})


def _zone() -> Check:
    is_well = settings.USE_TZ and settings.TIME_ZONE == "Europe/Oslo"
    said = _("Klokka følger norsk tid.") if is_well else _("Klokka følger ikke norsk tid. Be den som drifter Aktsom om hjelp.")
    return Check(_("Tid"), is_well, said)


def _keys() -> Check:
    try:
        sealing.current_master_key()
    except Exception:  # whatever is wrong with the key, the page must say so and not fall
        return Check(_("Nøkler"), False, _("Hovednøkkelen mangler. Ingen tekst kan skrives eller leses. Ring den som drifter Aktsom."))
    return Check(_("Nøkler"), True, _("Tekst om elever blir låst før den lagres."))


def _backup() -> Check:
    name = _("Sikkerhetskopi")
    if not settings.AKTSOM_BACKUP_MARK:
        return Check(name, False, _("Aktsom vet ikke når det sist ble tatt kopi. Be den som drifter Aktsom sette opp det."))
    mark = Path(settings.AKTSOM_BACKUP_MARK)
    if not mark.is_file():
        return Check(name, False, _("Det er ikke tatt noen kopi ennå. Be den som drifter Aktsom se etter."))
    taken = datetime.fromtimestamp(mark.stat().st_mtime, UTC)
    when = {"when": moment_words(taken)}
    if now() - taken > BACKUP_OLD:
        return Check(name, False, _("Siste kopi er fra %(when)s, og det er for lenge siden. Be den som drifter Aktsom se etter.") % when)
    return Check(name, True, _("Siste kopi er fra %(when)s.") % when)


def _worker() -> Check:
    seen = last_run_at()
    is_well = seen is not None and now() - seen < WORKER_QUIET
    said = (
        _("Varsler og frister blir sett på.") if is_well else _("Varsler blir ikke sendt nå. Be den som drifter Aktsom starte arbeideren.")
    )
    return Check(_("Arbeid i bakgrunnen"), is_well, said)
