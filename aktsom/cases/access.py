"""Who meets a case, which of its walled parts, and the same conditions turned round: who can see this?"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from aktsom.cases.knowing import pupil_knows
from aktsom.cases.models import (
    Case,
    CaseExclusion,
    CasePart,
    CaseReport,
    CaseWorker,
    EmergencyAccess,
    Exchange,
    GuardiansTold,
    Handover,
    HealthNote,
    HelpRequest,
    Note,
    SchoolChange,
)
from aktsom.cases.rules import CaseRole, CaseState, GuardianDecision, PartKind
from aktsom.cases.rules.continuity import DutyKind
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import OutOfReach, register_reach, through
from aktsom.core.access.roles import Role
from aktsom.core.once import once_per_page_by
from aktsom.core.timing.clock import now, today
from aktsom.people.selectors import family_of, owner_handlers, works_at
from aktsom.reports.access import reports_kept_from
from aktsom.reports.rules import RecipientReason

LEADING = (Role.HEAD_TEACHER, Role.DEPUTY)


def working_now(prefix: str = "") -> Q:
    """Return the condition that a CaseWorker row holds this minute."""
    moment = now()
    return Q(**{f"{prefix}valid_from__lte": moment}) & (Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gt": moment}))


def _at_work(actor: Actor, prefix: str = "") -> Q:
    """The actor still works where the case is: at the school for what the school has, at the owner for what it has.

    This is where an ended position ends every relation (PRV-02).
    """
    at_school = Q(**{f"{prefix}school_id__in": actor.schools_as(Role.STAFF), f"{prefix}is_withheld": False})
    return at_school | Q(**{f"{prefix}owner_id__in": actor.owners_as(Role.OWNER_HANDLER)})


def _own(actor: Actor) -> int:
    """Return the person who acts, or a number nobody has."""
    return actor.person_id or 0


def _rows(actor: Actor, **conditions: Any) -> QuerySet[CaseWorker]:
    return CaseWorker.objects.filter(working_now(), case_id=OuterRef("pk"), person_id=_own(actor), **conditions)


def _worked_on(actor: Actor) -> Q:
    return _at_work(actor) & Q(Exists(_rows(actor)))


def emergencies_now() -> QuerySet[EmergencyAccess]:
    """Return the openings in an emergency that still last."""
    return EmergencyAccess.objects.filter(opened_at__lte=now(), valid_until__gt=now())


@once_per_page_by(lambda case: case.pk)
def emergencies_of(case: Case) -> list[EmergencyAccess]:
    """Return every opening of the case in an emergency, the last first."""
    return list(EmergencyAccess.objects.filter(case=case).select_related("person", "reviewed_by"))


def _in_emergency(actor: Actor) -> Q:
    """She opened it in an emergency some hours ago, and still works where the case is (PRV-02)."""
    return _at_work(actor) & Q(Exists(emergencies_now().filter(case_id=OuterRef("pk"), person_id=_own(actor))))


def _led(actor: Actor) -> Q:
    return Q(school_id__in=actor.schools_as(*LEADING), is_withheld=False)


def _told_as_owner(actor: Actor) -> Q:
    """The owner's people whom a report of the case was sent to (ESC-07)."""
    sent = CaseReport.objects.filter(
        case_id=OuterRef("pk"),
        report__recipients__person_id=_own(actor),
        report__recipients__reason=RecipientReason.OWNER,
        report__recipients__ended_at=None,
    )
    return Q(owner_id__in=actor.owners_as(Role.OWNER_HANDLER)) & Q(Exists(sent))


def _family(actor: Actor) -> Q:
    """The pupil herself once she knows of it, and guardians who may follow once it was decided that they are told (PRV-09).

    Whoever leads the school never meets a withheld case through her own child: her position would open the rest.
    """
    latest = GuardiansTold.objects.filter(case_id=OuterRef(OuterRef("pk"))).order_by("-written_at", "-id")  # two levels up
    told = Exists(GuardiansTold.objects.filter(case_id=OuterRef("pk"), decision=GuardianDecision.TOLD, pk__in=latest.values("pk")[:1]))
    child = Q(pupil_id__in=actor.child_ids) & told & ~Q(is_withheld=True, school_id__in=actor.schools_as(*LEADING))
    return (Q(pupil_id=actor.person_id) & pupil_knows()) | child


def _shut_out(actor: Actor) -> Exists:
    return Exists(CaseExclusion.objects.filter(case_id=OuterRef("pk"), person_id=_own(actor)))


def cases_visible_to(actor: Actor) -> QuerySet[Case]:
    """Return the cases the actor can meet. The accused and those too near never do, whatever else they are."""
    if actor.is_system:
        return _whole()
    if actor.person_id is None:
        return _whole().none()
    return _met(actor, _by_work(actor) | _family(actor))


def _whole() -> QuerySet[Case]:
    return Case.objects.select_related("pupil", "school", "owner")


def _by_work(actor: Actor) -> Q:
    return _worked_on(actor) | _led(actor) | _told_as_owner(actor) | _in_emergency(actor)


def _met(actor: Actor, reach: Q) -> QuerySet[Case]:
    """Return the cases within a reach, those the actor is shut out of taken away."""
    return _whole().filter(reach).exclude(_shut_out(actor))


def cases_at_work(actor: Actor) -> QuerySet[Case]:
    """Return the cases the actor meets because of her work, for lists; her own child's case is not among them."""
    if actor.is_system or actor.person_id is None:
        return cases_visible_to(actor)
    return _met(actor, _by_work(actor))


def cases_met_whole(actor: Actor) -> QuerySet[Case]:
    """Return the cases of which the actor meets every pupil's part: those she leads, and those she is set to."""
    return _met(actor, _led(actor) | (_at_work(actor) & Q(Exists(_rows(actor, role=CaseRole.HANDLER)))))


def help_alone(actor: Actor) -> QuerySet[CaseWorker]:
    """Return the actor's own help with a part of a case of which she meets nothing else (PRV-02)."""
    met, all_of_it = _met(actor, _by_work(actor)), cases_met_as_a_whole(actor)
    rows = CaseWorker.objects.filter(working_now(), person_id=_own(actor), role=CaseRole.HELPER, part__isnull=False)
    return rows.filter(case__in=met.order_by().values("pk")).exclude(case__in=all_of_it.order_by().values("pk"))


def cases_met_as_a_whole(actor: Actor) -> QuerySet[Case]:
    """Return the cases of which the actor sees more than a part: sees_whole_case, for many at once."""
    if actor.is_system:
        return _whole()
    whole = _led(actor) | _told_as_owner(actor) | (_at_work(actor) & Q(Exists(_rows(actor, role=CaseRole.HANDLER))))
    return _met(actor, whole)


def case_in_emergency(actor: Actor, pupil_id: int) -> Case | None:
    """Return the pupil's open case that the actor may open in an emergency, or None: none, shut out, near or withheld.

    The four cannot be told apart. What the owner has alone is the owner's own people's (§ 12-5 second paragraph).
    """
    at_school = Q(school_id__in=actor.schools_where(Action.EMERGENCY_OPEN), is_withheld=False)
    at_owner = Q(owner_id__in=actor.owners_as(Role.OWNER_HANDLER))
    cases = _met(actor, at_school | at_owner).filter(pupil_id=pupil_id, state=CaseState.OPEN)
    return None if _own(actor) in family_of(pupil_id) else cases.order_by("-opened_at", "-id").first()


def roles_towards_case(actor: Actor, case: Case) -> frozenset[Role]:
    """Return the relation roles: handler, helper, the owner's handler or follower, the pupil, a guardian.

    They are kept on the record until something is written about the case, so that a page asks only once.
    """
    row = _standing(actor, case)
    roles = _family_roles(actor, case)
    if not row.get("at_work"):
        return roles
    if row["whole"]:
        roles |= {Role.CASE_OWNER_HANDLER if case.is_withheld else Role.CASE_HANDLER}
    elif row["works"]:
        roles |= {Role.CASE_HELPER}
    if row["emergency"]:
        roles |= {Role.CASE_EMERGENCY}
    return roles | ({Role.CASE_OWNER_FOLLOWER} if row["followed"] else frozenset())


def forget_roles(case: Case) -> None:
    """Forget what is kept on the record, because who works with the case may have changed."""
    case.__dict__.pop("kept_standing", None)


def _standing(actor: Actor, case: Case) -> dict[str, bool]:
    """Return what the actor is to the case, asked once and kept on the record; empty when there is no such case."""
    kept: dict[Actor, dict[str, bool]] = case.__dict__.setdefault("kept_standing", {})
    if actor not in kept:
        here = {
            "works": Exists(_rows(actor)),
            "whole": Exists(_rows(actor, role=CaseRole.HANDLER)),
            "at_work": _inside(_at_work(actor)),
            "led": _inside(_led(actor)),
            "followed": _inside(_told_as_owner(actor)),
            "emergency": _inside(_in_emergency(actor)),
            "shut_out": _shut_out(actor),
            "family": _inside(_family(actor)),
        }
        kept[actor] = Case.objects.filter(pk=case.pk).annotate(**here).values(*here).first() or {}
    return kept[actor]


def _inside(reach: Q) -> Exists:
    return Exists(Case.objects.filter(reach, pk=OuterRef("pk")))


def _family_roles(actor: Actor, case: Case) -> frozenset[Role]:
    roles = {Role.CASE_PUPIL} if actor.person_id == case.pupil_id else set()
    return frozenset(roles | ({Role.CASE_GUARDIAN} if case.pupil_id in actor.child_ids else set()))


def get_case(actor: Actor, action: Action, public_id: str) -> Case:
    """Return the case, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(Case, actor, action, public_id)


def sees_whole_case(actor: Actor, case: Case) -> bool:
    """Return whether the actor meets more than one part: the leadership, a handler, the owner's people."""
    if actor.is_system:
        return True
    row = _standing(actor, case)
    if not row or row["shut_out"]:
        return False
    return (row["at_work"] and row["whole"]) or row["led"] or row["followed"]


def parts_visible_to(actor: Actor, case: Case) -> QuerySet[CasePart]:
    """Return the parts inside the walls the actor stands in (PRV-03, STF-11).

    The leadership and the owner's handler: all. A handler: every pupil's part; the employee's only when given it.
    The owner's follower: the pupil's and the employee's. A helper: the one part she helps with. In an emergency: the pupil's.
    """
    parts = CasePart.objects.select_related("person", "trusted_adult", "case").filter(case=case)
    if actor.is_system:
        return parts
    roles = roles_towards_case(actor, case)
    leads = not case.is_withheld and case.school_id in actor.schools_as(*LEADING)
    parts = parts.exclude(Exists(CaseExclusion.objects.filter(case_id=OuterRef("case_id"), person_id=_own(actor))))
    if leads or Role.CASE_OWNER_HANDLER in roles:
        return parts
    given = CaseWorker.objects.filter(working_now(), case=case, person_id=_own(actor), part_id=OuterRef("pk"))
    inside = Exists(given) & Q(pk__in=parts.values("pk")) if roles & {Role.CASE_HELPER, Role.CASE_HANDLER} else Q(pk__in=[])
    if Role.CASE_HANDLER in roles:
        inside |= ~Q(kind=PartKind.EMPLOYEE)
    if Role.CASE_OWNER_FOLLOWER in roles:
        inside |= Q(kind__in=[PartKind.PUPIL, PartKind.EMPLOYEE])
    if Role.CASE_EMERGENCY in roles:
        inside |= Q(kind=PartKind.PUPIL)
    return parts.filter(inside)


def get_part(actor: Actor, case: Case, public_id: str) -> CasePart:
    """Return a part inside the actor's walls, or raise OutOfReach (404)."""
    part = parts_visible_to(actor, case).filter(public_id=public_id).first()
    if part is None:
        raise OutOfReach(CasePart._meta.label, public_id)
    return part


def notes_visible_to(actor: Actor, case: Case) -> QuerySet[Note]:
    """Return the notes of the parts the actor sees."""
    return Note.objects.select_related("part__person", "written_by", "corrected_by").filter(part__in=parts_visible_to(actor, case))


@once_per_page_by(lambda case: case.pk)
def workers_ever(case: Case) -> list[Any]:
    """Return everybody who works or has worked with the case, the last first; ``works_now`` tells the two apart."""
    rows = CaseWorker.objects.annotate(works_now=working_now()).filter(case=case)
    return list(rows.select_related("person", "case", "part__person", "appointed_by").order_by("-valid_from", "-id"))


def workers_now(case: Case) -> list[CaseWorker]:
    """Return the workers in force. Whether they still have a position, and are not shut out, the caller checks."""
    return sorted((row for row in workers_ever(case) if row.works_now), key=lambda row: row.pk)


def sees_part(worker: CaseWorker, part: CasePart | None) -> bool:
    """Return whether somebody at work stands inside a wall: parts_visible_to turned round. None is the whole case."""
    handles = worker.role == CaseRole.HANDLER
    if part is None:
        return handles
    if part.kind == PartKind.EMPLOYEE and not worker.case.is_withheld:
        return worker.part_id == part.pk
    return handles or worker.part_id == part.pk


def can_follow_up(worker: CaseWorker, part: CasePart) -> bool:
    """Return whether somebody who works with the case can settle what was agreed in a part: a handler inside its walls."""
    return worker.role == CaseRole.HANDLER and sees_part(worker, part)


def owners_told_and_shut_out(case: Case) -> tuple[frozenset[int], frozenset[int]]:
    """Return the people at the owner whom a report of the case was sent to, and those who must never meet the case."""
    told = CaseReport.objects.filter(case=case, report__recipients__reason=RecipientReason.OWNER, report__recipients__ended_at=None)
    rows = told.order_by().values_list("report__recipients__person_id", Value(0))
    both = list(rows.union(CaseExclusion.objects.filter(case=case).order_by().values_list("person_id", Value(1))))
    return frozenset(pk for pk, is_out in both if not is_out), frozenset(pk for pk, is_out in both if is_out)


def shut_out_of(case: Case) -> frozenset[int]:
    """Return the people who must never meet the case."""
    return frozenset(CaseExclusion.objects.filter(case=case).values_list("person_id", flat=True))


def inside_owner_or_school(case: Case, person_id: int) -> tuple[bool, bool]:
    """Return whether the person works at the case's school, and at its owner, today."""
    at_owner = any(person.pk == person_id for person in owner_handlers(case.owner_id, today()))
    return works_at(person_id, case.school_id, today()), at_owner


def exchanges_visible_to(actor: Actor) -> QuerySet[Exchange]:
    """Return the exchanges the actor is one of the two in: the family's while she meets the case, the adult's while at work."""
    rows = Exchange.objects.select_related("case__pupil", "case__school", "person", "adult")
    if actor.is_system:
        return rows
    family = Q(person_id=_own(actor), case__in=cases_visible_to(actor).filter(_family(actor)).values("pk"))
    shut_out = CaseExclusion.objects.filter(case_id=OuterRef("case_id"), person_id=_own(actor))
    return rows.filter(family | (Q(adult_id=_own(actor)) & _at_work(actor, "case__"))).exclude(Exists(shut_out))


def roles_towards_exchange(actor: Actor, exchange: Exchange) -> frozenset[Role]:
    """Return which of the two the actor is."""
    if actor.own_id == exchange.adult_id:
        return frozenset({Role.CASE_TRUSTED_ADULT})
    family = Role.CASE_PUPIL if exchange.person_id == exchange.case.pupil_id else Role.CASE_GUARDIAN
    return frozenset({family} if actor.own_id == exchange.person_id else ())


def get_exchange(actor: Actor, action: Action, public_id: str) -> Exchange:
    """Return the exchange, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(Exchange, actor, action, public_id)


def help_visible_to(actor: Actor) -> QuerySet[HelpRequest]:
    """Return the questions the actor was asked herself, to the last day. They open nothing else of the case (fact 37)."""
    rows = HelpRequest.objects.select_related("case__school", "part__person", "asked_by", "person")
    if actor.is_system:
        return rows
    shut_out = CaseExclusion.objects.filter(case_id=OuterRef("case_id"), person_id=_own(actor))
    lasting = rows.filter(person_id=_own(actor), ended_at=None, ends_on__gte=today())
    return lasting.filter(case__school_id__in=actor.schools_as(Role.STAFF), case__is_withheld=False).exclude(Exists(shut_out))


def get_help_request(actor: Actor, action: Action, public_id: str) -> HelpRequest:
    """Return the question, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(HelpRequest, actor, action, public_id)


def health_notes_visible_to(actor: Actor) -> QuerySet[HealthNote]:
    """Return the actor's own notes where she is health staff now. Nobody else meets them, whatever they lead."""
    notes = HealthNote.objects.select_related("pupil", "school", "author")
    return notes.filter(author_id=_own(actor), school_id__in=actor.schools_as(Role.SCHOOL_NURSE))


def get_health_note(actor: Actor, public_id: str) -> HealthNote:
    """Return the actor's own note, or raise OutOfReach (404)."""
    return through(HealthNote, actor, Action.HEALTH_NOTE_KEEP, public_id)


def cases_as_family(actor: Actor) -> QuerySet[Case]:
    """Return the cases the actor meets as the pupil or as a guardian who was told, whatever else she is."""
    return cases_visible_to(actor).filter(_family(actor))


def is_family(actor: Actor, case: Case) -> bool:
    """Return whether the actor meets the case as the pupil or as a guardian who was told."""
    row = _standing(actor, case)
    return bool(row) and row["family"] and not row["shut_out"]


def handovers_visible_to(actor: Actor) -> QuerySet[Handover]:
    """Return the questions of taking over that the actor is part of, and those at the schools she leads. Never one shut out."""
    rows = Handover.objects.select_related("case__pupil", "school", "from_person", "to_person", "proposed_by")
    if actor.is_system:
        return rows
    own = Q(to_person_id=_own(actor)) | Q(from_person_id=_own(actor)) | Q(proposed_by_id=_own(actor))
    at_work = Q(school_id__in=actor.schools_as(Role.STAFF)) | Q(owner_id__in=actor.owners_as(Role.OWNER_HANDLER))
    led = Q(school_id__in=actor.schools_as(*LEADING), is_withheld=False)
    unmet = Q(kind=DutyKind.REPORT, object_ref__in=reports_kept_from(actor).order_by().values("public_id"))
    return rows.filter((own & at_work) | led).exclude(Exists(_barred_from("case_id", actor))).exclude(unmet)


def school_changes_visible_to(actor: Actor) -> QuerySet[SchoolChange]:
    """Return what has been sent with a pupil: those who lead the school it left, and those who lead the school it came to."""
    rows = SchoolChange.objects.select_related("case__pupil", "case__school", "to_school", "decided_by", "received_by")
    if actor.is_system:
        return rows
    led = actor.schools_as(*LEADING)
    reach = Q(to_school_id__in=led) | Q(case__school_id__in=led, case__is_withheld=False)
    return rows.filter(reach).exclude(Exists(_barred_from("case_id", actor)))


def get_handover(actor: Actor, action: Action, public_id: str) -> Handover:
    """Return the question of taking over, or raise OutOfReach (404) or NotAllowed (403)."""
    return through(Handover, actor, action, public_id)


def get_school_change(actor: Actor, public_id: str) -> SchoolChange:
    """Return what went along with a pupil, or raise OutOfReach (404). Both schools' leaders may look at it."""
    change: SchoolChange | None = school_changes_visible_to(actor).filter(public_id=public_id).first()
    if change is None:
        raise OutOfReach(SchoolChange._meta.label, public_id)
    return change


def _barred_from(case: str, actor: Actor) -> QuerySet[CaseExclusion]:
    return CaseExclusion.objects.filter(case_id=OuterRef(case), person_id=_own(actor))


def _receives(actor: Actor, change: SchoolChange) -> frozenset[Role]:
    return frozenset({Role.SCHOOL_CHANGE_RECEIVER} if change.to_school_id in actor.schools_as(*LEADING) else ())


register_reach(Case, cases_visible_to, roles_towards_case)
register_reach(Handover, handovers_visible_to)
register_reach(SchoolChange, school_changes_visible_to, _receives)
register_reach(Exchange, exchanges_visible_to, roles_towards_exchange)
register_reach(HelpRequest, help_visible_to, lambda actor, asked: frozenset({Role.HELP_ASKED} if asked.person_id == _own(actor) else ()))
register_reach(HealthNote, health_notes_visible_to)
