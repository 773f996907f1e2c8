"""Write made-up owners, schools, classes and people in bulk. Used by the demo and by the bench's county."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from aktsom.core.access.roles import Role
from aktsom.core.accounts.models import User
from aktsom.core.identifiers import new_public_id
from aktsom.people.models import Enrolment, Group, Guardianship, Membership, OwnerRecipient, Person, Position
from aktsom.people.rules import ClassRole, GroupKind, OwnerPurpose, PersonKind
from aktsom.plans.models import ChosenProcedure
from aktsom.schools.models import CalendarSpan, School, SchoolOwner, SchoolYear
from aktsom.schools.rules import DayKind, OwnerKind, SchoolLevel
from demo.names import family_name, given_name

CHUNK = 2000
TITLES = {
    Role.HEAD_TEACHER: "rektor",
    Role.DEPARTMENT_HEAD: "avdelingsleder",
    Role.COUNSELLOR: "rådgiver",
    Role.ENVIRONMENT_WORKER: "miljøarbeider",
    Role.SCHOOL_NURSE: "helsesykepleier",
    Role.ADMINISTRATIVE: "kontormedarbeider",
    Role.SCHOOL_ADMIN: "administrator",
    Role.STAFF: "lærer",
}
LEADERS = (Role.HEAD_TEACHER, Role.DEPARTMENT_HEAD, Role.DEPARTMENT_HEAD, Role.COUNSELLOR, Role.ENVIRONMENT_WORKER)
OTHERS = (Role.SCHOOL_NURSE, Role.ADMINISTRATIVE, Role.SCHOOL_ADMIN)


@dataclass(frozen=True)
class SchoolPlan:
    """What to make: a school, how many pupils, which grades, and the plan it follows."""

    slug: str
    name: str
    level: SchoolLevel
    procedure: str
    pupils: int
    grades: tuple[int, ...]
    phone: str = "00 00 00 00"


@dataclass
class MadeSchool:
    """A school and its people, as the stories need them."""

    school: School
    staff: dict[Role, list[Person]] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    pupils: dict[int, list[Person]] = field(default_factory=dict)  # by group's primary key
    teachers: dict[int, list[Person]] = field(default_factory=dict)

    @property
    def everyone_at_work(self) -> list[Person]:
        return [person for people in self.staff.values() for person in people]


class Town:
    """Makes owners, schools and people with numbers that run on, so that everything is the same every time."""

    def __init__(self, *, first_day: date, org_number: int = 910_000_000) -> None:
        self.first_day = first_day
        self.since = first_day - timedelta(days=364)  # last year too, so that a year of stories has its people
        self.org_numbers = count(org_number)
        self.numbers = count(1)

    def owner(self, name: str, kind: OwnerKind) -> SchoolOwner:
        """Make an owner with a case handler who receives every kind of notice."""
        owner = SchoolOwner.objects.create(org_number=str(next(self.org_numbers)), name=name, kind=kind)
        handlers = self.people(owner, PersonKind.STAFF, 2)
        for handler in handlers:
            Position.objects.create(
                person=handler, owner=owner, role=Role.OWNER_HANDLER, title="rådgiver hos skoleeier", valid_from=self.since
            )
        for purpose in OwnerPurpose:
            OwnerRecipient.objects.create(owner=owner, person=handlers[0], purpose=purpose, valid_from=self.since)
        return owner

    def operator(self, owner: SchoolOwner) -> None:
        """Make the one who runs Aktsom for the owner: no school, and nothing about any child."""
        person = self.people(owner, PersonKind.STAFF, 1)[0]
        Position.objects.create(person=person, owner=owner, role=Role.TECHNICAL_ADMIN, title="driftsansvarlig", valid_from=self.since)

    def people(self, owner: SchoolOwner, kind: PersonKind, amount: int, born: int | None = None) -> list[Person]:
        """Make people in bulk."""
        rows = [self._person(owner, kind, born) for _ in range(amount)]
        return Person.objects.bulk_create(rows, batch_size=CHUNK)

    def _person(self, owner: SchoolOwner, kind: PersonKind, born: int | None) -> Person:
        number = next(self.numbers)
        given, family = given_name(number), family_name(number // 3)
        return Person(
            public_id=new_public_id(),
            owner=owner,
            kind=kind,
            given_name=given,
            family_name=family,
            folded_name=f"{given} {family}".casefold(),
            birth_date=date(born, number % 12 + 1, number % 28 + 1) if born else None,
            email=f"person{number}@example.invalid" if kind != PersonKind.PUPIL else "",
            source="demo",
            external_id=str(number),
        )

    def school(self, owner: SchoolOwner, wanted: SchoolPlan) -> MadeSchool:
        """Make a school with its year, staff, classes, pupils and guardians."""
        school = School.objects.create(
            slug=wanted.slug, owner=owner, org_number=str(next(self.org_numbers)), name=wanted.name, level=wanted.level, phone=wanted.phone
        )
        year = self._year(school)
        ChosenProcedure.objects.create(school=school, code=wanted.procedure, valid_from=self.first_day - timedelta(days=365))
        made = MadeSchool(school=school)
        self._staff(made, owner, pupils=wanted.pupils)
        self._classes(made, owner, year, wanted)
        return made

    def _year(self, school: School) -> SchoolYear:
        start, staff_from = self.first_day, self.first_day - timedelta(days=5)  # the pupils come on the Monday
        year = SchoolYear.objects.create(
            school=school, name=f"{start.year}/{start.year + 1}", first_day=staff_from, last_day=date(start.year + 1, 6, 18)
        )
        for name, first, last in (
            ("Høstferie", date(start.year, 10, 5), date(start.year, 10, 9)),
            ("Juleferie", date(start.year, 12, 21), date(start.year + 1, 1, 3)),
            ("Vinterferie", date(start.year + 1, 2, 22), date(start.year + 1, 2, 26)),
        ):
            CalendarSpan.objects.create(year=year, kind=DayKind.HOLIDAY, name=name, first_day=first, last_day=last)
        autumn = date(start.year, 11, 16)
        for name, first, last in (
            ("Planleggingsdager før skolestart", staff_from, staff_from + timedelta(days=2)),
            ("Planleggingsdag", autumn, autumn),
        ):
            CalendarSpan.objects.create(year=year, kind=DayKind.PLANNING, name=name, first_day=first, last_day=last)
        return year

    def _staff(self, made: MadeSchool, owner: SchoolOwner, *, pupils: int) -> None:
        roles = [*LEADERS, *OTHERS, *[Role.STAFF] * max(8, pupils // 12)]
        people = self.people(owner, PersonKind.STAFF, len(roles))
        Position.objects.bulk_create(
            [
                Position(
                    person=person,
                    school=made.school,
                    role=role,
                    title=TITLES[role],
                    in_leadership=role in {Role.HEAD_TEACHER, Role.DEPARTMENT_HEAD},
                    is_employed=role != Role.SCHOOL_NURSE,
                    valid_from=self.first_day - timedelta(days=700),
                )
                for person, role in zip(people, roles, strict=True)
            ]
        )
        for person, role in zip(people, roles, strict=True):
            made.staff.setdefault(role, []).append(person)

    def _classes(self, made: MadeSchool, owner: SchoolOwner, year: SchoolYear, wanted: SchoolPlan) -> None:
        per_class = 25
        wanted_classes = max(len(wanted.grades), -(-wanted.pupils // per_class))
        names = [
            (wanted.grades[n % len(wanted.grades)], "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n // len(wanted.grades) % 26])
            for n in range(wanted_classes)
        ]
        made.groups = Group.objects.bulk_create(
            [
                Group(
                    school=made.school,
                    year=year,
                    kind=GroupKind.SCHOOL_CLASS,
                    name=f"{_grade_name(grade)}{letter}",
                    grade=grade,
                    valid_from=self.since,
                )
                for grade, letter in names
            ]
        )
        left = wanted.pupils
        for group, teacher in zip(made.groups, _round(made.staff[Role.STAFF]), strict=False):
            amount = min(per_class, left)
            left -= amount
            self._class(made, owner, group, teacher, amount)

    def _class(self, made: MadeSchool, owner: SchoolOwner, group: Group, teacher: Person, amount: int) -> None:
        born = self.first_day.year - 5 - (group.grade or 1)
        pupils = self.people(owner, PersonKind.PUPIL, amount, born=born)
        guardians = self.people(owner, PersonKind.GUARDIAN, amount)
        Enrolment.objects.bulk_create(
            [Enrolment(person=pupil, school=made.school, grade=group.grade, valid_from=self.since) for pupil in pupils]
        )
        memberships = [Membership(group=group, person=pupil, role=ClassRole.PUPIL, valid_from=self.since) for pupil in pupils]
        memberships.append(Membership(group=group, person=teacher, role=ClassRole.CONTACT_TEACHER, valid_from=self.since))
        Membership.objects.bulk_create(memberships)
        Guardianship.objects.bulk_create(
            [
                Guardianship(pupil=pupil, guardian=guardian, parental_responsibility=True, basis="demo", valid_from=self.since)
                for pupil, guardian in zip(pupils, guardians, strict=True)
            ]
        )
        made.pupils[group.pk] = pupils
        made.teachers[group.pk] = [teacher]


def give_account(person: Person, username: str) -> None:
    """Give somebody an account to sign in with in the demo."""
    user = User(username=username, email=person.email)
    user.set_unusable_password()
    user.save()
    person.user = user
    person.save()


def _grade_name(grade: int) -> str:
    return f"Vg{grade - 10}" if grade > 10 else str(grade)


def _round(people: list[Person]) -> Iterator[Person]:
    while True:
        yield from people


COUNTY = "Storfjell fylkeskommune"
MUNICIPALITY = "Lillevik kommune"
FIVE_SCHOOLS = (
    (COUNTY, SchoolPlan("granheim", "Granheim videregående skole", SchoolLevel.UPPER_SECONDARY, "storhamar", 500, (11, 12, 13))),
    (COUNTY, SchoolPlan("bekkelia", "Bekkelia videregående skole", SchoolLevel.UPPER_SECONDARY, "rosenvilde", 450, (11, 12, 13))),
    (COUNTY, SchoolPlan("sundmo", "Sundmo videregående skole", SchoolLevel.UPPER_SECONDARY, "lillestrom", 450, (11, 12, 13))),
    (COUNTY, SchoolPlan("tindas", "Tindås videregående skole", SchoolLevel.UPPER_SECONDARY, "sentrum", 300, (11, 12, 13))),
    (MUNICIPALITY, SchoolPlan("solvik", "Solvik skole", SchoolLevel.COMBINED, "steinkjer", 300, tuple(range(1, 11)))),
)
