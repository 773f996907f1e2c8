"""People at schools and owners, and what they are to each other. Nothing is deleted: what ends gets a last day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id
from aktsom.core.sealed import SealedModel
from aktsom.core.vault.fields import SealedTextField
from aktsom.people.models.adults import AdultCard, Team, TeamMember
from aktsom.people.models.training import Partner, PrivacyTraining, TrainingDemand
from aktsom.people.models.warnings import HealthWarning
from aktsom.people.rules import Attendance, ClassRole, GroupKind, OwnerPurpose, PersonKind, RefusalGround, RequestOutcome


class Person(AuditedModel):
    """A pupil, a guardian or somebody who works at a school or owner."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person")
    owner = models.ForeignKey("schools.SchoolOwner", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=PersonKind.choices)
    given_name = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    folded_name = models.CharField(max_length=250, db_index=True)
    birth_date = models.DateField(null=True, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    protected_address = models.BooleanField(default=False)
    source = models.CharField(max_length=60, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "source", "external_id"], condition=~Q(external_id=""), name="person_once_per_source")
        ]

    class Privacy:
        personal = "user owner kind given_name family_name folded_name birth_date email phone ended_on"
        sensitive = "protected_address"
        technical = "id public_id source external_id"
        retention = "people"

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded_name = str(self).casefold()[:250]  # SQLite folds no Æ, Ø, Å (tech.md section 4)
        super().save(*args, **kwargs)

    def scope(self) -> Scope:
        return Scope(owner_id=self.owner_id)


class Enrolment(AuditedModel):
    """A pupil goes to a school, on a grade (1 to 10, 11 to 13 for Vg1 to Vg3), from a day and perhaps until one."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="enrolments")
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    attends_as = models.CharField(max_length=12, choices=Attendance.choices, default=Attendance.PUPIL)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="enrolment_runs_forward"),
            models.UniqueConstraint(fields=["person", "school"], condition=Q(valid_until=None), name="enrolment_open_once"),
        ]
        indexes = [models.Index(fields=["school", "valid_until"], name="enrolment_of_school")]

    class Privacy:
        personal = "person school grade attends_as valid_from valid_until"
        technical = "id"
        retention = "people"

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)


class Guardianship(AuditedModel):
    """A guardian of a pupil. Parental responsibility is registered, never inferred (Bergen 2019–20, domain.md 3.4)."""

    pupil = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="guardianships")
    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wards")
    parental_responsibility = models.BooleanField(default=False)
    basis = models.CharField(max_length=120, blank=True)
    adult_pupil_consented_on = models.DateField(null=True, blank=True)
    lives_elsewhere = models.BooleanField(default=False)
    granted_from = models.DateField(null=True, blank=True)  # a written decision on request (barnelova § 47)
    granted_until = models.DateField(null=True, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pupil", "guardian"], condition=Q(valid_until=None), name="guardianship_open_once"),
            models.CheckConstraint(condition=~Q(pupil=F("guardian")), name="guardianship_between_two"),
        ]

    class Privacy:
        sensitive = "pupil guardian parental_responsibility basis adult_pupil_consented_on lives_elsewhere granted_from granted_until valid_from valid_until"
        technical = "id"
        retention = "people"

    def scope(self) -> Scope:
        return self.pupil.scope()


class GuardianRequest(SealedModel):
    """A guardian without parental responsibility asks to follow, and the head teacher decides in writing (barnelova § 47)."""

    pupil = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    wish = SealedTextField(blank=True)
    on_paper = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=RequestOutcome.choices, blank=True)
    ground = models.CharField(max_length=16, choices=RefusalGround.choices, blank=True)
    reason = SealedTextField(blank=True)
    pupils_view = SealedTextField(blank=True)
    granted_until = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None, decided_by=None)
                | ~Q(outcome="") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="guardian_request_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(outcome=RequestOutcome.REFUSED) | ~Q(ground=""), name="guardian_refusal_has_ground"),
            models.UniqueConstraint(fields=["pupil", "guardian"], condition=Q(outcome=""), name="guardian_request_open_once"),
        ]

    class Privacy:
        sensitive = "pupil guardian school on_paper asked_at outcome ground granted_until decided_by decided_at"
        case_content = "wish reason pupils_view"
        technical = "id public_id content_key"
        retention = "case"

    def scope(self) -> Scope:
        return self.school.scope()


class Group(AuditedModel):
    """A class, contact teacher group or teaching group in one school year."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="groups")
    year = models.ForeignKey("schools.SchoolYear", null=True, blank=True, on_delete=models.PROTECT, related_name="groups")
    kind = models.CharField(max_length=20, choices=GroupKind.choices)
    name = models.CharField(max_length=80)
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["grade", "name"]
        constraints = [
            models.UniqueConstraint(fields=["school", "source", "external_id"], condition=~Q(external_id=""), name="group_once_per_source")
        ]

    class Privacy:
        open = "school year kind name grade valid_from valid_until"
        technical = "id public_id source external_id"
        retention = "people"

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)


class Membership(AuditedModel):
    """A person is in a group as pupil, contact teacher, subject teacher or assistant."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=ClassRole.choices)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person", "role"], condition=Q(valid_until=None), name="membership_open_once")
        ]
        indexes = [models.Index(fields=["person", "role", "valid_until"], name="membership_of_person")]

    class Privacy:
        personal = "group person role valid_from valid_until"
        technical = "id"
        retention = "people"

    def scope(self) -> Scope:
        return self.group.scope()


class Position(AuditedModel):
    """What somebody is at a school or at the owner, employed there or not (ORG-02), with the place's own title."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="positions")
    school = models.ForeignKey("schools.School", null=True, blank=True, on_delete=models.PROTECT, related_name="positions")
    owner = models.ForeignKey("schools.SchoolOwner", null=True, blank=True, on_delete=models.PROTECT, related_name="positions")
    role = models.CharField(max_length=30)  # a code of core.access.roles.Role
    title = models.CharField(max_length=120, blank=True)
    is_employed = models.BooleanField(default=True)
    in_leadership = models.BooleanField(default=False)
    source = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=True, owner__isnull=False) | Q(school__isnull=False, owner__isnull=True),
                name="position_at_school_or_owner",
            )
        ]
        indexes = [
            models.Index(fields=["school", "role", "valid_until"], name="position_of_school"),
            models.Index(fields=["person", "valid_until"], name="position_of_person"),
        ]

    class Privacy:
        personal = "person school owner role title is_employed in_leadership valid_from valid_until"
        technical = "id source"
        retention = "people"

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id, owner_id=self.owner_id)


class Deputyship(AuditedModel):
    """Somebody acts for the head teacher in a stretch of days (ORG-06), both ends included."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="deputyships")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputyships")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="deputyship_runs_forward")
        ]

    class Privacy:
        personal = "school deputy valid_from valid_until"
        technical = "id public_id"
        retention = "people"

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)


class Delegation(AuditedModel):
    """The head teacher lets somebody receive reports. The responsibility stays where it was (ORG-05, RCV-01)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="delegations")
    receiver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    group_grade = models.PositiveSmallIntegerField(null=True, blank=True)  # None: all grades
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="delegation_runs_forward")
        ]

    class Privacy:
        personal = "school receiver given_by group_grade valid_from valid_until"
        technical = "id public_id"
        retention = "people"

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)


class OwnerRecipient(AuditedModel):
    """Who at the owner receives which kind of notice (ESC-08), for all its schools or for one."""

    owner = models.ForeignKey("schools.SchoolOwner", on_delete=models.PROTECT, related_name="recipients")
    school = models.ForeignKey("schools.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=OwnerPurpose.choices)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Privacy:
        personal = "owner school person purpose valid_from valid_until"
        technical = "id"
        retention = "people"

    def scope(self) -> Scope:
        return Scope(owner_id=self.owner_id)


class ClassFile(SealedModel):
    """A list somebody has uploaded and looks at before it is read in. It lies sealed, and is gone when it is read or after a day."""

    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    content = SealedTextField()  # the file in base64
    name = SealedTextField()
    is_whole_school = models.BooleanField(default=False)  # whether who is not in it has left
    made_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    class Privacy:
        personal = "school is_whole_school made_by made_at"
        sensitive = "content name"
        technical = "id public_id content_key"
        retention = "draft"

    def scope(self) -> Scope:
        return self.school.scope()


__all__ = [
    "AdultCard",
    "ClassFile",
    "Delegation",
    "Deputyship",
    "Enrolment",
    "Group",
    "GuardianRequest",
    "Guardianship",
    "HealthWarning",
    "Membership",
    "OwnerRecipient",
    "Partner",
    "Person",
    "Position",
    "PrivacyTraining",
    "Team",
    "TeamMember",
    "TrainingDemand",
]
