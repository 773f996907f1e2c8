"""Every school somebody leads or oversees on one page: plan, evaluation, year, cases. Numbers without names (OWN-02, QUA-10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.utils import timezone

from aktsom.cases.selectors.numbers import LEADING, CaseNumbers, case_numbers
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.core.privacy.numbers import told
from aktsom.core.timing.clock import today
from aktsom.measures.selectors.numbers import overdue_evaluations
from aktsom.plans.selectors import duties_compared, procedures_of
from aktsom.plans.selectors.standing import PlanNow, plans_now
from aktsom.reports.selectors import staff_reports_kept
from aktsom.schools.selectors import own_schools, years_at, years_before
from aktsom.wheel.selectors.counting import Tally, tallies_of

FEWEST_COMPARED = 2


@dataclass(frozen=True)
class DutyRow:
    """A duty of the Act with what each school calls it, in the order of the schools; empty where its plan has no word for it."""

    duty: str
    cells: tuple[tuple[str, str], ...]  # (word, school)


def duties_at(schools: Iterable[Any]) -> list[DutyRow]:
    """Return the duties of the Act with each school's own words, when there are several schools to compare. One read."""
    wanted = list(schools)
    if len(wanted) < FEWEST_COMPARED:
        return []
    compared = duties_compared(procedures_of(school.pk for school in wanted))
    return [DutyRow(str(duty.label), tuple((words.get(school.pk, ""), str(school)) for school in wanted)) for duty, words in compared]


@dataclass(frozen=True)
class SchoolNow:
    """One school today. ``cases`` is None for who is not to know how many there are."""

    school: Any
    year: str
    plan: PlanNow | None
    wheel: Tally
    last_year: str
    wheel_last_year: Tally
    cases: CaseNumbers | None
    overdue: int
    is_led: bool = False  # who leads the school has the cases herself; others are told no small number (PRV-05)
    reports_waiting: int = 0  # about staff, and not passed on to the owner (ESC-10)

    @property
    def open_words(self) -> str:
        return self._told(self.cases.open if self.cases else 0)

    @property
    def closed_words(self) -> str:
        return self._told(self.cases.closed if self.cases else 0)

    @property
    def overdue_words(self) -> str:
        return self._told(self.overdue)

    def _told(self, amount: int) -> str:
        return str(amount) if self.is_led else told(amount)


def _ids(years: Mapping[int, Any]) -> list[int]:
    return [year.pk for year in years.values()]


def schools_now(actor: Actor) -> list[SchoolNow]:
    """Return every school the actor leads or oversees, by name. The number of reads does not grow with the schools."""
    owned, planning = actor.owners_as(Role.OWNER_HANDLER), actor.schools_where(Action.WHEEL_OVERVIEW)
    schools = [school for school in own_schools(actor) if school.owner_id in owned or school.pk in planning]
    ids = [school.pk for school in schools]
    years = years_at(ids, today())
    before = years_before(years.values())
    now_tallies, then_tallies = tallies_of(actor, _ids(years)), tallies_of(actor, _ids(before))
    plans, overdue = plans_now(actor, ids), overdue_evaluations(actor, ids)
    start = min((year.first_day for year in years.values()), default=today())
    numbers = case_numbers(actor, ids, since=timezone.make_aware(datetime.combine(start, time())))
    led, kept = actor.schools_as(*LEADING), staff_reports_kept(actor, ids)
    return [
        SchoolNow(
            school,
            years[school.pk].name if school.pk in years else "",
            plans.get(school.pk),
            now_tallies.get(school.pk, Tally()),
            before[school.pk].name if school.pk in before else "",
            then_tallies.get(school.pk, Tally()),
            numbers.get(school.pk, CaseNumbers()) if school.owner_id in owned or school.pk in led else None,
            overdue.get(school.pk, 0),
            school.pk in led,
            kept.get(school.pk, 0),
        )
        for school in schools
    ]
