"""The standing people of «Solvik skole» and «Fjordvik skole»: the same seventeen in every access test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from aktsom.core.access.actor import ANONYMOUS, Actor, actor_for, system_actor
from aktsom.core.access.roles import Role
from aktsom.core.accounts.models import User
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import today
from aktsom.people.models import Deputyship, Enrolment, Group, Guardianship, Membership, OwnerRecipient, Person, Position
from aktsom.people.rules import ClassRole, GroupKind, OwnerPurpose, PersonKind
from aktsom.plans.models import ChosenProcedure
from aktsom.schools.models import CalendarSpan, School, SchoolOwner, SchoolYear
from aktsom.schools.rules import DayKind, OwnerKind, SchoolLevel

BUILDER = system_actor("test")


@dataclass
class Cast:
    """Schools and people by name. ``actor("head_teacher")`` gives the person as she stands this minute."""

    owner: SchoolOwner
    other_owner: SchoolOwner
    school: School
    other_school: School
    group: Group
    people: dict[str, Person]

    def person(self, name: str) -> Person:
        return self.people[name]

    def actor(self, name: str) -> Actor:
        if name == "nobody":
            return ANONYMOUS
        return actor_for(self.people[name].user, second_factor=True)


CAST = (
    "nobody",
    "pupil",
    "classmate",
    "other_party",
    "guardian",
    "guardian_without_responsibility",
    "contact_teacher",
    "teacher_without_relation",
    "teacher_of_others",
    "head_teacher_elsewhere",
    "former_deputy",
    "case_handler",
    "head_teacher",
    "accused_head_teacher",
    "owner_handler",
    "other_owner_handler",
    "technical_admin",
)


def build_cast(*, procedure: str = "storhamar") -> Cast:
    """Write the whole cast to the database and return it."""
    with unit_of_work(BUILDER, "test"):
        return _Builder(procedure).build()


class _Builder:
    def __init__(self, procedure: str) -> None:
        self.procedure = procedure
        self.people: dict[str, Person] = {}
        self.start = today() - timedelta(days=400)

    def build(self) -> Cast:
        self.owner = SchoolOwner.objects.create(org_number="900000001", name="Solfjord kommune", kind=OwnerKind.MUNICIPALITY)
        self.other_owner = SchoolOwner.objects.create(org_number="900000002", name="Nordli kommune", kind=OwnerKind.MUNICIPALITY)
        self.school = self.make_school("solvik", "Solvik skole", "900000011", self.owner)
        self.other_school = self.make_school("fjordvik", "Fjordvik skole", "900000012", self.other_owner)
        self.group = self.make_group(self.school, "8B")
        self.other_group = self.make_group(self.school, "9A")
        self.make_family()
        self.make_staff()
        self.make_owners()
        return Cast(self.owner, self.other_owner, self.school, self.other_school, self.group, self.people)

    def make_school(self, slug: str, name: str, org_number: str, owner: SchoolOwner) -> School:
        school = School.objects.create(
            slug=slug, name=name, org_number=org_number, owner=owner, level=SchoolLevel.COMBINED, phone="00 00 00 01"
        )
        first = date(today().year - (today().month < 8), 8, 17)
        year = SchoolYear.objects.create(
            school=school, name=f"{first.year}/{first.year + 1}", first_day=first, last_day=first + timedelta(days=305)
        )
        CalendarSpan.objects.create(
            year=year, kind=DayKind.HOLIDAY, name="Juleferie", first_day=date(first.year, 12, 21), last_day=date(first.year + 1, 1, 3)
        )
        ChosenProcedure.objects.create(school=school, code=self.procedure, valid_from=self.start)
        return school

    def make_group(self, school: School, name: str) -> Group:
        return Group.objects.create(
            school=school, kind=GroupKind.SCHOOL_CLASS, name=name, grade=int(name[0]), valid_from=self.start, year=school.years.get()
        )

    def make_person(self, name: str, given: str, family: str, kind: PersonKind, owner: SchoolOwner, **extra: Any) -> Person:
        user = User.objects.create(username=name, email=f"{name}@example.invalid")
        person = Person.objects.create(user=user, owner=owner, kind=kind, given_name=given, family_name=family, email=user.email, **extra)
        self.people[name] = person
        return person

    def make_family(self) -> None:
        born = date(today().year - 14, 1, 15)
        for name, given, group in (
            ("pupil", "Ylva", self.group),
            ("classmate", "Teodor", self.group),
            ("other_party", "Sander", self.other_group),
        ):
            person = self.make_person(name, given, f"{given}sen", PersonKind.PUPIL, self.owner, birth_date=born)
            Enrolment.objects.create(person=person, school=self.school, grade=group.grade, valid_from=self.start)
            Membership.objects.create(group=group, person=person, role=ClassRole.PUPIL, valid_from=self.start)
        for name, given, responsible in (("guardian", "Maja", True), ("guardian_without_responsibility", "Roar", False)):
            person = self.make_person(name, given, "Ylvasen", PersonKind.GUARDIAN, self.owner)
            Guardianship.objects.create(
                pupil=self.people["pupil"], guardian=person, parental_responsibility=responsible, valid_from=self.start
            )

    def make_staff(self) -> None:
        for name, given, role, school, group in (
            ("contact_teacher", "Kari", Role.STAFF, self.school, self.group),
            ("teacher_without_relation", "Ulrik", Role.STAFF, self.school, None),
            ("teacher_of_others", "Petra", Role.STAFF, self.school, self.other_group),
            ("case_handler", "Hedda", Role.DEPARTMENT_HEAD, self.school, None),
            ("former_deputy", "Vidar", Role.STAFF, self.school, None),
            ("head_teacher", "Randi", Role.HEAD_TEACHER, self.school, None),
            ("accused_head_teacher", "Aslak", Role.HEAD_TEACHER, self.school, None),
            ("head_teacher_elsewhere", "Frode", Role.HEAD_TEACHER, self.other_school, None),
            ("technical_admin", "Tone", Role.TECHNICAL_ADMIN, self.school, None),
        ):
            person = self.make_person(name, given, f"{given}stad", PersonKind.STAFF, school.owner)
            where = {"owner": school.owner} if role == Role.TECHNICAL_ADMIN else {"school": school}
            Position.objects.create(person=person, role=role, valid_from=self.start, **where)
            if group is not None:
                Membership.objects.create(group=group, person=person, role=ClassRole.CONTACT_TEACHER, valid_from=self.start)
        Deputyship.objects.create(
            school=self.school,
            deputy=self.people["former_deputy"],
            valid_from=self.start,
            valid_until=today() - timedelta(days=1),
        )

    def make_owners(self) -> None:
        for name, given, owner in (("owner_handler", "Eirin", self.owner), ("other_owner_handler", "Nils", self.other_owner)):
            person = self.make_person(name, given, f"{given}vik", PersonKind.STAFF, owner)
            Position.objects.create(person=person, owner=owner, role=Role.OWNER_HANDLER, valid_from=self.start)
            for purpose in OwnerPurpose:
                OwnerRecipient.objects.create(owner=owner, person=person, purpose=purpose, valid_from=self.start)
