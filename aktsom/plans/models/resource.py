"""What a school or an owner has put beside the plan: resources, strategies, local regulations; and whether links still answer."""

from django.db import models
from django.db.models import Q

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id
from aktsom.plans.rules.areas import Level
from aktsom.plans.rules.resources import ResourceKind, ResourceTheme


class PlanResource(AuditedModel):
    """Something to read or use, or a text the plan must fit with (LIB-08, OWN-06, OWN-07, PLN-28)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("schools.SchoolOwner", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ResourceKind.choices)
    theme = models.CharField(max_length=16, choices=ResourceTheme.choices)
    title = models.CharField(max_length=200)
    address = models.URLField(max_length=500, blank=True)
    publisher = models.CharField(max_length=120, blank=True)
    audiences = models.JSONField(default=list, blank=True)  # codes of rules.resources.Audience; empty: staff
    text = models.TextField(blank=True)
    edition = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)  # the last day it held; what is replaced stays readable (OWN-07)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    added_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["theme", "title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=True, owner__isnull=False) | Q(school__isnull=False, owner__isnull=True),
                name="resource_of_school_or_owner",
            ),
            models.CheckConstraint(condition=~Q(address="") | ~Q(text=""), name="resource_has_something"),
        ]

    class Privacy:
        open = "school owner kind theme title address publisher audiences text edition valid_from valid_until replaces added_at ended_at"
        personal = "added_by"
        technical = "id public_id"
        retention = "school"

    def __str__(self) -> str:
        return self.title

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id, owner_id=self.owner_id)


class AddressCheck(AuditedModel):
    """When an address was last tried, and whether it answered. One row for each address, whoever shows it."""

    address = models.URLField(max_length=500, unique=True)
    checked_on = models.DateField()
    works = models.BooleanField()
    said_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Privacy:
        open = "address checked_on works"
        personal = "said_by"
        technical = "id"
        retention = "school"

    def __str__(self) -> str:
        return self.address

    def scope(self) -> Scope:
        return Scope()


class AreaLook(AuditedModel):
    """How a school sees itself on one characteristic of one of the six areas, in one school year (QUA-01, QUA-03)."""

    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    year = models.CharField(max_length=9)  # «2026/2027»
    mark = models.CharField(max_length=60)  # rules.areas: area and characteristic
    level = models.CharField(max_length=8, choices=Level.choices)
    written_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "year", "mark"], name="area_look_once")]

    class Privacy:
        open = "school year mark level written_at"
        personal = "written_by"
        technical = "id"
        retention = "school"

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)


class PlanConformity(AuditedModel):
    """How one edition of a school's plan fits with one of the owner's strategies or texts (PLN-27)."""

    edition = models.ForeignKey("plans.PlanEdition", on_delete=models.CASCADE, related_name="conformities")
    resource = models.ForeignKey(PlanResource, on_delete=models.PROTECT, related_name="+")
    statement = models.TextField()
    written_on = models.DateField()
    written_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["edition", "resource"], name="conformity_once")]

    class Privacy:
        open = "edition resource statement written_on"
        personal = "written_by"
        technical = "id"
        retention = "school"

    def scope(self) -> Scope:
        return self.edition.scope()
