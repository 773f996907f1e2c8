"""What the page that opens a case proposes: the report's own pupil, and those the school's plan says investigate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from aktsom.cases.selectors.people import everyone_who_could_work, proposed_handlers
from aktsom.core.access.actor import Actor
from aktsom.core.timing.clock import today
from aktsom.people.selectors import current_enrolment, group_names, own_person, people_by_id, pupil_choices, pupils_by_full_name
from aktsom.reports.access import may_be_meant_in
from aktsom.reports.rules import Route


@dataclass(frozen=True)
class OpeningChoices:
    """Pupils, handlers the plan proposes, everybody else who works there, and what is chosen when nobody chooses.

    ``beside`` is what stands beside a name: a pupil's class, or that a name in the report can mean her.
    """

    pupils: list[Any]
    handlers: list[Any]
    others: list[Any]
    defaults: dict[str, Any]
    beside: dict[int, str]


def pupils_named(actor: Actor, report: Any, name: str) -> list[Any]:
    """Return the school's pupils with such a name: a part of it is enough at the school, the owner's handlers write it whole."""
    if not name.strip():
        return []
    school_id = report.school_id
    whole = [(pupil, current_enrolment(pupil.pk, today())) for pupil in pupils_by_full_name(actor, name)]
    here = [pupil for pupil, enrolment in whole if enrolment is not None and enrolment.school_id == school_id]
    return list(dict.fromkeys([*pupil_choices(actor, school_id=school_id, text=name), *here]))


def opening_choices(actor: Actor, report: Any, named: list[Any]) -> OpeningChoices:
    """Return what can be chosen when a case is opened from a report.

    The head teacher takes a case in two taps: the report's only pupil, and herself. Nobody a name in the report can mean is
    proposed; whoever has read it can still choose her, and has then judged that she is not meant.
    """
    known = people_by_id(report.pupils.exclude(person=None).values_list("person_id", flat=True))
    pupils = list(dict.fromkeys([*known.values(), *named]))
    barred = frozenset(report.accused.exclude(person=None).values_list("person_id", flat=True))
    unsure = may_be_meant_in(report)
    own = own_person(actor)
    proposed = proposed_handlers(
        school_id=report.school_id,
        owner_id=report.owner_id,
        is_withheld=report.is_withheld,
        pupil=pupils[0] if pupils else None,
        barred=barred | unsure,
        is_about_staff=report.route != Route.ORDINARY,
    )
    handlers = list(dict.fromkeys([*([own] if own else []), *proposed]))
    defaults = {
        "pupil": next(iter(known.values())).public_id if len(known) == 1 else "",
        "handlers": [own.public_id] if own else [],
    }
    everyone = everyone_who_could_work(school_id=report.school_id, owner_id=report.owner_id, is_withheld=report.is_withheld, barred=barred)
    others = [person for person in everyone if person not in handlers]
    beside = dict.fromkeys(unsure, _("meldingen kan gjelde denne personen"))
    return OpeningChoices(pupils, handlers, others, defaults, group_names([pupil.pk for pupil in pupils], today()) | beside)
