"""The school's routine for reporting: the one that holds, the earlier ones, and who has said that she has read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.timing.clock import today
from aktsom.core.waiting import Waits, waiting
from aktsom.people.selectors import staff_of, titles_at
from aktsom.plans.rules import PlanChannel
from aktsom.plans.selectors import NoProcedure, procedure_of
from aktsom.reports.access import routines_visible_to
from aktsom.reports.models import ReportingRoutine, RoutineReading
from aktsom.reports.rules import last_day_shown
from aktsom.reports.selectors import leader_word


def newest(actor: Actor) -> QuerySet[Any]:
    """Return the edition that holds at each school the actor works at, and whether she has said that she has read it."""
    newer = ReportingRoutine.objects.filter(school_id=OuterRef("school_id"), number__gt=OuterRef("number"))
    own = RoutineReading.objects.filter(routine_id=OuterRef("pk"), person_id=actor.own_id)
    rows = routines_visible_to(actor).annotate(is_read=Exists(own)).filter(~Exists(newer))
    found: QuerySet[Any] = rows.order_by("school__name", "pk")
    return found


def routine_at(actor: Actor, school_id: int) -> Any:
    """Return the edition that holds at a school, or None when the school has written none."""
    return newest(actor).filter(school_id=school_id).first()


UNREAD, TO_REVIEW = "routine", "routine_review"


def routines_waiting(actor: Actor) -> list[Waits]:
    """Return the routines the actor has not said that she has read, and those she leads whose day to be looked through comes."""
    unread = newest(actor).filter(is_read=False)
    led = actor.schools_where(Action.ROUTINE_WRITE)
    due = newest(actor).filter(school_id__in=led, review_on__lte=last_day_shown(today()))
    shown = {"day": "review_on", "school": "school_id", "note": "to_whom"}
    return [Waits(unread, lambda: waiting(unread, UNREAD, **shown)), Waits(due, lambda: waiting(due, TO_REVIEW, **shown))]


def editions(actor: Actor, school_id: int) -> list[ReportingRoutine]:
    """Return every edition of a school's routine, the newest first."""
    return list(routines_visible_to(actor).filter(school_id=school_id).order_by("-number"))


def reviews_of(routine: ReportingRoutine) -> list[Any]:
    """Return when the edition was looked through and let stand, the latest first."""
    return list(routine.reviews.select_related("reviewed_by").order_by("-reviewed_at", "-id"))


@dataclass(frozen=True)
class ReaderRow:
    """Somebody who works at the school, and when she said that she had read the routine."""

    name: str
    title: str
    read_at: datetime | None


def readers(school: Any, routine: ReportingRoutine) -> list[ReaderRow]:
    """Return everybody who works at the school today, those who have not read it first. For who leads the school."""
    people = staff_of(school.pk, today())
    titles = titles_at([person.pk for person in people], school.pk, school.owner_id, today())
    read = dict(routine.readings.values_list("person_id", "read_at"))
    ordered = sorted(people, key=lambda person: (person.pk in read, person.folded_name, person.pk))
    return [ReaderRow(str(person), titles.get(person.pk, ""), read.get(person.pk)) for person in ordered]


def proposed_words(school: Any) -> dict[str, str]:
    """Return what the school's plan and telephone already say, to begin the first routine with."""
    try:
        procedure = procedure_of(school.pk)
    except NoProcedure:
        procedure = None
    head = leader_word(school.owner.kind, procedure)
    ways = ", ".join(str(PlanChannel(way).label) for way in procedure.channels) if procedure is not None else ""
    how = _("Si fra så snart du har en mistanke. Du trenger ikke være sikker.")
    return {
        "how": f"{how} {_('Måter å melde på: %(ways)s.') % {'ways': ways}}" if ways else how,
        "to_whom": _("Meld til %(head)s.") % {"head": head},
        "when_away": _("Er %(head)s borte, melder du til den som er stedfortreder.") % {"head": head},
        "phone": school.phone,
        "form_place": _("«Meld bekymring» i Aktsom."),
    }
