"""A new school's first steps, read from what is there: nothing is remembered apart, so one can stop and go on any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import may
from aktsom.core.notify.selectors import last_run_at
from aktsom.core.timing.clock import now, today
from aktsom.people.selectors import classes_of, colleagues_without_account, deputies, head_teachers, owner_handlers
from aktsom.plans.selectors.editions import edition_in_force, plan_of_school
from aktsom.plans.selectors.procedure import NoProcedure, procedure_of
from aktsom.schools.selectors import current_year

WORKER_QUIET = timedelta(minutes=10)  # some jobs run every minute and leave a mark; this long without one, and the worker is gone


@dataclass(frozen=True)
class Step:
    """One step: what it is, whether it is done, what is so now, and where to do it."""

    name: str
    is_done: bool
    said: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class Check:
    """One thing the installation was looked at for. When it is not well, ``said`` tells what to do."""

    name: str
    is_well: bool
    said: str


def steps_of(actor: Actor, school: Any) -> list[Step]:
    """Return the steps of a new school, in the order that is easiest."""
    day = today()
    year = current_year(school.pk, day)
    return [
        _plan(actor, school),
        _calendar(school, year),
        _classes(school, year),
        _leaders(school),
        _accounts(actor, school),
    ]


def _plan(actor: Actor, school: Any) -> Step:
    name = _("Velg en plan å begynne med")
    url = reverse("insight:first-run-plan", args=[school.public_id])
    if edition_in_force(school.pk) is not None and _has_procedure(school):
        return Step(name, True, _("Skolen har en plan som gjelder."))
    if plan_of_school(actor, school=school) is not None:
        return Step(name, False, _("Et utkast er begynt. Rektor kan la det gjelde når dere er klare."))
    return Step(name, False, _("Dere kan endre alt etterpå."), url, _("Velg plan"))


def _has_procedure(school: Any) -> bool:
    try:
        procedure_of(school.pk)
    except NoProcedure:
        return False
    return True


def _calendar(school: Any, year: Any) -> Step:
    said = _("Skoleåret %(year)s er skrevet inn.") % {"year": year.name} if year else _("Første og siste dag, ferier og planleggingsdager.")
    return Step(_("Skriv inn skoleruta"), year is not None, said, f"/skolen/{school.public_id}/skolerute/", _("Åpne skoleruta"))


def _classes(school: Any, year: Any) -> Step:
    amount = len(classes_of(school.pk, year)) if year else 0
    if amount:
        return Step(_("Hent inn en klasse"), True, _("%(amount)d klasser er hentet inn.") % {"amount": amount})
    said = _("Den som drifter Aktsom, leser inn en liste med fem kolonner. Be om en prøvekjøring først, den skriver ingenting.")
    return Step(_("Hent inn en klasse"), False, said)


def _leaders(school: Any) -> Step:
    day = today()
    heads, standing_in = head_teachers(school.pk, day), deputies(school.pk, day)
    url, action = reverse("people:school-detail", args=[school.public_id]), _("Pek ut")
    name = _("Rektor og stedfortreder")
    if not heads:
        return Step(name, False, _("Ingen rektor er registrert. Rektor kommer med listene, eller fra den som drifter Aktsom."), url, action)
    if not standing_in:
        return Step(name, False, _("Rektor er der. Pek ut en stedfortreder, så noen tar imot når rektor er borte."), url, action)
    return Step(name, True, _("Begge er på plass."), url, _("Se hvem"))


def _accounts(actor: Actor, school: Any) -> Step:
    waiting = len(colleagues_without_account(actor, school.pk)) if may(actor, Action.ACCOUNT_OPEN, school) else 0
    said = (
        _("%(amount)d kolleger har ikke vært inne ennå.") % {"amount": waiting} if waiting else _("Alle som står i listene, har vært inne.")
    )
    return Step(
        _("Gi kolleger en konto"), not waiting, said, reverse("people:accounts-open", args=[school.public_id]), _("Send lenke på e-post")
    )


def checks_of(school: Any) -> list[Check]:
    """Return what a self-test finds: who a report would reach, mail, time zone, and whether the worker is there."""
    return [_route(school), _mail(), _zone(), _worker()]


def _route(school: Any) -> Check:
    name = _("En melding når fram")
    day = today()
    reached = [person for person in (*head_teachers(school.pk, day), *deputies(school.pk, day)) if person.user_id]
    if reached:
        names = ", ".join(dict.fromkeys(str(person) for person in reached))
        return Check(name, True, _("En melding om en elev går til %(names)s.") % {"names": names})
    at_owner = [person for person in owner_handlers(school.owner_id, day) if person.user_id]
    if at_owner:
        return Check(name, False, _("Ingen ved skolen kan ta imot. En melding går til skoleeieren. Gi rektor en konto."))
    return Check(name, False, _("Ingen kan ta imot en melding ennå. Registrer rektor, og gi rektor en konto."))


def _mail() -> Check:
    sends = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") and bool(getattr(settings, "EMAIL_HOST", ""))
    said = _("E-post er satt opp. Send en lenke til en kollega for å se at den kommer fram.")
    return Check(_("E-post"), sends, said if sends else _("Ingen e-post går ut. Den som drifter Aktsom, må skrive inn e-posttjeneren."))


def _zone() -> Check:
    is_well = settings.USE_TZ and settings.TIME_ZONE == "Europe/Oslo"
    return Check(
        _("Tid"),
        is_well,
        _("Klokka følger norsk tid.") if is_well else _("Klokka følger ikke norsk tid. Be den som drifter Aktsom om hjelp."),
    )


def _worker() -> Check:
    seen = last_run_at()
    is_well = seen is not None and now() - seen < WORKER_QUIET
    said = (
        _("Varsler og frister blir sett på.") if is_well else _("Varsler blir ikke sendt nå. Be den som drifter Aktsom starte arbeideren.")
    )
    return Check(_("Arbeid i bakgrunnen"), is_well, said)
