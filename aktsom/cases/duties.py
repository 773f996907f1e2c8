"""Every open duty with the person who holds it, and why it may need somebody else (ORG-16). Read by pages and services alike.

Counted from what is there now, so that nothing has to happen for a duty to be seen: a position that ended in a list, an
absence, a new class. Five queries however many there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, TruncDate
from django.utils.crypto import salted_hmac

from aktsom.cases.access import LEADING, cases_at_work, working_now
from aktsom.cases.models import Absence, Agreement, Case, CaseExclusion, CaseWorker, Conversation, Handover
from aktsom.cases.rules import CaseRole, CaseState
from aktsom.cases.rules.continuity import DutyConcern, DutyKind, HandoverReason, HandoverState, concern_of
from aktsom.cases.rules.conversations import ConversationState
from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.measures.selectors.duties import plan_duties
from aktsom.people.access import delegations_visible_to, in_force
from aktsom.people.selectors import Holders, holders_of
from aktsom.reports.selectors import reports_held

ASKED, STAYS, AWAY, COVERED, OUT = "asked", "stays", "away", "covered", "out"


@dataclass(frozen=True)
class OpenDuty:
    """One duty, whom it lies with, and what is known about that."""

    kind: DutyKind
    object_ref: str
    person_id: int
    school_id: int
    owner_id: int
    case: Case | None = None
    due_on: date | None = None
    is_asked: bool = False
    concern: DutyConcern | None = None

    @property
    def code(self) -> str:
        """The name of the duty in a form and an address: it tells nothing of whose it is."""
        return salted_hmac("aktsom duty", f"{self.kind}:{self.object_ref}:{self.person_id}", algorithm="sha256").hexdigest()[:20]


@dataclass
class _Found:
    """What the queries gave, before it is put together."""

    duties: list[OpenDuty] = field(default_factory=list)
    asked: set[tuple[str, str, int]] = field(default_factory=set)
    stays: set[tuple[str, str, int]] = field(default_factory=set)
    away: dict[tuple[int, int], date] = field(default_factory=dict)  # and the day that was written in
    out: set[tuple[int, int]] = field(default_factory=set)  # who never meets which case
    covered: dict[tuple[str, str, int], date] = field(default_factory=dict)  # somebody said yes to it for a time

    def lacks_somebody(self, duty: OpenDuty) -> bool:
        """Whether its person is away, and nobody has said yes to it since that was known."""
        since = self.away.get((duty.person_id, duty.school_id))
        said = self.covered.get((str(duty.kind), duty.object_ref, duty.person_id))
        return since is not None and (said is None or said < since)


def duties_led(actor: Actor) -> list[OpenDuty]:
    """Return the open duties at the schools the actor leads, and in what the owner has alone."""
    led = actor.schools_as(*LEADING)
    cases = cases_at_work(actor).filter(Q(school_id__in=led) | Q(is_withheld=True), state=CaseState.OPEN)
    return _duties(actor, cases, schools=led, own_only=False) if led or actor.owners_as(Role.OWNER_HANDLER) else []


def duties_everywhere(job: Actor, schools: Iterable[int]) -> list[OpenDuty]:
    """Return the open duties of several schools, for the job that tells of those nobody holds."""
    ids = frozenset(schools)
    return _duties(job, cases_at_work(job).filter(school_id__in=ids, state=CaseState.OPEN, is_withheld=False), schools=ids, own_only=False)


def own_duties(actor: Actor) -> list[OpenDuty]:
    """Return the open duties that lie with the actor herself."""
    return _duties(actor, cases_at_work(actor).filter(state=CaseState.OPEN), schools=frozenset(), own_only=True)


def duties_to_place(actor: Actor) -> list[OpenDuty]:
    """Return the duties somebody has to be found for, most pressing first."""
    return in_order(duties_led(actor))


def in_order(duties: Iterable[OpenDuty]) -> list[OpenDuty]:
    """Return those of the duties that need somebody, most pressing first."""
    concerns = list(DutyConcern)
    wanting = sorted((duty for duty in duties if duty.concern is not None), key=_written)
    return sorted(wanting, key=lambda duty: (concerns.index(duty.concern or DutyConcern.NOT_NEAR), duty.due_on or date.max))


def _written(duty: OpenDuty) -> tuple[int, int, str]:
    """Kind by kind, case by case: rows read together come in no order of their own."""
    return (list(DutyKind).index(duty.kind), duty.case.pk if duty.case is not None else 0, duty.object_ref)


def people_away(person_ids: Iterable[int], school_id: int) -> frozenset[int]:
    """Return who of these is away from the school today."""
    return frozenset(_absences().filter(person_id__in=list(person_ids), school_id=school_id).values_list("person_id", flat=True))


def _absences() -> QuerySet[Absence]:
    day = today()
    return Absence.objects.filter(Q(last_day=None) | Q(last_day__gte=day), first_day__lte=day)


def _duties(actor: Actor, cases: QuerySet[Case], *, schools: frozenset[int], own_only: bool) -> list[OpenDuty]:
    by_id = {case.pk: case for case in cases}
    by_ref = {case.public_id: case for case in by_id.values()}
    found = _in_cases(list(by_id.values()), schools)
    for kind, public_id, file_ref, person_id, due_on in plan_duties(actor, list(by_ref)):
        found.duties.append(_of_case(DutyKind(kind), public_id, person_id, by_ref[file_ref], due_on))
    found.duties += _outside_cases(actor, schools, own_only=own_only)
    mine = [duty for duty in found.duties if not own_only or duty.person_id == actor.own_id]
    holders = holders_of({duty.person_id for duty in mine}, {duty.case.pupil_id for duty in mine if duty.case}, today())
    return [_judged(duty, found, holders) for duty in sorted(dict.fromkeys(mine), key=_written)]


def _of_case(kind: DutyKind, ref: str, person_id: int, case: Case, due_on: date | None) -> OpenDuty:
    return OpenDuty(kind, ref, person_id, case.school_id, case.owner_id, case, due_on)


def _in_cases(cases: list[Case], schools: frozenset[int]) -> _Found:
    """Read workers, talks, agreements, who is asked, who stays, and who is away, with one query."""
    here, found = [case.pk for case in cases], _Found()
    by_id = {case.pk: case for case in cases}
    at = {case.school_id for case in cases} | schools
    whom = Q(case_id__in=here) | Q(case=None, school_id__in=at)
    workers = CaseWorker.objects.filter(working_now(), case_id__in=here, role=CaseRole.HANDLER)
    talks = Conversation.objects.filter(case_id__in=here, state=ConversationState.PLANNED)
    agreements = Agreement.objects.filter(case_id__in=here, outcome="")
    asked = Handover.objects.filter(whom, state=HandoverState.PROPOSED)
    stays = Handover.objects.filter(whom, state=HandoverState.ACCEPTED, reason=HandoverReason.STAYS)
    covered = Handover.objects.filter(whom, state=HandoverState.ACCEPTED, reason=HandoverReason.AWAY)
    out = CaseExclusion.objects.filter(case_id__in=here)
    rows = _row(workers, Value(DutyKind.CASE_HANDLER), "case__public_id", "person_id", "case_id").union(
        _row(talks, Value(DutyKind.CONVERSATION), "public_id", "held_by_id", "case_id", F("held_on")),
        _row(agreements, Value(DutyKind.AGREEMENT), "public_id", "follow_up_by_id", "case_id", F("follow_up_on")),
        _row(asked, Concat(Value("asked:"), F("kind")), "object_ref", "from_person_id", "school_id"),
        _row(stays, Concat(Value("stays:"), F("kind")), "object_ref", "from_person_id", "school_id"),
        _row(covered, Concat(Value("covered:"), F("kind")), "object_ref", "from_person_id", "school_id", TruncDate("answered_at")),
        _row(out, Value(OUT), "case__public_id", "person_id", "case_id"),
        _row(_absences().filter(school_id__in=at), Value(AWAY), "public_id", "person_id", "school_id", TruncDate("registered_at")),
    )
    _sort(list(rows), by_id, found)
    return found


def _sort(rows: list[Any], by_id: dict[int, Case], found: _Found) -> None:
    """Put each row of the one query where it belongs."""
    for kind, ref, person_id, place, due_on in rows:
        mark, _sign, of_kind = kind.partition(":")
        if mark == AWAY:
            found.away[person_id, place] = due_on
        elif mark == OUT:
            found.out.add((person_id, place))
        elif mark == COVERED:
            found.covered[of_kind, ref, person_id] = due_on
        elif mark in {ASKED, STAYS}:
            (found.asked if mark == ASKED else found.stays).add((of_kind, ref, person_id))
        else:
            found.duties.append(_of_case(DutyKind(kind), ref, person_id, by_id[place], due_on))


def _row(rows: QuerySet[Any], kind: Any, ref: str, person: str, place: str, due: Any = None) -> Any:
    due_on = due if due is not None else Cast(Value(None), DateField())  # PostgreSQL must be told the type of nothing
    named = rows.annotate(duty_kind=Concat(kind, Value(""), output_field=CharField()), duty_due=due_on)
    return named.order_by().values_list("duty_kind", ref, person, place, "duty_due")


def _outside_cases(actor: Actor, schools: frozenset[int], *, own_only: bool) -> list[OpenDuty]:
    """Receiving for the head teacher, and reports somebody took and no case follows up yet."""
    given = delegations_visible_to(actor).filter(in_force(today()))
    given = given.filter(receiver_id=actor.own_id) if own_only else given.filter(school_id__in=schools)
    held = [] if own_only else reports_held(actor, schools)
    return [
        *(OpenDuty(DutyKind.DELEGATION, row.public_id, row.receiver_id, row.school_id, row.school.owner_id) for row in given),
        *(OpenDuty(DutyKind.REPORT, public_id, person, school, owner) for public_id, person, school, owner in held),
    ]


def _judged(duty: OpenDuty, found: _Found, holders: Holders) -> OpenDuty:
    key = (str(duty.kind), duty.object_ref, duty.person_id)
    pupil = duty.case.pupil_id if duty.case else 0
    withheld = duty.case is not None and duty.case.is_withheld
    at_school = (duty.person_id, duty.school_id) in holders.at_schools and not withheld
    concern = concern_of(
        at_work=at_school or (duty.person_id, duty.owner_id) in holders.at_owners,
        is_away=found.lacks_somebody(duty),
        is_near=(duty.person_id, pupil) in holders.near,
        was_near=(duty.person_id, pupil) in holders.near_before and key not in found.stays,
        is_shut_out=duty.case is not None and (duty.person_id, duty.case.pk) in found.out,
    )
    return OpenDuty(
        duty.kind, duty.object_ref, duty.person_id, duty.school_id, duty.owner_id, duty.case, duty.due_on, key in found.asked, concern
    )
