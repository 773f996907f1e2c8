"""Who shares the responsibility for the plan, and which of its rows are each one's part (PLN-03)."""

from __future__ import annotations

from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from aktsom.plans.rules.content import PlanContent
from aktsom.plans.rules.duty_roles import BY_CODE


class PlanShare(models.TextChoices):
    """Those the five plans say share the responsibility. The codes stand in addresses."""

    LEADERSHIP = "ledelsen", _("Ledelsen")
    STAFF = "ansatte", _("De som arbeider ved skolen")
    PUPILS = "elever", _("Elevene")
    GUARDIANS = "foresatte", _("Foresatte")
    COMMITTEE = "smu", _("Skolemiljøutvalget")
    COUNCIL = "elevraad", _("Elevrådet")


_LEADERSHIP = {"leadership", "head_teacher", "deputy", "assistant_head", "department_head", "service_head", "administrative_head"}
_PUPILS = {"pupils", "class_representative", "committees", "graduates", "wellbeing_pupils", "buddies"}
_COUNCIL = {"pupil_council", "council_board", "rights_pupil"}
_GUARDIANS = {"guardians", "parent_committee", "parent_contact"}
_COMMITTEE = {"environment_committee"}
_OTHER_BODIES = {"coordinating_committee", "school_committee", "union", "head_group"}
ROLES_OF: dict[str, frozenset[str]] = {
    PlanShare.LEADERSHIP: frozenset(_LEADERSHIP),
    PlanShare.PUPILS: frozenset(_PUPILS | _COUNCIL),
    PlanShare.GUARDIANS: frozenset(_GUARDIANS),
    PlanShare.COMMITTEE: frozenset(_COMMITTEE),
    PlanShare.COUNCIL: frozenset(_COUNCIL | {"council_adult"}),
    PlanShare.STAFF: frozenset(
        code
        for code, role in BY_CODE.items()
        if not role.is_outside and code not in _LEADERSHIP | _PUPILS | _COUNCIL | _GUARDIANS | _COMMITTEE | _OTHER_BODIES
    ),
}


def part_of(content: PlanContent, share: PlanShare) -> PlanContent:
    """Return the plan with only the rows that name somebody of the share, and the sections that hold any."""
    wanted = ROLES_OF[share]
    sections = (replace(each, rows=tuple(row for row in each.rows if wanted & set(row.everyone))) for each in content.sections)
    return replace(content, sections=tuple(each for each in sections if each.rows))
