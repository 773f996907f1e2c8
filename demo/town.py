"""The whole demo: an invented county, an invented municipality, five schools, 2 000 pupils, a year of stories."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from aktsom.cases.models import Case
from aktsom.cases.rules import CaseState, GuardianDecision
from aktsom.core.access.actor import system_actor
from aktsom.core.access.roles import Role
from aktsom.core.accounts.demo import DemoPerson
from aktsom.core.accounts.models import User
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import today
from aktsom.measures.models import ActionPlan
from aktsom.measures.rules import PlanState
from aktsom.people.models import Guardianship, Person, Position
from aktsom.schools.models import School, SchoolOwner
from aktsom.schools.rules import OwnerKind
from demo.owner import keep_texts
from demo.people import COUNTY, FIVE_SCHOOLS, MUNICIPALITY, MadeSchool, Town
from demo.routine import write_routine
from demo.stories import Teller, tell_all
from demo.year import arrange

OLD_CASES = 8
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
    for number, owner in enumerate(owners.values()):
        town.operator(owner)  # last, so that everybody else keeps the names they have
        for person in Person.objects.filter(positions__owner=owner).order_by("pk"):
            _account(person, f"eier{number}-{person.pk}")
    return made


def give_accounts(made: MadeSchool) -> None:
    """Give everyone at work, and a few pupils and guardians, an account to sign in with in the demo."""
    slug = made.school.slug
    for person in made.everyone_at_work:
        _account(person, f"{slug}-{person.external_id}")
    for group in made.groups[:6]:
        for pupil in made.pupils[group.pk][:2]:
            _account(pupil, f"{slug}-elev-{pupil.external_id}")
            for row in Guardianship.objects.filter(pupil=pupil).select_related("guardian"):
                _account(row.guardian, f"{slug}-foresatt-{row.guardian.external_id}")


def _account(person: Person, username: str) -> None:
    user = User(username=username, email=person.email)
    user.set_unusable_password()
    user.save()
    person.user = user
    person.save()


def tell_stories(made: list[MadeSchool]) -> None:
    """Write a year of reports and cases at every school, and lay out the year of its plan."""
    procedures = {plan.slug: plan.procedure for _owner, plan in FIVE_SCHOOLS}
    for owner in SchoolOwner.objects.order_by("id"):
        keep_texts(owner, today=today())
    for school in made:
        tell_all(school, today=today(), old_cases=OLD_CASES)
        arrange(school, procedure=procedures[school.school.slug], today=today())
        write_routine(Teller(school, today()))
        with unit_of_work(system_actor("demo"), "demo"):
            open_the_door(school.school)


def open_the_door(school: School) -> None:
    """Give the family of one case with a plan in force an account, so that their room can be seen."""
    for pupil in families_to_be(school):
        if pupil.user_id is None:
            _account(pupil, f"{school.slug}-elev-{pupil.external_id}")
        for row in Guardianship.objects.filter(pupil=pupil, guardian__user=None).select_related("guardian"):
            _account(row.guardian, f"{school.slug}-foresatt-{row.guardian.external_id}")


def families_to_be(school: School) -> list[Person]:
    """Return the pupil of the newest open case whose guardians have been told, one with a plan in force before the others."""
    told = Case.objects.filter(school=school, state=CaseState.OPEN, is_withheld=False, guardians_told__decision=GuardianDecision.TOLD)
    running = ActionPlan.objects.filter(file_ref=OuterRef("public_id"), state=PlanState.IN_FORCE)
    case = told.annotate(has_plan=Exists(running)).select_related("pupil").order_by("-has_plan", "-opened_at").first()
    return [case.pupil] if case else []


def people_to_be() -> list[DemoPerson]:
    """Return whom one can sign in as: by school, the ones with most to show first."""
    found: list[DemoPerson] = []
    for school in School.objects.order_by("id"):
        found += _staff(school) + _families(school)
    at_owner = Position.objects.filter(role__in=[Role.OWNER_HANDLER, Role.TECHNICAL_ADMIN], person__user__isnull=False)
    for row in at_owner.select_related("person__user", "owner").order_by("owner_id", "id"):
        found.append(DemoPerson(row.person.user.username, str(row.owner), str(row.person), row.title, TEXTS[Role(row.role)]))
    return found


def _staff(school: School) -> list[DemoPerson]:
    wanted = [Role.HEAD_TEACHER, Role.DEPARTMENT_HEAD, Role.STAFF, Role.COUNSELLOR, Role.SCHOOL_NURSE, Role.SCHOOL_ADMIN]
    rows = []
    for role in wanted:
        held = Position.objects.filter(school=school, role=role, person__user__isnull=False).select_related("person__user").order_by("id")
        rows += [DemoPerson(row.person.user.username, school.name, str(row.person), row.title, TEXTS[role]) for row in held[:2]]
    return rows


def _families(school: School) -> list[DemoPerson]:
    in_cases = families_to_be(school)
    without = Person.objects.filter(user__isnull=False, enrolments__school=school).exclude(pk__in=[person.pk for person in in_cases])
    rows = [DemoPerson(person.user.username, school.name, str(person), "elev", "Har en sak.") for person in in_cases if person.user]
    rows += [DemoPerson(person.user.username, school.name, str(person), "elev") for person in without.order_by("pk")[:1] if person.user]
    guardians = Guardianship.objects.filter(pupil__in=[person.pk for person in in_cases], guardian__user__isnull=False).select_related(
        "guardian__user"
    )
    return rows + [
        DemoPerson(row.guardian.user.username, school.name, str(row.guardian), "foresatt", "Barnet har en sak.") for row in guardians
    ]
