"""A new school's first steps, read from what is there: nothing is remembered apart, so one can stop and go on any day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import may
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import last_time
from aktsom.core.timing.clock import today
from aktsom.people.selectors import (
    classes_of,
    colleagues_without_account,
    delegated_receivers,
    deputies,
    head_teachers,
    people_in_role,
    staff_of,
)
from aktsom.plans.selectors.editions import edition_in_force, plan_of_school
from aktsom.plans.selectors.procedure import NoProcedure, library, procedure_of
from aktsom.plans.selectors.writing import templates
from aktsom.reports.selectors import test_report
from aktsom.schools.selectors import current_year


@dataclass(frozen=True)
class Step:
    """One step: what it is, whether it is done, what is so now, and where to do it."""

    name: str
    is_done: bool
    said: str
    url: str = ""
    action: str = ""


def steps_of(actor: Actor, school: Any) -> list[Step]:
    """Return the steps of a new school, in the order that is easiest."""
    year = current_year(school.pk, today())
    return [
        _plan(actor, school),
        _calendar(school, year),
        _classes(actor, school, year),
        _leaders(actor, school),
        _accounts(actor, school),
        _trial(school),
    ]


def _plan(actor: Actor, school: Any) -> Step:
    name = _("Velg en plan å begynne med")
    url = reverse("insight:first-run-plan", args=[school.public_id])
    if edition_in_force(school.pk) is not None and _has_procedure(school):
        return Step(name, True, _("Skolen har en plan som gjelder."))
    plan = plan_of_school(actor, school=school)
    if plan is not None:
        draft = reverse("plans:plan-show", args=[plan.public_id])
        return Step(name, False, _("Et utkast er begynt. Rektor kan la det gjelde når dere er klare."), draft, _("Åpne utkastet"))
    return Step(name, False, _("Dere kan endre alt etterpå."), url, _("Velg plan"))


def _has_procedure(school: Any) -> bool:
    try:
        procedure_of(school.pk)
    except NoProcedure:
        return False
    return True


def _calendar(school: Any, year: Any) -> Step:
    name = _("Skriv inn skoleruta")
    if year is not None:
        return Step(
            name, True, _("Skoleåret %(year)s er skrevet inn.") % {"year": year.name}, _url("calendar-set", school), _("Rett skoleruta")
        )
    said = _("Du får et forslag ut fra fylket, og retter det som er annerledes hos dere.")
    return Step(name, False, said, _url("first-run-calendar", school), _("Se forslaget"))


def _url(name: str, school: Any) -> str:
    space = "wheel" if name == "calendar-set" else "insight"
    return reverse(f"{space}:{name}", args=[school.public_id])


def _classes(actor: Actor, school: Any, year: Any) -> Step:
    name, amount = _("Hent inn en klasse"), len(classes_of(school.pk, year)) if year else 0
    url = _url("first-run-class", school) if may(actor, Action.CLASS_FILE_IMPORT, school) else ""
    if amount:
        said = ngettext("%(amount)d klasse er hentet inn.", "%(amount)d klasser er hentet inn.", amount) % {"amount": amount}
        return Step(name, True, said, url, _("Hent inn flere"))
    if year is None:
        return Step(name, False, _("Skriv inn skoleruta først, så vet vi hvilket skoleår klassen hører til."))
    return Step(name, False, _("En liste med fem kolonner. Du ser hva som skjer, før noe blir skrevet."), url, _("Velg liste"))


def _leaders(actor: Actor, school: Any) -> Step:
    day = today()
    heads, standing_in = head_teachers(school.pk, day), deputies(school.pk, day)
    receiving = {
        person.pk for person in (*standing_in, *delegated_receivers(school.pk, day), *people_in_role(school.pk, "department_head", day))
    }
    name, url = _("Rektor, stedfortreder og en til som tar imot"), _url("first-run-people", school)
    lacking = [
        word
        for word, is_there in (
            (_("rektor"), bool(heads)),
            (_("en stedfortreder"), bool(standing_in)),
            (_("en til som kan ta imot meldinger"), len(receiving - {person.pk for person in heads}) > 1),
        )
        if not is_there
    ]
    if lacking:
        return Step(name, False, _("Det mangler %(who)s.") % {"who": ", ".join(lacking)}, url, _("Før opp"))
    return Step(name, True, _("Alle tre er på plass."), url, _("Se hvem"))


def _trial(school: Any) -> Step:
    name, url = _("Send en prøvemelding"), _url("self-test", school)
    sent = test_report(school.pk)
    if sent is not None and sent.taken_at is not None:
        return Step(name, True, _("Den kom fram og er tatt imot. Ta den bort når dere er ferdige."))
    if last_time(Event.TEST_REPORT_REMOVED, school_id=school.pk) is not None:
        return Step(name, True, _("En prøvemelding er sendt og tatt bort."))
    if sent is not None:
        return Step(
            name, False, _("Den er sendt. Ta den imot under «Meldinger»."), f"/meldinger/{sent.public_id}/", _("Åpne prøvemeldingen")
        )
    return Step(name, False, _("Den går samme vei som en ekte melding, og kan tas bort igjen."), url, _("Gå til prøven"))


def _accounts(actor: Actor, school: Any) -> Step:
    if len(staff_of(school.pk, today())) < 2:
        return Step(_("Gi kolleger en konto"), False, _("Ingen kolleger er ført opp ennå."), _url("first-run-people", school), _("Før opp"))
    waiting = len(colleagues_without_account(actor, school.pk)) if may(actor, Action.ACCOUNT_OPEN, school) else 0
    said = (
        _("%(amount)d kolleger har ikke vært inne ennå.") % {"amount": waiting} if waiting else _("Alle som står i listene, har vært inne.")
    )
    return Step(
        _("Gi kolleger en konto"), not waiting, said, reverse("people:accounts-open", args=[school.public_id]), _("Send lenke på e-post")
    )


@dataclass(frozen=True)
class PlanInBrief:
    """What sets one plan of the library apart from the others."""

    name: str
    facts: tuple[tuple[str, str], ...]


def plans_in_brief() -> list[PlanInBrief]:
    """Return each plan one can begin with, and where they differ: read from the plans themselves."""
    rows = {code: number for code, _name, number in templates()}
    return [PlanInBrief(plan.name, _facts(plan, rows[plan.code])) for plan in library()]


def _facts(plan: Any, rows: int) -> tuple[tuple[str, str], ...]:
    silent = _("Planen sier det ikke")
    receivers = list(dict.fromkeys(plan.title_of(role) for role in plan.receivers))
    weeks = plan.evaluation_weeks
    return (
        (_("Rader i planen"), str(rows)),
        (_("Kaller elevens plan"), str(plan.words.plan)),
        (_("Tar imot meldinger"), ", ".join(receivers) or silent),
        (_("Skoleeier varsles i alle saker"), _("ja") if plan.owner_in_every_case else _("nei, bare når loven sier det")),
        (_("Evaluerer elevens plan"), ngettext("hver uke", "hver %(weeks)d. uke", weeks) % {"weeks": weeks} if weeks else silent),
        (_("Tverrfaglig team undersøker"), _("ja") if plan.interdisciplinary_team else _("nei")),
    )
