"""What the page that opens a case proposes: the report's own pupil, and those the school's plan says investigate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aktsom.cases.selectors.people import everyone_who_could_work, proposed_handlers
from aktsom.core.access.actor import Actor
from aktsom.people.selectors import own_person, people_by_id
from aktsom.reports.rules import Route


@dataclass(frozen=True)
class OpeningChoices:
    """Pupils, handlers the plan proposes, everybody else who works there, and what is chosen when nobody chooses."""

    pupils: list[Any]
    handlers: list[Any]
    others: list[Any]
    defaults: dict[str, Any]


def opening_choices(actor: Actor, report: Any, named: list[Any]) -> OpeningChoices:
    """Return what can be chosen when a case is opened from a report.

    The head teacher takes a case in two taps: the report's only pupil, and herself.
    """
    known = people_by_id(report.pupils.exclude(person=None).values_list("person_id", flat=True))
    pupils = list(dict.fromkeys([*known.values(), *named]))
    barred = frozenset(report.accused.exclude(person=None).values_list("person_id", flat=True))
    own = own_person(actor)
    proposed = proposed_handlers(
        school_id=report.school_id,
        owner_id=report.owner_id,
        is_withheld=report.is_withheld,
        pupil=pupils[0] if pupils else None,
        barred=barred,
        is_about_staff=report.route != Route.ORDINARY,
    )
    handlers = list(dict.fromkeys([*([own] if own else []), *proposed]))
    defaults = {
        "pupil": next(iter(known.values())).public_id if len(known) == 1 else "",
        "handlers": [own.public_id] if own else [],
    }
    everyone = everyone_who_could_work(school_id=report.school_id, owner_id=report.owner_id, is_withheld=report.is_withheld, barred=barred)
    return OpeningChoices(pupils, handlers, [person for person in everyone if person not in handlers], defaults)
