"""What is shown of duties, questions of taking over, absence, days to ask, and what came with a pupil from another school."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse

from aktsom.cases.access import LEADING, cases_at_work, handovers_visible_to, parts_visible_to, school_changes_visible_to, working_now
from aktsom.cases.duties import OpenDuty, duties_led, in_order, own_duties
from aktsom.cases.models import Absence, Agreement, AskAgain, Case, CaseWorker, Conversation, GovernorDeadline, Handover, SchoolChange
from aktsom.cases.rules import CaseRole, CaseState
from aktsom.cases.rules.continuity import DutyKind, HandoverReason, HandoverState
from aktsom.cases.rules.conversations import ConversationState
from aktsom.core.access.actor import Actor, system_actor
from aktsom.core.access.door import OutOfReach
from aktsom.core.access.roles import Role
from aktsom.core.notify.selectors import told_of
from aktsom.core.subquery import made_once
from aktsom.core.timing.clock import today
from aktsom.core.waiting import WaitingRow, Waits, read_together, waiting
from aktsom.measures.selectors.duties import duties_without_person
from aktsom.people.access import in_force, not_present, present_at
from aktsom.people.selectors import owner_handlers, people_by_id, staff_of
from aktsom.schools.selectors import schools_as, schools_of_owner

SHOWN = 25
SOON = timedelta(days=3)
AHEAD = timedelta(days=14)  # how early Aktsom reminds of a day Statsforvalteren has set; its own rhythm, not the Act's
GONE = "gone"


@dataclass(frozen=True)
class DutyRow:
    """One duty in words: what, about whom, who has it, why it waits."""

    duty: OpenDuty
    holder: str
    pupil: str
    what: str
    why: str


def rows_of(duties: list[OpenDuty]) -> list[DutyRow]:
    """Return duties as a page shows them; the names with one query."""
    names = people_by_id({duty.person_id for duty in duties})
    return [
        DutyRow(
            duty,
            str(names.get(duty.person_id, "")),
            str(duty.case.pupil) if duty.case else "",
            str(duty.kind.label),
            str(duty.concern.label) if duty.concern else "",
        )
        for duty in duties
    ]


@dataclass(frozen=True)
class DutyPage:
    """The duties somebody has to be found for, the actor's own, and the names of all, read together."""

    waiting: list[DutyRow]
    own: list[DutyRow]


def duty_page(actor: Actor) -> DutyPage:
    """Return what the page of taking over shows."""
    led = duties_led(actor)
    own = [duty for duty in led if duty.person_id == actor.own_id] if led else own_duties(actor)
    rows = rows_of([*in_order(led), *own])
    waiting = len(in_order(led))
    return DutyPage(rows[:waiting], rows[waiting:])


def duties_beside(actor: Actor, code: str) -> list[DutyRow]:
    """Return every duty of the person who holds the one named, where the actor leads; her own when none is named."""
    own = own_duties(actor)
    if not code:
        return rows_of(own)
    led = duties_led(actor)
    holder = next((duty.person_id for duty in (*own, *led) if duty.code == code), None)
    return rows_of([duty for duty in (own if holder == actor.own_id else led) if duty.person_id == holder])


def handovers_to_answer(actor: Actor) -> list[Handover]:
    """Return the questions that wait for the actor's own answer, oldest first."""
    return list(handovers_visible_to(actor).filter(to_person_id=actor.own_id, state=HandoverState.PROPOSED))


def handovers_asked(actor: Actor) -> list[Handover]:
    """Return the questions others have not answered, that the actor asked or that her schools wait for."""
    rows = handovers_visible_to(actor).filter(state=HandoverState.PROPOSED)
    return list(rows.exclude(to_person_id=actor.own_id))


def handovers_answered(actor: Actor) -> list[Handover]:
    """Return the last answers, newest first."""
    rows = handovers_visible_to(actor).exclude(state=HandoverState.PROPOSED)
    return list(rows.order_by("-answered_at", "-id")[:SHOWN])


def people_to_ask(actor: Actor, duties: list[OpenDuty]) -> list[Any]:
    """Return who can be asked: everyone at the schools of the duties, and the owner's people for what only they have."""
    people: list[Any] = []
    for school_id in sorted({duty.school_id for duty in duties if duty.case is None or not duty.case.is_withheld}):
        people += staff_of(school_id, today())
    for owner_id in sorted({duty.owner_id for duty in duties if duty.case is not None and duty.case.is_withheld}):
        people += owner_handlers(owner_id, today())
    return list(dict.fromkeys(people))


def led_schools(actor: Actor, *roles: Role) -> list[Any]:
    """Return the schools where the actor leads or keeps order."""
    return schools_as(actor, *LEADING, *roles)


def absences_at(actor: Actor) -> list[Absence]:
    """Return who is away now or soon at the schools the actor keeps order at."""
    ids = actor.schools_as(*LEADING, Role.SCHOOL_ADMIN)
    rows = Absence.objects.filter(Q(last_day=None) | Q(last_day__gte=today()), school_id__in=ids)
    return list(rows.select_related("person", "school").order_by("first_day", "id"))


def get_absence(actor: Actor, public_id: str) -> Absence:
    """Return an absence at a school the actor keeps order at, or raise OutOfReach (404)."""
    found = next((row for row in absences_at(actor) if row.public_id == public_id), None)
    if found is None:
        raise OutOfReach(Absence._meta.label, public_id)
    return found


def questions_in(actor: Actor, case: Case) -> list[AskAgain]:
    """Return the days to ask and their answers, inside the walls the actor stands in."""
    parts = parts_visible_to(actor, case).order_by().values("pk")
    rows = AskAgain.objects.filter(Q(part=None) | Q(part_id__in=parts), case=case)
    return list(rows.select_related("part__person", "answered_by").order_by("answered_at", "due_on", "id"))


def get_question(actor: Actor, case: Case, public_id: str) -> AskAgain:
    """Return a day to ask inside the actor's walls, or raise OutOfReach (404)."""
    found = next((row for row in questions_in(actor, case) if row.public_id == public_id), None)
    if found is None:
        raise OutOfReach(AskAgain._meta.label, public_id)
    return found


@dataclass(frozen=True)
class Waiting:
    """Something whose day is here, or that has nobody, for «I dag». ``pupil`` is nobody when the actor is not in the case."""

    code: str
    pupil: str
    school_id: int
    due_on: date | None
    url: str
    case_ref: str = ""


def waiting_days(actor: Actor) -> list[Waiting]:
    """Return what waits for this person: questions, talks, agreements, days to ask, and where she leads what nobody has.

    Two queries, however much there is.
    """
    return waiting_among(read_together(days_waiting(actor)))


def days_waiting(actor: Actor) -> list[Waits]:
    """Return the same as branches to read together with what others know of."""
    led = _without_person(actor) if actor.schools_as(*LEADING) else []
    return [*_days_of_mine(actor), _asked_of_me(actor), *led]


def waiting_among(rows: Iterable[WaitingRow]) -> list[Waiting]:
    """Return those of the rows that these branches gave."""
    return [_waiting(row) for row in rows if row.code == GONE or row.code in PLACES or row.code in LOOSE_PLACES]


def _asked_of_me(actor: Actor) -> Waits:
    mine = Handover.objects.filter(to_person_id=actor.own_id, state=HandoverState.PROPOSED)
    return Waits(mine, lambda: waiting(mine.filter(pk__in=handovers_visible_to(actor).order_by().values("pk")), "handover"))


def _days_of_mine(actor: Actor) -> list[Waits]:
    day, soon = today(), today() + SOON
    talks = Conversation.objects.filter(held_by_id=actor.own_id, state=ConversationState.PLANNED, held_on__lte=soon)
    agreements = Agreement.objects.filter(follow_up_by_id=actor.own_id, outcome="", follow_up_on__lte=day)
    works = CaseWorker.objects.filter(working_now(), case_id=OuterRef("case_id"), person_id=actor.own_id, role=CaseRole.HANDLER)
    asked = AskAgain.objects.filter(Exists(works), answer="", due_on__lte=day, case__state=CaseState.OPEN)
    return [
        _day_of_mine(actor, talks, "conversation", "held_on"),
        _day_of_mine(actor, agreements, "agreement", "follow_up_on"),
        _day_of_mine(actor, asked.filter(part__isnull=False), "ask_again", "due_on"),
        _day_of_mine(actor, asked.filter(part=None), "ask_reporter", "due_on"),
        _day_of_mine(actor, _for_governor(actor, works), "governor", "due_on"),
    ]


def _for_governor(actor: Actor, works: Any) -> Any:
    """Return the days of Statsforvalteren that come soon or have passed, for those who work with the case and those who lead."""
    led = Q(case__school_id__in=actor.schools_as(*LEADING), case__is_withheld=False)
    return GovernorDeadline.objects.filter(Exists(works) | led, answered_on=None, due_on__lte=today() + AHEAD)


def _day_of_mine(actor: Actor, rows: Any, code: str, day: str) -> Waits:
    def met() -> Any:
        cases = rows.filter(case_id__in=cases_at_work(actor).order_by().values("pk"))
        return waiting(cases, code, day=day, person="case__pupil", case_ref="case__public_id", school="case__school_id")

    return Waits(rows, met)


def _without_person(actor: Actor) -> list[Waits]:
    """Return what nobody has where the actor leads: the holder is gone or away, and nobody is asked."""
    led, day = actor.schools_as(*LEADING), today()
    away = Absence.objects.filter(Q(last_day=None) | Q(last_day__gte=day), first_day__lte=day, school_id__in=led).values("person_id")
    asked = Handover.objects.filter(state=HandoverState.PROPOSED, school_id__in=led).values("object_ref")
    present = {school_id: made_once(present_at(school_id, day).exclude(person_id__in=away).values("person_id")) for school_id in led}
    workers = CaseWorker.objects.filter(working_now(), role=CaseRole.HANDLER)
    talks = Conversation.objects.filter(state=ConversationState.PLANNED)
    agreements = Agreement.objects.filter(outcome="")

    def nobody_has(rows: Any, holder: str, known: Any) -> Waits:
        def gone() -> Any:
            cases = cases_at_work(actor).filter(school_id__in=led, state=CaseState.OPEN, is_withheld=False).order_by().values("pk")
            return waiting(_holder_gone(known(rows).filter(case_id__in=cases), holder, away, day), GONE)

        may = rows.filter(not_present(present, "case__school_id", holder), case__state=CaseState.OPEN, case__is_withheld=False)
        return Waits(may, gone)

    def without_proposal(rows: Any) -> Any:
        return rows.exclude(public_id__in=asked)

    sent = SchoolChange.objects.filter(to_school_id__in=led, received_at=None)
    return [
        nobody_has(workers, "person", lambda rows: rows.exclude(case__public_id__in=asked).exclude(Exists(_covered(day)))),
        nobody_has(talks, "held_by", without_proposal),
        nobody_has(agreements, "follow_up_by", without_proposal),
        *duties_without_person(actor, present, away, asked, day, code=GONE),
        Waits(sent, lambda: waiting(school_changes_visible_to(actor).filter(to_school_id__in=led, received_at=None), "school_change")),
    ]


def _covered(day: date) -> Any:
    """Somebody has said yes to it for as long as its holder is away."""
    return Handover.objects.filter(
        state=HandoverState.ACCEPTED,
        reason=HandoverReason.AWAY,
        kind=DutyKind.CASE_HANDLER,
        case_id=OuterRef("case_id"),
        from_person_id=OuterRef("person_id"),
        answered_at__date__gte=Subquery(_absent_since(OuterRef(OuterRef("person_id")), day)),
    )


def _absent_since(person: OuterRef, day: date) -> Any:
    current = Absence.objects.filter(Q(last_day=None) | Q(last_day__gte=day), first_day__lte=day, person_id=person)
    return current.order_by("-registered_at").annotate(known=TruncDate("registered_at")).values("known")[:1]


def _holder_gone(rows: Any, holder: str, away: Any, day: date) -> Any:
    """Return the rows whose holder has no position at the case's school today, nor at its owner, or is away."""
    at_school = Q(**{f"{holder}__positions__school_id": F("case__school_id")})
    at_owner = Q(**{f"{holder}__positions__owner_id": F("case__owner_id")})
    here = rows.filter(at_school | at_owner, in_force(day, f"{holder}__positions__")).exclude(**{f"{holder}_id__in": away})
    return rows.exclude(pk__in=here.order_by().values("pk"))


ASK_PAGE = "cases:ask-again-answer"
PLACES = {"conversation": "cases:talk-detail", "agreement": "cases:agreement-settle", "ask_again": ASK_PAGE, "ask_reporter": ASK_PAGE}
PLACES["governor"] = "cases:governor-deadline-answer"
LOOSE_PLACES = {"handover": "cases:handover-answer", "school_change": "cases:school-change-detail"}


def _waiting(row: WaitingRow) -> Waiting:
    if row.code == GONE:
        return Waiting(GONE, "", 0, None, reverse("cases:handover-list"))
    if not row.case_ref:
        return Waiting(row.code, "", 0, None, reverse(LOOSE_PLACES[row.code], args=[row.ref]))
    return Waiting(row.code, row.name, row.school_id, row.day, reverse(PLACES[row.code], args=[row.case_ref, row.ref]), row.case_ref)


def school_changes_of(actor: Actor, case: Case) -> list[SchoolChange]:
    """Return what has been sent to other schools from this case."""
    return list(school_changes_visible_to(actor).filter(case=case))


def schools_to_send_to(case: Case) -> list[Any]:
    """Return the other schools of the same owner."""
    found = schools_of_owner(system_actor("schools of the owner"), owner=case.owner)
    return [school for school in found if school.pk != case.school_id]


@dataclass(frozen=True)
class DueDay:
    """A day that has come, whom it is told to (None: those who have the case), and the mark that makes it one notice."""

    case: Case
    code: str
    mark: str
    person_ids: list[int] | None = None


def days_to_remind_of() -> list[DueDay]:
    """Return the talks of today and tomorrow, and the agreements and questions whose day is here, that nobody is told of.

    What Statsforvalteren waits for is told of three times: when the day comes nearer, when it is close, and when it is there.
    """
    day = today()
    open_case = Q(case__state=CaseState.OPEN)
    talks = Conversation.objects.filter(open_case, state=ConversationState.PLANNED, held_on__range=(day, day + timedelta(days=1)))
    agreements = Agreement.objects.filter(open_case, outcome="", follow_up_on__lte=day)
    asked = AskAgain.objects.filter(open_case, answer="", due_on__lte=day)
    governor = GovernorDeadline.objects.filter(answered_on=None, due_on__lte=day + AHEAD)
    found = [
        *(DueDay(row.case, "conversation.soon", f"{row.public_id}:{row.held_on}", [row.held_by_id]) for row in _with_case(talks)),
        *(
            DueDay(row.case, "agreement.due", f"{row.public_id}:{row.follow_up_on}", [row.follow_up_by_id])
            for row in _with_case(agreements)
        ),
        *(DueDay(row.case, "ask_again.due", f"{row.public_id}:{row.due_on}") for row in _with_case(asked)),
        *(DueDay(row.case, "governor.due", f"{row.public_id}:{_nearness(row.due_on, day)}") for row in _with_case(governor)),
    ]
    told = told_of(codes={day.code for day in found}, occasions={_occasion(day) for day in found})
    return [day for day in found if (day.code, _occasion(day)) not in told]


def _nearness(due_on: date, day: date) -> str:
    return "here" if due_on <= day else "close" if due_on <= day + SOON else "ahead"


def _occasion(day: DueDay) -> str:
    return f"{day.case.public_id}:{day.mark}"


def _with_case(rows: Any) -> Any:
    return rows.select_related("case").order_by("id")
