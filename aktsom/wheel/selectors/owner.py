"""The § 12-3 work of a year at every school of an owner: how each area stands and how much shows it. A bounded number of reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from aktsom.core.access.actor import Actor
from aktsom.core.timing.clock import today
from aktsom.plans.rules.content import SectionArea
from aktsom.plans.rules.focus import Focus
from aktsom.plans.selectors.standing import RowPlaces, places_by_school
from aktsom.schools.selectors import years_at
from aktsom.wheel.access import tasks_visible_to
from aktsom.wheel.models import TaskFile
from aktsom.wheel.rules import TaskState
from aktsom.wheel.selectors.counting import Tally, in_order


@dataclass(frozen=True)
class SchoolReport:
    """One school in the owner's report: its areas, and how many tasks have a note, something written or a file that shows it."""

    school: Any
    year: str
    areas: tuple[tuple[str, Tally], ...]
    focuses: tuple[tuple[str, Tally], ...]
    shown_by: int

    @property
    def tally(self) -> Tally:
        total = Tally()
        for _area, tally in self.areas:
            total = total.plus(tally)
        return total


def owner_report(actor: Actor, schools: Iterable[Any]) -> list[SchoolReport]:
    """Return the current school year of each school, by area."""
    wanted = list(schools)
    years, places = years_at([school.pk for school in wanted], today()), places_by_school(school.pk for school in wanted)
    tasks = tasks_visible_to(actor).filter(year__in=[year.pk for year in years.values()]).exclude(state=TaskState.GONE)
    rows = (
        tasks.order_by("school_id", "row_key")
        .values_list("school_id", "row_key")
        .annotate(
            done=Count("id", filter=Q(state=TaskState.DONE)),
            late=Count("id", filter=Q(state=TaskState.OPEN, due_on__lt=today())),
            skipped=Count("id", filter=Q(state=TaskState.SKIPPED)),
            open=Count("id", filter=Q(state=TaskState.OPEN, due_on__gte=today())),
        )
    )
    found: dict[int, list[tuple[str, Tally]]] = {}
    for school_id, row, *amounts in rows:
        found.setdefault(school_id, []).append((row, Tally(*amounts)))
    shown = _shown_by(tasks)
    return [
        SchoolReport(
            school,
            years[school.pk].name if school.pk in years else "",
            tuple(in_order(found.get(school.pk, []), places.get(school.pk, RowPlaces()).areas, SectionArea.values).items()),
            tuple(in_order(found.get(school.pk, []), places.get(school.pk, RowPlaces()).focuses, Focus.values).items()),
            shown.get(school.pk, 0),
        )
        for school in wanted
    ]


def _shown_by(tasks: Any) -> dict[int, int]:
    there = Exists(TaskFile.objects.filter(task=OuterRef("pk"), removed_at=None))
    says = ~Q(note="") | ~Q(evidence=[]) | Q(there)
    return dict(tasks.filter(says, state=TaskState.DONE).order_by("school_id").values_list("school_id").annotate(amount=Count("id")))
