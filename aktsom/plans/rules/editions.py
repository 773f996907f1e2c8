"""The life of an edition: draft, treated by those the plan names, in force, replaced. And the bodies that take part."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aktsom.plans.rules.content import NEEDS_OWNER, PlanContent


class EditionState(models.TextChoices):
    """Where an edition is. Exactly one of a plan's editions is in force (PLN-14)."""

    DRAFT = "draft", _("Utkast")
    TREATED = "treated", _("Til behandling")
    IN_FORCE = "in_force", _("Gjelder nå")
    REPLACED = "replaced", _("Har vært gjeldende")
    DROPPED = "dropped", _("Lagt bort")


TURNS: dict[str, tuple[frozenset[str], str]] = {
    "send": (frozenset({EditionState.DRAFT}), EditionState.TREATED),
    "take_back": (frozenset({EditionState.TREATED}), EditionState.DRAFT),
    "put_in_force": (frozenset({EditionState.DRAFT, EditionState.TREATED}), EditionState.IN_FORCE),
    "replace": (frozenset({EditionState.IN_FORCE}), EditionState.REPLACED),
    "drop": (frozenset({EditionState.DRAFT, EditionState.TREATED}), EditionState.DROPPED),
}


class Body(models.TextChoices):
    """Who treats or evaluates a plan (PLN-10, -11, -12, -15, -16). A plan names those it wants."""

    ENVIRONMENT_COMMITTEE = "environment_committee", _("Skolemiljøutvalget (SMU)")
    CO_DETERMINATION = "co_determination", _("Medbestemmelse med tillitsvalgte")
    OWNER = "owner", _("Skoleeieren")
    PUPIL_COUNCIL = "pupil_council", _("Elevrådet")
    PARENT_COMMITTEE = "parent_committee", _("FAU")
    COORDINATING_COMMITTEE = "coordinating_committee", _("Samarbeidsutvalget (SU)")
    STAFF = "staff", _("Personalet")
    PUPIL_SERVICES = "pupil_services", _("Elevtjenesten")
    LEADERSHIP = "leadership", _("Ledelsen")
    STAFF_MEETINGS = "staff_meetings", _("Personalmøtene ved skolene")
    PLANNING_DAY = "planning_day", _("Planleggingsdagen")
    HEAD_NETWORK = "head_network", _("Nettverksmøtet for rektorer")
    HEAD_GROUP = "head_group", _("Rektorgruppa")


# Who treats and evaluates a guide an owner gives its schools (PLN-17); the others are bodies of one school.
OWNER_REVIEWERS = (Body.STAFF_MEETINGS, Body.PLANNING_DAY, Body.HEAD_NETWORK, Body.HEAD_GROUP)
OWNER_BODIES = (*OWNER_REVIEWERS, Body.CO_DETERMINATION, Body.OWNER)
MOST_NAMED = 8  # of those who have not answered; an owner may have a hundred schools
# The meetings of an owner's guide that every school has for itself, by what one of them is called.
AT_EACH_SCHOOL = {Body.STAFF_MEETINGS: _("Personalmøtet"), Body.PLANNING_DAY: _("Planleggingsdagen")}
SCHOOL_BODIES = tuple(body for body in Body if body not in OWNER_REVIEWERS)


def bodies_of(*, is_owner: bool) -> list[tuple[str, str]]:
    """Return the bodies a plan can ask, with names."""
    return [(body.value, str(body.label)) for body in (OWNER_BODIES if is_owner else SCHOOL_BODIES)]


def name_of_body(body: str, school: str = "") -> str:
    """Return what a body is called; with a school the meeting it has for itself."""
    if not school:
        return str(Body(body).label)
    return str(_("%(body)s ved %(school)s") % {"body": AT_EACH_SCHOOL[Body(body)], "school": school})


class Outcome(models.TextChoices):
    """What a body said."""

    WAITING = "waiting", _("Venter på svar")
    APPROVED = "approved", _("Godkjent")
    NOTED = "noted", _("Uttalte seg")
    DECLINED = "declined", _("Ønsket ikke å uttale seg")
    AGAINST = "against", _("Gikk imot")


@dataclass(frozen=True)
class Obstacle:
    """Why something cannot happen yet, and where to mend it."""

    code: str
    text: Promise | str
    row: str = ""


def obstacles_to_force(content: PlanContent, treatments: Mapping[str, str], *, wanted: Collection[str]) -> list[Obstacle]:
    """Return why the edition cannot be put in force.

    A row to be done needs somebody, and every body the plan names or the school has asked must have answered or declined. Texts that cite
    repealed law are pointed out elsewhere and are no obstacle: the old plan would cite it just as much.
    """
    found = [Obstacle("no_rows", _("Planen har ingen rader ennå."))] if not any(True for _row in content.rows()) else []
    found += [
        Obstacle("no_owner", _("Raden mangler hvem som gjør det."), row.key)
        for _section, row in content.rows()
        if row.kind in NEEDS_OWNER and not row.everyone and not row.who_said
    ]
    unasked = [body for body in wanted if body not in treatments]
    found += [Obstacle("not_asked", _("%(body)s er ikke spurt ennå.") % {"body": Body(body).label}) for body in unasked]
    waiting = [body for body, outcome in treatments.items() if outcome == Outcome.WAITING]
    return found + [Obstacle("waits_for", _("%(body)s har ikke svart ennå.") % {"body": Body(body).label}) for body in waiting]


@dataclass(frozen=True)
class ProcedureHead:
    """The head of an owner's procedure: who approved it and when, when it was last revised, and its numbers (PLN-12)."""

    approver: str = ""
    approved_on: date | None = None
    revised_on: date | None = None
    procedure_number: str = ""
    revision_number: str = ""


def obstacles_to_approving(head: ProcedureHead, *, is_first: bool, today: date) -> list[Obstacle]:
    """Return what the head of an owner's procedure lacks. The first edition has not been revised, the others have."""
    asked = [
        ("approver", bool(head.approver.strip()), _("Skriv hvem som har godkjent veilederen.")),
        ("approved_on", head.approved_on is not None, _("Skriv når veilederen ble godkjent.")),
        ("procedure_number", bool(head.procedure_number.strip()), _("Skriv nummeret på prosedyren.")),
        ("revision_number", bool(head.revision_number.strip()), _("Skriv nummeret på revisjonen.")),
        ("revised_on", is_first or head.revised_on is not None, _("Skriv når veilederen sist ble revidert.")),
    ]
    found = [Obstacle(code, text) for code, is_there, text in asked if not is_there]
    to_come = [day for day in (head.approved_on, head.revised_on) if day is not None and day > today]
    return found + [Obstacle("to_come", _("Godkjent og revidert kan ikke være fram i tid."))] * bool(to_come)


@dataclass(frozen=True)
class Said:
    """Who was invited to an evaluation, of which school when each has its own, and whether it has answered."""

    body: str
    outcome: str
    school: str = ""


def obstacles_to_closing_review(said: Collection[Said], *, wanted: Collection[str], unanswered: int = 0) -> list[Obstacle]:
    """Return why the yearly evaluation cannot be closed.

    Each body must be invited, and have answered or declined (PLN-15, PLN-17), and every idea has had its answer (NEG-53).
    """
    missing = [body for body in wanted if body not in {each.body for each in said}]
    found = [Obstacle("not_invited", _("%(body)s er ikke invitert ennå.") % {"body": Body(body).label}) for body in missing]
    silent = [name_of_body(each.body, each.school) for each in said if each.outcome == Outcome.WAITING]
    found += [Obstacle("silent", _("%(body)s har ikke svart ennå.") % {"body": name}) for name in silent[:MOST_NAMED]]
    left = len(silent) - MOST_NAMED
    found += [Obstacle("silent", _("%(number)d til har ikke svart ennå.") % {"number": left})] * (left > 0)
    return found + [Obstacle("unanswered", _("Et forslag har ikke fått svar. Ta det med, eller skriv hvorfor ikke."))] * bool(unanswered)


def replaced_on(valid_from: date, earlier_from: date) -> date | None:
    """Return the last day of the edition before, or None when the new one would begin before it did."""
    return None if valid_from <= earlier_from else date.fromordinal(valid_from.toordinal() - 1)
