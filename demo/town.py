"""The whole demo: an invented county, an invented municipality, five schools, 2 000 pupils, a year of stories."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery

from aktsom.cases.models import Case
from aktsom.cases.rules import CaseState, GuardianDecision
from aktsom.core.access.actor import system_actor
from aktsom.core.access.roles import Role
from aktsom.core.accounts.demo import DemoPerson
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import today
from aktsom.measures.models import ActionPlan
from aktsom.measures.rules import PlanState
from aktsom.people.models import Enrolment, Guardianship, Person, Position
from aktsom.schools.models import School, SchoolOwner
from aktsom.schools.rules import OwnerKind
from demo.family import OUTSIDE, TWO_HOMES, tell_of_one_outside, tell_of_two_homes
from demo.owner import keep_texts, revise_guide
from demo.people import COUNTY, FIVE_SCHOOLS, MUNICIPALITY, MadeSchool, Town, give_account
from demo.routine import write_routine
from demo.stories import Teller, tell_all
from demo.year import arrange

OLD_CASES = 8
MOST_OF_A_ROLE = 2
TEXTS = {
    Role.HEAD_TEACHER: "Tar imot meldinger, åpner saker og har ansvaret.",
    Role.DEPARTMENT_HEAD: "Arbeider med saker.",
    Role.STAFF: "Melder fra, og gjør tiltak.",
    Role.SCHOOL_NURSE: "Har egen taushetsplikt.",
    Role.COUNSELLOR: "Hjelper elever.",
    Role.OWNER_HANDLER: "Får varsler fra skolene.",
    Role.SCHOOL_ADMIN: "Holder orden på folk og oppsett. Ser ingen saker.",
    Role.TECHNICAL_ADMIN: "Drifter Aktsom. Ser ingen opplysninger om barn.",
}

GUARDIANS = {
    TWO_HOMES: "Barnet har en sak og to hjem. Ser bare sin egen side.",
    OUTSIDE: "Har ikke foreldreansvar. Har spurt om å få følge saken, og fått svar.",
}


def school_start(day: date) -> date:
    """Return the Monday the school year that holds ``day`` began."""
    year = day.year if day.month >= 8 else day.year - 1
    return date(year, 8, 17) - timedelta(days=date(year, 8, 17).weekday())


def build() -> list[MadeSchool]:
    """Make owners, schools, people, accounts and stories. Called inside a unit of work."""
    town = Town(first_day=school_start(today()) - timedelta(days=0))
    owners = {COUNTY: town.owner(COUNTY, OwnerKind.COUNTY), MUNICIPALITY: town.owner(MUNICIPALITY, OwnerKind.MUNICIPALITY)}
    made = [town.school(owners[owner], plan) for owner, plan in FIVE_SCHOOLS]
    for school in made:
        School.objects.filter(pk=school.school.pk).update(reply_standard_days=2)
        school.school.refresh_from_db()
        give_accounts(school)
    for owner in owners.values():
        town.operator(owner)  # last, so that everybody else keeps the names they have
        give_owner_accounts(owner)
    return made


def give_owner_accounts(owner: SchoolOwner) -> None:
    """Give everyone who works for the owner an account."""
    for person in Person.objects.filter(positions__owner=owner).order_by("pk"):
        give_account(person, f"eier-{owner.org_number}-{person.pk}")


def give_accounts(made: MadeSchool) -> None:
    """Give everyone at work, and a few pupils and guardians, an account to sign in with in the demo."""
    slug = made.school.slug
    for person in made.everyone_at_work:
        give_account(person, f"{slug}-{person.external_id}")
    for group in made.groups[:6]:
        for pupil in made.pupils[group.pk][:2]:
            give_account(pupil, f"{slug}-elev-{pupil.external_id}")
            for row in Guardianship.objects.filter(pupil=pupil).select_related("guardian"):
                give_account(row.guardian, f"{slug}-foresatt-{row.guardian.external_id}")


def tell_stories(made: list[MadeSchool]) -> None:
    """Write a year of reports and cases at every school, and lay out the year of its plan."""
    procedures = {plan.slug: plan.procedure for _owner, plan in FIVE_SCHOOLS}
    for owner in SchoolOwner.objects.order_by("id"):
        keep_texts(owner, today=today())
    for school in made:
        tell_all(school, today=today(), old_cases=OLD_CASES)
        tell_of_one_outside(school, today=today())
        tell_of_two_homes(school, today=today())
        arrange(school, procedure=procedures[school.school.slug], today=today())
        write_routine(Teller(school, today()))
        with unit_of_work(system_actor("demo"), "demo"):
            open_the_door(school.school)
    for owner in SchoolOwner.objects.order_by("id"):
        revise_guide(owner, today=today())


def open_the_door(school: School) -> None:
    """Give the family of one case with a plan in force an account, so that their room can be seen."""
    for pupil in families_to_be(school):
        if pupil.user_id is None:
            give_account(pupil, f"{school.slug}-elev-{pupil.external_id}")
        for row in Guardianship.objects.filter(pupil=pupil, guardian__user=None).select_related("guardian"):
            give_account(row.guardian, f"{school.slug}-foresatt-{row.guardian.external_id}")


def families_to_be(school: School) -> list[Person]:
    """Return the pupil of the newest open case whose guardians have been told, one with a plan in force before the others."""
    return _pupils_to_be([school.pk]).get(school.pk, [])


def _pupils_to_be(school_ids: list[int]) -> dict[int, list[Person]]:
    told = Case.objects.filter(
        school__in=school_ids, state=CaseState.OPEN, is_withheld=False, guardians_told__decision=GuardianDecision.TOLD
    )
    running = ActionPlan.objects.filter(file_ref=OuterRef("public_id"), state=PlanState.IN_FORCE)
    cases = told.annotate(has_plan=Exists(running)).select_related("pupil__user").order_by("-has_plan", "-opened_at", "pk")
    found: dict[int, list[Person]] = {}
    for case in cases:
        found.setdefault(case.school_id, [case.pupil])
    return found


def people_to_be() -> list[DemoPerson]:
    """Return whom one can sign in as: by school, the ones with most to show first. As many reads for five schools as for one."""
    schools = list(School.objects.order_by("id"))
    staff, families = _staff(schools), _families(schools)
    found = [person for school in schools for person in [*staff.get(school.pk, []), *families.get(school.pk, [])]]
    at_owner = Position.objects.filter(role__in=[Role.OWNER_HANDLER, Role.TECHNICAL_ADMIN], person__user__isnull=False)
    rows = at_owner.select_related("person__user", "owner").order_by("owner_id", "id")
    return found + [DemoPerson(row.person.user.username, str(row.owner), str(row.person), row.title, TEXTS[Role(row.role)]) for row in rows]


def _staff(schools: list[School]) -> dict[int, list[DemoPerson]]:
    """Return two of each role at each school, in the order the roles are shown."""
    wanted = [Role.HEAD_TEACHER, Role.DEPARTMENT_HEAD, Role.STAFF, Role.COUNSELLOR, Role.SCHOOL_NURSE, Role.SCHOOL_ADMIN]
    held = Position.objects.filter(school__in=schools, role__in=wanted, person__user__isnull=False)
    chosen: dict[tuple[int | None, str], list[DemoPerson]] = {}
    for row in held.select_related("person__user", "school").order_by("id"):
        people = chosen.setdefault((row.school_id, row.role), [])
        if len(people) < MOST_OF_A_ROLE:
            person = row.person
            people.append(DemoPerson(person.user.username, row.school.name, str(person), row.title, TEXTS[Role(row.role)]))
    return {school.pk: [person for role in wanted for person in chosen.get((school.pk, role), [])] for school in schools}


def _families(schools: list[School]) -> dict[int, list[DemoPerson]]:
    """Return for each school the pupil with a case, one pupil without, and the guardians of the first."""
    in_cases = _pupils_to_be([school.pk for school in schools])
    pupils = {pupil.pk for found in in_cases.values() for pupil in found}
    without: dict[int, Person] = {}
    enrolled = Enrolment.objects.filter(school__in=schools, person__user__isnull=False).exclude(person__in=pupils)
    for row in enrolled.select_related("person__user").order_by("person_id"):
        without.setdefault(row.school_id, row.person)
    guardians: dict[int, list[tuple[Person, str, str]]] = {}
    at_school = Enrolment.objects.filter(person_id=OuterRef("pupil_id"), school__in=schools).order_by("-valid_from", "-id")
    wards = Guardianship.objects.filter(Q(pupil__in=pupils) | Q(basis=OUTSIDE), guardian__user__isnull=False)
    for ward in wards.annotate(at=Subquery(at_school.values("school_id")[:1])).select_related("guardian__user").order_by("id"):
        guardians.setdefault(ward.at, []).append((ward.guardian, "foresatt", GUARDIANS.get(ward.basis, "Barnet har en sak.")))
    found: dict[int, list[DemoPerson]] = {}
    for school in schools:
        own = in_cases.get(school.pk, [])
        rows = [(person, "elev", "Har en sak.") for person in own] + [(person, "elev", "") for person in [without.get(school.pk)] if person]
        rows += guardians.get(school.pk, [])
        found[school.pk] = [DemoPerson(p.user.username, school.name, str(p), title, text) for p, title, text in rows if p.user]
    return found
