"""The people of a case: who works with it, who could, who can see it and why, and the family's own flags."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from aktsom.cases.access import emergencies_of, owners_told_and_shut_out, sees_part, shut_out_of, workers_ever, workers_now
from aktsom.cases.models import Case, CaseExclusion, CasePart, CaseWorker
from aktsom.cases.rules import CaseRole, ExclusionReason, PartKind
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import OutOfReach
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import now, today
from aktsom.people.rules import age_on, is_of_age
from aktsom.people.selectors import (
    contact_teachers,
    deputies,
    guardians_who_may_follow,
    guardianships_of,
    head_teachers,
    owner_handlers,
    owner_recipients,
    people_at,
    people_in_role,
    staff_of,
)
from aktsom.plans.selectors import NoProcedure, procedure_of
from aktsom.reports.access import may_be_meant_in


@dataclass(frozen=True)
class Seers:
    """Everyone who can read in a case, gathered once; ``names`` says who can read all of it or one part."""

    barred: frozenset[int]
    leaders: list[tuple[Any, str]]
    workers: list[CaseWorker]
    followers: list[Any]
    in_emergency: list[Any] = field(default_factory=list)

    @property
    def handlers(self) -> list[CaseWorker]:
        """The handlers in force who still work where the case is."""
        return [worker for worker in self.workers if worker.role == CaseRole.HANDLER and worker.person_id not in self.barred]

    def names(self, part: CasePart | None = None) -> list[str]:
        """Return the names with the reason: the reach of access.py turned round."""
        seen: dict[int, tuple[Any, str]] = {person.pk: (person, why) for person, why in reversed(self.leaders)}
        for worker in self.workers:
            if sees_part(worker, part):
                why = _("arbeider med saken") if worker.role == CaseRole.HANDLER else _("hjelper til en tid")
                seen.setdefault(worker.person_id, (worker.person, why))
        if part is None or part.kind != PartKind.INVOLVED_PUPIL:
            for person in self.followers:
                seen.setdefault(person.pk, (person, _("hos skoleeieren")))
        for person in self.in_emergency if part is None or part.kind == PartKind.PUPIL else []:
            seen.setdefault(person.pk, (person, _("åpnet saken i en nødssituasjon")))
        return [f"{person} ({why})" for pk, (person, why) in seen.items() if pk not in self.barred]


def seers_of(case: Case) -> Seers:
    """Gather who can read in the case: the leadership, those at work with it, the owner's people it was sent to."""
    heads, staff, at_owner = people_at(case.school_id, case.owner_id, today())
    leaders: list[tuple[Any, str]] = []
    at_work = {person.pk for person in at_owner}
    if not case.is_withheld:
        leaders += [(person, _("rektor")) for person in heads]
        leaders += [(person, _("rektors stedfortreder")) for person in deputies(case.school_id, today())]
        at_work |= {person.pk for person in staff}
    told, barred = owners_told_and_shut_out(case)
    return Seers(
        barred=barred,
        leaders=leaders,
        workers=[worker for worker in workers_now(case) if worker.person_id in at_work],
        followers=[person for person in at_owner if person.pk in told],
        in_emergency=[row.person for row in emergencies_of(case) if row.person_id in at_work and row.opened_at <= now() < row.valid_until],
    )


def handlers_of(case: Case) -> list[CaseWorker]:
    """Return the handlers in force who still work where the case is."""
    return seers_of(case).handlers


def who_can_see(case: Case, part: CasePart | None = None) -> list[str]:
    """Return everyone who can read the case, or one part of it, with the reason."""
    return seers_of(case).names(part)


def proposed_handlers(
    *, school_id: int, owner_id: int, is_withheld: bool, pupil: Any, barred: frozenset[int], is_about_staff: bool = False
) -> list[Any]:
    """Return whom the school's plan says investigates, those nearest the pupil first; the barred are left out.

    When the owner has the case alone, only the owner's own people. When it is about somebody who works at the school, the
    plan may name others than otherwise; then those nearest the pupil, who are colleagues of hers, are not put first.
    """
    if is_withheld:
        people = [*owner_recipients(owner_id, "leadership", today(), school_id), *owner_handlers(owner_id, today())]
    else:
        people = [
            *_by_plan(school_id, pupil, is_about_staff=is_about_staff),
            *head_teachers(school_id, today()),
            *deputies(school_id, today()),
        ]
    return [person for person in dict.fromkeys(people) if person.pk not in barred]


def everyone_who_could_work(*, school_id: int, owner_id: int, is_withheld: bool, barred: frozenset[int]) -> list[Any]:
    """Return everybody who can be set to work with a case that is opened, by name: the school's people, or only the owner's."""
    people = owner_handlers(owner_id, today()) if is_withheld else staff_of(school_id, today())
    return [person for person in people if person.pk not in barred]


def _by_plan(school_id: int, pupil: Any, *, is_about_staff: bool) -> list[Any]:
    try:
        procedure = procedure_of(school_id)
    except NoProcedure:
        return contact_teachers(pupil.pk, today()) if pupil is not None else []
    own_for_staff = procedure.staff_investigators if is_about_staff else ()
    roles = own_for_staff or procedure.investigators
    found: list[Any] = []
    for role in roles:
        if str(role) != Role.STAFF:
            found += people_in_role(school_id, str(role), today())
    near = contact_teachers(pupil.pk, today()) if pupil is not None and not own_for_staff else []
    return [*near, *found]


def people_at_work(case: Case) -> list[Any]:
    """Return those who could work with the case: the school's people, or only the owner's when it is withheld."""
    people = owner_handlers(case.owner_id, today()) if case.is_withheld else staff_of(case.school_id, today())
    barred = shut_out_of(case)
    return [person for person in people if person.pk not in barred]


@dataclass(frozen=True)
class WorkLog:
    """Who works with the case, who did, and who is shut out."""

    current: list[CaseWorker]
    ended: list[CaseWorker]
    excluded: list[CaseExclusion]


def work_log(actor: Actor, case: Case, parts: list[CasePart]) -> WorkLog:
    """Return the people of the case; help with a part outside the actor's walls is left out."""
    inside = {part.pk for part in parts} | {None}
    shown = [row for row in workers_ever(case) if row.part_id in inside]
    return WorkLog(
        current=[row for row in shown if row.works_now],
        ended=[row for row in shown if not row.works_now],
        excluded=list(CaseExclusion.objects.filter(case=case).select_related("person").order_by("excluded_at", "id")),
    )


def in_doubt(case: Case, report: Any) -> list[CaseExclusion]:
    """Return those who are shut out because a name in this report can mean them, by name."""
    rows = CaseExclusion.objects.filter(case=case, reason=ExclusionReason.MAY_BE, person_id__in=may_be_meant_in(report))
    return list(rows.select_related("person").order_by("person__given_name", "person__family_name", "id"))


def doubt_about(case: Case, public_id: str) -> CaseExclusion:
    """Return the row of somebody a name in a report can mean, or raise OutOfReach (404)."""
    rows = CaseExclusion.objects.filter(case=case, reason=ExclusionReason.MAY_BE, public_id=public_id)
    found: CaseExclusion | None = rows.select_related("person").first()
    if found is None:
        raise OutOfReach(CaseExclusion._meta.label, public_id)
    return found


def trusted_adults(parts: list[CasePart]) -> list[CasePart]:
    """Return the parts whose pupil has been asked whom she wants to talk to."""
    return [part for part in parts if part.trusted_adult_chosen_at is not None]


def guardians_to_tell(case: Case) -> tuple[list[Any], list[Any]]:
    """Return the guardians who may follow the case, and those among them whom it is decided to keep from it."""
    following = guardians_who_may_follow(case.pupil_id, today())
    kept = set(CaseExclusion.objects.filter(case=case, reason=ExclusionReason.UNTOLD).values_list("person_id", flat=True))
    return following, [guardian for guardian in following if guardian.pk in kept]


@dataclass(frozen=True)
class GuardianView:
    """What has to be thought of before guardians are told (PRV-09)."""

    name: str
    may_follow: bool
    lives_elsewhere: bool
    is_kept_out: bool = False


def guardian_view(case: Case) -> tuple[list[GuardianView], list[str]]:
    """Return the pupil's guardians, and the words of caution that apply: age, protected address, two homes."""
    rows = guardianships_of(case.pupil_id, today())
    of_age = is_of_age(case.pupil.birth_date, today())
    age = age_on(case.pupil.birth_date, today())
    barred = shut_out_of(case)
    views = [
        GuardianView(
            str(row.guardian),
            (row.adult_pupil_consented_on is not None) if of_age else row.parental_responsibility,
            row.lives_elsewhere,
            row.guardian_id in barred,
        )
        for row in rows
    ]
    cautions = {
        _("Eleven har beskyttet adresse. Skriv ikke noe som kan vise hvor eleven bor eller er."): case.pupil.protected_address,
        _("Foresatte bor hver for seg. Fortell dem hver for seg, og ikke hvor den andre bor."): any(v.lives_elsewhere for v in views),
        _("Eleven er over 15 år og har egen stemme i spørsmål om opplæringen (§ 24-5). Hør eleven først."): (
            age is not None and 15 <= age < 18
        ),
        _("Eleven er 18 år. Foresatte får bare vite det eleven selv har sagt ja til."): of_age,
        _("Tenk gjennom om det kan være farlig for eleven hjemme å fortelle. Da kan du la være, med en skriftlig grunn."): not of_age,
    }
    return views, [text for text, holds in cautions.items() if holds]
