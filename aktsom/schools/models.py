"""Owners, schools, school years and the school calendar."""

from django.db import models
from django.db.models import F, Q

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id
from aktsom.schools.rules import DayKind, HelpKind, OwnerKind, SchoolLevel


class SchoolOwner(AuditedModel):
    """The municipality, county or board that answers for the school (opplæringslova § 28-1)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    org_number = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=OwnerKind.choices)
    working_notes_months = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # how long working notes are kept; None: no rule (PRV-06)

    class Privacy:
        open = "org_number name kind working_notes_months"
        technical = "id public_id"
        retention = "school"

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        return Scope(owner_id=self.pk)


class School(AuditedModel):
    """One school, with the short name its public addresses use and the plan it follows."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    owner = models.ForeignKey(SchoolOwner, on_delete=models.PROTECT, related_name="schools")
    org_number = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=200)
    level = models.CharField(max_length=20, choices=SchoolLevel.choices)
    language = models.CharField(max_length=2, default="nb")
    reply_standard_days = models.PositiveSmallIntegerField(null=True, blank=True)
    phone = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["name"]

    class Privacy:
        open = "slug owner org_number name level language reply_standard_days phone"
        technical = "id public_id"
        retention = "school"

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        return Scope(school_id=self.pk, owner_id=self.owner_id)


class SchoolYear(AuditedModel):
    """One school year at one school: from its first day to its last (both included)."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="years")
    name = models.CharField(max_length=9)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="school_year_once"),
            models.CheckConstraint(condition=Q(last_day__gt=F("first_day")), name="school_year_runs_forward"),
        ]

    class Privacy:
        open = "school name first_day last_day"
        technical = "id"
        retention = "school"

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        return self.school.scope()


class CalendarSpan(AuditedModel):
    """A named stretch of days in a school year: planning days, holidays, terms (both ends included)."""

    year = models.ForeignKey(SchoolYear, on_delete=models.CASCADE, related_name="spans")
    kind = models.CharField(max_length=20, choices=DayKind.choices)
    name = models.CharField(max_length=80)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        ordering = ["first_day"]
        constraints = [models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="calendar_span_runs_forward")]

    class Privacy:
        open = "year kind name first_day last_day"
        technical = "id"
        retention = "school"

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        return self.year.scope()


class HelpContact(AuditedModel):
    """Whom pupils and guardians of this school can ask for help outside it. What is true here is data, not code."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="help_contacts")
    kind = models.CharField(max_length=20, choices=HelpKind.choices)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True)
    web = models.URLField(max_length=200, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["school", "kind"], name="help_contact_once")]

    class Privacy:
        open = "school kind name phone web changed_at"
        technical = "id"
        retention = "school"

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        return self.school.scope()
